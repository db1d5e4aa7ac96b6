//! One tolerant pass over a text: the labelled values in it, and the containers that they
//! stand in. Together with the records (`records`) these are one tree.
//!
//! What is not closed contains nothing: a brace in prose, an object that is cut off. A quote
//! opens a string only where a value may start, and only if it is closed on its line or soon
//! after. Time and memory are linear in the text.

use memchr::memchr;

use super::labels::Label;
use super::lines::LineKind;
use super::strings::{Style, has_key, may_start_value};
use super::tree::{Container, Field, Kind};
use super::unlabelled::{Found, field_at, request_line};
use super::unwrap::Unwrapped;
use super::values::{MAX_BACKSLASHES, Role, next_part};

/// Containers that may be open at a place; those beyond are none.
const MAX_DEPTH: usize = 64;
/// Bytes looked ahead for the ends of strings and tags, for each byte of the text.
const LOOK_AHEAD: usize = 16;
/// Lines below its own on which a string may end.
const MAX_STRING_LINES: usize = 3;

/// A container that is open, and what closes it.
#[derive(Debug, Clone, Copy)]
pub struct Open {
    pub container: usize,
    pub closes: u8,
}

/// The columns of the table that is read: what each means, and what is between them.
#[derive(Debug, Default)]
pub struct Columns {
    pub meanings: Vec<Option<(Role, u8)>>,
    pub separator: Option<char>,
    /// The cells of the row above: whether each is empty, and the number of its field.
    pub above: Vec<(bool, Option<usize>)>,
    /// The number of the container of that row.
    pub row: Option<usize>,
}

pub struct Reader<'t> {
    pub text: &'t str,
    pub unwrapped: &'t Unwrapped,
    pub line: usize,
    pub containers: Vec<Container>,
    pub open: Vec<Open>,
    /// The strings that are open: where each and its quote end, and how much was open around.
    pub strings: Vec<(usize, usize, usize)>,
    pub fields: Vec<Field>,
    /// Bytes that may still be looked ahead.
    pub budget: usize,
    /// Where the string at a place ends, as found last.
    last_string: Option<(usize, usize)>,
    /// The name of a pair, and the container that its value is expected in.
    pub pair: Option<(Label, usize)>,
    /// The table that is read.
    pub columns: Columns,
}

/// Bytes at which something may start or end.
const MARKS: [bool; 256] = {
    let mut marks = [false; 256];
    let bytes = b"\n{}[]()\"'`\\<:=HhRrGPDBATI012345\xef";
    let mut at = 0;
    while at < bytes.len() {
        marks[bytes[at] as usize] = true;
        at += 1;
    }
    marks
};

impl<'t> Reader<'t> {
    pub fn new(unwrapped: &'t Unwrapped) -> Self {
        Reader {
            text: &unwrapped.text,
            unwrapped,
            line: 0,
            containers: Vec::new(),
            open: Vec::new(),
            strings: Vec::new(),
            fields: Vec::new(),
            budget: unwrapped.text.len() * LOOK_AHEAD,
            last_string: None,
            pair: None,
            columns: Columns::default(),
        }
    }

    /// The containers that are closed, and the fields in order, of which messages that stand
    /// without quotes are still open.
    pub fn read(mut self) -> (Vec<Container>, Vec<Field>) {
        let bytes = self.text.as_bytes();
        let mut at = self.start_line(0);
        while at < bytes.len() {
            if let Some(&(end, behind, depth)) = self.strings.last()
                && at >= end
            {
                self.strings.pop();
                self.open.truncate(depth);
                self.pair_behind(behind);
                at = at.max(behind);
                continue;
            }
            let limit = self.limit();
            let rest = &bytes[at..limit];
            let skipped = rest.iter().position(|byte| MARKS[usize::from(*byte)]);
            at += skipped.unwrap_or(rest.len());
            if at >= limit {
                continue;
            }
            at = self.mark(at, bytes[at]);
        }
        self.containers.retain(|container| container.is_closed);
        self.fields.sort_by_key(|field| field.start);
        (self.containers, self.fields)
    }

    /// Where the string ends that is read, or the text.
    pub fn limit(&self) -> usize {
        self.strings
            .last()
            .map_or(self.text.len(), |(end, ..)| *end)
    }

    /// Reads what may start or end at a mark; gives the place to go on at.
    fn mark(&mut self, at: usize, byte: u8) -> usize {
        match byte {
            b'\n' => {
                self.heading(at);
                self.line += 1;
                return self.start_line(at + 1);
            }
            b'{' => self.open(at, Kind::Object, b'}'),
            b'[' => {
                self.bracketed(at);
                self.open(at, Kind::List, b']');
            }
            b'(' => self.open(at, Kind::Object, b')'),
            b'}' | b']' | b')' => self.close(at, byte),
            b'"' | b'\'' | b'`' => return self.quote(at, 0),
            b'\\' => {
                let run = self.text.as_bytes()[at..]
                    .iter()
                    .take_while(|b| **b == b'\\')
                    .count();
                let behind = at + run;
                return match self.text.as_bytes().get(behind) {
                    Some(b'"' | b'\'' | b'`')
                        if run <= MAX_BACKSLASHES && behind < self.limit() =>
                    {
                        self.quote(behind, run)
                    }
                    // An escape of one character, which is no mark.
                    Some(c) if run % 2 == 1 && c.is_ascii_alphanumeric() => behind + 1,
                    _ => behind,
                };
            }
            b'<' => self.tag(at),
            b':' | b'=' => {
                self.labelled(at, 1);
                if byte == b':' {
                    self.keyword(at);
                }
            }
            0xef if self.text[at..].starts_with('：') => self.labelled(at, '：'.len_utf8()),
            _ => {
                let found = field_at(self.text, at);
                self.add_found(at, found);
            }
        }
        at + 1
    }

    /// Passes over lines that say nothing of a response; ends what another record leaves open.
    fn start_line(&mut self, at: usize) -> usize {
        let Some(line) = self.unwrapped.lines.get(self.line) else {
            return at;
        };
        if line.starts_record || line.level.is_some() {
            self.open.clear();
            self.strings.clear();
        }
        match line.kind {
            LineKind::Note => line.end.max(at),
            LineKind::Request => {
                let found = request_line(self.text, line.start..line.end);
                self.add_found(line.start, found);
                line.end.max(at)
            }
            LineKind::Plain | LineKind::Framed | LineKind::Shown => {
                if line.kind == LineKind::Framed && line.start == line.end {
                    self.columns.above.clear();
                } else if self.strings.is_empty() {
                    self.line_as_row(line.start..line.end);
                }
                at
            }
        }
    }

    /// Adds a value without a label.
    fn add_found(&mut self, start: usize, found: Option<Found>) {
        self.fields.extend(found.map(|found| Field {
            role: found.role,
            rank: found.rank,
            start,
            place: found.place,
            written: found.written,
            is_open: false,
            node: 0,
        }));
    }

    fn open(&mut self, at: usize, kind: Kind, closes: u8) {
        let is_numbered = is_numbered(&self.text[..at]);
        self.push(
            Container {
                is_numbered,
                ..Container::new(kind, at..at)
            },
            closes,
        );
    }

    pub fn push(&mut self, container: Container, closes: u8) {
        if self.open.len() < MAX_DEPTH {
            self.open.push(Open {
                container: self.containers.len(),
                closes,
            });
            self.containers.push(container);
        }
    }

    /// Closes the innermost container that the byte closes. It leaves open ones that are more
    /// certain: a parenthesis closes no brace.
    fn close(&mut self, at: usize, byte: u8) {
        let certainty = |byte: u8| [b')', b']', b'}'].iter().position(|it| *it == byte);
        let floor = self.strings.last().map_or(0, |(.., depth)| *depth);
        let open = self.open.get(floor..).unwrap_or_default();
        let kept = open
            .iter()
            .rposition(|open| open.closes == byte || certainty(open.closes) > certainty(byte));
        let Some(own) = kept.filter(|kept| open[*kept].closes == byte) else {
            return;
        };
        self.close_at(floor + own, at + 1);
    }

    pub fn close_at(&mut self, own: usize, end: usize) {
        let container = &mut self.containers[self.open[own].container];
        container.place.end = end;
        container.is_closed = true;
        self.open.truncate(own);
    }

    /// Reads a quote behind `backslashes`: opens a string where a value may start.
    fn quote(&mut self, at: usize, backslashes: usize) -> usize {
        let inside = at + 1;
        let opening = at - backslashes;
        if !may_start_value(&self.text[..opening]) {
            return inside;
        }
        let Some(end) = self.string_end(opening, at) else {
            return inside;
        };
        if self.strings.len() < MAX_DEPTH && self.containers.len() < self.text.len() {
            let behind = end + backslashes + 1;
            self.strings.push((end, behind, self.open.len()));
            self.containers.push(Container {
                is_closed: true,
                ..Container::new(Kind::Text, inside..end)
            });
        }
        inside
    }

    /// Where the string ends whose quote is at `at`, its backslashes from `opening` on.
    pub fn string_end(&mut self, opening: usize, at: usize) -> Option<usize> {
        if let Some((known, end)) = self.last_string
            && known == at
        {
            return Some(end);
        }
        let bytes = self.text.as_bytes();
        let (mut quote, backslashes, from) = (bytes[at], at - opening, at + 1);
        let lines = &self.unwrapped.lines[self.line..];
        let own_end = lines.first().map_or(self.text.len(), |line| line.end);
        let below = lines.iter().skip(1).take(MAX_STRING_LINES);
        let below = below.take_while(|line| !line.starts_record && line.end > line.start);
        let last_end = below.last().map_or(own_end, |line| line.end);
        let limit = self.limit();
        let style = Style::of(self.text, opening, from);
        let mut first = None;
        let mut search = from;
        let end = last_end.min(limit);
        while let Some(next) = memchr(quote, bytes.get(search..end)?) {
            let next = search + next;
            self.budget = self.budget.saturating_sub(next - search + 8);
            search = next + 1;
            let run = bytes[from..next]
                .iter()
                .rev()
                .take(64)
                .take_while(|b| **b == b'\\')
                .count();
            let closes = run == backslashes || (backslashes == 0 && run % 2 == 0);
            if closes {
                let content_end = next - run.min(backslashes);
                if style.closes(&self.text[from..content_end], &self.text[search..]) {
                    first = Some(content_end);
                    // Python lays a long string out as several.
                    let Some(next) = next_part(&self.text[search..end]).filter(|_| run == 0) else {
                        break;
                    };
                    (quote, search) = (bytes[search + next], search + next + 1);
                    continue;
                }
                first = first.or((next <= own_end && backslashes == 0).then_some(content_end));
            }
            if self.budget == 0 {
                break;
            }
        }
        self.budget = self.budget.saturating_sub(end.saturating_sub(search) / 8);
        // The end of a string that has others inside is not certain.
        first = first.filter(|end| *end <= own_end || !has_key(&self.text[from..*end]));
        self.last_string = first.map(|end| (at, end));
        first
    }
}

/// Whether the container that follows is a member whose label is a number: `[0] => Array (`.
fn is_numbered(before: &str) -> bool {
    let reach = before.len().saturating_sub(64);
    let bytes = before.as_bytes()[reach..].trim_ascii_end();
    let kinds: [&[u8]; 3] = [b"Array", b"Object", b")"];
    let kind = kinds.iter().find_map(|kind| bytes.strip_suffix(*kind));
    let bytes = match kind {
        Some(rest) => {
            let length = rest.iter().rev().take_while(|b| !b">:".contains(b)).count();
            &rest[..rest.len() - length]
        }
        None => bytes,
    };
    let bytes = bytes.trim_ascii_end();
    let Some(key) = bytes.strip_suffix(b"=>").or(bytes.strip_suffix(b":")) else {
        return false;
    };
    let key = key.trim_ascii_end();
    let key = key
        .strip_suffix(b"]")
        .or(key.strip_suffix(b"\""))
        .unwrap_or(key);
    let digits = key.iter().rev().take_while(|b| b.is_ascii_digit()).count();
    let before = key[..key.len() - digits].last();
    digits > 0 && before.is_none_or(|byte| b"[\"' {,\n\t".contains(byte))
}
