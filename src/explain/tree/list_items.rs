//! The items of lists whose items stand on lines of their own: each is a record of its own.

use std::collections::HashMap;
use std::ops::Range;

use super::{Kind, Part};

/// Bytes of a key that are looked at.
const MAX_KEY: usize = 32;
/// Bytes of a path with indices, and indices that are looked at.
const MAX_PATH: usize = 256;
const MAX_INDICES: usize = 4;
/// Bytes of a heading.
const MAX_HEADING: usize = 120;

/// The items and blocks in the lines of a record.
pub fn items<'t>(text: &'t str, lines: &[Range<usize>]) -> Vec<Part<'t>> {
    let mut parts = Vec::new();
    if let [_, .., last] = lines {
        indented(text, lines, last.end, &mut parts);
        numbered(text, lines, last.end, &mut parts);
    }
    parts
}

/// Adds the parts from each start to the next, the last to `end`.
fn add_parts(parts: &mut Vec<Part>, kind: Kind, starts: &[usize], end: usize) {
    let ends = starts.iter().skip(1).copied().chain([end]);
    let places = starts.iter().zip(ends).map(|(start, end)| *start..end);
    parts.extend(places.map(|place| Part::new(kind, place)));
}

/// Lines that are indented alike: a list with bullets, or the block below a key.
struct Indented<'t> {
    kind: Kind,
    indent: usize,
    starts: Vec<usize>,
    /// The keys in it, each with the number of the last item that has it.
    keys: HashMap<&'t str, usize>,
    /// Whether it is a block, or has two items that are alike.
    counts: bool,
}

/// The blocks below keys, and the items of lists, as YAML and Markdown write them: if two have
/// the same key, for otherwise they are values of one.
fn indented(text: &str, lines: &[Range<usize>], end: usize, parts: &mut Vec<Part>) {
    let mut open: Vec<Indented> = Vec::new();
    let mut above = None;
    for line in lines.iter().chain([&(end..end)]) {
        let text = &text[line.clone()];
        let content = text.trim_start_matches([' ', '>']);
        let indent = text.len() - content.len();
        let unnumbered = content.trim_start_matches(|c: char| c.is_ascii_digit());
        let is_numbered = unnumbered.len() < content.len();
        let marks = if is_numbered {
            &[". "][..]
        } else {
            &["- ", "* "]
        };
        let bullet = marks.iter().find_map(|mark| unnumbered.strip_prefix(mark));
        let ends = |it: &mut Indented| {
            indent < it.indent || indent == it.indent && it.kind == Kind::Item && bullet.is_none()
        };
        while let Some(it) = open.pop_if(ends) {
            if it.counts {
                add_parts(parts, it.kind, &it.starts, line.start);
            }
        }
        let kind = bullet.map_or(Kind::Object, |_| Kind::Item);
        let is_deeper = open.last().is_none_or(|it| it.indent < indent);
        let key = above.filter(|(above, _)| *above < indent);
        if is_deeper && (key.is_some() || bullet.is_some()) {
            open.push(Indented {
                kind,
                indent,
                starts: key
                    .filter(|_| bullet.is_none())
                    .iter()
                    .map(|(_, start)| *start)
                    .collect(),
                keys: HashMap::new(),
                counts: kind == Kind::Object,
            });
        }
        if let Some(it) = open.last_mut() {
            if bullet.is_some() {
                it.starts.push(line.start);
            }
            let item = it.starts.len();
            let key = key_of_line(bullet.unwrap_or(content));
            let other = key.and_then(|key| it.keys.insert(key, item));
            // What has no key is no value of something.
            let is_bare = item > 1 && bullet.is_some() && key.is_none();
            it.counts |= is_bare || other.is_some_and(|other| other != item);
        }
        let key = content.strip_suffix(':');
        above =
            key.and_then(|key| (!key.contains([' ', '"', '{'])).then_some((indent, line.start)));
    }
}

/// The key that a line starts with.
pub fn key_of_line(text: &str) -> Option<&str> {
    let end = text.bytes().take(MAX_KEY).position(|byte| byte == b':')?;
    let key = text[..end].trim_matches(['*', '`', '"', '\'', ' ']);
    (!key.is_empty() && !key.contains(['{', '(', '.'])).then_some(key)
}

/// Items that are numbered.
#[derive(Default)]
struct Numbered {
    last: u32,
    starts: Vec<usize>,
    end: usize,
}

/// The items of a list that is written as one path a line (`results[1].status = 409`), or below
/// headings: the sections of a configuration (`[create]`), or such whose numbers follow each other
/// (`LogRecord #0`, `*** 2. row ***`).
fn numbered(text: &str, lines: &[Range<usize>], end: usize, parts: &mut Vec<Part>) {
    // By what stands before and after the number.
    let mut lists: HashMap<(&str, Option<&str>), Numbered> = HashMap::new();
    for line in lines {
        let text = &text[line.clone()];
        let indices = indices(text).map(|(before, number)| (before, Some(number), None));
        let heading = heading(text.trim_end());
        let heading = heading.map(|(before, number, after)| (before, number, Some(after)));
        for (before, number, after) in indices.chain(heading) {
            let list = lists.entry((before, after)).or_default();
            let number = number.unwrap_or(list.last.saturating_add(1));
            let is_next =
                number == list.last.saturating_add(1) || after.is_none() && number != list.last;
            if list.starts.is_empty() || is_next {
                list.starts.push(line.start);
                list.last = number;
            }
            list.end = after.map_or(line.end, |_| end);
        }
    }
    for list in lists.values().filter(|list| list.starts.len() > 1) {
        add_parts(parts, Kind::Item, &list.starts, list.end);
    }
}

/// The indices in the path that a line starts with: what stands before each, and the number.
fn indices(line: &str) -> impl Iterator<Item = (&str, u32)> {
    let is_of_path = |byte: &u8| byte.is_ascii_alphanumeric() || b"_-.[]$".contains(byte);
    let length = line.bytes().take(MAX_PATH).take_while(is_of_path).count();
    let (path, after) = line.split_at(length);
    let is_path = after.trim_start().starts_with(['=', ':']);
    let ends = path.match_indices([']', '.']).filter(move |_| is_path);
    let numbers = ends.filter_map(|(end, _)| {
        let before = path[..end].trim_end_matches(|c: char| c.is_ascii_digit());
        let number = path[before.len()..end].parse().ok()?;
        before.ends_with(['[', '.']).then_some((before, number))
    });
    numbers.take(MAX_INDICES)
}

/// What stands before and after the number or the name in a line that may be a heading, and the
/// number.
fn heading(line: &str) -> Option<(&str, Option<u32>, &str)> {
    if line.len() > MAX_HEADING || line.contains([':', '=', '{', '/', ',']) {
        return None;
    }
    let is_text = |text: &str| text.contains(char::is_alphabetic);
    let name = line
        .strip_prefix('[')
        .and_then(|name| name.strip_suffix(']'));
    if name.is_some_and(is_text) {
        return Some(("[", None, "]"));
    }
    let is_digit = |c: char| c.is_ascii_digit();
    let start = line.find(is_digit)?;
    let after = line[start..].trim_start_matches(is_digit);
    let (before, number) = (&line[..start], &line[start..line.len() - after.len()]);
    let after = after.trim_end_matches(['-', '*', '+', ' ']);
    Some((before, Some(number.parse().ok()?), after))
}
