//! The fields of a text: labels, and the values that belong to them.

use std::ops::Range;

use memchr::memchr;

use super::labels::{Label, MAX_MARKUP, label, label_before, meaning_of};
use super::strings::{before_value, is_form, yaml_block};
use super::tokens::Reader;
use super::tree::{Field, Kind};
use super::values::{MAX_BACKSLASHES, Role, Written, can_be, decoded, is_error_code, is_id};
use crate::message::start_of;

/// Bytes of a value without quotes that is no message.
const MAX_WORD: usize = 4096;
/// Bytes of the name of a pair.
const MAX_NAME: usize = 64;
/// Bytes of a value up to which it is checked whether it can be one of its label.
const MAX_CHECKED: usize = 256;

impl Reader<'_> {
    /// Reads the field whose label ends at the separator of `length` bytes at `at`.
    pub fn labelled(&mut self, at: usize, length: usize) {
        let Some(label) = label_before(self.text, at) else {
            return;
        };
        let mut value = at + length;
        if self.text.as_bytes().get(value) == Some(&b'>') {
            value += 1;
        }
        self.field(label, value);
    }

    /// Reads the field whose label is a keyword of Clojure behind the colon at `at`:
    /// `:request-id "…"`.
    pub fn keyword(&mut self, at: usize) {
        let before = self.text.as_bytes()[..at].last();
        let rest = &self.text[at + 1..self.limit()];
        let length = rest
            .bytes()
            .take(MAX_MARKUP)
            .take_while(|b| b.is_ascii_alphanumeric() || *b == b'-')
            .count();
        let is_value = rest[length..].starts_with(' ') && !rest[length..].starts_with(" =");
        if length > 0
            && is_value
            && before.is_none_or(|byte| b" {,\n".contains(byte))
            && let Some(label) = label(&rest[..length], true)
        {
            let label = Label { start: at, ..label };
            self.field(label, at + 1 + length);
        }
    }

    /// Reads the field whose value stands in the brackets that open at `at`: `request id[…]`.
    pub fn bracketed(&mut self, at: usize) {
        let before = self.text.as_bytes()[..at].last();
        if !before.is_some_and(u8::is_ascii_alphanumeric) {
            return;
        }
        let reach = &self.text.as_bytes()[at..self.limit().min(at + MAX_CHECKED)];
        let (Some(label), Some(end)) = (label_before(self.text, at), memchr(b']', reach)) else {
            return;
        };
        let is_index = reach[1..end].iter().all(u8::is_ascii_digit);
        if !is_index || label.role == Role::HttpStatus {
            self.add(label, at + 1..at + end, Written::Plain, false);
        }
    }

    /// Reads the field whose value starts at or after `from`.
    fn field(&mut self, label: Label, from: usize) {
        let limit = self.limit();
        let Some(rest) = self.text.get(from..limit) else {
            return;
        };
        let (mut skipped, is_var_dump) = before_value(rest);
        if rest[skipped..].starts_with('\n') && self.may_have_value_below(label) {
            skipped += 1;
        }
        let from = from + skipped;
        let rest = &self.text[from..limit];
        let bytes = rest.as_bytes();
        let backslashes = bytes.iter().take(64).take_while(|b| **b == b'\\').count();
        let quote = bytes
            .get(backslashes)
            .filter(|b| matches!(b, b'"' | b'\'' | b'`'));
        let is_string = quote.is_some() && backslashes <= MAX_BACKSLASHES;
        if is_string {
            let at = from + backslashes;
            let end = if is_var_dump {
                memchr(b'\n', &self.text.as_bytes()[at..limit]).map(|end| at + end - 1)
            } else {
                self.string_end(from, at)
            };
            let written = Written::Quoted(u8::try_from(backslashes).unwrap_or(0));
            let end = end.filter(|end| *end > at).or_else(|| {
                // Cut off, or with quotes that cannot be distinguished: to the line end.
                let line = memchr(b'\n', &self.text.as_bytes()[at..limit]);
                Some(line.map_or(limit, |line| at + line))
            });
            if let Some(end) = end {
                self.add(label, at + 1..end, written, false);
            }
            return;
        }
        match label.role {
            // A value of JSON without quotes is no text: null, a number, an object.
            Role::Message if label.is_quoted => {}
            Role::Message | Role::Authorization if matches!(bytes.first(), Some(b'{' | b'[')) => {}
            Role::Message => {
                let line = self.unwrapped.lines.get(self.line);
                let line = line.map_or(0..limit, |line| line.start..line.end);
                if let Some(block) = yaml_block(self.text, line.clone(), from, label.start, limit) {
                    self.add(label, block, Written::Plain, false);
                    return;
                }
                let end = line.end.min(limit).max(from) - from;
                let form = is_form(self.text, label.start, &rest[..end]);
                match form {
                    Some(length) => self.add(label, from..from + length, Written::Form, false),
                    None => self.add(label, from..from + end, Written::Plain, true),
                }
            }
            _ => {
                let unlisted = rest.trim_start_matches(['[', '"', '\'']);
                let from = from + (rest.len() - unlisted.len());
                let is_of_value = |c: char| match label.role {
                    Role::Url => !c.is_whitespace() && !"\"'`<>|,]\\".contains(c),
                    Role::Authorization => is_id(c) || matches!(c, '+' | '/' | '='),
                    Role::Host => is_id(c) || c == ':',
                    _ => is_id(c),
                };
                let mut end = unlisted
                    .find(|c: char| !is_of_value(c))
                    .unwrap_or(unlisted.len());
                if label.role == Role::Name {
                    let name = start_of(unlisted, MAX_NAME);
                    end = memchr(b'\n', name.as_bytes()).unwrap_or(name.len());
                }
                self.add(label, from..from + end.min(MAX_WORD), Written::Plain, false);
            }
        }
    }

    /// Whether the value of a label may stand on the line below, as browsers copy headers.
    fn may_have_value_below(&self, label: Label) -> bool {
        let line = self.unwrapped.lines.get(self.line);
        let starts_line = line.is_some_and(|line| line.start == label.start);
        starts_line
            && matches!(
                label.role,
                Role::RequestId | Role::HttpStatus | Role::Method | Role::Url
            )
    }

    /// Adds a field if the value can be one of the label.
    pub fn add(&mut self, label: Label, place: Range<usize>, written: Written, mut is_open: bool) {
        let Some(raw) = self.text.get(place.clone()) else {
            return;
        };
        let short = (raw.len() <= MAX_CHECKED).then(|| decoded(raw, written));
        let value = short.as_deref().unwrap_or("");
        let mut role = label.role;
        let mut rank = label.rank;
        match role {
            // Services write their codes under the label of the HTTP status, too.
            Role::HttpStatus if is_error_code(value) => role = Role::Code,
            Role::Code if can_be(Role::HttpStatus, value) && value.len() == 3 => {
                role = Role::HttpStatus;
                rank = 3;
            }
            Role::Name => {
                let around = self.open.last().map_or(usize::MAX, |open| open.container);
                let named =
                    meaning_of(value).filter(|(role, rank)| *rank < 2 && *role != Role::Name);
                self.pair = named.map(|(role, rank)| {
                    (
                        Label {
                            role,
                            rank,
                            ..label
                        },
                        around,
                    )
                });
            }
            Role::Value => {
                let around = self.open.last().map_or(usize::MAX, |open| open.container);
                if let Some((named, container)) = self.pair.take()
                    && container == around
                {
                    self.mark_pairs(1);
                    let label = Label {
                        start: label.start,
                        ..named
                    };
                    return self.add(label, place, written, is_open);
                }
            }
            _ => {}
        }
        // A cell of the head of a table says nothing but another label.
        let is_label = role == Role::Message && meaning_of(value).is_some();
        let fits = match role {
            // One without a value says that this response had none.
            Role::Authorization => true,
            _ => {
                !is_label
                    && (is_open || can_be(role, value) || role == Role::Message && short.is_none())
            }
        };
        if !fits {
            // It still ends the message before it.
            (role, is_open) = (Role::Other, false);
        }
        self.fields.push(Field {
            role,
            rank,
            start: label.start,
            place,
            written,
            is_open,
            node: 0,
        });
    }

    /// Marks the list around the innermost container, or the one `above` it, as one of pairs.
    fn mark_pairs(&mut self, above: usize) {
        let list = self.open.len().checked_sub(1 + above);
        if let Some(list) = list {
            self.containers[self.open[list].container].has_pairs = true;
        }
    }

    /// Reads a pair behind the string that ended before `behind`: `["X-Request-Id", "…"]`.
    pub fn pair_behind(&mut self, behind: usize) {
        let Some(string) = self
            .containers
            .iter()
            .rev()
            .take(2)
            .find(|it| it.kind == Kind::Text)
        else {
            return;
        };
        let place = string.place.clone();
        let rest = &self.text[behind.min(self.text.len())..];
        // Clojure writes no comma.
        let is_spaced = rest.starts_with(" \"");
        if !(rest.starts_with(',') || is_spaced) || place.len() > 32 {
            return;
        }
        let before = self.text[..place.start - 1].trim_end_matches(['\\', ' ']);
        let is_in_list = before.ends_with(['[', '(', '{']);
        let is_first = is_in_list
            || before.is_empty()
            || before.ends_with('\n')
            || is_spaced && before.ends_with(',');
        let Some((role, rank)) = meaning_of(&self.text[place.clone()]).filter(|_| is_first) else {
            return;
        };
        if rank < 2 {
            let label = Label {
                start: place.start,
                role,
                rank,
                is_quoted: true,
            };
            if is_in_list {
                self.mark_pairs(1);
            }
            self.field(label, behind + 1);
        }
    }

    /// Reads a heading that is the label of the line below: `### Request ID`.
    pub fn heading(&mut self, end: usize) {
        let Some(line) = self.unwrapped.lines.get(self.line) else {
            return;
        };
        let text = &self.text[line.start..end.max(line.start)];
        if !(text.starts_with('#') || text.starts_with("**")) || text.len() > 64 {
            return;
        }
        let Some((role, rank)) = meaning_of(text) else {
            return;
        };
        let below = self.unwrapped.lines[self.line + 1..].iter().take(3);
        let value = below.map(|line| line.start..line.end).find(|line| {
            let text = self.text[line.clone()].trim();
            !text.is_empty() && !text.starts_with("```")
        });
        if let Some(value) = value {
            let label = Label {
                start: line.start,
                role,
                rank,
                is_quoted: false,
            };
            let text = &self.text[value.clone()];
            let skipped = text.len() - text.trim_start_matches(['`', '*', ' ']).len();
            self.add(
                label,
                value.start + skipped..value.end - trailing_marks(text, skipped),
                Written::Plain,
                false,
            );
        }
    }
}

/// How many bytes of marks a text ends in, but for the first `skipped`.
fn trailing_marks(text: &str, skipped: usize) -> usize {
    let text = &text[skipped..];
    text.len() - text.trim_end_matches(['`', '*', ' ']).len()
}
