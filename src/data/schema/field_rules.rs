//! What the value of a field may be, whatever table it stands in. An unknown field is an error of
//! serde (`deny_unknown_fields`), which `table_reader` reports.

use toml::de::DeValue;

use super::super::operation::path_parameter;
use super::super::words::is_number;

/// Characters of the name of a service: text is looked at in blocks, and a code must not
/// be longer than what they overlap.
pub(crate) const MAX_NAME_LENGTH: usize = 64;
/// Characters of a code: two names and a dot.
const MAX_CODE_LENGTH: usize = 2 * MAX_NAME_LENGTH + 1;
/// Digits of a code; a longer number in a log is data.
pub(crate) const MAX_DIGITS: usize = 32;
/// Bytes of a message.
pub(crate) const MAX_MESSAGE_LENGTH: usize = 4096;
/// What a name of a service, of an operation or of a category must be.
pub const NAME: &str = "at most 64 letters, digits, '-', '_' and single dots, a letter or \
                               digit at both ends";

/// What a value may be.
pub(crate) enum Rule {
    /// A number from one to another.
    Number(u16, u16),
    OneOf(&'static [&'static str]),
    Text {
        must_be: &'static str,
        allows: fn(&str) -> bool,
        /// No honest catalog comes near.
        max_length: usize,
    },
}

impl Rule {
    /// The rule for the values of a field.
    pub(crate) fn of(field: &str) -> Option<Self> {
        let prose = |max_length| Rule::Text {
            must_be: "text that is not blank",
            allows: |text| !text.trim().is_empty(),
            max_length,
        };
        Some(match field {
            "status" => Rule::Number(100, 599),
            "search_weight" => Rule::Number(1, 100),
            "method" => Rule::OneOf(&["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"]),
            "name" | "aliases" | "categories" | "category" | "returned_by" | "parameters"
            | "decodes" => {
                Rule::Text { must_be: NAME, allows: is_name, max_length: MAX_NAME_LENGTH }
            }
            // Which services there are decides whether a text is a code.
            "code" => Rule::Text { must_be: "", allows: |_| true, max_length: MAX_CODE_LENGTH },
            "path" => Rule::Text {
                must_be: "a path such as /v1/accounts/{account_id}",
                allows: is_path,
                max_length: 512,
            },
            "title" | "updated" | "check" | "says" => prose(512),
            "url" => prose(2048),
            // Responses and logs are searched for them.
            "message" | "wordings" => prose(MAX_MESSAGE_LENGTH),
            "description" | "solution" | "note" => prose(16_384),
            _ => return None,
        })
    }

    /// What is wrong with a value, if anything is. That a value is no text serde reports.
    pub(super) fn fault(&self, value: &DeValue) -> Option<String> {
        let (is_allowed, must_be) = match (self, value) {
            (Rule::Number(min, max), value) => {
                let digits = value.as_integer();
                let number = digits.map(|it| u16::from_str_radix(it.as_str(), it.radix()));
                let is_between = |number| (*min..=*max).contains(&number);
                let is_allowed = number.is_some_and(|number| number.is_ok_and(is_between));
                (is_allowed, format!("a number from {min} to {max}"))
            }
            (Rule::OneOf(names), DeValue::String(text)) => {
                (names.contains(&&**text), format!("one of {}", names.join(", ")))
            }
            (Rule::Text { max_length, .. }, DeValue::String(text)) if text.len() > *max_length => {
                return Some(format!("is longer than {max_length} bytes"));
            }
            (Rule::Text { must_be, allows, .. }, DeValue::String(text)) => {
                (allows(text), (*must_be).to_owned())
            }
            _ => return None,
        };
        (!is_allowed).then(|| format!("must be {must_be}"))
    }
}

/// Whether a shell and a log may be given the text as one word: the name of a service, of an
/// operation or of a category, and what stands after the name of its service in a code.
///
/// ```
/// assert!(orgerr::is_service_name("OBS"));
/// assert!(!orgerr::is_service_name("no name"));
/// ```
pub fn is_name(text: &str) -> bool {
    let is_part = |c: u8| c.is_ascii_alphanumeric() || matches!(c, b'-' | b'_' | b'.');
    let is_end = |c: Option<u8>| c.is_some_and(|c| c.is_ascii_alphanumeric());
    text.len() <= MAX_NAME_LENGTH
        && text.bytes().all(is_part)
        && is_end(text.bytes().next())
        && is_end(text.bytes().next_back())
        && !text.contains("..")
}

/// Whether a text may stand after the name of a service and a dot.
pub(crate) fn is_number_of_code(text: &str) -> bool {
    is_name(text) && (text.len() <= MAX_DIGITS || !is_number(text))
}

/// Whether a text is the path of a request, with path parameters in braces.
fn is_path(text: &str) -> bool {
    let is_plain = |c: u8| c.is_ascii_alphanumeric() || b"._~:-".contains(&c);
    let is_part = |part: &str| match path_parameter(part) {
        Some(name) => is_name(name) && !name.contains('.'),
        None => !part.is_empty() && part.bytes().all(is_plain),
    };
    let parts = text.strip_suffix('/').unwrap_or(text).strip_prefix('/');
    text == "/" || parts.is_some_and(|parts| parts.split('/').all(is_part))
}
