//! Values without a separator between them and their labels, as people write them.

use super::value::{is_id, status};
use super::{Field, Role, Value};
use crate::catalog::status_name;

/// Characters that a request ID without a label has at least.
const SHORTEST_BARE_ID: usize = 16;

/// The status of `HTTP/1.1 404` at `at`.
pub fn status_line(text: &str, at: usize) -> Option<Field<'_>> {
    let rest = &text[at..];
    if !rest.get(..5)?.eq_ignore_ascii_case("HTTP/") {
        return None;
    }
    let version = rest[5..]
        .bytes()
        .take_while(|b| b.is_ascii_digit() || *b == b'.')
        .count();
    let after = rest[5 + version..]
        .strip_prefix('"')
        .unwrap_or(&rest[5 + version..]);
    let value = after.strip_prefix(' ')?;
    let from = text.len() - value.len();
    status(value)?;
    Some(Field {
        role: Role::HttpStatus,
        rank: 0,
        start: at,
        place: from..from + 3,
        value: Value::Plain(value[..3].into()),
    })
}

/// The status that stands at `at` without a separator: `status code 404`, `got 404
/// instead`, `404 Not Found`.
pub fn bare_status(text: &str, at: usize) -> Option<Field<'_>> {
    if text[..at].ends_with(|c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_')) {
        return None;
    }
    let number = status(&text[at..])?;
    let after = text[at + 3..].trim_start_matches(' ');
    let before = text[..at].strip_suffix(' ').unwrap_or(&text[..at]);
    let word_before = before.rsplit(|c: char| !c.is_ascii_alphanumeric()).next()?;
    let said = ["status", "code", "got", "returned"]
        .iter()
        .any(|w| word_before.eq_ignore_ascii_case(w));
    let name = status_name(number);
    let named = !name.is_empty()
        && after
            .get(..name.len())
            .is_some_and(|s| s.eq_ignore_ascii_case(name));
    (said && before.len() < at || named).then(|| Field {
        role: Role::HttpStatus,
        rank: 3,
        start: at,
        place: at..at + 3,
        value: Value::Plain(number.to_string().into()),
    })
}

/// The request ID that stands without a separator: `request 7f3c9a1e… failed`.
pub fn bare_request_id(text: &str, at: usize) -> Option<Field<'_>> {
    let rest = &text[at..];
    let label = ["request id ", "requestid ", "request "]
        .iter()
        .find(|label| {
            rest.get(..label.len())
                .is_some_and(|s| s.eq_ignore_ascii_case(label))
        })?;
    let value = &rest[label.len()..];
    let value = &value[..value.find(|c: char| !is_id(c)).unwrap_or(value.len())];
    let is_hexadecimal = value.bytes().all(|b| b.is_ascii_hexdigit() || b == b'-');
    let place = at + label.len()..at + label.len() + value.len();
    (value.len() >= SHORTEST_BARE_ID && is_hexadecimal).then(|| Field {
        role: Role::RequestId,
        rank: 3,
        start: at,
        place,
        value: Value::Plain(value.into()),
    })
}
