//! The level that a log gives a line.

use std::net::IpAddr;

use crate::substrings::{is_word_of, split_while, words};

/// Levels of a log; some programs cut them to four letters. Only in capitals, as lower case is prose.
const LEVELS: [(Level, &str); 3] = [
    (Level::Debug, "TRACE DEBUG DEBU FINE FINER FINEST"),
    (Level::Info, "INFO NOTICE"),
    (Level::Problem, "WARN WARNING ERROR ERRO SEVERE CRITICAL FATAL FATA PANIC"),
];
/// Levels of .NET, on a line that ends with the number of the event: `fail: Acme.Billing[0]`.
const NET_LEVELS: [(Level, &str); 6] = [
    (Level::Debug, "trce: "),
    (Level::Debug, "dbug: "),
    (Level::Info, "info: "),
    (Level::Problem, "warn: "),
    (Level::Problem, "fail: "),
    (Level::Problem, "crit: "),
];

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
    if let Some(level) = level_of_net(line) {
        return Some(level);
    }
    let line = line.trim_start_matches(['[', '(']);
    let (word, rest) = line.split_at(capitals(line));
    // Checked first, as most lines start otherwise: cheaper than comparing with each level.
    if word.is_empty() {
        return None;
    }
    let goes_on = rest.starts_with(|c: char| c.is_alphanumeric() || c == '_');
    let known = LEVELS.iter().find(|(_, names)| is_word_of(names, word))?;
    (!goes_on).then_some(known.0)
}

/// The level among the first words of a line, such as behind a time and the name of a logger.
pub fn level_among_words(line: &str) -> Option<Level> {
    words(line).take(MAX_WORDS).find_map(level)
}

/// The level of a line of .NET, which starts a record.
pub fn level_of_net(line: &str) -> Option<Level> {
    // Checked first, as most lines do not end so.
    if !line.trim_end().ends_with(']') {
        return None;
    }
    NET_LEVELS.iter().find(|(_, name)| line.starts_with(name)).map(|(level, _)| *level)
}

/// The text after the level that it starts with; all of it, where there is none.
pub fn after_level(line: &str) -> &str {
    if level(line).is_none() {
        return line;
    }
    let level = line.trim_start_matches(['[', '(']);
    level[capitals(level)..].trim_start_matches([']', ')', ':', ' '])
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
    fn a_level_is_a_word_in_capitals() {
        assert_eq!(level("[ERROR] x"), Some(Level::Problem));
        assert_eq!(level("INFO:web:x"), Some(Level::Info));
        for line in ["Error: x", "INFORMATION x", "ERROR_CODE: 1"] {
            assert_eq!(level(line), None, "{line}");
        }
    }
}
