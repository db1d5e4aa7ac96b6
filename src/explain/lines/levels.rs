//! The level that a log gives a line.

use std::net::IpAddr;

use crate::substrings::{is_word_of, split_while, start_among, words};

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

/// Letters of a level, at least.
const MIN_LEVEL: usize = 3;
/// Words of a line among which its level is looked for.
const MAX_WORDS: usize = 12;

/// What a line of a log reports.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Level {
    /// What may have led to an error.
    Debug,
    /// Normal operation.
    Info,
    /// An error, or what may become one.
    Problem,
}

/// The level that a line starts with; a server reports what it was asked as normal operation.
pub fn level(line: &str) -> Option<Level> {
    if is_of_server(line) {
        return Some(Level::Info);
    }
    split_level(line).map(|(level, _)| level)
}

/// The level that a line starts with, and the text after it: a word in capitals; in small letters only
/// in brackets, before a colon or behind its key, as else it is prose.
fn split_level(line: &str) -> Option<(Level, &str)> {
    let inside = line.trim_start_matches(['[', '(']);
    let value = start_among(&KEYS, inside).map(|key| inside[key.len()..].trim_start_matches('"'));
    let (word, rest) = split_while(value.unwrap_or(inside), |c| c.is_ascii_alphabetic());
    let is_marked = || {
        value.is_some()
            || rest.starts_with(": ")
            || inside.len() < line.len() && rest.starts_with([']', ')'])
    };
    // Checked first, as most lines start otherwise: cheaper than comparing with each level.
    let is_level = capitals(word) == word.len()
        || word.bytes().all(|byte| byte.is_ascii_lowercase()) && is_marked();
    let goes_on = rest.starts_with(|c: char| c.is_alphanumeric() || c == '_');
    if word.len() < MIN_LEVEL || !is_level || goes_on {
        return None;
    }
    let known = LEVELS.iter().find(|(_, names)| is_word_of(names, word.to_ascii_uppercase()))?;
    Some((known.0, rest))
}

/// The level among the first words of a line, such as behind a time and the name of a logger.
pub fn level_among_words(line: &str) -> Option<Level> {
    words(line).take(MAX_WORDS).find_map(level)
}

/// The text after the level that it starts with; all of it, where there is none.
pub fn after_level(line: &str) -> &str {
    let after = split_level(line).map(|(_, rest)| rest);
    after.map_or(line, |rest| rest.trim_start_matches([']', ')', ':', '"', ' ']))
}

/// Whether a line is one of the access log of a server: it starts with an address and a user.
fn is_of_server(line: &str) -> bool {
    let (address, after) = split_while(line, |c| c.is_ascii_hexdigit() || c == '.' || c == ':');
    let is_user = |after: &str| after.contains(" [") && address.parse::<IpAddr>().is_ok();
    after.strip_prefix(" - ").is_some_and(is_user)
}

/// How many capital letters a text starts with.
pub fn capitals(text: &str) -> usize {
    text.bytes().take_while(u8::is_ascii_uppercase).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_level_is_in_capitals_or_marked() {
        for line in ["[ERROR] x", "ERR x", "[error] x", "error: x", "level=error x", "lvl=eror x"] {
            assert_eq!(level(line), Some(Level::Problem), "{line}");
        }
        assert_eq!(level("INFO:web:x"), Some(Level::Info));
        for line in ["Error: x", "INFORMATION x", "ERROR_CODE: 1", "error in x", "[info x] y"] {
            assert_eq!(level(line), None, "{line}");
        }
    }
}
