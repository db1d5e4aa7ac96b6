//! The items of lists, the blocks below keys and the sections below headings that stand on lines of
//! their own, in one record.

use std::collections::{BTreeMap, HashMap, HashSet};

use super::{Kind, Part};
use crate::explain::values::alone::{says_only_values, value_alone};
use crate::explain::values::http::{has_request, statuses_alone_in};
use crate::explain::values::labels::meaning_of;
use crate::explain::values::{Role, error_code, is_error_code, status};
use crate::substrings::{indent, is_word_of, last_word, place_in, split_while};

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
    /// The lines that its parts start on.
    starts: Vec<usize>,
    /// The lines on which runs of bullets start whose keys differ, and the key of the first bullet.
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

/// The blocks below keys, the items of lists and the sections below headings, in a record with these
/// lines.
pub fn lists_and_sections<'t>(text: &'t str, lines: &[&'t str]) -> Vec<Part<'t>> {
    let [_, .., last] = lines else { return Vec::new() };
    let starts = lines.iter().map(|line| place_in(text, line).start);
    let starts = starts.chain([place_in(text, last).end]).collect();
    let mut reader = ListReader { lines, starts, parts: Vec::new() };
    reader.add_numbered();
    reader.add_sections();
    reader.add_reports();
    reader.add_titled();
    reader.add_below_titles();
    reader.add_lists();
    reader.parts
}

/// The lines of a record, and the parts that are found in it.
struct ListReader<'t, 'l> {
    lines: &'l [&'t str],
    /// Where each line starts, and where the last one ends.
    starts: Vec<usize>,
    parts: Vec<Part<'t>>,
}

impl ListReader<'_, '_> {
    /// Adds the parts that start on the lines with these indexes, each to the next, the last to `end`.
    fn add(&mut self, kind: Kind, lines: &[usize], end: usize) {
        let ends = lines.iter().skip(1).map(|line| self.starts[*line]).chain([end]);
        for (line, end) in lines.iter().zip(ends) {
            self.parts.push(Part::new(kind, self.starts[*line]..end));
        }
    }

    /// Where a line ends.
    fn end_of(&self, line: usize) -> usize {
        self.starts[line] + self.lines[line].len()
    }

    /// Adds the items of lists that are written as one path a line (`results[1].status = 409`), or
    /// below headings whose numbers follow each other (`LogRecord #0`, `*** 2. row ***`).
    fn add_numbered(&mut self) {
        // By what stands before and after the number: the last, where each starts, where all end.
        let mut lists: HashMap<_, (u32, Vec<usize>, usize)> = HashMap::new();
        for (line, text) in self.lines.iter().enumerate() {
            let Some((before, number, after)) = numbered(text.trim_end()) else { continue };
            // Groups of Python's exceptions indent the first less: `+-+---- 1 ----`.
            let is_of_group = before.trim_start().starts_with('+');
            let before =
                if is_of_group { before.trim_start_matches(['+', '-', ' ']) } else { before };
            let (last, starts, end) = lists.entry((before, after)).or_default();
            if starts.is_empty() || number.checked_sub(1) == Some(*last) {
                starts.push(line);
                *last = number;
            }
            *end = after.map_or(self.end_of(line), |_| self.starts[self.lines.len()]);
        }
        for (_, starts, end) in lists.values().filter(|list| list.1.len() > 1) {
            self.add(Kind::Item, starts, *end);
        }
    }

    /// Adds the sections below headings, each to the next and named by its mark: `=== RUN x`.
    fn add_sections(&mut self) {
        let mut end = self.lines.len();
        for (line, text) in self.lines.iter().enumerate().rev() {
            if let Some(mark) = heading_mark(text) {
                let place = self.starts[line]..self.starts[end];
                self.parts.push(Part::named(Kind::Line, place, mark));
                end = line;
            }
        }
    }

    /// Adds the lines that report a status in brackets (`delete failed (404): …`), where several do,
    /// each with what is indented below it.
    fn add_reports(&mut self) {
        let lines = self.lines;
        let reports: Vec<_> = (0..lines.len()).filter(|it| is_report(lines[*it])).collect();
        for report in reports.iter().filter(|_| reports.len() > 1) {
            let below = lines[report + 1..].iter();
            let below = below.take_while(|line| line.starts_with([' ', '\t'])).count();
            self.add(Kind::Item, &[*report], self.end_of(report + below));
        }
    }

    /// Adds the blocks below titles, where several of the same indentation name a code; or where the
    /// title is a key that comes back, all from each to the next.
    fn add_titled(&mut self) {
        let lines = self.lines;
        let title = |index: usize| lines[index].trim_end();
        let indents: Vec<_> = lines.iter().map(|line| indent_of(line)).collect();
        // Where each block starts and ends, and whether it names a code, by how far the title is indented.
        let mut all: BTreeMap<_, Vec<(usize, usize, bool)>> = BTreeMap::new();
        for (index, pair) in indents.windows(2).enumerate() {
            if pair[1] <= pair[0] || says_only_values(lines[index]) {
                continue;
            }
            let below = indents[index + 1..].iter().take(MAX_TITLED_LINES);
            let end = index + 1 + below.take_while(|indent| **indent > pair[0]).count();
            let mut values = (index + 1..end).filter(|it| indents[*it] == pair[1]);
            let has_code = values.any(|it| names_code(lines[it]));
            all.entry(pair[0]).or_default().push((index, end, has_code));
        }
        for (indent, blocks) in all {
            let mut titles = blocks.iter().filter(|it| it.2).map(|it| title(it.0));
            let Some(first) = titles.next() else { continue };
            let lines_of = |text: &str| -> Vec<usize> {
                let is_title = |it: &usize| indents[*it] == indent && title(*it) == text;
                (0..lines.len()).filter(is_title).collect()
            };
            let is_key = first.ends_with(':') && titles.clone().all(|it| it == first);
            let same = if is_key { lines_of(first) } else { Vec::new() };
            // Values right above a key are of what it starts.
            let is_value = |line: usize| indents[line] == indent && says_only_values(lines[line]);
            let is_headed = |line: &usize| *line > 0 && is_value(*line - 1);
            if same.iter().any(is_headed) {
                continue;
            }
            if same.len() > 1 {
                // Each may start with another key.
                let keys = blocks.iter().map(|it| title(it.0)).filter(|it| it.ends_with(':'));
                let mut keys = keys.take(MAX_KEYS).map(lines_of);
                let first_keys = keys.find(|it| it.len() == same.len());
                self.add(Kind::Item, &first_keys.unwrap_or(same), self.starts[lines.len()]);
            } else if titles.next().is_some() {
                for (index, end, _) in blocks {
                    self.add(Kind::Item, &[index], self.starts[end]);
                }
            }
        }
    }

    /// Adds the blocks of a title and values below that are not indented more, where the first line is
    /// a title, and several blocks name different codes or have titles that differ in numbers only. If
    /// the first title comes back, only its like start blocks.
    fn add_below_titles(&mut self) {
        let lines = self.lines;
        // What ends the record may stand below the values each time.
        if says_only_values(lines[0]) || !says_only_values(lines[lines.len() - 1]) {
            return;
        }
        let is_title = |index: &usize| {
            let (line, below) = (lines[*index], lines[*index + 1]);
            [indent(line), indent(below)] == [indent(lines[0]); 2]
                && !says_only_values(line)
                && says_only_values(below)
                && !line.trim_end().ends_with('.')
                && statuses_alone_in(line).next().is_none()
                && !has_request(line)
        };
        let mut titles: Vec<_> = (0..lines.len() - 1).filter(is_title).collect();
        if titles.len() < 2 {
            return;
        }
        let title = |index: usize| lines[index].trim_end_matches(|c: char| !c.is_alphanumeric());
        let first = title(titles[0]);
        if titles[1..].iter().any(|it| title(*it) == first) {
            titles.retain(|it| title(*it) == first);
        }
        let mut codes = lines.iter().filter(|line| names_code(line)).map(|line| error_code(line));
        let code = codes.next();
        let letters = |index: usize| title(index).chars().filter(|c| !c.is_ascii_digit());
        let are_alike = || titles.iter().all(|it| letters(*it).eq(letters(titles[0])));
        if code.is_some_and(|code| codes.any(|it| it != code) || are_alike()) {
            self.add(Kind::Item, &titles, self.starts[lines.len()]);
        }
    }

    /// Adds the blocks below keys, and the items of lists, as YAML and Markdown write them. Bullets list
    /// the values of one thing; of several, where the first key comes again with a code each time. Each
    /// is an item by itself where another key or a code comes again, or one has no key.
    fn add_lists(&mut self) {
        let mut open: Vec<Indented> = Vec::new();
        // How far the line above is indented, and what it says.
        let mut above = (0, "");
        for (index, line) in self.lines.iter().copied().chain([""]).enumerate() {
            let content = line.trim_start_matches([' ', '\t', '>']);
            let indent = line.len() - content.len();
            let bullet = after_bullet(content);
            let ends = |it: &mut Indented| {
                indent < it.indent || indent == it.indent && !it.is_block && bullet.is_none()
            };
            while let Some(it) = open.pop_if(ends) {
                let kind = if it.is_block { Kind::Object } else { Kind::Item };
                // The only group of a body is of the item around it.
                let is_of_item = it.groups.len() == 1 && it.is_body;
                if !it.is_certain && it.groups.len() == it.codes && !is_of_item {
                    self.add(kind, &it.groups, self.starts[index]);
                } else if it.is_certain || it.groups.len() > 1 {
                    self.add(kind, &it.starts, self.starts[index]);
                }
            }
            // A list may be indented as the key that it is the value of.
            let is_deeper = open.last().is_none_or(|it| it.indent < indent);
            let heading = above.1.strip_suffix(':');
            let is_below_key =
                above.0 < indent && heading.is_some_and(|it| !it.contains([' ', '"', '{']));
            if is_deeper && (is_below_key || bullet.is_some()) {
                let is_block = bullet.is_none();
                open.push(Indented {
                    is_block,
                    indent,
                    starts: if is_block { vec![index - 1] } else { Vec::new() },
                    is_certain: is_block,
                    is_body: heading.is_some_and(|it| is_word_of(KEYS_OF_ANSWER, last_word(it))),
                    ..Indented::default()
                });
            }
            if let Some(it) = open.last_mut() {
                it.add(index, content, bullet);
            }
            above = (indent, content);
        }
    }
}

impl<'t> Indented<'t> {
    /// Takes in what a line says, which may have a bullet.
    fn add(&mut self, index: usize, content: &'t str, bullet: Option<&'t str>) {
        self.starts.extend(bullet.map(|_| index));
        self.codes += usize::from(bullet.is_some_and(names_code));
        let code = bullet.filter(|item| !says_only_values(item)).and_then(error_code);
        self.is_certain |= code.is_some_and(|code| self.code.is_some_and(|known| known != code));
        self.code = self.code.or(code);
        self.is_certain |= match key_of_line(bullet.unwrap_or(content)) {
            Some(key) => {
                let is_again = !self.keys.insert(key);
                let first_key = *self.first_key.get_or_insert(key);
                if bullet.is_some() && (is_again || self.groups.is_empty()) {
                    self.groups.push(index);
                    self.keys = HashSet::from([key]);
                }
                is_again && (bullet.is_none() || first_key != key)
            }
            // An item that has no key is no value of something, but for one that is alone there.
            None => self.starts.len() > 1 && bullet.is_some_and(|item| value_alone(item).is_none()),
        };
    }
}

/// What stands after the bullet of an item.
fn after_bullet(content: &str) -> Option<&str> {
    content.strip_prefix(['-', '*', '#', '•'])?.strip_prefix(' ')
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

/// Whether a line reports a status in brackets, alone or before a colon.
fn is_report(line: &str) -> bool {
    let line = line.lines().next().unwrap_or_default();
    let mut brackets = line.match_indices(['(', '[']).map(|(at, _)| &line[at + 1..]);
    brackets.any(|inside| {
        status(inside).is_some_and(|it| it >= 400)
            && inside[3..].starts_with([')', ']'])
            && matches!(inside[3..].trim_start_matches([')', ']']).chars().next(), None | Some(':'))
    })
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
