//! The items of lists, the blocks below keys and the sections below headings that stand on lines of
//! their own, in one record.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::ops::Range;

use super::{Kind, Part};
use crate::explain::values::alone::{says_only_values, value_alone};
use crate::explain::values::http::{has_request, statuses_alone_in};
use crate::explain::values::labels::meaning_of;
use crate::explain::values::{Role, error_code, is_error_code, status};
use crate::substrings::{is_word_of, last_word, split_while};

/// Parts of an exchange whose start some clients mark.
const PARTS: &str = "body header headers request response";
/// Last words of keys of what came back.
const KEYS_OF_ANSWER: &str = "answer body details error response result";
/// Bytes of a key that are looked at.
const MAX_KEY_OF_LINE: usize = 32;
/// Keys at the start of something that comes back, of which the first is looked for.
const MAX_KEYS: usize = 8;
/// Lines below a title that are of its block.
const MAX_TITLED_LINES: usize = 32;

/// Lines with the same indentation: a list with bullets, or the block below a key.
#[derive(Default)]
struct Indented<'t> {
    is_block: bool,
    indent: usize,
    starts: Vec<usize>,
    /// Where each run of bullets starts whose keys differ, and the key of the first bullet.
    groups: Vec<usize>,
    first_key: Option<&'t str>,
    /// How many bullets are labelled codes.
    codes: usize,
    /// The keys since the last of these.
    keys: HashSet<&'t str>,
    /// The first code that an item names.
    code: Option<&'t str>,
    /// Whether it is a block, or each bullet is of another thing.
    is_certain: bool,
    /// Whether it stands below the key of a body or a response.
    is_body: bool,
}

/// The blocks below keys, and the items of lists, as YAML and Markdown write them. Bullets list the
/// values of one thing; of several, where the first key comes again with a code each time. Each is an
/// item by itself where another key or a code comes again, or one has no key.
pub fn lists_and_sections<'t>(text: &'t str, lines: &[Range<usize>]) -> Vec<Part<'t>> {
    let mut parts = Vec::new();
    let [_, .., last] = lines else { return parts };
    add_numbered(text, lines, last.end, &mut parts);
    add_sections(text, lines, last.end, &mut parts);
    add_reports(text, lines, &mut parts);
    add_titled(text, lines, last.end, &mut parts);
    add_below_titles(text, lines, last.end, &mut parts);
    let mut open: Vec<Indented> = Vec::new();
    // The line above: how far it is indented, where it starts, and what it says.
    let mut above: Option<(usize, usize, &str)> = None;
    for line in lines.iter().chain([&(last.end..last.end)]) {
        let text = &text[line.clone()];
        let content = text.trim_start_matches([' ', '\t', '>']);
        let indent = text.len() - content.len();
        let bullet = after_bullet(content);
        let ends = |it: &mut Indented| {
            indent < it.indent || indent == it.indent && !it.is_block && bullet.is_none()
        };
        while let Some(it) = open.pop_if(ends) {
            let kind = if it.is_block { Kind::Object } else { Kind::Item };
            // The only group of a body is of the item around it.
            let is_of_item = it.groups.len() == 1 && it.is_body;
            if !it.is_certain && it.groups.len() == it.codes && !is_of_item {
                add_parts(&mut parts, kind, &it.groups, line.start);
            } else if it.is_certain || it.groups.len() > 1 {
                add_parts(&mut parts, kind, &it.starts, line.start);
            }
        }
        // A list may be indented as the key that it is the value of.
        let is_deeper = open.last().is_none_or(|it| it.indent < indent);
        let heading =
            above.and_then(|(indent, start, it)| Some((indent, start, it.strip_suffix(':')?)));
        let key =
            heading.filter(|(above, _, key)| *above < indent && !key.contains([' ', '"', '{']));
        if is_deeper && (key.is_some() || bullet.is_some()) {
            let is_block = bullet.is_none();
            open.push(Indented {
                is_block,
                indent,
                starts: key.filter(|_| is_block).map(|(_, start, _)| start).into_iter().collect(),
                is_certain: is_block,
                is_body: heading.is_some_and(|(.., it)| is_word_of(KEYS_OF_ANSWER, last_word(it))),
                ..Indented::default()
            });
        }
        if let Some(it) = open.last_mut() {
            if let Some(item) = bullet {
                it.starts.push(line.start);
                it.codes += usize::from(names_code(item));
            }
            let code = bullet.filter(|item| !says_only_values(item)).and_then(error_code);
            it.is_certain |= code.is_some_and(|code| it.code.is_some_and(|known| known != code));
            it.code = it.code.or(code);
            it.is_certain |= match key_of_line(bullet.unwrap_or(content)) {
                Some(key) => {
                    let is_again = !it.keys.insert(key);
                    let first_key = *it.first_key.get_or_insert(key);
                    if bullet.is_some() && (is_again || it.groups.is_empty()) {
                        it.groups.push(line.start);
                        it.keys.clear();
                        it.keys.insert(key);
                    }
                    is_again && (bullet.is_none() || first_key != key)
                }
                // An item that has no key is no value of something, but for one that is alone there.
                None => {
                    it.starts.len() > 1 && bullet.is_some_and(|item| value_alone(item).is_none())
                }
            };
        }
        above = Some((indent, line.start, content));
    }
    parts
}

/// What stands after the bullet of an item.
fn after_bullet(content: &str) -> Option<&str> {
    content.strip_prefix(['-', '*', '#', '•'])?.strip_prefix(' ')
}

/// Adds the parts from each start to the next, the last to `end`.
fn add_parts(parts: &mut Vec<Part>, kind: Kind, starts: &[usize], end: usize) {
    let ends = starts.iter().skip(1).copied().chain([end]);
    let places = starts.iter().zip(ends).map(|(start, end)| *start..end);
    parts.extend(places.map(|place| Part::new(kind, place)));
}

/// Adds the items of lists that are written as one path a line (`results[1].status = 409`), or
/// below headings whose numbers follow each other (`LogRecord #0`, `*** 2. row ***`).
fn add_numbered(text: &str, lines: &[Range<usize>], end: usize, parts: &mut Vec<Part>) {
    // By what stands before and after the number: the last, where each starts, where all end.
    let mut lists: HashMap<_, (u32, Vec<usize>, usize)> = HashMap::new();
    for line in lines {
        let text = text[line.clone()].trim_end();
        let Some((before, number, after)) = numbered(text) else { continue };
        // Groups of Python's exceptions indent the first less: `+-+---- 1 ----`.
        let is_of_group = before.trim_start().starts_with('+');
        let before = if is_of_group { before.trim_start_matches(['+', '-', ' ']) } else { before };
        let (last, starts, list_end) = lists.entry((before, after)).or_default();
        if starts.is_empty() || number.checked_sub(1) == Some(*last) {
            starts.push(line.start);
            *last = number;
        }
        *list_end = after.map_or(line.end, |_| end);
    }
    for (_, starts, end) in lists.values().filter(|list| list.1.len() > 1) {
        add_parts(parts, Kind::Item, starts, *end);
    }
}

/// A title, and values indented below it, as programs print them of each of several calls.
struct TitledBlock<'t> {
    title: &'t str,
    place: Range<usize>,
    has_code: bool,
}

/// Adds the blocks below titles, where several of the same indentation name a code; or where the title
/// is a key that comes back, all from each to the next.
fn add_titled(text: &str, lines: &[Range<usize>], end: usize, parts: &mut Vec<Part>) {
    let line = |number: usize| &text[lines[number].clone()];
    let indents: Vec<_> = (0..lines.len()).map(|it| indent_of(line(it))).collect();
    // By how far the title is indented.
    let mut all: BTreeMap<_, Vec<_>> = BTreeMap::new();
    for (number, pair) in indents.windows(2).enumerate().filter(|(_, pair)| pair[1] > pair[0]) {
        let title = line(number).trim_end();
        if says_only_values(title) {
            continue;
        }
        let below = indents[number + 1..].iter().take(MAX_TITLED_LINES);
        let length = below.take_while(|indent| **indent > pair[0]).count();
        let mut values = number + 1..number + 1 + length;
        let block_end = lines.get(values.end).map_or(end, |line| line.start);
        all.entry(pair[0]).or_default().push(TitledBlock {
            title,
            place: lines[number].start..block_end,
            has_code: values.any(|it| indents[it] == pair[1] && names_code(line(it))),
        });
    }
    for (indent, blocks) in all {
        let mut titles = blocks.iter().filter(|it| it.has_code).map(|it| it.title);
        let Some(first) = titles.next() else { continue };
        let lines_of = |title: &str| -> Vec<usize> {
            let is_title = |it: &usize| indents[*it] == indent && line(*it).trim_end() == title;
            (0..lines.len()).filter(is_title).collect()
        };
        let is_key = first.ends_with(':') && titles.clone().all(|it| it == first);
        let same = if is_key { lines_of(first) } else { Vec::new() };
        // Values right above a key are of what it starts.
        let is_headed = |number: &usize| {
            let above = number.checked_sub(1).filter(|above| indents[*above] == indent);
            above.is_some_and(|above| says_only_values(line(above)))
        };
        if same.iter().any(is_headed) {
            continue;
        }
        if same.len() > 1 {
            // Each may start with another key.
            let mut keys = blocks.iter().filter(|it| it.title.ends_with(':')).take(MAX_KEYS);
            let first_keys = keys.find_map(|it| {
                let own = lines_of(it.title);
                (own.len() == same.len()).then_some(own)
            });
            let starts = first_keys.unwrap_or(same).into_iter().map(|it| lines[it].start);
            add_parts(parts, Kind::Item, &starts.collect::<Vec<_>>(), end);
        } else if titles.next().is_some() {
            parts.extend(blocks.into_iter().map(|it| Part::new(Kind::Item, it.place)));
        }
    }
}

/// Adds the blocks of a title and values below that are not indented more, where the first line is a
/// title, and several blocks name different codes or have titles that differ in numbers only. If the first
/// title comes back, only its like start blocks.
fn add_below_titles(text: &str, lines: &[Range<usize>], end: usize, parts: &mut Vec<Part>) {
    let line = |number: usize| &text[lines[number].clone()];
    let indent = |number: usize| line(number).len() - line(number).trim_start().len();
    let says_values = |number: usize| says_only_values(line(number));
    // What ends the record may stand below the values each time.
    if says_values(0) || !says_values(lines.len() - 1) {
        return;
    }
    let is_title = |number: &usize| {
        let below = number + 1;
        [indent(*number), indent(below)] == [indent(0); 2]
            && !says_values(*number)
            && says_values(below)
            && !line(*number).trim_end().ends_with('.')
            && statuses_alone_in(line(*number)).next().is_none()
            && !has_request(line(*number))
    };
    let mut titles: Vec<_> = (0..lines.len() - 1).filter(is_title).collect();
    if titles.len() < 2 {
        return;
    }
    let title = |number: usize| line(number).trim_end_matches(|c: char| !c.is_alphanumeric());
    let first = title(titles[0]);
    if titles[1..].iter().any(|it| title(*it) == first) {
        titles.retain(|it| title(*it) == first);
    }
    let mut codes = lines.iter().map(|line| &text[line.clone()]).filter(|it| names_code(it));
    let code = codes.next().map(error_code);
    let letters = |number: usize| title(number).chars().filter(|c| !c.is_ascii_digit());
    let are_alike = || titles.iter().all(|it| letters(*it).eq(letters(titles[0])));
    if code.is_some() && (codes.any(|it| Some(error_code(it)) != code) || are_alike()) {
        let starts: Vec<_> = titles.iter().map(|it| lines[*it].start).collect();
        add_parts(parts, Kind::Item, &starts, end);
    }
}

/// How far a line is indented: bytes of white space, and one for a bullet.
fn indent_of(line: &str) -> usize {
    let content = line.trim_start();
    line.len() - content.len() + usize::from(after_bullet(content).is_some())
}

/// Whether a line is a labelled error code: `error code: …`; or `- code = …`, which may be the label
/// of a status, too.
pub fn names_code(line: &str) -> bool {
    line.split_once([':', '=']).is_some_and(|(label, value)| {
        let value = value.trim_matches(|c: char| !c.is_ascii_alphanumeric());
        is_error_code(value)
            && matches!(meaning_of(label), Some((Role::Code | Role::HttpStatus, _)))
    })
}

/// Adds the sections below headings, each to the next and named by its mark: `=== RUN x`.
fn add_sections<'t>(
    text: &'t str,
    lines: &[Range<usize>],
    mut end: usize,
    parts: &mut Vec<Part<'t>>,
) {
    for line in lines.iter().rev() {
        if let Some(mark) = heading_mark(&text[line.clone()]) {
            parts.push(Part::named(Kind::Line, line.start..end, mark));
            end = line.start;
        }
    }
}

/// Adds the lines that report a status in brackets (`delete failed (404): …`), where several do, each with
/// what is indented below it.
fn add_reports(text: &str, lines: &[Range<usize>], parts: &mut Vec<Part>) {
    let reports = |line: &Range<usize>| {
        let line = text[line.clone()].lines().next().unwrap_or_default();
        let mut brackets = line.match_indices(['(', '[']).map(|(at, _)| &line[at + 1..]);
        brackets.any(|inside| {
            let behind = || inside[3..].trim_start_matches([')', ']']);
            status(inside).is_some_and(|it| it >= 400)
                && inside[3..].starts_with([')', ']'])
                && (behind().is_empty() || behind().starts_with(':'))
        })
    };
    let starts: Vec<_> = (0..lines.len()).filter(|number| reports(&lines[*number])).collect();
    for start in starts.iter().filter(|_| starts.len() > 1) {
        let below = lines[start + 1..].iter();
        let below = below.take_while(|line| text[line.start..].starts_with([' ', '\t']));
        let end = below.last().unwrap_or(&lines[*start]).end;
        parts.push(Part::new(Kind::Item, lines[*start].start..end));
    }
}

/// The mark of a heading: `=== RUN x`, `==> a.log <==`. What says itself where it starts is a
/// part of something: `== headers start ==`.
fn heading_mark(line: &str) -> Option<&str> {
    let line = line.trim_start_matches(' ');
    let first = line.chars().next().filter(|c| "=-+*~".contains(*c))?;
    let (mark, rest) = split_while(line, |c| c == first);
    let title = rest.strip_prefix('>').unwrap_or(rest);
    let words = title.trim_end_matches([' ', first]);
    let is_border = words.strip_suffix(" start").is_some_and(|it| is_word_of(PARTS, last_word(it)));
    // A shell marks its inner commands with two.
    let is_command = mark == "++" && !title.ends_with('+');
    (mark.len() > 1 && title.starts_with(' ') && !is_border && !is_command).then_some(mark)
}

/// The number in a line that is a heading or starts with a path with an index, what stands before
/// it, and after it in a heading.
fn numbered(line: &str) -> Option<(&str, u32, Option<&str>)> {
    let is_digit = |c: char| c.is_ascii_digit();
    // Programs count what they have done: `[3/5] x`.
    let progress = line.strip_prefix('[').and_then(|it| it.split_once('/'));
    if let Some((number, rest)) = progress
        && split_while(rest, is_digit).1.starts_with(']')
    {
        return Some(("[", number.parse().ok()?, Some("/")));
    }
    let is_path_char = |c: char| c.is_ascii_alphanumeric() || "_-.[]$".contains(c);
    let (path, rest) = split_while(line, is_path_char);
    let is_path = rest.trim_start().starts_with(['=', ':']);
    let start = if is_path { path.find('[')? + 1 } else { line.find(is_digit)? };
    let (number, rest) = split_while(&line[start..], is_digit);
    let number = number.parse().ok()?;
    let is_heading = !line.contains([':', '=', '{', '/', ',']);
    let after = (!is_path).then(|| rest.trim_end_matches(['-', '*', '+', ' ']));
    (is_heading || is_path && rest.starts_with(']')).then_some((&line[..start], number, after))
}

/// The key that a line starts with.
pub fn key_of_line(text: &str) -> Option<&str> {
    let end = text.bytes().take(MAX_KEY_OF_LINE).position(|byte| b":=".contains(&byte))?;
    Some(text[..end].trim_matches(['*', '`', '"', '\'', ' ']))
}
