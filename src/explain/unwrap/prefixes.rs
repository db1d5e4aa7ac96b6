//! What stands before each line of a program: the name of its stream, the time of a runner,
//! what the lines of an open object share.

use std::iter;

use super::times_and_levels::{after_time, around_time, level};
use crate::explain::values::http::is_header;
use crate::explain::values::is_one_of;
use crate::explain::values::labels;
use crate::explain::values::unlabelled::reports_problem;
use crate::message::{common_start, start_of};

/// What Kubernetes and GitLab write after the time, and the channel where its lines are another's
/// than those of others.
const CHANNELS: [(&str, &str); 8] = [
    (" stdout F", "stdout"),
    (" stderr F", "stderr"),
    (" stdout P", "stdout"),
    (" stderr P", "stderr"),
    (" 00O", ""),
    (" 00E", ""),
    (" 01O", ""),
    (" 01E", ""),
];
/// Bytes of a line that may be the prefix of a log.
pub const MAX_PREFIX: usize = 200;

/// Bytes of the tag of a line.
const MAX_TAG: usize = 48;

/// What a program calls the parts of a response that it shows.
const PARTS: [&str; 4] = ["body", "content", "headers", "json"];

/// What names of files have in them.
const FILES: [&str; 6] = ["/", ".log", ".txt", ".out", ".err", ".json"];

/// The length of what names the stream before each of its lines: the `web-1  | ` of
/// `docker compose`, the `[pod/name/container] ` of `kubectl`, the `pod: ` of Argo, the
/// `pod container ` of stern, the name and tab of GNU parallel.
pub fn stream_prefix(line: &str) -> usize {
    let mut length = 0;
    while let next @ 1.. = one_stream_prefix(&line[length..]) {
        length += next;
    }
    length
}

fn one_stream_prefix(line: &str) -> usize {
    let in_brackets = line.strip_prefix("[pod/");
    let text = in_brackets.unwrap_or(line);
    let is_name = |c: char| c.is_ascii_alphanumeric() || "-_./@".contains(c);
    let rest = text.trim_start_matches(is_name);
    let name = &text[..text.len() - rest.len()];
    // Without the number of the container it may be a column of a table.
    let unnumbered = name.trim_end_matches(|c: char| c.is_ascii_digit());
    let is_numbered = unnumbered.len() < name.len() && unnumbered.ends_with(['-', '_']);
    let is_pod = is_pod(name);
    let marked = match rest.trim_start_matches(' ') {
        after if in_brackets.is_some() => after.strip_prefix(']'),
        _ if !is_numbered && !is_pod => None,
        after if is_pod && after.starts_with(':') => Some(&after[1..]),
        after if is_replica(name) => after.find(' ').map(|end| &after[end..]),
        // Further tabs are of a table.
        after => after
            .strip_prefix('|')
            .or(after.strip_prefix('\t').filter(|text| !text.contains('\t'))),
    };
    let after = marked.map(|text| text.strip_prefix(' ').unwrap_or(text));
    after.map_or(0, |after| line.len() - after.len())
}

/// Whether a name is one that a cluster gives to a container, which ends in numbers or hashes:
/// `web-7d9f8b6c5-x2k4p`, `build-main-2231`.
fn is_pod(name: &str) -> bool {
    let is_hash = |part: &str| part.len() > 3 && part.bytes().any(|b| b.is_ascii_digit());
    let mut parts = name.rsplit(['-', '.']);
    parts.by_ref().take(2).any(is_hash)
        && parts.next().is_some()
        && name.starts_with(|c: char| c.is_ascii_lowercase())
        && !name.starts_with("x-")
}

/// Whether a name ends in the five letters and digits of a replica, among which are no vowels.
fn is_replica(name: &str) -> bool {
    let hash = name.rsplit('-').next().unwrap_or(name);
    let has_letter = hash.contains(char::is_alphabetic);
    is_pod(name) && hash.len() == 5 && has_letter && !hash.contains(['a', 'e', 'i', 'o', 'u'])
}

/// What stands in brackets before a line, and says whose it is: `[web-1] `, `[build : run] `.
pub fn tag(line: &str) -> Option<&str> {
    let (tag, _) = start_of(line, MAX_TAG)
        .strip_prefix('[')?
        .split_once("] ")?;
    // With digits it may be a place in a file.
    let is_place = tag.contains(|c: char| c.is_ascii_digit());
    let is_of_name =
        |c: char| c.is_alphanumeric() || "-_. ".contains(c) || !is_place && "/:".contains(c);
    let is_name = tag.chars().all(is_of_name) && tag.contains(char::is_alphabetic);
    let is_other = || level(&tag.to_uppercase()).is_some() || after_time(tag).is_some();
    (is_name && !is_other()).then_some(tag)
}

/// What grep puts before a line: the file and, where it counts them, the number of the line;
/// and the line.
pub fn grep_prefix(line: &str) -> Option<(&str, Option<u32>, &str)> {
    let is_name = |c: char| c.is_ascii_alphanumeric() || "-_./@".contains(c);
    let near = start_of(line, MAX_PREFIX);
    let name = &near[..near.find(|c| !is_name(c)).unwrap_or(near.len())];
    if !name.starts_with(|c: char| c.is_ascii_alphabetic() || "./".contains(c)) {
        return None;
    }
    let has_extension = |(end, _): &(usize, char)| {
        let extension = name[..*end].rsplit_once('.').map(|(_, after)| after);
        extension.is_some_and(|it| !it.is_empty() && it.bytes().all(|b| b.is_ascii_alphabetic()))
    };
    let colon = (name.len(), ':');
    // Lines around those that were searched for have dashes, and names of files have some, too.
    let dashes = name.match_indices('-').map(|(at, _)| (at, '-'));
    let ends = iter::once(colon).chain(dashes).filter(has_extension);
    let (file, number, text) = ends.chain([colon]).find_map(|(end, mark)| {
        let (file, rest) = (&name[..end], line[end..].strip_prefix(mark)?);
        let numbered = rest.trim_start_matches(|c: char| c.is_ascii_digit());
        let text = numbered.strip_prefix(mark);
        let number = text.and_then(|text| rest[..rest.len() - text.len() - 1].parse().ok());
        let is_file = FILES.iter().any(|part| file.contains(part));
        // A stack has nothing but a number after the file.
        let is_place = is_file && (number.is_some() || mark == ':' && !numbered.is_empty());
        is_place.then(|| {
            (
                file,
                number,
                text.filter(|_| number.is_some()).unwrap_or(rest),
            )
        })
    })?;
    // Programs put a space after the place that they report.
    let is_report = text.starts_with(' ') && !text.starts_with("  ");
    (!is_report).then_some((file, number, text))
}

/// What stands after the name of a stream and a runner's time.
pub fn after_prefixes(line: &str) -> &str {
    let text = grep_prefix(line).map_or(&line[stream_prefix(line)..], |(.., text)| text);
    runner_line(text).map_or(text, |(_, after)| after)
}

/// The channel of a line of a program before which a runner puts the time, and the line.
pub fn runner_line(line: &str) -> Option<(&str, &str)> {
    if !line.starts_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let (rest, is_fine) = after_time(line)?;
    let known = CHANNELS.iter().find(|(mark, _)| rest.starts_with(mark));
    let (mark, channel) = known.copied().or(is_fine.then_some(("", "")))?;
    let text = &rest[mark.len()..];
    Some((channel, text.strip_prefix(' ').unwrap_or(text)))
}

/// What stands after the mark between a time and a text.
pub fn without_mark(text: &str) -> &str {
    let text = text.trim_start_matches([']', ')', ':', ',']);
    let text = text.strip_prefix(" |").unwrap_or(text);
    text.strip_prefix([' ', '\t']).unwrap_or(text)
}

/// Whether a line after a time goes on with what the one above says: it is empty, indented, of
/// an object, no more than a value and its label, or the body of a response.
pub fn goes_on(text: &str, above: &str) -> bool {
    let is_mark = |c: char| "\t}])>│╷╵┃╭╰├".contains(c);
    // Some programs put their number there.
    let is_number = |text: &str| text.trim_start().starts_with(|c: char| c.is_ascii_digit());
    let is_indented = text.starts_with(' ') && !is_number(text);
    // A body by itself was printed by the program whose lines these are.
    let is_body = || matches!(text.trim_end(), "{" | "[") && reports_problem(above);
    let heads_response = || text.ends_with(':') && is_header(above);
    text.is_empty()
        || is_indented
        || text.starts_with(is_mark)
        // More pairs are all that a program reports.
        || labels::is_lone(text) && text.matches('=').count() < 2
        || is_body()
        || heads_response()
}

/// Whether a line after a time shows the headers or the body of a response, after the same prefix
/// as the line above: `body: {…}`.
pub fn is_part_of_answer(text: &str, above: &str) -> bool {
    let above = after_time(above).map_or("", |(after, _)| after);
    let rest = &text[common_start(text, above).len()..];
    let Some((words, _)) = start_of(rest, MAX_TAG).split_once('{') else {
        return false;
    };
    let mut words = words.split(|c: char| !c.is_alphanumeric());
    rest.starts_with('{') || words.any(|word| is_one_of(&PARTS, word.as_bytes()))
}

/// What stands after a prefix, whose time may be another.
pub fn after_alike<'t>(prefix: &str, line: &'t str) -> Option<&'t str> {
    let time = after_time(prefix).map(|(after, _)| after);
    let time = time.or_else(|| Some(around_time(prefix)?.1));
    let clock = time.map_or(0, |after| prefix.len() - after.len());
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

/// What stands after the prefix that a line shares with the one before, where it goes on with
/// an object that is open there: `TIME host app:   "key": …`.
pub fn after_repeated_prefix<'t>(previous: &str, line: &'t str) -> Option<&'t str> {
    if line.starts_with(['(', '"', '\'', ' ', '\t']) {
        return None;
    }
    let reach = &line.as_bytes()[..line.len().min(MAX_PREFIX)];
    // A key or an indentation, or what closes the object, after a space.
    let starts = |at: &usize| {
        matches!(
            reach.get(at + 1),
            Some(b'"' | b' ' | b'}' | b']' | b'\'' | b')')
        )
    };
    let at = memchr::memchr_iter(b' ', reach).find(starts)?;
    let (prefix, text) = line.split_at(at + 1);
    let closes = text.trim().len() < 4 && text.trim_start().starts_with(['}', ']', ')']);
    let is_open = previous.trim_end().ends_with(['{', '[', '(', ',']);
    let is_key = text.trim_start().starts_with(['"', '\'']);
    let is_member = is_open && (is_key || text.starts_with("  ") && !is_place(text));
    let previous = previous.get(..=at).filter(|_| closes || is_member)?;
    after_alike(prefix, previous)?;
    Some(text)
}

/// Whether a line says where in its files Terraform met an error.
pub fn is_place(line: &str) -> bool {
    let text = line.trim_start();
    text.len() < line.len() && matches!(text.split(' ').next(), Some("with" | "on"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn streams_are_named_before_their_lines() {
        assert_eq!(stream_prefix("web-1  | x"), 9);
        assert_eq!(stream_prefix("[pod/web-7d9f/app] x"), 19);
        assert_eq!(stream_prefix("build-main-2231: x"), 17);
        for line in [
            "web | x",
            "code-x | y",
            "12 | x",
            "| a-1 | b",
            "x-y-2231: x",
        ] {
            assert_eq!(stream_prefix(line), 0, "{line}");
        }
    }
}
