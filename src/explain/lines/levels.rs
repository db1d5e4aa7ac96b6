//! The level that a log gives a line.

use crate::data::words::is_number;
use crate::explain::values::alone::is_value_line;
use crate::substrings::{is_word_of, split_while, start_among};

/// Levels of a log, in the lengths to which programs cut them.
const LEVELS: [(Level, &str); 3] = [
    (Level::Debug, "TRACE TRCE TRC DEBUG DEBU DBUG DBG FINE FINER FINEST"),
    (Level::Info, "INFO INF NOTICE"),
    (
        Level::Problem,
        "WARN WRN WARNING ERROR ERRO EROR ERR SEVERE CRITICAL CRIT FATAL FATA FTL FAIL PANIC",
    ),
];
/// Keys before the level in lines of `key=value` pairs.
const KEYS: [&str; 4] = ["level=", "lvl=", "severity=", "at="];

/// The most words at the start of a line among which its level is looked for.
const MAX_WORDS: usize = 12;

/// What a line of a log is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Level {
    /// What may have led to an error.
    Debug,
    /// Normal operation.
    Info,
    /// An error, or what may become one.
    Problem,
}

/// The level that a line starts with.
pub(crate) fn level(line: &str) -> Option<Level> {
    split_level(line).map(|(level, _)| level)
}

/// Whether a name is, or starts with, that of a level, in any case.
pub(crate) fn names_level(name: &str) -> bool {
    level(&name.to_uppercase()).is_some()
}

/// The level that a line starts with, and the text after it. A level is in capitals. In small
/// letters it counts only in brackets, behind its key (`level=error`), before an event of .NET, or,
/// if it is a problem, before a sentence (`error: got 404`). Other words are prose or the keys of
/// values.
fn split_level(line: &str) -> Option<(Level, &str)> {
    let inside = line.trim_start_matches(['[', '(']);
    // ThinkPHP puts spaces within the brackets.
    let inside = if inside.len() < line.len() { inside.trim_start() } else { inside };
    let value = start_among(&KEYS, inside).map(|key| inside[key.len()..].trim_start_matches('"'));
    let (word, rest) = split_while(value.unwrap_or(inside), |c| c.is_ascii_alphabetic());
    let goes_on = rest.starts_with(|c: char| c.is_alphanumeric() || c == '_');
    let is_bracketed = inside.len() < line.len() && rest.trim_start().starts_with([']', ')']);
    let level =
        || LEVELS.iter().find(|(_, names)| is_word_of(names, word)).map(|(level, _)| *level);
    // Most lines fail this test, which is cheaper than a comparison with each level.
    if capitals(word) == word.len() || value.is_some() || is_bracketed {
        return level().filter(|_| !goes_on).map(|level| (level, rest));
    }
    let text = rest.strip_prefix(": ")?;
    let is_sentence = || text.contains(' ') && !is_value_line(text);
    let is_level = |level: &Level| names_event(text) || *level == Level::Problem && is_sentence();
    let is_small = word.bytes().all(|byte| byte.is_ascii_lowercase());
    level().filter(|level| is_small && is_level(level)).map(|level| (level, rest))
}

/// Whether a line starts with a level of .NET and ends with the number of the event:
/// `fail: Acme.Billing[0]`.
pub(crate) fn starts_event(line: &str) -> bool {
    // Most lines do not end in `]`.
    line.trim_end().ends_with(']')
        && line.starts_with(|c: char| c.is_ascii_lowercase())
        && line.split_once(": ").is_some_and(|(_, text)| names_event(text))
        && level(line).is_some()
}

/// Whether a text is a class and the number of an event: `Acme.Billing[0]`.
fn names_event(text: &str) -> bool {
    let parts = text.trim_end().strip_suffix(']').and_then(|it| it.rsplit_once('['));
    parts.is_some_and(|(class, number)| is_number(number) && !class.contains(' '))
}

/// The level among the first words of a line, such as behind a time and the name of a logger.
pub(crate) fn level_among_words(line: &str) -> Option<Level> {
    line.split([' ', '\t', '|']).take(MAX_WORDS).find_map(level)
}

/// The text of a line after its level; the whole line if it starts with none.
pub(crate) fn after_level(line: &str) -> &str {
    let after = split_level(line).map(|(_, rest)| rest);
    after.map_or(line, |rest| rest.trim_start_matches([']', ')', ':', '"', ' ']))
}

/// How many capital letters a text starts with.
pub(crate) fn capitals(text: &str) -> usize {
    text.bytes().take_while(u8::is_ascii_uppercase).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_level_is_in_capitals_or_marked() {
        for line in
            ["[ERROR] x", "ERR x", "[error] x", "error: got 404", "level=error x", "lvl=eror x"]
        {
            assert_eq!(level(line), Some(Level::Problem), "{line}");
        }
        assert_eq!(level("INFO:web:x"), Some(Level::Info));
        for line in [
            "Error: x",
            "INFORMATION x",
            "ERROR_CODE: 1",
            "error in x",
            "[info x] y",
            "info: x y",
            "trace: 7f3c",
            "error: x",
        ] {
            assert_eq!(level(line), None, "{line}");
        }
    }
}
