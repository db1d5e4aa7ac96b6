//! Parts of a record that stand on lines of their own: the items of lists, each a record of its
//! own, and blocks of values.

use std::collections::HashMap;
use std::ops::Range;

use super::Kind;

/// Bytes of a key that are looked at.
const MAX_KEY: usize = 32;
/// Bytes of a path with indices, and indices that are looked at.
const MAX_PATH: usize = 256;
const MAX_INDICES: usize = 4;
/// Bytes of a heading.
const MAX_HEADING: usize = 120;

type Parts = Vec<(Kind, Range<usize>)>;
type Lines<'t> = [(Range<usize>, &'t str)];

/// The items and blocks in the lines of a record.
pub fn parts(text: &str, lines: &[Range<usize>]) -> Parts {
    if lines.len() < 2 {
        return Vec::new();
    }
    let texts = lines.iter().map(|line| (line.clone(), &text[line.clone()]));
    let lines: Vec<_> = texts.collect();
    let end = lines.last().map_or(0, |(line, _)| line.end);
    let mut parts = indented(&lines, end);
    parts.extend(numbered(&lines, end));
    parts
}

/// The parts from each start to the next, the last to `end`.
fn between(kind: Kind, starts: &[usize], end: usize) -> impl Iterator<Item = (Kind, Range<usize>)> {
    let ends = starts.iter().skip(1).copied().chain([end]);
    let parts = starts.iter().zip(ends);
    parts.map(move |(start, end)| (kind, *start..end.max(*start)))
}

/// Lines that are indented alike: a list, or the block below a key.
struct Indented<'t> {
    indent: usize,
    is_list: bool,
    starts: Vec<usize>,
    /// The keys in it, each with the number of the last item that has it.
    keys: HashMap<&'t str, usize>,
    are_alike: bool,
}

/// The blocks below keys, and the items of lists, as YAML and Markdown write them, where they are
/// alike: those with the same keys are records, others are values of one.
fn indented(lines: &Lines, end: usize) -> Parts {
    let mut open: Vec<Indented> = Vec::new();
    let mut parts = Vec::new();
    let mut key_above = None;
    for (line, text) in lines.iter().chain([&(end..end, "")]) {
        let content = text.trim_start_matches([' ', '>']);
        let indent = text.len() - content.len();
        let bullet = content.strip_prefix("- ").or(content.strip_prefix("* "));
        let ends = |it: &mut Indented| {
            indent < it.indent || it.is_list && indent == it.indent && bullet.is_none()
        };
        while let Some(it) = open.pop_if(ends) {
            let kind = if it.is_list { Kind::Item } else { Kind::Object };
            if it.are_alike {
                parts.extend(between(kind, &it.starts, line.start));
            }
        }
        let is_of_list = |it: &Indented| it.is_list && it.indent == indent;
        let is_list = bullet.is_some();
        let is_block = key_above.is_some_and(|key| key < indent);
        if is_list && !open.last().is_some_and(is_of_list) || !is_list && is_block {
            open.push(Indented {
                indent,
                is_list,
                starts: if is_list {
                    Vec::new()
                } else {
                    vec![line.start]
                },
                keys: HashMap::new(),
                are_alike: !is_list,
            });
        }
        if let Some(list) = open.last_mut() {
            list.starts.extend(bullet.map(|_| line.start));
            let item = list.starts.len();
            let other = key(bullet.unwrap_or(content)).and_then(|key| list.keys.insert(key, item));
            list.are_alike |= other.is_some_and(|other| other != item);
        }
        let key = content.trim_end().strip_suffix(':');
        let is_key = key.is_some_and(|key| !key.contains([' ', '"', '{']));
        key_above = is_key.then_some(indent);
    }
    parts
}

/// The key that a line starts with.
pub fn key(text: &str) -> Option<&str> {
    let end = text.bytes().take(MAX_KEY).position(|byte| byte == b':')?;
    let key = text[..end].trim_matches(['*', '`', '"', '\'', ' ']);
    (!key.is_empty() && !key.contains(['{', '(', '.'])).then_some(key)
}

/// Parts that numbers distinguish.
#[derive(Default)]
struct Numbered {
    last: u32,
    starts: Vec<usize>,
    end: usize,
}

/// The items of a list that is written as one path a line (`results[1].status = 409`), and the
/// parts below headings that are alike: the sections of a configuration (`[create]`), or headings
/// with numbers that follow each other (`LogRecord #0`, `*** 2. row ***`).
fn numbered(lines: &Lines, end: usize) -> Parts {
    let mut lists: HashMap<&str, Numbered> = HashMap::new();
    let mut headings: HashMap<(&str, &str), Numbered> = HashMap::new();
    for (line, text) in lines {
        for (path, number) in indices(text) {
            let list = lists.entry(path).or_default();
            if list.starts.is_empty() || number != list.last {
                list.starts.push(line.start);
            }
            (list.last, list.end) = (number, line.end);
        }
        if let Some((before, number, behind)) = heading(text.trim_end()) {
            let parts = headings.entry((before, behind)).or_default();
            let number = number.unwrap_or(parts.last + 1);
            if parts.starts.is_empty() || number == parts.last + 1 {
                parts.starts.push(line.start);
                (parts.last, parts.end) = (number, end);
            }
        }
    }
    let several = |parts: &Numbered| parts.starts.len() > 1;
    let headings = headings.into_values().filter(several);
    let outermost = headings.min_by_key(|parts| parts.starts[0]);
    let lists = lists.into_values().filter(several).chain(outermost);
    lists
        .flat_map(|it| between(Kind::Item, &it.starts, it.end).collect::<Parts>())
        .collect()
}

/// The indices in the path that a line starts with: what stands before each, and the number.
fn indices(line: &str) -> impl Iterator<Item = (&str, u32)> {
    let is_of_path = |byte: &u8| byte.is_ascii_alphanumeric() || b"_-.[]$".contains(byte);
    let length = line.bytes().take(MAX_PATH).take_while(is_of_path).count();
    let (path, behind) = line.split_at(length);
    let is_path = behind.trim_start().starts_with(['=', ':'])
        && !path.starts_with(|c: char| c.is_ascii_digit());
    let ends = path.match_indices([']', '.']).filter(move |_| is_path);
    let numbers = ends.filter_map(|(end, _)| {
        let before = path[..end].trim_end_matches(|c: char| c.is_ascii_digit());
        let number = path[before.len()..end].parse().ok()?;
        before.ends_with(['[', '.']).then_some((before, number))
    });
    numbers.take(MAX_INDICES)
}

/// What stands before and behind the number or the name in a line that may be a heading.
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
    let behind = line[start..].trim_start_matches(is_digit);
    let (before, number) = (&line[..start], &line[start..line.len() - behind.len()]);
    let is_word = before.ends_with(|c: char| c.is_alphanumeric() || c == '.')
        || behind.starts_with(char::is_alphanumeric);
    let behind = behind.trim_end_matches(['-', '*', '+', ' ']);
    let is_heading = !is_word && (is_text(before) || is_text(behind));
    Some((before, Some(number.parse().ok()?), behind)).filter(|_| is_heading)
}
