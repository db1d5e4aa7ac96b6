//! Labelled values in text of any format: `"request_id":"…"`, `X-Request-Id: …`,
//! `status_code=404`, `<message>…</message>`, `HTTP/1.1 404`.

mod bare;
mod label;
mod string;
mod value;

use std::borrow::Cow;
use std::ops::Range;

use memchr::memchr;

use self::bare::{bare_request_id, bare_status, status_line};
pub use self::label::{LONGEST_MARKUP, is_error_msg, is_message, labels_of_codes, markup};
use self::label::{Label, label};
use self::string::Quoted;
use self::value::{can_be, is_id};
pub use self::value::{is_error_code, status};
use super::tidy::without_entities;

/// Bytes of a string up to which its escapes are resolved at once. A status and a request
/// ID have no more.
const LONGEST_SHORT: usize = 128;

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
pub struct Field<'t> {
    pub role: Role,
    /// 0 for a label that says exactly this, more for one that may mean another thing.
    pub rank: u8,
    /// Where the label starts.
    pub start: usize,
    /// Where the value stands, without quotes.
    pub place: Range<usize>,
    value: Value<'t>,
}

#[derive(Debug, Clone)]
enum Value<'t> {
    Plain(Cow<'t, str>),
    /// A message without quotes, whose end depends on the other labels.
    Open(&'t str),
    /// Long; it takes time to resolve the escapes, and few values are asked for.
    Quoted(Quoted<'t>),
}

impl Field<'_> {
    /// The value, decoded from the string it stands in.
    pub fn value(&self) -> Cow<'_, str> {
        match &self.value {
            Value::Plain(value) => Cow::Borrowed(value),
            Value::Open(value) => Cow::Borrowed(value),
            Value::Quoted(quoted) => Cow::Owned(quoted.value()),
        }
    }
}

/// The values of `text` whose labels end in `part`, in the order of their labels. They may
/// stand behind it.
pub fn fields(text: &str, part: Range<usize>) -> Vec<Field<'_>> {
    let mut fields = Vec::new();
    for (at, byte) in part.clone().zip(&text.as_bytes()[part]) {
        let field = match byte {
            b':' | b'=' => labelled(text, at, 1),
            0xef if text[at..].starts_with('：') => labelled(text, at, '：'.len_utf8()),
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

/// The field whose label ends at the separator of `length` bytes that is at `at`.
fn labelled(text: &str, at: usize, length: usize) -> Option<Field<'_>> {
    let bytes = text.as_bytes();
    let before = text[..at].trim_end_matches([' ', '\t']);
    let unquoted = before.trim_end_matches(['"', '\'', '`', '\\']);
    let quoted = unquoted.len() < before.len();
    let label = label(unquoted, quoted)?;
    let mut value = at + length;
    if bytes.get(value) == Some(&b'>') {
        value += 1;
    }
    let is_string = text[value..]
        .trim_start_matches([' ', '\\'])
        .starts_with(['"', '\'']);
    if label.role == Role::Message && before.ends_with('"') && !is_string {
        // In JSON, what is not in quotes is no text: null, a number, an object.
        return None;
    }
    field(text, value, &label)
}

/// The field of the XML element whose opening tag ends at `at`.
fn element(text: &str, at: usize) -> Option<Field<'_>> {
    let label = label(&text[..at], true)?;
    let before = &text[..label.start];
    let prefix = before.strip_suffix(':');
    let before = prefix.map_or(before, |prefix| prefix.trim_end_matches(is_id));
    // Without it each of many such marks would have all up to the next element's value.
    if !before.ends_with('<') {
        return None;
    }
    let place = at + 1..at + 1 + text[at + 1..].find('<')?;
    let value = without_entities(text[place.clone()].trim());
    let role = role_of(&label, &value);
    can_be(role, &value).then_some(Field {
        role,
        rank: label.rank,
        start: label.start,
        place,
        value: Value::Plain(Cow::Owned(value)),
    })
}

/// What a value with the label tells: services write their codes under the label of the
/// HTTP status, too.
fn role_of(label: &Label, value: &str) -> Role {
    match label.role {
        Role::HttpStatus if is_error_code(value) => Role::Code,
        role => role,
    }
}

/// The field whose value starts at or after `from`.
fn field<'t>(text: &'t str, from: usize, label: &Label) -> Option<Field<'t>> {
    let from = from + text[from..].len() - text[from..].trim_start_matches([' ', '\t']).len();
    let rest = &text[from..];
    let backslashes = rest.bytes().take_while(|b| *b == b'\\').count();
    let (place, value) = match rest.as_bytes().get(backslashes) {
        Some(quote @ (b'"' | b'\'' | b'`')) => {
            let inside = from + backslashes + 1;
            let quoted = Quoted::at(&text[inside..], *quote, backslashes)?;
            let place = inside..inside + quoted.inside.len();
            (place, quoted_value(label.role, quoted)?)
        }
        // A container of fields of its own.
        Some(b'{' | b'[') if label.role == Role::Message => return None,
        _ => {
            let rest = rest.trim_start_matches('[');
            let from = from + (text[from..].len() - rest.len());
            if label.role == Role::Message {
                let end = memchr(b'\n', rest.as_bytes()).unwrap_or(rest.len());
                (from..from + end, Value::Open(rest[..end].trim()))
            } else {
                let end = rest.find(|c: char| !is_id(c)).unwrap_or(rest.len());
                (from..from + end, Value::Plain(rest[..end].trim().into()))
            }
        }
    };
    let checked = |value: &str| Some(role_of(label, value)).filter(|role| can_be(*role, value));
    let role = match &value {
        Value::Plain(value) => checked(value)?,
        Value::Open(value) => checked(value)?,
        Value::Quoted(_) => label.role,
    };
    Some(Field {
        role,
        rank: label.rank,
        start: label.start,
        place,
        value,
    })
}

/// The value of a string; none where it is too long for its role.
fn quoted_value(role: Role, quoted: Quoted<'_>) -> Option<Value<'_>> {
    match role {
        _ if quoted.inside.len() <= LONGEST_SHORT => Some(Value::Plain(quoted.value().into())),
        Role::HttpStatus | Role::RequestId => None,
        Role::Message | Role::Code | Role::Other => Some(Value::Quoted(quoted)),
    }
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
fn end_messages<'t>(text: &'t str, fields: &mut Vec<Field<'t>>) {
    for number in 0..fields.len() {
        let field = &fields[number];
        if !matches!(field.value, Value::Open(_)) {
            continue;
        }
        let end = end_of_message(text, field.place.clone(), fields);
        let field = &mut fields[number];
        field.place.end = end;
        field.value = Value::Open(&text[field.place.clone()]);
    }
    fields.retain(|field| match field.value {
        Value::Open(value) => can_be(field.role, value),
        Value::Plain(_) | Value::Quoted(_) => true,
    });
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
