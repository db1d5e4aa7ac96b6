//! Which lines belong together.
//!
//! A record is what reports one thing: lines of a log up to the next time or level, a response
//! with its head and body, a diagnostic in its frame, a paragraph of prose. All rules about
//! what starts another one stand in [`Records::starts`].

use std::collections::HashSet;
use std::ops::Range;

use super::labels::{is_bare, is_lone, meaning_of};
use super::log_lines::{Level, Severity, is_access};
use super::tree::{Container, Kind};
use super::unlabelled::is_status_line;
use super::unwrap::{Line, LineKind, Unwrapped};
use super::wrapped;

/// Lines of a list of YAML or Markdown that are looked at.
const MAX_KEY: usize = 64;
/// What starts a request on a line of its own.
const METHODS: [&str; 5] = ["GET ", "POST ", "PUT ", "PATCH ", "DELETE "];

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
        is_exchange: false,
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
    /// Whether the record has the head of a response.
    is_exchange: bool,
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
            _ if is_status_line(own) => {
                self.is_exchange = true;
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
            _ if is_whole_object(own) => Above::Body,
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
        if is_framed != (self.above == Above::Frame) {
            return true;
        }
        if is_framed {
            return line.starts_record;
        }
        if line.kind == LineKind::Request {
            return self.above != Above::Request;
        }
        if is_status_line(text) {
            return line.starts_record
                || self.above != Above::Request
                    && !is_request(
                        self.lines
                            .last()
                            .map_or("", |line| &self.text[line.clone()]),
                    );
        }
        if self.goes_on_in_head(text, next) {
            return false;
        }
        // A body stands behind the head's empty line, even where a log reports it.
        let is_body = is_long || text.contains(['{', '<']) || !line.starts_record;
        if self.above == Above::Head
            && is_body
            && line
                .level
                .is_none_or(|level| level.severity != Severity::Info)
        {
            return false;
        }
        if line.starts_record || self.above == Above::Access {
            return true;
        }
        if text.starts_with("$ ") || is_request(text) {
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
        let is_of_diagnostic = wrapped::prefix(first).is_some()
            && (text.trim_start().starts_with("with ") || text.trim_start().starts_with("on "))
            && text.starts_with(' ');
        let is_below_label = is_heading(above) && meaning_of(above).is_some();
        let is_value_above = is_value(above) || is_heading(before) && is_value(before);
        is_of_diagnostic || is_below_label || is_value_above && is_value(text)
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
            self.add_items(&lines);
        }
        self.above = Above::Nothing;
        self.level = None;
        self.is_blank_above = false;
        self.is_exchange = false;
    }

    /// Adds the items of lists in the record, as YAML and Markdown write them, where they are
    /// alike: those with the same keys are records, others are values of one.
    fn add_items(&mut self, lines: &[Range<usize>]) {
        let mut lists: Vec<List> = Vec::new();
        for line in lines {
            let text = &self.text[line.clone()];
            let content = text.trim_start_matches([' ', '>']);
            let indent = text.len() - content.len();
            let bullet = ["- ", "* "]
                .iter()
                .find_map(|mark| content.strip_prefix(mark));
            while let Some(list) = lists.last()
                && (indent < list.indent || indent == list.indent && bullet.is_none())
            {
                let list = lists.pop().expect("there is a last one");
                self.nodes.extend(list.items(line.start));
            }
            let key = key(bullet.unwrap_or(content));
            if bullet.is_some() {
                if lists.last().is_none_or(|list| list.indent < indent) {
                    lists.push(List {
                        indent,
                        starts: Vec::new(),
                        keys: HashSet::new(),
                        own_keys: HashSet::new(),
                        are_alike: false,
                    });
                }
                let list = lists.last_mut().expect("one was added");
                list.starts.push(line.start);
                list.own_keys.clear();
            }
            if let (Some(list), Some(key)) = (lists.last_mut(), key) {
                let is_new_here = list.own_keys.insert(key.to_owned());
                list.are_alike |= is_new_here && !list.keys.insert(key.to_owned());
            }
        }
        let end = lines.last().map_or(0, |line| line.end);
        for list in lists.into_iter().rev() {
            self.nodes.extend(list.items(end));
        }
    }
}

/// A list of lines that start with the same mark.
struct List {
    indent: usize,
    starts: Vec<usize>,
    /// The keys of all items so far, and of the last one.
    keys: HashSet<String>,
    own_keys: HashSet<String>,
    are_alike: bool,
}

impl List {
    /// The items of a list that ends before `end`.
    fn items(self, end: usize) -> Vec<(Kind, Range<usize>)> {
        if !self.are_alike {
            return Vec::new();
        }
        let ends = self.starts.iter().skip(1).copied().chain([end]);
        let items = self.starts.iter().zip(ends);
        items
            .map(|(start, end)| (Kind::Item, *start..end.max(*start)))
            .collect()
    }
}

/// The key that a line starts with.
fn key(text: &str) -> Option<&str> {
    let end = text
        .as_bytes()
        .iter()
        .take(MAX_KEY)
        .position(|byte| *byte == b':')?;
    let key = text[..end].trim_matches(['*', '`', '"', '\'', ' ']);
    let is_key = !key.is_empty() && key.len() < 32 && !key.contains(['{', '(', '.']);
    is_key.then_some(key)
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
    let leads_on = next.contains('{') && !is_bare(line);
    line.starts_with([' ', '\t']) || !leads_on && (is_said || is_lone(line))
}

/// Whether a line is a header of a response.
fn is_header(line: &str) -> bool {
    let name = line.trim_start();
    let length = name
        .bytes()
        .take_while(|b| b.is_ascii_alphanumeric() || *b == b'-')
        .count();
    let rest = &name[length..];
    length > 0 && (rest.starts_with(':') || name.starts_with("Saving to: "))
}

/// Whether a line starts with a request, as clients and servers write one.
fn is_request(line: &str) -> bool {
    METHODS.iter().any(|method| {
        let address = line.strip_prefix(method);
        address.is_some_and(|it| it.starts_with('/') || it.starts_with("http"))
    })
}
