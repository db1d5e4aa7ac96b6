//! Times before the text of a line. `Lines::add` decides whether a line with a time starts a log
//! record; `LogRecordReader::is_time_in_list` takes that back for a labelled time in a list.

use super::levels::capitals;
use crate::data::words::is_number;
use crate::substrings::{is_word_of, split_while, start_among, start_of};

/// The longest plausible wait for a response, in seconds.
pub(crate) const MAX_WAIT: f64 = 60.0;
/// Months and weekdays.
#[rustfmt::skip]
const MONTHS_AND_DAYS: [&[u8; 3]; 19] = [
    b"jan", b"feb", b"mar", b"apr", b"may", b"jun", b"jul", b"aug", b"sep", b"oct", b"nov", b"dec",
    b"mon", b"tue", b"wed", b"thu", b"fri", b"sat", b"sun",
];
/// Dates with `0` for each digit and `A` for the name of a month or a weekday.
#[rustfmt::skip]
const DATES: [&str; 19] = [
    "0000-00-00", "0000/00/00", "00/A/0000", "00-A-0000", "00 A 0000", "00/00/0000",
    "A 00, 0000", "A 0, 0000", "A A 00", "A A  0", "A 00", "A  0", "00000000T000000", "00000000 ",
    // Seconds and milliseconds since 1970.
    "1000000000.", "1000000000 ", "1000000000000 ",
    // Dates without a year, which count only before a clock: of Android, of Kubernetes.
    "00-00 00:00:00", "0000 00:00:00",
];
/// Shapes of clocks, each with the seconds of its smallest unit.
const CLOCKS: [(&str, f64); 4] =
    [("00:00:00", 1.0), ("0:00:00", 1.0), ("00:00", 60.0), ("0:00", 60.0)];
/// Seconds of half a day.
const HALF_DAY: f64 = 12.0 * 3600.0;
/// Zones and halves of the day, after a clock.
const ZONES: [&str; 8] = ["Z", " UTC", " GMT", " CST", " AM", " PM", "AM", "PM"];
/// Keys that a line of `key=value` pairs starts with.
const FIRST_KEYS: [&str; 5] = ["time=", "ts=", "level=", "lvl=", "timestamp="];

/// Labels of a time.
const LABELS_OF_TIME: &str = "date datetime datum fecha hora time timestamp uhrzeit when zeit Время Дата время дата 发生时间 时间 時間";
/// The longest such label, and the longest line that has one, in bytes.
const MAX_LABEL_OF_TIME: usize = 24;
const MAX_LABELLED_TIME: usize = 72;

/// Whether a word is a clock: `9:14`, `09:14:07`.
pub(crate) fn is_clock(word: &str) -> bool {
    word.contains(':') && word.split(':').all(|part| part.len() < 3 && is_number(part))
}

/// Whether a line starts with a time.
pub(crate) fn starts_with_time(line: &str) -> bool {
    after_time(line).is_some()
}

/// Whether a line starts with a time, with nothing before it but a bracket.
pub(crate) fn starts_with_bare_time(line: &str) -> bool {
    time(line.trim_start_matches(['[', '('])).is_some()
}

/// The label, if the line holds only a time and its zone: `Time: 2026-06-03 10:41 (UTC+8)`.
pub(crate) fn label_of_time(line: &str) -> Option<&str> {
    let (label, _) = start_of(line, MAX_LABEL_OF_TIME).split_once([':', '：'])?;
    let name = label.trim_matches(|c: char| !c.is_alphanumeric());
    let time = || line[label.len()..].trim_start_matches([':', '：', ' ', '*', '`', '"']);
    let is_of_zone = |c: char| c.is_ascii_digit() || c.is_ascii_uppercase() || " :+-()".contains(c);
    (is_word_of(LABELS_OF_TIME, name)
        && line.len() <= MAX_LABELLED_TIME
        && after_time(time()).is_some_and(|zone| zone.chars().all(is_of_zone)))
    .then_some(name)
}

/// The text after the time that a line starts with, perhaps in brackets or tags or after another
/// word; the whole text, where it starts with one of [`FIRST_KEYS`].
pub(crate) fn after_time(line: &str) -> Option<&str> {
    let mut rest = line.trim_start_matches(['[', '(']);
    // The priority of syslog, or the tags around Jenkins' time.
    while let Some(tag) = rest.strip_prefix('<') {
        rest = tag.split_once('>')?.1;
    }
    // `t=` may also stand before a length of time.
    let is_time = || rest.strip_prefix("t=").and_then(time).is_some();
    if start_among(&FIRST_KEYS, rest).is_some() || is_time() {
        return Some(rest);
    }
    // A level or another word: `E, [2026-11-24 …`, `web-1 2026-11-24 …`.
    let time_after = |length: usize| {
        let rest = rest.get(length..).filter(|_| length > 0)?;
        time(rest.trim_start_matches(|c| " \t[](|,:-".contains(c)))
    };
    let time_after_word = || {
        let start = rest.len() - rest.trim_start().len();
        let length = rest[start..].find([' ', '\t'])?;
        let word = &rest[start..start + length];
        let is_header = word.starts_with(char::is_uppercase) && word.contains('-');
        let is_label = word.contains(['=', '{', '"']) || is_header;
        time_after(start + length).filter(|_| !is_label)
    };
    time_after(capitals(rest)).or_else(|| time(rest)).or_else(time_after_word)
}

/// Seconds between two times: infinite for different dates, and for different times without a
/// clock.
pub(crate) fn seconds_apart(time: &str, above: &str) -> f64 {
    // Most lines of a burst have the same time.
    if time == above {
        return 0.0;
    }
    let [(date, seconds), (date_above, seconds_above)] =
        [time, above].map(|time| clock(time).unwrap_or((time, 0.0)));
    if date == date_above { (seconds - seconds_above).abs() } else { f64::INFINITY }
}

/// The date before the clock in a time, and the seconds since midnight that the clock shows.
fn clock(time: &str) -> Option<(&str, f64)> {
    let colons = || memchr::memrchr_iter(b':', time.as_bytes());
    let shape_at = |(shape, unit): (&str, f64)| {
        let is_zone = |at: usize| unit > 1.0 && time[..at].ends_with(['+', '-']);
        let shows = |at: &usize| {
            let text = time.get(*at..).filter(|_| !is_zone(*at));
            text.is_some_and(|it| after_shape(it, shape).is_some())
        };
        let hour = shape.find(':')?;
        Some((colons().filter_map(|colon| colon.checked_sub(hour)).find(shows)?, unit))
    };
    let (at, unit) = CLOCKS.into_iter().find_map(shape_at)?;
    let (date, clock) = time.split_at(at);
    // A level may stand before the date.
    let date = date.trim_start_matches(|c: char| !c.is_ascii_digit());
    let (whole, rest) = split_while(clock, |c| c.is_ascii_digit() || c == ':');
    let decimals = rest.strip_prefix(['.', ',']).unwrap_or_default();
    let (decimals, _) = split_while(decimals, |c| c.is_ascii_digit());
    let mut parts = whole.trim_end_matches(':').split(':').map(|it| it.parse::<u32>().ok());
    let seconds = parts.try_fold(0.0, |sum, part| Some(sum * 60.0 + f64::from(part?)))?;
    let add = |sum, decimal| (sum + f64::from(decimal - b'0')) / 10.0;
    let fraction = decimals.bytes().rev().fold(0.0, add);
    let seconds = (seconds + fraction) * unit;
    let am_or_pm = ["AM", "PM"].into_iter().find(|half| time.trim_end().ends_with(half));
    let of_day = |half| seconds % HALF_DAY + if half == "PM" { HALF_DAY } else { 0.0 };
    Some((date, am_or_pm.map_or(seconds, of_day)))
}

/// The rest of a text after the date or time that it starts with.
fn time(text: &str) -> Option<&str> {
    // Most texts start with neither, and can skip the comparison with every shape.
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    match (digits, text.as_bytes().get(digits)?) {
        (0, _) if starts_with_name(text.as_bytes()) => {}
        (2 | 4 | 8 | 10 | 13, b'-' | b'/' | b':' | b'.' | b' ' | b'T') => {}
        _ => return None,
    }
    let date = DATES.iter().find_map(|shape| after_shape(text, shape));
    let behind = date.map(|date| date.trim_start_matches(['T', ' ', ',', ':', '_']));
    let [whole, .., minutes, _] = CLOCKS.map(|(shape, _)| shape);
    let mut clocks = CLOCKS.iter().map(|(shape, _)| shape);
    let clock = after_shape(behind.unwrap_or(text), whole)
        .or_else(|| clocks.find_map(|shape| after_shape(behind?, shape)))
        .or(date);
    let Some(after) = clock else {
        let after = after_shape(text, minutes).map(after_zone);
        let after = after.filter(|after| after.starts_with([' ', ']']));
        return after.map(|after| after.strip_prefix(' ').unwrap_or(after));
    };
    let digits = after.strip_prefix(['.', ',']).unwrap_or("");
    let (digits, zone) = split_while(digits, |c| c.is_ascii_digit());
    Some(after_zone(if digits.is_empty() { after } else { zone }))
}

/// The rest of a text after the time zone that it starts with; the whole text if there is none.
fn after_zone(text: &str) -> &str {
    let named = start_among(&ZONES, text).map_or(text, |name| &text[name.len()..]);
    let signed = named.trim_start().strip_prefix(['+', '-']);
    // A shell puts `+` before the commands that it shows, so digits must follow.
    let signed = signed.filter(|text| text.starts_with(|c: char| c.is_ascii_digit()));
    signed.map_or(named, |text| text.trim_start_matches(|c: char| c.is_ascii_digit() || c == ':'))
}

/// Whether a text starts with the name of a month or a weekday.
fn starts_with_name(text: &[u8]) -> bool {
    let Some(name) = text.first_chunk::<3>() else { return false };
    let name = name.map(|byte| byte.to_ascii_lowercase());
    // Most words begin otherwise.
    b"jfmasondtw".contains(&name[0]) && MONTHS_AND_DAYS.contains(&&name)
}

/// The rest of a text after the shape that it starts with.
fn after_shape<'t>(text: &'t str, shape: &str) -> Option<&'t str> {
    let mut at = 0;
    for expected in shape.bytes() {
        at += match (expected, *text.as_bytes().get(at)?) {
            (b'0', byte) if byte.is_ascii_digit() => 1,
            (b'A', _) => starts_with_name(&text.as_bytes()[at..]).then_some(3)?,
            (expected, byte) if expected == byte => 1,
            _ => return None,
        };
    }
    Some(&text[at..])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::substrings::before;

    #[test]
    fn times_of_all_forms_start_a_log_record() {
        for line in [
            "2026-11-24T10:00:00.123Z x",
            "2026-11-24T10:00:00.123456789Z x",
            "2026-11-24 10:00:00,123 x",
            "2024/06/03 10:21:07 x",
            "[10:21:07.114] x",
            "[2024-06-03 10:21:07] x",
            "[2024/06/03 10:21] x",
            "10:00 x",
            "[10:00] x",
            "Jun  3 10:21:07 host x",
            "Nov 24 10:00:00 x",
            "Nov 25, 2026 10:00:00 AM x",
            "Mon Jun  3 10:21:07 2024 x",
            "03-JUN-2024 10:21:07 x",
            "10/Nov/2026:10:00:00 +0000 x",
            "20240603 x",
            "20240603T102107.114 x",
            "10:21PM INF x",
            "t=2024-06-03T10:21:07+0200 lvl=eror x",
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
    fn clocks_are_read_in_all_their_forms() {
        for (above, below, minutes) in [
            ("[2024/06/03 10:21] x", "[2024/06/03 11:02] y", 41.0),
            ("2024/06/03 10:21: x", "2024/06/03 11:02: y", 41.0),
            ("03/06/2024 9:59 x", "03/06/2024 10:01 y", 2.0),
            ("2024-06-03T10:21+08:00 x", "2024-06-03T10:22+08:00 y", 1.0),
            ("Jun 3, 2024 9:59:59 AM x", "Jun 3, 2024 10:00:59 AM y", 1.0),
            ("Jun 3, 2024 12:59:59 PM x", "Jun 3, 2024 1:00:59 PM y", 1.0),
            ("Jun 3, 2024 9:00:00 AM x", "Jun 3, 2024 9:01:00 PM y", 721.0),
        ] {
            let [below, above] = [below, above].map(|line| before(line, after_time(line).unwrap()));
            assert!((seconds_apart(below, above) - minutes * 60.0).abs() < 1.0, "{above}");
        }
    }
}
