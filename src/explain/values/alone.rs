//! Values that stand alone on a line, perhaps with their label.

use memchr::memchr2;

use super::labels::{MAX_MARKUP, label_before, meaning_of};
use super::unlabelled_id::MIN_UNLABELLED_ID;
use super::{Role, can_be, is_error_code};

/// The value that a text is, without the quotes, commas and spaces around it: a status, a request
/// ID or an error code. Before an ID or a code there may be the bar of a table's cell.
pub(crate) fn value_alone(text: &str) -> Option<(Role, &str)> {
    let cell = text.trim_matches(['"', '\'', '`', ',', ' ']);
    let value = cell.strip_prefix('|').unwrap_or(cell);
    let role = match value.len() {
        3 if can_be(Role::HttpStatus, cell) => Role::HttpStatus,
        _ if is_error_code(value) => Role::Code,
        MIN_UNLABELLED_ID.. if can_be(Role::RequestId, value) => Role::RequestId,
        _ => return None,
    };
    Some((role, value))
}

/// Whether a line starts with a label (`status: 400`, `code=1 id=2`), or is only a value, perhaps
/// with its label before it (`request id 7f3c…`). A value is a status, a request ID or an error
/// code.
pub(crate) fn is_value_line(line: &str) -> bool {
    let text = line.trim().trim_start_matches(['-', '*', '`', '"', '\'', ' ', '{', '>']);
    let reach = &text.as_bytes()[..text.len().min(MAX_MARKUP + 1)];
    let end = memchr2(b':', b'=', reach);
    let label = end.and_then(|end| label_before(text, end));
    let is_pair =
        |(label, value): (&str, &str)| meaning_of(label).is_some() && value_alone(value).is_some();
    label.is_some_and(|label| label.start == 0)
        || value_alone(text).is_some()
        || text.rsplit_once(' ').is_some_and(is_pair)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_line_starts_with_a_label_or_is_a_value() {
        for line in [
            "status: 400",
            "- **Request ID**: `7f3c9a1e5b2d4086`",
            "request id 7f3c9a1e5b2d4086",
            "400",
            "7f3c9a1e-5b2d-4086-a1c7-e9f0b3d5a7c1",
            "Organizations.1305",
        ] {
            assert!(is_value_line(line), "{line}");
        }
        for line in ["failed: x", "GET /health status=200", "quota exceeded.", "12"] {
            assert!(!is_value_line(line), "{line}");
        }
    }
}
