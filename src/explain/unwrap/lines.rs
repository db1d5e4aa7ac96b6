//! The lines of a text: as they were, and as they are unwrapped.

use super::times_and_levels::Level;

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
    /// Of a request that is shown line by line.
    Request,
    /// Of a response that is shown line by line.
    Response,
    /// About the connection.
    Note,
}

/// A line of the original, and what was found before its text.
pub struct RawLine<'t> {
    /// Where the text starts in the original.
    pub at: usize,
    pub text: &'t str,
    pub kind: LineKind,
    pub starts_record: bool,
    /// The number of its stream.
    pub stream: usize,
    /// How it follows the one above, where that is known already.
    pub joint: Joint,
}

/// How a line follows the one before.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Joint {
    Line,
    /// It was wrapped between two words.
    Space,
    /// It was broken within a word.
    Nothing,
}
