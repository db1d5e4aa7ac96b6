//! What logs put before the text of a line: a time, a level. Whether a line with a time begins a
//! record is decided in `Lines::add` and `Records::starts`.

use std::net::IpAddr;

use super::prefix::Prefixed;
use crate::explain::values::http::{is_header, is_named_status, names_response, request_at_end};
use crate::explain::values::labels::is_lone;
use crate::explain::values::unlabelled::reports_problem;
use crate::explain::values::{Role, can_be, is_word_of, names_error_code, start_among, status};
use crate::message::common_start;

/// Levels of a log, which programs cut off. In small letters they are words of a text.
const LEVELS: [(Level, &[&str]); 3] = [
    (Level::Debug, &["TRACE", "DEBUG", "DEBU"]),
    (Level::Info, &["INFO", "NOTICE"]),
    (
        Level::Problem,
        &["WARN", "WARNING", "ERROR", "ERRO", "SEVERE", "CRITICAL", "FATAL", "FATA", "PANIC"],
    ),
];
/// Months and weekdays.
const NAMES: [&str; 19] = [
    "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec", "mon",
    "tue", "wed", "thu", "fri", "sat", "sun",
];
/// Dates with `0` for each digit and `A` for the name of a month or a weekday.
#[rustfmt::skip]
const DATES: [&str; 16] = [
    "0000-00-00", "0000/00/00", "00/A/0000", "00-A-0000", "00 A 0000", "00/00/0000",
    "A A 00", "A A  0", "A 00", "A  0", "00000000 ",
    // Seconds and milliseconds since 1970.
    "1000000000.", "1000000000 ", "1000000000000 ",
    // Without a year, which count only before a clock: of Android, of Kubernetes.
    "00-00 00:00:00", "0000 00:00:00",
];
/// What may stand after a clock.
const ZONES: [&str; 6] = ["Z", " UTC", " GMT", " CST", " AM", " PM"];
/// Keys of a line's first value that start a record.
const KEYS: [&str; 4] = ["time=", "ts=", "level=", "timestamp="];
/// What a program calls the parts of a response that it shows.
const PARTS: &str = "body content headers json";
/// Bytes of a tag before a time.
const MAX_TAG: usize = 64;
/// Seconds between a request and its answer.
const MAX_WAIT: f64 = 60.0;
/// Seconds of a day.
const DAY: f64 = 86400.0;
/// What a line of a log reports.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Level {
    /// What may have led to an error.
    Debug,
    /// Normal operation.
    Info,
    /// An error, or what may become one.
    Problem,
}

/// The level that a line starts with; a server reports what it was asked as normal operation.
pub fn level(line: &str) -> Option<Level> {
    if after_address(line).is_some() {
        return Some(Level::Info);
    }
    let line = line.trim_start_matches(['[', '(']);
    let (word, rest) = line.split_at(capitals(line));
    let goes_on = rest.starts_with(|c: char| c.is_alphanumeric() || c == '_');
    let known = LEVELS.iter().find(|(_, names)| names.contains(&word))?;
    (!goes_on).then_some(known.0)
}

fn capitals(text: &str) -> usize {
    text.bytes().take_while(u8::is_ascii_uppercase).count()
}

/// Whether a line starts with a time.
pub fn starts_with_time(line: &str) -> bool {
    after_time(line).is_some()
}

/// What stands after the time that a line starts with, perhaps in brackets or tags or after another
/// word; or all, where it starts with a key that such a line starts with.
pub fn after_time(line: &str) -> Option<&str> {
    let mut rest = line.trim_start_matches(['[', '(']);
    // The priority of syslog, or the tags around Jenkins' time.
    while let Some(tag) = rest.strip_prefix('<') {
        let (_, after) = tag.split_once('>').filter(|(tag, _)| tag.len() <= MAX_TAG)?;
        rest = after;
    }
    if start_among(&KEYS, rest).is_some() {
        return Some(rest);
    }
    // A level or another word: `E, [2026-11-24 …`, `web-1 2026-11-24 …`.
    let after = |length: usize| {
        let rest = rest.get(length..).filter(|_| length > 0)?;
        time(rest.trim_start_matches(|c| " \t[](|,:-".contains(c)))
    };
    let word = || {
        let start = rest.len() - rest.trim_start().len();
        let length = rest[start..].find([' ', '\t'])?;
        let is_label = rest[start..start + length].contains(['=', '{', '"']);
        after(start + length).filter(|_| !is_label)
    };
    after(capitals(rest)).or_else(|| time(rest)).or_else(word)
}

/// What stands after the address and the user in the access log of a server.
fn after_address(line: &str) -> Option<&str> {
    let after = line.trim_start_matches(|c: char| c.is_ascii_hexdigit() || c == '.' || c == ':');
    let address = &line[..line.len() - after.len()];
    let after = after.strip_prefix(" - ").filter(|_| address.parse::<IpAddr>().is_ok())?;
    Some(after.split_once(" [")?.1)
}

/// Whether a line with a time goes on with what the one above says: it is empty, indented, the end
/// of an object or the status of the request above; or it is less than a second later or below a
/// request, and no more than a value and its label or a part of a response. `before` is the line
/// above that.
pub fn goes_on(line: &Prefixed, above: &Prefixed, before: &Prefixed) -> bool {
    let text = without_marks(line.said());
    // Some programs put their number there.
    let is_number = |text: &str| text.trim_start().starts_with(|c: char| c.is_ascii_digit());
    let seconds = || seconds_apart(line.time, above.time);
    // An empty line has no time, and parts of a response stand below one.
    let is_at_once = || above.text.is_empty() || seconds() < 1.0;
    // Which of two requests at once is answered later, nothing says.
    let is_asked_twice = || {
        let asked = request_at_end(before.said());
        asked.is_some()
            && asked != request_at_end(above.said())
            && seconds_apart(above.time, before.time) < 1.0
    };
    let is_of_request = || {
        request_at_end(above.said()).is_some()
            && (is_at_once() || seconds() <= MAX_WAIT && !is_asked_twice())
    };
    if text.is_empty()
        || text.starts_with(' ') && !is_number(text)
        || text.starts_with(|c: char| "\t}])>│╷╵┃╭╰├".contains(c))
        || text.ends_with(':') && is_header(above.text)
        || is_answer(text, above, is_at_once, is_of_request)
    {
        return true;
    }
    let own = after_same_words(text, without_marks(above.said()));
    let shared = text[..text.len() - own.len()].trim_end();
    // Behind a label that both have stands another's value.
    let says_more = says_one_value(text)
        || own.contains([':', '=']) && says_one_value(own)
        || is_numbered_cause(&text[shared.len()..])
            && !(names_error_code(text) && names_error_code(above.said()))
        || is_part_of_answer(line.said(), above.said());
    // Below a request and its status stands at once what it was answered with.
    let is_of_status =
        || text.starts_with('{') && request_with_status(above.said()).is_some() && seconds() <= 1.0;
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

/// How many seconds a time is apart from the one above, whose day may have ended since; without a
/// clock only the same time is near.
pub fn seconds_apart(time: &str, above: &str) -> f64 {
    let [own, above] = [time, above].map(|time| clock(time).unwrap_or((time, 0.0)));
    let is_past_midnight = own.1 < above.1
        && if own.0 == above.0 { own.0.is_empty() } else { is_next_day(own.0, above.0) };
    if is_past_midnight {
        DAY - above.1 + own.1
    } else if own.0 == above.0 {
        (own.1 - above.1).abs()
    } else {
        f64::INFINITY
    }
}

/// Whether a date may be the day after another: its day, month or year is one more.
fn is_next_day(date: &str, before: &str) -> bool {
    let [own, before] = [date, before].map(|date| {
        let numbers = date.split(|c: char| !c.is_ascii_digit());
        numbers.filter_map(|number| number.parse::<u32>().ok())
    });
    own.zip(before).any(|(own, before)| own == before.saturating_add(1))
}

/// The date before the clock in a time, and how many seconds that shows.
fn clock(time: &str) -> Option<(&str, f64)> {
    let shape_at = |shape: &str| {
        let shows = |at: &usize| time.get(*at..).is_some_and(|it| after_shape(it, shape).is_some());
        (0..time.len()).rev().find(shows)
    };
    let (at, unit) = match shape_at("00:00:00") {
        Some(at) => (at, 1.0),
        None => (shape_at("00:00")?, 60.0),
    };
    let (date, clock) = time.split_at(at);
    // A level may stand before it.
    let date = date.trim_start_matches(|c: char| !c.is_ascii_digit());
    let clock = clock.replace(',', ".");
    let end = clock.find(|c: char| !c.is_ascii_digit() && c != ':' && c != '.');
    let (clock, zone) = clock.split_at(end.unwrap_or(clock.len()));
    let parts = clock.trim_end_matches(['.', ':']).split(':');
    let count =
        parts.map(str::parse::<f64>).try_fold(0.0, |sum, part| Some(sum * 60.0 + part.ok()?));
    let seconds = count? * unit;
    let half = start_among(&["AM", "PM"], zone.trim_start());
    let after_noon = if half == Some("PM") { DAY / 2.0 } else { 0.0 };
    Some((date, if half.is_some() { seconds % (DAY / 2.0) + after_noon } else { seconds }))
}

/// Whether a text is one of the numbered causes of an error, as Rust's programs print them:
/// `    0: HTTP status …`.
fn is_numbered_cause(text: &str) -> bool {
    let number = text.trim_start();
    let after = number.trim_start_matches(|c: char| c.is_ascii_digit());
    text.starts_with("  ") && after.len() < number.len() && after.starts_with(": ")
}

/// Whether a text is no more than a value and its label. More pairs are all that a program reports.
fn says_one_value(text: &str) -> bool {
    is_lone(text) && text.matches('=').count() < 2
}

/// What stands after the words that a text starts with as the one above does.
fn after_same_words<'t>(text: &'t str, above: &str) -> &'t str {
    let common = common_start(text, above).trim_end_matches(char::is_alphanumeric);
    &text[common.len()..]
}

/// Whether a line is the status that the line above was answered with: the request there, or the
/// body that was shown there at once (`HTTP 409`); or, below a line without a time, wget's
/// `ERROR 409: Conflict.`.
fn is_answer(
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
    let said = above.said().trim();
    if is_of_wget && above.time.is_empty() {
        return true;
    }
    if said == "}" || said.starts_with('{') && said.ends_with('}') {
        return !is_of_wget && is_at_once();
    }
    is_of_request()
}

/// Whether a text is what wget says of a status, after the time: `ERROR 409: Conflict.`.
pub fn is_error_of_wget(text: &str) -> bool {
    let status = text.trim_end().strip_prefix("ERROR ").unwrap_or_default();
    let (number, name) = status.split_at_checked(3).unwrap_or_default();
    let name = name.strip_prefix(": ").map(|name| name.trim_end_matches('.'));
    name.is_some_and(|name| is_named_status(&format!("{number} {name}")))
}

/// Whether a line after a time shows the headers or the body of a response, after the same words
/// as the line above, which shows none: `body: {…}`.
fn is_part_of_answer(text: &str, above: &str) -> bool {
    let Some((before, _)) = after_same_words(text, above).split_once('{') else {
        return false;
    };
    let words = before.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    let words: Vec<_> = words.collect();
    let is_body = words.is_empty() || words.len() == 1 && names_response(words[0]);
    let is_shown = words.len() < 3 && words.iter().any(|word| is_word_of(PARTS, word));
    !after_same_words(above, text).contains('{')
        && (is_shown || is_body && (reports_problem(above) || request_at_end(above).is_some()))
}

/// What stands after the date or time that a text starts with.
fn time(text: &str) -> Option<&str> {
    // Most texts start with neither, and need not be held against each shape.
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    match (digits, text.as_bytes().get(digits)?) {
        (0, _) => _ = name_at(text, 0)?,
        (2 | 4 | 8 | 10 | 13, b'-' | b'/' | b':' | b'.' | b' ') => {}
        _ => return None,
    }
    let date = DATES.iter().find_map(|shape| after_shape(text, shape));
    let clock = date.map(|date| date.trim_start_matches(['T', ' ', ',', ':', '_']));
    let clock = after_shape(clock.unwrap_or(text), "00:00:00").or(date);
    let Some(after) = clock else {
        let after = after_shape(text, "00:00").filter(|after| after.starts_with([' ', ']']));
        return after.map(|after| after.strip_prefix(' ').unwrap_or(after));
    };
    let digits = after.strip_prefix(['.', ',']).unwrap_or("");
    let zone = digits.trim_start_matches(|c: char| c.is_ascii_digit());
    let has_fraction = zone.len() < digits.len();
    Some(after_zone(if has_fraction { zone } else { after }))
}

/// What stands after the time zone at the start of a text, or all.
fn after_zone(text: &str) -> &str {
    let named = start_among(&ZONES, text).map_or(text, |name| &text[name.len()..]);
    let signed = named.trim_start().strip_prefix(['+', '-']);
    signed.map_or(named, |text| text.trim_start_matches(|c: char| c.is_ascii_digit() || c == ':'))
}

/// The name of a month or a weekday at a place in a text.
fn name_at(text: &str, at: usize) -> Option<&'static str> {
    let name: &[u8; 3] = text.as_bytes()[at..].first_chunk()?;
    let name = name.map(|byte| byte.to_ascii_lowercase());
    // Most words begin otherwise.
    if !b"jfmasondtw".contains(&name[0]) {
        return None;
    }
    let mut names = NAMES.into_iter();
    names.find(|known| known.as_bytes() == name)
}

/// What stands after the shape that a text starts with.
fn after_shape<'t>(text: &'t str, shape: &str) -> Option<&'t str> {
    let mut at = 0;
    for expected in shape.bytes() {
        at += match (expected, *text.as_bytes().get(at)?) {
            (b'0', byte) if byte.is_ascii_digit() => 1,
            (b'A', byte) if byte.is_ascii_alphabetic() => name_at(text, at)?.len(),
            (expected, byte) if expected == byte => 1,
            _ => return None,
        };
    }
    Some(&text[at..])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_of_all_forms_start_a_record() {
        for line in [
            "2026-11-24T10:00:00.123Z x",
            "2026-11-24T10:00:00.123456789Z x",
            "2026-11-24 10:00:00,123 x",
            "2024/06/03 10:21:07 x",
            "[10:21:07.114] x",
            "[2024-06-03 10:21:07] x",
            "10:00 x",
            "[10:00] x",
            "Jun  3 10:21:07 host x",
            "Nov 24 10:00:00 x",
            "Nov 25, 2026 10:00:00 AM x",
            "Mon Jun  3 10:21:07 2024 x",
            "03-JUN-2024 10:21:07 x",
            "10/Nov/2026:10:00:00 +0000 x",
            "20240603 x",
            "06-03 10:21:07.114 x",
            "E0603 10:21:07.114208       1 x",
            "<27>Jun  3 10:21:05 x",
            "<131>1 2024-06-03T02:21:07.114Z x",
            "<span class=\"timestamp\"><b>10:21:07</b> </span>x",
            "level=error x",
        ] {
            assert!(starts_with_time(line), "{line}");
        }
        for line in ["1305 x", "12 | x", "1: x", "2026 x", "  10:00:00", "<b>x"] {
            assert!(!starts_with_time(line), "{line}");
        }
    }

    #[test]
    fn a_level_is_a_word_in_capitals() {
        assert_eq!(level("[ERROR] x"), Some(Level::Problem));
        assert_eq!(level("INFO:web:x"), Some(Level::Info));
        for line in ["Error: x", "INFORMATION x", "ERROR_CODE: 1"] {
            assert_eq!(level(line), None, "{line}");
        }
    }
}
