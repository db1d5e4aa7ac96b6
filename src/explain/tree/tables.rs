//! Tables: rows of a label and its value, and columns with a head.

use std::ops::Range;

use memchr::{memchr, memmem};

use super::labelled_values::place_in;
use super::reader::{Columns, Reader};
use super::{Kind, Part};
use crate::explain::unwrap::frames::is_rule;
use crate::explain::values::labels::{Label, meaning_of};
use crate::explain::values::{BARS, is_id, start_among};
use crate::explain::values::{Rank, Role, Written};
use crate::message::start_of;

/// What separates columns of spaces, at least.
const GAP: &str = "  ";
/// Bytes of the name of a value in a row.
const MIN_NAME: usize = 3;
/// Bytes of the head of a table.
const MAX_HEAD: usize = 512;
/// Bytes from the start of a cell on to which rows below may add.
const MAX_CELL: usize = 4 * 1024;
/// Bytes of a row in HTML.
const MAX_ROW: usize = 8 * 1024;
/// What SQL starts the names of columns with.
const OF_SQL: [&str; 2] = ["INSERT INTO", "COPY "];
/// Marks around the text of a cell.
const MARKS: [char; 6] = [' ', '\t', '*', '`', '"', '\''];

impl Reader<'_> {
    /// Reads a line that may be a row of a table.
    pub fn line_as_row(&mut self, line: Range<usize>) {
        let text = &self.text[line.clone()];
        if self.columns.separator.is_none() && !self.columns.meanings.is_empty() {
            // Of an HTML table.
            return;
        }
        if is_rule(text) {
            self.columns.above.clear();
            return;
        }
        let has_bar = memchr(b'|', text.as_bytes()).is_some()
            || !text.is_ascii() && text.contains(&BARS[1..]);
        let found = || {
            let mut marks = [b'\t', b',', b';'].into_iter();
            let mark = marks.find(|mark| memchr(*mark, text.as_bytes()).is_some());
            // What heads columns of spaces is in capitals.
            let has_gap = || text.contains(GAP) && !text.contains(char::is_lowercase);
            let mark = mark.filter(|_| text.len() <= MAX_HEAD).map(char::from);
            mark.or_else(|| has_gap().then_some(' '))
        };
        let known = self.columns.separator.filter(|mark| text.contains(*mark));
        let separator = match known {
            _ if start_among(&OF_SQL, text).is_some() => Some('('),
            _ if has_bar => Some('|'),
            known => known.or_else(found),
        };
        if self.columns.separator != separator {
            self.columns = Columns::default();
            self.columns.separator = separator;
        }
        match separator {
            Some('(') => {
                // Tuples of SQL, of which the first names the columns, perhaps of rows with tabs.
                for tuple in text.split('(').skip(1) {
                    let tuple = &tuple[..tuple.find(')').unwrap_or(tuple.len())];
                    let start = place_in(self.text, tuple).start;
                    let place = start - 1..start + tuple.len();
                    self.row(&cells(tuple, start, ','), Written::Plain, place);
                }
                if text.starts_with(OF_SQL[1]) {
                    self.columns.separator = Some('\t');
                }
            }
            Some(mark) => self.row(&cells(text, line.start, mark), Written::Plain, line),
            None => {}
        }
    }

    /// Reads a row of a table in HTML or XML, whose tag with this name is at `at`.
    pub fn row_element(&mut self, at: usize, name: &str) {
        let row = start_of(&self.text[at..self.limit().max(at)], MAX_ROW);
        let Some(length) = memmem::find(row.as_bytes(), format!("</{name}").as_bytes()) else {
            return;
        };
        let inside = row[..length]
            .split_once('>')
            .map_or("", |(_, inside)| inside);
        let cell = inside
            .trim_start()
            .trim_start_matches(|c: char| c == '<' || is_id(c));
        let cell = &inside.trim_start()[..inside.trim_start().len() - cell.len()];
        // Cells of a head and others may stand in one row.
        let is_html = matches!(cell, "<td" | "<th");
        let cell = if is_html { "<t" } else { cell };
        if cell.len() < 2 {
            return;
        }
        let cells = inside.split(cell).skip(1).filter_map(|cell| {
            let cell = if is_html {
                cell.strip_prefix(['d', 'h'])?
            } else {
                cell
            };
            let (_, mut text) = cell.split_once('>')?;
            while let Some(tag) = text.trim_start().strip_prefix('<') {
                text = tag.split_once('>')?.1;
            }
            let text = &text[..text.find('<').unwrap_or(text.len())];
            Some(place_in(self.text, text))
        });
        let cells: Vec<_> = cells.collect();
        self.row(&cells, Written::Tagged, at..at + length);
        if cells.len() == self.columns.meanings.len() {
            self.columns.row_end = at + length;
        }
    }

    /// Reads the cells of a row.
    fn row(&mut self, cells: &[Range<usize>], written: Written, place: Range<usize>) {
        let columns = self.columns.meanings.len();
        // The commas of an object in the last cell separate none.
        let is_last_object = (1..cells.len()).contains(&columns)
            && self.text[cells[columns - 1].clone()].starts_with(['{', '[']);
        let cells = if is_last_object {
            &cells[..columns]
        } else {
            cells
        };
        if self.goes_on_above(cells) {
            self.extend_row_above(cells);
            return;
        }
        let mut meanings: Vec<_> = cells
            .iter()
            .map(|cell| meaning_of(&self.text[cell.clone()]))
            .collect();
        let separator = self.columns.separator;
        if meanings.iter().flatten().count() > 1 {
            self.columns = Columns {
                meanings,
                separator,
                ..Columns::default()
            };
            return;
        }
        let is_below_head = cells.len() == self.columns.meanings.len();
        if is_below_head {
            meanings.clone_from(&self.columns.meanings);
        } else if let [.., meaning @ Some(_), None] = meanings[..]
            // A mark for the kind of value may stand before the name.
            && cells[..cells.len() - 2].iter().all(|cell| cell.len() < MIN_NAME)
        {
            meanings.fill(None);
            meanings[cells.len() - 1] = meaning;
        } else {
            return;
        }
        let mut roles = meanings.iter().flatten().map(|(role, _)| *role);
        let is_item = is_below_head && !roles.any(|role| role == Role::Name);
        if is_item {
            let Some(further) = repeated(&meanings) else {
                return;
            };
            let mut start = place.start;
            for end in further.iter().map(|it| cells[*it].start).chain([place.end]) {
                self.containers.push(Part::new(Kind::Item, start..end));
                start = end;
            }
        }
        self.columns.above.clear();
        for (cell, meaning) in cells.iter().zip(meanings) {
            let number = self.fields.len();
            if let Some(meaning) = meaning.filter(|_| !cell.is_empty()) {
                let label = Label::new(cell.start, meaning);
                self.add(label, cell.clone(), written, false);
            }
            let field = (self.fields.len() > number).then_some(number);
            self.columns.above.push((cell.is_empty(), field));
        }
    }

    /// Whether a row holds only what has no room in the cells of the row above.
    fn goes_on_above(&self, cells: &[Range<usize>]) -> bool {
        let mut pairs = cells.iter().zip(&self.columns.above);
        cells.len() == self.columns.above.len()
            && pairs
                .next()
                .is_some_and(|(cell, (is_empty, _))| cell.is_empty() && !is_empty)
            && pairs.all(|(cell, (is_empty, _))| cell.is_empty() || !is_empty)
    }

    fn extend_row_above(&mut self, cells: &[Range<usize>]) {
        for (number, (cell, (_, field))) in cells.iter().zip(&self.columns.above).enumerate() {
            if let Some(field) = field.filter(|_| !cell.is_empty())
                && self.fields[field].place.len() < MAX_CELL
            {
                let field = &mut self.fields[field];
                field.place.end = cell.end;
                field.written = Written::Column(number, field.role == Role::Message);
            }
        }
    }
}

/// The cells of a row that starts at `start`, without the marks around their texts.
fn cells(row: &str, start: usize, separator: char) -> Vec<Range<usize>> {
    if separator == ' ' {
        let cells = row.split(GAP).filter(|cell| !cell.trim().is_empty());
        let places = cells.map(|cell| place_in(row, cell.trim()));
        return places.map(|it| start + it.start..start + it.end).collect();
    }
    // An empty cell may be the last.
    let rest = if separator == '\t' { row } else { row.trim() };
    let (mut rest, mut separators) = (rest, &[separator][..]);
    // Jira writes two bars between the cells of a head.
    let is_jira = rest.starts_with("||");
    if separator == '|' {
        separators = &BARS;
        rest = rest
            .strip_prefix('|')
            .map_or(rest, |_| rest.trim_matches('|'));
    }
    let mut cells = Vec::new();
    loop {
        // A cell in quotes may have the separator in it.
        let cell = rest.trim_start_matches(' ');
        let quote = cell.chars().next().filter(|c| matches!(c, '"' | '\''));
        let quoted = quote.and_then(|quote| cell[1..].find(quote));
        let from = quoted.map_or(0, |length| rest.len() - cell.len() + length + 2);
        let end = rest[from..].find(separators).map(|at| from + at);
        let cell = place_in(row, rest[..end.unwrap_or(rest.len())].trim_matches(MARKS));
        if !(is_jira && cell.is_empty()) {
            cells.push(start + cell.start..start + cell.end);
        }
        let Some(mark) = end.and_then(|end| rest[end..].chars().next()) else {
            return cells;
        };
        rest = &rest[end.unwrap_or(0) + mark.len_utf8()..];
    }
}

/// Where the second and each further group starts of columns that repeat, each of another request;
/// nothing where they repeat in another order.
fn repeated(meanings: &[Option<(Role, Rank)>]) -> Option<Vec<usize>> {
    let is_known = |it: &Option<(Role, Rank)>| {
        it.is_some_and(|(role, _)| matches!(role, Role::HttpStatus | Role::RequestId | Role::Code))
    };
    let places = |it| (0..meanings.len()).filter(move |at| meanings[*at] == it);
    let mut known = meanings.iter().copied().filter(is_known);
    let Some(first) = known.find(|it| places(*it).count() > 1) else {
        return Some(Vec::new());
    };
    let starts: Vec<_> = places(first).collect();
    let length = starts[1] - starts[0];
    let group = |start: usize| &meanings[start..meanings.len().min(start + length)];
    let rest = meanings
        .get(starts[starts.len() - 1] + length..)
        .unwrap_or_default();
    let is_regular = starts.windows(2).all(|pair| {
        let alike = group(pair[0]).iter().zip(group(pair[1]));
        pair[1] - pair[0] == length && alike.into_iter().all(|(one, other)| one == other)
    });
    (is_regular && !rest.iter().any(is_known)).then(|| starts[1..].to_vec())
}
