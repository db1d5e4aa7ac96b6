//! Lines that a frame, a log or a terminal has wrapped, and the diagnostics of Terraform, which
//! are read as if each stood in a frame.

use super::frames::is_row;
use super::lines::{Joint, LineKind, RawLine};
use super::prefixes::{MAX_PREFIX, after_alike, is_place};
use super::times_and_levels::{level, starts_with_time};
use crate::explain::values::labels::label_before;
use crate::explain::values::{Role, start_among};

/// What a diagnostic starts with.
pub const DIAGNOSTIC_START: &str = "Error: ";
/// Lines of a diagnostic or a column that are looked at.
const MAX_LINES: usize = 64;

/// Lines of a paragraph that a terminal has broken: longer ones are logs.
const MAX_PARAGRAPH: usize = 128;
/// Characters of a line that a terminal breaks, and lines as wide as it, at least.
const MIN_WIDTH: usize = 40;
const MIN_FULL_LINES: usize = 3;
/// Characters of most words, and the space after them.
const MAX_WORD: usize = 10;
/// Bytes with which the lines of a log start alike.
const ALIKE: usize = 4;
/// Digits of the ID of a request.
const ID_DIGITS: usize = 32;

/// Spaces before the lines of a column.
const MIN_INDENTATION: usize = 16;
/// What the provider adds on a line of its own where it has cut a body off.
const CUT_OFF: &str = "...";

/// What stands before the diagnostic that starts on a line.
fn prefix(line: &str) -> Option<&str> {
    let reach = line.as_bytes().get(..MAX_PREFIX).unwrap_or(line.as_bytes());
    let at = memchr::memmem::find(reach, DIAGNOSTIC_START.as_bytes())?;
    (at == 0 || line[..at].ends_with([' ', '=', '>'])).then(|| &line[..at])
}

/// The lines of a diagnostic that was wrapped, without its prefix; none where nothing says that
/// it is one of Terraform.
pub fn diagnostic<'t>(first: &'t str, below: &mut dyn Iterator<Item = &'t str>) -> Vec<&'t str> {
    let Some(prefix) = prefix(first) else {
        return Vec::new();
    };
    let mut texts = vec![&first[prefix.len()..]];
    let below = below.take(MAX_LINES);
    let below = below.map_while(|line| after_alike(prefix, line));
    // It ends where another starts; `Internal Server Error: [POST …` may be broken, too.
    let is_start = |text: &str| {
        let after = text.strip_prefix(DIAGNOSTIC_START);
        after.is_some_and(|after| !after.starts_with('['))
    };
    texts.extend(below.take_while(|text| !is_start(text) && !starts_with_time(text)));
    // Terraform says below what it met where it met that.
    let is_blank = |text: &&&str| text.trim().is_empty();
    let said = texts.iter().take_while(|text| !is_blank(text)).count();
    let cut_off = texts.iter().position(|text| *text == CUT_OFF);
    let said = cut_off.map_or(said, |cut_off| said.min(cut_off + 1));
    let blank = texts[said..].iter().take_while(is_blank).count();
    let below = &texts[said + blank..];
    let length = if below.first().is_some_and(|text| is_place(text)) {
        said + blank + below.iter().take_while(|text| !is_blank(text)).count()
    } else if texts[..said]
        .iter()
        .any(|text| text.contains("huaweicloud"))
    {
        said
    } else {
        0
    };
    texts.truncate(if length > 1 { length } else { 0 });
    texts
}

/// How a line follows the one above. Only long lines in a frame are joined: an empty line, a row of
/// a table, an item of a list and a value below another start anew. `break_width` is the width at
/// which the frame breaks words.
pub fn joint(above: &RawLine, line: &RawLine, break_width: Option<usize>) -> Joint {
    let are_framed = above.kind == LineKind::Framed && line.kind == LineKind::Framed;
    let is_value = line.text.starts_with(['"', '\'']) && above.text.ends_with(['\'', '"', '}']);
    let is_item = start_among(&["- ", "* "], line.text.trim_start()).is_some();
    let stands_alone = |text: &str| text.is_empty() || text == CUT_OFF || is_row(text);
    if line.joint != Joint::Line {
        line.joint
    } else if !are_framed
        || is_value
        || is_item
        || stands_alone(above.text)
        || stands_alone(line.text)
    {
        Joint::Line
    } else if break_width == Some(above.text.chars().count()) {
        Joint::Nothing
    } else {
        Joint::Space
    }
}

/// The width at which a terminal has broken the lines of a paragraph, the first of these, whatever
/// they say: many are as wide, none is wider, few are nearly as wide, as where whole words are
/// wrapped, and few have as many marks as the one above, as the rows of a list or a log have.
pub fn terminal_width<'t>(lines: impl Iterator<Item = &'t str>) -> Option<usize> {
    let lines = lines.take_while(|line| !line.is_empty());
    let lines: Vec<_> = lines.take(MAX_PARAGRAPH).collect();
    let width = |line: &str| line.chars().count();
    let widest = lines.iter().map(|line| width(line)).max()?;
    let nearly = lines.iter().filter(|line| width(line) + MAX_WORD > widest);
    let (full, nearly): (Vec<&str>, Vec<_>) = nearly.partition(|line| width(line) == widest);
    let marks = |line: &str| line.chars().filter(|c| !c.is_alphanumeric()).count();
    let alike = full
        .windows(2)
        .filter(|pair| marks(pair[0]) == marks(pair[1]));
    let is_broken = full.len() >= MIN_FULL_LINES
        && 2 * full.len() > 3 * nearly.len()
        && 2 * alike.count() < full.len();
    (is_broken && widest >= MIN_WIDTH && lines.len() < MAX_PARAGRAPH).then_some(widest)
}

/// Whether a line goes on in the one below: a terminal of a width has broken it, or it ends within
/// the ID of a request, of which its label tells.
pub fn goes_on_below(line: &str, below: &str, width: Option<usize>) -> bool {
    let is_of_id = |c: char| c.is_ascii_hexdigit() || c == '-';
    let (before, start) = line.split_at(line.trim_end_matches(is_of_id).len());
    let (rest, after) = below.split_at(below.len() - below.trim_start_matches(is_of_id).len());
    let digits = |text: &str| text.bytes().filter(u8::is_ascii_hexdigit).count();
    let (start, rest) = (digits(start), digits(rest));
    let starts_record = || starts_with_time(below) || level(below).is_some();
    // Another label's value is another ID.
    let may_be_its = || {
        let name = before.trim_end_matches(['=', ':', '>', '"', '\'', ' ']);
        let label = || label_before(before, name.len());
        !before.contains([':', '='])
            || before.ends_with("request ")
            || !before.ends_with(['=', ':', '"', '\'', ' '])
            || label().is_some_and(|label| label.role == Role::RequestId)
    };
    if start > 0 && rest > 0 && start + rest == ID_DIGITS && may_be_its() {
        return !after.starts_with(char::is_alphanumeric) && !starts_record();
    }
    let is_of_text = |c: char| c.is_alphanumeric() || "_./:\"'=,".contains(c);
    let is_full = |width| line.ends_with(' ') || line.chars().count() == width;
    let is_alike = line.get(..ALIKE).is_some_and(|it| below.starts_with(it));
    width.is_some_and(is_full)
        && !is_alike
        && line.trim_end().ends_with(is_of_text)
        && below.trim_start().starts_with(is_of_text)
        && !starts_record()
}

/// Takes into the frame around them the lines without a bar that a terminal or a mail has broken
/// off, within words where the line above is as wide as any.
pub fn frame_tails(lines: &mut [RawLine], original: &str) {
    let is_framed = |line: &RawLine| line.kind == LineKind::Framed;
    let is_tail = |line: &&RawLine| {
        let is_text = line.kind == LineKind::Plain && !line.text.trim().is_empty();
        is_text && !line.starts_record && level(line.text).is_none() && !is_row(line.text)
    };
    let width = |line: &RawLine| {
        let start = original[..line.at].rfind('\n').map_or(0, |feed| feed + 1);
        original[start..line.at + line.text.len()].chars().count()
    };
    for number in 1..lines.len() {
        let above = &lines[number - 1];
        let below = lines[number..].iter().take(MAX_LINES);
        let mut after = below.clone().skip_while(is_tail);
        let is_open = is_framed(above) && !above.text.is_empty() && !is_row(above.text);
        let is_inside = is_open && is_tail(&&lines[number]) && after.next().is_some_and(is_framed);
        // The first word of the rest did not fit into the line above.
        let word = lines[number].text.split(' ').next().unwrap_or_default();
        let reach = || width(above) + 1 + word.chars().count();
        if is_inside && width(&lines[number]) <= reach() {
            let around = lines[..number].iter().rev().take(MAX_LINES);
            let around = around.take_while(|line| is_framed(line));
            let mut around = around.chain(below.take_while(is_tail));
            let is_full = around.all(|line| width(line) <= width(above));
            let joint = if is_full {
                Joint::Nothing
            } else {
                Joint::Space
            };
            (lines[number].kind, lines[number].joint) = (LineKind::Framed, joint);
        }
    }
}

/// Joins the lines of a column below a line of a log, which breaks words that are longer than the
/// column is wide.
pub fn join_columns(lines: &mut [RawLine]) {
    let mut start = 0;
    while let Some(first) = lines.get(start) {
        start += 1;
        let line = lines.get(start).map_or("", |line| line.text);
        let indent = line.len() - line.trim_start_matches(' ').len();
        let edge = first.text.get(indent.saturating_sub(1)..=indent);
        let is_column = indent >= MIN_INDENTATION
            && first
                .text
                .starts_with(|c: char| c == '[' || c.is_ascii_digit())
            && edge.is_some_and(|edge| edge.starts_with(' ') && edge != "  ");
        let column = |line: &RawLine<'_>| {
            let (before, text) = line.text.split_at_checked(indent)?;
            let text = text.trim_end();
            (is_column && before.trim().is_empty() && !text.is_empty()).then_some(text.len())
        };
        let below = lines[start..].iter().take(MAX_LINES);
        let lengths: Vec<usize> = below.map_while(column).collect();
        let longest = lengths.iter().max();
        let mut is_full = false;
        for (line, length) in lines[start..].iter_mut().zip(&lengths) {
            line.joint = if is_full {
                Joint::Nothing
            } else {
                Joint::Space
            };
            line.at += indent;
            line.text = &line.text[indent..indent + length];
            line.starts_record = false;
            is_full = Some(length) == longest;
        }
        start += lengths.len();
    }
}
