//! The items of lists, the blocks below keys and the sections below headings that stand on lines of
//! their own, in one record.

use std::collections::{BTreeMap, HashMap};
use std::ops::Range;

use super::{Kind, Part, SECTION};
use crate::substrings::{is_word_of, split_while};

/// Bytes of a key that are looked at.
const MAX_KEY: usize = 32;

/// Words with which headings begin within what one error says.
const PARTS: &str = "begin body captured code details end error header headers id log message \
    output request response status stderr stdout";
/// Bytes of a heading.
const MAX_HEADING: usize = 120;

/// Lines with the same indentation: a list with bullets, or the block below a key.
struct Indented<'t> {
    kind: Kind,
    indent: usize,
    starts: Vec<usize>,
    /// The keys in it, each with the number of the last item that has it.
    keys: HashMap<&'t str, usize>,
    /// Whether it is a block, or has two items that are alike.
    is_certain: bool,
}

/// The blocks below keys, and the items of lists, as YAML and Markdown write them: if two have
/// the same key, for otherwise they are values of one.
pub fn lists_and_sections<'t>(text: &str, lines: &[Range<usize>]) -> Vec<Part<'t>> {
    let mut parts = Vec::new();
    let [_, .., last] = lines else {
        return parts;
    };
    add_numbered(text, lines, last.end, &mut parts);
    add_sections(text, lines, last.end, &mut parts);
    add_suppressed(text, lines, last.end, &mut parts);
    let mut open: Vec<Indented> = Vec::new();
    let mut above = None;
    for line in lines.iter().chain([&(last.end..last.end)]) {
        let text = &text[line.clone()];
        let content = text.trim_start_matches([' ', '>']);
        let indent = text.len() - content.len();
        let bullet = after_bullet(content);
        let ends = |it: &mut Indented| {
            indent < it.indent || indent == it.indent && it.kind == Kind::Item && bullet.is_none()
        };
        while let Some(it) = open.pop_if(ends) {
            if it.is_certain {
                add_parts(&mut parts, (it.kind, ""), &it.starts, line.start);
            }
        }
        let kind = bullet.map_or(Kind::Object, |_| Kind::Item);
        // A list may be indented as the key that it is the value of.
        let is_in_block = |it: &Indented| it.kind == Kind::Object && bullet.is_some();
        let is_deeper = open
            .last()
            .is_none_or(|it| it.indent < indent || it.indent == indent && is_in_block(it));
        let key = above.filter(|(above, _)| *above < indent);
        if is_deeper && (key.is_some() || bullet.is_some()) {
            let key = key.filter(|_| bullet.is_none());
            open.push(Indented {
                kind,
                indent,
                starts: key.map(|(_, start)| start).into_iter().collect(),
                keys: HashMap::new(),
                is_certain: kind == Kind::Object,
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
            it.is_certain |= is_bare || other.is_some_and(|other| other != item);
        }
        let key = content.strip_suffix(':');
        above =
            key.and_then(|key| (!key.contains([' ', '"', '{'])).then_some((indent, line.start)));
    }
    parts
}

/// What stands after the bullet or the number of an item.
fn after_bullet(content: &str) -> Option<&str> {
    let (number, unnumbered) = split_while(content, |c| c.is_ascii_digit());
    let mark = if number.is_empty() { "- " } else { ". " };
    unnumbered.strip_prefix(mark).or(unnumbered.strip_prefix("* "))
}

/// Adds the parts from each start to the next, the last to `end`.
fn add_parts<'t>(
    parts: &mut Vec<Part<'t>>,
    (kind, name): (Kind, &'t str),
    starts: &[usize],
    end: usize,
) {
    let ends = starts.iter().skip(1).copied().chain([end]);
    let places = starts.iter().zip(ends).map(|(start, end)| *start..end);
    parts.extend(places.map(|place| Part::named(kind, place, name)));
}

/// Adds the items of lists that are written as one path a line (`results[1].status = 409`), or
/// below headings whose numbers follow each other (`LogRecord #0`, `*** 2. row ***`).
fn add_numbered(text: &str, lines: &[Range<usize>], end: usize, parts: &mut Vec<Part>) {
    // By what stands before and after the number: the last, where each starts, where all end.
    let mut lists: BTreeMap<_, (u32, Vec<usize>, usize)> = BTreeMap::new();
    for line in lines {
        let text = text[line.clone()].trim_end();
        let Some((before, number, after)) = numbered(text) else {
            continue;
        };
        // Groups of Python's exceptions indent the first less: `+-+---- 1 ----`.
        let is_of_group = before.trim_start().starts_with('+');
        let before = if is_of_group { before.trim_start_matches(['+', '-', ' ']) } else { before };
        let (last, starts, list_end) = lists.entry((before, after)).or_default();
        let is_next = number == last.saturating_add(1) || after.is_none() && number != *last;
        if starts.is_empty() || is_next {
            starts.push(line.start);
            *last = number;
        }
        *list_end = after.map_or(line.end, |_| end);
    }
    for (_, starts, end) in lists.values().filter(|list| list.1.len() > 1) {
        add_parts(parts, (Kind::Item, ""), starts, *end);
    }
}

/// Adds the sections below headings with the same mark as the first has: `=== RUN x`. They may be
/// of one error.
fn add_sections(text: &str, lines: &[Range<usize>], end: usize, parts: &mut Vec<Part>) {
    let marks =
        lines.iter().filter_map(|line| Some((line.start, heading_mark(&text[line.clone()])?)));
    let mut marks = marks.peekable();
    let first = marks.peek().map(|(_, mark)| *mark);
    let starts = marks.filter(|(_, mark)| Some(*mark) == first).map(|(start, _)| start);
    let starts: Vec<_> = starts.collect();
    add_parts(parts, (Kind::Line, SECTION), &starts, end);
}

/// The mark of a heading: `=== RUN x`, `==> a.log <==`; of none that is a part of one response.
fn heading_mark(line: &str) -> Option<&str> {
    let line = line.trim_start_matches(' ');
    let first = line.chars().next().filter(|c| "=-+*~".contains(*c))?;
    let (mark, rest) = split_while(line, |c| c == first);
    let title = rest.strip_prefix('>').unwrap_or(rest);
    let title = title.strip_prefix(' ').filter(|title| title.contains(char::is_alphabetic))?;
    let mut words = title.split(|c: char| !c.is_alphanumeric()).take(2);
    let is_part = words.any(|word| is_word_of(PARTS, word));
    (mark.len() > 1 && !is_part).then_some(mark)
}

/// Adds the exceptions that Java says were suppressed, each with the lines that are indented more:
/// they are of another error.
fn add_suppressed(text: &str, lines: &[Range<usize>], end: usize, parts: &mut Vec<Part>) {
    let indent = |line: &Range<usize>| {
        let text = &text[line.clone()];
        text.len() - text.trim_start().len()
    };
    for (number, line) in lines.iter().enumerate() {
        let own = indent(line);
        let suppressed = text[line.start + own..].strip_prefix("Suppressed: ");
        let class = suppressed.and_then(|text| text.split([':', ' ', '\n']).next());
        if class.is_some_and(|class| class.contains('.')) {
            let mut below = lines[number + 1..].iter();
            let end = below.find(|line| indent(line) <= own).map_or(end, |line| line.start);
            parts.push(Part::new(Kind::Item, line.start..end));
        }
    }
}

/// The number in a line that is a heading or starts with a path with an index, what stands before
/// it, and after it in a heading.
fn numbered(line: &str) -> Option<(&str, u32, Option<&str>)> {
    let is_digit = |c: char| c.is_ascii_digit();
    let is_of_path = |c: char| c.is_ascii_alphanumeric() || "_-.[]$".contains(c);
    let (path, rest) = split_while(line, is_of_path);
    let is_path = rest.trim_start().starts_with(['=', ':']);
    let start = if is_path { path.find('[')? + 1 } else { line.find(is_digit)? };
    let (number, rest) = split_while(&line[start..], is_digit);
    let number = number.parse().ok()?;
    let is_heading = line.len() <= MAX_HEADING && !line.contains([':', '=', '{', '/', ',']);
    let after = (!is_path).then(|| rest.trim_end_matches(['-', '*', '+', ' ']));
    (is_heading || is_path && rest.starts_with(']')).then_some((&line[..start], number, after))
}

/// The key that a line starts with.
pub fn key_of_line(text: &str) -> Option<&str> {
    let end = text.bytes().take(MAX_KEY).position(|byte| byte == b':')?;
    let key = text[..end].trim_matches(['*', '`', '"', '\'', ' ']);
    (!key.is_empty() && !key.contains(['{', '(', '.'])).then_some(key)
}
