//! What logs put before the text of a line: a container, a time, a level.

use std::net::IpAddr;

use crate::explain::values::start_among;

/// Levels of a log, which programs cut off. In small letters they are words of a text.
const LEVELS: [(Severity, &str); 3] = [
    (Severity::Debug, "TRACE DEBUG DEBU"),
    (Severity::Info, "INFO NOTICE"),
    (
        Severity::Problem,
        "WARN WARNING ERROR ERRO SEVERE CRITICAL FATAL FATA PANIC",
    ),
];
/// Levels as .NET cuts them off.
const SHORT_LEVELS: &str = "VRB DBG INF WRN ERR FTL";
/// Words behind a level that make both a label: `ERROR CODE: …`.
const NAMES: &str = "CODE MESSAGE MSG DETAIL DETAILS DESCRIPTION ID STATUS";
const MONTHS: [&str; 12] = [
    "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
];
const WEEKDAYS: [&str; 7] = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];
/// Dates and times with `0` for each digit; `MMM` is a month, `DDD` a weekday. What follows
/// a date may be a clock.
const DATES: [&str; 11] = [
    "0000-00-00",
    "0000/00/00",
    "00/MMM/0000",
    "00-MMM-0000",
    "00 MMM 0000",
    "00/00/0000",
    "DDD MMM 00",
    "DDD MMM  0",
    "MMM 00",
    "MMM  0",
    "00000000 ",
];
/// Keys of a line's first value that start a record.
const KEYS: [&str; 4] = ["time=", "ts=", "level=", "timestamp="];
/// Digits of a second from which on a runner wrote the time, not a program.
const MIN_RUNNER_DIGITS: usize = 7;

/// How a log names a level, and what it reports.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Level {
    name: &'static str,
    pub severity: Severity,
}

/// What a line of a log reports.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Severity {
    /// What may have led to an error.
    Debug,
    /// Normal operation.
    Info,
    /// An error, or what may become one.
    Problem,
}

/// A date or time at the start of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Time {
    pub length: usize,
    /// Whether it is as fine as those that a runner puts before each line of a program
    /// (GitHub Actions, `docker logs -t`, Kubernetes).
    pub is_of_runner: bool,
}

/// The level that a line starts with.
pub fn level(line: &str) -> Option<Level> {
    let line = line.trim_start_matches(['[', '(']);
    let word = capitals(line);
    if word.len() < "INFO".len() {
        return None;
    }
    let rest = &line[word.len()..];
    let goes_on = rest.starts_with(|c: char| c.is_alphanumeric() || c == '_');
    // `ERROR:` on a line of its own is a label, too.
    let next = capitals(rest.trim_start());
    let is_label = rest.trim() == ":" || NAMES.split(' ').any(|name| name == next);
    LEVELS.into_iter().find_map(|(severity, names)| {
        let name = names.split(' ').find(|name| *name == word)?;
        (!goes_on && !is_label).then_some(Level { name, severity })
    })
}

/// Whether a word of a log is a level, perhaps cut off or in brackets.
pub fn is_level(word: &str) -> bool {
    let word = word.trim_matches(|c: char| !c.is_alphanumeric());
    let names = LEVELS.iter().map(|(_, names)| *names).chain([SHORT_LEVELS]);
    let mut names = names.flat_map(|names| names.split(' '));
    names.any(|name| name.eq_ignore_ascii_case(word))
}

fn capitals(text: &str) -> &str {
    let length = text.bytes().take_while(u8::is_ascii_uppercase).count();
    &text[..length]
}

/// The length of what names the container before each line of its log: the `web-1  | ` of
/// `docker compose`, the `[pod/name/container] ` of `kubectl`, the `pod: ` of Argo, the
/// `pod container ` of stern.
pub fn container(line: &str) -> usize {
    let is_name = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.' | '/' | '@');
    let after_name = |text: &str| text.len() - text.trim_start_matches(is_name).len();
    if let Some(pod) = line.strip_prefix("[pod/") {
        let text = after_mark(&pod[after_name(pod)..], ']');
        return text.map_or(0, |text| line.len() - text.len());
    }
    let (name, rest) = line.split_at(after_name(line));
    let is_pod = is_pod(name);
    // Without the number of the container it may be a column of a table.
    let unnumbered = name.trim_end_matches(|c: char| c.is_ascii_digit());
    let is_numbered = unnumbered.len() < name.len() && unnumbered.ends_with(['-', '_']);
    let behind_bar = || after_mark(rest.trim_start_matches(' '), '|');
    let behind_pod = || {
        let (container, text) = rest.get(1..)?.split_once(' ')?;
        let is_container = |text: &str| text.len() == after_name(text);
        let text = match rest.as_bytes()[0] {
            b':' if container.is_empty() => text,
            b'[' if is_container(container.strip_suffix("]:")?) => text,
            b' ' if is_container(container) && is_replica(name) => text,
            _ => return None,
        };
        Some(text)
    };
    let text = behind_bar().filter(|_| is_pod || is_numbered);
    let text = text.or_else(|| is_pod.then(behind_pod).flatten());
    // GNU parallel names a job before a tab; further ones are of a table.
    let tabbed = rest.strip_prefix('\t').filter(|text| !text.contains('\t'));
    let text = text.or(tabbed.filter(|_| is_pod || is_numbered));
    text.map_or(0, |text| line.len() - text.len())
}

/// The name of a pod before a colon at the start of a line, which by itself may be a label;
/// given the length of what names the [`container`].
pub fn pod_before_colon(line: &str, length: usize) -> Option<&str> {
    let pod = line[..length].strip_suffix(": ")?;
    let is_told = || {
        let text = &line[pod.len() + 2..];
        starts_with_time(text) || level(text).is_some()
    };
    (!pod.contains(' ') && !is_told()).then_some(pod)
}

/// Whether a name is one that a cluster gives to a container, which ends in numbers or hashes:
/// `web-7d9f8b6c5-x2k4p`, `build-main-2231`.
fn is_pod(name: &str) -> bool {
    let name = name.split('@').next().unwrap_or(name);
    let is_hash = |part: &str| part.len() > 3 && part.bytes().any(|b| b.is_ascii_digit());
    let mut parts = name.rsplit(['-', '.']);
    let mut is_hashed = || parts.by_ref().take(2).any(is_hash);
    let is_lower = |byte: u8| !byte.is_ascii_uppercase();
    name.starts_with(|c: char| c.is_ascii_lowercase())
        && is_hashed()
        && parts.next().is_some()
        && !name.starts_with("x-")
        && name.bytes().all(is_lower)
}

/// Whether a name ends in the five letters of a replica, among which are no vowels.
fn is_replica(name: &str) -> bool {
    let hash = name.rsplit('-').next().unwrap_or(name);
    hash.len() == 5 && !hash.contains(['a', 'e', 'i', 'o', 'u', '0', '1', '3'])
}

/// The text behind a mark and a space; an empty one may lack the space.
fn after_mark(text: &str, mark: char) -> Option<&str> {
    let text = text.strip_prefix(mark)?;
    text.strip_prefix(' ')
        .or(text.trim_end().is_empty().then_some(text))
}

/// Whether a line is one of the access log of a server, which is a record of its own:
/// `ADDRESS - USER [TIME …`.
pub fn is_access(line: &str) -> bool {
    let mut words = line.splitn(4, ' ');
    let (address, dash, time) = (words.next(), words.next(), words.nth(1));
    dash == Some("-")
        && time.is_some_and(|time| time.starts_with('['))
        && address.is_some_and(|address| address.parse::<IpAddr>().is_ok())
}

/// Whether a line starts a record of a log: with a time, perhaps in brackets or tags, or
/// with a key that such a line starts with.
pub fn starts_with_time(line: &str) -> bool {
    if !line.starts_with(|c: char| c.is_ascii_alphanumeric() || "[<(:".contains(c)) {
        return false;
    }
    let rest = without_brackets(line);
    start_among(&KEYS, rest).is_some() || is_klog(rest) || time(rest).is_some()
}

/// What stands behind the time that a line starts with, perhaps in brackets or tags.
pub fn behind_time(line: &str) -> Option<&str> {
    let rest = without_brackets(line);
    time(rest).map(|time| &rest[time.length..])
}

/// A line without the brackets and tags that it starts with.
fn without_brackets(line: &str) -> &str {
    let mut rest = line.trim_start_matches(['[', '(']);
    // The priority of syslog, or the tags around Jenkins' time.
    while let Some(tag) = rest.strip_prefix('<') {
        let Some((_, behind)) = tag.split_once('>').filter(|(tag, _)| tag.len() <= 64) else {
            break;
        };
        rest = behind.strip_prefix("1 ").unwrap_or(behind);
    }
    behind_level(rest.trim_start_matches(['[', '(']))
}

/// What stands behind the level where that comes before the time: `E, [2026-11-24 …`.
fn behind_level(text: &str) -> &str {
    let length = text.bytes().take_while(u8::is_ascii_alphabetic).count();
    let (level, behind) = text.split_at(length);
    let behind = behind.trim_start_matches(|c| " \t[](|,:-".contains(c));
    let is_letter = level.len() == 1 && "TDIWEF".contains(level);
    let may_be_time = length > 0 && behind.starts_with(|c: char| c.is_ascii_alphanumeric());
    if may_be_time && (is_letter || is_level(level)) && time(behind).is_some() {
        behind
    } else {
        text
    }
}

/// `E0603 10:21:07`, as Kubernetes' programs write it.
fn is_klog(text: &str) -> bool {
    let behind_level = text.strip_prefix(['I', 'W', 'E', 'F']);
    behind_level.is_some_and(|text| has_shape(text, "0000 00:00:00").is_some())
}

/// The date or time that a text starts with.
pub fn time(text: &str) -> Option<Time> {
    if !text.starts_with(|c: char| c.is_ascii_alphanumeric()) {
        return None;
    }
    let date = DATES.iter().find_map(|shape| has_shape(text, shape));
    // A date without a year counts only before a clock.
    let date = date.or_else(|| has_shape(text, "00-00 00:00:00").map(|_| "00-00 ".len()));
    let mut clock = &text[date.unwrap_or(0)..];
    if date.is_some() {
        clock = clock.trim_start_matches(['T', ' ', ',', ':', '_']);
        clock = &clock[has_shape(clock, "0000 ").unwrap_or(0)..];
    }
    let short = || has_shape(clock, "00:00 ").map(|length| length - 1);
    let length = has_shape(clock, "00:00:00").or_else(|| short().filter(|_| date.is_none()));
    let behind = match (length, date) {
        (Some(length), _) => &clock[length..],
        (None, Some(date)) => &text[date..],
        (None, None) => return None,
    };
    let digits = behind.strip_prefix(['.', ',']).unwrap_or("");
    let fraction = digits.bytes().take_while(u8::is_ascii_digit).count();
    let behind = if fraction > 0 {
        &digits[fraction..]
    } else {
        behind
    };
    let behind = length.map_or(behind, |_| behind_zone(behind));
    Some(Time {
        length: text.len() - behind.len(),
        is_of_runner: fraction >= MIN_RUNNER_DIGITS && date.is_some(),
    })
}

/// What stands behind the time zone at the start of a text, or all.
fn behind_zone<'t>(text: &'t str) -> &'t str {
    let names = ["UTC", "GMT", "CST", "AM", "PM"];
    let behind_name = |text: &'t str| Some(&text[start_among(&names, text)?.len()..]);
    let zone = text.strip_prefix(' ').and_then(behind_name);
    if let Some(rest) = zone.or(text.strip_prefix('Z')) {
        return rest;
    }
    let signed = text.trim_start_matches(' ').strip_prefix(['+', '-']);
    let digits = signed.unwrap_or("");
    let length = has_shape(digits, "00:00").or(has_shape(digits, "0000"));
    length.map_or(text, |length| &digits[length..])
}

/// The length of the shape where a text starts with it.
fn has_shape(text: &str, shape: &str) -> Option<usize> {
    let bytes = text.as_bytes();
    let mut at = 0;
    let shape = shape.as_bytes();
    while at < shape.len() {
        let byte = *bytes.get(at)?;
        match shape[at] {
            b'0' if byte.is_ascii_digit() => at += 1,
            letter @ (b'M' | b'D') if byte.is_ascii_alphabetic() => {
                let name = text.get(at..at + 3)?;
                let names: &[&str] = if letter == b'M' { &MONTHS } else { &WEEKDAYS };
                let is_name = names.iter().any(|known| known.eq_ignore_ascii_case(name));
                at = if is_name { at + 3 } else { return None };
            }
            expected if expected == byte => at += 1,
            _ => return None,
        }
    }
    Some(at)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_of_all_forms_start_a_record() {
        for line in [
            "2026-11-24T10:00:00.123Z x",
            "2026-11-24 10:00:00,123 x",
            "2024/06/03 10:21:07 x",
            "[10:21:07.114] x",
            "[2024-06-03 10:21:07] x",
            "10:00 x",
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
        for line in [
            "1305 x",
            "12 | x",
            "1: x",
            "2026 x",
            "  10:00:00",
            "request 10:00:00",
            "<b>x",
        ] {
            assert!(!starts_with_time(line), "{line}");
        }
    }

    #[test]
    fn a_runner_writes_fine_times() {
        let length = |text: &str| time(text).map(|time| (time.length, time.is_of_runner));
        assert_eq!(length("2026-11-24T10:00:00.1234567Z x"), Some((28, true)));
        assert_eq!(
            length("2026-11-24T10:00:00.123456789+08:00 x"),
            Some((35, true))
        );
        assert_eq!(length("2026-11-24 10:00:00.123 x"), Some((23, false)));
    }

    #[test]
    fn a_level_is_a_word_in_capitals_and_no_label() {
        assert_eq!(
            level("[ERROR] x").map(|it| it.severity),
            Some(Severity::Problem)
        );
        assert_eq!(level("INFO:web:x").map(|it| it.name), Some("INFO"));
        for line in ["ERROR CODE: 1", "ERROR:", "Error: x", "INFORMATION x"] {
            assert_eq!(level(line), None, "{line}");
        }
    }

    #[test]
    fn containers_are_named_before_their_lines() {
        assert_eq!(container("web-1  | x"), 9);
        assert_eq!(container("[pod/web-7d9f/app] x"), 19);
        for line in ["web | x", "code-x | y", "12 | x", "| a-1 | b"] {
            assert_eq!(container(line), 0, "{line}");
        }
    }
}
