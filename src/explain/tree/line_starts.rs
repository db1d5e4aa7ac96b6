//! Reads what may start an item at the start of a line: a bullet, a key, a number or the mark of a
//! heading. Also finds a status in brackets.

use crate::explain::values::labels::meaning_of;
use crate::explain::values::{Role, is_error_code, status};
use crate::substrings::{is_word_of, last_word, split_while};

/// Parts of an exchange whose start some clients mark.
const PARTS: &str = "body header headers request response";
/// The most bytes of a key that are looked at.
const MAX_KEY_OF_LINE: usize = 32;

/// Whether a text starts like a body, and so is no title.
pub(super) fn starts_body(text: &str) -> bool {
    text.starts_with(['{', '[', '(', '<'])
}

/// Whether a line has the status of a failure in brackets, at its end or before a colon:
/// `delete failed (404): …`.
pub(super) fn has_status_in_brackets(line: &str) -> bool {
    let line = line.lines().next().unwrap_or_default();
    let mut brackets = line.match_indices(['(', '[']);
    brackets.any(|(at, _)| {
        let inside = &line[at + 1..];
        let behind = inside.get(3..).and_then(|it| it.strip_prefix([')', ']']));
        line[..at].ends_with(' ')
            && status(inside).is_some_and(|it| it >= 400)
            && behind.is_some_and(|it| it.is_empty() || it.starts_with(':'))
    })
}

/// The text after the bullet of an item. Jira repeats the star in lists within lists.
pub(super) fn after_bullet(content: &str) -> Option<&str> {
    let stars = content.trim_start_matches('*');
    let other = || content.strip_prefix(['-', '#']);
    let item = Some(stars).filter(|it| it.len() < content.len()).or_else(other);
    content.strip_prefix('•').or_else(|| item?.strip_prefix(' '))
}

/// Whether a line is a labelled error code: `error code: …`; or `- code = …`, where the label may
/// as well be that of a status.
pub(super) fn names_code(line: &str) -> bool {
    line.split_once([':', '=']).is_some_and(|(label, value)| {
        let value = value.trim_matches(|c: char| !c.is_ascii_alphanumeric());
        is_error_code(value)
            && matches!(meaning_of(label), Some((Role::Code | Role::HttpStatus, _)))
    })
}

/// The mark of a heading: `=== RUN x`, `==> a.log <==`. A line that says where a part of an
/// exchange starts (`== headers start ==`) is no heading.
pub(super) fn heading_mark(line: &str) -> Option<&str> {
    let line = line.trim_start_matches(' ');
    let first = line.chars().next().filter(|c| "=-+*~".contains(*c))?;
    let (mark, rest) = split_while(line, |c| c == first);
    let title = rest.strip_prefix('>').unwrap_or(rest);
    let words = title.trim_end_matches([' ', first]);
    let is_border = words.strip_suffix(" start").is_some_and(|it| is_word_of(PARTS, last_word(it)));
    // A shell shows a command within another with two marks: `++ curl …`.
    let is_command = mark == "++" && !title.ends_with('+');
    (mark.len() > 1 && title.starts_with(' ') && !is_border && !is_command).then_some(mark)
}

/// The number in a heading, or in the index of the path that a line starts with; also the
/// text before the number and, in a heading, the text after it.
pub(super) fn numbered(line: &str) -> Option<(&str, u32, Option<&str>)> {
    let line = line.trim_end().trim_end_matches(':');
    let is_digit = |c: char| c.is_ascii_digit();
    // Programs count what they have done: `[3/5] x`.
    let progress = line.strip_prefix('[').and_then(|it| it.split_once('/'));
    if let Some((number, rest)) = progress
        && split_while(rest, is_digit).1.starts_with(']')
    {
        return Some(("[", number.parse().ok()?, Some("/")));
    }
    let is_path_char = |c: char| c.is_ascii_alphanumeric() || "_-.[]$".contains(c);
    let (path, rest) = split_while(line, is_path_char);
    let is_path = rest.trim_start().starts_with(['=', ':']);
    let start = if is_path { path.find('[')? + 1 } else { line.find(is_digit)? };
    let (number, rest) = split_while(&line[start..], is_digit);
    let number = number.parse().ok()?;
    let is_heading = !line.contains([':', '=', '{', '/', ',']);
    let after = (!is_path).then(|| rest.trim_end_matches(['-', '*', '+', ' ']));
    (is_heading || is_path && rest.starts_with(']')).then_some((&line[..start], number, after))
}

/// The key that a line starts with.
pub(super) fn key_of_line(text: &str) -> Option<&str> {
    let end = text.bytes().take(MAX_KEY_OF_LINE).position(|byte| b":=".contains(&byte))?;
    Some(text[..end].trim_matches(['*', '`', '"', '\'', ' ']))
}
