//! What logs put before lines that go on with the ones above.

use super::log_lines::{behind_time, container, time};
use crate::explain::values::labels;

/// Bytes of a line that may be the prefix of a log.
pub const MAX_PREFIX: usize = 200;

/// What stands behind a container and a runner's time.
pub fn behind_prefixes(line: &str) -> &str {
    let text = &line[container(line)..];
    runner_line(text).map_or(text, |(_, behind)| behind)
}

/// The stream of a line of a program before which a runner puts the time, and the line.
pub fn runner_line(line: &str) -> Option<(&str, &str)> {
    if !line.starts_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let time = time(line).filter(|time| time.is_of_runner)?;
    let rest = &line[time.length..];
    for stream in [" stdout F", " stderr F", " stdout P", " stderr P"] {
        if let Some(text) = rest.strip_prefix(stream) {
            let stream = &rest[..stream.len() - 2];
            return Some((stream, text.strip_prefix(' ').unwrap_or(text)));
        }
    }
    match rest.strip_prefix(' ') {
        Some(text) => Some(("", text)),
        None => rest.is_empty().then_some((rest, rest)),
    }
}

/// Whether an object or a list goes on behind a line.
pub fn opens(line: &str) -> bool {
    line.trim_end().ends_with(['{', '[', '(', ','])
}

/// What stands behind the mark between a time and a text.
pub fn without_mark(text: &str) -> &str {
    let text = text.trim_start_matches([']', ')', ':', ',']);
    let text = text
        .strip_prefix(" |")
        .or(text.strip_prefix(" -"))
        .unwrap_or(text);
    text.strip_prefix([' ', '\t']).unwrap_or(text)
}

/// Whether a line behind a time goes on with what the one above says: it is empty, indented,
/// of an object, or no more than a value and its label.
pub fn goes_on(text: &str) -> bool {
    let is_mark = |c: char| " \t}])│╷╵┃╭╰├".contains(c);
    let is_string = text.starts_with(['"', '\''])
        && (text.contains("\":") || text.contains("':") || text.len() < 4);
    let is_of_curl = ["< ", "> ", "* "].iter().any(|mark| text.starts_with(mark));
    text.is_empty() || text.starts_with(is_mark) || is_string || is_of_curl || labels::is_lone(text)
}

/// What stands behind a prefix, whose time may be another.
pub fn behind_alike<'t>(prefix: &str, line: &'t str) -> Option<&'t str> {
    let clock = behind_time(prefix).map_or(0, |behind| prefix.len() - behind.len());
    // What ends in white space may have lost it.
    let is_short = line.len() < prefix.len();
    let prefix = if is_short { prefix.trim_end() } else { prefix };
    let (start, rest) = line.split_at_checked(prefix.len())?;
    let mut pairs = start.bytes().zip(prefix.bytes()).enumerate();
    let is_alike = |(at, (a, b)): (usize, (u8, u8))| {
        a == b || at < clock && a.is_ascii_digit() && b.is_ascii_digit()
    };
    pairs.all(is_alike).then_some(rest)
}

/// What stands behind the prefix that a line shares with the one before, where it goes on with
/// an object that is open there: `TIME host app:   "key": …`.
pub fn behind_repeated_prefix<'t>(previous: &str, line: &'t str) -> Option<&'t str> {
    if line.starts_with(['(', '"', '\'', ' ', '\t']) {
        return None;
    }
    let reach = &line.as_bytes()[..line.len().min(MAX_PREFIX)];
    // A key or an indentation, or what closes the object, behind a space.
    let starts = |at: &usize| {
        matches!(
            reach.get(at + 1),
            Some(b'"' | b' ' | b'}' | b']' | b'\'' | b')')
        )
    };
    let at = memchr::memchr_iter(b' ', reach).find(starts)?;
    let (prefix, text) = line.split_at(at + 1);
    let content = text.trim_start();
    let closes = content.starts_with(['}', ']', ')']) && content.len() < 4;
    let is_key = content.starts_with(['"', '\'']) && content[1..].contains(['"', '\'']);
    let is_member = opens(previous) && (is_key || text.starts_with("  "));
    let previous = previous.get(..=at)?;
    (closes || is_member)
        .then(|| behind_alike(prefix, previous))
        .flatten()?;
    Some(text)
}
