//! Reads the fields in a text, and the containers that they stand in, in one tolerant pass.
//!
//! A container that is never closed is dropped, such as a brace in prose or an object that is cut
//! off. A quote opens a string only where a value may start, and only if the string is closed on
//! its line or soon below. Time and memory are linear in the text.

use memchr::memchr;

use super::labelled_fields::value_behind_tags;
use super::tags::TAG;
use super::value_wrappers::{BEFORE_QUOTES, starts_pair};
use super::{Kind, LIST_MEMBER, Part};
use crate::explain::lines::Unwrapped;
use crate::explain::lines::line::LineKind;
use crate::explain::values::labels::{Label, LabelMeaning, is_label_char};
use crate::explain::values::unlabelled::{field_at, request_line};
use crate::explain::values::unlabelled_id::id_in_brackets_behind;
use crate::explain::values::{Field, Role, can_start_word_after, next_part};
use crate::substrings::{byte_set, end_of, start_of_line};

/// How deep containers may be nested; deeper ones are ignored.
const MAX_DEPTH: usize = 64;
/// How many bytes may be searched for the ends of strings and tags, for each byte of the text.
const MAX_LOOK_AHEAD: usize = 24;
/// The most bytes before a container that are searched for its key.
const MAX_KEY_OF_MEMBER: usize = 64;
/// How many lines a string may go on below its first. Below the first `MAX_AT_MARGIN` of these,
/// each further line must be indented.
const MAX_STRING_LINES: usize = 12;
const MAX_AT_MARGIN: usize = 3;

/// Bytes at which a field or a container may start or end. `field_at` takes letters and digits.
const STRUCTURAL: [bool; 256] = byte_set(b"\n{}[]()\"'`<:=/HhRrGPDBATIi45\xe3\xef");
/// The closing byte noted for an open string. No byte closes a string: its end is known.
const STRING: u8 = b'"';

/// A container whose end has not been reached.
#[derive(Debug, Clone, Copy)]
pub(super) struct OpenContainer {
    pub part: usize,
    closes: u8,
    /// Where the string ends that this container is or stands in; outside strings, the text.
    until: usize,
}

/// The columns of the current table: what each means, and the character between them.
#[derive(Debug, Default)]
pub(super) struct Columns {
    pub meanings: Vec<Option<LabelMeaning>>,
    pub separator: Option<char>,
    /// Whether a row of the table was a label and its value.
    pub has_labels: bool,
    /// Where the last row of several lines ends. Lines before this offset have been read.
    pub row_end: usize,
    /// Parts of rows without a known cell: items, unless a later row is a label and its value.
    pub presumed_items: Vec<usize>,
}

/// The text, and what has been read of it so far.
pub(super) struct Scanner<'t> {
    pub text: &'t str,
    pub unwrapped: &'t Unwrapped,
    pub line: usize,
    /// For each line, its value if the line is no more than that.
    pub values_alone: Vec<Option<(Role, &'t str)>>,
    pub parts: Vec<Part<'t>>,
    pub open_containers: Vec<OpenContainer>,
    pub fields: Vec<Field>,
    /// How many more bytes may be searched ahead.
    budget: usize,
    /// What the name of a pair says of the value to come, and how many containers are open there.
    pub pair: Option<(Label, usize)>,
    /// The columns of the current table.
    pub columns: Columns,
    /// Whether the current line stands below a rule with several columns or a head in capitals.
    pub is_in_table: bool,
}

impl<'t> Scanner<'t> {
    pub(super) fn new(unwrapped: &'t Unwrapped) -> Self {
        let lines = unwrapped.lines.iter().map(|line| &unwrapped.text[line.start..line.end]);
        Scanner {
            text: &unwrapped.text,
            unwrapped,
            line: 0,
            values_alone: lines.map(value_behind_tags).collect(),
            parts: Vec::new(),
            open_containers: Vec::new(),
            fields: Vec::new(),
            budget: unwrapped.text.len() * MAX_LOOK_AHEAD,
            pair: None,
            columns: Columns::default(),
            is_in_table: false,
        }
    }

    /// Reads the text. Returns the containers that are closed, and the fields in order.
    pub(super) fn read(mut self) -> (Vec<Part<'t>>, Vec<Field>) {
        let bytes = self.text.as_bytes();
        let mut at = self.start_line(0);
        while at < bytes.len() {
            let limit = self.limit();
            if at >= limit {
                at = self.close_string(at);
                continue;
            }
            let rest = &bytes[at..limit];
            let is_structural = |(skipped, byte): (usize, &u8)| {
                STRUCTURAL[usize::from(*byte)]
                    && (!byte.is_ascii_alphanumeric()
                        || can_start_word_after(&bytes[..at + skipped]))
            };
            let skipped = rest.iter().enumerate().position(is_structural);
            at += skipped.unwrap_or(rest.len());
            if at < limit {
                at = self.read_at(at, bytes[at]);
            }
        }
        self.parts.retain(|part| !part.place.is_empty());
        self.fields.sort_by_key(|field| field.start);
        self.end_messages();
        (self.parts, self.fields)
    }

    /// Where the current string ends; outside strings, where the text ends.
    pub(super) fn limit(&self) -> usize {
        self.open_containers.last().map_or(self.text.len(), |open| open.until)
    }

    /// Reads what starts or ends at a structural byte. Returns where to go on.
    fn read_at(&mut self, at: usize, byte: u8) -> usize {
        match byte {
            b'\n' => {
                self.line += 1;
                return self.start_line(at + 1);
            }
            b'{' => self.open_bracket(at, Kind::Object, b'}'),
            b'(' => {
                self.fields.extend(id_in_brackets_behind(self.text, at));
                self.open_bracket(at, Kind::Object, b')');
            }
            b'[' => {
                // `request id[…]`, or an object of Java: `Result[status=404, …]`.
                self.fields.extend(id_in_brackets_behind(self.text, at));
                let is_named = self.text[..at].ends_with(|c: char| c.is_ascii_alphanumeric());
                if is_named {
                    self.read_labelled(at, 1);
                }
                let inside = self.text[at + 1..].trim_start_matches(is_label_char);
                let is_object = is_named && inside.starts_with('=');
                self.open_bracket(at, if is_object { Kind::Object } else { Kind::List }, b']');
            }
            b'}' | b']' | b')' => self.close_container(byte, None, at + 1),
            b'"' | b'\'' | b'`' => return self.read_quote(at),
            b'<' => self.read_tag(at),
            b'=' if self.text[at..].starts_with("=>") => self.read_labelled(at, 2),
            b':' | b'=' => self.read_labelled(at, 1),
            0xe3 | 0xef => self.read_behind_wide_mark(at),
            _ => self.fields.extend(field_at(self.text, at)),
        }
        at + 1
    }

    /// Starts a line: drops what another log record leaves open, except elements; then reads a
    /// request that is shown line by line, or a value alone and a row. Returns where to go on.
    fn start_line(&mut self, at: usize) -> usize {
        let Some(line) = self.unwrapped.lines.get(self.line) else { return at };
        if line.starts_log_record {
            self.open_containers.retain(|open| open.closes == TAG);
        }
        match line.kind {
            LineKind::PassedOver => line.end.max(at),
            LineKind::Framed if line.start == line.end => at,
            LineKind::Request => {
                let found = request_line(self.text, line.start..line.end);
                self.fields.extend(found);
                line.end.max(at)
            }
            LineKind::Plain | LineKind::Framed | LineKind::Response => {
                if self.limit() == self.text.len() {
                    let place = line.start..line.end;
                    self.read_value_alone(place.clone());
                    self.read_row(place);
                }
                at
            }
        }
    }

    /// Opens the container whose bracket is at `at`.
    fn open_bracket(&mut self, at: usize, kind: Kind, closes: u8) {
        // Blocks of the same name are items, like the messages of protobuf. A word before `(` or
        // `[` within a line is no name: `failed (400)`.
        let is_block = closes == b'}' || self.text[at + 1..].starts_with('\n');
        let before = &self.text[..at];
        let (kind, name) = match block_name(before) {
            _ if is_numbered(before) => (Kind::Element, "=>"),
            Some(name) if is_block => (kind, name),
            None if may_be_member(before) => (kind, LIST_MEMBER),
            _ => (kind, ""),
        };
        self.open_container(Part::named(kind, at..at, name), closes, self.limit());
    }

    /// Opens a container. `until` is where the string ends that the container is or stands in.
    pub(super) fn open_container(&mut self, part: Part<'t>, closes: u8, until: usize) {
        if self.open_containers.len() < MAX_DEPTH {
            self.open_containers.push(OpenContainer { part: self.parts.len(), closes, until });
            self.parts.push(part);
        }
    }

    /// Closes the innermost container of the current string that the byte `closes` ends and that
    /// has `name`, if one is given. The container ends at `end`; what is open inside is dropped.
    pub(super) fn close_container(&mut self, closes: u8, name: Option<&str>, end: usize) {
        let last = self.open_containers.iter().rposition(|open| {
            let has_name = || name.is_none_or(|name| self.parts[open.part].name == name);
            open.closes == STRING || open.closes == closes && has_name()
        });
        if let Some(last) = last
            && self.open_containers[last].closes == closes
        {
            self.parts[self.open_containers[last].part].place.end = end;
            self.open_containers.truncate(last);
        }
    }

    /// Closes the string that ends at or before `at`, and reads the value that it may name. Returns
    /// where to go on.
    fn close_string(&mut self, at: usize) -> usize {
        let Some(string) = self.open_containers.iter().rposition(|open| open.closes == STRING)
        else {
            return self.text.len();
        };
        let place = self.parts[self.open_containers[string].part].place.clone();
        self.open_containers.truncate(string);
        let after = place.end + 1;
        self.read_pair_after(place, after);
        at.max(after)
    }

    /// Reads a quote, which opens a string if a value may start there. Returns where to go on.
    fn read_quote(&mut self, at: usize) -> usize {
        let inside = at + 1;
        if may_start_value(&self.text[..at])
            && let Some(end) = self.string_end(at, at)
        {
            self.open_container(Part::new(Kind::Quoted, inside..end), STRING, end);
        }
        inside
    }

    /// Finds the end of the string whose first quote is at `at`. The backslashes before that quote
    /// start at `opening`.
    pub(super) fn string_end(&mut self, opening: usize, at: usize) -> Option<usize> {
        let bytes = self.text.as_bytes();
        let (limit, backslashes) = (self.limit_of_string(bytes[at]), at - opening);
        let (mut quote, mut search) = (at, at + 1);
        let mut are_doubled = doubles_quotes(self.text, at);
        loop {
            let rest = bytes.get(search..limit).unwrap_or_default();
            let Some(skipped) = memchr(bytes[quote], rest) else {
                self.spend(rest.len() / 8);
                return None;
            };
            let has_budget = self.spend(skipped + 8);
            let run = rest[..skipped].iter().rev().take_while(|b| **b == b'\\').count();
            search += skipped + 1;
            if are_doubled && skipped > 0 && bytes.get(search) == Some(&b'\'') {
                search += 1;
            } else if let Some(next) = quote_of_next_part(self.text, at, search) {
                (quote, search) = (next, next + 1);
            } else if run == backslashes && closes_string(&self.text[search..]) {
                return Some(search - 1 - run);
            } else if !has_budget {
                return None;
            } else {
                are_doubled = false;
            }
        }
    }

    /// Whether `''` stands for a quote in the string that opens at `at`, or in a string around it.
    pub(super) fn is_in_doubling_string(&self, at: usize) -> bool {
        let open = self.open_containers.iter().filter(|open| open.closes == STRING);
        let mut around = open.map(|open| self.parts[open.part].place.start - 1);
        doubles_quotes(self.text, at) || around.any(|quote| doubles_quotes(self.text, quote))
    }

    /// The offset before which a string with this quote must be closed.
    fn limit_of_string(&self, quote: u8) -> usize {
        // A line feed that was an escape ends no line here.
        let lines = self.unwrapped.lines.get(self.line..).unwrap_or_default();
        // Code in Markdown ends on its line.
        let max_lines = if quote == b'`' { 0 } else { MAX_STRING_LINES };
        let below = lines.iter().enumerate().skip(1).take(max_lines);
        let below = below.take_while(|(number, line)| {
            let is_indented = self.text[line.start..line.end].starts_with(' ');
            !line.starts_log_record
                && line.end > line.start
                && (*number <= MAX_AT_MARGIN || is_indented)
        });
        let last = below.last().map(|(_, line)| line).or(lines.first());
        last.map_or(self.text.len(), |line| line.end).min(self.limit())
    }

    /// Takes bytes off the budget. Returns whether any are left.
    pub(super) fn spend(&mut self, bytes: usize) -> bool {
        self.budget = self.budget.saturating_sub(bytes);
        self.budget > 0
    }
}

/// Finds the quote of the next part of a string, on the line below the part that ends at `end`. The
/// quote must not stand further left than the quote of the first part, at `first`.
fn quote_of_next_part(text: &str, first: usize, end: usize) -> Option<usize> {
    let part = next_part(text[end..].strip_prefix('\n')?)?;
    let quote = text.len() - part.len() - 1;
    let column = |at: usize| at - start_of_line(text, at);
    (column(quote) >= column(first)).then_some(quote)
}

/// Whether the quote at `at` opens a string of YAML in which quotes are doubled: `message: 'Policy
/// doesn''t …'`.
fn doubles_quotes(text: &str, at: usize) -> bool {
    text[at..].starts_with('\'') && text[..at].ends_with(": ")
}

/// Whether a quote closes a string, by what follows it.
fn closes_string(after: &str) -> bool {
    let next = after.trim_start_matches(' ');
    match next.chars().next() {
        Some(c) => {
            "\n.,?{}]):;|&=<>\\\"'`/│".contains(c) || next.len() < after.len() && starts_pair(next)
        }
        None => true,
    }
}

/// Whether a value may start after the text `before`.
fn may_start_value(before: &str) -> bool {
    let starts = |text: &str| {
        let text = text.trim_end_matches([' ', '\t']);
        text.is_empty() || text.ends_with([':', ',', '[', '{', '=', '(', '>', '\n', '|', '：'])
    };
    let marked = before.strip_suffix(BEFORE_QUOTES);
    starts(before) || marked.is_some_and(starts)
}

/// The word before the bracket of a block: `calls` in `calls {`.
fn block_name(before: &str) -> Option<&str> {
    let before = before.strip_suffix(' ')?;
    let name = &before[before.trim_end_matches(is_label_char).len()..];
    (!name.is_empty()).then_some(name)
}

/// Whether the container that follows may be a member of a list. It may not behind several words
/// and a colon, as in a sentence.
fn may_be_member(before: &str) -> bool {
    let Some(key) = before.trim_end_matches(' ').strip_suffix(':') else { return true };
    let borders = |c: char| "[](){},\n".contains(c);
    let key = end_of(key, MAX_KEY_OF_MEMBER).rsplit(borders).next().unwrap_or_default().trim();
    !key.contains(' ')
}

/// Whether the container that follows is a member of a PHP array whose key is a number:
/// `[0] => Array (`, `[0]=>\n  array(2) {`, `0 =>\n  array (`.
fn is_numbered(before: &str) -> bool {
    end_of(before, MAX_KEY_OF_MEMBER).rsplit_once("=>").is_some_and(|(key, _)| {
        let key = key.trim_end().trim_end_matches(']');
        key.ends_with(|c: char| c.is_ascii_digit())
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::CLIENTS;

    /// The scanner would never find a sentence whose first byte is not in the set.
    #[test]
    fn the_scanner_stops_at_every_sentence_before_a_request() {
        let sentences = CLIENTS.iter().flat_map(|client| client.sentences.iter());
        let before_requests: Vec<_> = sentences.filter(|it| it.says.ends_with(':')).collect();
        assert!(!before_requests.is_empty());
        for sentence in before_requests {
            let text = format!("{} [GET https://example.com/v1/a]", sentence.says);
            let field = field_at(&text, 0).map(|field| (field.role, field.value(&text)));
            assert!(STRUCTURAL[usize::from(text.as_bytes()[0])], "{text}");
            assert_eq!(field, Some((Role::HttpStatus, sentence.status.to_string())), "{text}");
        }
    }
}
