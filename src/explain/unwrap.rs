//! Text as it was before tools framed, wrapped, prefixed or escaped it.

use std::collections::HashMap;

use memchr::{memmem, memrchr};

use super::frames::{is_row, starts_paragraph, unframed};
use super::log_lines::{Level, container, is_access, level, starts_with_time, time};
use super::prefixes::{
    MAX_PREFIX, behind_prefixes, behind_repeated_prefix, behind_runner_time, goes_on, without_mark,
};
use super::resolve::{Escapes, contains};
use super::wrapped::{self, Joint};

/// What names the provider in a line of Terraform's debug log.
const PROVIDER: &str = "provider.terraform-provider-";
/// What closes a body that the next response may follow without a line end.
const BODY_ENDS: &[u8] = b"}]>";
/// What `curl -v` and `wget` put before lines about a connection.
const NOTES: [&str; 4] = ["* ", "} [", "{ [", "==> "];
/// A part of an input without what tools put around it.
#[derive(Debug, Default)]
pub struct Unwrapped {
    pub text: String,
    pub lines: Vec<Line>,
    /// Where pieces of the text start: in the original and in the text, by the original.
    pub pieces: Vec<(usize, usize)>,
    /// The same by the text.
    by_text: Vec<(usize, usize)>,
}

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
    /// About the connection.
    Note,
}

/// A line of the original, and what was found before its text.
struct RawLine<'t> {
    /// Where the text starts in the original.
    at: usize,
    text: &'t str,
    kind: LineKind,
    starts_record: bool,
    joint: Joint,
    container: usize,
}

impl RawLine<'_> {
    /// The line from its start in the original on.
    fn whole<'o>(&self, original: &'o str) -> &'o str {
        let before = memrchr(b'\n', &original.as_bytes()[..self.at]);
        &original[before.map_or(0, |feed| feed + 1)..self.at + self.text.len()]
    }
}

impl Unwrapped {
    /// Unwraps a part of a text that may start and end anywhere in a line.
    pub fn new(original: &str, starts_line: bool) -> Self {
        let mut lines = Lines::new(original);
        let mut at = 0;
        for (number, line) in original.split_inclusive('\n').enumerate() {
            let text = line.strip_suffix('\n').unwrap_or(line);
            let text = text.strip_suffix('\r').unwrap_or(text);
            lines.add(at, text, number > 0 || starts_line);
            at += line.len();
        }
        lines.into_text(original)
    }

    /// Where a place of the original stands in the text.
    pub fn place(&self, original: usize) -> usize {
        let next = self.pieces.partition_point(|(from, _)| *from <= original);
        let (from, to) = next.checked_sub(1).map_or((0, 0), |last| self.pieces[last]);
        (to + original - from).min(self.text.len())
    }

    /// Where a place of the text stands in the original.
    pub fn original(&self, place: usize) -> usize {
        let next = self.by_text.partition_point(|(_, to)| *to <= place);
        let (from, to) = next
            .checked_sub(1)
            .map_or((0, 0), |last| self.by_text[last]);
        from + place - to
    }

    /// The number of the line that a place is on.
    pub fn line_of(&self, place: usize) -> usize {
        let next = self.lines.partition_point(|line| line.start <= place);
        next.saturating_sub(1)
    }
}

/// The lines of a text, as they are taken apart.
struct Lines<'t> {
    all: Vec<RawLine<'t>>,
    /// The containers whose lines these are: their numbers, and the last line of each.
    containers: HashMap<&'t str, (usize, &'t str)>,
    from_curl: bool,
    from_terraform: bool,
}

impl<'t> Lines<'t> {
    fn new(original: &'t str) -> Self {
        Lines {
            all: Vec::new(),
            containers: HashMap::new(),
            from_curl: is_from_curl(original),
            from_terraform: contains(original, PROVIDER),
        }
    }

    fn add(&mut self, at: usize, line: &'t str, is_whole: bool) {
        if !is_whole {
            self.push(at, line, LineKind::Plain, false, 0);
            return;
        }
        let (name, mut text) = line.split_at(container(line));
        let number = self.containers.len();
        let last = self
            .containers
            .entry(name.trim_end())
            .or_insert((number, ""));
        let container = last.0;
        let previous = std::mem::replace(&mut last.1, text);
        let mut starts_record = false;
        if let Some(behind) = behind_runner_time(text) {
            text = behind;
            starts_record = !goes_on(text);
        }
        if let Some(behind) = self.behind_provider(text) {
            text = behind;
            starts_record = text.contains("Request URL");
        }
        let (unframed, framed) = unframed(text);
        let kind = if framed {
            starts_record |= text.trim_start().starts_with(['╷', '╭', '┌', '╔']);
            text = unframed;
            LineKind::Framed
        } else if let Some(behind) = behind_repeated_prefix(previous, text) {
            text = behind;
            LineKind::Plain
        } else {
            if starts_with_time(text) {
                let behind = time(text).map(|time| without_mark(&text[time.length..]));
                starts_record = !behind.is_some_and(goes_on);
            }
            self.kind(&mut text)
        };
        starts_record |= level(text).is_none() && is_access(text);
        starts_record &= framed || !text.is_empty();
        let at = at + (text.as_ptr() as usize - line.as_ptr() as usize);
        self.push(at, text, kind, starts_record, container);
    }

    /// What kind of line one is that stands in no frame; takes off the mark of curl.
    fn kind(&self, text: &mut &'t str) -> LineKind {
        if !self.from_curl {
            return LineKind::Plain;
        }
        if let Some(header) = text
            .strip_prefix("< ")
            .or((*text == "<").then(|| &text[1..]))
        {
            *text = header;
            return LineKind::Plain;
        }
        if let Some(header) = text
            .strip_prefix("> ")
            .or((*text == ">").then(|| &text[1..]))
        {
            *text = header;
            return LineKind::Request;
        }
        let is_note = NOTES.iter().any(|mark| text.starts_with(mark));
        if is_note {
            LineKind::Note
        } else {
            LineKind::Plain
        }
    }

    /// What stands behind the provider's name in a line of Terraform's debug log, and behind
    /// the time that the provider writes itself.
    fn behind_provider(&self, text: &'t str) -> Option<&'t str> {
        if !self.from_terraform || !starts_with_time(text) && !text.starts_with(PROVIDER) {
            return None;
        }
        let at = text.find(PROVIDER).filter(|at| *at < MAX_PREFIX)?;
        let text = &text[at..];
        let text = &text[text.find(": ")? + 2..];
        let Some(time) = time(text) else {
            return Some(text);
        };
        let behind = &text[time.length..];
        let level = behind.find("] ").filter(|end| *end < 16);
        Some(level.map_or(behind, |end| &behind[end + 2..]))
    }

    /// Adds a line; where a body ends and the next response follows on it, two.
    fn push(
        &mut self,
        at: usize,
        text: &'t str,
        kind: LineKind,
        starts_record: bool,
        container: usize,
    ) {
        if let Some(end) = next_response(text) {
            self.push(at, &text[..end], kind, starts_record, container);
            self.push(at + end, &text[end..], kind, true, container);
            return;
        }
        let before = self.all.last().filter(|line| line.container == container);
        let is_framed = |line: &RawLine| line.kind == LineKind::Framed;
        // A frame wraps long lines; an empty line, a list and the rows of a table are none
        // of these.
        let is_wrapped = |line: &&RawLine| {
            let is_text = is_framed(line) && !line.text.is_empty() && !is_row(line.text);
            is_text && kind == LineKind::Framed && !starts_paragraph(text)
        };
        let joint = match before.filter(is_wrapped) {
            Some(line) if wrapped::goes_on_in_url(line.text, text) => Joint::Nothing,
            Some(_) => Joint::Space,
            None => Joint::Line,
        };
        self.all.push(RawLine {
            at,
            text,
            kind,
            starts_record,
            joint,
            container,
        });
    }

    /// Joins the lines of diagnostics that were wrapped without a frame, with a log's prefix
    /// before it, or by the terminal behind it.
    fn join_diagnostics(&mut self, original: &str) {
        let mut number = 0;
        while let Some(first) = self.all.get(number) {
            let rest = &self.all[number..];
            number += 1;
            let own = rest.iter().take_while(|line| {
                line.kind == LineKind::Plain && line.container == first.container
            });
            if first.kind == LineKind::Framed && !first.text.is_empty() && !is_row(first.text) {
                self.join_tail(original, number);
            } else if let Some(prefix) = wrapped::prefix(first.text) {
                let lines = wrapped::diagnostic(prefix, &mut own.map(|line| line.text));
                let is_prefixed = !prefix.is_empty() && !lines.is_empty();
                self.all[number - 1].starts_record |= is_prefixed;
                for (line, found) in self.all[number..].iter_mut().zip(lines) {
                    line.at += line.text.len() - found.text.len();
                    line.text = found.text;
                    line.joint = found.joint;
                    line.starts_record = false;
                    number += 1;
                }
            }
        }
    }

    /// Joins the lines without a frame from `start` on, in a frame, with the one before.
    fn join_tail(&mut self, original: &str, start: usize) {
        let is_tail = |line: &&RawLine| {
            let is_text = line.kind == LineKind::Plain && !line.text.trim().is_empty();
            is_text && !line.starts_record && level(line.text).is_none()
        };
        let rest = &self.all[start..];
        let length = rest
            .iter()
            .take(wrapped::MAX_LINES)
            .take_while(is_tail)
            .count();
        if rest
            .get(length)
            .is_none_or(|line| line.kind != LineKind::Framed)
        {
            return;
        }
        let before = self.all[..start].iter().rev();
        let own = before.take_while(|line| line.kind == LineKind::Framed);
        let lines = rest[..length].iter().chain(own.take(wrapped::MAX_LINES));
        let widths = lines.map(|line| wrapped::width(line.whole(original)));
        let widest = widths.max().unwrap_or(0);
        for number in start..start + length {
            let before = self.all[number - 1].whole(original);
            let line = &mut self.all[number];
            line.joint = wrapped::tail(before, line.text, widest);
            line.kind = LineKind::Framed;
        }
    }

    /// Puts the lines together, those of each container one after another.
    fn into_text(mut self, original: &str) -> Unwrapped {
        if self.containers.len() > 1 {
            self.all.sort_by_key(|line| line.container);
        }
        if contains(original, wrapped::START) {
            self.join_diagnostics(original);
        }
        let escapes = Escapes::of(original);
        let mut unwrapped = Unwrapped {
            text: String::with_capacity(original.len()),
            ..Unwrapped::default()
        };
        let mut container = 0;
        for line in &self.all {
            if line.joint == Joint::Space {
                unwrapped.text.push(' ');
            }
            if line.joint == Joint::Line {
                if !unwrapped.lines.is_empty() {
                    unwrapped.text.push('\n');
                }
                let start = unwrapped.text.len();
                unwrapped.lines.push(Line {
                    start,
                    end: start,
                    kind: line.kind,
                    level: level(line.text),
                    starts_record: line.starts_record || line.container != container,
                });
            }
            container = line.container;
            escapes.resolve(
                line.at,
                line.text,
                &mut unwrapped.text,
                &mut unwrapped.pieces,
            );
            let end = unwrapped.text.len();
            if let Some(last) = unwrapped.lines.last_mut() {
                last.end = end;
            }
        }
        unwrapped.by_text.clone_from(&unwrapped.pieces);
        unwrapped.pieces.sort_unstable();
        unwrapped
    }
}

/// Whether a text has response headers as `curl -v` prints them. A quoted mail has the mark
/// of its requests, and a list that of its notes.
fn is_from_curl(text: &str) -> bool {
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

/// Where the next response starts on the line of a body.
fn next_response(text: &str) -> Option<usize> {
    // Most lines are not looked at more than once.
    let at = memmem::find(text.as_bytes(), b"HTTP/").filter(|at| *at > 0)?;
    BODY_ENDS.contains(&text.as_bytes()[at - 1]).then_some(at)
}
