//! What an error code and an HTTP status look like in a cell.

use crate::catalog::code::WRAPPING;
use crate::data::schema::MAX_DIGITS;
use crate::data::schema::is_name;
use crate::data::words::is_number;

/// Words that a status has at most after its number, as in `404 Not Found`.
const REASON_WORDS: usize = 5;

/// The error code that a cell holds and nothing else: the name of a service, a dot and
/// digits, as a catalog may have it. Quotes and brackets around it do not count.
pub fn code(text: &str) -> Option<&str> {
    let code = unwrapped(text);
    let (name, digits) = split_code(code)?;
    let is_code = digits.len() <= MAX_DIGITS && is_number(digits) && is_name(name);
    is_code.then_some(code)
}

/// A code's service and digits.
pub fn split_code(code: &str) -> Option<(&str, &str)> {
    code.rsplit_once('.')
}

/// The HTTP status that a cell holds, with its reason or without: `400`,
/// `404 Not Found`, `403(Forbidden)`, `HTTP 500`.
pub fn status(text: &str) -> Option<u16> {
    let text = unwrapped(text);
    let rest = match text.split_at_checked(4) {
        Some((http, rest)) if http.eq_ignore_ascii_case("http") => rest,
        _ => text,
    };
    let rest = rest
        .trim_start_matches("/1.1")
        .trim_start_matches([':', ' ']);
    let (number, reason) = rest.split_at_checked(3)?;
    let is_reason = !reason.starts_with(char::is_alphanumeric)
        && !reason.contains(|c: char| c.is_ascii_digit())
        && reason.split_whitespace().count() <= REASON_WORDS;
    let status = number.parse().ok().filter(|_| is_number(number))?;
    (is_reason && (100..600).contains(&status)).then_some(status)
}

/// Whether a text is one word, as a code of any shape is.
pub fn is_word(text: &str) -> bool {
    !text.is_empty() && !text.contains(char::is_whitespace)
}

fn unwrapped(text: &str) -> &str {
    text.trim_matches(|c: char| c.is_whitespace() || WRAPPING.contains(&c))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::data::schema::MAX_NAME_LENGTH;

    #[test]
    fn a_code_is_a_name_a_dot_and_digits() {
        for text in [
            "IAM.0011",
            "DEV.CH.10001",
            "SVCSTG.CCE-ADDONMGR.4000003",
            "a_b.1",
            "[IAM.1]",
        ] {
            assert!(code(text).is_some(), "{text}");
        }
        for text in [
            "",
            "1100",
            ".0001",
            "-.0001",
            "A..0001",
            "IAM_.0002",
            "IAM-.0003",
            "IAM.",
            "IAM.1x",
            "IAM.1 IAM.2",
            "IAM.123456789012345678901234567890123",
        ] {
            assert_eq!(code(text), None, "{text}");
        }
        let longest = "a".repeat(MAX_NAME_LENGTH);
        assert!(code(&format!("{longest}.1")).is_some());
        assert_eq!(code(&format!("{longest}a.1")), None);
    }

    #[test]
    fn a_status_may_have_its_reason() {
        for text in [
            "400",
            "400 Bad Request",
            "400(Bad Request)",
            "HTTP 400",
            "HTTP/1.1 400 Bad Request",
            "400（错误请求）",
        ] {
            assert_eq!(status(text), Some(400), "{text}");
        }
        for text in [
            "", "40", "4000", "400, 403", "4xx", "999", "+40", "400x", "é00",
        ] {
            assert_eq!(status(text), None, "{text}");
        }
    }
}
