//! The lines of a text: as they were, and as they are unwrapped.

use super::levels::Level;

/// A line of an unwrapped text.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Line {
    pub start: usize,
    /// Before the line feed.
    pub end: usize,
    pub kind: LineKind,
    pub level: Option<Level>,
    /// Whether it is the first of another log record, whatever stands above it.
    pub starts_log_record: bool,
    /// The number of its stream.
    pub stream: usize,
}

/// What a line is, apart from what it says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum LineKind {
    Plain,
    /// In a frame.
    Framed,
    /// Of a request that is shown line by line.
    Request,
    /// Of a response that is shown line by line.
    Response,
    /// About the connection.
    Note,
}

/// A line of the original, and what was found before its text.
#[derive(Clone, Copy)]
pub(crate) struct RawLine<'t> {
    /// A part of the original.
    pub text: &'t str,
    pub kind: LineKind,
    pub starts_log_record: bool,
    /// The number of its stream.
    pub stream: usize,
    /// The text in place of the line feed before it, where that is no end of a line.
    pub joint: Option<&'static str>,
}
