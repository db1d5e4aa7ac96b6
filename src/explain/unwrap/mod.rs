//! Text as it was before tools framed, wrapped, prefixed or escaped it.
//!
//! What happens to a line, in order ([`Unwrapped::new`], [`Lines`]):
//!
//! 1. The rest of a line that a terminal has broken is put back (`wrapped`).
//! 2. The name of its stream, the time of a runner and what Terraform's provider logs before
//!    it are taken off (`prefixes`, `provider_log`).
//! 3. So is the frame around it (`frames`), or what stands before each line of a request or a
//!    response (`transcript`), or of an object that is still open (`prefixes`).
//! 4. A time starts a record, unless the text after it goes on (`times_and_levels`, `prefixes`).
//! 5. The lines of each stream are put together.
//! 6. Diagnostics are read as if they stood in frames; lines that a frame or a column has wrapped
//!    are joined (`wrapped`).
//! 7. Escapes that hide quotes and brackets are resolved (`escapes`).

pub mod escapes;
pub mod frames;
pub mod lines;
pub mod prefixes;
pub mod provider_log;
pub mod times_and_levels;
pub mod transcript;
pub mod wrapped;

use std::collections::HashMap;
use std::iter;

use memchr::memmem;

use self::escapes::{Escapes, contains};
use self::frames::unframed;
use self::lines::{Joint, Line, LineKind, RawLine};
use self::prefixes::{
    after_prefixes, after_repeated_prefix, goes_on, grep_prefix, is_part_of_answer, runner_line,
    stream_prefix, tag, without_mark,
};
use self::provider_log::{after_provider, exchange};
use self::times_and_levels::{after_time, are_alike, around_time, level};
use self::transcript::{RECEIVED, TRACE_WIDTH, Transcript, traced};
use self::wrapped::{
    DIAGNOSTIC_START, diagnostic, frame_tails, goes_on_below, join_columns, joint, terminal_width,
};
use crate::explain::values::BARS;
use crate::explain::values::unlabelled::reports_problem;
use crate::message::common_start;

/// What a margin consists of.
const MARGIN: [char; 3] = [' ', '\t', '>'];

/// A part of an input without what tools put around it.
#[derive(Debug, Default)]
pub struct Unwrapped {
    pub text: String,
    pub lines: Vec<Line>,
    /// Where pieces of the text start: in the original and in the text, ascending in the original.
    by_original: Vec<(usize, usize)>,
    /// The same, ascending in the text.
    by_text: Vec<(usize, usize)>,
}

impl Unwrapped {
    /// Unwraps a part of a text that may start and end anywhere in a line.
    pub fn new(original: &str, starts_line: bool) -> Self {
        let mut lines = Lines {
            all: Vec::new(),
            streams: HashMap::new(),
            prefix: "",
            // Within the text: glibc compares with an empty text elsewhere slowly.
            stream: (&original[..0], &original[..0]),
            exchange: "",
            transcript: Transcript::default(),
            timed: "\0",
            tags: HashMap::new(),
            answers: 0,
            trace: contains(original, RECEIVED).then_some(LineKind::Note),
        };
        let margin = margin(original, starts_line);
        let mut width = None;
        let mut above = "";
        let mut at = 0;
        for tag in original.lines().filter_map(tag) {
            *lines.tags.entry(tag).or_default() += 1;
        }
        let mut whole_lines = original.split_inclusive('\n').peekable();
        while let Some(line) = whole_lines.next() {
            let text = without_margin(line, margin);
            let start = at + (text.as_ptr() as usize - line.as_ptr() as usize);
            if above.is_empty() {
                let below = iter::once(line).chain(whole_lines.clone());
                let below = below.map(|line| without_margin(line, margin));
                width = terminal_width(below).or(width);
            }
            if lines.trace.is_none() && goes_on_below(above, text, width) {
                lines.push_rest(start, text);
            } else if at > 0 || starts_line {
                let next = whole_lines.peek();
                let next = next.map_or("", |next| without_margin(next, margin));
                lines.add(start, text, next);
            } else {
                lines.push(start, text, LineKind::Plain, false, 0);
            }
            at += line.len();
            above = text;
        }
        lines.into_text(original)
    }

    /// Where a place of the original stands in the text.
    pub fn to_unwrapped(&self, place: usize) -> usize {
        let pieces = &self.by_original;
        let next = pieces.partition_point(|(from, _)| *from <= place);
        let (from, to) = next.checked_sub(1).map_or((0, 0), |last| pieces[last]);
        (to + place - from).min(self.text.len())
    }

    /// Where a place of the text stands in the original.
    pub fn to_raw(&self, place: usize) -> usize {
        let pieces = &self.by_text;
        let next = pieces.partition_point(|(_, to)| *to <= place);
        let (from, to) = next.checked_sub(1).map_or((0, 0), |last| pieces[last]);
        from + place - to
    }
}

/// The lines of a text, as they are taken apart.
struct Lines<'t> {
    all: Vec<RawLine<'t>>,
    /// The streams whose lines these are, by what stands before a line and its channel: their
    /// numbers, the last line of each, and its number where grep gives one.
    streams: HashMap<(&'t str, &'t str), (usize, &'t str, u32)>,
    /// What stands before the last line, and the stream that it is of.
    prefix: &'t str,
    stream: (&'t str, &'t str),
    /// The exchange that the provider was last about, which is a channel of its own.
    exchange: &'t str,
    transcript: Transcript<'t>,
    /// What stood before the last time that stands behind something.
    timed: &'t str,
    /// What stands in brackets before lines: how many have it.
    tags: HashMap<&'t str, usize>,
    /// The lines above that say what a request was answered with, without a body.
    answers: usize,
    /// The kind of the lines of a part of a `curl --trace-ascii`, where the text is one.
    trace: Option<LineKind>,
}

impl<'t> Lines<'t> {
    /// Takes in a line: what names its stream and the time of a runner or the provider are taken
    /// off it, then the first of these that there is: the part of a trace, a frame, the mark of a
    /// transcript, the prefix of the open object above.
    fn add(&mut self, at: usize, line: &'t str, next: &'t str) {
        let place = grep_prefix(line);
        let (prefix, text) = match place {
            Some((file, _, text)) => (file, text),
            None => line.split_at(stream_prefix(line)),
        };
        let runner = runner_line(text);
        let (mut channel, mut text) = runner.unwrap_or(("", text));
        let provider = after_provider(text);
        if let Some(after) = provider {
            self.exchange = exchange(after).unwrap_or(self.exchange);
            (channel, text) = (self.exchange, after);
        } else if channel.is_empty() {
            let is_again = |tag: &&str| self.tags.get(tag) > Some(&1);
            channel = tag(text).filter(is_again).unwrap_or_default();
        }
        // Not every line has the name of its stream.
        let is_other_prefix = !prefix.is_empty() && prefix != self.prefix;
        if provider.is_some() || !channel.is_empty() || is_other_prefix {
            self.stream = (prefix, channel);
        }
        self.prefix = prefix;
        let number = self.streams.len();
        let last = self.streams.entry(self.stream);
        let last = last.or_insert((number, "", 0));
        let stream = last.0;
        let place = place.and_then(|(_, number, _)| number).unwrap_or(0);
        // Between lines that are not next to each other others were left out.
        let is_apart =
            place > 0 && std::mem::replace(&mut last.2, place).checked_add(1) != Some(place);
        let above = std::mem::replace(&mut last.1, text);
        let mut starts_record = match provider {
            Some(text) => text.contains("Request URL"),
            None => runner.is_some() && !goes_on(text, above),
        };
        let trace = self.trace.as_mut();
        if let Some((after, kind)) = trace.and_then(|part| traced(text, part)) {
            let is_full = |above: &RawLine| above.text.len() == TRACE_WIDTH;
            let is_rest = self.all.last().is_some_and(is_full);
            self.push(at + line.len() - after.len(), after, kind, false, stream);
            if let Some(line) = self.all.last_mut().filter(|_| is_rest) {
                line.joint = Joint::Nothing;
            }
            return;
        }
        let (unframed, is_framed) = unframed(text);
        let mut kind = LineKind::Plain;
        if is_framed {
            starts_record |= text.trim_start().starts_with(['╷', '╭', '┌', '┏', '╔']);
            (text, kind) = (unframed, LineKind::Framed);
        } else if let Some(shown) = self.transcript.take_line(text, || after_prefixes(next)) {
            (text, kind, starts_record) = shown;
        } else if let Some(after) = after_repeated_prefix(above, text) {
            (text, starts_record) = (after, false);
        } else {
            let time = after_time(text).map(|(after, _)| after);
            if let Some(after) = time.or_else(|| self.after_alike_time(text, next)) {
                let shows_answer = self.answers == 1 && is_part_of_answer(after, above);
                starts_record = !shows_answer && !goes_on(without_mark(after), above);
                // Several before their bodies may be of requests at the same time.
                let is_answer = !after.contains("{\"") && reports_problem(after);
                self.answers = match (is_answer, shows_answer) {
                    (true, _) => self.answers + 1,
                    (_, true) if !after.contains("{\"") => self.answers,
                    _ => 0,
                };
            }
        }
        starts_record |= is_apart;
        let at = at + (text.as_ptr() as usize - line.as_ptr() as usize);
        self.push(at, text, kind, starts_record, stream);
    }

    /// What stands after the time in a line, where what stands before it stands before the time
    /// in the next line, too, or in the last that has one.
    fn after_alike_time(&mut self, line: &'t str, next: &str) -> Option<&'t str> {
        let (before, after) = around_time(line)?;
        let mut others = [std::mem::replace(&mut self.timed, before)]
            .into_iter()
            .chain(around_time(after_prefixes(next)).map(|(before, _)| before));
        others
            .any(|other| are_alike(before, other))
            .then_some(after)
    }

    /// Adds a line; where a body ends and the next response follows on it, several.
    fn push(
        &mut self,
        at: usize,
        text: &'t str,
        kind: LineKind,
        starts_record: bool,
        stream: usize,
    ) {
        let versions = memmem::find_iter(text.as_bytes(), "HTTP/");
        let starts = versions.filter(|at| text[..*at].ends_with(['}', ']', '>']));
        let mut start = 0;
        for end in starts.chain([text.len()]) {
            self.all.push(RawLine {
                at: at + start,
                text: &text[start..end],
                kind,
                starts_record: starts_record || start > 0,
                stream,
                joint: Joint::Line,
            });
            start = end;
        }
    }

    /// Adds the rest of the last line, which the terminal has broken.
    fn push_rest(&mut self, at: usize, text: &'t str) {
        let joint = Joint::Nothing;
        let rest = self.all.last().map(|line| RawLine {
            at,
            text,
            joint,
            starts_record: false,
            ..*line
        });
        self.all.extend(rest);
    }

    /// Takes the prefix off the lines of diagnostics, as if that were the frame around them.
    fn frame_diagnostics(&mut self) {
        let mut number = 0;
        while let Some(first) = self.all.get(number) {
            let is_own =
                |line: &&RawLine| line.kind == LineKind::Plain && line.stream == first.stream;
            let own = self.all[number..].iter().take_while(is_own);
            let found = diagnostic(first.text, &mut own.map(|line| line.text).skip(1));
            let width = terminal_width(found.iter().copied());
            let lines = self.all[number..].iter_mut().zip(&found);
            let mut above = "";
            for (place, (line, text)) in lines.enumerate() {
                if goes_on_below(above, text, width) {
                    line.joint = Joint::Nothing;
                }
                above = text;
                line.at += text.as_ptr() as usize - line.text.as_ptr() as usize;
                (line.text, line.kind) = (text, LineKind::Framed);
                line.starts_record = place == 0;
            }
            number += found.len().max(1);
        }
    }

    /// Puts the lines together, those of each stream one after another.
    fn into_text(mut self, original: &str) -> Unwrapped {
        if self.streams.len() > 1 {
            self.all.sort_by_key(|line| line.stream);
        }
        if contains(original, DIAGNOSTIC_START) {
            frame_tails(&mut self.all, original);
            self.frame_diagnostics();
        }
        if contains(original, "\n                ") {
            join_columns(&mut self.all);
        }
        let escapes = Escapes::of(original);
        let mut unwrapped = Unwrapped {
            text: String::with_capacity(original.len()),
            ..Unwrapped::default()
        };
        // The width at which the lines above were broken within words.
        let mut broken = None;
        let mut above: Option<&RawLine> = None;
        for line in &self.all {
            let is_other = above.is_some_and(|above| above.stream != line.stream);
            let is_framed = |line: &RawLine| line.kind == LineKind::Framed;
            broken = broken.filter(|_| is_framed(line) && above.is_some_and(is_framed));
            let joint = match above {
                Some(above) if !is_other => joint(above, line, broken),
                _ => Joint::Line,
            };
            match joint {
                Joint::Nothing => {}
                Joint::Space => unwrapped.text.push(' '),
                Joint::Line => {
                    if above.is_some() {
                        unwrapped.text.push('\n');
                    }
                    let start = unwrapped.text.len();
                    unwrapped.lines.push(Line {
                        start,
                        end: start,
                        kind: line.kind,
                        level: level(line.text),
                        starts_record: line.starts_record || is_other,
                    });
                }
            }
            // A frame around a body alone is drawn by programs that break words.
            let is_first = above.is_some_and(|above| above.text.is_empty());
            let is_body = line.text.trim_start_matches(['\'', '"']).starts_with('{');
            let after = &original[line.at + line.text.len()..];
            if is_first && is_body && !after.trim_start_matches(' ').starts_with(BARS) {
                broken = Some(line.text.chars().count());
            }
            escapes.resolve(
                line.at,
                line.text,
                &mut unwrapped.text,
                &mut unwrapped.by_text,
            );
            let end = unwrapped.text.len();
            if let Some(last) = unwrapped.lines.last_mut() {
                last.end = end;
            }
            above = Some(line);
        }
        unwrapped.by_original.clone_from(&unwrapped.by_text);
        unwrapped.by_original.sort_unstable();
        unwrapped
    }
}

/// The line without what stands before all lines, and without its end.
fn without_margin<'t>(line: &'t str, margin: &str) -> &'t str {
    let text = line.strip_suffix('\n').unwrap_or(line);
    let text = text.strip_suffix('\r').unwrap_or(text);
    let is_empty = text.len() < margin.len() && margin.starts_with(text);
    text.strip_prefix(margin)
        .unwrap_or(if is_empty { &text[text.len()..] } else { text })
}

/// What stands before all lines of a text: spaces, and the marks of a mail that quotes it.
fn margin(text: &str, starts_line: bool) -> &str {
    let lines = text.lines().skip(usize::from(!starts_line));
    let mut lines = lines.filter(|line| !line.trim_matches(MARGIN).is_empty());
    let first = lines.next().unwrap_or_default();
    let first = &first[..first.len() - first.trim_start_matches(MARGIN).len()];
    lines.fold(first, common_start)
}
