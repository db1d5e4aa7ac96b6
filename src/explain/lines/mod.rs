//! Text as it was before tools prefixed, framed, wrapped or escaped it.
//!
//! Lines that Docker or `go test -json` keeps in objects are taken out of them first
//! (`kept_lines`). Then each line loses the name of its stream and the time of a runner (`prefix`),
//! and the names that it shares with the lines around it (`shared_prefix`). [`Lines::add`] takes
//! off its frame (`frame`), or the prefix of a request or response that is shown line by line
//! (`transcript`). A line with a time (`times`) starts a log record, unless it goes on with the
//! line above (`continuation`, `bursts`). A call at the prompt of an interpreter starts one, too
//! (`dialogue`). The tables in `tree/log_records/mod.rs` list everything that starts a log record.
//!
//! Last, the lines are sorted by stream, as the input may mix the lines of several streams. Wrapped
//! lines are joined (`wrapped`, `wrapped_cells`; soft breaks of mails and breaks of
//! `curl --trace-ascii` in `Unwrapped::of_lines`), escapes are resolved (`line_escapes`), and each
//! line gets its level (`levels`).

mod bursts;
mod continuation;
pub(super) mod dialogue;
pub(super) mod frame;
pub(super) mod html_layout;
mod kept_lines;
pub(super) mod levels;
pub(super) mod line;
pub(super) mod line_escapes;
pub(super) mod place_map;
pub(super) mod prefix;
mod shared_prefix;
pub(super) mod times;
mod transcript;
pub(super) mod wrapped;
pub(super) mod wrapped_cells;

use std::collections::{HashMap, HashSet};
use std::mem;

use memchr::{memchr_iter, memchr3_iter};

use self::bursts::goes_on_in_burst;
use self::continuation::goes_on;
use self::dialogue::asks_anew;
use self::frame::{CORNERS, joint, unframed};
use self::levels::level;
use self::line::{Line, LineKind, RawLine};
use self::line_escapes::{Resolved, escapes_in};
use self::place_map::PlaceMap;
use self::prefix::{UnprefixedLine, names_before_lines, tag, thread};
use self::shared_prefix::take_off_prefixes;
use self::transcript::{TRACE_NOTES, TRACE_WIDTH, Transcript, after_offset};
use self::wrapped::{COLUMN, frame_diagnostics, is_broken_below, join_columns, terminal_width};
use self::wrapped_cells::{RULES, join_cells};
use crate::explain::terraform_diagnostics::DIAGNOSTIC_START;
use crate::explain::values::alone::is_value_line;
use crate::explain::values::http::{has_request, starts_with_request};
use crate::substrings::{before, common_start, has_any, place_in, start_among};

/// Characters of a margin.
const MARGIN_SIGNS: [char; 3] = [' ', '\t', '>'];
/// The header of a mail in which `=` at the end of a line is a soft break: the line goes on below.
const QUOTED_PRINTABLE: &str = "Content-Transfer-Encoding: quoted-printable";
/// Starts of texts that get a line of their own right behind a body or a tag: the next response, a
/// message or a call of curl, the next row, item or paragraph.
#[rustfmt::skip]
const BEHIND_BODY: [&str; 16] = [
    "HTTP/", "curl: (", "curl -", "$ curl ",
    "<tr", "<li", "<table", "</table", "<pre", "<p>", "<p ", "<h1", "<h2", "<h3", "<h4", "<hr",
];

/// Stands for the channel of the last line with the same name.
const LAST_CHANNEL: &str = "\0";
/// How Jenkins starts a line about its own steps. A brace behind it belongs to no object.
const JENKINS_STEP: &str = "[Pipeline] ";

/// A part of an input without what tools put around it.
#[derive(Debug, Default)]
pub(super) struct Unwrapped {
    pub text: String,
    pub lines: Vec<Line>,
    /// One map for each rewriting, the latest first.
    maps: Vec<PlaceMap>,
}

impl Unwrapped {
    /// Unwraps a part of a text, which may end within a line and, unless `starts_line`, start in
    /// one.
    pub(super) fn new(original: &str, starts_line: bool) -> Self {
        if !has_any(original, &kept_lines::SIGNS) {
            return Unwrapped::of_lines(original, starts_line);
        }
        let (text, map) = kept_lines::unpacked(original);
        let mut unwrapped = Unwrapped::of_lines(&text, starts_line);
        unwrapped.maps.push(map);
        unwrapped
    }

    /// Unwraps lines that are not kept in objects.
    fn of_lines<'t>(original: &'t str, starts_line: bool) -> Self {
        let mut lines = Lines::new(original);
        let margin = common_margin(original.lines().skip(usize::from(!starts_line)));
        let is_mail = has_any(original, &[QUOTED_PRINTABLE]);
        let has_soft_break = |line: &str| is_mail && line.ends_with('=') && !line.ends_with("==");
        let is_traced = has_any(original, &TRACE_NOTES[..1]);
        let text_of = |line| {
            let text = without_margin(line, margin);
            Some(text).filter(|_| is_traced).and_then(after_offset).unwrap_or(text)
        };
        let mut texts: Vec<_> = original.split_inclusive('\n').map(text_of).collect();
        unquote_all(&mut texts);
        let without_break =
            |line: &'t str| if has_soft_break(line) { &line[..line.len() - 1] } else { line };
        let names = names_before_lines(&texts);
        let starts = texts.iter().zip(names);
        let mut unprefixed: Vec<_> =
            starts.map(|(line, name)| UnprefixedLine::new(without_break(line), name)).collect();
        take_off_prefixes(&mut unprefixed);
        let (mut width, mut above) = (is_traced.then_some(TRACE_WIDTH), "");
        for (index, line) in texts.iter().copied().enumerate() {
            if above.is_empty() {
                width = terminal_width(&texts[index..]).or(width);
            }
            let is_broken = has_soft_break(above)
                || width.is_some_and(|width| is_broken_below(above, line, width));
            above = line;
            let text = without_break(line);
            let broken = lines.all.last().filter(|_| is_broken);
            if let Some(first) = broken.copied() {
                lines.all.push(RawLine {
                    text,
                    starts_log_record: false,
                    joint: Some(""),
                    ..first
                });
            } else if starts_line || !lines.all.is_empty() {
                let next = unprefixed.get(index + 1).map_or("", |next| next.text);
                lines.add(unprefixed[index], next);
            } else {
                lines.push(text, LineKind::Plain, false, 0);
            }
        }
        lines.into_text(original)
    }

    /// Maps an offset of the original to the text; `None` if what stands there was taken off.
    pub(super) fn in_text(&self, original: usize) -> Option<usize> {
        let mut maps = self.maps.iter().rev();
        let at = maps.try_fold(original, |at, map| map.in_text(at))?;
        self.text.is_char_boundary(at).then_some(at)
    }

    /// Maps an offset of the text to the original.
    pub(super) fn in_original(&self, at: usize) -> usize {
        self.maps.iter().fold(at, |at, map| map.in_original(at))
    }
}

/// The lines of a text, as they are taken apart.
#[derive(Default)]
struct Lines<'t> {
    all: Vec<RawLine<'t>>,
    /// The number of each stream, by its name and channel (`UnprefixedLine::stream`).
    streams: HashMap<(&'t str, &'t str), usize>,
    /// The last line of each stream so far.
    ends: Vec<UnprefixedLine<'t>>,
    /// The stream of the line above, and its number.
    stream: (&'t str, &'t str),
    stream_number: usize,
    transcript: Transcript<'t>,
    /// How often each tag in brackets stands at the start of a line or behind a space.
    tags: HashMap<&'t str, usize>,
    /// The branches that run side by side: tags behind a time in brackets, on lines with a request.
    /// Empty if there is only one.
    branches: HashSet<&'t str>,
}

impl<'t> Lines<'t> {
    fn new(original: &'t str) -> Self {
        let mut tags = HashMap::new();
        let bytes = original.as_bytes();
        let brackets =
            memchr_iter(b'[', bytes).filter(|at| *at == 0 || b"\n ".contains(&bytes[at - 1]));
        let mut branches = HashSet::new();
        for (at, tag) in brackets.filter_map(|at| Some((at, tag(&original[at..])?))) {
            *tags.entry(tag).or_default() += 1;
            let line = || original[at..].lines().next().unwrap_or_default();
            let is_beside_time = original[..at]
                .strip_suffix("] ")
                .is_some_and(|time| time.ends_with(|c: char| c.is_ascii_digit() || c == 'Z'));
            if is_beside_time && has_request(line()) {
                branches.insert(tag);
            }
        }
        if branches.len() < 2 {
            branches.clear();
        }
        // A slice of the text: glibc is slow to compare an empty text from elsewhere.
        let stream = (&original[..0], &original[..0]);
        Lines { stream, tags, branches, ..Lines::default() }
    }

    /// Finds the kind of a line and whether it starts a log record, and adds it. `next` is the text
    /// of the line below.
    fn add(&mut self, line: UnprefixedLine<'t>, next: &'t str) {
        let (stream, above) = self.stream_of(line);
        let text = line.text;
        let step = text.strip_prefix(JENKINS_STEP);
        if above.is_partial {
            let (kind, starts_log_record, joint) = (LineKind::Plain, false, Some(""));
            return self.all.push(RawLine { text, kind, starts_log_record, stream, joint });
        }
        let (text, kind, starts_log_record) = if let Some(inside) = unframed(text) {
            (inside, LineKind::Framed, text.trim_start().starts_with(CORNERS))
        } else if step.is_some_and(|step| step.starts_with(['{', '}', '/']))
            || html_layout::is_around_rows(text)
        {
            (text, LineKind::PassedOver, false)
        } else if let Some(shown) = self.transcript.take_line(text, next) {
            shown
        } else {
            let is_timed = line.after_time.is_some() && !goes_on_in_burst(&line, &above);
            let starts_log_record = is_timed && !goes_on(&line, &above) || asks_anew(text);
            (text, LineKind::Plain, starts_log_record)
        };
        self.push(text, kind, starts_log_record, stream);
    }

    /// The number of a line's stream, and the line above in that stream.
    fn stream_of(&mut self, line: UnprefixedLine<'t>) -> (usize, UnprefixedLine<'t>) {
        let (name, mut channel) = line.stream;
        // Java's first thread (`main`) is a branch if there are other tags.
        let is_branch =
            |tag: &str| self.branches.contains(tag) || tag == "main" && self.tags.len() > 1;
        let thread = || thread(line.after_time?, is_branch);
        let tag = tag(line.text)
            .or_else(thread)
            .filter(|tag| self.tags.get(tag) > Some(&1) || is_branch(tag));
        channel = tag.unwrap_or(channel);
        // A line that names no other stream is of the stream of the line above.
        let is_named = !channel.is_empty() || !name.is_empty() && name != self.stream.0;
        // Where an object goes on, it goes on in the channel of the last line with this name.
        let goes_on = channel.is_empty() && line.text.starts_with([' ', '"', '}', ']']);
        if goes_on && self.streams.contains_key(&(name, LAST_CHANNEL)) {
            channel = LAST_CHANNEL;
        }
        let stream = if is_named { (name, channel) } else { self.stream };
        if stream != self.stream || self.ends.is_empty() {
            self.stream = stream;
            let next = self.ends.len();
            self.stream_number = *self.streams.entry(stream).or_insert(next);
            self.ends.resize(next.max(self.stream_number + 1), UnprefixedLine::default());
            self.streams.insert((name, LAST_CHANNEL), self.stream_number);
        }
        let above = mem::replace(&mut self.ends[self.stream_number], line);
        (self.stream_number, above)
    }

    /// Adds a line, split where one of `BEHIND_BODY` stands behind the end of a body or a tag.
    fn push(&mut self, text: &'t str, kind: LineKind, starts_log_record: bool, stream: usize) {
        let ends = memchr3_iter(b'}', b']', b'>', text.as_bytes()).map(|end| end + 1);
        let starts = ends.filter(|at| start_among(&BEHIND_BODY, &text[*at..]).is_some());
        let mut start = 0;
        for end in starts.chain([text.len()]) {
            let text = &text[start..end];
            self.all.push(RawLine { text, kind, starts_log_record, stream, joint: None });
            start = end;
        }
    }

    /// Puts the lines together, stream by stream.
    fn into_text(mut self, original: &'t str) -> Unwrapped {
        if self.streams.len() > 1 {
            self.all.sort_by_key(|line| line.stream);
        }
        if has_any(original, &[DIAGNOSTIC_START]) {
            frame_diagnostics(&mut self.all);
        }
        if has_any(original, &[COLUMN]) {
            join_columns(&mut self.all);
        }
        if has_any(original, &RULES) {
            join_cells(&mut self.all, original);
        }
        let mut lines: Vec<Line> = Vec::new();
        let mut out = Resolved::with_capacity(original.len());
        let mut above: Option<&RawLine> = None;
        let escapes = escapes_in(original);
        for line in &self.all {
            let is_other = above.is_some_and(|above| above.stream != line.stream);
            let joint = above.filter(|_| !is_other).and_then(|it| {
                joint(it, line).or_else(|| html_layout::is_in_row(line.text).then_some(""))
            });
            out.text.push_str(joint.unwrap_or(if above.is_some() { "\n" } else { "" }));
            if joint.is_none() {
                lines.push(Line {
                    start: out.text.len(),
                    end: out.text.len(),
                    kind: line.kind,
                    level: level(line.text),
                    starts_log_record: line.starts_log_record || is_other,
                    stream: line.stream,
                });
            }
            let at = place_in(original, line.text).start;
            out.push_line(at, line.text, &escapes);
            if let Some(last) = lines.last_mut() {
                last.end = out.text.len();
            }
            above = Some(line);
        }
        Unwrapped { text: out.text, lines, maps: vec![PlaceMap::new(out.pieces)] }
    }
}

/// The line without the margin and without its line end.
fn without_margin<'t>(line: &'t str, margin: &str) -> &'t str {
    let text = line.trim_end_matches(['\r', '\n']);
    let inside = text.strip_prefix(margin).or_else(|| text.strip_prefix(margin.trim_end()));
    inside.unwrap_or(text)
}

/// Takes the marks (`>`) off the lines that a mail quotes, one block of lines after another.
fn unquote_all(lines: &mut [&str]) {
    let is_quoted = |line: &str| line.starts_with('>');
    let quotes = lines.chunk_by_mut(|a, b| is_quoted(a) && is_quoted(b));
    quotes.filter(|quote| is_quoted(quote[0])).for_each(unquote);
}

/// Takes the marks off a block of quoted lines, and off quotes inside it, if a line has values, a
/// body or a request. In curl's `> GET /v1/a HTTP/1.1` and in a prompt, `>` is no quote mark.
fn unquote(lines: &mut [&str]) {
    let first = lines.iter().find(|line| has_text(line)).copied().unwrap_or_default();
    let margin = common_margin(lines.iter().copied());
    let inside = |line| without_margin(line, margin);
    let is_of_quote = |text: &str| {
        text.starts_with('{') || is_value_line(text) || starts_with_request(text.trim_start())
    };
    if !first.contains("HTTP/") && lines.iter().any(|line| is_of_quote(inside(line))) {
        for line in &mut *lines {
            *line = inside(line);
        }
        unquote_all(lines);
    }
}

/// The margin that all lines with text have in common: white space, and the marks of a mail that
/// quotes them.
fn common_margin<'t>(lines: impl Iterator<Item = &'t str>) -> &'t str {
    let mut lines = lines.filter(|line| has_text(line));
    let first = lines.next().unwrap_or_default();
    lines.fold(before(first, first.trim_start_matches(MARGIN_SIGNS)), common_start)
}

/// Whether a line has more than a margin.
fn has_text(line: &str) -> bool {
    !line.trim_matches(MARGIN_SIGNS).is_empty()
}
