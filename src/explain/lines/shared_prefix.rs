//! What stands before each of several lines, one below another: the time and the names of a runner,
//! a journal or a logger, the name of what a tool runs, the numbers of lines.
//!
//! It is taken off where it stands before printed text, which is known by what only that has: empty
//! and indented lines. `bursts` decides which of these lines belong together.

use std::ops::Range;

use super::bursts::has_id;
use super::continuation::{MAX_WAIT, without_marks_after_time};
use super::levels::level;
use super::prefix::Prefixed;
use super::times::{after_time, is_time_first, seconds_apart};
use crate::data::words::is_number;
use crate::explain::values::has_error_code;
use crate::explain::values::http::has_request;
use crate::substrings::{before, start_of};

/// Seconds between lines that were read together.
pub const MAX_BURST: f64 = 1.0;
/// Bytes of the names before a text, and how many there are.
const MAX_NAMES: usize = 80;
const MAX_PARTS: usize = 6;
/// Lines around these in which their names are looked for.
const MAX_NEAR: usize = 32;
/// Lines without a time that show that something stands before each.
const MIN_LINES: usize = 3;

/// Takes what stands before all of several lines off them.
pub fn take_off_prefixes(lines: &mut [Prefixed]) {
    let printed: Vec<_> = lines.iter().map(Printed::new).collect();
    let shared: Vec<_> = printed.windows(2).map(|pair| shared_names(&pair[0], &pair[1])).collect();
    take_off(lines, &printed, &shared, 0..lines.len());
}

/// Takes names off some of the lines. `shared` says how many each line has in common with the next,
/// none where they were not printed together. The fewest that all have count first, as more of them
/// may start the printed text.
fn take_off<'t>(
    lines: &mut [Prefixed<'t>],
    printed: &[Option<Printed<'t>>],
    shared: &[Option<usize>],
    part: Range<usize>,
) {
    let last = part.end.saturating_sub(1);
    let Some(fewest) = shared[part.start..last].iter().min() else { return };
    if let Some(names) = *fewest
        && are_printed(printed, &part, names)
    {
        let first = printed[part.start].as_ref().map_or("", |it| it.split(names).0);
        for (line, printed) in lines[part.clone()].iter_mut().zip(printed[part].iter().flatten()) {
            printed.take_off(line, names, first);
        }
        return;
    }
    let mut start = part.start;
    for end in part {
        if end == last || shared[end] == *fewest {
            take_off(lines, printed, shared, start..end + 1);
            start = end + 1;
        }
    }
}

/// A line as printed text, perhaps behind a time that its program may not have written.
struct Printed<'t> {
    /// Empty where there is none.
    time: &'t str,
    text: &'t str,
    /// Where each of the names that the text may start with ends.
    names: Vec<usize>,
    /// Whether the time was taken off already.
    is_of_runner: bool,
}

impl<'t> Printed<'t> {
    fn new(line: &Prefixed<'t>) -> Option<Self> {
        let is_of_runner = !line.read_at.is_empty();
        let text = match line.after_time {
            Some(after) if !is_of_runner => {
                // Without seconds nobody knows what was printed at once.
                let has_seconds = line.time.matches(':').count() > 1;
                (has_seconds && is_time_first(line.text))
                    .then(|| without_marks_after_time(after))?
            }
            _ => Some(line.text).filter(|_| line.time == line.read_at)?,
        };
        Some(Printed { time: line.time, text, names: ends_of_names(text), is_of_runner })
    }

    /// The names that stand before the text, and the text, if it starts with so many.
    fn split(&self, names: usize) -> (&'t str, &'t str) {
        let end = names.checked_sub(1).map_or(0, |last| self.names[last]);
        self.text.split_at(end)
    }

    fn name(&self, number: usize) -> &'t str {
        self.split(number + 1).0[self.split(number).0.len()..].trim()
    }

    /// Whether it has a time that may be a runner's.
    fn has_time(&self) -> bool {
        !self.time.is_empty() && !self.is_of_runner
    }

    /// Takes so many names off the line, and the time. Without a time the names of the first such line
    /// name its stream.
    fn take_off(&self, line: &mut Prefixed<'t>, names: usize, of_first: &'t str) {
        let (_, text) = self.split(names);
        // The program may have written a time of its own.
        let after = after_time(text);
        line.time = after.map_or(self.time, |after| before(text, after));
        if self.time.is_empty() {
            line.stream.1 = of_first;
            line.after_time = after;
        } else {
            line.read_at = self.time;
            line.after_time = after.or(Some(text));
        }
        line.text = text;
    }
}

/// How many names two lines have in common that may have been printed together. Numbers of lines
/// and times ascend.
fn shared_names(above: &Option<Printed>, line: &Option<Printed>) -> Option<usize> {
    let (above, line) = (above.as_ref()?, line.as_ref()?);
    if above.time.is_empty() != line.time.is_empty() {
        return None;
    }
    let is_shared = |number: &usize| {
        let [above, own] = [above, line].map(|it| it.name(*number));
        let numbers = [above, own].map(|it| it.trim_end_matches(':').parse::<f64>());
        match numbers {
            [Ok(above), Ok(own)] => above <= own,
            _ => above == own,
        }
    };
    let most = above.names.len().min(line.names.len());
    let shared = (0..most).take_while(is_shared).count();
    // Names say that a later line is of the same program, too.
    let max = if shared > 0 { MAX_WAIT } else { MAX_BURST };
    // A level starts a report.
    let has_level = |it: &Printed| level(it.split(shared).1).is_some();
    let is_near = seconds_apart(line.time, above.time) < max;
    (is_near && !has_level(above) && !has_level(line)).then_some(shared)
}

/// Whether some lines are printed text behind so many names.
fn are_printed(all: &[Option<Printed>], part: &Range<usize>, names: usize) -> bool {
    let lines: Vec<_> = all[part.clone()].iter().flatten().collect();
    let Some(first) = lines.first() else { return false };
    let shared = first.split(names).0;
    if has_id(shared) || has_error_code(shared) || has_request(shared) {
        return false;
    }
    let shows_output = || shows_output(lines.iter().map(|it| it.split(names).1));
    if first.has_time() {
        return shows_output();
    }
    if names == 0 || lines.len() < MIN_LINES {
        return false;
    }
    // What a tool puts before all lines may stand before those of a log, too.
    let is_of_all = lines.len() == all.len() && !is_number(first.name(0).trim_end_matches(':'));
    let near = all.iter().take(part.end + MAX_NEAR).skip(part.start.saturating_sub(MAX_NEAR));
    // A logger's name comes back below another's.
    let with_names = near.flatten().filter(|it| it.text.starts_with(shared)).count();
    (is_of_all || shows_output()) && with_names <= lines.len()
}

/// Whether one of several texts is empty, closes a bracket or is indented deeper than all of them.
fn shows_output<'t>(texts: impl Iterator<Item = &'t str> + Clone) -> bool {
    let indent = |text: &str| text.len() - text.trim_start_matches(' ').len();
    let margin = texts.clone().filter(|it| !it.is_empty()).map(indent).min().unwrap_or_default();
    texts
        .map(|it| it.get(margin..).unwrap_or_default())
        .any(|text| text.is_empty() || text.starts_with([' ', '\t', '}', ']', ')']))
}

/// Where each of the names ends that a text may start with: a number, a level, or words before a mark,
/// each with a space or a tab behind it.
fn ends_of_names(text: &str) -> Vec<usize> {
    let mut ends = Vec::new();
    let near = start_of(text, MAX_NAMES);
    let mut start = 0;
    for (at, c) in near.char_indices() {
        let part = &near[start..at];
        let end = match c {
            '"' | '\'' | '=' | '`' | '<' => break,
            // grep puts no space behind the number.
            ':' if ends.is_empty() && is_number(part) => at + 1,
            ' ' | '\t' if is_name(part, &near[at..]) => at + 1,
            _ => continue,
        };
        ends.push(end);
        start = end;
        if ends.len() == MAX_PARTS {
            break;
        }
    }
    // On an empty line the space may be cut off.
    if near.len() == text.len() && ends.len() < MAX_PARTS && is_name(&near[start..], "  ") {
        ends.push(near.len());
    }
    ends
}

/// Whether a part of a text may be a name that stands before all lines; `after` is what follows.
fn is_name(part: &str, after: &str) -> bool {
    let part = part.trim_start();
    let is_marked = || part.ends_with([':', ']', '|', ')', '}']) || part.ends_with(" -");
    let is_mark = matches!(part, "#" | "//" | "-" | "--");
    is_mark
        || part == "E" && after.starts_with("  ")
        || part.contains(|c: char| c.is_ascii_alphanumeric())
            && (is_marked()
                || level(part).is_some()
                || part.parse::<f64>().is_ok()
                || part.strip_prefix('#').is_some_and(is_number))
}
