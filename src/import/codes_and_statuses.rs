//! Recognises error codes and HTTP statuses in cells.

use super::headings::looks_like_heading;
use crate::catalog::status_name;
use crate::data::schema::{MAX_DIGITS, is_name, is_number_of_code};
use crate::data::words::is_number;
use crate::substrings::{is_word_of, split_while};

/// What authors write into an empty cell.
const PLACEHOLDERS: &str = "- -- — – － ー ― − / n/a none none. 无 无。 無 なし 없음";
/// First words of the message of a success.
const SUCCESS: &str = "ok success succeeded successful 成功 操作成功 请求成功 调用成功";
/// What may stand around a code or between several.
const AROUND: &str = "\"'`()[]{}<>,;“”‘’、，；（）";
/// Digits of a code that is looked for outside of error tables; `V1.2` is none.
const MIN_DIGITS_OUTSIDE: usize = 3;
/// Digits of a code with a space after its dot; `No. 1` is none.
const MIN_DIGITS_AFTER_SPACE: usize = 4;
/// Bytes of a code that only a digit or an underscore shows to be one, or that stands among others.
const MIN_CHARACTERS: usize = 3;
/// Letters that a code has before its digits, as in `DRS.M00002`.
const MAX_LETTERS_BEFORE_DIGITS: usize = 4;
/// Words of a text that is a status, as in `HTTP/1.1 404 Not Found`.
const MAX_STATUS_WORDS: usize = 6;

/// The text of a cell; empty for a placeholder such as `N/A`.
pub fn without_placeholder(text: &str) -> &str {
    if PLACEHOLDERS.split(' ').any(|it| it.eq_ignore_ascii_case(text)) { "" } else { text }
}

/// The error code that a text is and nothing else.
pub fn full_code(text: &str) -> Option<&str> {
    let code = unwrapped(text);
    service_and_number(code).map(|_| code)
}

/// The parts of a code: the name of a service, a dot and digits, perhaps after a few
/// letters. Some authors write a space after the dot.
fn service_and_number(code: &str) -> Option<Code<'_>> {
    let (name, written) = code.rsplit_once('.')?;
    let number = written.trim_start_matches(' ');
    let digits = number.trim_start_matches(|c: char| c.is_ascii_alphabetic());
    let letters = number.len() - digits.len();
    let is_code = is_name(name)
        && name.contains(|c: char| c.is_ascii_alphabetic())
        && letters <= MAX_LETTERS_BEFORE_DIGITS
        && is_number(digits)
        && digits.len() <= MAX_DIGITS
        && (number == written || digits.len() >= MIN_DIGITS_AFTER_SPACE);
    is_code.then_some((name, number))
}

/// Whether a text is one word that may be a code of the service that the user named.
pub fn is_one_word(text: &str) -> bool {
    is_number_of_code(unwrapped(text))
}

/// Whether a text that no table shows to be one may be a code that names its service.
pub fn may_be_code(text: &str) -> bool {
    service_and_number(unwrapped(text))
        .is_some_and(|(_, number)| number.len() >= MIN_DIGITS_OUTSIDE)
}

/// Whether a text that no table shows to be one may be a code of any shape: a number, or
/// a name such as `NoSuchKey`; `max_keys` is a parameter.
pub fn may_be_any_code(text: &str) -> bool {
    let is_name = || {
        let mut pairs = text.chars().zip(text.chars().skip(1));
        !text.starts_with(char::is_lowercase)
            && pairs.any(|(a, b)| a.is_lowercase() && b.is_uppercase() || b == '_')
    };
    let number = text.trim_start_matches('-');
    may_be_code(text)
        || is_one_word(number)
            && (is_name() || is_number(number) && text.len() > 1 && !is_status(text))
}

/// Whether a word shows by its form that it is a code, also `key.not_found`.
pub fn is_plainly_code(word: &str) -> bool {
    let has_mark = word.contains(|c: char| c == '_' || c.is_ascii_digit());
    // `7.2` is the number of a section.
    let is_name = has_mark && word.contains(char::is_alphabetic) && is_one_word(word);
    may_be_any_code(word) || is_name && word.len() >= MIN_CHARACTERS && !is_status(word)
}

/// Whether a code and a text beside it may be the rest of those on the line above: a name without a
/// number, and a text that begins in the middle of a sentence.
pub fn may_go_on(code: &str, text: &str) -> bool {
    !code.contains(|c: char| c.is_ascii_digit()) && text.starts_with(char::is_lowercase)
}

/// Whether words have numbers and are written alike but for these: `PAR-1` and `PAR-22`.
fn are_numbered_alike(words: &[&str]) -> bool {
    let is_digit = |c: char| c.is_ascii_digit();
    let form = |word: &str| word.replace(is_digit, "");
    words.iter().all(|word| word.contains(is_digit))
        && words.windows(2).all(|pair| form(pair[0]) == form(pair[1]))
}

/// Whether a text among those of rows may be a code, even one of several words.
pub fn may_be_words(text: &str) -> bool {
    let is_capitalized = |word: &&str| word.starts_with(|c: char| c.is_ascii_uppercase());
    let (capitalized, others): (Vec<_>, Vec<_>) = text.split(' ').partition(is_capitalized);
    let is_title = text.is_ascii() && looks_like_heading(text) && capitalized.len() > others.len();
    is_title || may_be_any_code(text)
}

/// An error code: its service, and what stands after the dot.
pub type Code<'t> = (&'t str, &'t str);

/// The codes that a cell holds and nothing else. What names no service is of the one
/// that the user named.
pub fn codes_in<'t>(text: &'t str, service: Option<&'t str>) -> Option<Vec<Code<'t>>> {
    let named = |part: &'t str| {
        let service = service?;
        let own = part.strip_prefix(service).and_then(|it| it.strip_prefix('.'));
        let number = own.unwrap_or(part);
        is_number_of_code(number).then_some((service, number))
    };
    let one = |part| service_and_number(part).or_else(|| named(part));
    let parts = text.split([',', ';', '/', '、', '，', '；']).map(unwrapped);
    let codes = parts.map(|part| {
        // Perhaps several with spaces between them.
        let several = || {
            let words: Vec<_> = part.split(' ').map(unwrapped).collect();
            let is_code = |word: &&str| is_plainly_code(word) && word.len() >= MIN_CHARACTERS;
            let codes = words.iter().map(|word| one(word).filter(|_| is_code(word)));
            codes.collect::<Option<Vec<_>>>().filter(|_| are_numbered_alike(&words))
        };
        one(part).map(|code| vec![code]).or_else(several)
    });
    Some(codes.collect::<Option<Vec<_>>>()?.concat())
}

/// The statuses that a cell names, whatever words stand around them; `4xx` is 400, as
/// clients take a status that they do not know. None if it has another number of several
/// digits, or nothing that is a status.
pub fn statuses_in(text: &str) -> Option<Vec<u16>> {
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
pub fn is_success(code: &str, text: &str) -> bool {
    let is_zero = !code.is_empty() && code.bytes().all(|digit| digit == b'0');
    let is_word = |word: &str| code.eq_ignore_ascii_case(word);
    let (word, _) = split_while(text, char::is_alphabetic);
    (is_zero || is_word("ok") || is_word("success")) && is_word_of(SUCCESS, word.to_lowercase())
}

/// Whether a text is a status, and not only something that mentions a number: what else
/// it says is a name.
pub fn is_status(text: &str) -> bool {
    let words = text.trim_start_matches(|c: char| !c.is_alphabetic());
    let is_named = words.is_empty()
        || words.starts_with("HTTP")
        || text.starts_with(|c: char| c.is_ascii_digit()) && words.starts_with(char::is_uppercase);
    let is_name_of = |status: u16| {
        let name = status_name(status).to_lowercase();
        !name.is_empty() && (is_named || text.to_lowercase().contains(&name))
    };
    text.split(' ').nth(MAX_STATUS_WORDS).is_none()
        && statuses_in(text).is_some_and(|statuses| statuses.into_iter().all(is_name_of))
}

/// The status of a failure that a title says: `401`, `401 Unauthorized`, `5xx Server errors`, `Not Found
/// (404)`, `Authentication (HTTP 401)`, `Locks (409 Conflict)`. A number in brackets is one only with
/// `HTTP` or its name, or behind nothing but `Errors`.
pub fn status_of_title(title: &str) -> Option<u16> {
    let title = title.trim_matches(|c: char| c.is_whitespace() || "#=*:'\"`".contains(c));
    let bracketed = title.strip_suffix([')', '）']).and_then(|it| it.rsplit_once(['(', '（']));
    let (before, text) = bracketed.unwrap_or(("", title));
    let of_http = text.strip_prefix("HTTP ");
    let (status, after) = of_http.unwrap_or(text).split_at_checked(3)?;
    let is_said = bracketed.is_some() && of_http.is_some();
    let [number] = statuses_in(if is_said { text } else { status })?[..] else { return None };
    let known = status_name(number).to_lowercase();
    let name = if after.is_empty() { before } else { after }.to_lowercase();
    let name = name.trim_matches([' ', '-', ':', '–', '—', '.']);
    let of_errors = name.strip_suffix("errors").or_else(|| name.strip_suffix("error"));
    let names = [name, of_errors.unwrap_or(name).trim_end()];
    let is_named = names.iter().any(|it| it.is_empty() || *it == known);
    let is_class = status.ends_with(['x', 'X']);
    (number >= 400 && !known.is_empty() && (is_said || is_named || is_class)).then_some(number)
}

/// The text without what stands around it.
pub fn unwrapped(text: &str) -> &str {
    text.trim_matches(|c: char| c.is_whitespace() || AROUND.contains(c))
}
