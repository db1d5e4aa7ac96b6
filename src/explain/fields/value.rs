//! What values can be: an HTTP status, a request ID, an error code, a message.

use super::Role;
use crate::data::words::is_number;

/// Digits that an error code of any service has at least.
const FEWEST_DIGITS: usize = 3;
/// Characters that a request ID has at least.
const SHORTEST_ID: usize = 6;

/// Whether the value can be what the role says.
pub fn can_be(role: Role, value: &str) -> bool {
    match role {
        Role::HttpStatus => status(value).is_some(),
        Role::RequestId => value.len() >= SHORTEST_ID && value.chars().all(is_id),
        Role::Message => !value.trim().is_empty() && !matches!(value, "null" | "None" | "nil"),
        Role::Code | Role::Other => true,
    }
}

/// Whether a value has the form of an error code: a name, a dot and a number.
pub fn is_error_code(value: &str) -> bool {
    value.rsplit_once('.').is_some_and(|(service, number)| {
        service.starts_with(|c: char| c.is_ascii_alphabetic())
            && number.len() >= FEWEST_DIGITS
            && is_number(number)
    })
}

/// The HTTP status that a value starts with, as in `404 Not Found`.
pub fn status(value: &str) -> Option<u16> {
    let digits = value.get(..3)?;
    let more = value[3..].starts_with(|c: char| c.is_ascii_alphanumeric() || c == '.');
    let status = digits.parse().ok()?;
    ((100..600).contains(&status) && !more).then_some(status)
}

/// Whether a request ID, or a name in an XML tag, may have the character.
pub fn is_id(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.')
}
