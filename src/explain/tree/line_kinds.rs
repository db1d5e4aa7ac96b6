//! What a line says by itself of the record that it is in: a heading, an answer, a divider.

use super::lists_and_sections::key_of_line;
use crate::explain::values::alone::says_only_values;
use crate::explain::values::http::{
    is_header, is_named_status, is_request, request_at_end, starts_response, unnumbered,
};
use crate::explain::values::labels::meaning_of;
use crate::explain::values::{Role, can_be};
use crate::substrings::start_among;

/// What Python says before an exception.
const TRACEBACK: &str = "Traceback (most recent call last):";
/// What a shell and Ansible start the report of another step with, the clients of `OpenStack` an
/// error, and TOML an element.
#[rustfmt::skip]
const FIRST_WORDS: [&str; 14] = [
    "$ ", "+ aws ", "+ az ", "+ curl ", "+ gcloud ", "+ hcloud ",
    "TASK [", "PLAY [", "ok: [", "changed: [", "failed: [", "fatal: [", "[[", "ERROR (",
];
/// What stands before messages that were sent and received.
const ARROWS: [&str; 4] = ["--> ", "<-- ", ">> ", "<< "];
/// What .NET puts before each of several exceptions, with its number.
const INNER: &str = "---> (Inner Exception #";
/// A header that the responses of the service have.
const CONTENT_TYPE: &str = "content-type";

/// Whether a line only separates what stands above from what stands below.
pub fn is_divider(line: &str) -> bool {
    line.len() > 3 && line.chars().all(|c| "-=_*#~ ".contains(c))
}

/// Whether a line says a status or a request ID, and nothing after it.
pub fn says_status_or_id(line: &str) -> bool {
    let text = line.trim();
    let last_word = text.rsplit([' ', '=']).next().unwrap_or_default();
    let meaning = key_of_line(text).and_then(meaning_of);
    is_named_status(text)
        || last_word.len() == 3 && can_be(Role::HttpStatus, last_word)
        || matches!(meaning, Some((Role::HttpStatus | Role::RequestId, _)))
}

/// Whether a line is the heading of a response: `~~~ RESPONSE ~~~`.
pub fn heads_response(line: &str) -> bool {
    let title = line.trim_matches(|c: char| !c.is_alphanumeric());
    title.eq_ignore_ascii_case("response") && title.len() < line.len()
}

/// Whether a line starts what another step reports: of a shell, of Ansible, a request; another
/// document of YAML, or what else grep found.
pub fn starts_step(text: &str) -> bool {
    let is_inner = |text: &str| text.strip_prefix(INNER).is_some_and(|it| !it.starts_with("0)"));
    start_among(&FIRST_WORDS, text).is_some()
        || is_inner(text.trim_start())
        || !text.starts_with("  ") && is_request(unnumbered(text))
        || matches!(text.trim_end(), "---" | "--")
}

/// Whether a line is what a chat writes above a message: `Omar F.  09:14`.
pub fn is_head_of_chat(line: &str) -> bool {
    let (name, time) = line.trim_end().split_once("  ").unwrap_or_default();
    let is_of_name = |c: char| c.is_alphabetic() || " .'-".contains(c);
    let is_of_time = |c: char| c.is_ascii_digit() || ": APM".contains(c);
    name.starts_with(char::is_alphabetic)
        && name.chars().all(is_of_name)
        && time.trim_start().starts_with(|c: char| c.is_ascii_digit())
        && time.contains(':')
        && time.chars().all(is_of_time)
}

/// Whether a line ends in an object and the status that it came with: one of the rows that a loop
/// prints.
pub fn ends_with_status(line: &str) -> bool {
    let line = line.trim_end();
    let split = line.len().checked_sub(3).and_then(|end| line.split_at_checked(end));
    split.is_some_and(|(body, status)| {
        body.trim_end().ends_with('}') && body.contains("{\"") && can_be(Role::HttpStatus, status)
    })
}

/// Whether a line is the first of a response: alone, or as it says itself.
pub fn starts_head(line: &str, next: &str) -> bool {
    let is_with_headers = || is_header(next) && request_at_end(next).is_none();
    starts_response(line.trim_start()) || is_named_status(line) && is_with_headers()
}

/// Whether a line has the headers of a response as a program prints its dictionary of them.
pub fn has_headers(line: &str) -> bool {
    line.match_indices('\'').any(|(quote, _)| {
        let start = quote.checked_sub(CONTENT_TYPE.len());
        let name = start.and_then(|start| line.get(start..quote));
        name.is_some_and(|name| name.eq_ignore_ascii_case(CONTENT_TYPE))
    })
}

/// Whether a line is a JSON object, whole, perhaps after an arrow, its number or `[USE_ERROR]`.
pub fn is_whole_object(line: &str) -> bool {
    let is_of_mark =
        |c: char| c.is_ascii_digit() || c.is_ascii_uppercase() || "\t: []_".contains(c);
    let arrow = start_among(&ARROWS, line).map_or(0, str::len);
    let object = line[arrow..].trim_start_matches(is_of_mark);
    object.starts_with('{') && object.trim_end().ends_with('}') && object.contains(['"', '\''])
}

/// Whether a line below a body still says something of it, as what curl prints after one.
pub fn is_trailer(line: &str) -> bool {
    start_among(&["curl: (", "HTTP", "[", " ", "\t", TRACEBACK], line).is_some()
        || says_only_values(line) && !is_whole_object(line)
}
