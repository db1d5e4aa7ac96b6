//! What an error code and an HTTP status look like in a cell.

use super::headings::looks_like_heading;
use crate::catalog::status_name;
use crate::data::schema::{MAX_DIGITS, is_name, is_number_of_code};
use crate::data::words::is_number;

/// What authors write into an empty cell.
const PLACEHOLDERS: [&str; 10] = [
    "-", "--", "—", "–", "/", "n/a", "none", "none.", "无", "无。",
];
/// What may stand around a code or between several.
const AROUND: &str = "\"'`()[]{}<>,;“”‘’、，；（）";
/// Digits of a code that is looked for outside of error tables; `V1.2` is none.
const MIN_DIGITS: usize = 3;
/// Digits of a code with a space after its dot; `No. 1` is none.
const MIN_DIGITS_AFTER_SPACE: usize = 4;
/// Letters that a code has before its digits, as in `DRS.M00002`.
const MAX_LETTERS: usize = 4;
/// Bytes and words of a text that is a status, as in `HTTP/1.1 404 Not Found`.
const MAX_STATUS_LENGTH: usize = 100;
const MAX_STATUS_WORDS: usize = 6;

/// The text of a cell; empty for a placeholder such as `N/A`.
pub fn or_nothing(text: &str) -> &str {
    let is_placeholder = PLACEHOLDERS.contains(&text.to_lowercase().as_str());
    if is_placeholder { "" } else { text }
}

/// The error code that a text is and nothing else.
pub fn full_code(text: &str) -> Option<&str> {
    let code = unwrapped(text);
    service_and_number(code).map(|_| code)
}

/// The parts of a code: the name of a service, a dot and digits, perhaps after a few
/// letters. Some authors write a space after the dot.
fn service_and_number(code: &str) -> Option<(&str, &str)> {
    let (name, written) = code.rsplit_once('.')?;
    let number = written.trim_start_matches(' ');
    let digits = number.trim_start_matches(|c: char| c.is_ascii_alphabetic());
    let letters = number.len() - digits.len();
    let is_code = is_name(name)
        && name.contains(|c: char| c.is_ascii_alphabetic())
        && letters <= MAX_LETTERS
        && is_number(digits)
        && digits.len() <= MAX_DIGITS
        && (number == written || digits.len() >= MIN_DIGITS_AFTER_SPACE);
    is_code.then_some((name, number))
}

/// Whether a text is one word that may be a code of the service that the user named.
pub fn is_word(text: &str) -> bool {
    is_number_of_code(unwrapped(text))
}

/// Whether a text that no table shows to be one may be a code that names its service.
pub fn may_be_code(text: &str) -> bool {
    service_and_number(unwrapped(text)).is_some_and(|(_, number)| number.len() >= MIN_DIGITS)
}

/// Whether a text that no table shows to be one may be a code of any shape: a number, or
/// a name such as `NoSuchKey`.
pub fn may_be_bare_code(text: &str) -> bool {
    let mut pairs = text.chars().zip(text.chars().skip(1));
    let is_name = pairs.any(|(a, b)| a.is_lowercase() && b.is_uppercase() || b == '_');
    let digits = text.trim_start_matches('-');
    let is_number = is_number(digits) && text.len() > 1 && !is_status(text);
    is_word(digits) && (is_number || is_name)
}

/// Whether a text has the form of a title, as a code of several words may have it.
pub fn is_title(text: &str) -> bool {
    let mut words = text.split(' ');
    let is_capitalized = |word: &str| word.starts_with(|c: char| c.is_ascii_uppercase());
    text.is_ascii() && looks_like_heading(text) && words.all(is_capitalized)
}

/// An error code: its service, and what stands behind the dot.
pub type Code = (String, String);

/// The codes that a cell holds and nothing else. What names no service is of the one
/// that the user named.
pub fn codes(text: &str, service: Option<&str>) -> Option<Vec<Code>> {
    let owned = |(service, number): (&str, &str)| (service.to_owned(), number.to_owned());
    let code = |text| {
        let named = || Some((service?, text)).filter(|_| is_number_of_code(text));
        service_and_number(text).or_else(named).map(owned)
    };
    let mut codes = Vec::new();
    for part in without_footnote(text).split([',', ';', '/', '、', '，', '；']) {
        if let Some(code) = code(unwrapped(part)) {
            codes.push(code);
            continue;
        }
        // Several codes with spaces between them.
        for word in part.split_whitespace() {
            codes.push(service_and_number(unwrapped(word)).map(owned)?);
        }
    }
    (!codes.is_empty()).then_some(codes)
}

/// The statuses that a cell names, whatever words stand around them; `4xx` is 400, as
/// clients take a status that they do not know. None if it has another number, or
/// nothing that is a status.
pub fn statuses(text: &str) -> Option<Vec<u16>> {
    let mut statuses = Vec::new();
    let text = text.to_ascii_lowercase();
    let text = ["http/1.1", "http/1.0", "http/2"]
        .iter()
        .fold(text, |text, version| text.replace(version, " "));
    let is_range = text.contains(['~', '–']) || text.contains(" to ");
    for word in text.split(|c: char| !c.is_ascii_alphanumeric()) {
        let number = word.strip_prefix("http").unwrap_or(word);
        if number.contains(|c: char| c.is_ascii_digit()) {
            let number = number.replace("xx", "00");
            let may_be = number.len() == 3 && is_number(&number) && !is_range;
            let status = number.parse().ok().filter(|_| may_be);
            let status = status.filter(|status| (100..600).contains(status))?;
            if !statuses.contains(&status) {
                statuses.push(status);
            }
        }
    }
    if statuses.is_empty() && !text.trim().is_empty() {
        let is_named = |status: &u16| status_name(*status).eq_ignore_ascii_case(text.trim());
        statuses.extend((100..600).find(is_named));
    }
    (!statuses.is_empty()).then_some(statuses)
}

/// Whether a text is a status, and not only something that mentions a number: what else
/// it says is a name.
pub fn is_status(text: &str) -> bool {
    let is_long = text.len() > MAX_STATUS_LENGTH;
    if is_long
        || text.split_whitespace().count() > MAX_STATUS_WORDS
        || !text.contains(|c: char| c.is_ascii_digit())
    {
        return false;
    }
    let numbers = statuses(text).unwrap_or_default();
    let is_name = |status: &u16| {
        let name = status_name(*status).to_lowercase();
        let says = text.to_lowercase().contains(&name);
        let rest = text.trim_start_matches(|c: char| !c.is_alphabetic());
        let starts_with_number = text.starts_with(|c: char| c.is_ascii_digit());
        let is_name = rest.is_empty() || rest.starts_with(char::is_uppercase);
        !name.is_empty() && (says || starts_with_number && is_name || rest.starts_with("HTTP"))
    };
    !numbers.is_empty() && numbers.iter().all(is_name)
}

/// The text without what stands around it.
pub fn unwrapped(text: &str) -> &str {
    text.trim_matches(|c: char| c.is_whitespace() || AROUND.contains(c))
}

/// The text without a reference such as `[2]` at its end.
fn without_footnote(text: &str) -> &str {
    let before = text.trim_end().strip_suffix(']').and_then(|text| {
        let (before, number) = text.rsplit_once('[')?;
        (is_number(number) && !before.trim().is_empty()).then_some(before)
    });
    before.unwrap_or(text)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::data::schema::MAX_NAME_LENGTH;

    #[test]
    fn a_code_names_its_service() {
        for text in [
            "IAM.0011",
            "DEV.CH.10001",
            "SVCSTG.CCE-ADDONMGR.4000003",
            "a_b.1",
            "[IAM.1]",
            "DRS.M00002",
        ] {
            assert!(full_code(text).is_some(), "{text}");
        }
        for text in [
            "",
            "1100",
            "1.5",
            ".0001",
            "A..0001",
            "IAM_.0002",
            "IAM.",
            "IAM.1x",
            "IAM.1 IAM.2",
            "Error.NotFound",
            "IAM.123456789012345678901234567890123",
        ] {
            assert_eq!(full_code(text), None, "{text}");
        }
        let longest = "a".repeat(MAX_NAME_LENGTH);
        assert!(full_code(&format!("{longest}.1")).is_some());
        assert_eq!(full_code(&format!("{longest}a.1")), None);
    }

    #[test]
    fn other_codes_are_of_the_service_that_is_named() {
        let of_demo = |text| {
            let codes = codes(text, Some("DEMO"))?.into_iter();
            let codes: Vec<_> = codes
                .map(|(service, number)| [service, number].join("."))
                .collect();
            Some(codes.join(" "))
        };
        for (text, expected) in [
            ("NoSuchBucket", Some("DEMO.NoSuchBucket")),
            ("111400002", Some("DEMO.111400002")),
            ("SYS.0003", Some("SYS.0003")),
            ("Invalid.Name [2]", Some("DEMO.Invalid.Name")),
            ("A/B", Some("DEMO.A DEMO.B")),
            ("IAM.1 IAM.2", Some("IAM.1 IAM.2")),
            ("Not Found", None),
            ("", None),
            ("身份", None),
        ] {
            assert_eq!(of_demo(text).as_deref(), expected, "{text}");
        }
        assert_eq!(codes("NoSuchBucket", None), None);
    }

    #[test]
    fn a_status_may_stand_among_words() {
        for (text, expected) in [
            ("400", Some(&[400][..])),
            ("HTTP/1.1 400 Bad Request", Some(&[400])),
            ("400（错误请求）", Some(&[400])),
            ("Not Found (404)", Some(&[404])),
            ("not found", Some(&[404])),
            ("404/500", Some(&[404, 500])),
            ("400, 403", Some(&[400, 403])),
            ("4XX", Some(&[400])),
            ("", None),
            ("40", None),
            ("4000", None),
            ("999", None),
            ("400x", None),
            ("400~404", None),
            ("Some words", None),
        ] {
            assert_eq!(statuses(text).as_deref(), expected, "{text}");
        }
        assert!(is_status("HTTP 404 Not Found") && is_status("Not Found (404)"));
        assert!(is_status("404/500") && is_status("307 Moved Temporarily"));
        for text in [
            "Only 128 GB are allowed.",
            "128 GB",
            "400 are allowed",
            "超过限制（400）",
        ] {
            assert!(!is_status(text), "{text}");
        }
    }
}
