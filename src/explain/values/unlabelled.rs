//! Values that say by themselves what they are: status lines, sentences that stand for a
//! status, requests.

use std::ops::Range;
use std::sync::LazyLock;

use super::requests::METHODS;
use super::{
    Field, MIN_BARE_ID, Role, Written, is_error_code, is_id, is_one_of, last_word, status,
};
use crate::catalog::{Catalog, status_name};
use crate::message::start_of;

/// Words before a status without a separator: `status 404`, `error[400]:`, `failed (400):`.
const BEFORE_STATUS: [&str; 8] = [
    "status", "code", "got", "returned", "http", "error", "response", "failed",
];
/// Those of them that may stand before an amount, too: `got 500 accounts`.
const BEFORE_AMOUNT: [&str; 4] = ["got", "returned", "response", "failed"];
/// Units, and words behind a part of an amount.
const UNITS: [&str; 10] = [
    "ms", "s", "sec", "min", "byte", "b", "kb", "kib", "mb", "of",
];
/// Words behind a status that are no plural of what a number counts.
const NO_PLURALS: [&str; 8] = [
    "as",
    "errors",
    "has",
    "is",
    "responses",
    "status",
    "this",
    "was",
];
/// Bytes behind a number that say whether it counts something.
const MAX_COUNTED: usize = 32;
/// Further words before a number that the catalog must confirm: `I get 403`.
const BEFORE_BARE: [&str; 8] = [
    "failed", "gave", "get", "gets", "getting", "gives", "me", "with",
];
/// Words before the ID of a request.
const BEFORE_IDS: [&str; 8] = [
    "request id ",
    "requestid ",
    "request_id ",
    "request ",
    "request=",
    "req ",
    "req=",
    "rid ",
];
/// Words before a status in Chinese, which has no spaces.
const CHINESE: [&str; 4] = ["返回", "返回了", "报错", "状态码"];
/// What stands between such a word and a number: `status code was 404`.
const LINKS: [&str; 4] = [" is", " was", " of", ":"];
/// What clients put behind a status in place of its name: `400 Client Error: Bad Request`.
const CLASSES: [&str; 3] = ["clienterror", "servererror", "message="];

/// What addresses start with.
const ADDRESSES: [&str; 3] = ["http://", "https://", "/v"];
/// Bytes of an address that are looked at.
const MAX_ADDRESS: usize = 256;

/// What programs put before the status of a response.
const RESPONSE_MARKS: [&str; 4] = ["<-- ", "< ", "Response: ", "http: warning: HTTP "];

/// The value that starts at `at`, or whose words before it do.
pub fn field_at(text: &str, at: usize) -> Option<Field> {
    let before = text.as_bytes()[..at].last();
    if before.is_some_and(|byte| byte.is_ascii_alphanumeric() || b"_-.".contains(byte)) {
        return None;
    }
    let found = match text.as_bytes()[at] {
        b'0'..=b'9' => bare_status(text, at),
        b'H' | b'h' => status_line(text, at).or_else(|| request(text, at)),
        b'R' | b'r' => bare_request_id(text, at).or_else(|| sentence(text, at)),
        b'G' | b'P' | b'D' => request(text, at),
        _ => sentence(text, at),
    };
    found.map(|found| Field { start: at, ..found })
}

fn is_at(text: &str, at: usize, words: &str) -> bool {
    let there = text.as_bytes().get(at..at + words.len());
    there.is_some_and(|there| {
        // The second letters differ most.
        there[1] | 0x20 == words.as_bytes()[1] | 0x20
            && there.eq_ignore_ascii_case(words.as_bytes())
    })
}

/// The status of `HTTP/1.1 404` at `at`.
fn status_line(text: &str, at: usize) -> Option<Field> {
    let from = behind_version(text, at)?;
    let is_status = status(&text[from..]).is_some();
    is_status.then(|| Field::new(Role::HttpStatus, 0, from..from + 3))
}

/// Where the status stands behind `HTTP/1.1 ` or, in the log of a server, `HTTP/1.1" `.
fn behind_version(text: &str, at: usize) -> Option<usize> {
    let rest = is_at(text, at, "HTTP/").then(|| &text[at + 5..])?;
    let behind = rest.trim_start_matches(|c: char| c.is_ascii_digit() || c == '.');
    let behind = behind.strip_prefix('"').unwrap_or(behind);
    Some(text.len() - behind.strip_prefix(' ')?.len())
}

/// Whether a line is the first of a response.
pub fn is_status_line(line: &str) -> bool {
    let line = line.trim_start();
    let marked = RESPONSE_MARKS
        .iter()
        .find_map(|mark| line.strip_prefix(mark));
    let from = behind_version(line, 0).map(|from| &line[from..]);
    from.or(marked).is_some_and(|text| status(text).is_some())
}

/// Whether a line is a status and its name, and no more: `404 Not Found`.
pub fn is_named_status(line: &str) -> bool {
    let (number, name) = line.split_once(' ').unwrap_or_default();
    let known = status(number).map(status_name);
    number.len() == 3 && known.is_some_and(|known| !known.is_empty() && known == name.trim_end())
}

/// Whether a line is a header of a response.
pub fn is_header(line: &str) -> bool {
    let name = line.trim_start();
    let is_of_name = |byte: &u8| byte.is_ascii_alphanumeric() || *byte == b'-';
    let length = name.bytes().take_while(is_of_name).count();
    let is_name = name.starts_with(|c: char| c.is_ascii_alphabetic());
    is_name && name[length..].starts_with(':') || name.starts_with("Saving to: ")
}

/// Whether a line reports the status of a problem.
pub fn reports_problem(line: &str) -> bool {
    let digits = line
        .bytes()
        .enumerate()
        .filter(|(_, byte)| matches!(byte, b'4' | b'5'));
    let mut statuses = digits.filter_map(|(at, _)| field_at(line, at));
    statuses.any(|found| matches!(found.role, Role::HttpStatus | Role::BareStatus))
}

/// Where a response starts in a line, behind what a program puts before each line of it: at the
/// version of HTTP before the status, or at an arrow.
pub fn response_in(line: &str) -> Option<usize> {
    let is_status = |text: &str| status(text).is_some();
    let slashes = memchr::memchr_iter(b'/', line.as_bytes());
    let mut versions = slashes.filter_map(|slash| slash.checked_sub("HTTP".len()));
    let version = versions.find(|at| {
        let from = line
            .is_char_boundary(*at)
            .then(|| behind_version(line, *at));
        from.flatten()
            .is_some_and(|from| is_status(&line[from..]) && !line[..from].ends_with("\" "))
    });
    version.or_else(|| {
        RESPONSE_MARKS.iter().find_map(|mark| {
            let at = memchr::memchr(mark.as_bytes()[0], line.as_bytes())?;
            let at = at + line[at..].find(mark)?;
            is_status(&line[at + mark.len()..]).then_some(at)
        })
    })
}

/// The status of a problem at `at`, which what stands around it says is one.
fn bare_status(text: &str, at: usize) -> Option<Field> {
    let number = status(&text[at..]).filter(|number| *number >= 400)?;
    let (before, after) = (&text[..at], &text[at + 3..]);
    if is_expected(before) {
        return None;
    }
    let name = status_name(number);
    let is_beside_request = || {
        let behind = after.strip_prefix(' ');
        let is_answer = answers_request(before) && !is_amount(after);
        is_answer || is_below_request(before, after) || behind.is_some_and(starts_with_request)
    };
    let (role, rank) = match () {
        () if !name.is_empty() && is_beside_request() => (Role::HttpStatus, 2),
        () if is_said(before, after) || is_named(after, name) => (Role::HttpStatus, 3),
        () if is_behind_body(before, after) => (Role::HttpStatus, 4),
        () if is_before_body_or_code(before, after) => (Role::HttpStatus, 4),
        () if !name.is_empty() && is_bare(before) && counts_nothing(after) => (Role::BareStatus, 0),
        () => return None,
    };
    Some(Field::new(role, rank, at..at + 3))
}

/// Whether a number behind a text is the status that was hoped for: `Expected status 404 but`.
fn is_expected(before: &str) -> bool {
    let mut text = before.trim_end_matches([' ', ':', '=']);
    while is_one_of(
        &["a", "be", "code", "http", "status", "to"],
        last_word(text),
    ) {
        text = text[..text.len() - last_word(text).len()].trim_end_matches(' ');
    }
    is_one_of(
        &["expect", "expected", "expecting", "want", "wanted"],
        last_word(text),
    )
}

/// Whether a word before a number says that it is a status.
fn is_said(before: &str, after: &str) -> bool {
    let outside = before.strip_suffix(['[', '(']);
    let outside = outside.filter(|_| after.starts_with([']', ')']));
    let words = outside.or(before.strip_suffix(' ')).unwrap_or("");
    let words = words
        .strip_suffix(' ')
        .filter(|_| outside.is_some())
        .unwrap_or(words);
    let linked = LINKS.iter().find_map(|link| words.strip_suffix(link));
    let keyed = before.trim_end_matches([' ', '"', '\'', ':', '=']);
    let word = last_word(linked.unwrap_or(words));
    words.ends_with(" but was")
        || is_one_of(&BEFORE_STATUS, word) && !(is_one_of(&BEFORE_AMOUNT, word) && is_amount(after))
        || keyed.len() < before.trim_end().len() && is_one_of(&["http"], last_word(keyed))
        || CHINESE
            .iter()
            .any(|words| before.trim_end_matches(' ').ends_with(words))
        || before.ends_with('(') && after.starts_with(", request")
}

/// Whether the name of a status follows it, which .NET writes as one word, or that of a class.
fn is_named(after: &str, name: &str) -> bool {
    fn letters(text: &str) -> impl Iterator<Item = char> {
        let letters = text.chars().take(64).filter(|c| !" -:(),".contains(*c));
        letters.map(|c| c.to_ascii_lowercase())
    }
    let follows = |words: &str| {
        let mut there = letters(after);
        letters(words).all(|letter| there.next() == Some(letter))
    };
    !name.is_empty() && follows(name) || CLASSES.iter().any(|class| follows(class))
}

/// Whether what stands before a number is no name of what it numbers.
fn is_bare(before: &str) -> bool {
    let outside = before.trim_end_matches(['(', '[']);
    let named = outside.trim_end_matches([' ', '\t']);
    let name = last_word(named.strip_suffix(':').unwrap_or(named));
    let is_unnamed = if name.is_empty() {
        !named.ends_with(|c: char| c.is_alphanumeric() || ":=#\"$€£~+*".contains(c))
    } else {
        name.iter().any(u8::is_ascii_digit)
            || is_one_of(&BEFORE_STATUS, last_word(named))
            || is_one_of(&BEFORE_BARE, last_word(named))
    };
    let is_apart = outside.is_empty() || outside.ends_with([' ', '\t', '\n', '|']);
    is_apart && is_unnamed
}

/// Whether what stands behind a number is no unit and nothing that it counts.
fn counts_nothing(after: &str) -> bool {
    let after = start_of(after, MAX_COUNTED);
    let rest = after.trim_start_matches([')', ']', ',', ';', '.']);
    let mut words = rest.split([' ', '\t', '\n']);
    let is_apart = words.next() == Some("") || rest.is_empty() || rest.starts_with(['|', '/']);
    let next = words
        .next()
        .unwrap_or_default()
        .trim_end_matches([',', '.', ';', ':', ')']);
    let is_noun = !next.is_empty() && next.chars().all(char::is_alphabetic);
    is_apart && !(is_noun && after.starts_with(' '))
}

/// Whether a number is one of what follows it: `504 ms`, `500 accounts`.
fn is_amount(after: &str) -> bool {
    let rest = start_of(after, MAX_COUNTED).strip_prefix(' ');
    let word = rest
        .unwrap_or_default()
        .split(|c: char| !c.is_alphanumeric())
        .next();
    let word = word.unwrap_or_default().as_bytes();
    let is_plural = word.ends_with(b"s") && !word.ends_with(b"ss");
    let is_lower = word.iter().all(u8::is_ascii_lowercase);
    is_one_of(&UNITS, word) || is_lower && is_plural && !is_one_of(&NO_PLURALS, word)
}

/// Whether what a request was answered with follows a text: behind an address, perhaps with an
/// arrow, or behind the arrow with which a line of a transcript starts.
fn answers_request(before: &str) -> bool {
    let text = before.trim_end_matches(' ').as_bytes();
    let line = &text[text.len().saturating_sub(MAX_ADDRESS)..];
    let line = line.rsplit(|byte| *byte == b'\n').next().unwrap_or(line);
    let is_number = |text: &[u8]| text.iter().all(|b| b.is_ascii_digit() || *b == b' ');
    let arrows = ["->".as_bytes(), "→".as_bytes()];
    let request = arrows.iter().find_map(|arrow| line.strip_suffix(*arrow));
    let request = request.unwrap_or(line).trim_ascii_end();
    let address = request.rsplit(|byte| b" \"'`[]()<>".contains(byte)).next();
    let is_address = |text: &[u8]| ADDRESSES.iter().any(|it| text.starts_with(it.as_bytes()));
    text.len() < before.len()
        && (line.ends_with(b"<--")
            || line.strip_suffix(b"<").is_some_and(is_number)
            || address.is_some_and(is_address))
}

/// Whether a number stands alone on its line, below one that is a request and no more, as
/// browsers copy both.
fn is_below_request(before: &str, after: &str) -> bool {
    let above = before.strip_suffix('\n').unwrap_or_default();
    let line = above.rsplit('\n').next().unwrap_or_default().trim();
    let is_alone = after.is_empty() || after.starts_with('\n');
    is_alone && request(line, 0).is_some_and(|found| found.place.end == line.len())
}

/// Whether a number stands alone behind a body, as `curl -w '%{http_code}'` prints it, perhaps
/// with a time.
fn is_behind_body(before: &str, after: &str) -> bool {
    let body = before.trim_end_matches(['\n', ' ']);
    let is_body = body.ends_with(['}', '>']) && !body.ends_with("->") && !body.ends_with("=>");
    let rest = || after.trim_start_matches(|c: char| c.is_ascii_digit() || " .s".contains(c));
    is_body && (rest().is_empty() || rest().starts_with('\n'))
}

/// Whether a number stands right before a body or an error code, as programs print both:
/// `403 {"error_code": …}`, `404 Organizations.1300`.
fn is_before_body_or_code(before: &str, after: &str) -> bool {
    let starts_line = before.is_empty() || before.ends_with('\n');
    let below = after.strip_prefix('\n').filter(|_| starts_line);
    let rest = after.strip_prefix(' ').or(below).unwrap_or("");
    let body = rest.strip_prefix("b'").unwrap_or(rest);
    let is_body = body.starts_with("{\"") || body.starts_with("{'");
    let word = &rest[..rest.find(|c: char| !is_id(c)).unwrap_or(rest.len())];
    // Alone on the line with the code it may count it.
    let indented = before.trim_end_matches(' ');
    let is_count = (indented.is_empty() || indented.ends_with('\n'))
        && (rest.len() == word.len() || rest[word.len()..].starts_with('\n'));
    // A parameter of an address is none, and no total: `3 of 500`.
    !before.ends_with('=')
        && !is_one_of(&["of"], last_word(indented))
        && (is_body || !is_count && is_error_code(word))
}

/// The request ID behind a word that without one means a request: `request 7f3c9a1e… failed`.
fn bare_request_id(text: &str, at: usize) -> Option<Field> {
    let label = BEFORE_IDS.iter().find(|label| is_at(text, at, label))?;
    let from = at + label.len();
    let value = &text[from..];
    let value = &value[..value.find(|c: char| !is_id(c)).unwrap_or(value.len())];
    is_bare_id(value).then(|| Field::new(Role::RequestId, 3, from..from + value.len()))
}

/// Whether a text without a label may be a request ID.
pub fn is_bare_id(value: &str) -> bool {
    let is_hexadecimal = value.bytes().all(|b| b.is_ascii_hexdigit() || b == b'-');
    // A time or a count has digits alone.
    value.len() >= MIN_BARE_ID && is_hexadecimal && value.bytes().any(|b| b.is_ascii_alphabetic())
}

/// The sentences that clients put before a request, and the statuses that they stand for.
static SENTENCES: LazyLock<Vec<(&str, u16)>> = LazyLock::new(|| {
    let clients = Catalog::clients().iter();
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
        ..Field::new(Role::HttpStatus, 3, at..end - 1)
    })
}

/// The request at `at`: a method and an address.
fn request(text: &str, at: usize) -> Option<Field> {
    let method = METHODS
        .iter()
        .find(|method| text[at..].starts_with(*method))?;
    let address = &text[at + method.len()..];
    let end = address.find(|c: char| c.is_whitespace() || "]\"'`<>|,\\".contains(c));
    let address = &address[..end.unwrap_or(address.len())];
    // What ends the sentence around an address is none of it.
    let address = address.trim_end_matches([':', '.', ';', ')']);
    let is_address = ADDRESSES.iter().any(|start| address.starts_with(start));
    let end = at + method.len() + address.len();
    is_address.then(|| Field::new(Role::Request, 0, at..end))
}

/// Whether a text starts with a method and an address.
pub fn starts_with_request(text: &str) -> bool {
    request(text, 0).is_some()
}

/// What a line of a request, as `curl -v` shows it, says of the request.
pub fn request_line(text: &str, line: Range<usize>) -> Option<Field> {
    if is_at(text, line.start, "Host: ") {
        return Some(Field::new(Role::Host, 0, line.start + 6..line.end));
    }
    request(text, line.start)
}
