//! Reads what lines show of calls: a request, its response, and the number of the call. `above` are
//! the lines of the log record above the line in question.

use super::line_kinds::{ends_body, is_whole_object};
use crate::explain::tree::line_starts::{key_of_line, names_code};
use crate::explain::values::addresses::starts_with_address;
use crate::explain::values::http::{
    METHODS, before_body, has_request, request_at_end, response_in, shows_exchange,
    statuses_alone_in,
};
use crate::explain::values::labels::names_part_of_request;
use crate::explain::values::{has_error_code, status};
use crate::substrings::{is_word_of, place_in, split_while, start_among};

/// Words before the number of a call: `attempt 2`. A single letter also counts: `w1`.
const COUNTED: &str = "attempt call intento job request retry run task tentativa tentative thread try \
    versuch worker";
/// The most digits of such a number.
const MAX_DIGITS: usize = 3;
/// `error` and `Error`, without the letter in which they differ.
const ERROR: &str = "rror";
/// Values behind the key of an error that mean that there is no error.
const NO_ERRORS: [&str; 6] = ["null", "None", "[]", "{}", "false", ","];

/// Whether a line starts the next call. Either it ends with a request, and the lines above show an
/// answered request, or another request behind the same words; or it is a labelled part of a
/// request, and the lines above show an answered request. An indented line never starts one.
pub(super) fn asks_next<'t>(line: &'t str, above: &[&'t str]) -> bool {
    let asked = |line: &'t str| {
        let line = line.trim_end_matches([' ', '.']);
        let request = request_at_end(line)?;
        Some((request, &line[..place_in(line, request).start]))
    };
    let letters = |text: &'t str| text.chars().filter(|c| c.is_alphabetic());
    // Lines of a stack or of a list of values are indented, perhaps behind a mark.
    let (marks, _) = split_while(line, |c| !c.is_alphanumeric());
    let is_indented = line.starts_with(' ') || marks.contains("  ");
    let Some((request, before)) = asked(line).filter(|_| !is_indented) else {
        return !is_indented && says_part_of_request(line) && is_answered(above);
    };
    let is_other = |(other, words)| other != request && letters(words).eq(letters(before));
    is_answered(above) || above.iter().copied().filter_map(asked).any(is_other)
}

/// Whether lines show a request and below it a response: a status, a body or an error code. False
/// if a response comes first, because then each request stands below its own response.
pub(super) fn is_answered(above: &[&str]) -> bool {
    let answers = |line: &&str| {
        is_whole_object(line)
            || has_error_code(line)
            || statuses_alone_in(before_body(line)).next().is_some()
    };
    let first = above.iter().find(|line| says_request(line) || answers(line));
    first.is_some_and(|line| says_request(line)) && above.iter().any(answers)
}

/// Whether a line below a divider shows what is still missing above it: the response to a request,
/// or the body below the code. Clients of Azure draw a line of dashes there.
pub(super) fn shows_awaited(below: &str, above: &[&str]) -> bool {
    let shows_status = statuses_alone_in(below).next().is_some();
    (below.starts_with('{') || shows_status)
        && above.iter().any(|line| says_request(line))
        && (!is_answered(above) || !shows_status && above.last().is_some_and(|it| names_code(it)))
}

/// Whether a line says a request or a labelled part of one.
pub(super) fn says_request(line: &str) -> bool {
    has_request(line) || says_part_of_request(line)
}

/// Whether a line says a status and the address that a curl command asks for, as `curl -w` prints
/// them: `[404] DELETE https://…`.
pub(super) fn is_said_by_command(line: &str, command: &str) -> bool {
    let mut words = line.split_whitespace();
    let asks = |word: &str| {
        let mut words = command.split_whitespace();
        words.any(|it| it.trim_matches(['"', '\'']) == word) || word == METHODS[0]
    };
    command.contains("curl ")
        && status(line.trim_start_matches(['[', '('])).is_some()
        && words.clone().filter(|word| METHODS.contains(word)).all(asks)
        && words.find(|word| starts_with_address(word)).is_some_and(asks)
}

/// Whether a line starts with a labelled part of a request: `url: https://…`,
/// `{"method": "GET", …`.
fn says_part_of_request(line: &str) -> bool {
    let (_, text) = line.split_once("] ").unwrap_or(("", line));
    let key = key_of_line(text.strip_prefix('{').unwrap_or(text));
    // A key behind a bullet does not count: bullets list the values of one thing.
    let key = key.filter(|it| it.starts_with(char::is_alphabetic));
    key.is_some_and(names_part_of_request) && !has_error_code(line)
}

/// Whether lines end with what a successful call shows: its status and address, or its body.
pub(super) fn ends_with_success(above: &[&str]) -> bool {
    let mut heads = above.iter().rev().map(|line| before_body(line));
    let has_status = |head: &&str| statuses_alone_in(head).next().is_some();
    above.last().is_some_and(|last| {
        ends_body(last) && !has_failed(last) && heads.find(has_status).is_some_and(has_worked)
            || shows_exchange(last) && has_worked(last) && response_in(last).is_none()
    })
}

/// Whether a line starts with the same word as a line above, but with another number, and so is of
/// another call.
pub(super) fn has_next_number(line: &str, above: &[&str]) -> bool {
    call_number(line).is_some_and(|(word, number)| {
        let mut above = above.iter().filter_map(|line| call_number(line));
        above.any(|(its_word, other)| its_word == word && other != number)
    })
}

/// The word and the number that a line starts with: `attempt=1 `, `[worker 2] `, `w1: `.
fn call_number(line: &str) -> Option<(&str, &str)> {
    let line = line.trim_start_matches(['[', '(', '*', '-', ' ']);
    let (word, rest) = split_while(line, |c| c.is_ascii_alphabetic());
    let rest = rest.strip_prefix([' ', '=', '-', '#', '_']).unwrap_or(rest);
    let (number, after) = split_while(rest, |c| c.is_ascii_digit());
    let is_number = (1..=MAX_DIGITS).contains(&number.len())
        && after.starts_with([' ', ':', '/', ')', ']', '>', ',', '|']);
    (is_number && (word.len() == 1 || is_word_of(COUNTED, word))).then_some((word, number))
}

/// Whether a body is that of a failure: it has a code, or an error that is not empty.
pub(super) fn has_failed(body: &str) -> bool {
    let is_error = |value: &str| {
        let value = value.trim_start_matches(['s', '"', '\'', ':', ' ']);
        start_among(&NO_ERRORS, value).is_none()
    };
    has_error_code(body) || body.split(ERROR).skip(1).any(is_error)
}

/// Whether a line has the status of a success or a redirect, and none of a failure.
pub(super) fn has_worked(line: &str) -> bool {
    statuses_alone_in(line).max().is_some_and(|status| status < 400)
}
