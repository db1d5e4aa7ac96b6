//! The blocks, the items of lists and the sections that stand on lines of their own, in one record.
//!
//! A line has the lines below it that are indented more. Siblings are lines of one indentation that
//! the same line has. Items start on
//!
//! 1. lines whose numbers follow each other: `Attempt 1`, `[2/3] x`, `results[0].status = 409`;
//!
//! or, among siblings, the first of these that holds:
//!
//! 2. those that start as one of the first does, each up to the next: with the same mark (`=== RUN x`), or
//!    with the same key behind a bullet or of a title (`- code: …`, `request:`), if each group has a
//!    code. Two groups must differ;
//! 3. those with a bullet, if two differ, if one is an object of YAML, or if two report something of
//!    their own. Other bullets list the values of one thing;
//! 4. all, if two are titles above different codes that are labelled.
//!
//! Two differ if both say a status, a request ID or a code, and not the same.

use std::collections::HashMap;
use std::ops::Range;

use super::{Kind, Part, Tree};
use crate::explain::values::alone::says_only_values;
use crate::explain::values::labels::meaning_of;
use crate::explain::values::{Role, error_code, has_error_code, is_error_code};
use crate::substrings::{is_word_of, last_word, place_in, split_while};

/// Parts of an exchange whose start some clients mark.
const PARTS: &str = "body header headers request response";
/// Bytes of a key that are looked at.
const MAX_KEY_OF_LINE: usize = 32;
/// Siblings, from the first on, of which one may come back.
const MAX_FIRST: usize = 8;
/// Roles that show that two parts are of different errors, where their values differ.
const DISTINGUISHING: [Role; 3] = [Role::HttpStatus, Role::RequestId, Role::Code];

/// A line and what it has.
struct Row<'t> {
    text: &'t str,
    content: &'t str,
    indent: usize,
    has_bullet: bool,
    /// The line below all that are indented more.
    end: usize,
}

/// The blocks below keys, the items of lists and the sections in a record with these lines.
pub fn lists_and_sections<'t>(text: &'t str, lines: &[&'t str], tree: &Tree) -> Vec<Part<'t>> {
    if lines.len() < 2 {
        return Vec::new();
    }
    let mut rows: Vec<_> = lines.iter().map(|line| Row::new(line, lines.len())).collect();
    // The lines that still may have more, and those that each has, by what is around.
    let mut open: Vec<usize> = Vec::new();
    let mut siblings: Vec<Vec<usize>> = vec![Vec::new(); lines.len() + 1];
    for index in 0..rows.len() {
        while let Some(above) = open.pop_if(|above| rows[*above].indent >= rows[index].indent) {
            rows[above].end = index;
        }
        siblings[open.last().map_or(0, |around| around + 1)].push(index);
        open.push(index);
    }
    let mut reader = ListReader { text, rows, tree, parts: Vec::new() };
    reader.add_numbered();
    for siblings in siblings {
        reader.add_block(&siblings);
        reader.add_items(&siblings);
    }
    reader.parts
}

/// The lines of a record, and the parts that are found in it.
struct ListReader<'t, 'l> {
    text: &'t str,
    rows: Vec<Row<'t>>,
    tree: &'l Tree,
    parts: Vec<Part<'t>>,
}

impl<'t> ListReader<'t, '_> {
    /// Adds the block of a key: that and the lines it has.
    fn add_block(&mut self, siblings: &[usize]) {
        let Some(key) = siblings.first().and_then(|first| first.checked_sub(1)) else { return };
        let row = &self.rows[key];
        let name = row.content.strip_suffix(':');
        if row.end > key + 1 && name.is_some_and(|it| !it.contains([' ', '"', '{'])) {
            let place = self.place(&(key..row.end));
            self.parts.push(Part::new(Kind::Object, place));
        }
    }

    /// Adds the items of lists that are written as one path a line (`results[1].status = 409`), or
    /// below headings whose numbers follow each other (`LogRecord #0`, `*** 2. row ***`).
    fn add_numbered(&mut self) {
        // By what stands before and after the number: the last, where each starts, where all end.
        let mut lists: HashMap<_, (u32, Vec<usize>, usize)> = HashMap::new();
        for (line, row) in self.rows.iter().enumerate() {
            let Some((before, number, after)) = numbered(row.text) else { continue };
            // Groups of Python's exceptions indent the first less: `+-+---- 1 ----`.
            let is_of_group = before.trim_start().starts_with('+');
            let before =
                if is_of_group { before.trim_start_matches(['+', '-', ' ']) } else { before };
            let (last, starts, end) = lists.entry((before, after)).or_default();
            if starts.is_empty() || number.checked_sub(1) == Some(*last) {
                starts.push(line);
                *last = number;
            }
            *end = if after.is_some() { self.rows.len() } else { line + 1 };
        }
        for (_, starts, end) in lists.values().filter(|list| list.1.len() > 1) {
            self.add(&up_to_next(starts, *end));
        }
    }

    /// Adds the items that siblings start: 2 to 4 in the head of this file.
    fn add_items(&mut self, siblings: &[usize]) {
        let Some(last) = siblings.last().filter(|_| siblings.len() > 1) else { return };
        let end = self.rows[*last].end;
        let groups_from = |first: &usize| {
            let start = self.rows[*first].start().filter(|_| !self.is_headed(*first))?;
            let alike = siblings.iter().filter(|it| self.rows[**it].start() == Some(start));
            let groups = up_to_next(&alike.copied().collect::<Vec<_>>(), end);
            (groups.len() > 1 && self.are_items(&groups, start.1)).then_some(groups)
        };
        let again = siblings.iter().take(MAX_FIRST).find_map(groups_from);
        self.add(&again.unwrap_or_else(|| self.own_lines(siblings)));
    }

    /// The siblings with a bullet, or all, each with the lines it has, if they are of different things: 3
    /// and 4 in the head of this file.
    fn own_lines(&self, siblings: &[usize]) -> Vec<Range<usize>> {
        let own = |it: &usize| *it..self.rows[*it].end;
        let has_bullet = |it: &&usize| self.rows[**it].has_bullet;
        let bullets: Vec<_> = siblings.iter().filter(has_bullet).map(own).collect();
        let mut reports = bullets.iter().filter(|it| self.reports(it));
        if bullets.iter().any(|it| self.is_map(it))
            || self.differ(&bullets, &DISTINGUISHING)
            || reports.nth(1).is_some()
        {
            return bullets;
        }
        let blocks: Vec<_> = siblings.iter().map(own).collect();
        let titled = blocks.iter().filter(|it| self.names_code_below(it));
        let titled: Vec<_> = titled.cloned().collect();
        let are_items = self.differ(&titled, &[Role::Code])
            && !titled.iter().any(|it| self.is_headed(it.start));
        if are_items { blocks } else { Vec::new() }
    }

    /// Whether lines are a title and below it, among others, a labelled code.
    fn names_code_below(&self, lines: &Range<usize>) -> bool {
        let is_body = self.rows[lines.start].content.starts_with(['{', '[', '(', '<']);
        !is_body && self.text[self.place(lines)].lines().skip(1).any(names_code)
    }

    /// Whether a value stands right above a title: of what the title starts.
    fn is_headed(&self, title: usize) -> bool {
        let [above, title] = [title.checked_sub(1), Some(title)].map(|it| Some(&self.rows[it?]));
        above.zip(title).is_some_and(|(above, title)| {
            above.indent == title.indent && !title.has_bullet && says_only_values(above.content)
        })
    }

    /// Whether an item is an object of YAML: its other keys stand below its first one.
    fn is_map(&self, item: &Range<usize>) -> bool {
        let first = &self.rows[item.start];
        let below = self.rows[..item.end].get(item.start + 1);
        let is_key = |below: &Row| !below.has_bullet && below.indent == first.indent + 1;
        says_only_values(first.content) && below.is_some_and(is_key)
    }

    /// Whether a bullet reports something of its own, not a value of what others are of, too.
    fn reports(&self, item: &Range<usize>) -> bool {
        let content = self.rows[item.start].content;
        let place = self.place(item);
        let first = content.split([' ', ':']).next().unwrap_or_default();
        !says_only_values(content)
            && !content.contains('{')
            && meaning_of(first).is_none()
            && (self.tree.has_any_of(&place, &DISTINGUISHING) || has_error_code(&self.text[place]))
    }

    /// Whether groups of lines that start alike are items: sections, or groups that each have a code.
    fn are_items(&self, groups: &[Range<usize>], are_sections: bool) -> bool {
        let code = |group: &Range<usize>| error_code(&self.text[self.place(group)]);
        let codes: Vec<_> = groups.iter().map(code).collect();
        (are_sections || codes.iter().all(Option::is_some))
            && (codes.iter().any(|code| *code != codes[0]) || self.differ(groups, &DISTINGUISHING))
    }

    /// Whether two of some parts say different statuses, IDs or codes.
    fn differ(&self, parts: &[Range<usize>], roles: &[Role]) -> bool {
        roles.iter().any(|role| {
            let mut values = parts.iter().filter_map(|part| {
                let field = self.tree.with_role(*role, &self.place(part)).next()?;
                Some(field.value(self.text))
            });
            values.next().is_some_and(|first| values.any(|value| value != first))
        })
    }

    fn add(&mut self, items: &[Range<usize>]) {
        for item in items {
            self.parts.push(Part::new(Kind::Item, self.place(item)));
        }
    }

    /// Where lines stand in the text.
    fn place(&self, lines: &Range<usize>) -> Range<usize> {
        let start = place_in(self.text, self.rows[lines.start].text).start;
        start..place_in(self.text, self.rows[lines.end - 1].text).end
    }
}

impl<'t> Row<'t> {
    fn new(text: &'t str, end: usize) -> Self {
        let content = text.trim_start_matches([' ', '\t', '>']);
        let indent = text.len() - content.len();
        let item = after_bullet(content);
        let has_bullet = item.is_some();
        // A list may be indented as its title is.
        let indent = indent + usize::from(has_bullet);
        Row { text, content: item.unwrap_or(content), indent, has_bullet, end }
    }

    /// What the line starts with that may come back: the key of an item or a title; or the mark of a
    /// heading.
    fn start(&self) -> Option<(&'t str, bool)> {
        if let Some(mark) = heading_mark(self.text) {
            return Some((mark, true));
        }
        let line = self.content.lines().next()?.trim_end();
        let is_title = self.has_bullet || line.ends_with(':');
        Some((key_of_line(line)?, false)).filter(|_| is_title)
    }
}

/// The lines from each of some to the next, the last up to `end`.
fn up_to_next(starts: &[usize], end: usize) -> Vec<Range<usize>> {
    let ends = starts.iter().skip(1).copied().chain([end]);
    starts.iter().zip(ends).map(|(start, end)| *start..end).collect()
}

/// What stands after the bullet of an item.
fn after_bullet(content: &str) -> Option<&str> {
    content.strip_prefix(['-', '*', '#', '•'])?.strip_prefix(' ')
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
    let line = line.trim_end().trim_end_matches(':');
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
