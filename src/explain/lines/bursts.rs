//! Lines that a runner or a journal read together, each behind the time at which it did: what a
//! program printed at once.
//!
//! Some are known by their times or marks (`Prefixed::new`). Behind a time that a program may as well
//! have written itself, lines are known by what only printed text has: empty and indented lines.

use super::continuation::without_marks_after_time;
use super::dialogue::{after_shell_prompt, asks_anew};
use super::levels::level;
use super::prefix::Prefixed;
use super::times::{after_time, is_time_first, seconds_apart};
use crate::data::words::is_number;
use crate::explain::values::http::{is_header, is_request, named_statuses, starts_response};
use crate::explain::values::unlabelled_id::is_unlabelled_id;
use crate::substrings::{before, is_word_of, split_while, start_of};

/// Seconds between lines that were read together.
const MAX_BURST: f64 = 1.0;
/// Levels of .NET, in capitals, beside those of `levels`.
const MORE_LEVELS: &str = "CRIT DBUG FAIL";
/// Bytes of the names of the host and of the program in a journal.
const MAX_NAMES: usize = 80;

/// Takes what a runner or a journal put before printed text off its lines.
pub fn take_off_times(lines: &mut [Prefixed]) {
    let printed: Vec<_> = lines.iter().map(Printed::new).collect();
    let are_of_burst = |above: &Option<Printed>, line: &Option<Printed>| match (above, line) {
        (Some(above), Some(line)) => {
            line.names == above.names && seconds_apart(line.time, above.time) < MAX_BURST
        }
        _ => false,
    };
    let is_output =
        |it: &Printed| it.text.is_empty() || it.text.starts_with([' ', '\t', '}', ']', ')']);
    let mut lines = lines.iter_mut();
    for burst in printed.chunk_by(are_of_burst) {
        let is_printed = burst.len() > 1 && burst.iter().flatten().any(is_output);
        for (printed, line) in burst.iter().zip(&mut lines) {
            if let Some(Printed { text, .. }) = *printed
                && is_printed
            {
                // The program may have written a time of its own.
                let after = after_time(text);
                let time = after.map_or(line.time, |after| before(text, after));
                let after_time = after.or(Some(text));
                *line = Prefixed { read_at: line.time, time, after_time, text, ..*line };
            }
        }
    }
}

/// A line behind a time that may not be its program's own.
struct Printed<'t> {
    time: &'t str,
    /// The names before the text.
    names: &'t str,
    text: &'t str,
}

impl<'t> Printed<'t> {
    fn new(line: &Prefixed<'t>) -> Option<Self> {
        let after =
            line.after_time.filter(|_| line.read_at.is_empty() && is_time_first(line.text))?;
        let after = without_marks_after_time(after);
        let names = names(start_of(after, MAX_NAMES));
        let text = &after[names.len()..];
        let text = text.strip_prefix(' ').filter(|_| !names.is_empty()).unwrap_or(text);
        // Without seconds nobody knows what was printed at once.
        let has_seconds = line.time.matches(':').count() > 1;
        (has_seconds && level(text).is_none()).then_some(Printed { time: line.time, names, text })
    }
}

/// The host and the program before a line of a journal, the node of Zuul, the level and the name of a
/// provider: `app-1 lz-sync[1123]:`, `| node |`, `[DEBUG] provider.x:`.
fn names(text: &str) -> &str {
    let of_journal = || {
        let (names, _) = text.split_once("]:")?;
        let (_, number) = names.rsplit_once('[')?;
        is_number(number).then(|| &text[..names.len() + "]:".len()])
    };
    let marked = || {
        let (start, end) = if text.starts_with("| ") { ("| ", " |") } else { ("[", ":") };
        let (name, after) = text.strip_prefix(start)?.split_once(end)?;
        let is_level = || level(text).is_some() && name.split(' ').count() == 2;
        // A row of a table has more bars.
        let is_name = if start == "[" { is_level() } else { !after.contains('|') };
        is_name.then(|| &text[..start.len() + name.len() + end.len()])
    };
    of_journal().or_else(marked).unwrap_or_default()
}

/// Whether a line goes on with what the one above says because a program printed both at once, and
/// neither is a report of its own.
pub fn goes_on_in_burst(line: &Prefixed, above: &Prefixed) -> bool {
    let is_of_burst = !line.read_at.is_empty()
        && line.time == line.read_at
        && seconds_apart(line.read_at, above.read_at) < MAX_BURST;
    is_of_burst && !starts_with_level(line.text) && is_part(line.text, above.text)
}

/// Whether a text is a part of the exchange or the stack above, or both are prose.
fn is_part(text: &str, above: &str) -> bool {
    if above.ends_with(['}', ']']) {
        return false;
    }
    let is_report = says_value(above);
    let starts_part = text.starts_with(['{', '[', '<']) || starts_response(text) || is_header(text);
    let asks = is_request(above) || after_shell_prompt(above).is_some() || asks_anew(above);
    if above.trim().is_empty() || above.ends_with(':') || starts_part && is_header(above) {
        return true;
    }
    if starts_part || asks {
        return !is_report || starts_response(above) || starts_response(text);
    }
    if above.starts_with([' ', '\t']) {
        // An exception stands below its stack, after its name.
        return text.split_whitespace().next().is_some_and(|word| word.ends_with(':'));
    }
    !(is_report || text.contains('/') && says_value(text))
}

/// Whether a line says a status or an ID.
fn says_value(line: &str) -> bool {
    let is_border = |c: char| !c.is_ascii_alphanumeric() && c != '-' && c != '/';
    let mut words = line.split(is_border).filter(|word| !word.contains('/'));
    words.any(|word| is_unlabelled_id(word) || named_statuses(word).next().is_some())
}

/// Whether a line starts with a level in any case: `warn: `, `[error] `, ` INFO `.
fn starts_with_level(line: &str) -> bool {
    let line = line.trim_start_matches([' ', '[']);
    let word = split_while(line, |c| c.is_ascii_alphabetic()).0.to_uppercase();
    level(&word).is_some() || is_word_of(MORE_LEVELS, word)
}
