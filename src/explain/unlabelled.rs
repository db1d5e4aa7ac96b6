//! Values that say by themselves what they are: status lines, sentences that stand for a
//! status, requests.

use std::ops::Range;
use std::sync::LazyLock;

use super::lines::METHODS;
use super::values::{MIN_BARE_ID, Role, Written, is_error_code, is_id, status};
use crate::catalog::{Catalog, status_name};

/// Words before a status without a separator: `status 404`, `got 404 instead`.
const BEFORE_STATUS: [&str; 7] = [
    "status", "code", "got", "returned", "http", "error", "response",
];
/// Further words before a number that the catalog must confirm: `I get 403`.
const BEFORE_BARE: [&str; 8] = [
    "failed", "gave", "get", "gets", "getting", "gives", "me", "with",
];
/// Words before a status in Chinese, which has no spaces.
const CHINESE: [&str; 4] = ["返回", "返回了", "报错", "状态码"];
/// Words between `status` and a number: `status code was 404`.
const LINKS: [&str; 3] = [" is", " was", " of"];
/// Words before a status in brackets: `error[400]:`, `failed (400):`.
const BEFORE_BRACKETS: [&str; 6] = ["status", "code", "http", "error", "failed", "response"];
/// What says that a number is no status.
const UNITS: [&str; 4] = ["ms", "s ", "bytes", "%"];
/// How clients name a class of statuses behind one: `400 Client Error: Bad Request for url`.
const CLASSES: [&str; 2] = ["Client Error", "Server Error"];

/// What addresses start with.
const ADDRESSES: [&str; 3] = ["http://", "https://", "/v"];
/// Bytes of an address that are looked at.
const MAX_ADDRESS: usize = 256;

/// What programs put before the status of a response.
const RESPONSE_MARKS: [&str; 4] = ["<-- ", "< ", "Response: ", "http: warning: HTTP "];

/// A value without a label.
pub struct Found {
    pub role: Role,
    pub rank: u8,
    pub place: Range<usize>,
    pub written: Written,
}

impl Found {
    fn plain(role: Role, rank: u8, place: Range<usize>) -> Self {
        Found {
            role,
            rank,
            place,
            written: Written::Plain,
        }
    }
}

/// The value that starts at `at`, or whose words before it do.
pub fn field_at(text: &str, at: usize) -> Option<Found> {
    let before = text.as_bytes()[..at].last();
    if before.is_some_and(|byte| byte.is_ascii_alphanumeric() || b"_-.".contains(byte)) {
        return None;
    }
    match text.as_bytes()[at] {
        b'0'..=b'9' => bare_status(text, at),
        b'H' | b'h' => status_line(text, at).or_else(|| request(text, at)),
        b'R' | b'r' => bare_request_id(text, at).or_else(|| sentence(text, at)),
        b'G' | b'P' | b'D' => request(text, at),
        _ => sentence(text, at),
    }
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
fn status_line(text: &str, at: usize) -> Option<Found> {
    let from = behind_version(text, at)?;
    status(&text[from..])?;
    Some(Found::plain(Role::HttpStatus, 0, from..from + 3))
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

/// The status at `at` that words or brackets around it say is one.
fn bare_status(text: &str, at: usize) -> Option<Found> {
    let number = status(&text[at..])?;
    let (before, after) = (&text[..at], &text[at + 3..]);
    let is_problem = number >= 400;
    let spaced = before.strip_suffix(' ');
    let is_said = spaced.is_some_and(|before| {
        let linked = LINKS.iter().find_map(|link| before.strip_suffix(link));
        is_problem && linked.is_some_and(|before| ends_in(&BEFORE_STATUS[..2], before))
            || ends_in(&BEFORE_STATUS[..4], before)
            || is_problem && ends_in(&BEFORE_STATUS, before.trim_end_matches(':'))
    });
    let keyed = before.trim_end_matches([' ', '"', '\'', ':', '=']);
    let is_keyed = keyed.len() < before.trim_end().len() && ends_in(&["http"], keyed);
    let is_said =
        is_said || is_problem && (is_keyed || CHINESE.iter().any(|words| before.ends_with(words)));
    let is_repr = before.ends_with("<Response [") && after.starts_with("]>");
    let outside = before.strip_suffix(['[', '(']);
    let outside =
        outside.filter(|_| after.starts_with([']', ')']) && (is_repr || !before.ends_with(" [")));
    let outside = outside.map(|outside| outside.strip_suffix(' ').unwrap_or(outside));
    let is_first = before.ends_with('(') && after.starts_with(", request");
    let in_brackets =
        is_problem && (is_first || outside.is_some_and(|it| ends_in(&BEFORE_BRACKETS, it)));
    let name = status_name(number);
    let named = after.trim_start_matches([' ', '-', ':', '(', ')']);
    // .NET writes a name as one word.
    let behind_name = name.split(' ').try_fold(named, |rest, word| {
        let start = rest.get(..word.len())?;
        let is_word = start.eq_ignore_ascii_case(word);
        is_word.then(|| rest[word.len()..].trim_start_matches(' '))
    });
    let has_name = !name.is_empty() && behind_name.is_some()
        || is_problem && after.starts_with(", message=")
        || is_problem && CLASSES.iter().any(|class| is_at(named, 0, class));
    let is_amount = UNITS
        .iter()
        .any(|unit| after.trim_start().starts_with(unit));
    let is_beside_request = || {
        answers_request(before)
            || is_below_request(before, after)
            || after.strip_prefix(' ').is_some_and(starts_with_request)
    };
    let is_answer = is_problem && !name.is_empty() && !is_amount && is_beside_request();
    let is_bare = || {
        let outside = before.trim_end_matches(['(', '[']);
        let named = outside.trim_end_matches([' ', '\t']);
        let name = last_word(named.strip_suffix(':').unwrap_or(named));
        let is_unnamed = if name.is_empty() {
            !named.ends_with(|c: char| c.is_alphanumeric() || ":=#\"".contains(c))
        } else {
            let is_verb = ends_in(&BEFORE_STATUS, name) || ends_in(&BEFORE_BARE, name);
            is_verb || name.bytes().any(|byte| byte.is_ascii_digit())
        };
        let is_apart = outside.is_empty() || outside.ends_with([' ', '\t', '\n', '|']);
        is_apart && is_unnamed && counts_nothing(after)
    };
    let (role, rank) = match (is_said || in_brackets, has_name) {
        _ if is_answer => (Role::HttpStatus, 2),
        (_, true) | (true, _) => (Role::HttpStatus, 3),
        _ if is_behind_body(before, after)
            || is_problem && is_before_body_or_code(before, after) =>
        {
            (Role::HttpStatus, 4)
        }
        _ if is_problem && !name.is_empty() && is_bare() => (Role::BareStatus, 0),
        _ => return None,
    };
    Some(Found::plain(role, rank, at..at + 3))
}

/// The letters and digits that a text ends in.
fn last_word(text: &str) -> &str {
    let mut words = text.rsplit(|c: char| !c.is_ascii_alphanumeric());
    words.next().unwrap_or_default()
}

/// Whether the last word of a text is one of these.
fn ends_in(words: &[&str], text: &str) -> bool {
    let word = last_word(text);
    words.iter().any(|known| known.eq_ignore_ascii_case(word))
}

/// Whether what stands behind a number is no unit and nothing that it counts.
fn counts_nothing(after: &str) -> bool {
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

/// Whether what a request was answered with follows a text: behind an address, perhaps with an
/// arrow, or behind the arrow with which a line of a transcript starts.
fn answers_request(before: &str) -> bool {
    let text = before.trim_end_matches(' ').as_bytes();
    let line = &text[text.len().saturating_sub(MAX_ADDRESS)..];
    let line = line.rsplit(|byte| *byte == b'\n').next().unwrap_or(line);
    let is_number = |text: &[u8]| {
        text.iter()
            .all(|byte| byte.is_ascii_digit() || *byte == b' ')
    };
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

/// Whether a number stands alone behind a body, as `curl -w '%{http_code}'` prints it.
fn is_behind_body(before: &str, after: &str) -> bool {
    let body = before.trim_end_matches(['\n', ' ']);
    let between = &before[body.len()..];
    // A time may follow.
    let rest = after.trim_start_matches(|c: char| c.is_ascii_digit() || " .s".contains(c));
    let is_apart = after.is_empty() || after.starts_with([' ', '\n']);
    let is_alone = is_apart && (rest.is_empty() || rest.starts_with('\n'));
    let is_body = body.ends_with(['}', '>']) && !body.ends_with("->") && !body.ends_with("=>");
    is_alone && is_body && (between.len() < 2 || between.ends_with('\n'))
}

/// Whether a number stands right before a body or an error code, as programs print both:
/// `403 {"error_code": …}`, `404 Organizations.1300`.
fn is_before_body_or_code(before: &str, after: &str) -> bool {
    let starts_line = before.is_empty() || before.ends_with('\n');
    if before.ends_with('=') {
        // A parameter of an address.
        return false;
    }
    let rest = match after.strip_prefix('\n').filter(|_| starts_line) {
        Some(below) => below,
        None => after.strip_prefix(' ').unwrap_or_default(),
    };
    let body = rest.strip_prefix("b'").unwrap_or(rest);
    let is_body = body.starts_with("{\"") || body.starts_with("{'");
    let end = rest.find(|c: char| !is_id(c)).unwrap_or(rest.len());
    is_body || !after.starts_with('\n') && is_error_code(&rest[..end])
}

/// The request ID behind a word that without one means a request: `request 7f3c9a1e… failed`.
fn bare_request_id(text: &str, at: usize) -> Option<Found> {
    let labels = [
        "request id ",
        "requestid ",
        "request_id ",
        "request ",
        "request=",
        "req ",
        "req=",
        "rid ",
    ];
    let label = labels.iter().find(|label| is_at(text, at, label))?;
    let from = at + label.len();
    let value = &text[from..];
    let value = &value[..value.find(|c: char| !is_id(c)).unwrap_or(value.len())];
    let place = from..from + value.len();
    is_bare_id(value).then(|| Found::plain(Role::RequestId, 3, place))
}

/// Whether a text without a label may be a request ID.
pub fn is_bare_id(value: &str) -> bool {
    let is_hexadecimal = value.bytes().all(|b| b.is_ascii_hexdigit() || b == b'-');
    value.len() >= MIN_BARE_ID && is_hexadecimal && value.bytes().any(|b| b != b'-')
}

/// The sentences that clients put before a request, and the statuses that they stand for.
static SENTENCES: LazyLock<Vec<(&str, u16)>> = LazyLock::new(|| {
    let clients = Catalog::clients().iter();
    let sentences = clients.flat_map(|client| client.sentences.iter());
    let before_request = sentences.filter(|it| it.says.ends_with(':'));
    before_request.map(|it| (&*it.says, it.status)).collect()
});

/// The status that a sentence before a request at `at` stands for.
fn sentence(text: &str, at: usize) -> Option<Found> {
    let mut known = SENTENCES.iter();
    let (words, status) = known.find(|(words, _)| is_at(text, at, words))?;
    let end = at + words.len();
    text[end..].starts_with(" [").then(|| Found {
        role: Role::HttpStatus,
        rank: 3,
        place: at..end - 1,
        written: Written::Means(*status),
    })
}

/// The request at `at`: a method and an address.
fn request(text: &str, at: usize) -> Option<Found> {
    let method = METHODS
        .iter()
        .find(|method| text[at..].starts_with(*method))?;
    let from = at + method.len();
    let address = &text[from..];
    if !ADDRESSES.iter().any(|start| address.starts_with(start)) {
        return None;
    }
    let end = address.find(|c: char| c.is_whitespace() || "]\"'`<>|,\\".contains(c));
    let address = &address[..end.unwrap_or(address.len())];
    // What ends the sentence around an address is none of it.
    let end = from + address.trim_end_matches([':', '.', ';', ')']).len();
    Some(Found::plain(Role::Request, 0, at..end))
}

/// Whether a text starts with a method and an address.
pub fn starts_with_request(text: &str) -> bool {
    request(text, 0).is_some()
}

/// What a line of a request, as `curl -v` shows it, says of the request.
pub fn request_line(text: &str, line: Range<usize>) -> Option<Found> {
    let host = text[line.clone()]
        .get(..6)
        .filter(|start| start.eq_ignore_ascii_case("Host: "));
    if host.is_some() {
        return Some(Found::plain(Role::Host, 0, line.start + 6..line.end));
    }
    request(text, line.start)
}
