//! What `curl --trace-ascii` shows of a connection: each line behind its place in what was
//! sent or received, and broken off at 64 bytes.

use super::curl_marks::LineKind;

/// What is said before a part that was received.
const RECEIVED: &str = "<= Recv ";
/// Bytes of a line.
const WIDTH: usize = 64;

/// The part of a trace whose lines are read.
#[derive(Debug)]
pub struct Trace {
    kind: LineKind,
    /// Where the next line starts that goes on with this one.
    next: Option<usize>,
}

impl Trace {
    /// None where a text is no trace.
    pub fn of(text: &str) -> Option<Self> {
        memchr::memmem::find(text.as_bytes(), RECEIVED.as_bytes())?;
        Some(Trace {
            kind: LineKind::Note,
            next: None,
        })
    }

    /// What kind of line one is, its text, and whether that goes on with the one above.
    pub fn line<'t>(&mut self, line: &'t str) -> Option<(LineKind, &'t str, bool)> {
        let starts = |mark: &str| line.starts_with(mark);
        if starts(RECEIVED) || starts("=> Send ") || starts("== Info: ") {
            self.kind = match line {
                _ if starts(RECEIVED) => LineKind::Plain,
                _ if starts("=> Send header") => LineKind::Request,
                _ => LineKind::Note,
            };
            self.next = None;
            return Some((LineKind::Note, line, false));
        }
        let place = crate::escapes::hexadecimal(line.get(..4)?.as_bytes())? as usize;
        let text = line[4..].strip_prefix(':')?;
        let text = text.strip_prefix(' ').unwrap_or(text);
        let goes_on = self.next == Some(place);
        self.next = (text.len() == WIDTH).then_some(place + WIDTH);
        Some((self.kind, text, goes_on))
    }
}
