//! Whether a line with a time goes on with what the line above says ([`goes_on`]). It does if
//!
//! 1. it is empty, indented (but for a number or a level; behind a runner's time only within two
//!    seconds), starts with a closing bracket, a tab, `>` or a sign of a frame, ends in a colon
//!    below a header, or is wget's error below a line without a time;
//!
//! or if it is less than a second later or below an empty line, and is no more than
//!
//! 2. a label and one value, or a value alone: `status: 404`;
//! 3. a status: `HTTP 404`, `404 Not Found`;
//! 4. the next of the values that a program prints one a line behind the same tag: status, ID,
//!    code, message;
//! 5. a part of the response whose status the line above says: `body: {…}`.
//!
//! A labelled part of a request below a body is of the next request. What was printed at once:
//! `bursts.rs`.

use super::levels::level;
use super::prefix::Prefixed;
use super::times::seconds_apart;
use crate::explain::values::alone::{says_only_values, value_alone};
use crate::explain::values::http::{is_header, is_status_with_name, starts_with_request};
use crate::explain::values::labels::names_part_of_request;
use crate::explain::values::unlabelled_status::has_unlabelled_status;
use crate::explain::values::{Role, can_be, status};
use crate::substrings::{before, common_start, is_word_of, words};

/// Names that programs give the parts of a response.
const PARTS_OF_RESPONSE: &str = "body content headers json resp response";
/// Seconds between the lines of what a program prints at once.
const MAX_PAUSE: f64 = 2.0;

/// Whether a line with a time goes on with what the one above says.
pub(super) fn goes_on(line: &Prefixed, above: &Prefixed) -> bool {
    let text = without_marks_after_time(line.text_after_time());
    // Some programs put their number there.
    let starts_with_number = text.trim_start().starts_with(|c: char| c.is_ascii_digit());
    let text_above = without_marks_after_time(above.text_after_time());
    let seconds = || seconds_apart(line.time, above.time);
    let asks = || starts_with_request(text.trim_start_matches(['>', ' ']));
    // Some align their levels on the right.
    let is_indented =
        text.starts_with(' ') && !starts_with_number && level(text.trim_start()).is_none();
    if text.is_empty()
        || is_indented && (line.read_at.is_empty() || seconds() < MAX_PAUSE)
        || text.starts_with(|c: char| "\t}])>│╷╵┃╭╰├".contains(c)) && !asks()
        || text.ends_with(':') && is_header(above.text)
        || is_error_of_wget(text) && above.time.is_empty()
    {
        return true;
    }
    let own = after_same_words(text, text_above);
    let shared = before(text, own).trim_end();
    // If both lines have the same label, the value is another's.
    let is_part = says_one_value(text)
        || own.contains([':', '=']) && says_one_value(own)
        || is_status(text)
        || is_next_of_values(own, text_above, shared)
        || shows_part_of_response(line.text_after_time(), above.text_after_time());
    // An empty line has no time, and parts of a response stand below one.
    is_part && (above.text.is_empty() || seconds() < 1.0 && !is_of_next(own, text_above))
}

/// Whether a text goes on with a status, a request ID, a code and its message, which samples of the
/// SDK print line by line: `shared` is what stands before it, as before the value above, and ends a
/// tag.
fn is_next_of_values(own: &str, text_above: &str, shared: &str) -> bool {
    shared.ends_with([']', '|', '-'])
        && match (value_alone(&text_above[shared.len()..]), value_alone(own)) {
            (Some((Role::Code, _)), None) => {
                !own.contains(|c: char| c.is_ascii_digit() || c == '/')
            }
            (Some((role, _)), Some(_)) => role != Role::Code,
            _ => false,
        }
}

/// Whether a labelled part of a request stands below a body, which is of another.
fn is_of_next(text: &str, above: &str) -> bool {
    above.trim_end().ends_with(['}', ']', ')'])
        && text.split([':', '=']).next().is_some_and(names_part_of_request)
}

/// The text after a time, without the marks behind the time.
pub(super) fn without_marks_after_time(after: &str) -> &str {
    let text = after.trim_start_matches([']', ')', ':', ',']);
    text.strip_prefix([' ', '\t']).unwrap_or(text)
}

/// Whether a text is no more than a value and its label. More pairs are all that a program says.
fn says_one_value(text: &str) -> bool {
    says_only_values(text) && text.matches('=').count() < 2
}

/// The rest of a text after the words that the one above starts with, too.
fn after_same_words<'t>(text: &'t str, above: &str) -> &'t str {
    let common = common_start(text, above).trim_end_matches(char::is_alphanumeric);
    &text[common.len()..]
}

/// Whether a line is a status: `HTTP 409`, `409 Conflict`.
fn is_status(line: &str) -> bool {
    let line = line.trim_end();
    let version = line.split_once(' ').filter(|(word, _)| word.starts_with("HTTP"));
    let status = version.map_or(line, |(_, status)| status);
    is_status_with_name(status) || status.len() == 3 && can_be(Role::HttpStatus, status)
}

/// Whether a line after a time shows a part of the response whose status the line above says,
/// after the same words: `body: {…}`.
fn shows_part_of_response(text: &str, above: &str) -> bool {
    after_same_words(text, above).split_once('{').is_some_and(|(before, _)| {
        words(before).all(|word| is_word_of(PARTS_OF_RESPONSE, word))
            && has_unlabelled_status(above)
    })
}

/// Whether a text is what wget says of a status, after the time: `ERROR 409: Conflict.`.
fn is_error_of_wget(text: &str) -> bool {
    let status_and_name = text.strip_prefix("ERROR ").unwrap_or_default();
    status(status_and_name).is_some() && status_and_name[3..].starts_with(": ")
}
