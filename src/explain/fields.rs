//! Labelled values in text of any format: `"request_id":"…"`, `X-Request-Id: …`,
//! `status_code=404`, `<message>…</message>`, `HTTP/1.1 404`.

use std::borrow::Cow;
use std::ops::Range;

use memchr::memchr;

use super::tidy::without_entities;
use crate::catalog::reason;
use crate::escapes;
use crate::words::is_number;

/// What a labelled value tells of an error.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    HttpStatus,
    RequestId,
    Message,
    /// The error code, of any service.
    Code,
    /// Something else that is known but not needed.
    Other,
}

/// A value with its label.
#[derive(Debug, Clone)]
pub struct Field {
    pub role: Role,
    /// 0 for a label that says exactly this, more for one that may mean another thing.
    pub rank: u8,
    /// Where the label starts.
    pub start: usize,
    /// Where the value stands, without quotes.
    pub place: Range<usize>,
    /// The value, decoded from the string it stands in.
    pub value: String,
    /// Whether it is a message without quotes, whose end depends on the other labels.
    open: bool,
}

/// The labels, without `-`, `_` and spaces, in lower case.
const LABELS: [(&str, Role, u8); 31] = [
    ("statuscode", Role::HttpStatus, 0),
    ("httpstatuscode", Role::HttpStatus, 0),
    ("httpstatus", Role::HttpStatus, 0),
    ("httpcode", Role::HttpStatus, 0),
    ("httpresponsecode", Role::HttpStatus, 0),
    ("responsecode", Role::HttpStatus, 1),
    ("responsestatus", Role::HttpStatus, 1),
    ("status", Role::HttpStatus, 1),
    ("code", Role::HttpStatus, 2),
    ("requestid", Role::RequestId, 0),
    ("xrequestid", Role::RequestId, 0),
    ("reqid", Role::RequestId, 1),
    ("errormsg", Role::Message, 0),
    ("errormessage", Role::Message, 0),
    ("errmsg", Role::Message, 0),
    ("message", Role::Message, 1),
    ("msg", Role::Message, 1),
    ("errordescription", Role::Message, 2),
    ("description", Role::Message, 2),
    ("detail", Role::Message, 2),
    ("details", Role::Message, 2),
    ("errorcode", Role::Code, 0),
    ("errcode", Role::Code, 0),
    ("encodedauthorizationmessage", Role::Other, 0),
    ("encodedauthzmessage", Role::Other, 0),
    ("level", Role::Other, 0),
    ("timestamp", Role::Other, 0),
    ("traceid", Role::Other, 0),
    ("url", Role::Other, 0),
    ("method", Role::Other, 0),
    ("host", Role::Other, 0),
];

/// How often the bytes of a text may be read as parts of strings with labels, on average.
/// A response in a string of a response has 2; what is made to have thousands is slow.
const MOST_READINGS: usize = 8;
/// Words that a label has at most, as in `HTTP status code`.
const MOST_LABEL_WORDS: usize = 3;
/// Digits that an error code of any service has at least.
const FEWEST_DIGITS: usize = 3;
/// Bytes that a label and the quotes around it have at most.
pub const LONGEST_MARKUP: usize = 64;
/// Characters that a request ID has at least.
const SHORTEST_ID: usize = 6;
/// Characters that a request ID without a label has at least.
const SHORTEST_BARE_ID: usize = 16;

/// The values of `text` whose labels end in `part`, in the order of their labels. They may
/// stand behind it.
pub fn fields(text: &str, part: Range<usize>) -> Vec<Field> {
    let mut fields = Vec::new();
    let mut readable = MOST_READINGS * text.len();
    for (at, byte) in part.clone().zip(&text.as_bytes()[part]) {
        let field = match byte {
            b':' | b'=' => labelled(text, at, 1, &mut readable),
            0xef if text[at..].starts_with('：') => {
                labelled(text, at, '：'.len_utf8(), &mut readable)
            }
            b'>' => element(text, at),
            b'H' | b'h' => status_line(text, at),
            b'R' | b'r' => bare_request_id(text, at),
            b'0'..=b'9' => bare_status(text, at),
            _ => None,
        };
        // One may start before the last, with its label, but not far.
        if let Some(field) = field {
            let behind = fields
                .iter()
                .rposition(|earlier: &Field| earlier.start <= field.start);
            fields.insert(behind.map_or(0, |last| last + 1), field);
        }
    }
    end_messages(text, &mut fields);
    fields
}

/// The field whose label ends at the separator of `length` bytes that is at `at`. Strings
/// take from the `readable` bytes.
fn labelled(text: &str, at: usize, length: usize, readable: &mut usize) -> Option<Field> {
    let bytes = text.as_bytes();
    let before = text[..at].trim_end_matches([' ', '\t']);
    let unquoted = before.trim_end_matches(['"', '\'', '`', '\\']);
    let quoted = unquoted.len() < before.len();
    let (start, role, rank) = label(unquoted, quoted)?;
    let mut value = at + length;
    if bytes.get(value) == Some(&b'>') {
        value += 1;
    }
    let is_string = text[value..]
        .trim_start_matches([' ', '\\'])
        .starts_with(['"', '\'']);
    if role == Role::Message && before.ends_with('"') && !is_string {
        // In JSON, what is not in quotes is no text: null, a number, an object.
        return None;
    }
    field(text, value, start, role, rank, readable)
}

/// The field of the XML element whose opening tag ends at `at`.
fn element(text: &str, at: usize) -> Option<Field> {
    let (start, role, rank) = label(&text[..at], true)?;
    let before = &text[..start];
    let prefix = before.strip_suffix(':');
    let before = prefix.map_or(before, |prefix| prefix.trim_end_matches(is_id));
    // Without it each of many such marks would have all up to the next element's value.
    if !before.ends_with('<') {
        return None;
    }
    let place = at + 1..at + 1 + text[at + 1..].find('<')?;
    let value = without_entities(text[place.clone()].trim());
    checked(role, &value).then_some(Field {
        role,
        rank,
        start,
        place,
        value,
        open: false,
    })
}

/// The label at the end of `text`: where it starts and what it means. A quoted
/// label is one word.
fn label(text: &str, quoted: bool) -> Option<(usize, Role, u8)> {
    let is_label = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-');
    let mut start = text.len();
    let mut words = 0;
    let mut best = None;
    while words < MOST_LABEL_WORDS {
        let word = text[..start].trim_end_matches(is_label);
        // `error` is none of the label in `level=error msg=`.
        let is_value = words > 0 && word.ends_with(['=', ':']);
        if word.len() == start || is_value {
            break;
        }
        start = word.len();
        words += 1;
        let name: String = text[start..]
            .chars()
            .filter(char::is_ascii_alphanumeric)
            .map(|c| c.to_ascii_lowercase())
            .collect();
        let known = LABELS.iter().find(|(label, ..)| *label == name);
        if let Some((_, role, rank)) = known {
            best = Some((start, *role, *rank));
        } else if words == 1 && name.ends_with("requestid") {
            best = Some((start, Role::RequestId, 1));
        }
        match text[..start].strip_suffix(' ') {
            Some(rest) if !quoted => start = rest.len(),
            _ => break,
        }
    }
    best
}

/// The field whose value starts at or after `from`. A string takes from the `readable`
/// bytes, and is none if it has more.
fn field(
    text: &str,
    from: usize,
    start: usize,
    role: Role,
    rank: u8,
    readable: &mut usize,
) -> Option<Field> {
    let from = from + text[from..].len() - text[from..].trim_start_matches([' ', '\t']).len();
    let rest = &text[from..];
    let backslashes = rest.bytes().take_while(|b| *b == b'\\').count();
    let mut open = false;
    let (place, value) = match rest.as_bytes().get(backslashes) {
        Some(quote @ (b'"' | b'\'' | b'`')) => {
            let inside = from + backslashes + 1;
            let length = closing_quote(&text[inside..], *quote, backslashes, *readable);
            *readable -= length.unwrap_or(*readable);
            let place = inside..inside + length?;
            let value = decoded(&text[place.clone()], backslashes);
            (place, Cow::Owned(value))
        }
        // A container of fields of its own.
        Some(b'{' | b'[') if role == Role::Message => return None,
        _ => {
            let rest = rest.trim_start_matches('[');
            let from = from + (text[from..].len() - rest.len());
            open = role == Role::Message;
            let end = if open {
                memchr(b'\n', rest.as_bytes()).unwrap_or(rest.len())
            } else {
                rest.find(|c: char| !is_id(c)).unwrap_or(rest.len())
            };
            (from..from + end, Cow::Borrowed(rest[..end].trim()))
        }
    };
    // Services write their codes under the label of the status, too.
    let role = match role {
        Role::HttpStatus if is_error_code(&value) => Role::Code,
        role => role,
    };
    checked(role, &value).then(|| Field {
        role,
        rank,
        start,
        place,
        // A line may have many labels: what is left of it is not copied for each.
        value: if open {
            String::new()
        } else {
            value.into_owned()
        },
        open,
    })
}

/// Whether a value has the form of an error code: a name, a dot and a number.
pub fn is_error_code(value: &str) -> bool {
    value.rsplit_once('.').is_some_and(|(service, number)| {
        service.starts_with(|c: char| c.is_ascii_alphabetic())
            && number.len() >= FEWEST_DIGITS
            && is_number(number)
    })
}

/// Whether what stands behind `before` is the value of `error_msg`, as in the responses
/// of the gateway.
pub fn is_error_msg(before: &str) -> bool {
    let mut start = before.len().saturating_sub(LONGEST_MARKUP);
    while !before.is_char_boundary(start) {
        start += 1;
    }
    let before = without_entities(&before[start..]).replace("\\u0022", "\"");
    let is_quote = |c: char| c.is_whitespace() || matches!(c, '"' | '\'' | '`' | '\\' | '│');
    let label = before
        .trim_end_matches(is_quote)
        .strip_suffix([':', '=', '>']);
    let label = label.map_or("", |label| label.trim_end_matches(is_quote));
    let is_label = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-');
    let name = &label[label.trim_end_matches(is_label).len()..];
    ["error_msg", "errorMsg", "error-msg"]
        .iter()
        .any(|known| name.eq_ignore_ascii_case(known))
}

fn is_id(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.')
}

/// Whether the value can be what the role says.
fn checked(role: Role, value: &str) -> bool {
    match role {
        Role::HttpStatus => status(value).is_some(),
        Role::RequestId => value.len() >= SHORTEST_ID && value.chars().all(is_id),
        Role::Message => !value.trim().is_empty() && !matches!(value, "null" | "None" | "nil"),
        Role::Code | Role::Other => true,
    }
}

/// The HTTP status that a value starts with, as in `404 Not Found`.
pub fn status(value: &str) -> Option<u16> {
    let digits = value.get(..3)?;
    let more = value[3..].starts_with(|c: char| c.is_ascii_alphanumeric() || c == '.');
    let status = digits.parse().ok()?;
    ((100..600).contains(&status) && !more).then_some(status)
}

/// Where the string that starts `text` ends: at the next quote with as many backslashes
/// before it as before the opening one, or with the text. None if it has more than `most`
/// bytes.
fn closing_quote(text: &str, quote: u8, backslashes: usize, most: usize) -> Option<usize> {
    let mut run = 0;
    for (at, byte) in text.bytes().take(most + 1).enumerate() {
        if byte == b'\\' {
            run += 1;
            continue;
        }
        let closes = run == backslashes || (backslashes == 0 && run % 2 == 0);
        if byte == quote && closes {
            return Some(at - run.min(backslashes));
        }
        run = 0;
    }
    (text.len() <= most).then_some(text.len())
}

/// The text of a string with its escapes resolved, once for the string itself and
/// once for each string around it: these double the backslashes before a quote.
fn decoded(inside: &str, backslashes: usize) -> String {
    let mut value = inside.to_owned();
    let mut escaped = backslashes;
    loop {
        value = unescaped(&value);
        if escaped == 0 {
            return value;
        }
        escaped /= 2;
    }
}

/// Resolves the escapes of a JSON string once; what is none stays as it is.
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

/// The status of `HTTP/1.1 404` at `at`.
fn status_line(text: &str, at: usize) -> Option<Field> {
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
        value: value[..3].to_owned(),
        open: false,
    })
}

/// The status that stands at `at` without a separator: `status code 404`, `got 404
/// instead`, `404 Not Found`.
fn bare_status(text: &str, at: usize) -> Option<Field> {
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
    let name = reason(number);
    let named = !name.is_empty()
        && after
            .get(..name.len())
            .is_some_and(|s| s.eq_ignore_ascii_case(name));
    (said && before.len() < at || named).then(|| Field {
        role: Role::HttpStatus,
        rank: 3,
        start: at,
        place: at..at + 3,
        value: number.to_string(),
        open: false,
    })
}

/// The request ID that stands without a separator: `request 7f3c9a1e… failed`.
fn bare_request_id(text: &str, at: usize) -> Option<Field> {
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
        value: value.to_owned(),
        open: false,
    })
}

/// Where a key and its value follow, as in `…;node=7`.
fn next_pair(text: &str) -> Option<usize> {
    text.match_indices([';', ',']).map(|(at, _)| at).find(|at| {
        let key = text[at + 1..].trim_start_matches(' ');
        let rest = key.trim_start_matches(|c: char| c.is_ascii_alphanumeric() || c == '_');
        rest.len() < key.len() && rest.starts_with('=')
    })
}

/// Ends the messages that stand without quotes: where the next label or the object
/// around them does. Takes out those of which nothing is left.
fn end_messages(text: &str, fields: &mut Vec<Field>) {
    for number in 0..fields.len() {
        let field = &fields[number];
        if !field.open {
            continue;
        }
        let end = end_of_message(text, field.place.clone(), fields);
        let field = &mut fields[number];
        field.place.end = end;
        text[field.place.clone()].clone_into(&mut field.value);
    }
    fields.retain(|field| !field.open || checked(field.role, &field.value));
}

/// Where a message without quotes ends that ends in `place` at the latest: before the
/// next label and the end of the object around it.
pub fn end_of_message(text: &str, place: Range<usize>, fields: &[Field]) -> usize {
    let next = fields.partition_point(|field| field.start <= place.start);
    let next = fields.get(next).map_or(text.len(), |field| field.start);
    let mut end = place.end.min(next);
    if let Some(pair) = next_pair(&text[place.start..end]) {
        end = place.start + pair;
    }
    let mut depth = 0;
    for (at, c) in text[place.start..end].char_indices() {
        match c {
            '{' => depth += 1,
            '}' if depth == 0 => {
                end = place.start + at;
                break;
            }
            '}' => depth -= 1,
            _ => {}
        }
    }
    let value = text[place.start..end].trim_end();
    let value = value.trim_end_matches([',', ';', '"', '\'', '\\', '(', '[', '|']);
    place.start + value.trim_end().len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn strings_in_strings_are_read_to_a_bound() {
        let nested = |deep: usize| -> String {
            let opening = |n: usize| format!(r#"msg:{}""#, r"\".repeat(n));
            (0..deep).map(opening).collect::<String>() + "text"
        };
        let text = nested(MOST_READINGS);
        let read = fields(&text, 0..text.len());
        assert_eq!(read.len(), MOST_READINGS);
        assert_eq!(read[MOST_READINGS - 1].value, "text");

        let text = nested(100);
        let read = fields(&text, 0..text.len());
        let bytes: usize = read.iter().map(|field| field.place.len()).sum();
        assert!(bytes <= MOST_READINGS * text.len(), "{bytes}");
        assert!(read.len() < 100);
    }
}
