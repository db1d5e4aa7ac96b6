//! Whether a line with a time goes on with what the line above says ([`goes_on`]). It does if
//!
//! 1. it is empty;
//! 2. it is indented, but not before a number or a level, and if a runner read it, less than two
//!    seconds after the line above;
//! 3. it starts with a closing bracket, a tab, `>` or a sign of a frame, and is no request;
//! 4. it ends in a colon below a header;
//! 5. it is wget's error below a line without a time;
//!
//! or if the line above is empty or less than a second earlier, and the text is no more than
//!
//! 6. a label and one value, or a value alone: `status: 404`;
//! 7. a status: `HTTP 404`, `404 Not Found`;
//! 8. the next of the values that a program prints one a line behind the same tag: status, ID,
//!    code, message;
//! 9. a part of the response whose status the line above says: `body: {…}`.
//!
//! A labelled method or address below a body belongs to the next request. `bursts.rs` decides about
//! lines that a runner read at once.

use super::levels::level;
use super::prefix::UnprefixedLine;
use super::times::seconds_apart;
use crate::explain::values::alone::{is_value_line, value_alone};
use crate::explain::values::http::{is_header, is_status_with_name, starts_with_request};
use crate::explain::values::labels::names_part_of_request;
use crate::explain::values::unlabelled_status::has_unlabelled_status;
use crate::explain::values::{Role, can_be, status};
use crate::substrings::{before, common_start, is_word_of, words};

/// Names of the parts of a response that programs write before a brace: `body: {…}`.
const PARTS_BEFORE_BRACE: &str = "body content headers json resp response";
/// An indented line goes on if a runner read it fewer seconds later than this.
const MAX_INDENTED_PAUSE: f64 = 2.0;
/// A value or another part of a response goes on if it is fewer seconds later than this.
const MAX_PART_PAUSE: f64 = 1.0;

/// Whether a line with a time goes on with what the line above says.
pub(super) fn goes_on(line: &UnprefixedLine, above: &UnprefixedLine) -> bool {
    let text = without_marks_after_time(line.text_after_time());
    // Some loggers indent the number of their process.
    let starts_with_number = text.trim_start().starts_with(|c: char| c.is_ascii_digit());
    let text_above = without_marks_after_time(above.text_after_time());
    let seconds = || seconds_apart(line.time, above.time);
    let asks = || starts_with_request(text.trim_start_matches(['>', ' ']));
    // Some loggers align their levels on the right.
    let is_indented =
        text.starts_with(' ') && !starts_with_number && level(text.trim_start()).is_none();
    if text.is_empty()
        || is_indented && (line.read_at.is_empty() || seconds() < MAX_INDENTED_PAUSE)
        || text.starts_with(|c: char| "\t}])>│╷╵┃╭╰├".contains(c)) && !asks()
        || text.ends_with(':') && is_header(above.text)
        || is_error_of_wget(text) && above.time.is_empty()
    {
        return true;
    }
    let own = after_same_words(text, text_above);
    let shared = before(text, own).trim_end();
    // Behind words that both lines start with, a value counts only with a label of its own: with a
    // label that both share it is that of another response.
    let is_part = says_one_value(text)
        || own.contains([':', '=']) && says_one_value(own)
        || is_status(text)
        || is_next_of_values(own, text_above, shared)
        || shows_part_of_response(line.text_after_time(), above.text_after_time());
    // An empty line has no time, but parts of a response may stand below it.
    is_part && (above.text.is_empty() || seconds() < MAX_PART_PAUSE && !is_of_next(own, text_above))
}

/// Whether a text is the next of a status, a request ID, a code and its message, which samples of
/// the SDK print line by line. Both lines start with `shared`, which must end a tag; `own` is the
/// text behind it.
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

/// Whether a labelled part of a request stands below a body, and so belongs to the next request.
fn is_of_next(text: &str, above: &str) -> bool {
    above.trim_end().ends_with(['}', ']', ')'])
        && text.split([':', '=']).next().is_some_and(names_part_of_request)
}

/// The text after a time, without the marks between the two.
pub(super) fn without_marks_after_time(after: &str) -> &str {
    let text = after.trim_start_matches([']', ')', ':', ',']);
    text.strip_prefix([' ', '\t']).unwrap_or(text)
}

/// Whether a text is no more than a value, perhaps with its label. Two pairs with `=` are a log
/// record of their own.
fn says_one_value(text: &str) -> bool {
    is_value_line(text) && text.matches('=').count() < 2
}

/// The rest of a text after the words that it and the text above both start with.
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

/// Whether a text shows a part of a response, and the text above has the status: `body: {…}`. Both
/// may start with the same words.
fn shows_part_of_response(text: &str, above: &str) -> bool {
    after_same_words(text, above).split_once('{').is_some_and(|(before, _)| {
        words(before).all(|word| is_word_of(PARTS_BEFORE_BRACE, word))
            && has_unlabelled_status(above)
    })
}

/// Whether a text is wget's message about a status: `ERROR 409: Conflict.`.
fn is_error_of_wget(text: &str) -> bool {
    let status_and_name = text.strip_prefix("ERROR ").unwrap_or_default();
    status(status_and_name).is_some() && status_and_name[3..].starts_with(": ")
}
