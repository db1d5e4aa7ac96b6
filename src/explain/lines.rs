//! Lines of a text, and what kind of line one is.

use memchr::{memchr, memrchr};

/// Whether two places are on one line.
pub fn is_on_line(text: &str, a: usize, b: usize) -> bool {
    memchr(b'\n', &text.as_bytes()[a.min(b)..a.max(b)]).is_none()
}

/// Where the line of a place starts.
pub fn line_start(text: &str, at: usize) -> usize {
    memrchr(b'\n', &text.as_bytes()[..at]).map_or(0, |newline| newline + 1)
}

/// Where the line of a place ends, before its line feed.
pub fn line_end(text: &str, at: usize) -> usize {
    memchr(b'\n', &text.as_bytes()[at..]).map_or(text.len(), |newline| at + newline)
}

/// Whether a line is the first of a response.
pub fn is_status_line(line: &str) -> bool {
    line.trim_start()
        .get(..5)
        .is_some_and(|start| start.eq_ignore_ascii_case("HTTP/"))
}

/// Whether a line starts a new record of a log.
pub fn starts_record(text: &str) -> bool {
    starts_with_time(text) || is_object(text)
}

/// Whether the first line is a JSON object, whole.
pub fn is_object(text: &str) -> bool {
    let line = text[..line_end(text, 0)].trim_end();
    line.starts_with('{') && line.ends_with('}')
}

/// Whether the first line starts as those of a log do: with a date, a time or a level.
pub fn starts_with_time(text: &str) -> bool {
    let line = text[..line_end(text, 0)].trim_start_matches(['[', '<', '(']);
    let shape: String = line
        .chars()
        .take(10)
        .map(|c| if c.is_ascii_digit() { '0' } else { c })
        .collect();
    let date_or_time = [
        "0000-00-00",
        "0000/00/00",
        "00:00:00",
        "00:00 ",
        "00/",
        "00000000 ",
    ];
    let months = [
        "Jan ", "Feb ", "Mar ", "Apr ", "May ", "Jun ", "Jul ", "Aug ", "Sep ", "Oct ", "Nov ",
        "Dec ",
    ];
    let keys = ["time=", "ts=", "level=", "timestamp="];
    date_or_time.iter().any(|start| shape.starts_with(start))
        || months
            .iter()
            .chain(&keys)
            .any(|start| line.starts_with(start))
}
