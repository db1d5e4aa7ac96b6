//! What logs put before lines that go on with the ones above.

use super::labels;
use super::log_lines::{container, time};

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

/// What stands behind the prefix that a line shares, but for digits, with the one before,
/// where it goes on with an object that is open there: `TIME host app:   "key": …`.
pub fn behind_repeated_prefix<'t>(previous: &str, line: &'t str) -> Option<&'t str> {
    let is_open = opens(previous);
    let most = line.len().min(MAX_PREFIX);
    let (previous, bytes) = (previous.as_bytes(), line.as_bytes());
    let is_alike = |(a, b): &(&u8, &u8)| a == b || (a.is_ascii_digit() && b.is_ascii_digit());
    let common = previous
        .iter()
        .zip(&bytes[..most])
        .take_while(is_alike)
        .count();
    let is_of_value = line.starts_with(['(', '"', '\'']);
    let is_prefix =
        |end: usize| !is_of_value && bytes[..end].iter().any(|byte| !b" \t\"{[(".contains(byte));
    let at = bytes[..most].windows(2).position(|pair| {
        // A key or an indentation, or what closes the object, behind a space.
        pair[0] == b' ' && matches!(pair[1], b'"' | b' ' | b'}' | b']' | b'\'' | b')')
    })?;
    let text = &line[at + 1..];
    let content = text.trim_start();
    let closes = content.starts_with(['}', ']', ')']) && content.len() < 4;
    let is_key = content.starts_with(['"', '\'']) && content[1..].contains(['"', '\'']);
    let is_indented = text.starts_with("  ") || (text.starts_with(' ') && is_key);
    let is_member = is_open && (is_key || is_indented);
    (at <= common && is_prefix(at) && (closes || is_member)).then_some(text)
}
