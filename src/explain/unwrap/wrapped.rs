//! Lines that a frame, a log or a terminal has wrapped, and the diagnostics of Terraform, which
//! are read as if each stood in a frame.

use super::frames::{is_row, starts_paragraph};
use super::lines::{Joint, LineKind, RawLine};
use super::prefixes::{MAX_PREFIX, after_alike, is_place};
use super::times_and_levels::{level, starts_with_time};
use crate::explain::values::http::is_status_line;

/// What a diagnostic starts with.
pub const START: &str = "Error: ";
/// Lines of a diagnostic or a column that are looked at.
const MAX_LINES: usize = 64;

/// Lines of a paragraph that a terminal has broken: longer ones are logs.
const MAX_PARAGRAPH: usize = 128;
/// Characters of a line that a terminal breaks, and lines as wide as it, at least.
const MIN_WIDTH: usize = 40;
const MIN_FULL_LINES: usize = 3;
/// Characters of most words, and the space after them.
const MAX_WORD: usize = 10;
/// Bytes with which lines start alike.
const ALIKE: usize = 4;

/// Spaces before the lines of a column.
const MIN_INDENTATION: usize = 16;
/// What the provider adds on a line of its own where it has cut a body off.
const CUT_OFF: &str = "...";

/// What stands before the diagnostic that starts on a line.
fn prefix(line: &str) -> Option<&str> {
    let reach = line.as_bytes().get(..MAX_PREFIX).unwrap_or(line.as_bytes());
    let at = memchr::memmem::find(reach, START.as_bytes())?;
    (at == 0 || line[..at].ends_with([' ', '=', '>'])).then(|| &line[..at])
}

/// The lines of a diagnostic that was wrapped, without its prefix; none where nothing says that
/// it is one of Terraform.
pub fn diagnostic<'t>(first: &'t str, below: &mut dyn Iterator<Item = &'t str>) -> Vec<&'t str> {
    let Some(prefix) = prefix(first) else {
        return Vec::new();
    };
    // `Internal Server Error: [POST …` may be broken, too.
    let is_start = |text: &str| text.starts_with(START) && !text[START.len()..].starts_with('[');
    let is_other = |text: &str| is_start(text) || starts_with_time(text);
    let own = below
        .take(MAX_LINES)
        .map_while(|line| after_alike(prefix, line))
        .take_while(|text| !is_other(text));
    let mut texts = vec![&first[prefix.len()..]];
    texts.extend(own);
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

/// How a line follows the one above: in a frame, long lines are wrapped; an empty line, a list,
/// the rows of a table and one value below another are none of these. `broken` is the width at
/// which the frame breaks words.
pub fn joint(above: &RawLine, line: &RawLine, broken: &mut Option<usize>) -> Joint {
    if line.joint != Joint::Line {
        return line.joint;
    }
    let is_framed = above.kind == LineKind::Framed && line.kind == LineKind::Framed;
    *broken = broken.filter(|_| is_framed);
    if !is_framed || above.text.is_empty() {
        return Joint::Line;
    }
    let is_value = line.text.starts_with(['"', '\'']) && above.text.ends_with(['\'', '"', '}']);
    let is_of_table = is_row(above.text) || starts_paragraph(line.text);
    let is_cut_off = [above.text, line.text].contains(&CUT_OFF);
    if is_value || is_cut_off || is_of_table {
        Joint::Line
    } else if broken.is_some_and(|width| above.text.chars().count() == width) {
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
    let alike = full.windows(2).filter(|pair| {
        let count = marks(pair[0]);
        count > 0 && count == marks(pair[1])
    });
    let is_broken = full.len() >= MIN_FULL_LINES
        && 2 * full.len() > 3 * nearly.len()
        && 2 * alike.count() < full.len();
    (is_broken && widest >= MIN_WIDTH && lines.len() < MAX_PARAGRAPH).then_some(widest)
}

/// Whether a line that a terminal may have broken goes on in the one below. Lines of a log or of a
/// list are alike.
pub fn goes_on_below(line: &str, below: &str) -> bool {
    let is_of_text = |c: char| c.is_alphanumeric() || "_./:\"'=,".contains(c);
    let is_alike = line
        .get(..ALIKE)
        .is_some_and(|start| below.starts_with(start));
    let start = below.strip_prefix(' ').unwrap_or(below);
    let end = line.strip_suffix(' ').unwrap_or(line);
    let is_start =
        is_alike || starts_with_time(below) || level(below).is_some() || is_status_line(below);
    end.ends_with(is_of_text) && start.starts_with(is_of_text) && !is_start
}

/// Whether a word may go on from a line to the next.
fn is_in_word(above: &RawLine, line: &RawLine) -> bool {
    let is_of_word = |c: char| c.is_alphanumeric() || "_./:-".contains(c);
    above.text.ends_with(is_of_word) && line.text.starts_with(is_of_word)
}

/// Takes into the frame around them the lines without a bar that a terminal or a mail has broken
/// off, within words where the line above is as wide as any.
pub fn frame_tails(lines: &mut [RawLine], original: &str) {
    let is_tail = |line: &&RawLine| {
        let is_text = line.kind == LineKind::Plain && !line.text.trim().is_empty();
        is_text && !line.starts_record && level(line.text).is_none()
    };
    let is_framed = |line: &&RawLine| line.kind == LineKind::Framed;
    let mut start = 1;
    while let Some(above) = lines.get(start - 1) {
        let is_open = is_framed(&above) && !above.text.is_empty() && !is_row(above.text);
        let below = &lines[start..];
        let tails = below.iter().take(MAX_LINES).take_while(is_tail).count();
        if is_open && tails > 0 && below.get(tails).is_some_and(|line| is_framed(&line)) {
            let around = lines[..start].iter().rev().take(MAX_LINES);
            let around = around.take_while(is_framed).chain(&below[..tails]);
            let widest = around.map(|line| line.width(original)).max();
            for number in start..start + tails {
                let (above, line) = (&lines[number - 1], &lines[number]);
                let is_broken = Some(above.width(original)) == widest && is_in_word(above, line)
                    || line.text.starts_with(' ');
                lines[number].joint = if is_broken {
                    Joint::Nothing
                } else {
                    Joint::Space
                };
                lines[number].kind = LineKind::Framed;
            }
        }
        start += tails.max(1);
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
