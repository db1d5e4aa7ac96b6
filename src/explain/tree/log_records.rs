//! Which lines belong together.
//!
//! A record is what reports one thing: lines of a log up to the next time or level, a response
//! with its head and body, a diagnostic in its frame, a paragraph of prose. All rules about
//! what starts another one stand in [`Records::starts`].

use std::ops::Range;

use super::list_items::{key, parts};
use super::{Container, Kind};
use crate::explain::unwrap::Unwrapped;
use crate::explain::unwrap::curl_marks::{Line, LineKind};
use crate::explain::unwrap::log_lines::{Level, Severity, behind_time, is_access, is_level};
use crate::explain::unwrap::wrapped;
use crate::explain::values::http::{
    METHODS, is_header, is_named_status, is_request, is_status_line, request_at_end,
};
use crate::explain::values::labels::{is_lone, meaning_of};
use crate::explain::values::unlabelled::reports_problem;
use crate::explain::values::{start_among, status};
use crate::message::start_of;

/// Bytes of a traceback that are looked at.
const MAX_TRACEBACK: usize = 8 * 1024;

/// Lines above whose labels are compared with one below an empty line.
const MAX_ABOVE: usize = 16;
/// Bytes of the tag of a line.
const MAX_TAG: usize = 32;
/// What Python says between the exceptions of a chain.
const CHAINS: [&str; 2] = ["During handling of the above", "The above exception was"];
/// What programs say before a request that they log.
const ASKING: [&str; 5] = ["HTTP", "Request:", "Sending", "->", "-->"];
/// What heads the parts of a response that a program shows.
const RESPONSE: &str = "response";
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
        has_asked: false,
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

/// A line, and what is written on the one below.
struct At<'l> {
    line: &'l Line,
    text: &'l str,
    below: &'l str,
}

/// A rule: whether a line that it fits starts another record.
type Rule = (bool, fn(&Records, &At) -> bool);

/// What says whether a line starts another record, in this order.
const RULES: [Rule; 17] = [
    (true, |it, _| it.above == Above::Nothing),
    // A frame below a request shows what was answered.
    (false, |it, at| {
        at.is_framed() && !it.is_blank_above && is_request(it.last_line().trim_start())
    }),
    (true, |it, at| at.is_framed() != (it.above == Above::Frame)),
    (false, |_, at| at.is_framed() && !at.line.starts_record),
    (true, |_, at| at.is_framed()),
    (false, |it, at| {
        at.line.kind == LineKind::Request && it.above == Above::Request
    }),
    (true, |_, at| at.line.kind == LineKind::Request),
    // The response to a request.
    (false, |it, at| {
        let is_asked =
            || it.above == Above::Request || is_request(it.last_line()) || it.waits_for_response();
        !at.line.starts_record && starts_head(at.text, at.below) && is_asked()
    }),
    (true, |_, at| starts_head(at.text, at.below)),
    (false, |it, at| it.goes_on_in_head(at.text, at.below)),
    // A body stands behind the head's empty line, even where a log reports it.
    (false, |it, at| {
        let is_body = || !at.line.starts_record || !it.is_shown && at.text.contains(['{', '<']);
        it.above == Above::Head && is_body()
    }),
    (false, |it, at| {
        let rest = &it.text[at.line.start..];
        it.above == Above::Body && !it.is_blank_above && raises_for_status(rest)
    }),
    // The response to a request that a log has reported, or that is shown in parts.
    (false, |it, at| {
        it.answers_logged_request(at.text) || !at.line.starts_record && it.is_part_of_response(at)
    }),
    (true, |it, at| {
        let is_other = || tag(it.last_line()).is_some_and(|above| Some(above) != tag(at.text));
        at.line.starts_record
            || it.above == Above::Access
            || is_access(at.text)
            || starts_step(at.text)
            || at.line.level.is_none() && tag(at.text).is_some() && is_other()
    }),
    (false, |it, at| {
        it.is_blank_above && it.goes_on_behind_blank(at.text)
    }),
    (true, |it, at| {
        it.is_blank_above || it.above == Above::Body && !is_trailer(at.text)
    }),
    (true, |it, at| it.starts_by_level(at.line.level, at.text)),
];

impl At<'_> {
    fn is_framed(&self) -> bool {
        self.line.kind == LineKind::Framed
    }
}

/// Whether a line starts what another step reports: of a shell, of Ansible, a request.
fn starts_step(text: &str) -> bool {
    let behind_number = text.trim_start_matches(|c: char| c.is_ascii_digit() || ".: ".contains(c));
    start_among(&FIRST_WORDS, text).is_some() || is_request(behind_number)
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
    /// Whether the record above is nothing but a request.
    has_asked: bool,
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
        if self.starts(line, own, next) {
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

    /// Whether a line is the first of another record, as the first of the rules says that fits.
    fn starts(&self, line: &Line, text: &str, below: &str) -> bool {
        let at = At { line, text, below };
        let rule = RULES.iter().find(|(_, fits)| fits(self, &at));
        rule.is_some_and(|(starts, _)| *starts)
    }

    /// Whether the record starts with a request, which this may be the response to.
    fn waits_for_response(&self) -> bool {
        let first = self
            .lines
            .first()
            .map_or("", |line| &self.text[line.clone()]);
        let mut methods = METHODS.iter().filter_map(|method| first.find(method));
        !self.is_blank_above && methods.any(|at| is_request(&first[at..]))
    }

    /// Whether a log has on a line the response to the request that is all the line above says,
    /// of the same logger. If the line before that asks, too, it may be the response to that.
    fn answers_logged_request(&self, text: &str) -> bool {
        let above = self.last_line();
        let may_wait = self.lines.len() == 1 && !self.has_asked;
        let request = may_wait.then(|| request_at_end(above)).flatten();
        let times = request.and_then(|at| Some((behind_time(&above[..at])?, behind_time(text)?)));
        let Some((above, own)) = times else {
            return false;
        };
        let mut own = own.split_whitespace();
        let is_same = |word: &str| {
            let is_alike = |own: &str| own == word || is_level(own) && is_level(word);
            own.next().is_some_and(is_alike)
        };
        let mut above = above
            .split_whitespace()
            .filter(|word| !ASKING.contains(word));
        above.all(is_same) && (text.contains('{') || reports_problem(text))
    }

    /// Whether a line heads a part of the response to the request that the record starts with,
    /// or says below a body its status and its request, as curl does where it is asked to.
    fn is_part_of_response(&self, at: &At) -> bool {
        let first = self.lines.first().map_or(0..0, Range::clone);
        let start = at.text.get(..RESPONSE.len()).unwrap_or_default();
        let is_status = status(at.text).is_some() && request_at_end(at.text) == Some("400 ".len());
        start.eq_ignore_ascii_case(RESPONSE) && is_request(&self.text[first])
            || is_status
                && self.above == Above::Body
                && !self.is_blank_above
                && !at.below.starts_with('{')
    }

    fn last_line(&self) -> &str {
        let last = self.lines.last();
        last.map_or("", |line| &self.text[line.clone()])
    }

    /// Whether a line is one more of the head above it: a header, or what a terminal or a mail
    /// has broken one into, where another follows.
    fn goes_on_in_head(&self, line: &str, next: &str) -> bool {
        let is_in_head = self.above == Above::Head && !self.is_blank_above;
        is_in_head && (is_header(line) || !line.contains('{') && is_header(next))
    }

    /// Whether a line behind an empty one still belongs to what stands above: one more value
    /// with its label, or where in a file Terraform met the error.
    fn goes_on_behind_blank(&self, text: &str) -> bool {
        let lines = self.lines.iter().rev().take(MAX_ABOVE);
        let mut lines = lines.map(|line| &self.text[line.clone()]);
        let is_heading = |line: &str| line.starts_with('#') || line.starts_with("**");
        let is_label = |line: &str| is_heading(line) && meaning_of(line).is_some();
        let is_value = |line: &str| is_lone(line) || is_label(line);
        let is_chain = |line: &str| CHAINS.iter().any(|words| line.starts_with(words));
        // A label that is there already is of another.
        let own = key(text).filter(|_| !is_heading(text));
        let is_new = own.is_none() || !lines.clone().any(|line| key(line) == own);
        let (above, before) = (lines.next().unwrap_or(""), lines.next().unwrap_or(""));
        is_chain(text)
            || is_chain(above)
            || has_headers(above) && text.contains('{')
            || wrapped::is_place(text)
            || is_label(above)
            || is_new && above.ends_with(':')
            || is_new && is_value(text) && (is_value(above) || is_label(before))
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
            let last = lines.last().map_or(0..0, Range::clone);
            self.has_asked = lines.len() == 1 && request_at_end(&self.text[last]).is_some();
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
    text.starts_with("Traceback (most recent call last):")
        && start_of(text, MAX_TRACEBACK)
            .lines()
            .skip(1)
            .find(|line| !line.starts_with(' '))
            .is_some_and(|exception| exception.contains("url") && reports_problem(exception))
}

/// Whether a line is the first of a response: alone, or as it says itself.
fn starts_head(line: &str, next: &str) -> bool {
    is_status_line(line) || is_named_status(line) && is_header(next)
}

/// Whether a line has the headers of a response as a program prints its dictionary of them.
fn has_headers(line: &str) -> bool {
    let mut dashes = memchr::memchr_iter(b'-', line.as_bytes());
    dashes.any(|dash| {
        let start = dash.checked_sub("content".len());
        let name = start.and_then(|start| line.as_bytes()[start..].split_first_chunk());
        name.is_some_and(|(name, behind): (&[u8; 12], _)| {
            name.eq_ignore_ascii_case(b"content-type") && matches!(behind, [b'\'' | b'"', ..])
        })
    })
}

/// What stands in brackets before a line, and says whose it is: `[web-1] `.
fn tag(line: &str) -> Option<&str> {
    let (tag, _) = start_of(line, MAX_TAG)
        .strip_prefix('[')?
        .split_once("] ")?;
    let is_of_name = |c: char| c.is_alphanumeric() || "-_. ".contains(c);
    (tag.chars().all(is_of_name) && tag.contains(char::is_alphabetic)).then_some(tag)
}

/// Whether a line is a JSON object, whole.
fn is_whole_object(line: &str) -> bool {
    line.starts_with('{') && line.trim_end().ends_with('}')
}

/// Whether a line below a body still says something of it, as what curl prints behind one.
fn is_trailer(line: &str) -> bool {
    let is_number = |c: char| c.is_ascii_digit() || " .s".contains(c);
    ["curl: (", "HTTP", "[", " ", "\t"]
        .iter()
        .any(|it| line.starts_with(it))
        || line.len() < MAX_TAG && line.chars().all(is_number)
        || is_lone(line)
}
