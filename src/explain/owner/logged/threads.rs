//! Whether two log records name different threads, processes, traces or hosts.

use crate::data::words::is_number;
use crate::explain::lines::levels::{level, names_level};
use crate::explain::lines::prefix::{MAX_PREFIX, text_after_time};
use crate::explain::lines::times::starts_with_bare_time;
use crate::explain::values::labels::is_label_char;
use crate::explain::values::status;
use crate::explain::values::unlabelled_id::is_unlabelled_id;
use crate::substrings::{before, is_word_of, start_of};

/// The most words at the start of a line, after its time, among which the name of a thread is
/// looked for.
const MAX_WORDS: usize = 12;
/// The most bytes of a line in which labels of threads are looked for.
const MAX_LINE: usize = 2048;
/// Labels that name one of several things that go on at the same time.
const LABELS: &str = "account actor attempt call cid client conn connection container correlation fiber \
    goid goroutine hostname instance invocation job node op operation pid pod proc process region req \
    routine run service session sid spid task thread tid tr trace transaction try txn user worker";
/// What may follow such a word in a label: `trace_id`, `threadName`.
const ID_ENDINGS: [&str; 4] = ["id", "name", "number", "no"];
/// Marks before the value of a label, and what ends it.
const MARKS: [char; 4] = ['"', '\'', '\\', ' '];
const ENDS: [char; 12] = ['"', '\'', '\\', ' ', ',', ';', '&', ')', ']', '}', '\t', '\n'];
/// Units of durations.
const UNITS: &str = "h m min ms ns s sec us µs";
/// Words in brackets that name steps of an exchange, not threads.
const STEPS: &str = "body request response";

/// The names that a log line gives its thread, process, trace or host.
pub(super) struct Thread<'t> {
    /// The text before the time: perhaps the name of a host.
    before_time: &'t str,
    /// The words at the start, after the time.
    words: Vec<&'t str>,
    /// The values behind labels of threads, each with its label.
    labelled: Vec<(&'t str, &'t str)>,
}

impl<'t> Thread<'t> {
    /// Reads the names in a line; of the words at its start only those before `end`.
    pub(super) fn new(line: &'t str, end: usize) -> Self {
        let after = text_after_time(line);
        let start = start_of(line, end.min(line.len() - after.len() + MAX_PREFIX));
        let first_words = start.get(line.len() - after.len()..).unwrap_or_default();
        let (mut words, mut is_behind_status) = (Vec::new(), false);
        for word in first_words.split_whitespace().take(MAX_WORDS) {
            // An ID behind a status is that of the request.
            if !(is_behind_status && is_unlabelled_id(word)) {
                words.push(word);
            }
            is_behind_status = word.len() == 3 && status(word).is_some();
        }
        Thread { before_time: before_time(line), words, labelled: labelled_threads(line) }
    }

    /// Whether this line and one above it name different threads.
    pub(super) fn differs_from(&self, above: &Thread) -> bool {
        let is_other_label = |(label, name): &(&str, &str)| {
            self.labelled.iter().any(|(own_label, own)| own_label == label && own != name)
        };
        let only_above = || above.words.iter().filter(|word| !self.words.contains(word));
        let mut only_own = self.words.iter().filter(|word| !above.words.contains(word));
        are_two_hosts(self.before_time, above.before_time)
            || above.labelled.iter().any(is_other_label)
            || only_own.any(|own| only_above().any(|other| are_two_threads(own, other)))
    }
}

/// The text before the time in a line; nothing if the line has no time.
fn before_time(line: &str) -> &str {
    let start = before(line, text_after_time(line));
    let mut splits = start.char_indices().map(|(at, _)| line.split_at(at));
    splits.find(|(_, text)| starts_with_bare_time(text)).map_or("", |(before, _)| before)
}

/// Whether the texts before the times of two lines name two hosts or services, and no levels.
fn are_two_hosts(name: &str, other: &str) -> bool {
    // A letter alone is a level, as Kubernetes and Ruby write it: `I, [2026-…`.
    let is_name = |it: &str| {
        it.trim_matches(|c: char| !c.is_alphanumeric()).len() > 1
            && it.contains(char::is_alphabetic)
            && level(it).is_none()
    };
    is_name(name) && is_name(other) && name != other
}

/// The names of threads behind their labels, each with the label.
fn labelled_threads(line: &str) -> Vec<(&str, &str)> {
    let line = start_of(line, MAX_LINE);
    let labelled = |at: usize| {
        let before = line[..at].trim_end_matches(['"', '\'', '\\']);
        let label = before.rsplit(|c: char| !is_label_char(c)).next()?;
        let behind = line[at + 1..].trim_start_matches(MARKS);
        let value = behind.split(ENDS).next()?;
        // A span of Rust's tracing counts its requests: `request{request_id=24}`.
        let starts_span = || before.strip_suffix(label).is_some_and(|it| it.ends_with('{'));
        let is_counter = || is_number(value) && starts_span();
        (!value.is_empty() && (is_thread_label(label) || is_counter())).then_some((label, value))
    };
    line.match_indices(['=', ':']).filter_map(|(at, _)| labelled(at)).collect()
}

/// Whether a label is one of [`LABELS`], perhaps with an ending.
fn is_thread_label(label: &str) -> bool {
    let label = label.to_ascii_lowercase();
    let mut ends = ID_ENDINGS.iter().filter_map(|end| label.strip_suffix(end));
    is_word_of(LABELS, &label) || ends.any(|it| is_word_of(LABELS, it.trim_end_matches(['_', '-'])))
}

/// Whether two words are the names of two threads: `worker-1` and `worker-2`, `[main]` and
/// `[cleaner]`, two IDs; not `File.java:42`, nor `key=value`.
fn are_two_threads(word: &str, other: &str) -> bool {
    let shape = |word: &str| -> String {
        if let Some((name, _)) = word.split_once('[')
            && !names_level(word)
        {
            name.to_owned() + "["
        } else if is_unlabelled_id(word) {
            "ID".to_owned()
        } else {
            word.chars().filter(|c| !c.is_ascii_digit()).collect()
        }
    };
    let names = [word, other].map(without_level_before_name);
    let [word, other] = names;
    word != other && names.into_iter().all(may_be_name) && shape(word) == shape(other)
}

/// Whether a word may be the name of a thread.
fn may_be_name(word: &str) -> bool {
    let is_source_location =
        word.split(':').nth(1).is_some_and(|it| it.starts_with(|c: char| c.is_ascii_digit()));
    word.contains(char::is_alphabetic)
        && !word.contains(['=', '"', '\\'])
        && !is_source_location
        && !is_word_of(STEPS, word.trim_matches(['[', ']']))
        && !is_duration(word)
}

/// Whether a word says how long something took: `(302ms)`, `1.2s`.
fn is_duration(word: &str) -> bool {
    let word = word.trim_matches(|c: char| !c.is_alphanumeric());
    is_word_of(UNITS, word.trim_start_matches(|c: char| c.is_ascii_digit() || c == '.'))
}

/// A word without the level that some programs put right before the name of a thread:
/// `[DEBUG/MainThread]`, `I/okhttp`.
fn without_level_before_name(word: &str) -> &str {
    let after = word.trim_start_matches(|c: char| c == '[' || c.is_ascii_uppercase());
    after.strip_prefix('/').unwrap_or(word)
}
