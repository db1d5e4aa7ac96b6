//! Which lines belong together.
//!
//! A record is what reports one thing: lines of a log up to the next time or level, a response
//! with its head and body, a diagnostic in its frame, a paragraph of prose. `Lines::add` marks the
//! lines that start one by their prefix, such as a time, which [`RecordReader::is_time_in_list`] takes
//! back for a labelled time; [`RecordReader::starts`] has the rules by what a line says.

mod calls;
pub mod line_kinds;
mod python_stacks;

use std::mem;

use self::calls::{
    asks_next, ends_with_success, has_failed, has_next_number, has_worked, is_answered,
    says_request, shows_awaited,
};
use self::line_kinds::{
    FENCE, ends_with_status, has_headers, is_divider, is_head_of_java, is_object, is_record_of_log,
    is_request_of_wget, is_trailer, is_whole_object, starts_head, starts_step, starts_test_result,
};
use self::python_stacks::PythonStacks;
use super::lists_and_sections::{key_of_line, lists_and_sections, names_code};
use super::posted::PostedExchange;
use super::posted::speakers::speaker;
use super::{Kind, Part};
use crate::explain::lines::Unwrapped;
use crate::explain::lines::dialogue::{after_shell_prompt, asks_for_last_error};
use crate::explain::lines::levels::Level;
use crate::explain::lines::line::{Line, LineKind};
use crate::explain::lines::prefix::tag;
use crate::explain::lines::times::{label_of_time, starts_with_time};
use crate::explain::lines::wrapped::DIAGNOSTIC_START;
use crate::explain::terraform_diagnostics::says_where;
use crate::explain::values::alone::says_only_values;
use crate::explain::values::http::{
    is_header, shows_exchange, starts_response, starts_with_request, statuses_alone_in,
};
use crate::explain::values::labels::meaning_of;
use crate::explain::values::{error_code, has_error_code};
use crate::substrings::place_in;

/// The mark of the place of an error in Rust's diagnostics, below its title.
const RUST_PLACE: &str = "  --> ";
/// How many lines above or below a line are looked at.
const MAX_NEAR_LINES: usize = 16;

/// The records of a text, the lines in them, and the items of lists that stand on lines of their
/// own.
pub fn records<'t>(unwrapped: &'t Unwrapped, containers: &[Part]) -> Vec<Part<'t>> {
    let mut reader = RecordReader { text: &unwrapped.text, ..RecordReader::default() };
    let mut containers = containers.iter().peekable();
    let mut index = 0;
    while let Some(line) = unwrapped.lines.get(index) {
        // Extended to the last line of the containers that start here.
        let (mut last, mut end) = (index, line.end);
        while let Some(container) = containers.next_if(|it| it.place.start <= end) {
            while container.place.end > end && last + 1 < unwrapped.lines.len() {
                last += 1;
                end = unwrapped.lines[last].end;
            }
        }
        index = last + 1;
        let below = unwrapped.lines.get(index);
        let below = below.map_or("", |below| &unwrapped.text[below.start..below.end]);
        reader.add(line, end, below);
    }
    reader.finish();
    reader.exchange.finish(&mut reader.parts);
    reader.parts
}

/// What a line is for the lines below it in the same record.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
enum Content {
    #[default]
    Text,
    /// Lines in a frame.
    Frame,
    /// The request, as `curl -v` shows it.
    Request,
    /// The head of a response.
    Head,
    /// A whole object on one line.
    Body,
    /// The status, address or ID that a client prints below a body, where no line above says them.
    Trailer,
}

/// The record that is read.
#[derive(Default)]
struct Record<'t> {
    /// Its index among the parts.
    part: usize,
    /// Without the empty ones.
    lines: Vec<&'t str>,
    /// What the line above is.
    above: Content,
    level: Option<Level>,
    stacks: PythonStacks,
    /// Whether a line of it is of a log: it has a level or a time, is an object of a logger, or starts a
    /// record in another stream.
    is_of_log: bool,
}

#[derive(Default)]
struct RecordReader<'t> {
    text: &'t str,
    parts: Vec<Part<'t>>,
    record: Record<'t>,
    /// The number of the stream of the line above.
    stream: usize,
    is_blank_above: bool,
    /// Whether the client says the request and the status of a body above it, as one of them has stood
    /// there.
    is_said_above: bool,
    /// Whether any record so far started with the name of who wrote it, as in a chat.
    has_speaker: bool,
    exchange: PostedExchange<'t>,
}

impl<'t> RecordReader<'t> {
    /// Adds a line and the containers that start on it, which end at `end`; `below` is the text of
    /// the next line.
    fn add(&mut self, line: &Line, end: usize, below: &str) {
        let text = &self.text[line.start..line.end];
        let whole = &self.text[line.start..end];
        let starts_record = line.starts_record && !self.is_time_in_list(text);
        let line = &Line { starts_record, ..*line };
        if line.kind == LineKind::Note || text.trim() == FENCE {
            return;
        }
        if whole.trim().is_empty() && line.kind != LineKind::Framed {
            self.is_blank_above = true;
            return;
        }
        let content = match line.kind {
            LineKind::Framed => Content::Frame,
            LineKind::Request => Content::Request,
            _ if starts_head(text, below) => Content::Head,
            _ if is_whole_object(text) && !has_headers(text) => Content::Body,
            _ if !line.starts_record && self.describes_body_above(text, below) => Content::Trailer,
            _ => Content::Text,
        };
        self.is_said_above |= content == Content::Text
            && (shows_exchange(text) || starts_with_request(text))
            && !has_worked(text)
            // That is of another paragraph.
            && !(self.is_blank_above && is_object(self.line_above()));
        let is_of_head = content == Content::Text && self.goes_on_in_head(text, below);
        if !is_of_head && self.starts(line, content, whole, below) {
            self.finish();
            self.has_speaker |= speaker(text).is_some();
            self.record.part = self.parts.len();
            self.parts.push(Part::new(Kind::Record, line.start..end));
        }
        match self.parts.last_mut() {
            // The line of the head is the last part.
            Some(head) if is_of_head => head.place.end = end,
            _ => {
                self.parts.push(Part::new(Kind::Line, line.start..end));
                self.record.above = content;
            }
        }
        self.record.level = line.level.or(self.record.level);
        self.record.is_of_log |= line.level.is_some()
            || content == Content::Body && is_record_of_log(text)
            || line.starts_record
                && (starts_with_time(text) && !is_request_of_wget(text)
                    || line.stream != self.stream);
        self.record.stacks.add(whole);
        self.stream = line.stream;
        self.record.lines.push(whole);
        self.is_blank_above = false;
    }

    /// Whether a line with this content is the first of another record; `below` is the text of the
    /// next line.
    fn starts(&self, line: &Line, content: Content, whole: &str, below: &str) -> bool {
        let text = &self.text[line.start..line.end];
        let (lines, above) = (self.lines_above(), self.line_above());
        match (self.record.above, line.kind) {
            _ if self.record.lines.is_empty() => true,
            (Content::Frame, LineKind::Framed) => line.starts_record,
            // A frame below a request shows what was answered.
            (_, LineKind::Framed) => !lines.iter().any(|it| starts_with_request(it.trim_start())),
            (Content::Frame, _) => !asks_for_last_error(text),
            (_, LineKind::Request) => {
                let is_other = |it: &&str| starts_with_request(it) && *it != text;
                self.record.above != Content::Request
                    || starts_with_request(text)
                        && (lines.iter().any(is_other) || is_answered(lines))
            }
            _ if content == Content::Trailer => false,
            _ if is_record_of_log(whole) && is_record_of_log(above) => true,
            // Asked late: to look for a code takes long.
            _ if !line.starts_record && has_error_code(whole) && ends_with_success(lines) => true,
            _ if content == Content::Head => line.starts_record || !self.waits_for_head(above),
            // A body belongs to its head, even where a log reports it.
            (Content::Head, _) if text.contains(['{', '<']) => false,
            // Nothing but a body stands after the head's empty line.
            (Content::Head, kind) if !line.starts_record => {
                kind == LineKind::Plain && self.is_blank_above
            }
            _ => line.starts_record || self.starts_by_text(line, text, above, below),
        }
    }

    /// Whether a line starts another record by its text alone.
    fn starts_by_text(&self, line: &Line, text: &str, above: &str, below: &str) -> bool {
        if is_divider(text) && !shows_awaited(below, self.lines_above())
            // PowerShell prints the place (`At line:1 …`) below a message.
            || below.starts_with("At ")
            || text.starts_with(DIAGNOSTIC_START) && says_where(above)
            || starts_step(text)
            || starts_test_result(text, above, below)
            || self.is_said_above && is_object(above) && shows_exchange(text)
            // A section of an INI file.
            || text.starts_with('[') && text.trim_end().ends_with(']') && below.contains(" = ")
            || ends_with_status(text) && ends_with_status(above)
            || !self.is_blank_above && self.record.stacks.starts_another(text, above)
            || self.starts_next_call(text)
            // A single such line may be a label and its value.
            || self.has_speaker && speaker(text).is_some()
        {
            return true;
        }
        if self.is_blank_above {
            return !self.record.stacks.go_on_with(text) && !self.goes_on_after_blank(text, below);
        }
        // Below a body or its trailer, a line that is none is of the next call; but the last line below a
        // body may say its status.
        if matches!(self.record.above, Content::Body | Content::Trailer) && !is_trailer(text) {
            let may_be_status = below.trim().is_empty() && !text.contains('{');
            return self.record.above == Content::Trailer || !may_be_status;
        }
        self.starts_by_level(line, text, above)
    }

    /// Whether a line starts another record by its level and that of the record: what reports no
    /// problem stands alone, but debug lines belong to what follows them. Without a level another tag
    /// (`[web-1]`) starts one.
    fn starts_by_level(&self, line: &Line, text: &str, above: &str) -> bool {
        match (line.level, self.record.level) {
            (None, None | Some(Level::Problem | Level::Debug)) => {
                matches!((tag(text), tag(above)), (Some(own), Some(above)) if own != above)
            }
            (None, Some(Level::Info)) => !text.starts_with([' ', '\t', '}', ']', ')']),
            (Some(_), None) if self.record.lines.len() == 1 && is_head_of_java(above) => false,
            (Some(level), None) => level != Level::Problem,
            (Some(Level::Info), _) | (_, Some(Level::Info)) => true,
            (Some(level), Some(of_record)) => level != of_record && of_record != Level::Debug,
        }
    }

    /// Whether the record still waits for a response: it shows a request, on the line above or on its
    /// first line, or starts with a command of a shell or the address that wget asks.
    fn waits_for_head(&self, above: &str) -> bool {
        let is_request = |first: &&str| {
            says_request(first) || after_shell_prompt(first).is_some() || is_request_of_wget(first)
        };
        self.record.above == Content::Request
            || starts_with_request(above.trim_start_matches([' ', '-', '>']))
            || !self.is_blank_above && self.record.lines.first().is_some_and(is_request)
    }

    /// Whether a line is a labelled time that goes on with the list of values above it: the line above
    /// has a label, too, and none of those near has the same one.
    fn is_time_in_list(&self, text: &str) -> bool {
        let Some(label) = label_of_time(text) else { return false };
        !self.is_blank_above
            && self.lines_above().iter().all(|line| label_of_time(line) != Some(label))
            && self.line_above().contains([':', '：'])
    }

    /// Whether a line is of another call than those above it.
    fn starts_next_call(&self, text: &str) -> bool {
        // Each list of values starts with the same label; a line with another one goes on with the list.
        let starts_list =
            |first: &&str| says_only_values(first) && key_of_line(first) != key_of_line(text);
        let is_of_list = self.record.lines.first().is_some_and(starts_list);
        let above = self.lines_above();
        !is_of_list && asks_next(text, above) || has_next_number(text, above)
    }

    /// Whether a line says the status, address or ID of the body above it, and no line above that body
    /// does; `below` is the text of the next line.
    fn describes_body_above(&self, text: &str, below: &str) -> bool {
        if self.record.above == Content::Trailer {
            return says_only_values(text) && !text.starts_with('{');
        }
        let Some((body, above)) = self.lines_above().split_last() else { return false };
        // The head of the response says the same status.
        let own = statuses_alone_in(text).next();
        let says = |line: &str| {
            let status = statuses_alone_in(line).next();
            let is_of_head = is_header(line) || starts_response(line) && status == own;
            !is_of_head && (status.is_some() || says_only_values(line))
        };
        !self.is_said_above
            && is_object(body)
            && has_failed(body) != has_worked(text)
            && (shows_exchange(text) || says_only_values(text) && !is_object(text))
            && (!self.is_blank_above || below.trim().is_empty())
            && !above.iter().any(|line| says(line) || says_request(line))
    }

    /// The last lines of the record.
    fn lines_above(&self) -> &[&'t str] {
        &self.record.lines[self.record.lines.len().saturating_sub(MAX_NEAR_LINES)..]
    }

    fn line_above(&self) -> &'t str {
        self.record.lines.last().copied().unwrap_or_default()
    }

    /// Whether a line is one more header of the head above it, or the rest of a wrapped header
    /// above another header.
    fn goes_on_in_head(&self, line: &str, below: &str) -> bool {
        let is_in_head = self.record.above == Content::Head && !self.is_blank_above;
        let is_body = line.starts_with(['{', '[', '<']);
        is_in_head && !is_body && !starts_step(line) && (is_header(line) || is_header(below))
    }

    /// Whether a line after an empty one still belongs to what stands above, such as a stack, a body below
    /// headers, or one more value with its label.
    fn goes_on_after_blank(&self, text: &str, below: &str) -> bool {
        // The same label again is of another record.
        let key = key_of_line(text);
        let has_key = |line: &&str| key_of_line(line) == key;
        let is_new = key.is_none() || !self.lines_above().iter().any(has_key);
        let is_label = |line: &str| meaning_of(line).is_some();
        let is_value = |line: &str| says_only_values(line) || is_label(line);
        let above = self.line_above();
        let is_below_label = matches!(self.record.lines[..], [.., label, _] if is_label(label));
        // Loggers of Java put an empty line before the stack of a record.
        let is_of_stack = |line: &str| line.trim_start().starts_with("at ");
        !is_of_stack(above) && is_of_stack(below)
            || has_headers(above)
            || says_where(text)
            || below.starts_with(RUST_PLACE)
            || asks_for_last_error(text)
            || [text, above].iter().any(|line| self.record.stacks.are_joined_by(line))
            || is_new
                && !self.names_other_code(text)
                && (above.ends_with([':', '：'])
                    || is_value(text) && (is_value(above) || is_below_label))
    }

    /// Whether the paragraph that starts with a line names another code than the record.
    fn names_other_code(&self, line: &str) -> bool {
        let code = |line| error_code(line).filter(|_| names_code(line));
        let Some(known) = self.lines_above().iter().rev().copied().find_map(code) else {
            return false;
        };
        let paragraph = self.text[place_in(self.text, line).start..].lines();
        let mut paragraph =
            paragraph.take(MAX_NEAR_LINES).take_while(|line| !line.trim().is_empty());
        paragraph.find_map(code).is_some_and(|code| code != known)
    }

    /// Ends the record with its last line.
    fn finish(&mut self) {
        let record = mem::take(&mut self.record);
        let Some(last) = record.lines.last() else { return };
        self.parts[record.part].place.end = place_in(self.text, last).end;
        self.parts.extend(lists_and_sections(self.text, &record.lines));
        if record.is_of_log {
            self.exchange.finish(&mut self.parts);
        } else {
            self.exchange.take(self.text, &record.lines, &mut self.parts);
        }
    }
}
