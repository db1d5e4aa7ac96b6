//! Lines that a runner or a journal read together, each behind the time at which it did: what a
//! program printed at once.
//!
//! Some are known by their times or marks (`Prefixed::new`). Behind a time that a program may as well
//! have written itself, lines are known by what only printed text has: empty and indented lines.

use super::levels::level;
use super::prefix::Prefixed;
use super::times::{after_time, is_time_first, seconds_apart};
use crate::data::words::is_number;
use crate::explain::values::http::named_statuses;
use crate::substrings::{before, start_of};

/// Seconds between lines that were read together.
const MAX_BURST: f64 = 1.0;
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
    let names = start_of(after, MAX_NAMES).split_once("]:").map(|(names, _)| names);
    let names = names.filter(|it| it.rsplit_once('[').is_some_and(|(_, it)| is_number(it)));
    let text = names.map_or(after, |names| &after[names.len() + "]:".len()..]);
    let text = text.strip_prefix(' ').filter(|_| names.is_some()).unwrap_or(text);
    level(text).is_none().then_some((names.unwrap_or_default(), text))
}

/// Whether a line was read together with the one above, the program gave it no time and no level, and
/// neither reports a success, which is of another request.
pub fn is_of_burst(line: &Prefixed, above: &Prefixed) -> bool {
    !line.read_at.is_empty()
        && line.time == line.read_at
        && seconds_apart(line.read_at, above.read_at) < MAX_BURST
        && level(line.text).is_none()
        && (line.text.starts_with(' ')
            || ![line, above].into_iter().any(|it| says_success(it.text)))
}

fn says_success(text: &str) -> bool {
    let words = text.split_whitespace().filter(|word| !word.contains('/'));
    words.flat_map(named_statuses).any(|status| status < 300)
}
