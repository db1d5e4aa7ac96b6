//! Which lines belong together.
//!
//! A record is what reports one thing: lines of a log up to the next time or level, a response
//! with its head and body, a diagnostic in its frame, a paragraph of prose. All rules about
//! what starts another one stand in [`Records::starts`].

use std::ops::Range;

use memchr::memmem;

use super::items::{key, parts};
use super::labels::{is_bare, is_lone, meaning_of};
use super::lines::{Line, LineKind, METHODS};
use super::log_lines::{Level, Severity, is_access};
use super::tree::{Container, Kind};
use super::unlabelled::{is_header, is_named_status, is_status_line, reports_problem};
use super::unwrap::Unwrapped;
use super::wrapped;
use crate::message::start_of;

/// What Python puts before where an exception was raised.
const TRACEBACK: &str = "Traceback (most recent call last):";
/// Bytes of a traceback that are looked at.
const MAX_TRACEBACK: usize = 8 * 1024;

/// Lines above whose labels are compared with one below an empty line.
const MAX_ABOVE: usize = 16;
/// Bytes of the tag of a line.
const MAX_TAG: usize = 32;
/// What a shell and Ansible start the report of another step with.
const FIRST_WORDS: [&str; 7] = [
    "$ ",
    "TASK [",
    "PLAY [",
    "ok: [",
    "changed: [",
    "failed: [",
    "fatal: [",
];

/// The records of a text, the heads of responses, the lines and the items of lists in them.
pub fn records(unwrapped: &Unwrapped, containers: &[Container]) -> Vec<(Kind, Range<usize>)> {
    let mut records = Records {
        text: &unwrapped.text,
        nodes: Vec::new(),
        record: None,
        level: None,
        above: Above::Nothing,
        lines: Vec::new(),
        is_blank_above: false,
        is_shown: false,
    };
    let mut containers = containers.iter().peekable();
    let mut number = 0;
    while let Some(line) = unwrapped.lines.get(number) {
        // All lines of the containers that start on the line.
        let mut last = number;
        let mut end = line.end;
        while let Some(container) = containers.peek()
            && container.place.start <= end
        {
            while container.place.end > end && last + 1 < unwrapped.lines.len() {
                last += 1;
                end = unwrapped.lines[last].end;
            }
            containers.next();
        }
        let next = unwrapped.lines.get(last + 1);
        let next = next.map_or("", |next| &unwrapped.text[next.start..next.end]);
        records.add(line, end, next);
        number = last + 1;
    }
    records.finish(unwrapped.text.len());
    records.nodes
}

/// What stands above a line in the same record.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Above {
    Nothing,
    Text,
    /// Lines in a frame.
    Frame,
    /// The request, as `curl -v` shows it.
    Request,
    /// The head of a response.
    Head,
    /// A whole object on one line.
    Body,
    /// A line of a server's access log.
    Access,
}

struct Records<'t> {
    text: &'t str,
    nodes: Vec<(Kind, Range<usize>)>,
    /// The number of the record's node.
    record: Option<usize>,
    level: Option<Level>,
    above: Above,
    /// The lines of the record, without the empty ones.
    lines: Vec<Range<usize>>,
    is_blank_above: bool,
    /// Whether a log shows that line by line, and so the body, too.
    is_shown: bool,
}

impl Records<'_> {
    /// Takes a line that ends at `end` with what starts on it.
    fn add(&mut self, line: &Line, end: usize, next: &str) {
        let text = &self.text[line.start..end];
        if line.kind == LineKind::Note {
            return;
        }
        if text.trim().is_empty() && line.kind != LineKind::Framed {
            if line.starts_record {
                self.finish(line.start);
            }
            self.is_blank_above = true;
            return;
        }
        let own = &self.text[line.start..line.end];
        if self.starts(line, own, end > line.end, next) {
            self.finish(line.start);
            self.record = Some(self.nodes.len());
            self.nodes.push((Kind::Record, line.start..end));
        }
        self.lines.push(line.start..end);
        if let Some(level) = line.level {
            self.level = Some(level);
        }
        self.above = match line.kind {
            LineKind::Framed => Above::Frame,
            LineKind::Request => Above::Request,
            _ if starts_head(own, next) => {
                self.is_shown = line.kind == LineKind::Shown;
                self.nodes.push((Kind::Head, line.start..end));
                Above::Head
            }
            _ if self.goes_on_in_head(own, next) => {
                if let Some((_, head)) = self.nodes.last_mut() {
                    head.end = end;
                }
                Above::Head
            }
            _ if is_access(own) => Above::Access,
            _ if is_whole_object(own) && !has_headers(own) => Above::Body,
            _ => Above::Text,
        };
        if self.above != Above::Head {
            self.nodes.push((Kind::Line, line.start..end));
        }
        self.is_blank_above = false;
    }

    /// Whether a line is the first of another record.
    fn starts(&self, line: &Line, text: &str, is_long: bool, next: &str) -> bool {
        let blank = self.is_blank_above;
        let is_framed = line.kind == LineKind::Framed;
        if self.above == Above::Nothing {
            return true;
        }
        if is_framed && !blank && is_request(self.last_line().trim_start()) {
            // It shows what was answered.
            return false;
        }
        if is_framed != (self.above == Above::Frame) {
            return true;
        }
        if is_framed {
            return line.starts_record;
        }
        if line.kind == LineKind::Request {
            return self.above != Above::Request;
        }
        if starts_head(text, next) {
            return line.starts_record
                || self.above != Above::Request
                    && !is_request(self.last_line())
                    && !self.waits_for_response();
        }
        if self.goes_on_in_head(text, next) {
            return false;
        }
        // A body stands behind the head's empty line, even where a log reports it.
        let is_body = is_long || text.contains(['{', '<']) || !line.starts_record;
        if self.above == Above::Head
            && is_body
            && !(self.is_shown && line.starts_record)
            && line
                .level
                .is_none_or(|level| level.severity != Severity::Info)
        {
            return false;
        }
        if self.above == Above::Body && !blank && raises_for_status(&self.text[line.start..]) {
            return false;
        }
        if line.starts_record || self.above == Above::Access {
            return true;
        }
        if line.level.is_none()
            && tag(text).is_some_and(|own| tag(self.last_line()).is_some_and(|above| above != own))
        {
            return true;
        }
        if FIRST_WORDS.iter().any(|words| text.starts_with(words))
            || is_request(
                text.trim_start_matches(|c: char| c.is_ascii_digit() || ".: ".contains(c)),
            )
        {
            return true;
        }
        if blank {
            return !self.goes_on_behind_blank(text);
        }
        if self.above == Above::Body && !is_trailer(text, next) {
            return true;
        }
        self.starts_by_level(line.level, text)
    }

    /// Whether the record starts with a request, and has no response yet.
    fn waits_for_response(&self) -> bool {
        let first = self
            .lines
            .first()
            .map_or("", |line| &self.text[line.clone()]);
        let mut methods = METHODS.iter().filter_map(|method| first.find(method));
        let has_head = || {
            let record = self.record.unwrap_or(self.nodes.len());
            self.nodes[record..]
                .iter()
                .any(|(kind, _)| *kind == Kind::Head)
        };
        !self.is_blank_above && methods.any(|at| is_request(&first[at..])) && !has_head()
    }

    fn last_line(&self) -> &str {
        let last = self.lines.last();
        last.map_or("", |line| &self.text[line.clone()])
    }

    /// Whether a line is one more of the head above it: a header, or what a terminal or a mail
    /// has broken one into, where another follows.
    fn goes_on_in_head(&self, line: &str, next: &str) -> bool {
        let is_in_head = self.above == Above::Head && !self.is_blank_above;
        let is_broken = !line.contains('{') && is_header(next);
        is_in_head && (is_header(line) || is_broken)
    }

    /// Whether a line behind an empty one still belongs to what stands above: one more value
    /// with its label, or where in a file Terraform met the error.
    fn goes_on_behind_blank(&self, text: &str) -> bool {
        let mut lines = self.lines.iter().rev().map(|line| &self.text[line.clone()]);
        let (above, before) = (lines.next().unwrap_or(""), lines.next().unwrap_or(""));
        let is_heading = |line: &str| line.starts_with('#') || line.starts_with("**");
        let is_value = |line: &str| is_lone(line) || is_heading(line) && meaning_of(line).is_some();
        let first = self
            .lines
            .first()
            .map_or("", |line| &self.text[line.clone()]);
        let is_diagnostic = wrapped::prefix(first).is_some();
        let is_of_diagnostic = is_diagnostic
            && (text.trim_start().starts_with("with ") || text.trim_start().starts_with("on "))
            && text.starts_with(' ');
        let is_below_label = is_heading(above) && meaning_of(above).is_some();
        // A label that is there already is of another.
        let own_key = key(text).filter(|_| !is_heading(text));
        let mut keys = self
            .lines
            .iter()
            .rev()
            .take(MAX_ABOVE)
            .map(|line| key(&self.text[line.clone()]));
        let is_new = own_key.is_none() || !keys.any(|key| key == own_key);
        let is_value_above = is_new && (is_value(above) || is_heading(before) && is_value(before));
        // Python's chain of exceptions, and what a line introduces that ends in a colon.
        let is_of_chain = text.starts_with("During handling of the above")
            || text.starts_with("The above exception was")
            || above.starts_with("During handling of the above")
            || above.starts_with("The above exception was");
        let is_introduced = above.ends_with(':') && is_new && !is_diagnostic;
        let is_body = has_headers(above) && text.contains('{');
        is_of_chain
            || is_body
            || is_introduced
            || is_of_diagnostic
            || is_below_label
            || is_value_above && is_value(text)
    }

    /// Whether a line with or without a level is another's than the record's. What reports no
    /// problem stands alone, but for lines of detail, which lead to what follows.
    fn starts_by_level(&self, level: Option<Level>, text: &str) -> bool {
        match (level, self.level) {
            (None, None) => false,
            (None, Some(own)) => {
                own.severity == Severity::Info && !text.starts_with([' ', '\t', '}', ']', ')'])
            }
            (Some(level), None) => level.severity != Severity::Problem,
            (Some(level), Some(own)) => {
                let goes_on = level == own && own.severity != Severity::Info;
                let led_to = own.severity == Severity::Debug && level.severity == Severity::Problem;
                !(goes_on || led_to)
            }
        }
    }

    /// Ends the record before `end`.
    fn finish(&mut self, end: usize) {
        let lines = std::mem::take(&mut self.lines);
        if let Some(record) = self.record.take() {
            self.nodes[record].1.end = lines.last().map_or(end, |line| line.end);
            self.nodes.extend(parts(self.text, &lines));
        }
        self.above = Above::Nothing;
        self.level = None;
        self.is_blank_above = false;
    }
}

/// Whether a traceback starts a text whose exception reports the status of the response above:
/// programs print a body and then raise an error for its status.
fn raises_for_status(text: &str) -> bool {
    if !text.starts_with(TRACEBACK) {
        return false;
    }
    let mut lines = start_of(text, MAX_TRACEBACK).lines().skip(1);
    let exception = lines.find(|line| !line.starts_with(' '));
    exception.is_some_and(|line| line.contains("url") && reports_problem(line))
}

/// Whether a line is the first of a response: alone, or as it says itself.
fn starts_head(line: &str, next: &str) -> bool {
    is_status_line(line) || is_named_status(line) && is_header(next)
}

/// Whether a line has the headers of a response as a program prints its dictionary of them.
fn has_headers(line: &str) -> bool {
    let mut quoted = memmem::find_iter(line.as_bytes(), "ontent-");
    quoted.any(|at| {
        let name = &line[at + "ontent-".len()..];
        let behind = name.get("Type".len()..).unwrap_or_default();
        name.get(..4)
            .is_some_and(|it| it.eq_ignore_ascii_case("type"))
            && behind.starts_with(['\'', '"'])
    })
}

/// What stands in brackets before a line, and says whose it is: `[web-1] `.
fn tag(line: &str) -> Option<&str> {
    let tag = line.strip_prefix('[')?;
    let (tag, _) = tag
        .get(..tag.len().min(MAX_TAG))
        .unwrap_or("")
        .split_once("] ")?;
    let is_of_name = |c: char| c.is_alphanumeric() || "-_. ".contains(c);
    (tag.chars().all(is_of_name) && tag.contains(char::is_alphabetic)).then_some(tag)
}

/// Whether a line is a JSON object, whole.
fn is_whole_object(line: &str) -> bool {
    let line = line.trim_end();
    line.starts_with('{') && line.ends_with('}')
}

/// Whether a line below a body still says something of it, as what curl prints behind one; but
/// not where it leads to the `next` body.
fn is_trailer(line: &str, next: &str) -> bool {
    let is_said = line.starts_with("curl: (") || line.starts_with("HTTP") || line.starts_with('[');
    // A status and a time, as curl prints them where it is asked to.
    let is_said = is_said
        || line.len() < 32
            && line
                .bytes()
                .all(|b| b.is_ascii_digit() || b" .s".contains(&b));
    let leads_on = next.contains('{') && !is_bare(line);
    line.starts_with([' ', '\t']) || !leads_on && (is_said || is_lone(line))
}

/// Whether a line starts with a request, as clients and servers write one.
fn is_request(line: &str) -> bool {
    METHODS.iter().any(|method| {
        let address = line.strip_prefix(method);
        address.is_some_and(|it| it.starts_with('/') || it.starts_with("http"))
    })
}
