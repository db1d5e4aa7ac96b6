//! Recognises error codes and HTTP statuses in cells.

use super::column_headings::looks_like_heading;
use crate::catalog::status_name;
use crate::data::schema::{MAX_DIGITS, can_follow_dot, is_name};
use crate::data::words::is_number;
use crate::substrings::{is_word_of, split_while};

/// What authors write into an empty cell.
const EMPTY_CELLS: &str = "- -- — – － ー ― − / n/a none none. 无 无。 無 なし 없음";
/// First words of the message of a success.
const SUCCESS: &str = "ok success succeeded successful 成功 操作成功 请求成功 调用成功";
/// Quotes, brackets and commas: they may stand around a code or between several.
const MARKS: &str = "\"'`()[]{}<>,;“”‘’、，；（）";
/// The fewest characters after the dot of a code, outside of a column of codes: `V1.2` is not a
/// code.
const MIN_AFTER_DOT_OUTSIDE: usize = 3;
/// The fewest digits of a code with a space after its dot: `No. 1` is not a code.
const MIN_DIGITS_AFTER_SPACE: usize = 4;
/// The fewest bytes of a code that is recognised only by a digit or an underscore, or that is one
/// of several with spaces between them.
const MIN_CODE_LENGTH: usize = 3;
/// The most letters between the dot and the digits of a code, as in `DRS.M00002`.
const MAX_LETTERS_BEFORE_DIGITS: usize = 4;
/// The most words of a text that is a status, as in `HTTP/1.1 404 Not Found`.
const MAX_STATUS_WORDS: usize = 6;

/// An error code: its service, and what stands after the dot.
pub(super) type Code<'t> = (&'t str, &'t str);

/// The text of a cell; empty for a placeholder such as `N/A`.
pub(super) fn text_of_cell(text: &str) -> &str {
    if EMPTY_CELLS.split(' ').any(|it| it.eq_ignore_ascii_case(text)) { "" } else { text }
}

/// The text without the marks around it, if it is nothing but a code with its service.
pub(super) fn full_code(text: &str) -> Option<&str> {
    let code = without_marks(text);
    parts_of_code(code).map(|_| code)
}

/// Splits a code such as `DRS.M00002` at its dot into the service and the rest. The rest is digits,
/// perhaps after a few letters. Some authors write a space after the dot.
fn parts_of_code(code: &str) -> Option<Code<'_>> {
    let (name, written) = code.rsplit_once('.')?;
    let after_dot = written.trim_start_matches(' ');
    let digits = after_dot.trim_start_matches(|c: char| c.is_ascii_alphabetic());
    let letters = after_dot.len() - digits.len();
    let is_code = is_name(name)
        && name.contains(|c: char| c.is_ascii_alphabetic())
        && letters <= MAX_LETTERS_BEFORE_DIGITS
        && is_number(digits)
        && digits.len() <= MAX_DIGITS
        && (after_dot == written || digits.len() >= MIN_DIGITS_AFTER_SPACE);
    is_code.then_some((name, after_dot))
}

/// Whether a text is one word that may be a code without its service, such as `NoSuchKey`.
pub(super) fn may_be_code_without_service(text: &str) -> bool {
    can_follow_dot(without_marks(text))
}

/// Whether a text outside of a column of codes may be a code that names its service.
pub(super) fn may_be_code(text: &str) -> bool {
    parts_of_code(without_marks(text))
        .is_some_and(|(_, after_dot)| after_dot.len() >= MIN_AFTER_DOT_OUTSIDE)
}

/// Whether a text outside of a column of codes may be a code of any form: with its service, a
/// number, or a name such as `NoSuchKey`. `-1` may be a code, `1` may not. `max_keys` is the name
/// of a parameter.
pub(super) fn may_be_any_code(text: &str) -> bool {
    let is_camel_or_snake = || {
        let mut pairs = text.chars().zip(text.chars().skip(1));
        !text.starts_with(char::is_lowercase)
            && pairs.any(|(a, b)| a.is_lowercase() && b.is_uppercase() || b == '_')
    };
    let positive = text.trim_start_matches('-');
    let is_long_number = || is_number(positive) && text.len() > 1 && !is_status(text);
    may_be_code(text)
        || may_be_code_without_service(positive) && (is_camel_or_snake() || is_long_number())
}

/// Whether a word is a code by its form alone, such as `Demo.0001`, `NoSuchKey` or `key.not_found`.
pub(super) fn has_form_of_code(word: &str) -> bool {
    let is_mark = |c: char| c == '_' || c.is_ascii_digit();
    // `7.2` is the number of a section.
    let has_mark_of_code = word.contains(is_mark)
        && word.contains(char::is_alphabetic)
        && may_be_code_without_service(word);
    may_be_any_code(word) || has_mark_of_code && word.len() >= MIN_CODE_LENGTH && !is_status(word)
}

/// Whether a name and the text beside it may continue the row on the line above: the name has no
/// digits, and the text begins in the middle of a sentence.
pub(super) fn may_continue_row(name: &str, text: &str) -> bool {
    !name.contains(|c: char| c.is_ascii_digit()) && text.starts_with(char::is_lowercase)
}

/// Whether a text in no row may be a code, perhaps of several words such as `No Such Key`. Asked
/// only if the user named the service.
pub(super) fn may_be_code_in_words(text: &str) -> bool {
    let is_capitalized = |word: &&str| word.starts_with(|c: char| c.is_ascii_uppercase());
    let (capitalized, others): (Vec<_>, Vec<_>) = text.split(' ').partition(is_capitalized);
    let is_title = text.is_ascii() && looks_like_heading(text) && capitalized.len() > others.len();
    is_title || may_be_any_code(text)
}

/// Whether all words have digits and are the same without these: `PAR-1` and `PAR-22`.
fn are_numbered_alike(words: &[&str]) -> bool {
    let is_digit = |c: char| c.is_ascii_digit();
    let form = |word: &str| word.replace(is_digit, "");
    words.iter().all(|word| word.contains(is_digit))
        && words.windows(2).all(|pair| form(pair[0]) == form(pair[1]))
}

/// Whether a text is a range of codes, as leading zeros or a service show: `004-006`,
/// `TEAM.004-TEAM.006`. `403-404` may be one code.
pub(super) fn is_range(text: &str) -> bool {
    let Some((from, to)) = text.split_once('-') else { return false };
    let [first, last] = [from, to].map(|code| code.rsplit('.').next().unwrap_or_default());
    (first.starts_with('0') || first != from)
        && is_number(first)
        && is_number(last)
        && first.len() == last.len()
        && first < last
}

/// The codes in a cell; `None` if the cell has anything else. A code without a service gets
/// `service`, which the user named.
pub(super) fn codes_in<'t>(text: &'t str, service: Option<&'t str>) -> Option<Vec<Code<'t>>> {
    let of_named_service = |part: &'t str| {
        let service = service?;
        let own = part.strip_prefix(service).and_then(|it| it.strip_prefix('.'));
        let after_dot = own.unwrap_or(part);
        can_follow_dot(after_dot).then_some((service, after_dot))
    };
    let code = |part| {
        let code = parts_of_code(part).or_else(|| of_named_service(part));
        code.filter(|_| !is_range(part))
    };
    // A slash may be part of a code, which then cannot be in a catalog: `billing/locked`.
    let is_plain = |c: char| c.is_ascii_lowercase() || c == '-';
    let is_part = |it: &str| !it.is_empty() && it.chars().all(is_plain);
    if text.contains('/') && text.split('/').map(without_marks).all(is_part) {
        return None;
    }
    let parts = text.split([',', ';', '/', '、', '，', '；']).map(without_marks);
    let codes = parts.map(|part| {
        // The part may be several codes with spaces between them.
        let several = || {
            let words: Vec<_> = part.split(' ').map(without_marks).collect();
            let is_code = |word: &&str| has_form_of_code(word) && word.len() >= MIN_CODE_LENGTH;
            let in_words = words.iter().map(|word| code(word).filter(|_| is_code(word)));
            in_words.collect::<Option<Vec<_>>>().filter(|_| are_numbered_alike(&words))
        };
        code(part).map(|code| vec![code]).or_else(several)
    });
    Some(codes.collect::<Option<Vec<_>>>()?.concat())
}

/// The statuses that a cell names, whatever words stand around them. `4xx` is 400, because clients
/// treat an unknown 4xx as 400. `None` if the cell has no status, a range, or another number of
/// several digits.
pub(super) fn statuses_in(text: &str) -> Option<Vec<u16>> {
    let text = text.to_ascii_lowercase();
    let words = text.split(|c: char| !c.is_ascii_alphanumeric());
    let words = words.map(|word| word.strip_prefix("http").unwrap_or(word));
    let numbers = words.filter(|it| it.len() > 1 && it.contains(|c: char| c.is_ascii_digit()));
    let status = |number: &str| {
        let status = number.replace("xx", "00").parse().ok();
        status.filter(|status| number.len() == 3 && (100..600).contains(status))
    };
    let mut statuses: Vec<u16> = numbers.map(status).collect::<Option<_>>()?;
    statuses.dedup();
    let is_range = text.contains(['~', '–']) || text.contains(" to ");
    (!statuses.is_empty() && !is_range).then_some(statuses)
}

/// Whether a row with this code and text says that nothing failed: `0 | Success`, `OK | 操作成功`.
pub(super) fn is_success(code: &str, text: &str) -> bool {
    let is_zero = !code.is_empty() && code.bytes().all(|digit| digit == b'0');
    let (word, _) = split_while(text, char::is_alphabetic);
    (is_zero || is_word_of("ok success", code)) && is_word_of(SUCCESS, word)
}

/// Whether a text is a status and does not just mention a number: `404`, `HTTP 404`, `404 Missing`.
/// Any other text must have the status's own name: `not found (404)`.
pub(super) fn is_status(text: &str) -> bool {
    let words = text.trim_start_matches(|c: char| !c.is_alphabetic());
    let needs_no_name = words.is_empty()
        || words.starts_with("HTTP")
        || text.starts_with(|c: char| c.is_ascii_digit()) && words.starts_with(char::is_uppercase);
    let is_known_and_named = |status: u16| {
        let name = status_name(status).to_lowercase();
        !name.is_empty() && (needs_no_name || text.to_lowercase().contains(&name))
    };
    text.split(' ').nth(MAX_STATUS_WORDS).is_none()
        && statuses_in(text).is_some_and(|statuses| statuses.into_iter().all(is_known_and_named))
}

/// The status of a failure in a title: `401`, `401 Unauthorized`, `5xx Server errors`,
/// `Not Found (404)`, `Authentication (HTTP 401)`, `Locks (409 Conflict)`. A number in brackets
/// counts only if it has `HTTP` or the status's name, or stands after the name or the word
/// `Errors`.
pub(super) fn status_of_title(title: &str) -> Option<u16> {
    let title = title.trim_matches(|c: char| c.is_whitespace() || "#=*:'\"`".contains(c));
    let bracketed = title.strip_suffix([')', '）']).and_then(|it| it.rsplit_once(['(', '（']));
    let (before, text) = bracketed.unwrap_or(("", title));
    let after_http = text.strip_prefix("HTTP ");
    let is_bracketed_http = bracketed.is_some() && after_http.is_some();
    let (digits, after) = after_http.unwrap_or(text).split_at_checked(3)?;
    let statuses = statuses_in(if is_bracketed_http { text } else { digits })?;
    let [status] = statuses[..] else { return None };
    let known_name = status_name(status).to_lowercase();
    let name = if after.is_empty() { before } else { after }.to_lowercase();
    let name = name.trim_matches([' ', '-', ':', '–', '—', '.']);
    let without_errors = name.strip_suffix("errors").or_else(|| name.strip_suffix("error"));
    let names = [name, without_errors.unwrap_or(name).trim_end()];
    let is_named = names.iter().any(|it| it.is_empty() || *it == known_name);
    let is_class = digits.ends_with(['x', 'X']);
    let is_status = is_bracketed_http || is_named || is_class;
    (status >= 400 && !known_name.is_empty() && is_status).then_some(status)
}

/// The text without the quotes, brackets and commas around it.
pub(super) fn without_marks(text: &str) -> &str {
    text.trim_matches(|c: char| c.is_whitespace() || MARKS.contains(c))
}
