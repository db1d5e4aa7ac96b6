//! Whether a line with a time goes on with what the line above says.

use super::prefix::Prefixed;
use super::times::seconds_apart;
use crate::explain::values::alone::says_only_values;
use crate::explain::values::http::{
    is_error_of_wget, is_header, is_named_status, names_request, names_response, request_at_end,
};
use crate::explain::values::unlabelled::has_unlabelled_status;
use crate::explain::values::{Role, can_be, names_error_code, status};
use crate::substrings::{common_start, is_word_of, split_while};

/// What a program calls the parts of a response that it shows.
const PARTS: &str = "body content headers json";
/// Seconds between a request and its answer.
const MAX_WAIT: f64 = 60.0;

/// Whether a line with a time goes on with what the one above says: it is empty, indented, the end
/// of an object or the status of the request above; or it is less than a second later or below a
/// request, and no more than a value and its label or a part of a response. `before` is the line
/// above that.
pub fn goes_on(line: &Prefixed, above: &Prefixed, before: &Prefixed) -> bool {
    let text = without_marks(line.text_after_time());
    // Some programs put their number there.
    let is_number = |text: &str| text.trim_start().starts_with(|c: char| c.is_ascii_digit());
    let seconds = || seconds_apart(line.time, above.time);
    // An empty line has no time, and parts of a response stand below one.
    let is_at_once = || above.text.is_empty() || seconds() < 1.0;
    // Which of two requests at once is answered later, nothing says.
    let is_asked_twice = || {
        let asked = request_at_end(before.text_after_time());
        asked.is_some()
            && asked != request_at_end(above.text_after_time())
            && seconds_apart(above.time, before.time) < 1.0
    };
    let is_of_request = || {
        request_at_end(above.text_after_time()).is_some()
            && (is_at_once() || seconds() <= MAX_WAIT && !is_asked_twice())
    };
    let is_named_answer = || {
        names_response(text)
            && names_request(without_marks(above.text_after_time()))
            && seconds() <= MAX_WAIT
    };
    if text.is_empty()
        || text.starts_with(' ') && !is_number(text)
        || text.starts_with(|c: char| "\t}])>│╷╵┃╭╰├".contains(c))
        || text.ends_with(':') && is_header(above.text)
        || is_status_of_answer(text, above, is_at_once, is_of_request)
        || is_named_answer()
    {
        return true;
    }
    let own = after_same_words(text, without_marks(above.text_after_time()));
    let shared = text[..text.len() - own.len()].trim_end();
    // Behind a label that both have stands another's value.
    let says_more = says_one_value(text)
        || own.contains([':', '=']) && says_one_value(own)
        || is_numbered_cause(&text[shared.len()..])
            && !(names_error_code(text) && names_error_code(above.text_after_time()))
        || shows_part_of_answer(line.text_after_time(), above.text_after_time());
    // Below a request and its status stands at once what it was answered with.
    let is_of_status = || {
        text.starts_with('{')
            && request_with_status(above.text_after_time()).is_some()
            && seconds() <= 1.0
    };
    says_more && (is_at_once() || is_of_request() || is_of_status())
}

/// The request that a line ends with, and the status of a problem after it: `GET /v1/a -> 404`.
fn request_with_status(line: &str) -> Option<&str> {
    let line = line.trim_end();
    let (request, number) = line.split_at_checked(line.len().checked_sub(3)?)?;
    status(number).filter(|number| *number >= 400)?;
    request_at_end(request.trim_end_matches(['-', '>', '→', ' ']))
}

/// What stands after a time without the marks behind that.
fn without_marks(after: &str) -> &str {
    let text = after.trim_start_matches([']', ')', ':', ',']);
    text.strip_prefix([' ', '\t']).unwrap_or(text)
}

/// Whether a text is one of the numbered causes of an error, as Rust's programs print them:
/// `    0: HTTP status …`.
fn is_numbered_cause(text: &str) -> bool {
    let (number, after) = split_while(text.trim_start(), |c| c.is_ascii_digit());
    text.starts_with("  ") && !number.is_empty() && after.starts_with(": ")
}

/// Whether a text is no more than a value and its label. More pairs are all that a program reports.
fn says_one_value(text: &str) -> bool {
    says_only_values(text) && text.matches('=').count() < 2
}

/// What stands after the words that a text starts with as the one above does.
fn after_same_words<'t>(text: &'t str, above: &str) -> &'t str {
    let common = common_start(text, above).trim_end_matches(char::is_alphanumeric);
    &text[common.len()..]
}

/// Whether a line is the status that the line above was answered with: the request there, or the
/// body that was shown there at once (`HTTP 409`); or, below a line without a time, wget's
/// `ERROR 409: Conflict.`.
fn is_status_of_answer(
    line: &str,
    above: &Prefixed,
    is_at_once: impl Fn() -> bool,
    is_of_request: impl Fn() -> bool,
) -> bool {
    let (word, status) = line.trim_end().split_once(' ').unwrap_or_default();
    let is_of_wget = is_error_of_wget(line);
    let is_number = || status.len() == 3 && can_be(Role::HttpStatus, status);
    let is_status = || word.starts_with("HTTP") && (is_number() || is_named_status(status));
    if !is_of_wget && !is_status() && !is_named_status(line) {
        return false;
    }
    let said = above.text_after_time().trim();
    if is_of_wget && above.time.is_empty() {
        return true;
    }
    if said == "}" || said.starts_with('{') && said.ends_with('}') {
        return !is_of_wget && is_at_once();
    }
    is_of_request()
}

/// Whether a line after a time shows the headers or the body of a response, after the same words
/// as the line above, which shows none: `body: {…}`.
fn shows_part_of_answer(text: &str, above: &str) -> bool {
    let Some((before, _)) = after_same_words(text, above).split_once('{') else {
        return false;
    };
    let words = before.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    let words: Vec<_> = words.collect();
    let is_body = words.is_empty() || words.len() == 1 && names_response(words[0]);
    let is_shown = words.len() < 3 && words.iter().any(|word| is_word_of(PARTS, word));
    !after_same_words(above, text).contains('{')
        && (is_shown
            || is_body && (has_unlabelled_status(above) || request_at_end(above).is_some()))
}
