//! Values that say by themselves what they are, or that the words around them name: request IDs,
//! requests, the names of statuses and the sentences that stand for one. Which numbers are statuses
//! is decided in `bare_status`.

use std::ops::Range;
use std::sync::LazyLock;

use super::bare_status::bare_status;
use super::http::{after_version, api_address, request};
use super::{Field, MIN_BARE_ID, Rank, Role, Written, can_be, is_error_code, is_id, status};
use crate::bytes_to_text::is_of_name;
use crate::catalog::{CLIENTS, status_name};
use crate::escapes::escape_at_end;

/// Words before the ID of a request.
const BEFORE_IDS: [&str; 7] =
    ["request id", "request-id", "requestid", "request_id", "request", "req", "rid"];
/// What headers have before them.
const X: [&str; 2] = ["X-", "x-"];
/// A value alone on its line has fewer bytes than this.
const LONE_LIMIT: usize = 96;

/// The value at `at`, or the one that the words there announce: `HTTP/1.1 404`, `request 7f3c…`. No
/// word or number goes on there ([`is_apart`]).
pub fn field_at(text: &str, at: usize) -> Option<Field> {
    let found = match text.as_bytes()[at] {
        b'0'..=b'9' => bare_status(text, at),
        b'H' | b'h' => after_version(text, at)
            .filter(|from| status(&text[*from..]).is_some())
            .map(|from| Field::new(Role::HttpStatus, Rank::Exact, from..from + 3))
            .or_else(|| {
                api_address(text, at).map(|place| Field::new(Role::Address, Rank::Said, place))
            }),
        b'R' | b'r' => bare_request_id(text, at).or_else(|| sentence(text, at)),
        b'G' | b'P' | b'D' => {
            request(text, at).map(|place| Field::new(Role::Request, Rank::Exact, place))
        }
        _ => sentence(text, at),
    };
    found.map(|found| Field { start: at.min(found.start), ..found })
}

/// Whether a new word can start after a text: it ends in no letter or digit, or in an escape, or in
/// the `X-` of a header.
pub fn is_apart(before: &[u8]) -> bool {
    !before.last().is_some_and(|byte| is_of_name(*byte))
        || X.iter().any(|x| before.ends_with(x.as_bytes()))
        || escape_at_end(before).is_some()
}

fn is_at(text: &str, at: usize, words: &str) -> bool {
    let there = text.as_bytes().get(at..at + words.len());
    there.is_some_and(|there| {
        // The second letters differ most.
        there[1] | 0x20 == words.as_bytes()[1] | 0x20
            && there.eq_ignore_ascii_case(words.as_bytes())
    })
}

/// Whether a line reports the status of a problem.
pub fn reports_problem(line: &str) -> bool {
    let digits = memchr::memchr2_iter(b'4', b'5', line.as_bytes());
    let mut apart = digits.filter(|at| is_apart(&line.as_bytes()[..*at]));
    apart.any(|at| bare_status(line, at).is_some())
}

/// The names of statuses of problems, also as one word; without `Gone` and `Locked`, which can be
/// said of anything.
static NAMES: LazyLock<Vec<(String, u16)>> = LazyLock::new(|| {
    let names = (400..600).map(|status| (status_name(status), status));
    let names = names.filter(|(name, status)| !name.is_empty() && ![410, 423].contains(status));
    names.flat_map(|(name, it)| [(name.to_owned(), it), (name.replace(' ', ""), it)]).collect()
});

/// The status whose name a text starts with.
pub fn named_status(text: &str) -> Option<u16> {
    // Most values are numbers.
    let mut names = NAMES.iter().filter(|_| text.starts_with(|c: char| c.is_ascii_uppercase()));
    names.find(|(name, _)| text.starts_with(name)).map(|(_, status)| *status)
}

/// The request ID after `request` and the like, which without an ID mean the request itself:
/// `request 7f3c9a1e… failed`.
fn bare_request_id(text: &str, at: usize) -> Option<Field> {
    let words = BEFORE_IDS.iter().find(|words| is_at(text, at, words))?;
    let mut value = &text[at + words.len()..];
    let starts_line = text[..at].is_empty() || text[..at].ends_with('\n');
    // More spaces are between columns, which have headings of their own.
    let is_apart = value.starts_with([' ', '=']) && !value.starts_with("  ")
        || starts_line && value.starts_with(':');
    value = value.strip_prefix(" is").or(value.strip_prefix(" was")).unwrap_or(value);
    value = value.trim_start_matches([' ', '=', ':']);
    let from = text.len() - value.len();
    value = &value[..value.find(|c: char| !is_id(c)).unwrap_or(value.len())];
    value = value.trim_end_matches('.');
    let place = from..from + value.len();
    // The `x-` of a header is one of the words.
    let start = at - X.iter().find(|x| text[..at].ends_with(**x)).map_or(0, |x| x.len());
    let found = Field::new(Role::RequestId, Rank::Said, place);
    (is_apart && is_bare_id(value)).then_some(Field { start, ..found })
}

/// Whether a text without a label may be a request ID.
pub fn is_bare_id(value: &str) -> bool {
    // OpenStack puts a word before it.
    let value = value.strip_prefix("req-").unwrap_or(value);
    let is_hexadecimal = value.bytes().all(|b| b.is_ascii_hexdigit() || b == b'-');
    // A time or a count has digits alone.
    value.len() >= MIN_BARE_ID && is_hexadecimal && value.bytes().any(|b| b.is_ascii_alphabetic())
}

/// The value that is all of a text but quotes, commas and spaces: a status, a request ID or an
/// error code.
pub fn bare_value(text: &str) -> Option<(Role, &str)> {
    let value = text.trim_matches(['"', '\'', '`', ',', ' ']);
    let role = match value.len() {
        3 if can_be(Role::HttpStatus, value) => Role::HttpStatus,
        LONE_LIMIT.. => return None,
        _ if is_error_code(value) => Role::Code,
        MIN_BARE_ID.. if can_be(Role::RequestId, value) => Role::RequestId,
        _ => return None,
    };
    Some((role, value))
}

/// The sentences that clients put before a request, and the statuses that they stand for.
static SENTENCES: LazyLock<Vec<(&str, u16)>> = LazyLock::new(|| {
    let clients = CLIENTS.iter();
    let sentences = clients.flat_map(|client| client.sentences.iter());
    let before_request = sentences.filter(|it| it.says.ends_with(':'));
    before_request.map(|it| (&*it.says, it.status)).collect()
});

/// The status that a sentence before a request at `at` stands for.
fn sentence(text: &str, at: usize) -> Option<Field> {
    let mut known = SENTENCES.iter();
    let (words, status) = known.find(|(words, _)| is_at(text, at, words))?;
    let end = at + words.len();
    text[end..].starts_with(" [").then(|| Field {
        written: Written::Means(*status),
        ..Field::new(Role::HttpStatus, Rank::Said, at..end - 1)
    })
}

/// What a line of a request, as `curl -v` shows it, says of the request.
pub fn request_line(text: &str, line: Range<usize>) -> Option<Field> {
    if is_at(text, line.start, "Host: ") {
        let start = line.start + "Host: ".len();
        let host = &text[start..line.end.max(start)];
        let length = host.find(|c: char| !is_id(c) && c != ':').unwrap_or(host.len());
        return Some(Field::new(Role::Host, Rank::Exact, start..start + length));
    }
    request(text, line.start).map(|place| Field::new(Role::Request, Rank::Exact, place))
}
