//! The lines of a text before and after it is unwrapped.

use super::levels::Level;

/// A line of an unwrapped text.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Line {
    pub start: usize,
    /// Before the line feed.
    pub end: usize,
    pub kind: LineKind,
    pub level: Option<Level>,
    /// Whether what stood before its text marks it as the first line of a log record.
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
    /// A part of a request that is shown line by line.
    Request,
    /// A part of a response that is shown line by line.
    Response,
    /// About the connection, a brace of Jenkins, or only a tag around rows.
    PassedOver,
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
    /// The text in place of the line feed before it, if it goes on with the line above.
    pub joint: Option<&'static str>,
}
