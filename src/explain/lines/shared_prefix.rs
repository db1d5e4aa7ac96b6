//! Takes off what several lines in a row start with: the time and the names of a runner, a journal
//! or a logger, the name of what a tool runs, the numbers of lines.
//!
//! Such a prefix is taken off where the text behind it is printed text, which has empty or indented
//! lines or closing brackets, or where all lines have the prefix. `bursts` decides later which of
//! these lines go on with each other.

use std::ops::Range;

use super::bursts::{MAX_BURST, says_value};
use super::continuation::without_marks_after_time;
use super::levels::level;
use super::prefix::UnprefixedLine;
use super::times::{MAX_WAIT, after_time, seconds_apart, starts_with_bare_time};
use crate::data::words::is_number;
use crate::explain::values::has_error_code;
use crate::explain::values::http::has_request;
use crate::explain::values::labels::meaning_of;
use crate::substrings::{before, start_of};

/// The most bytes of the names before a text and how many names there are.
const MAX_NAMES_LENGTH: usize = 80;
const MAX_NAMES: usize = 6;
/// Marks of comments.
const COMMENTS: [&str; 2] = ["#", "//"];
/// How many lines above and below are searched for other names.
const MAX_NEAR: usize = 32;
/// The fewest lines that must share their names if no time stands before the names.
const MIN_LINES: usize = 3;

/// Takes off the prefixes that several lines in a row share.
pub(super) fn take_off_prefixes(lines: &mut [UnprefixedLine]) {
    let printed: Vec<_> = lines.iter().map(Printed::new).collect();
    let shared: Vec<_> = printed.windows(2).map(|pair| shared_names(&pair[0], &pair[1])).collect();
    take_off(lines, &printed, &shared, 0..lines.len());
}

/// Takes shared names off the lines in `part`. `shared` says how many names each line shares with
/// the next, `None` if they were not printed together. The names that all lines share are tried
/// first, as further names may be printed text. If those are no prefix, the lines are split into
/// smaller parts.
fn take_off<'t>(
    lines: &mut [UnprefixedLine<'t>],
    printed: &[Printed<'t>],
    shared: &[Option<usize>],
    part: Range<usize>,
) {
    let last = part.end.saturating_sub(1);
    let Some(fewest) = shared[part.start..last].iter().min() else { return };
    if let Some(names) = *fewest {
        let near = part.start.saturating_sub(MAX_NEAR)..printed.len().min(part.end + MAX_NEAR);
        let (own, near) = (&printed[part.clone()], &printed[near]);
        let prefix = SharedPrefix { lines: own, near, names };
        if prefix.is_before_output() {
            let stream = prefix.stream();
            for (line, printed) in lines[part].iter_mut().zip(own) {
                printed.take_off(line, names, stream);
            }
            return;
        }
    }
    let mut start = part.start;
    for end in part {
        if end == last || shared[end] == *fewest {
            take_off(lines, printed, shared, start..end + 1);
            start = end + 1;
        }
    }
}

/// A line as text that a program printed, perhaps behind a time that a runner may have written.
struct Printed<'t> {
    /// Empty where there is none.
    time: &'t str,
    text: &'t str,
    /// The names that the text may start with, each with the text after it.
    names: Vec<(&'t str, &'t str)>,
    /// Whether the time was taken off already.
    is_of_runner: bool,
    /// Whether the line starts a log record, as its program wrote the time before it.
    starts_log_record: bool,
}

impl<'t> Printed<'t> {
    fn new(line: &UnprefixedLine<'t>) -> Self {
        let is_of_runner = !line.read_at.is_empty();
        // A time without seconds does not show what was printed at once.
        let may_be_of_runner = || {
            line.time.matches(':').count() > 1 && starts_with_bare_time(line.text) && !is_of_runner
        };
        let after = line.after_time.filter(|_| may_be_of_runner());
        let text = after.map_or(line.text, without_marks_after_time);
        let starts_log_record = after.is_none() && line.time != line.read_at;
        let names = if starts_log_record { Vec::new() } else { names(text) };
        Printed { time: line.time, text, names, is_of_runner, starts_log_record }
    }

    /// The text after the first `names` of its names.
    fn after(&self, names: usize) -> &'t str {
        names.checked_sub(1).map_or(self.text, |last| self.names[last].1)
    }

    /// Takes the time and the first `names` of the names off the line; without a time, sets its
    /// stream.
    fn take_off(&self, line: &mut UnprefixedLine<'t>, names: usize, stream: &'t str) {
        let text = self.after(names);
        // The program may have written a time of its own.
        let after = after_time(text);
        line.time = after.map_or(self.time, |after| before(text, after));
        line.after_time = after;
        if !self.time.is_empty() {
            line.read_at = self.time;
            line.after_time = after.or(Some(text));
        } else if !stream.is_empty() {
            line.stream.1 = stream;
        }
        line.text = text;
    }
}

/// How many names two lines share; `None` if they were not printed together.
fn shared_names(above: &Printed, line: &Printed) -> Option<usize> {
    let pairs = above.names.iter().zip(&line.names);
    let shared = pairs.take_while(|(above, own)| above.0 == own.0 || follows(own.0, above.0));
    let shared = shared.count();
    // With the same names, a line that was printed later is of the same program, too.
    let max = if shared > 0 { MAX_WAIT } else { MAX_BURST };
    // A level starts a log record.
    let starts_log_record =
        |it: &Printed| it.starts_log_record || level(it.after(shared)).is_some();
    let are_printed = above.time.is_empty() == line.time.is_empty()
        && seconds_apart(line.time, above.time) < max
        && ![above, line].into_iter().any(starts_log_record);
    are_printed.then_some(shared)
}

/// The number in a name, without the decimal point: the number of a line (`12:`), or seconds
/// (`0.25`).
fn number_of(name: &str) -> Option<u64> {
    name.trim_end_matches([':', '|', ' ']).replacen('.', "", 1).parse().ok()
}

/// Whether a name is the number of the next line, or seconds that are not before those above.
fn follows(name: &str, above: &str) -> bool {
    let numbers = number_of(name).zip(number_of(above));
    numbers.is_some_and(|(own, above)| {
        own.checked_sub(1) == Some(above) || name.contains('.') && own >= above
    })
}

/// The first `names` names of some lines in a row, which all of them share.
struct SharedPrefix<'p, 't> {
    lines: &'p [Printed<'t>],
    /// These and the lines around them.
    near: &'p [Printed<'t>],
    names: usize,
}

impl<'t> SharedPrefix<'_, 't> {
    /// The shared names as the first line has them, each with its index.
    fn names(&self) -> impl Iterator<Item = (usize, &'t str)> {
        self.lines[0].names[..self.names].iter().map(|name| name.0).enumerate()
    }

    /// Whether the names stand before printed text, and have no value, label or request.
    fn is_before_output(&self) -> bool {
        let lines = self.lines;
        // The tags of threads and branches stay, to keep their lines apart.
        let is_beside_other_tag = |index: usize, name: &str| {
            name.starts_with('[') && self.others(index, &|it| it.starts_with('[')) > 0
        };
        if self.names().any(|(index, it)| is_about_error(it) || is_beside_other_tag(index, it)) {
            return false;
        }
        let first = &lines[0];
        if !first.time.is_empty() && !first.is_of_runner {
            return self.shows_output();
        }
        // A bar starts the row of a table.
        let Some((_, name)) = self.names().next().filter(|(_, it)| !it.starts_with('|')) else {
            return false;
        };
        // A tool may put a name before all lines of a log, too.
        let is_of_all = lines.len() == self.near.len() && is_word(name);
        // The name of a logger comes back further on, so that more lines near have it than these.
        let prefix = before(first.text, first.after(self.names));
        let with_prefix = self.near.iter().filter(|it| it.text.starts_with(prefix)).count();
        lines.len() >= MIN_LINES && (is_of_all || self.shows_output()) && with_prefix <= lines.len()
    }

    /// Whether one of the texts is empty, closes a bracket or is indented deeper than another.
    fn shows_output(&self) -> bool {
        let mut deepest = 0;
        let mut margin = usize::MAX;
        for line in self.lines {
            let text = line.after(self.names);
            if text.is_empty() || text.starts_with(['}', ']', ')']) {
                return true;
            }
            let indent = text.len() - text.trim_start_matches([' ', '\t']).len();
            (deepest, margin) = (deepest.max(indent), margin.min(indent));
        }
        deepest > margin
    }

    /// The last of the names, if several programs print lines: it is a tag, or lines near have
    /// another name with the same mark behind it. Else an empty text.
    fn stream(&self) -> &'t str {
        let Some((index, own)) = self.names().last() else { return "" };
        let is_mark = |c: char| !c.is_alphanumeric();
        let inside = own.trim_matches(is_mark);
        let mark = &own[own.trim_end_matches(is_mark).len()..];
        let is_other = |it: &str| it.ends_with(mark) && it.trim_matches(is_mark) != inside;
        let is_one_of_several =
            own.starts_with('[') || is_word(own) && self.others(index, &is_other) > 1;
        if is_one_of_several { own } else { "" }
    }

    /// How many lines near have another name at `index`, one that `is_of_kind` accepts.
    fn others(&self, index: usize, is_of_kind: &dyn Fn(&str) -> bool) -> usize {
        let own = self.lines[0].names[index].0;
        let names = self.near.iter().filter_map(|it| it.names.get(index));
        names.filter(|(name, _)| *name != own && is_of_kind(name)).count()
    }
}

/// Whether a name is neither a number nor the mark of a comment.
fn is_word(name: &str) -> bool {
    number_of(name).is_none() && !COMMENTS.contains(&name)
}

/// Whether a name has a value of the error or a request, or is or ends in a label:
/// `failed (method:`. The number of a process in brackets, `sync[503]:`, is no status.
fn is_about_error(name: &str) -> bool {
    let label = name.rsplit(['(', '[', '{']).next().unwrap_or(name);
    !name.ends_with("]:") && number_of(name).is_none() && says_value(name)
        || has_error_code(name)
        || has_request(name)
        || meaning_of(label).is_some()
}

/// The names that a text may start with, each with the text after it. A name is a number, a level,
/// or words before a mark, and has a space or a tab behind it.
fn names(text: &str) -> Vec<(&str, &str)> {
    let mut names = Vec::new();
    let near = start_of(text, MAX_NAMES_LENGTH);
    let mut start = 0;
    // On an empty line the space may be cut off.
    let line_end = (near.len() == text.len()).then_some((near.len(), ' '));
    for (at, c) in near.char_indices().chain(line_end) {
        let part = &near[start..at];
        start = match c {
            '"' | '\'' | '=' | '`' | '<' => break,
            // grep puts no space behind the number.
            ':' if names.is_empty() && is_number(part) => at + 1,
            ' ' | '\t' if is_name(part, &text[at..], names.is_empty()) => text.len().min(at + 1),
            _ => continue,
        };
        names.push((part.trim(), &text[start..]));
        if names.len() == MAX_NAMES {
            break;
        }
    }
    names
}

/// Whether a part of a text may be a name that several lines share. The first name needs a letter
/// or a digit, a later one may be only a mark. `after` is the text behind the part.
fn is_name(part: &str, after: &str, is_first: bool) -> bool {
    let part = part.trim_start();
    let is_word = !is_first || part.contains(|c: char| c.is_ascii_alphanumeric());
    let has_mark = part.ends_with([':', ']', '|', ')', '}', '-']);
    // Other numbers may start the row of a table.
    let is_of_line = part.starts_with('#') || part.contains('.') || after.starts_with('\t');
    let is_number = is_of_line && number_of(part.trim_start_matches('#')).is_some();
    is_word && (has_mark || is_number || level(part).is_some())
        || COMMENTS.contains(&part)
        || part == "E" && after.starts_with("  ")
}
