//! Items of lists that stand on lines of their own: each is a record of its own.

use std::collections::{HashMap, HashSet};
use std::ops::Range;

/// Bytes of a key that are looked at.
const MAX_KEY: usize = 64;
/// Bytes of a path with indices, and indices that are looked at.
const MAX_PATH: usize = 256;
const MAX_INDICES: usize = 4;
/// Blocks that may be open at a line; those beyond are none.
const MAX_DEPTH: usize = 16;
/// Bytes of a heading.
const MAX_HEADING: usize = 120;

/// The items of the lists in the lines of a record.
pub fn items(text: &str, lines: &[Range<usize>]) -> Vec<Range<usize>> {
    let mut items = listed(text, lines);
    items.extend(flat(text, lines));
    items.extend(below_numbers(text, lines));
    items.extend(sections(text, lines));
    items
}

/// The sections of a configuration or the tables of TOML: `[create]`, `[[failures]]`.
fn sections(text: &str, lines: &[Range<usize>]) -> Vec<Range<usize>> {
    let is_heading = |line: &&Range<usize>| {
        let line = text[(*line).clone()].trim_end();
        let name = line.trim_start_matches('[').trim_end_matches(']');
        let is_of_name = |c: char| c.is_alphanumeric() || "-_. \"".contains(c);
        line.starts_with('[')
            && line.ends_with(']')
            && name.contains(char::is_alphabetic)
            && name.chars().all(is_of_name)
    };
    let starts: Vec<_> = lines
        .iter()
        .filter(is_heading)
        .map(|line| line.start)
        .collect();
    if starts.len() < 2 {
        return Vec::new();
    }
    between(&starts, lines.last().map_or(0, |line| line.end))
}

/// The blocks of lines that are indented more than the key above them, as YAML has them.
pub fn blocks(text: &str, lines: &[Range<usize>]) -> Vec<Range<usize>> {
    let mut blocks: Vec<Range<usize>> = Vec::new();
    // The indentation of the keys whose blocks are open, and the numbers of these.
    let mut open: Vec<(usize, usize)> = Vec::new();
    let (mut key_above, mut end) = (None, 0);
    for line in lines {
        let content = text[line.clone()].trim_start_matches(' ');
        let indent = line.len() - content.len();
        while let Some((_, block)) = open.pop_if(|(key, _)| indent <= *key) {
            blocks[block].end = end;
        }
        let is_deeper = |key: &usize| indent > *key && open.len() < MAX_DEPTH;
        if let Some(key) = key_above.filter(is_deeper) {
            open.push((key, blocks.len()));
            blocks.push(line.clone());
        }
        let key = content.trim_end().strip_suffix(':');
        let is_key = key.is_some_and(|key| !key.contains([' ', '"', '{']));
        key_above = is_key.then_some(indent);
        end = line.end;
    }
    for (_, block) in open {
        blocks[block].end = end;
    }
    blocks
}

/// The parts from each start to the next, the last to `end`.
fn between(starts: &[usize], end: usize) -> Vec<Range<usize>> {
    let ends = starts.iter().skip(1).copied().chain([end]);
    let parts = starts.iter().zip(ends);
    parts.map(|(start, end)| *start..end.max(*start)).collect()
}

/// Adds the items of lists in the record, as YAML and Markdown write them, where they are
/// alike: those with the same keys are records, others are values of one.
fn listed(text: &str, lines: &[Range<usize>]) -> Vec<Range<usize>> {
    let mut items = Vec::new();
    let mut lists: Vec<List> = Vec::new();
    for line in lines {
        let line_text = &text[line.clone()];
        let content = line_text.trim_start_matches([' ', '>']);
        let indent = line_text.len() - content.len();
        let bullet = ["- ", "* "]
            .iter()
            .find_map(|mark| content.strip_prefix(mark));
        while let Some(list) = lists.last()
            && (indent < list.indent || indent == list.indent && bullet.is_none())
        {
            let list = lists.pop().expect("there is a last one");
            items.extend(list.items(line.start));
        }
        let key = key(bullet.unwrap_or(content));
        if bullet.is_some() {
            if lists.last().is_none_or(|list| list.indent < indent) {
                lists.push(List {
                    indent,
                    starts: Vec::new(),
                    keys: HashSet::new(),
                    own_keys: HashSet::new(),
                    are_alike: false,
                });
            }
            let list = lists.last_mut().expect("one was added");
            list.starts.push(line.start);
            list.own_keys.clear();
        }
        if let (Some(list), Some(key)) = (lists.last_mut(), key) {
            let is_new_here = list.own_keys.insert(key.to_owned());
            list.are_alike |= is_new_here && !list.keys.insert(key.to_owned());
        }
    }
    let end = lines.last().map_or(0, |line| line.end);
    for list in lists.into_iter().rev() {
        items.extend(list.items(end));
    }
    items
}

/// A list of lines that start with the same mark.
struct List {
    indent: usize,
    starts: Vec<usize>,
    /// The keys of all items so far, and of the last one.
    keys: HashSet<String>,
    own_keys: HashSet<String>,
    are_alike: bool,
}

impl List {
    /// The items of a list that ends before `end`.
    fn items(self, end: usize) -> Vec<Range<usize>> {
        if self.are_alike {
            between(&self.starts, end)
        } else {
            Vec::new()
        }
    }
}

/// The key that a line starts with.
pub fn key(text: &str) -> Option<&str> {
    let end = text
        .as_bytes()
        .iter()
        .take(MAX_KEY)
        .position(|byte| *byte == b':')?;
    let key = text[..end].trim_matches(['*', '`', '"', '\'', ' ']);
    let is_key = !key.is_empty() && key.len() < 32 && !key.contains(['{', '(', '.']);
    is_key.then_some(key)
}

/// Adds the items of a list that is written as one path a line: `results[1].status = 409`.
fn flat(text: &str, lines: &[Range<usize>]) -> Vec<Range<usize>> {
    let mut from = 0;
    for _ in 0..MAX_INDICES {
        let mut items: Vec<(&str, Range<usize>)> = Vec::new();
        for line in lines {
            let line_text = &text[line.clone()];
            let Some(end) = index_end(line_text, from) else {
                continue;
            };
            match items.last_mut() {
                Some((path, item)) if *path == &line_text[..end] => item.end = line.end,
                _ => items.push((&line_text[..end], line.clone())),
            }
        }
        match items[..] {
            [] => break,
            [(path, _)] => from = path.len(),
            _ => return items.into_iter().map(|(_, item)| item).collect(),
        }
    }
    Vec::new()
}

/// Where the first index behind `from` ends in the path that a line starts with.
fn index_end(line: &str, from: usize) -> Option<usize> {
    let is_of_path = |byte: &u8| byte.is_ascii_alphanumeric() || b"_-.[]$".contains(byte);
    let path = line.bytes().take(MAX_PATH).take_while(is_of_path).count();
    let is_value = line[path..].trim_start().starts_with(['=', ':']);
    if !is_value || line.starts_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let mut ends = line[..path]
        .match_indices(['[', '.'])
        .filter_map(|(at, open)| {
            let digits = line[at + 1..path]
                .bytes()
                .take_while(u8::is_ascii_digit)
                .count();
            let end = at + 1 + digits;
            let close = if open == "[" { ']' } else { '.' };
            (digits > 0 && line[end..path].starts_with(close)).then_some(end + 1)
        });
    ends.find(|end| *end > from)
}

/// Adds the parts below headings that are alike but for their numbers, which follow each
/// other: `LogRecord #0`, `*** 2. row ***`, `-[ RECORD 3 ]-`.
fn below_numbers(text: &str, lines: &[Range<usize>]) -> Vec<Range<usize>> {
    let mut headings: HashMap<(&str, &str), (usize, Vec<usize>)> = HashMap::new();
    for line in lines {
        let Some((before, number, behind)) = numbered(&text[line.clone()]) else {
            continue;
        };
        let (last, starts) = headings.entry((before, behind)).or_default();
        if starts.is_empty() || number == *last + 1 {
            *last = number;
            starts.push(line.start);
        }
    }
    let several = headings
        .into_values()
        .filter(|(_, starts)| starts.len() > 1);
    let outermost = several.min_by_key(|(_, starts)| starts[0]);
    let end = lines.last().map_or(0, |line| line.end);
    let starts = outermost.map(|(_, starts)| starts).unwrap_or_default();
    between(&starts, end)
}

/// The number in a line that may be a heading, with what stands before and behind it.
fn numbered(line: &str) -> Option<(&str, usize, &str)> {
    let is_text = |text: &str| text.contains(char::is_alphabetic);
    if line.len() > MAX_HEADING || line.contains([':', '=', '{', '"', '/', ',']) {
        return None;
    }
    let start = line.find(|c: char| c.is_ascii_digit())?;
    let length = line[start..].bytes().take_while(u8::is_ascii_digit).count();
    let (before, behind) = (&line[..start], &line[start + length..]);
    let is_word = before.ends_with(|c: char| c.is_alphanumeric() || c == '.')
        || behind.starts_with(|c: char| c.is_alphanumeric());
    let number = line[start..start + length].parse().ok()?;
    let is_heading = !is_word && (is_text(before) || is_text(behind));
    is_heading.then_some((
        before,
        number,
        behind.trim_end_matches(['-', '*', '+', ' ']),
    ))
}
