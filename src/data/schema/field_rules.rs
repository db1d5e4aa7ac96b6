//! The rules for values. A field has the same rule in every table. An unknown field is an error of
//! serde (`deny_unknown_fields`), which `table_reader` reports.

use toml::de::DeValue;

use super::super::operation::path_parameter;
use super::super::service::is_page;
use super::super::words::{is_name_byte, is_number};

/// The most bytes of the name of a service: logs are read in overlapping blocks, and a code must
/// fit into the overlap.
pub(crate) const MAX_NAME_LENGTH: usize = 64;
/// The most bytes of a code: two names and a dot.
pub(crate) const MAX_CODE_LENGTH: usize = 2 * MAX_NAME_LENGTH + 1;
/// The most digits of a code; a longer number in a log is data.
pub(crate) const MAX_DIGITS: usize = 32;
/// The most bytes of a message.
pub(crate) const MAX_MESSAGE_LENGTH: usize = 4096;
/// The most bytes of a description, a solution or a note.
pub(crate) const MAX_PROSE_LENGTH: usize = 16_384;
/// What the name of a service, an operation or a category must be.
pub const NAME_RULE: &str = "at most 64 letters, digits, '-', '_' and single dots, a letter or \
                             digit at both ends";

/// What a value may be.
pub(crate) enum Rule {
    /// A number in this range, both ends included.
    Number(u16, u16),
    OneOf(&'static [&'static str]),
    Text {
        must_be: &'static str,
        allows: fn(&str) -> bool,
        /// In bytes; far more than a real catalog needs.
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
                Rule::Text { must_be: NAME_RULE, allows: is_name, max_length: MAX_NAME_LENGTH }
            }
            // Whether a text is a code depends on the services: `Names::service_of` checks that.
            "code" => Rule::Text { must_be: "", allows: |_| true, max_length: MAX_CODE_LENGTH },
            "path" => Rule::Text {
                must_be: "a path such as /v1/accounts/{account_id}",
                allows: is_path,
                max_length: 512,
            },
            "title" | "updated" | "check" | "says" => prose(512),
            "url" => Rule::Text {
                must_be: "an address that begins with https:// or http://, in ASCII and without \
                          spaces, or 'unknown'",
                allows: |text| text == "unknown" || is_page(text),
                max_length: 2048,
            },
            // Responses and logs are searched for these texts.
            "message" | "wordings" => prose(MAX_MESSAGE_LENGTH),
            "description" | "solution" | "note" => prose(MAX_PROSE_LENGTH),
            _ => return None,
        })
    }

    /// Says what is wrong with a value, if anything. If a text is needed and the value has another
    /// type, leaves the report to serde.
    pub(super) fn fault(&self, value: &DeValue) -> Option<String> {
        let (is_allowed, must_be) = match self {
            Rule::Number(min, max) => {
                let digits = value.as_integer();
                let number = digits.and_then(|n| u16::from_str_radix(n.as_str(), n.radix()).ok());
                let is_allowed = number.is_some_and(|number| (*min..=*max).contains(&number));
                (is_allowed, format!("a number from {min} to {max}"))
            }
            Rule::OneOf(names) => {
                (names.contains(&value.as_str()?), format!("one of {}", names.join(", ")))
            }
            Rule::Text { max_length, .. } if value.as_str()?.len() > *max_length => {
                return Some(format!("is longer than {max_length} bytes"));
            }
            Rule::Text { must_be, allows, .. } => (allows(value.as_str()?), (*must_be).to_owned()),
        };
        (!is_allowed).then(|| format!("must be {must_be}"))
    }
}

/// Whether a text can name a service, an operation or a category, or follow the dot in a code. A
/// name is one word to every shell.
///
/// ```
/// assert!(orgerr::is_service_name("OBS"));
/// assert!(!orgerr::is_service_name("no name"));
/// ```
pub fn is_name(text: &str) -> bool {
    let is_end = |c: Option<u8>| c.is_some_and(|c| c.is_ascii_alphanumeric());
    text.len() <= MAX_NAME_LENGTH
        && text.bytes().all(is_name_byte)
        && is_end(text.bytes().next())
        && is_end(text.bytes().next_back())
        && !text.contains("..")
}

/// Whether a text can follow the name of a service and a dot: `1305`, `NoSuchKey`.
pub(crate) fn can_follow_dot(text: &str) -> bool {
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
