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
/// Blocks that may be open at a line; those beyond are none.
const MAX_DEPTH: usize = 16;
/// Bytes of a heading.
const MAX_HEADING: usize = 120;

/// The items and blocks in the lines of a record.
pub fn parts(text: &str, lines: &[Range<usize>]) -> Vec<(Kind, Range<usize>)> {
    if lines.len() < 2 {
        return Vec::new();
    }
    let lines: Vec<_> = lines
        .iter()
        .map(|line| (line.clone(), &text[line.clone()]))
        .collect();
    let items = [listed(&lines), flat(&lines), below_headings(&lines)];
    let items = items.into_iter().flatten().map(|item| (Kind::Item, item));
    let blocks = blocks(&lines).into_iter();
    items
        .chain(blocks.map(|block| (Kind::Object, block)))
        .collect()
}

type Lines<'t> = [(Range<usize>, &'t str)];

fn end_of(lines: &Lines) -> usize {
    lines.last().map_or(0, |(line, _)| line.end)
}

/// The parts from each start to the next, the last to `end`.
fn between(starts: &[usize], end: usize) -> Vec<Range<usize>> {
    let ends = starts.iter().skip(1).copied().chain([end]);
    let parts = starts.iter().zip(ends);
    parts.map(|(start, end)| *start..end.max(*start)).collect()
}

/// The blocks of lines that are indented more than the key above them, as YAML has them.
fn blocks(lines: &Lines) -> Vec<Range<usize>> {
    let mut blocks: Vec<Range<usize>> = Vec::new();
    // The indentation of the keys whose blocks are open, and the numbers of these.
    let mut open: Vec<(usize, usize)> = Vec::new();
    let mut key_above = None;
    for (line, text) in lines {
        let content = text.trim_start_matches(' ');
        let indent = text.len() - content.len();
        open.retain(|(key, _)| indent > *key);
        if let Some(key) = key_above.filter(|key| indent > *key && open.len() < MAX_DEPTH) {
            open.push((key, blocks.len()));
            blocks.push(line.clone());
        }
        for (_, block) in &open {
            blocks[*block].end = line.end;
        }
        let key = content.trim_end().strip_suffix(':');
        let is_key = key.is_some_and(|key| !key.contains([' ', '"', '{']));
        key_above = is_key.then_some(indent);
    }
    blocks
}

/// A list of lines that start with the same mark.
#[derive(Default)]
struct List<'t> {
    indent: usize,
    starts: Vec<usize>,
    /// The keys of its items, each with the number of the last item that has it.
    keys: HashMap<&'t str, usize>,
    are_alike: bool,
}

/// The items of lists, as YAML and Markdown write them, where they are alike: those with the
/// same keys are records, others are values of one.
fn listed(lines: &Lines) -> Vec<Range<usize>> {
    let mut lists: Vec<List> = Vec::new();
    let mut items = Vec::new();
    let mut end = |list: List, end: usize| {
        items.extend(
            between(&list.starts, end)
                .into_iter()
                .filter(|_| list.are_alike),
        );
    };
    for (line, text) in lines {
        let content = text.trim_start_matches([' ', '>']);
        let indent = text.len() - content.len();
        let bullet = content.strip_prefix("- ").or(content.strip_prefix("* "));
        let ends =
            |list: &mut List| indent < list.indent || indent == list.indent && bullet.is_none();
        while let Some(list) = lists.pop_if(ends) {
            end(list, line.start);
        }
        if bullet.is_some() && lists.last().is_none_or(|list| list.indent < indent) {
            lists.push(List {
                indent,
                ..List::default()
            });
        }
        let Some(list) = lists.last_mut() else {
            continue;
        };
        list.starts.extend(bullet.map(|_| line.start));
        let item = list.starts.len();
        if let Some(key) = key(bullet.unwrap_or(content)) {
            let other = list.keys.insert(key, item);
            list.are_alike |= other.is_some_and(|other| other != item);
        }
    }
    for list in lists.into_iter().rev() {
        end(list, end_of(lines));
    }
    items
}

/// The key that a line starts with.
pub fn key(text: &str) -> Option<&str> {
    let end = text.bytes().take(MAX_KEY).position(|byte| byte == b':')?;
    let key = text[..end].trim_matches(['*', '`', '"', '\'', ' ']);
    (!key.is_empty() && !key.contains(['{', '(', '.'])).then_some(key)
}

/// The items of a list that is written as one path a line: `results[1].status = 409`.
fn flat(lines: &Lines) -> Vec<Range<usize>> {
    let items_of = |index| {
        let mut items: Vec<(&str, Range<usize>)> = Vec::new();
        for (line, text) in lines {
            let Some(path) = indexed(text, index) else {
                continue;
            };
            match items.last_mut() {
                Some((last, item)) if *last == path => item.end = line.end,
                _ => items.push((path, line.clone())),
            }
        }
        let items = Some(items).filter(|items| items.len() > 1)?;
        Some(items.into_iter().map(|(_, item)| item).collect())
    };
    (0..MAX_INDICES).find_map(items_of).unwrap_or_default()
}

/// The path that a line starts with, up to its index with a number.
fn indexed(line: &str, index: usize) -> Option<&str> {
    let is_of_path = |byte: &u8| byte.is_ascii_alphanumeric() || b"_-.[]$".contains(byte);
    let path = line.bytes().take(MAX_PATH).take_while(is_of_path).count();
    let is_value = line[path..].trim_start().starts_with(['=', ':']);
    if !is_value || line.starts_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let mut ends = line[..path].match_indices([']', '.']).filter(|(at, _)| {
        let before = line[..*at].trim_end_matches(|c: char| c.is_ascii_digit());
        before.len() < *at && before.ends_with(['[', '.'])
    });
    ends.nth(index).map(|(at, _)| &line[..=at])
}

/// The parts below headings that are alike: the sections of a configuration (`[create]`), or
/// headings with numbers that follow each other: `LogRecord #0`, `*** 2. row ***`.
fn below_headings(lines: &Lines) -> Vec<Range<usize>> {
    let mut headings: HashMap<(&str, &str), (usize, Vec<usize>)> = HashMap::new();
    for (line, text) in lines {
        let Some((before, number, behind)) = heading(text.trim_end()) else {
            continue;
        };
        let (next, starts) = headings.entry((before, behind)).or_default();
        if starts.is_empty() || number.is_none_or(|number| number == *next) {
            *next = number.map_or(0, |number| number + 1);
            starts.push(line.start);
        }
    }
    let several = headings
        .into_values()
        .filter(|(_, starts)| starts.len() > 1);
    let outermost = several.min_by_key(|(_, starts)| starts[0]);
    outermost.map_or(Vec::new(), |(_, starts)| between(&starts, end_of(lines)))
}

/// What stands before and behind the number or the name in a line that may be a heading.
fn heading(line: &str) -> Option<(&str, Option<usize>, &str)> {
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
    let start = line.find(|c: char| c.is_ascii_digit())?;
    let length = line[start..].bytes().take_while(u8::is_ascii_digit).count();
    let (before, behind) = (&line[..start], &line[start + length..]);
    let is_word = before.ends_with(|c: char| c.is_alphanumeric() || c == '.')
        || behind.starts_with(|c: char| c.is_alphanumeric());
    let number = line[start..start + length].parse::<u32>().ok()?;
    let behind = behind.trim_end_matches(['-', '*', '+', ' ']);
    let is_heading = !is_word && (is_text(before) || is_text(behind));
    is_heading.then_some((before, Some(number as usize), behind))
}
