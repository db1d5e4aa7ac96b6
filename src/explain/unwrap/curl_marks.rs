//! The lines of an unwrapped text, and the marks that `curl -v` puts before them.

use memchr::{memmem, memrchr};

use super::log_lines::Level;
use super::prefixes::{MAX_PREFIX, behind_prefixes};
use crate::explain::values::http::METHODS;
use crate::explain::values::start_among;

/// What `curl -v`, `wget` and Insomnia put before lines about a connection and of a request.
const NOTES: [&str; 5] = ["* ", "} [", "{ [", "==> ", "| {"];

/// A line of an unwrapped text.
#[derive(Debug, Clone, Copy)]
pub struct Line {
    pub start: usize,
    /// Before the line feed.
    pub end: usize,
    pub kind: LineKind,
    pub level: Option<Level>,
    /// Whether it is the first of another record, whatever stands above it.
    pub starts_record: bool,
}

/// What a line is, apart from what it says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LineKind {
    Plain,
    /// In a frame.
    Framed,
    /// Of the request, as `curl -v` shows it.
    Request,
    /// Of a response that a log shows line by line.
    Shown,
    /// About the connection.
    Note,
}

/// Whether a text has response headers as `curl -v` prints them. A quoted mail has the mark
/// of its requests, and a list that of its notes.
pub fn is_from_curl(text: &str) -> bool {
    let mut found = memmem::find_iter(text.as_bytes(), "< ");
    found.any(|at| {
        let reach = at.saturating_sub(MAX_PREFIX);
        let line = match memrchr(b'\n', &text.as_bytes()[reach..at]) {
            Some(feed) => reach + feed + 1,
            None if reach == 0 => 0,
            None => return false,
        };
        (at == line || behind_prefixes(&text[line..at]).is_empty())
            && text[at + 2..].starts_with(|c: char| c.is_ascii_alphanumeric())
    })
}

/// Whether a program marks the request as curl marks the response.
pub fn is_inverted(text: &str) -> bool {
    METHODS.iter().any(|method| {
        let start = format!("< {method} /");
        text.starts_with(&start)
            || memmem::find(text.as_bytes(), format!("\n{start}").as_bytes()).is_some()
    })
}

/// What kind of line one of `curl -v` is, and the line without its mark.
pub fn marked_by_curl(line: &str, is_inverted: bool) -> (LineKind, &str) {
    let (response, request) = if is_inverted { (">", "<") } else { ("<", ">") };
    let behind = |mark: &str| {
        line.strip_prefix(mark)
            .filter(|text| text.is_empty() || text.starts_with(' '))
    };
    if let Some(header) = behind(response) {
        (LineKind::Plain, header.strip_prefix(' ').unwrap_or(header))
    } else if let Some(header) = behind(request) {
        (
            LineKind::Request,
            header.strip_prefix(' ').unwrap_or(header),
        )
    } else if start_among(&NOTES, line).is_some() {
        (LineKind::Note, line)
    } else {
        (LineKind::Plain, line)
    }
}
