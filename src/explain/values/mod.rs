//! What values mean, and how they are written.
//!
//! A value has a label (`labels`), stands alone (`alone`), or is known by its form and the words
//! around it (`unlabelled`, with `unlabelled_id`, `unlabelled_status`, `east_asian` and
//! `others_request`; for requests and responses also `http` and `addresses`). A code may have been
//! only expected (`expected_codes`).

pub(super) mod addresses;
pub(super) mod alone;
mod east_asian;
pub(super) mod expected_codes;
pub(super) mod http;
pub(super) mod labels;
mod others_request;
pub(super) mod unlabelled;
pub(super) mod unlabelled_id;
pub(super) mod unlabelled_status;

use std::ops::Range;

use self::http::METHODS;
use crate::data::words::{is_name_byte, is_number};
use crate::string_escapes::{escape_at_end, unescaped};
use crate::substrings::is_word_of;

/// The fewest digits of an error code of any service; an unknown code of a service in the catalog
/// needs more (`codes`).
const MIN_CODE_DIGITS: usize = 3;
/// Fewest bytes of a request ID that is not cut off.
pub(super) const FULL_ID_LENGTH: usize = 32;
/// The fewest characters of a request ID that has a label.
const MIN_LABELLED_ID: usize = 6;

/// Bars between the cells of a row.
pub(super) const BARS: [char; 8] = ['|', '│', '┃', '║', '┆', '┊', '╎', '¦'];

/// How a part of a string ends whose next part stands on the line below.
const PART_ENDS: [&str; 4] = ["'\n", "\"\n", "' +\n", "\" +\n"];
/// How programs write that there is no value.
const NULLS: &str = "null None nil undefined";

/// What a value says of an error.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    HttpStatus,
    /// A number without a label, which is a status if the catalog documents it for the code.
    PossibleStatus,
    RequestId,
    Message,
    /// The error code, of any service.
    Code,
    /// What the service wrote about a refused permission.
    Authorization,
    /// The method of the request.
    Method,
    /// The address of the request.
    Url,
    /// The path of that address.
    Path,
    /// An address of the API without a label.
    Address,
    /// A method and an address.
    Request,
    /// The server of a request whose address names none.
    Host,
    /// The name of a pair that has its value in another field.
    Name,
    /// The value of such a pair.
    Value,
    /// Something else; its label ends the message before it.
    Other,
}

/// How strong the evidence is that a value is what its role says, the strongest first. A value
/// without a label may be as sure as one with it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Rank {
    /// Its label says exactly this (`http_status`), or its form does: `GET /v1/a`, `HTTP/1.1 404`.
    Exact,
    /// Its label usually says this (`status`), or it is a method that a command names.
    Usual,
    /// Its label may also mean another thing: `code` may be that of an error. Also a status without
    /// a label next to its request: `404 on GET /v1/a`.
    Vague,
    /// The words around it say it (`failed with 404`, `404 Not Found`), or it is an address of the
    /// API; also a path without a version behind a label such as `url`.
    Said,
    /// It stands beside a body, a code, a status or an address; or it is the name of a status
    /// behind a label.
    Beside,
    /// It stands alone on its line.
    Alone,
}

/// How a value is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Written {
    /// As it is.
    Plain,
    /// As it is, to an end that is still to be found (`end_messages`).
    Open,
    /// Between quotes, with this many backslashes before each quote.
    Quoted(u8),
    /// Between quotes, in a string of YAML in which single quotes are doubled.
    Doubled,
    /// Between tags.
    Tagged,
    /// In words that mean this status.
    Means(u16),
    /// As in an address: `quota+exceeded%20for`.
    Form,
}

/// A labelled value, or one that says by itself what it is.
#[derive(Debug, Clone)]
pub(super) struct Field {
    pub role: Role,
    pub rank: Rank,
    /// Where the label starts.
    pub start: usize,
    /// Where the value stands, without quotes.
    pub place: Range<usize>,
    pub written: Written,
    /// The innermost node around it.
    pub node: usize,
}

impl Field {
    /// A value that says by itself what it is.
    pub(super) fn new(role: Role, rank: Rank, place: Range<usize>) -> Self {
        Field { role, rank, start: place.start, place, written: Written::Plain, node: 0 }
    }

    /// The value, decoded from the way that it is written.
    pub(super) fn value(&self, text: &str) -> String {
        decoded(&text[self.place.clone()], self.written)
    }
}

/// Decodes a value from the way that it is written, and joins its lines if it is folded.
pub(super) fn decoded(text: &str, written: Written) -> String {
    let value = match written {
        Written::Plain | Written::Open => text.trim().to_owned(),
        Written::Quoted(backslashes) => {
            // Once for this string, and once for each string around it.
            let strings = u8::BITS - backslashes.leading_zeros();
            let mut whole = String::new();
            for line in text.split_inclusive('\n') {
                let end = PART_ENDS.iter().find(|end| whole.ends_with(**end));
                match end.zip(next_part(line)) {
                    Some((end, part)) => whole.replace_range(whole.len() - end.len().., part),
                    None => whole.push_str(line),
                }
            }
            (0..=strings).fold(whole, |value, _| unescaped(value, b'\\'))
        }
        Written::Doubled => return decoded(&text.replace("''", "'"), Written::Quoted(0)),
        Written::Tagged => {
            let text = text.trim();
            match text.strip_prefix("<![CDATA[") {
                Some(data) => data.strip_suffix("]]>").unwrap_or(data).to_owned(),
                None => unescaped(text.to_owned(), b'&'),
            }
        }
        Written::Means(status) => return status.to_string(),
        Written::Form => unescaped(text.replace('+', " "), b'%'),
    };
    if text.contains('\n') { joined(&value) } else { value }
}

/// The text with its folded lines joined.
fn joined(text: &str) -> String {
    // A mail marks the lines that it quotes.
    let lines = text.lines().map(|line| line.trim_start_matches(['>', ' ', '\t']).trim_end());
    let lines = lines.filter(|line| !line.is_empty());
    lines.collect::<Vec<_>>().join(" ")
}

/// The text after the first quote of a line that continues a string. Python and Node write a long
/// string on several lines, each part indented and in quotes of its own.
pub(super) fn next_part(line: &str) -> Option<&str> {
    let part = line.strip_prefix("    ")?.trim_start_matches(' ');
    part.strip_prefix(['\'', '"'])
}

/// Whether the value can be what the role says.
pub(super) fn can_be(role: Role, value: &str) -> bool {
    match role {
        Role::HttpStatus => status(value).is_some(),
        Role::RequestId => {
            value.len() >= MIN_LABELLED_ID
                && !value.ends_with('-')
                && !is_error_code(value)
                && value.starts_with(|c: char| c.is_ascii_alphanumeric())
                && value.chars().all(is_id_char)
                && (value.bytes().any(|b| b.is_ascii_digit()) || is_hexadecimal(value))
        }
        Role::Message => !value.trim().is_empty() && !is_word_of(NULLS, value),
        Role::Authorization => {
            !value.is_empty()
                && value.chars().all(is_authorization_char)
                && !is_word_of(NULLS, value)
        }
        Role::Method => METHODS.iter().any(|method| method.eq_ignore_ascii_case(value)),
        Role::Host => value.chars().all(is_host_char),
        Role::Path => value.starts_with('/'),
        Role::Url => value.starts_with("http") || value.starts_with('/'),
        _ => true,
    }
}

/// Whether a value has the form of an error code: a name, a dot and a number.
pub(super) fn is_error_code(value: &str) -> bool {
    let is_name = value.starts_with(|c: char| c.is_ascii_alphabetic());
    is_name
        && value.rsplit_once('.').is_some_and(|(service, number)| {
            service.chars().all(is_id_char) && number.len() >= MIN_CODE_DIGITS && is_number(number)
        })
}

/// The first word of a text that has the form of an error code.
pub(super) fn error_code(text: &str) -> Option<&str> {
    text.split(|c| !is_id_char(c)).find(|word| is_error_code(word))
}

/// Whether a text has a word with the form of an error code.
pub(super) fn has_error_code(text: &str) -> bool {
    error_code(text).is_some()
}

/// The HTTP status that a value starts with, as in `404 Not Found`.
pub(super) fn status(value: &str) -> Option<u16> {
    let start = value.as_bytes().split_first_chunk::<3>();
    let (digits, after) = start.filter(|(digits, _)| {
        matches!(digits[0], b'1'..=b'5') && digits.iter().all(u8::is_ascii_digit)
    })?;
    let mut ends = [&b".0"[..], b"."].into_iter();
    let after = ends.find_map(|end| after.strip_prefix(end)).unwrap_or(after);
    let more = after.first().is_some_and(u8::is_ascii_alphanumeric);
    let number = |status, digit: &u8| status * 10 + u16::from(digit - b'0');
    (!more).then(|| digits.iter().fold(0, number))
}

/// Whether a request ID, a code, a host or the name of an XML tag may have the character.
pub(super) fn is_id_char(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.')
}

/// Whether a host with its port may have the character.
pub(super) fn is_host_char(c: char) -> bool {
    is_id_char(c) || c == ':'
}

/// Whether an encoded authorization message may have the character.
pub(super) fn is_authorization_char(c: char) -> bool {
    is_id_char(c) || matches!(c, '+' | '/' | '=')
}

/// Whether a text has only hexadecimal digits and hyphens.
fn is_hexadecimal(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_hexdigit() || byte == b'-')
}

/// Whether a new word can start after a text: the text does not end in a letter, a digit, `_`, `.`
/// or `-`, or it ends in an escape or in the `X-` of a header.
pub(super) fn can_start_word_after(before: &[u8]) -> bool {
    !before.last().is_some_and(|byte| is_name_byte(*byte))
        || before.ends_with(b"X-")
        || before.ends_with(b"x-")
        || escape_at_end(before).is_some()
}

pub(super) fn starts_at(text: &str, at: usize, words: &str) -> bool {
    let there = text.as_bytes().get(at..at + words.len());
    there.is_some_and(|there| {
        // The second letters differ most.
        there[1] | 0x20 == words.as_bytes()[1] | 0x20
            && there.eq_ignore_ascii_case(words.as_bytes())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escapes_are_resolved_once_for_each_string_around() {
        let quoted = |text: &str, backslashes| decoded(text, Written::Quoted(backslashes));
        assert_eq!(quoted(r"a\\b\u00e9", 0), r"a\bé");
        assert_eq!(quoted(r#"a\"b"#, 0), r#"a"b"#);
        assert_eq!(quoted(r#"a\\\"b"#, 1), r#"a"b"#);
        assert_eq!(quoted(r"\xe9\x85\x8d", 0), "配");
        assert_eq!(quoted("a\n   b", 0), "a b");
    }

    #[test]
    fn values_are_decoded_from_what_they_stand_in() {
        assert_eq!(decoded("a+b%2Cc%", Written::Form), "a b,c%");
        assert_eq!(decoded(" a &lt; b ", Written::Tagged), "a < b");
        assert_eq!(decoded("<![CDATA[a & b]]>", Written::Tagged), "a & b");
    }

    #[test]
    fn values_are_what_their_labels_say() {
        assert!(can_be(Role::RequestId, "7f3c9a1e5b2d4086"));
        for none in ["unknown", "a b c d e 1", "12"] {
            assert!(!can_be(Role::RequestId, none), "{none}");
        }
        assert_eq!(status("404 Not Found"), Some(404));
        for none in ["40", "404a", "404.1", "999"] {
            assert_eq!(status(none), None, "{none}");
        }
    }
}
