//! What a line of a log says of an exchange: whether it is a step or a response, and the status.

use crate::catalog::status_name;
use crate::explain::lines::levels::{Level, level_among_words};
use crate::explain::lines::prefix::{text_after_level, text_after_tags, text_after_time};
use crate::explain::values::http::{
    METHODS, before_body, is_header, known_statuses_in, response_in, response_status, starts_json,
    starts_response,
};
use crate::explain::values::labels::meaning_of;
use crate::explain::values::{Role, status};
use crate::substrings::{before, is_word_of, split_while};

/// What programs call a request and a response, in small letters. Behind another word `request`
/// does not count (`bad request`), except in `http request`.
const REQUESTS: [&str; 2] = ["request", "http request"];
const RESPONSES: [&str; 2] = ["response", "http response"];
/// Parts of a request or a response, behind that word: `Response Headers`.
const PARTS: &str = "body code content head header headers method returned status uri url";

/// Whether the text behind an address goes on with a sentence:
/// `POST https://… to create an account`.
pub(super) fn is_in_sentence(behind: &str) -> bool {
    let word = behind.strip_prefix(' ').unwrap_or_default();
    let (word, after) = split_while(word, |c| c.is_ascii_lowercase());
    !word.is_empty() && after.starts_with(' ')
}

/// The status of the response that a line shows, or names before its body: `<-- 404`,
/// `404 Not Found`, `Response code: 404`, `<- 404 (97 ms)`.
pub(super) fn status_of_response(line: &str) -> Option<u16> {
    let response = response_in(line).and_then(|at| response_status(&line[at..]));
    let head = before_body(text_after_time(line)).trim_end();
    let is_named = |it: &u16| head.ends_with(&it.to_string()) || head.contains(status_name(*it));
    response
        .or_else(|| known_statuses_in(head).find(is_named))
        .or_else(|| status(after_short_arrow(line)?))
        .or_else(|| status_behind_body(line))
}

/// The status in brackets behind the body on a line: `{"accounts":[]} (200)`.
fn status_behind_body(line: &str) -> Option<u16> {
    let (_, behind) = line.trim_end().rsplit_once("} (")?;
    status(behind.strip_suffix(')')?)
}

/// The method, if a line says nothing else but its label: `POST`, `HttpMethod: POST`.
pub(super) fn method_alone(line: &str) -> Option<&str> {
    let text = text_after_tags(line);
    let value = text.rsplit([' ', ':', '=']).next().unwrap_or_default();
    let is_labelled = || meaning_of(before(text, value)).is_some_and(|it| it.0 == Role::Method);
    (METHODS.contains(&value) && (value == text || is_labelled())).then_some(value)
}

/// Whether a line below a request may be a step of its exchange: it is a header, a body or part of
/// one, starts with an arrow or is empty, names a part (`Response Headers`), has `HTTP` in it, or
/// is a debug line.
pub(super) fn is_step(line: &str) -> bool {
    let text = text_after_level(line);
    let last = text_after_tags(line);
    last.is_empty()
        || is_of_debug(line)
        || is_header(last)
        || says_step(text, REQUESTS.iter().chain(&RESPONSES))
        || text.contains("HTTP")
        || last.trim_start_matches('-').starts_with(['}', ']', '"', '<', '>', '('])
        || starts_json(last)
}

/// Whether a line has the level of debug or trace lines, which show steps.
pub(super) fn is_of_debug(line: &str) -> bool {
    level_among_words(line) == Some(Level::Debug)
}

/// Whether a line is the first of a response, or names a part of one.
pub(super) fn is_of_response(line: &str) -> bool {
    starts_response(text_after_tags(line))
        || after_short_arrow(line).is_some_and(|text| status(text).is_some())
        || says_step(text_after_level(line), RESPONSES.iter())
}

/// The text in a line behind a short arrow: `<- 409 (97 ms)`.
fn after_short_arrow(line: &str) -> Option<&str> {
    let (before, after) = line.split_once("<- ")?;
    (before.is_empty() || before.ends_with([' ', '"'])).then_some(after)
}

/// Whether a text names one of these steps, alone or with a part behind it: `request body`.
fn says_step<'s>(text: &str, mut steps: impl Iterator<Item = &'s &'s str>) -> bool {
    let said = text.to_lowercase();
    steps.any(|step| {
        let Some((before, behind)) = said.split_once(*step) else { return false };
        let behind = behind.trim_start();
        let (word, _) = split_while(behind, char::is_alphabetic);
        let is_alone = !behind.starts_with(char::is_alphanumeric) || status(behind).is_some();
        is_alone && !before.trim_end().ends_with(char::is_alphabetic) || is_word_of(PARTS, word)
    })
}
