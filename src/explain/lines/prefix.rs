//! What tools put before the text of a line: the file or the container that it is of, the time of
//! a runner, the name of a provider, a tag.

use super::times::{after_time, level};
use crate::message::start_of;

/// Bytes of a line that may be a prefix.
pub const MAX_PREFIX: usize = 200;
/// Bytes of a tag.
const MAX_TAG: usize = 48;
/// What Kubernetes and GitLab write after a time: marks of streams that are read apart, or not.
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
/// What names of files have in them.
const FILES: [&str; 6] = ["/", ".log", ".txt", ".out", ".err", ".json"];
/// What Terraform's debug log says before a line of a provider.
const PROVIDER: &str = "provider.terraform-provider-";

/// A line without what names its stream and says when a runner read it.
pub struct Prefixed<'t> {
    /// The name of the file or the container, and of the part of it.
    pub stream: (&'t str, &'t str),
    /// The number of the line in its file.
    pub number: Option<u32>,
    pub text: &'t str,
    /// Whether a runner wrote the time before it, and another program the line.
    pub is_of_runner: bool,
    /// Whether Terraform's provider wrote the line.
    pub is_of_provider: bool,
}

impl<'t> Prefixed<'t> {
    pub fn new(line: &'t str) -> Self {
        let place = of_grep(line);
        let (name, number, text) = place.unwrap_or_else(|| {
            let (name, text) = line.split_at(stream_name(line));
            (name, None, text)
        });
        let runner = of_runner(text);
        let (channel, text) = runner.unwrap_or(("", text));
        let provider = of_provider(text);
        let (channel, text) = provider.unwrap_or((channel, text));
        Prefixed {
            stream: (name, channel),
            number,
            text,
            is_of_runner: runner.is_some(),
            is_of_provider: provider.is_some(),
        }
    }
}

/// The length of what names the stream of a line: `web-1  | ` of compose, `[pod/name/container] `
/// of kubectl, `pod container ` of stern, the name and tab of GNU parallel. One may follow another.
fn stream_name(line: &str) -> usize {
    let mut length = 0;
    while let Some(after) = after_name(&line[length..]) {
        length = line.len() - after.len();
    }
    length
}

fn after_name(line: &str) -> Option<&str> {
    if let Some(text) = line.strip_prefix("[pod/") {
        return Some(text.split_once("] ")?.1);
    }
    let rest = line.trim_start_matches(is_of_name);
    let name = &line[..line.len() - rest.len()];
    let (before, last) = name.rsplit_once(['-', '_'])?;
    if name.starts_with("x-") || !name.starts_with(|c: char| c.is_ascii_lowercase()) {
        return None;
    }
    // A cluster gives names to containers that end in numbers or hashes, among which are no vowels.
    let is_number = !last.is_empty() && last.bytes().all(|b| b.is_ascii_digit());
    let is_pod =
        before.contains('-') && last.len() > 3 && last.contains(|c: char| c.is_ascii_digit());
    let is_replica = is_pod && last.len() == 5 && !last.contains(['a', 'e', 'i', 'o', 'u']);
    let marked = match rest.trim_start_matches(' ') {
        _ if !is_number && !is_pod => None,
        after if is_pod && after.starts_with(':') => Some(&after[1..]),
        after if is_replica && !is_number => after.find(' ').map(|end| &after[end..]),
        // Further tabs are of a table.
        after if after.starts_with('\t') => Some(&after[1..]).filter(|text| !text.contains('\t')),
        after => after.strip_prefix('|'),
    };
    marked.map(|text| text.strip_prefix(' ').unwrap_or(text))
}

fn is_of_name(c: char) -> bool {
    c.is_ascii_alphanumeric() || "-_./@".contains(c)
}

/// What grep puts before a line: the file and, where it counts them, the number of the line.
fn of_grep(line: &str) -> Option<(&str, Option<u32>, &str)> {
    let near = start_of(line, MAX_PREFIX);
    let name = &near[..near.find(|c| !is_of_name(c)).unwrap_or(near.len())];
    // Lines around those that were searched for have dashes.
    let ends = [(name.len(), ':'), (name.find('-').unwrap_or(0), '-')];
    ends.into_iter().find_map(|(end, mark)| {
        let (file, rest) = (&name[..end], line[end..].strip_prefix(mark)?);
        let text = rest.trim_start_matches(|c: char| c.is_ascii_digit());
        let number = rest[..rest.len() - text.len()].parse().ok()?;
        let text = text.strip_prefix(mark)?;
        // Programs put a space after the place that they report.
        let is_report = text.starts_with(' ') && !text.starts_with("  ");
        let is_file = FILES.iter().any(|part| file.contains(part));
        (is_file && !is_report).then_some((file, Some(number), text))
    })
}

/// The channel of a line of a program before which a runner puts the time, and the line.
fn of_runner(line: &str) -> Option<(&str, &str)> {
    if !line.starts_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let (rest, is_fine) = after_time(line)?;
    let known = CHANNELS.iter().find(|(mark, _)| rest.starts_with(mark));
    let (mark, channel) = known.copied().or(is_fine.then_some(("", "")))?;
    let text = &rest[mark.len()..];
    Some((channel, text.strip_prefix(' ').unwrap_or(text)))
}

/// A line that Terraform's provider wrote, after the time and the level that it writes itself; and
/// what distinguishes the exchange that it is about from others: `[x1y2] API Request URL: …`.
fn of_provider(line: &str) -> Option<(&str, &str)> {
    let reach = &line.as_bytes()[..line.len().min(MAX_PREFIX)];
    let at = memchr::memmem::find(reach, PROVIDER.as_bytes())?;
    let is_log = at == 0 || after_time(line).is_some();
    let (_, text) = line[at..].split_once(": ").filter(|_| is_log)?;
    let text = after_time(text).map_or(text, |(after, _)| {
        after.split_once("] ").map_or(after, |(_, after)| after)
    });
    let exchange = text.split_once("] API ").and_then(|(before, _)| {
        let (_, mark) = before.rsplit_once('[')?;
        (!mark.is_empty() && level(mark).is_none()).then_some(mark)
    });
    Some((exchange.unwrap_or(""), text))
}

/// What stands in brackets before a line, and says whose it is: `[web-1] `, `[build : run] `.
pub fn tag(line: &str) -> Option<&str> {
    let (tag, _) = start_of(line, MAX_TAG)
        .strip_prefix('[')?
        .split_once("] ")?;
    // With digits it may be a place in a file.
    let is_place = tag.contains(|c: char| c.is_ascii_digit());
    let is_of_tag =
        |c: char| c.is_alphanumeric() || "-_. ".contains(c) || !is_place && "/:".contains(c);
    let is_name = tag.chars().all(is_of_tag) && tag.contains(char::is_alphabetic);
    let is_other = || level(&tag.to_uppercase()).is_some() || after_time(tag).is_some();
    (is_name && !is_other()).then_some(tag)
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
        assert_eq!(stream_name("web-1  | x"), 9);
        assert_eq!(stream_name("[pod/web-7d9f/app] x"), 19);
        assert_eq!(stream_name("build-main-2231: x"), 17);
        for line in [
            "web | x",
            "code-x | y",
            "12 | x",
            "| a-1 | b",
            "x-y-2231: x",
        ] {
            assert_eq!(stream_name(line), 0, "{line}");
        }
    }
}
