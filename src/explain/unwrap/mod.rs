//! Text as it was before tools framed, wrapped, prefixed or escaped it.

pub mod curl_marks;
pub mod curl_trace;
pub mod frames;
pub mod joins;
pub mod log_lines;
pub mod prefixes;
pub mod provider_log;
pub mod quotes;
pub mod transcript;
pub mod wrapped;

use std::collections::HashMap;

use memchr::{memchr_iter, memrchr};

use self::curl_marks::{Line, LineKind, is_from_curl, is_inverted, marked_by_curl};
use self::curl_trace::Trace;
use self::frames::{is_row, starts_paragraph, unframed};
use self::log_lines::{behind_time, container, level, pod_before_colon, starts_with_time};
use self::prefixes::{
    behind_prefixes, behind_repeated_prefix, goes_on, opens, runner_line, without_mark,
};
use self::provider_log::Provider;
use self::quotes::Escapes;
use self::transcript::Transcript;
use self::wrapped::Joint;
use crate::explain::values::BARS;
use crate::explain::values::unlabelled::reports_problem;

/// What closes a body that the next response may follow without a line end.
const BODY_ENDS: &[u8] = b"}]>";
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

/// A line of the original, and what was found before its text.
pub struct RawLine<'t> {
    /// Where the text starts in the original.
    pub at: usize,
    pub text: &'t str,
    pub kind: LineKind,
    pub starts_record: bool,
    pub joint: Joint,
    pub container: usize,
}

impl RawLine<'_> {
    /// The line from its start in the original on.
    pub fn whole<'o>(&self, original: &'o str) -> &'o str {
        let before = memrchr(b'\n', &original.as_bytes()[..self.at]);
        &original[before.map_or(0, |feed| feed + 1)..self.at + self.text.len()]
    }
}

impl Unwrapped {
    /// Unwraps a part of a text that may start and end anywhere in a line.
    pub fn new(original: &str, starts_line: bool) -> Self {
        let mut lines = Lines::new(original);
        let mut at = 0;
        let mut whole_lines = original.split_inclusive('\n').peekable();
        while let Some(line) = whole_lines.next() {
            let next = whole_lines.peek().map_or("", |next| without_line_end(next));
            lines.add(at, without_line_end(line), next, at > 0 || starts_line);
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
pub struct Lines<'t> {
    pub all: Vec<RawLine<'t>>,
    /// The containers whose lines these are: their numbers, and the last line of each.
    containers: HashMap<&'t str, (usize, &'t str)>,
    /// How many lines the pods of a family may have, as far as their names tell.
    pods: HashMap<&'t str, usize>,
    /// The container of the last line.
    name: &'t str,
    transcript: Transcript<'t>,
    from_curl: bool,
    /// Whether the request has the marks that curl gives to the response.
    is_inverted: bool,
    trace: Option<Trace>,
    provider: Option<Provider<'t>>,
    /// Whether the last line stands in the frame of a body, which is broken off at its width.
    breaks_words: bool,
}

/// The first word of a pod's name, which those of one program share.
fn family(name: &str) -> &str {
    name.split(['-', '.']).next().unwrap_or(name)
}

impl<'t> Lines<'t> {
    fn new(original: &'t str) -> Self {
        let mut pods = HashMap::new();
        let name = |line: &'t str| pod_before_colon(line, container(line));
        for name in original.lines().filter_map(name) {
            *pods.entry(family(name)).or_default() += 1;
        }
        Lines {
            all: Vec::new(),
            containers: HashMap::new(),
            pods,
            name: "",
            transcript: Transcript::default(),
            from_curl: is_from_curl(original),
            is_inverted: is_inverted(original),
            trace: Trace::of(original),
            provider: Provider::of(original),
            breaks_words: false,
        }
    }

    fn add(&mut self, at: usize, line: &'t str, next: &'t str, is_whole: bool) {
        if !is_whole {
            self.push(at, line, LineKind::Plain, false, 0);
            return;
        }
        let is_pod = |name| self.pods.get(family(name)) > Some(&1);
        let length = container(line);
        let is_label = pod_before_colon(line, length).is_some_and(|name| !is_pod(name));
        let (mut name, mut text) = line.split_at(if is_label { 0 } else { length });
        if name.is_empty() && !self.name.is_empty() && (goes_on(text) || text.starts_with('{')) {
            // Not all that a container says has its name.
            name = self.name;
        }
        self.name = name;
        let of_runner = runner_line(text);
        if let Some((_, last)) = self.containers.get(name.trim_end())
            && opens(last)
            && let (Some((other, _)), Some((stream, _))) = (runner_line(last), of_runner)
            && other != stream
        {
            // It stands in what another stream has not yet closed.
            name = stream;
        }
        let of_provider = self.provider.as_mut().and_then(|it| it.line(text));
        if let Some((mark, _)) = of_provider {
            name = mark;
        }
        let number = self.containers.len();
        let last = self
            .containers
            .entry(name.trim_end())
            .or_insert((number, ""));
        let container = last.0;
        let previous = std::mem::replace(&mut last.1, text);
        let mut starts_record = false;
        if let Some((_, behind)) = of_runner {
            text = behind;
            starts_record = !(goes_on(text) || text.starts_with('{') && reports_problem(previous));
        }
        if let Some((_, Some(behind))) = of_provider {
            text = behind;
            starts_record = text.contains("Request URL");
        }
        if let Some((kind, behind, goes_on)) = self.trace.as_mut().and_then(|it| it.line(text)) {
            let at = at + (behind.as_ptr() as usize - line.as_ptr() as usize);
            self.push(at, behind, kind, false, container);
            if let Some(last) = self.all.last_mut().filter(|_| goes_on) {
                last.joint = Joint::Nothing;
            }
            return;
        }
        let (unframed, framed) = unframed(text);
        let mut breaks_words = false;
        let kind = if framed {
            starts_record |= text.trim_start().starts_with(['╷', '╭', '┌', '┏', '╔']);
            let is_first = !previous.trim_start().starts_with(BARS);
            let is_body = unframed.trim_start_matches(['\'', '"']).starts_with('{');
            breaks_words = line.ends_with(unframed) && (self.breaks_words || is_first && is_body);
            text = unframed;
            LineKind::Framed
        } else if let Some((behind, kind, is_first)) = self.behind_transcript(text, next) {
            text = behind;
            starts_record = is_first;
            kind
        } else if let Some(behind) = behind_repeated_prefix(previous, text) {
            text = behind;
            LineKind::Plain
        } else {
            if starts_with_time(text) {
                let behind = behind_time(text).map(without_mark);
                // A body by itself was printed by the program whose lines these are.
                let is_body = behind.is_some_and(|text| matches!(text.trim_end(), "{" | "["));
                starts_record =
                    !(behind.is_some_and(goes_on) || is_body && reports_problem(previous));
            }
            if self.from_curl {
                let (kind, unmarked) = marked_by_curl(text, self.is_inverted);
                text = unmarked;
                kind
            } else {
                LineKind::Plain
            }
        };
        starts_record &= framed || !text.is_empty();
        let at = at + (text.as_ptr() as usize - line.as_ptr() as usize);
        self.push(at, text, kind, starts_record, container);
        self.breaks_words = breaks_words;
    }

    /// A line of a request or response that a log shows, its kind, and whether it is the first.
    fn behind_transcript(
        &mut self,
        text: &'t str,
        next: &str,
    ) -> Option<(&'t str, LineKind, bool)> {
        if self.from_curl && text.starts_with(['<', '>']) {
            return None;
        }
        self.transcript.line(text, behind_prefixes(next))
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
        // A frame wraps long lines; an empty line, a list, the rows of a table and one value
        // below another are none of these.
        let is_value = text.starts_with(['"', '\'']);
        let is_wrapped = |line: &RawLine| {
            let is_framed = line.kind == LineKind::Framed && kind == LineKind::Framed;
            let is_text = || !is_row(line.text) && !starts_paragraph(text);
            let is_whole = is_value && line.text.ends_with(['\'', '"', '}']);
            is_framed && !line.text.is_empty() && !is_whole && is_text()
        };
        let joint = match before {
            Some(line) if is_wrapped(line) && self.breaks_words => Joint::Nothing,
            Some(line) if is_wrapped(line) => Joint::Space,
            _ => Joint::Line,
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

    /// Puts the lines together, those of each container one after another.
    fn into_text(mut self, original: &str) -> Unwrapped {
        if self.containers.len() > 1 {
            self.all.sort_by_key(|line| line.container);
        }
        self.join(original);
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

fn without_line_end(line: &str) -> &str {
    let end = match line.as_bytes() {
        [.., b'\r', b'\n'] => 2,
        [.., b'\r' | b'\n'] => 1,
        _ => 0,
    };
    &line[..line.len() - end]
}

/// Where the next response starts on the line of a body.
fn next_response(text: &str) -> Option<usize> {
    let slashes = memchr_iter(b'/', text.as_bytes());
    let mut places = slashes.filter_map(|slash| slash.checked_sub("HTTP".len()));
    let at = places.find(|at| text.as_bytes()[*at..].starts_with(b"HTTP/"));
    let at = at.filter(|at| *at > 0)?;
    BODY_ENDS.contains(&text.as_bytes()[at - 1]).then_some(at)
}
