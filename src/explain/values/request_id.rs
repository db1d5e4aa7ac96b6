//! Request IDs that no label names.

use super::{Field, Rank, Role, is_hexadecimal, is_of_id, starts_at};
use crate::substrings::split_while;

/// Characters that one has at least.
pub const MIN_UNLABELLED_ID: usize = 16;
/// Cells on each side of a code that may be of the same error.
const MAX_CELLS: usize = 2;
/// Words before one.
const WORDS_BEFORE_ID: [&str; 7] =
    ["request id", "request-id", "requestid", "request_id", "request", "req", "rid"];
/// Separators between one and the message before it.
const SEPARATORS: [char; 8] = ['.', ',', ';', '(', '[', '|', '-', '!'];

/// Whether a text without a label may be a request ID.
pub fn is_unlabelled_id(value: &str) -> bool {
    // OpenStack puts a word before it.
    let value = value.strip_prefix("req-").unwrap_or(value);
    // A time or a count has digits alone.
    value.len() >= MIN_UNLABELLED_ID
        && is_hexadecimal(value)
        && value.bytes().any(|b| b.is_ascii_alphabetic())
}

/// The request ID after `request` and the like, which without an ID mean the request itself:
/// `request 7f3c9a1e… failed`.
pub fn id_after_word(text: &str, at: usize) -> Option<Field> {
    let words = WORDS_BEFORE_ID.iter().find(|words| starts_at(text, at, words))?;
    let after = &text[at + words.len()..];
    let value = after.strip_prefix(" is").unwrap_or(after).trim_start_matches([' ', '=', ':', '`']);
    let from = text.len() - value.len();
    let value = split_while(value, is_of_id).0.trim_end_matches('.');
    let is_header = text[..at].ends_with("X-") || text[..at].ends_with("x-");
    let start = if is_header { at - "X-".len() } else { at };
    let found = Field::new(Role::RequestId, Rank::Said, from..from + value.len());
    (after.starts_with([' ', '=']) && is_unlabelled_id(value)).then_some(Field { start, ..found })
}

/// A text without the request ID at its end, and that ID.
pub fn split_id_at_end(text: &str) -> Option<(&str, &str)> {
    let text = text.trim_end_matches(['\r', ' ', ')', ']', '.', '"', '\'']);
    let is_hyphenated = |c: char| c.is_ascii_alphanumeric() || c == '-';
    let (before, id) = text.split_at(text.trim_end_matches(is_hyphenated).len());
    let before = before.trim_end_matches(' ');
    (before.ends_with(SEPARATORS) && is_unlabelled_id(id)).then_some((before, id))
}

/// The request ID in the row of a code, given what stands there before and after the code: alone in
/// a cell after that of the status or of the code, as in `(400, '7f3c…', 'Organizations.1305', …)`.
pub fn id_in_cells<'t>(before: &'t str, after: &'t str, status: u16) -> Option<&'t str> {
    let is_mark = |c: char| " '\"()[]{}".contains(c);
    let last = before.trim_end_matches(is_mark).chars().next_back()?;
    let separator = if ",;|\t".contains(last) { last } else { ' ' };
    // A row may be long, and have many codes.
    let mut cells: Vec<_> = before.rsplit(separator).skip(1).take(MAX_CELLS).collect();
    cells.reverse();
    let code_at = cells.len();
    cells.extend(after.split(separator).skip(1).take(MAX_CELLS));
    let cells = cells.into_iter().map(|cell| cell.trim_matches(is_mark));
    let status_at = cells.clone().position(|cell| cell == status.to_string())?;
    cells.skip(code_at.min(status_at)).find(|cell| is_unlabelled_id(cell))
}
