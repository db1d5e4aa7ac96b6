//! Request IDs that no label names.

use super::{Field, Rank, Role, is_error_code, is_of_id, starts_at};
use crate::substrings::{is_word_of, last_word, split_while};

/// Characters that one has at least.
pub const MIN_LENGTH: usize = 16;
/// The lengths of those that stand in a row: of 32 digits, of a UUID.
const LENGTHS_IN_ROW: [usize; 2] = [32, 36];
/// Cells on each side of a code that may be of the same error.
const MAX_CELLS: usize = 2;
/// Words before one.
const WORDS_BEFORE: [&str; 7] =
    ["request id", "request-id", "requestid", "request_id", "request", "req", "rid"];
/// What headers have before these words.
const HEADER_PREFIXES: [&str; 2] = ["X-", "x-"];
/// What separates one from the message before it.
const SEPARATORS: [char; 8] = ['.', ',', ';', '(', '[', '|', '-', '!'];
/// Words before the ID of what a message is about.
const SUBJECTS: &str = "account agency commit domain group id policy project resource root span trace \
    unit user ou";

/// Whether a text without a label may be a request ID.
pub fn is_unlabelled_id(value: &str) -> bool {
    // OpenStack puts a word before it.
    let value = value.strip_prefix("req-").unwrap_or(value);
    let is_hexadecimal = value.bytes().all(|b| b.is_ascii_hexdigit() || b == b'-');
    // A time or a count has digits alone.
    value.len() >= MIN_LENGTH && is_hexadecimal && value.bytes().any(|b| b.is_ascii_alphabetic())
}

/// The request ID after `request` and the like, which without an ID mean the request itself:
/// `request 7f3c9a1e… failed`.
pub fn id_after_word(text: &str, at: usize) -> Option<Field> {
    let words = WORDS_BEFORE.iter().find(|words| starts_at(text, at, words))?;
    let mut value = &text[at + words.len()..];
    let starts_line = text[..at].is_empty() || text[..at].ends_with('\n');
    // More spaces are between columns, which have headings of their own.
    let is_separated = value.starts_with([' ', '=']) && !value.starts_with("  ")
        || starts_line && value.starts_with(':');
    value = value.strip_prefix(" is").or(value.strip_prefix(" was")).unwrap_or(value);
    value = value.trim_start_matches([' ', '=', ':']);
    let from = text.len() - value.len();
    value = split_while(value, is_of_id).0.trim_end_matches('.');
    let place = from..from + value.len();
    let prefix = HEADER_PREFIXES.iter().find(|prefix| text[..at].ends_with(**prefix));
    let start = at - prefix.map_or(0, |prefix| prefix.len());
    let found = Field::new(Role::RequestId, Rank::Said, place);
    (is_separated && is_unlabelled_id(value)).then_some(Field { start, ..found })
}

/// A text without the request ID at its end, and that ID.
pub fn split_id_at_end(text: &str) -> Option<(&str, &str)> {
    let text = text.trim_end_matches(['\r', ' ', ')', ']', '.', '"', '\'']);
    let is_hyphenated = |c: char| c.is_ascii_alphanumeric() || c == '-';
    let (before, id) = text.split_at(text.trim_end_matches(is_hyphenated).len());
    let before = before.trim_end_matches(' ');
    let is_separated = before.is_empty() || before.ends_with(SEPARATORS) || before.ends_with(" /");
    // It may be that of what the message is about: `for account (…`.
    let word = last_word(before.trim_end_matches(['(', '[', ' ', ',', '-', ':']));
    (is_separated && is_unlabelled_id(id) && !is_word_of(SUBJECTS, word)).then_some((before, id))
}

/// The request ID in the row of a code, given what stands there before and after the code: alone in
/// a cell after that of the status or of the code, as in `(400, '7f3c…', 'Organizations.1305', …)`.
pub fn id_in_row<'t>(before: &'t str, after: &'t str, status: u16) -> Option<&'t str> {
    let is_mark = |c: char| " '\"()[]{}".contains(c);
    let last = before.trim_end_matches(is_mark).chars().next_back()?;
    let separator = if ",;|\t".contains(last) { last } else { ' ' };
    // A row may be long, and have many codes.
    let mut before = before.rsplit(separator).map(|cell| cell.trim_matches(is_mark));
    let mut after = after.split(separator).map(|cell| cell.trim_matches(is_mark));
    if [before.next()?, after.next()?] != ["", ""] {
        return None;
    }
    let mut cells: Vec<_> = before.take(MAX_CELLS).collect();
    cells.reverse();
    let code_at = cells.len();
    cells.extend(after.take(MAX_CELLS));
    let is_id =
        |at: &usize| is_unlabelled_id(cells[*at]) && LENGTHS_IN_ROW.contains(&cells[*at].len());
    let mut ids = (0..cells.len()).filter(is_id);
    let (id_at, is_only) = (ids.next()?, ids.next().is_none());
    let status = status.to_string();
    let status_at = cells.iter().position(|cell| **cell == status)?;
    let subject = id_at.checked_sub(1).map_or("", |before| cells[before]);
    let is_own = id_at >= code_at.min(status_at)
        && is_only
        && !cells.iter().any(|cell| is_error_code(cell))
        && !is_word_of(SUBJECTS, subject);
    is_own.then(|| cells[id_at])
}
