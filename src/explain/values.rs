//! What values can be, and how they are written: in quotes, escaped, encoded, bare.

use memchr::memchr;

use super::frames::BARS;
use super::resolve::without_entities;
use crate::data::words::is_number;
use crate::escapes;

/// Spaces before a part of a string that is laid out on several lines.
const MIN_INDENTATION: usize = 4;
/// Digits that an error code of any service has at least.
const MIN_DIGITS: usize = 3;
/// Characters that a request ID has at least.
const MIN_ID: usize = 6;
/// Characters that a request ID without a label has at least.
pub const MIN_BARE_ID: usize = 16;
/// Backslashes before a quote at most: n levels of nesting give 2ⁿ−1, five levels are ample.
pub const MAX_BACKSLASHES: usize = 31;

/// What a labelled value says of an error.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    HttpStatus,
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
    /// A method and an address.
    Request,
    /// The server that an address without one is of.
    Host,
    /// The name of a pair that has its value in another field.
    Name,
    /// The value of such a pair.
    Value,
    /// Something else, whose label ends a message.
    Other,
}

/// How a value is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Written {
    /// As it is.
    Plain,
    /// Between quotes, with so many backslashes before each.
    Quoted(u8),
    /// Between tags.
    Tagged,
    /// In words that stand for this status.
    Means(u16),
    /// As in an address: `quota+exceeded%20for`.
    Form,
    /// In the column of a table with this number, on several lines; as text or as one word.
    Column(usize, bool),
}

/// Decodes a value from what it is written in; folded lines are joined.
pub fn decoded(text: &str, written: Written) -> String {
    let value = match written {
        Written::Plain => text.trim().to_owned(),
        Written::Quoted(backslashes) => {
            without_quotes(&without_parts(text), usize::from(backslashes))
        }
        Written::Tagged => {
            let text = text.trim();
            let data = text.strip_prefix("<![CDATA[");
            match data.map(|data| data.strip_suffix("]]>").unwrap_or(data)) {
                Some(data) => data.to_owned(),
                None => without_entities(text),
            }
        }
        Written::Means(status) => return status.to_string(),
        Written::Form => without_percents(text),
        Written::Column(number, is_text) => {
            let mut lines = text.lines();
            let first = lines.next().and_then(|line| line.split(BARS).next());
            let below = lines.filter_map(|line| {
                let row = line.trim_start();
                row.strip_prefix('|').unwrap_or(row).split(BARS).nth(number)
            });
            let parts: Vec<_> = first.into_iter().chain(below).map(str::trim).collect();
            return parts.join(if is_text { " " } else { "" });
        }
    };
    if memchr(b'\n', value.as_bytes()).is_some() && memchr(b'\n', text.as_bytes()).is_some() {
        joined(&value)
    } else {
        value
    }
}

/// Where the next part of a string starts that Python lays out on several lines, each in quotes
/// of its own: at its quote, behind an indentation.
pub fn next_part(behind: &str) -> Option<usize> {
    let indented = behind.strip_prefix('\n')?;
    let part = indented.trim_start_matches(' ');
    let is_indented = indented.len() - part.len() >= MIN_INDENTATION;
    (is_indented && part.starts_with(['\'', '"'])).then_some(behind.len() - part.len())
}

/// The parts of a string that is laid out so, as one.
fn without_parts(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(feed) = memchr(b'\n', rest.as_bytes()) {
        let part = next_part(&rest[feed..]);
        let whole = rest[..feed].strip_suffix(['\'', '"']);
        if let (Some(part), Some(whole)) = (part, whole) {
            out.push_str(whole);
            rest = &rest[feed + part + 1..];
        } else {
            out.push_str(&rest[..=feed]);
            rest = &rest[feed + 1..];
        }
    }
    out + rest
}

/// The text with its folded lines joined.
fn joined(text: &str) -> String {
    // A mail marks the lines that it quotes.
    let lines = text
        .lines()
        .map(|line| line.trim_start_matches(['>', ' ', '\t']).trim_end());
    let lines = lines.filter(|line| !line.is_empty());
    lines.collect::<Vec<_>>().join(" ")
}

/// Resolves the escapes of a string, once for itself and once for each string around it.
fn without_quotes(text: &str, backslashes: usize) -> String {
    let mut value = text.to_owned();
    let mut escaped = backslashes;
    while memchr(b'\\', value.as_bytes()).is_some() {
        value = unescaped(&value);
        if escaped == 0 {
            break;
        }
        escaped /= 2;
    }
    value
}

/// Resolves the escapes of a string once; what is none stays as it is.
fn unescaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = memchr(b'\\', rest.as_bytes()) {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let (c, length) = match rest.as_bytes().get(1) {
            Some(b'n') => ('\n', 2),
            Some(b't') => ('\t', 2),
            Some(b'r') => ('\r', 2),
            Some(b'b') => ('\u{8}', 2),
            Some(b'f') => ('\u{c}', 2),
            Some(b'u') => unicode(rest).unwrap_or(('\\', 1)),
            Some(b'x') => match bytes(rest) {
                Some((text, length)) => {
                    out.push_str(&text);
                    rest = &rest[length..];
                    continue;
                }
                None => ('\\', 1),
            },
            Some(c @ (b'"' | b'\'' | b'\\' | b'/')) => (char::from(*c), 2),
            _ => ('\\', 1),
        };
        out.push(c);
        rest = &rest[length..];
    }
    out + rest
}

/// The character of the `\uXXXX`, or the two for one beyond 16 bits, at the start.
fn unicode(text: &str) -> Option<(char, usize)> {
    let unit = |at: usize| escapes::unit(text.as_bytes().get(at..)?);
    let units = [unit(0)?, unit(6).unwrap_or(0)];
    let c = char::decode_utf16(units)
        .next()?
        .unwrap_or(char::REPLACEMENT_CHARACTER);
    Some((c, if c.len_utf16() == 2 { 12 } else { 6 }))
}

/// The character of the `\xXX`s at the start, as Python writes bytes.
fn bytes(text: &str) -> Option<(String, usize)> {
    let mut bytes = Vec::new();
    let mut rest = text;
    while let Some(digits) = rest.strip_prefix("\\x").and_then(|rest| rest.get(..2)) {
        bytes.push(u8::from_str_radix(digits, 16).ok()?);
        rest = &rest[4..];
        if let Ok(text_of) = std::str::from_utf8(&bytes) {
            return Some((text_of.to_owned(), text.len() - rest.len()));
        }
    }
    None
}

/// A value as it stood before it became part of an address.
fn without_percents(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let [first, others @ ..] = rest {
        let digits = others
            .get(..2)
            .and_then(|digits| str::from_utf8(digits).ok());
        let encoded = digits.filter(|_| *first == b'%');
        let byte = encoded.and_then(|digits| u8::from_str_radix(digits, 16).ok());
        rest = if byte.is_some() { &others[2..] } else { others };
        bytes.push(byte.unwrap_or(if *first == b'+' { b' ' } else { *first }));
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

/// Whether the value can be what the role says.
pub fn can_be(role: Role, value: &str) -> bool {
    match role {
        Role::HttpStatus => status(value).is_some(),
        Role::RequestId => {
            let is_hexadecimal = || value.bytes().all(|b| b.is_ascii_hexdigit() || b == b'-');
            value.len() >= MIN_ID
                && value.chars().all(is_id)
                && (value.bytes().any(|b| b.is_ascii_digit()) || is_hexadecimal())
        }
        Role::Message | Role::Authorization => {
            !value.trim().is_empty() && !matches!(value, "null" | "None" | "nil" | "undefined")
        }
        Role::Method => value.len() < 8 && value.bytes().all(|b| b.is_ascii_uppercase()),
        Role::Url => value.starts_with("http") || value.starts_with("/v"),
        _ => true,
    }
}

/// Whether a value has the form of an error code: a name, a dot and a number.
pub fn is_error_code(value: &str) -> bool {
    value.rsplit_once('.').is_some_and(|(service, number)| {
        service.starts_with(|c: char| c.is_ascii_alphabetic())
            && service
                .bytes()
                .all(|b| b.is_ascii_alphanumeric() || b"._-".contains(&b))
            && number.len() >= MIN_DIGITS
            && is_number(number)
    })
}

/// The HTTP status that a value starts with, as in `404 Not Found`.
pub fn status(value: &str) -> Option<u16> {
    let digits = value.get(..3)?;
    let behind = value[3..].strip_prefix('.').unwrap_or(&value[3..]);
    let more = behind.starts_with(|c: char| c.is_ascii_alphanumeric());
    let status = digits.parse().ok()?;
    ((100..600).contains(&status) && !more).then_some(status)
}

/// Whether a request ID, or a name in an XML tag, may have the character.
pub fn is_id(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.')
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
