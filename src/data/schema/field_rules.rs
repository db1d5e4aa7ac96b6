//! What the value of a field may be, whatever table it stands in.

use toml::de::DeValue;

use super::super::operation::path_parameter;
use super::super::words::is_number;

/// Characters of the name of a service: text is looked at in blocks, and a code must not
/// be longer than what they overlap.
pub(crate) const MAX_NAME_LENGTH: usize = 64;
/// Digits of a code; a longer number in a log is data.
pub(crate) const MAX_DIGITS: usize = 32;
/// Bytes of a message.
pub(crate) const MAX_MESSAGE_LENGTH: usize = 4096;
/// What a name of a service, of an operation or of a category must be.
pub const NAME: &str = "at most 64 letters, digits, '-', '_' and single dots, a letter or \
                               digit at both ends";

/// The methods of operations.
pub(crate) const METHODS: [&str; 6] = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"];

/// What a value may be.
pub(crate) enum Rule {
    Number(u16, u16),
    /// How many bytes it has at most, which no honest catalog comes near; what it must be, and
    /// whether it is.
    Text(usize, &'static str, fn(&str) -> bool),
}

impl Rule {
    /// The rule for the values of a field.
    pub(crate) fn of(field: &str) -> Option<Self> {
        let prose = |max_length| {
            let is_prose = |text: &str| !text.trim().is_empty();
            Rule::Text(max_length, "text that is not blank", is_prose)
        };
        Some(match field {
            "status" => Rule::Number(100, 599),
            "search_weight" => Rule::Number(1, 100),
            "method" => Rule::Text(6, "GET, HEAD, POST, PUT, PATCH or DELETE", |text| {
                METHODS.contains(&text)
            }),
            "name" | "aliases" | "categories" | "category" | "returned_by" | "parameters"
            | "decodes" => Rule::Text(MAX_NAME_LENGTH, NAME, is_name),
            // Which services there are decides whether a text is a code.
            "code" => Rule::Text(2 * MAX_NAME_LENGTH + 1, "", |_| true),
            "path" => Rule::Text(512, "a path such as /v1/accounts/{account_id}", is_path),
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
        match (self, value.as_str()) {
            (Rule::Number(min, max), _) => {
                let number = value.as_integer();
                let number =
                    number.and_then(|it| u16::from_str_radix(it.as_str(), it.radix()).ok());
                let is_allowed = number.is_some_and(|number| (*min..=*max).contains(&number));
                (!is_allowed).then(|| format!("must be a number from {min} to {max}"))
            }
            (Rule::Text(max_length, ..), Some(text)) if text.len() > *max_length => {
                Some(format!("is longer than {max_length} bytes"))
            }
            (Rule::Text(_, must_be, allows), Some(text)) => {
                (!allows(text)).then(|| format!("must be {must_be}"))
            }
            _ => None,
        }
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
