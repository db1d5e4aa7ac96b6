//! The labels of values: what they mean, however they are spelled.

use memchr::memmem;

use super::super::tidy::without_entities;
use super::Role;

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

/// Words that a label has at most, as in `HTTP status code`.
const MOST_LABEL_WORDS: usize = 3;
/// Bytes that a label and the quotes around it have at most.
pub const LONGEST_MARKUP: usize = 64;

/// What stands before a value.
pub struct Label {
    /// Where it starts.
    pub start: usize,
    pub role: Role,
    /// 0 where it says exactly this, more where it may mean another thing.
    pub rank: u8,
}

/// The label at the end of `text`. A quoted one is one word.
pub fn label(text: &str, quoted: bool) -> Option<Label> {
    let mut start = text.len();
    let mut words = 0;
    let mut best = None;
    while words < MOST_LABEL_WORDS {
        let word = text[..start].trim_end_matches(is_of_label);
        // `error` is none of the label in `level=error msg=`.
        let is_value = words > 0 && word.ends_with(['=', ':']);
        if word.len() == start || is_value {
            break;
        }
        start = word.len();
        words += 1;
        let name = name(&text[start..]);
        let ends_in_id = words == 1 && name.ends_with("requestid");
        let meaning = meaning(&name).or(ends_in_id.then_some((Role::RequestId, 1)));
        best = meaning.map_or(best, |(role, rank)| Some(Label { start, role, rank }));
        match text[..start].strip_suffix(' ') {
            Some(rest) if !quoted => start = rest.len(),
            _ => break,
        }
    }
    best
}

/// Where the label of an error code may end: `code`, `Code` or `CODE`.
pub fn labels_of_codes(text: &[u8]) -> impl Iterator<Item = usize> {
    memmem::find_iter(text, "ode").chain(memmem::find_iter(text, "ODE"))
}

/// Whether what stands behind `before` is the value of `error_msg`, as in the responses
/// of the gateway.
pub fn is_error_msg(before: &str) -> bool {
    name_of_value(before) == "errormsg"
}

/// Whether what stands behind `before` is the value of a label that seldom means anything
/// but a message.
pub fn is_message(before: &str) -> bool {
    let meaning = meaning(&name_of_value(before));
    meaning.is_some_and(|(role, rank)| role == Role::Message && rank < 2)
}

/// What a label means, and with which rank.
fn meaning(name: &str) -> Option<(Role, u8)> {
    let known = LABELS.iter().find(|(label, ..)| *label == name);
    known.map(|(_, role, rank)| (*role, *rank))
}

/// As much of what stands before a value as may be its label and the quotes around it.
pub fn markup(before: &str) -> &str {
    let mut start = before.len().saturating_sub(LONGEST_MARKUP);
    while !before.is_char_boundary(start) {
        start += 1;
    }
    &before[start..]
}

/// The label of the value that stands behind `before`, as in [`LABELS`].
fn name_of_value(before: &str) -> String {
    let before = without_entities(markup(before)).replace("\\u0022", "\"");
    let is_quote = |c: char| c.is_whitespace() || matches!(c, '"' | '\'' | '`' | '\\' | '│');
    let label = before
        .trim_end_matches(is_quote)
        .strip_suffix([':', '=', '>']);
    let label = label.map_or("", |label| label.trim_end_matches(is_quote));
    name(&label[label.trim_end_matches(is_of_label).len()..])
}

fn is_of_label(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, '_' | '-')
}

/// A label as in [`LABELS`].
fn name(label: &str) -> String {
    let letters = label.chars().filter(char::is_ascii_alphanumeric);
    letters.map(|c| c.to_ascii_lowercase()).collect()
}
