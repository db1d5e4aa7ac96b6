//! Lines of a text.

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
