//! Lines that a log or a terminal has wrapped, and the diagnostics of Terraform, which are read as
//! if each stood in a frame. `Unwrapped::of_lines` finds the soft breaks of mails.

use super::dialogue::after_shell_prompt;
use super::line::{LineKind, RawLine};
use super::prefix::MAX_PREFIX;
use super::times::starts_with_time;
use super::transcript::after_prefix;
use crate::explain::terraform_diagnostics::{DIAGNOSTIC_START, says_where};
use crate::explain::values::http::has_request;
use crate::explain::values::labels::meaning_of;
use crate::substrings::split_while;

/// The most lines of a diagnostic or a column that are looked at.
const MAX_DIAGNOSTIC_LINES: usize = 64;

/// The most lines of a paragraph from which a terminal's width is guessed.
const MAX_PARAGRAPH: usize = 128;
/// The least width of a terminal, in characters, and the fewest lines that must be as wide.
const MIN_WIDTH: usize = 40;
const MIN_FULL_LINES: usize = 3;
/// The fewest bytes that the starts of two rows have in common.
const MIN_COMMON_START: usize = 4;

/// How a line of a column starts, the line feed before it included.
pub(crate) const COLUMN: &str = "\n                ";
/// A line that the provider adds where it has cut a body off.
const CUT_OFF: &str = "...";

/// Takes the prefix off the lines of each diagnostic, and marks them as lines in a frame.
pub(crate) fn frame_diagnostics(lines: &mut [RawLine]) {
    let mut start = 0;
    while let Some(first) = lines.get(start) {
        let own = lines[start..].iter().take_while(|line| line.stream == first.stream);
        let found = diagnostic(own.map(|line| line.text));
        for (nth, (line, text)) in lines[start..].iter_mut().zip(&found).enumerate() {
            *line = RawLine { text, kind: LineKind::Framed, starts_log_record: nth == 0, ..*line };
        }
        start += found.len().max(1);
    }
}

/// The text before the diagnostic that starts on a line.
fn diagnostic_prefix(line: &str) -> Option<&str> {
    let reach = line.as_bytes().get(..MAX_PREFIX).unwrap_or(line.as_bytes());
    let at = memchr::memmem::find(reach, DIAGNOSTIC_START.as_bytes())?;
    (at == 0 || line[..at].ends_with([' ', '=', '>'])).then(|| &line[..at])
}

/// The lines of the diagnostic that starts on the first of some lines, without its prefix; none if
/// nothing shows that Terraform wrote it.
fn diagnostic<'t>(mut lines: impl Iterator<Item = &'t str>) -> Vec<&'t str> {
    let first = lines.next().unwrap_or_default();
    let Some(prefix) = diagnostic_prefix(first) else { return Vec::new() };
    let mut texts = vec![&first[prefix.len()..]];
    let below = lines.take(MAX_DIAGNOSTIC_LINES);
    let below = below.map_while(|line| after_prefix(prefix, line));
    // The next diagnostic ends it; `Error: [` may be the rest of `Internal Server Error: [POST …`.
    let starts_another = |text: &str| {
        let after = text.strip_prefix(DIAGNOSTIC_START);
        after.is_some_and(|after| !after.starts_with('['))
    };
    // A request in brackets or indented belongs to the diagnostic.
    let is_next_request =
        |text: &str| has_request(text) && !text.starts_with(' ') && !text.contains(['[', ']']);
    let ends = |text: &&str| {
        starts_another(text)
            || starts_with_time(text)
            || after_shell_prompt(text).is_some()
            || is_next_request(text)
    };
    texts.extend(below.take_while(|text| !ends(text)));
    // Below the title Terraform says where: `with …`, `on …`.
    let is_blank = |text: &&&str| text.trim().is_empty();
    let title_end = texts.iter().take_while(|text| !is_blank(text)).count();
    let cut_off = texts.iter().position(|text| *text == CUT_OFF);
    let title_end = cut_off.map_or(title_end, |cut_off| title_end.min(cut_off + 1));
    let blank = texts[title_end..].iter().take_while(is_blank).count();
    let below = &texts[title_end + blank..];
    let length = if below.first().is_some_and(|text| says_where(text)) {
        title_end + blank + below.iter().take_while(|text| !is_blank(text)).count()
    } else if texts[..title_end].iter().any(|text| text.contains("huaweicloud") || says_where(text))
    {
        title_end
    } else {
        0
    };
    texts.truncate(if length > 1 { length } else { 0 });
    texts
}

/// The width at which a terminal has broken the paragraph that these lines start with: at least
/// [`MIN_FULL_LINES`] lines are as wide, and none is wider. If all of them have the same number of
/// words, they are rows of a table.
pub(crate) fn terminal_width(lines: &[&str]) -> Option<usize> {
    let lines = lines.iter().take_while(|line| !line.is_empty()).take(MAX_PARAGRAPH);
    let lines: Vec<_> = lines.map(|line| (line.chars().count(), *line)).collect();
    let (widest, _) = *lines.iter().max().filter(|(width, _)| *width >= MIN_WIDTH)?;
    let full = lines.iter().filter(|(width, _)| *width == widest);
    let words: Vec<_> = full.map(|(_, line)| line.split_whitespace().count()).collect();
    let are_rows = words.iter().all(|count| *count == words[0]);
    (words.len() >= MIN_FULL_LINES && !are_rows).then_some(widest)
}

/// Whether a terminal of this width has broken a line within a word, which goes on in the line
/// below. Lines that start alike are rows of a table or of a log.
pub(crate) fn is_broken_below(line: &str, below: &str, width: usize) -> bool {
    let is_text_char = |c: char| c.is_alphanumeric() || "_./:\"'=,".contains(c);
    let starts_with_label = || {
        let (label, behind) = split_while(below, |c| c.is_alphabetic() || " -_".contains(c));
        behind.starts_with(": ") && meaning_of(label).is_some()
    };
    line.chars().count() == width
        && line.ends_with(is_text_char)
        && below.starts_with(is_text_char)
        && !line.bytes().zip(below.bytes()).take(MIN_COMMON_START).all(|(a, b)| a == b)
        && !starts_with_time(below)
        && !starts_with_label()
}

/// Joins the lines of a column below a line of a log. Below the longest lines no space is added: a
/// word that was wider than the column is broken there.
pub(crate) fn join_columns(lines: &mut [RawLine]) {
    let indent_of = |line: &RawLine| line.text.len() - line.text.trim_start_matches(' ').len();
    let mut start = 0;
    while let Some(first) = lines.get(start) {
        start += 1;
        let indent = lines.get(start).map_or(0, indent_of);
        if indent < COLUMN.len() - 1 || !first.text.starts_with('[') {
            continue;
        }
        let below = lines[start..].iter_mut().take(MAX_DIAGNOSTIC_LINES);
        let below = below.take_while(|line| indent_of(line) >= indent);
        let mut column: Vec<_> = below.collect();
        let longest = column.iter().map(|line| line.text.trim_end().len()).max();
        let mut is_full = false;
        for line in &mut column {
            line.joint = Some(if is_full { "" } else { " " });
            is_full = Some(line.text.trim_end().len()) == longest;
            line.text = line.text[indent..].trim_end();
        }
    }
}
