//! Whether two records of a log are of two threads, processes or traces, as they name them.

use crate::explain::lines::levels::level;
use crate::explain::lines::prefix::MAX_PREFIX;
use crate::explain::lines::times::after_time;
use crate::explain::values::labels::is_of_label;
use crate::explain::values::unlabelled_id::is_unlabelled_id;
use crate::substrings::{is_word_of, start_of};

/// Words at the start of a line, after its time, among which the name of a thread is looked for.
const MAX_WORDS: usize = 12;
/// Bytes of a line in which labels of threads are looked for.
const MAX_LINE: usize = 2048;
/// Labels whose values differ between what goes on at the same time.
const LABELS: &str = "actor attempt call cid client conn connection container correlation fiber goid \
    goroutine invocation job pid pod proc process req routine run session sid spid task thread tid \
    tr trace transaction try txn worker";
/// What may follow one of these in a label: `trace_id`, `threadName`.
const ID_ENDINGS: [&str; 4] = ["id", "name", "number", "no"];
/// Marks before the value of a label, and what ends it.
const MARKS: [char; 4] = ['"', '\'', '\\', ' '];
const ENDS: [char; 12] = ['"', '\'', '\\', ' ', ',', ';', '&', ')', ']', '}', '\t', '\n'];
/// Words in brackets that name steps of an exchange.
const STEPS: &str = "body request response";

/// Whether a line and one above name two threads, processes or traces: behind one label, or at their
/// starts; `line_start` is the line up to its code.
pub fn are_of_two_threads(line: &str, line_start: &str, line_above: &str) -> bool {
    let [own, above] = [line_start, line_above].map(first_words);
    let [own_labels, labels] = [line, line_above].map(labelled_threads);
    let is_other =
        |label: &(&str, &str)| own_labels.iter().any(|own| own.0 == label.0 && own.1 != label.1);
    let only_above = || above.iter().filter(|word| !own.contains(word));
    labels.iter().any(is_other)
        || own.iter().any(|word| {
            !above.contains(word) && only_above().any(|other| are_two_threads(word, other))
        })
}

/// The words at the start of a line, after its time.
fn first_words(line: &str) -> Vec<&str> {
    let near = start_of(after_time(line).unwrap_or(line), MAX_PREFIX);
    near.split_whitespace().take(MAX_WORDS).collect()
}

/// The names of threads behind their labels, each with the label.
fn labelled_threads(line: &str) -> Vec<(&str, &str)> {
    let line = start_of(line, MAX_LINE);
    let labelled = |at: usize| {
        let before = line[..at].trim_end_matches(['"', '\'', '\\']);
        let label = before.rsplit(|c: char| !is_of_label(c)).next()?;
        let behind = line[at + 1..].trim_start_matches(MARKS);
        let value = behind.split(ENDS).next()?;
        (!value.is_empty() && is_thread_label(label)).then_some((label, value))
    };
    line.match_indices(['=', ':']).filter_map(|(at, _)| labelled(at)).collect()
}

/// Whether a label is one of [`LABELS`], perhaps with an ending.
fn is_thread_label(label: &str) -> bool {
    let label = label.to_ascii_lowercase();
    let mut ends = ID_ENDINGS.iter().filter_map(|end| label.strip_suffix(end));
    is_word_of(LABELS, &label) || ends.any(|it| is_word_of(LABELS, it.trim_end_matches(['_', '-'])))
}

/// Whether two words are the names of two threads: `worker-1` and `worker-2`, `[main]` and `[cleaner]`,
/// two IDs; not `File.java:42`, nor `key=value`.
fn are_two_threads(word: &str, other: &str) -> bool {
    let shape = |word: &str| -> String {
        if word.starts_with('[') && level(&word.to_uppercase()).is_none() {
            "[".to_owned()
        } else if is_unlabelled_id(word) {
            "ID".to_owned()
        } else {
            word.chars().filter(|c| !c.is_ascii_digit()).collect()
        }
    };
    let is_place =
        word.split(':').nth(1).is_some_and(|it| it.starts_with(|c: char| c.is_ascii_digit()));
    let [word, other] = [word, other].map(without_level_before_name);
    let is_step = [word, other].iter().any(|it| is_word_of(STEPS, it.trim_matches(['[', ']'])));
    let is_name = word.contains(char::is_alphabetic) && !is_place && !is_step;
    word != other && is_name && !word.contains(['=', '"']) && shape(word) == shape(other)
}

/// What stands behind a level that some programs put right before the name of a thread:
/// `[DEBUG/MainThread]`, `I/okhttp`.
fn without_level_before_name(word: &str) -> &str {
    let after = word.trim_start_matches(|c: char| c == '[' || c.is_ascii_uppercase());
    after.strip_prefix('/').unwrap_or(word)
}
