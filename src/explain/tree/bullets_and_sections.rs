//! Finds the blocks, the bulleted and numbered items and the sections in one log record.
//!
//! The children of a line are the lines below it that are indented more, down to the next line
//! that is not. Siblings have the same parent. Items start on
//!
//! 1. lines whose numbers count up: `Attempt 1`, `[2/3] x`, `results[0].status = 409`;
//!
//! and, among siblings, on the lines of the first rule that applies:
//!
//! 2. all lines with a bullet, if one of them starts an object of YAML;
//! 3. lines that start alike, as one of the first siblings does: with the same mark (`=== RUN x`),
//!    or with the same key, behind a bullet or as a title (`- code: …`, `request:`). Each starts a
//!    group, and two groups must differ. With a key, each group needs a code; but one code is
//!    enough if the first sibling is a title of one word that the others repeat;
//! 4. lines with a bullet, if two items differ or two say something of their own. Other bullets
//!    list the values of one thing;
//! 5. all siblings, if two titles each have a labelled code below them, or if one has such a code
//!    and another status or request ID than a sibling;
//! 6. lines with a status in brackets, if there are two: `delete failed (404): …`.
//!
//! An exception that Java suppressed is an item, too.
//!
//! Two items differ if both have a status, a request ID or a code, but not the same. Groups also
//! differ if one has a code and the other has none.

use std::cell::OnceCell;
use std::cmp::Ordering;
use std::collections::HashMap;
use std::ops::Range;

use super::line_starts::{
    after_bullet, has_status_in_brackets, heading_mark, key_of_line, names_code, numbered,
    starts_body,
};
use super::{DISTINGUISHING, Kind, Part, Tree};
use crate::explain::values::alone::is_value_line;
use crate::explain::values::labels::meaning_of;
use crate::explain::values::{Role, error_code};
use crate::substrings::{before, place_in, start_among, within};

/// The most siblings, from the first on, that are tried as the start that others repeat.
const MAX_FIRST: usize = 8;

/// Stands in a stack of Java before another exception.
const SUPPRESSED: &str = "Suppressed: ";

/// A line, split into its indentation, its bullet and its content.
struct ListRow<'t> {
    text: &'t str,
    content: &'t str,
    indent: usize,
    has_bullet: bool,
    /// The index of the line below all its children.
    end: usize,
}

/// A start that other siblings may repeat.
#[derive(Clone, Copy, PartialEq)]
enum StartOf {
    Section,
    /// A title of one word: `request:`.
    Key,
    /// An item with a key, or a longer title.
    Words,
}

/// The blocks, the items and the sections in a log record with these lines.
pub(super) fn bullets_and_sections<'t>(
    text: &'t str,
    lines: &[&'t str],
    tree: &Tree,
) -> Vec<Part<'t>> {
    if lines.len() < 2 {
        return Vec::new();
    }
    // A mail marks all lines that it quotes.
    let is_quoted = lines.iter().all(|line| line.trim_start().starts_with('>'));
    let marks: &[char] = if is_quoted { &[' ', '\t', '>'] } else { &[' ', '\t'] };
    let mut rows: Vec<_> =
        lines.iter().map(|line| ListRow::new(line, marks, lines.len())).collect();
    // The lines whose children may go on; and the children of each, by its index plus one. Lines
    // without a parent are at zero.
    let mut open: Vec<usize> = Vec::new();
    let mut siblings: Vec<Vec<usize>> = vec![Vec::new(); lines.len() + 1];
    for index in 0..rows.len() {
        while let Some(above) = open.pop_if(|above| rows[*above].indent >= rows[index].indent) {
            rows[above].end = index;
        }
        // A suppressed exception is an item by itself.
        if !rows[index].content.starts_with(SUPPRESSED) {
            siblings[open.last().map_or(0, |around| around + 1)].push(index);
        }
        open.push(index);
    }
    let mut reader = ListReader { text, rows, codes: OnceCell::new(), tree, parts: Vec::new() };
    reader.add_numbered();
    reader.add_suppressed();
    for (below, siblings) in siblings.iter().enumerate() {
        if let Some(around) = below.checked_sub(1) {
            reader.add_block(around);
        }
        reader.add_items(siblings);
    }
    reader.parts
}

/// A line with an error code.
struct CodeInRow<'t> {
    row: usize,
    code: &'t str,
    /// Whether the first line of its text is a labelled code, and whether a line below the first
    /// is, in a container that starts there.
    is_labelled: bool,
    is_labelled_below: bool,
}

/// The lines of a log record, and the parts found in it so far.
struct ListReader<'t, 'l> {
    text: &'t str,
    rows: Vec<ListRow<'t>>,
    /// The lines with codes, found when they are first needed.
    codes: OnceCell<Vec<CodeInRow<'t>>>,
    tree: &'l Tree,
    parts: Vec<Part<'t>>,
}

impl<'t> ListReader<'t, '_> {
    /// Adds the block of a key: the line of the key, and the lines below that are indented more.
    fn add_block(&mut self, key: usize) {
        let ListRow { content, end, .. } = self.rows[key];
        let name = content.strip_suffix(':');
        if end > key + 1 && name.is_some_and(|it| !it.contains([' ', '"', '{'])) {
            let place = self.place(&(key..end));
            self.parts.push(Part::new(Kind::Object, place));
        }
    }

    /// Adds the items of lists that are written with one path on each line
    /// (`results[1].status = 409`), or below headings whose numbers count up (`LogRecord #0`,
    /// `*** 2. row ***`).
    fn add_numbered(&mut self) {
        // By the text before and after the number: the last number, the lines on which items start,
        // and where the last item ends.
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

    /// Adds the exceptions that Java suppressed. Each stands in the stack of another one, and ends
    /// where that stack continues. The lines of its message may be indented less.
    fn add_suppressed(&mut self) {
        let item_from = |first: usize| {
            let ListRow { content, indent, .. } = self.rows[first];
            let class = content.strip_prefix(SUPPRESSED)?.split([' ', ':']).next()?;
            let is_outer = |row: &ListRow| {
                let starts: &[_] = match row.indent.cmp(&indent) {
                    Ordering::Less => &["Caused by: ", SUPPRESSED],
                    Ordering::Equal => &["at ", "... ", SUPPRESSED],
                    Ordering::Greater => &[],
                };
                start_among(starts, row.content).is_some()
            };
            let length = self.rows[first..].iter().skip(1).position(is_outer);
            let end = length.map_or(self.rows.len(), |length| first + 1 + length);
            class.contains('.').then_some(first..end)
        };
        let items: Vec<_> = (0..self.rows.len()).filter_map(item_from).collect();
        self.add(&items);
    }

    /// Adds the items that start on siblings (rules 2 to 6).
    fn add_items(&mut self, siblings: &[usize]) {
        if siblings.len() < 2 {
            return;
        }
        let own = |it: &usize| *it..self.rows[*it].end;
        let bullets = siblings.iter().filter(|it| self.rows[**it].has_bullet).map(own);
        let bullets: Vec<_> = bullets.collect();
        let items = if bullets.iter().any(|it| self.is_map(it)) {
            bullets
        } else if let Some(groups) = self.alike(siblings) {
            groups
        } else if self.differ(&bullets, &DISTINGUISHING) || self.two_say_something_own(&bullets) {
            bullets
        } else {
            self.titled(siblings.iter().map(own).collect())
        };
        self.add(&items);
    }

    /// The groups of siblings that start alike (rule 3), each up to the next; none if they
    /// are no items.
    fn alike(&self, siblings: &[usize]) -> Option<Vec<Range<usize>>> {
        let end = self.rows[*siblings.last()?].end;
        let starts: Vec<_> = siblings.iter().map(|it| self.rows[*it].start()).collect();
        let groups_from = |first: usize| {
            let start = starts[first]?;
            let alike = siblings.iter().zip(&starts).filter(|(_, it)| **it == Some(start));
            let alike: Vec<_> = alike.map(|(row, _)| *row).collect();
            // A value above the first group is fine: the log record may say other things there.
            let is_headed = alike[1..].iter().any(|it| self.is_headed(*it));
            let groups = up_to_next(&alike, end);
            (!is_headed && self.are_items(&groups, start.1, first == 0)).then_some(groups)
        };
        (0..siblings.len().min(MAX_FIRST)).find_map(groups_from)
    }

    /// The blocks that are items: all of them (rule 5), those with a status in brackets
    /// (rule 6), or none.
    fn titled(&self, mut blocks: Vec<Range<usize>>) -> Vec<Range<usize>> {
        let with_code: Vec<_> = blocks.iter().filter(|it| self.names_code_below(it)).collect();
        let is_other = |own: &Range<usize>, other: &Range<usize>| {
            self.differ(&[own.clone(), other.clone()], &[Role::HttpStatus, Role::RequestId])
        };
        let are_items = with_code.len() > 1
            || with_code.iter().any(|own| {
                let mut others = blocks.iter().filter(|it| it.len() > 1);
                others.any(|other| is_other(own, other))
            });
        if are_items && !with_code.iter().skip(1).any(|it| self.is_headed(it.start)) {
            return blocks;
        }
        blocks.retain(|it| has_status_in_brackets(self.rows[it.start].content));
        if blocks.len() > 1 { blocks } else { Vec::new() }
    }

    /// The first code of each of these lines that has one.
    fn codes_in(&self, lines: &Range<usize>) -> &[CodeInRow<'t>] {
        let code_in = |(row, line): (usize, &ListRow<'t>)| {
            let code = error_code(line.text)?;
            let mut are_labelled = line.text.lines().map(names_code);
            let is_labelled = are_labelled.next() == Some(true);
            Some(CodeInRow { row, code, is_labelled, is_labelled_below: are_labelled.any(|it| it) })
        };
        let codes = || self.rows.iter().enumerate().filter_map(code_in).collect();
        within(self.codes.get_or_init(codes), lines, |code| code.row)
    }

    /// Whether the first of these lines is a title, and a labelled code stands below it.
    fn names_code_below(&self, lines: &Range<usize>) -> bool {
        let title = lines.start;
        let ListRow { text, content, .. } = self.rows[title];
        let has_lines = lines.len() > 1 || text.contains('\n');
        has_lines
            && !starts_body(content)
            && self
                .codes_in(lines)
                .iter()
                .any(|code| code.is_labelled_below || code.is_labelled && code.row > title)
    }

    /// Whether the line right above a title is only a value: it belongs to what the title starts.
    fn is_headed(&self, title: usize) -> bool {
        title > 0 && {
            let [above, title] = [&self.rows[title - 1], &self.rows[title]];
            above.indent == title.indent && !title.has_bullet && is_value_line(above.content)
        }
    }

    /// Whether an item is an object of YAML: its other keys stand below its first one.
    fn is_map(&self, item: &Range<usize>) -> bool {
        let first = &self.rows[item.start];
        let below = self.rows[..item.end].get(item.start + 1);
        let is_key = |below: &ListRow| !below.has_bullet && below.indent == first.indent + 1;
        is_value_line(first.content) && below.is_some_and(is_key)
    }

    /// Whether two bullets say something of their own.
    fn two_say_something_own(&self, bullets: &[Range<usize>]) -> bool {
        bullets.iter().filter(|it| self.says_something_own(it)).nth(1).is_some()
    }

    /// Whether a bullet says something of its own, not one more value of what all bullets list.
    fn says_something_own(&self, item: &Range<usize>) -> bool {
        let content = self.rows[item.start].content;
        let first = content.split([' ', ':']).next().unwrap_or_default();
        !is_value_line(content)
            && !content.contains('{')
            && meaning_of(first).is_none()
            && (self.tree.has_any_of(&self.place(item), &DISTINGUISHING)
                || !self.codes_in(item).is_empty())
    }

    /// Whether groups of lines that start alike are items: two must differ, and each needs a code.
    /// If a title of one word starts the siblings (`are_all`), one code will do; sections need
    /// none.
    fn are_items(&self, groups: &[Range<usize>], start: StartOf, are_all: bool) -> bool {
        let codes = groups.iter().map(|it| Some(self.codes_in(it).first()?.code));
        let codes: Vec<_> = codes.collect();
        let have_codes = match start {
            StartOf::Section => true,
            StartOf::Key if are_all => codes.iter().any(Option::is_some),
            _ => codes.iter().all(Option::is_some),
        };
        let differ = codes.iter().any(|code| *code != codes[0]);
        have_codes && (differ || self.differ(groups, &DISTINGUISHING))
    }

    /// Whether two of these parts have different values for one of the roles.
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

impl<'t> ListRow<'t> {
    fn new(text: &'t str, marks: &[char], end: usize) -> Self {
        let content = text.trim_start_matches(marks);
        let indent = text.len() - content.len();
        let item = after_bullet(content);
        // The bullet counts as indentation: a list may be indented as its title is.
        let bullet = item.map_or("", |item| before(content, item).trim_end());
        let (content, indent) = (item.unwrap_or(content), indent + bullet.chars().count());
        ListRow { text, content, indent, has_bullet: item.is_some(), end }
    }

    /// The start that other lines may repeat: the mark of a heading, or the key of an item
    /// or a title.
    fn start(&self) -> Option<(&'t str, StartOf)> {
        if let Some(mark) = heading_mark(self.text).filter(|_| !self.has_bullet) {
            return Some((mark, StartOf::Section));
        }
        let line = self.content.lines().next()?.trim_end();
        let key = key_of_line(line)?;
        let is_title = !self.has_bullet && line.strip_suffix(':') == Some(key);
        let start = if is_title && !key.contains(' ') { StartOf::Key } else { StartOf::Words };
        (self.has_bullet || is_title).then_some((key, start))
    }
}

/// The lines from each start up to the next; the last group ends at `end`.
fn up_to_next(starts: &[usize], end: usize) -> Vec<Range<usize>> {
    let ends = starts.iter().skip(1).copied().chain([end]);
    starts.iter().zip(ends).map(|(start, end)| *start..end).collect()
}
