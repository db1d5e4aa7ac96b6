//! Lines that a runner or a journal read together, each behind the time at which it did: what a
//! program printed at once.
//!
//! Some are known by their times or marks (`Prefixed::new`). Behind a time that a program may as well
//! have written itself, lines are known by what only printed text has: empty and indented lines.

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
/// Levels in any case.
const LEVELS: &str = "crit critical dbug debu debug erro error fail fata fatal info notice panic severe \
    trace warn warning";
/// Bytes of the names of the host and of the program in a journal.
const MAX_NAMES: usize = 80;

/// Takes what a runner or a journal put before printed text off its lines.
pub fn take_off_times(lines: &mut [Prefixed]) {
    let are_of_burst = |above: &Prefixed, line: &Prefixed| match (printed(above), printed(line)) {
        (Some((above_names, _)), Some((names, _))) => {
            names == above_names && seconds_apart(line.time, above.time) < MAX_BURST
        }
        _ => false,
    };
    let is_output = |line: &Prefixed| {
        let text = printed(line).map(|(_, text)| text);
        text.is_some_and(|it| it.is_empty() || it.starts_with([' ', '\t', '}', ']', ')']))
    };
    for burst in lines.chunk_by_mut(are_of_burst) {
        if burst.len() > 1 && burst.iter().any(is_output) {
            for line in burst {
                let text = printed(line).map_or(line.text, |(_, text)| text);
                // The program may have written a time of its own.
                let after = after_time(text);
                let time = after.map_or(line.time, |after| before(text, after));
                let after_time = after.or(Some(text));
                *line = Prefixed { read_at: line.time, time, after_time, text, ..*line };
            }
        }
    }
}

/// The names of the host and the program in a line with a time, and the text behind; none where the
/// time is surely a program's own.
fn printed<'t>(line: &Prefixed<'t>) -> Option<(&'t str, &'t str)> {
    let after = line.after_time.filter(|_| line.read_at.is_empty() && is_time_first(line.text))?;
    let after = after.trim_start_matches([']', ')', ':', ',']);
    let after = after.strip_prefix([' ', '\t']).unwrap_or(after);
    let names = names(start_of(after, MAX_NAMES));
    let text = &after[names.len()..];
    let text = text.strip_prefix(' ').filter(|_| !names.is_empty()).unwrap_or(text);
    // Without seconds nobody knows what was printed at once.
    let has_seconds = line.time.matches(':').count() > 1;
    (has_seconds && level(text).is_none()).then_some((names, text))
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
    is_word_of(LEVELS, split_while(line, |c| c.is_ascii_alphabetic()).0.to_lowercase())
}
