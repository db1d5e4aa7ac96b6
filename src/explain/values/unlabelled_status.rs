//! Numbers that no label calls a status, where what stands around them says that they are one:
//! words (`status code was 404`, `curl: (22) The requested URL returned error: 400`), the name of
//! the status, a request, a body or a code.

use super::http::{is_address, is_request};
use super::labels::is_of_label;
use super::{Field, Rank, Role, can_start_word_after, is_error_code, is_of_id, status};
use crate::catalog::status_name;
use crate::substrings::{byte_set, is_word_of, last_word, split_while, start_of};

/// Words before a status: `status 404`, `error[400]:`, `failed (400):`.
const WORDS_BEFORE: &str = "status code got returned http error resp response failed received \
    actual rejected";
/// Further words before a possible status, which the catalog must confirm: `I get 403`.
const WORDS_BEFORE_POSSIBLE: &str = "a gave get gets getting gives me with said answered replied";
/// Words before a status in Chinese, which has no spaces.
const CHINESE_BEFORE: [&str; 6] = ["返回", "返回了", "报错", "状态码", "返回码", "响应码"];
/// What Chinese says before a possible status: `became`.
const CHINESE_BEFORE_POSSIBLE: &str = "变成了";
/// Words before the status of another thing, and words that are so only within a name: `the last
/// status` is of this failure, `last_http_status` is not.
const WORDS_BEFORE_OTHER: &str = "exit expect expected expecting old prev previous want wanted";
const BEFORE_OTHER_IN_NAMES: &str = "last max min";
/// Words that may stand between those and the number.
const WORDS_BETWEEN: &str = "a be code http response status to was";
/// What the name of the status of an answer has before `status`: `resp_status`, `errStatus`.
const NAMES_OF_ANSWERS: &str = "actual api backend call err error final got http raw received remote \
    reply request res resp response result ret return returned rsp sdk server upstream";
/// What stands between a word and its number: `status code was 404`.
const CONNECTING_WORDS: [&str; 3] = [" is", " was", " of"];
/// How the name of an exception before a status ends.
const EXCEPTIONS: [&str; 2] = ["Error:", "Exception:"];
/// What clients put after a status in place of its name: `400 Client Error: Bad Request`.
const IN_PLACE_OF_NAME: [&str; 3] = ["clienterror", "servererror", "message="];
/// What may stand before the name of a status, and in it.
const NAME_SEPARATORS: [char; 6] = [' ', '-', ':', '(', ')', ','];
/// Units of amounts that do not end in `s`.
const SINGULAR_UNITS: &str = "ms s sec min byte b kb kib mb of";
/// Words in `s` after a status that are no plural: the number does not count them.
const LIKE_PLURALS: &str = "as errors has https is matches responses status this was";
/// Bytes that end an address.
const ADDRESS_ENDS: [bool; 256] = byte_set(b" \n\"'`[]()<>");
/// Bytes around a number that are looked at.
const MAX_NEAR: usize = 256;

/// The status of 400 or more at `at`, where what stands around it says that it is one.
pub fn unlabelled_status(text: &str, at: usize) -> Option<Field> {
    let number = status(&text[at..]).filter(|number| *number >= 400)?;
    let (before, after) = (&text[..at], start_of(&text[at + 3..], MAX_NEAR));
    let name = status_name(number);
    let (role, rank) = match () {
        () if is_in_list(before, after) || is_amount(after) => return None,
        () if is_of_other(before) && !(after.starts_with(" to ") && is_compared(after)) => {
            return None;
        }
        () if !name.is_empty() && is_of_request(before, after) => (Role::HttpStatus, Rank::Vague),
        () if name_follows(after, name) => (Role::HttpStatus, Rank::Said),
        () if is_of_thing(before) => return None,
        () if word_says_status(before) => (Role::HttpStatus, Rank::Said),
        () if is_after_body(before, after) => {
            // It is of the body, and of nothing below.
            let start = before.trim_end_matches(['\n', ' ']).len() - 1;
            let place = at..at + 3;
            return Some(Field { start, ..Field::new(Role::HttpStatus, Rank::Beside, place) });
        }
        () if is_before_body_or_code(before, after) => (Role::HttpStatus, Rank::Beside),
        () if !name.is_empty() && (stands_alone(before, after) || is_compared(after)) => {
            (Role::PossibleStatus, Rank::Exact)
        }
        () => return None,
    };
    Some(Field::new(role, rank, at..at + 3))
}

/// Whether a number is one of several that commas separate.
fn is_in_list(before: &str, after: &str) -> bool {
    let last = before.trim_end_matches(' ').strip_suffix(',');
    let last = last.map(last_word);
    let next = after.strip_prefix(',').map(str::trim_start);
    [last, next].into_iter().flatten().any(|it| status(it).is_some())
}

/// Whether a number after a text is the status of another thing, or one that was expected:
/// `exit_status=`, `lastStatus: `, `Expected status 404 but`.
fn is_of_other(before: &str) -> bool {
    let mut text = before.trim_end_matches([' ', ':', '=', '<', '(', '"']);
    // A test compares what it got with that.
    if before[text.len()..].contains("==") {
        return true;
    }
    let mut after = &before[text.len()..];
    while is_word_of(WORDS_BETWEEN, last_word(text)) {
        let above = &text[..text.len() - last_word(text).len()];
        text = above.trim_end_matches([' ', '_', '-']);
        after = &above[text.len()..];
    }
    let is_in_name = after.is_empty() || !after.trim_end_matches(' ').is_empty();
    is_word_of(WORDS_BEFORE_OTHER, last_word(text))
        || is_in_name && is_word_of(BEFORE_OTHER_IN_NAMES, last_word(text))
}

/// Whether a number is what a name calls the status of a thing that is no answer:
/// `payment_status`, `jobStatus`.
fn is_of_thing(before: &str) -> bool {
    let name = before.trim_end_matches([' ', ':', '=', '(', '"', '\'', '\\']);
    let word = last_word(name);
    let above = &name[..name.len() - word.len()];
    let thing = above.trim_end_matches(['_', '-']);
    is_word_of("status", word)
        && thing.ends_with(|c: char| c.is_ascii_alphanumeric())
        && !can_start_word_after(above.as_bytes())
        && !is_word_of(NAMES_OF_ANSWERS, last_word(thing))
}

/// Whether a number is compared with a status: `assert 400 == 404`, `expected 409 to equal 200`.
fn is_compared(after: &str) -> bool {
    if after.starts_with(" == ") {
        return true;
    }
    let line = after.lines().next().unwrap_or_default();
    let mut words = start_of(line, 32).split(' ').skip(1);
    words.any(|word| status(word).is_some_and(|status| status < 400))
}

/// Whether a number is what a request was answered with: after an address, perhaps with an
/// arrow, or before the request.
fn is_of_request(before: &str, after: &str) -> bool {
    let text = before.trim_end_matches(' ');
    let is_after_space = text.len() < before.len();
    let text = text.trim_end_matches(['-', '>', '→', ' ']).as_bytes();
    let is_after_address = || {
        let near = &text[text.len().saturating_sub(MAX_NEAR)..];
        let address = near.rsplit(|byte| ADDRESS_ENDS[usize::from(*byte)]).next();
        address.and_then(|it| str::from_utf8(it).ok()).is_some_and(is_address)
    };
    is_after_space && is_after_address()
        || after.strip_prefix(' ').is_some_and(is_request)
        || after.strip_prefix("] during [").is_some_and(is_request)
}

/// Whether a word before a number says that it is a status; one that is part of a longer name must
/// be `status` itself: `resp_status=400`, but not `max_errors=400`.
fn word_says_status(before: &str) -> bool {
    let words = before.trim_end_matches([' ', '[', '(', '<', '"', '\'', ':', '=']);
    let ends_in = |known: &[&str]| known.iter().any(|it| words.ends_with(it));
    let unconnected =
        CONNECTING_WORDS.iter().find_map(|link| words.strip_suffix(link)).unwrap_or(words);
    let word = last_word(unconnected);
    let above = &unconnected[..unconnected.len() - word.len()];
    let is_part = above.ends_with(is_of_label) && !can_start_word_after(above.as_bytes());
    let is_word = is_word_of(if is_part { "status" } else { WORDS_BEFORE }, word);
    words.len() < before.len() && (is_word || ends_in(&[" but was", "<-"]))
        || ends_in(&CHINESE_BEFORE)
}

/// Whether the name of a status follows it, which .NET writes as one word, or that of a class.
fn name_follows(after: &str, name: &str) -> bool {
    let starts_with = |name: &str| {
        let [mut there, mut name] = [after, name].map(|text| {
            let letters = text.bytes().filter(|byte| !NAME_SEPARATORS.contains(&char::from(*byte)));
            letters.map(|byte| byte.to_ascii_lowercase())
        });
        name.all(|letter| there.next() == Some(letter))
    };
    let is_separated = after.starts_with(NAME_SEPARATORS);
    let mut names = IN_PLACE_OF_NAME.into_iter().chain(Some(name).filter(|name| !name.is_empty()));
    is_separated && names.any(starts_with)
}

/// Whether a number is a cell of a table, or no part of a name and no amount of what follows.
fn stands_alone(before: &str, after: &str) -> bool {
    let named = before.trim_end_matches([' ', '\t', '(', '[']);
    let name = last_word(named.strip_suffix(':').unwrap_or(named));
    let is_introduced = is_word_of(WORDS_BEFORE_POSSIBLE, last_word(named))
        || named.ends_with(CHINESE_BEFORE_POSSIBLE);
    let is_unnamed = match name {
        _ if is_introduced => true,
        "" => !named.ends_with(|c: char| c.is_alphanumeric() || ":=#\"$€£~+*".contains(c)),
        _ => name.contains(|c: char| c.is_ascii_digit()),
    };
    // A sentence may introduce a body: `the server answered 409:`.
    let heading =
        after.strip_prefix([':', '：']).filter(|below| is_introduced && below.starts_with('\n'));
    let rest = heading.unwrap_or(after.trim_start_matches([')', ']', ',', ';', '.']));
    let ends_here = rest.is_empty() || rest.starts_with([' ', '\t', '\n', '|', '/', '<']);
    let word = after.strip_prefix(' ').and_then(|rest| rest.split_whitespace().next());
    let word = word.unwrap_or("0").trim_end_matches([',', '.', ';', ':', ')']);
    let is_count = !is_introduced && word.chars().all(char::is_alphabetic);
    let is_wrapped = named.strip_suffix(':').zip(after.strip_prefix(": "));
    let is_wrapped = is_wrapped.is_some_and(|(action, cause)| is_action(action) && is_cause(cause));
    let mut borders =
        [("(", ","), (": (", ")"), (";", ";"), (",", ","), ("|", "|"), ("\t", "\t")].into_iter();
    is_unnamed && ends_here && !is_count
        || is_wrapped
        || borders.any(|(start, end)| before.ends_with(start) && after.starts_with(end))
}

/// Whether a text ends in what a program did, in two words at least: `create account: 400: {…}`.
/// One word may be the name of a thing that is counted: `line: 400: `.
fn is_action(text: &str) -> bool {
    let mut words = text.rsplit([' ', '\n', ':', '"', '=']);
    let is_lower = |word: &str| !word.is_empty() && word.bytes().all(|b| b.is_ascii_lowercase());
    let last = words.next().unwrap_or_default();
    let is_name = last.bytes().all(|b| b.is_ascii_alphanumeric()) && last_word(last) != last;
    is_name || is_lower(last) && words.next().is_some_and(is_lower)
}

/// Whether a text starts with what a status came with: a body or a code.
fn is_cause(text: &str) -> bool {
    text.starts_with(['{', '[', '<']) || is_error_code(split_while(text, is_of_id).0)
}

/// Whether a number is one of what follows it: `504 ms`, `500 accounts`.
fn is_amount(after: &str) -> bool {
    let rest = after.strip_prefix(' ').unwrap_or_default();
    let word = split_while(rest, char::is_alphanumeric).0.as_bytes();
    let is_plural = word.ends_with(b"s") && !word.ends_with(b"ss");
    let is_lower = word.iter().all(u8::is_ascii_lowercase);
    // Spring writes the number of its process so.
    after.starts_with(" --- [")
        || is_word_of(SINGULAR_UNITS, word)
        || is_lower && is_plural && !is_word_of(LIKE_PLURALS, word)
}

/// Whether a number stands alone after a body, as `curl -w '%{http_code}'` prints it, perhaps
/// with a time.
fn is_after_body(before: &str, after: &str) -> bool {
    let body = before.trim_end_matches(['\n', ' ']);
    let is_body = body.ends_with(['}', '>']) && !body.ends_with("->") && !body.ends_with("=>");
    let is_time = |c: char| c.is_ascii_digit() || " .s".contains(c);
    is_body && after.split('\n').take(1).all(|rest| rest.chars().all(is_time))
}

/// Whether a number stands right before a body or an error code, as programs print both:
/// `403 {"error_code": …}`, `404 Organizations.1300`.
fn is_before_body_or_code(before: &str, after: &str) -> bool {
    // Alone on the line with the code it may count it; `3 of 500` is a total, and what stands
    // after `=` a parameter.
    let indented = before.trim_end_matches(' ');
    let is_first = indented.is_empty() || indented.ends_with('\n');
    // As in `answered 401: {…}`, `HttpError: 401:{…}`.
    let word_before = last_word(indented);
    let is_thrown = EXCEPTIONS.iter().any(|it| indented.ends_with(it));
    let is_introduced = is_word_of(WORDS_BEFORE_POSSIBLE, word_before) || is_thrown;
    let mark = after.strip_prefix(':').filter(|_| is_introduced && indented.len() < before.len());
    let text = mark.map(|text| text.trim_start_matches(' '));
    let text = text.or(after.strip_prefix(' ')).unwrap_or("");
    let (word, rest) = split_while(text, is_of_id);
    let is_last = rest.is_empty() || rest.starts_with('\n');
    let is_code = mark.is_none() && !(is_first && is_last) && is_error_code(word);
    let is_other = before.ends_with('=') || is_word_of("of", word_before);
    !is_other && (is_body(text) || is_code)
}

/// Whether a text starts with an object of JSON, perhaps in a string.
fn is_body(text: &str) -> bool {
    let text = text.strip_prefix("b'").unwrap_or(text);
    let inside = text.strip_prefix('{').unwrap_or_default();
    inside.trim_start_matches('\\').starts_with(['"', '\''])
}
