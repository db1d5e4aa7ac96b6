//! Tables: rows of a label and its value, and columns with a head.

use std::ops::Range;

use memchr::memchr;

use super::scanner::{Columns, Scanner};
use super::{Kind, Part, ROW};
use crate::explain::values::alone::says_only_values;
use crate::explain::values::labels::{Label, meaning_of};
use crate::explain::values::{BARS, Rank, Role, Written};
use crate::substrings::{place_in, start_among};

/// What separates columns of spaces, at least.
const GAP: &str = "  ";
/// Bytes of the name of a value in a row.
const MIN_NAME: usize = 3;
/// Columns that a head in capitals names at least.
const MIN_COLUMNS: usize = 3;
/// Bytes of a row that goes on in others.
const MAX_ROW: usize = 2048;
/// Bytes of the head of a table.
const MAX_HEAD: usize = 512;
/// Marks around the text of a cell.
const MARKS: [char; 7] = [' ', '\t', '*', '`', '"', '\'', ':'];

impl Scanner<'_> {
    /// Reads a line that may be a row of a table.
    pub fn read_row(&mut self, line: Range<usize>) {
        let text = &self.text[line.clone()];
        // The commas of an object separate no cells.
        if text.starts_with('{') {
            self.columns = Columns::default();
            return;
        }
        if separates_rows(text) {
            self.columns.above.clear();
            let indent = text.find(|c: char| !" |│+".contains(c));
            let columns = text.split([' ', '|', '+', '┼']).filter(|rule| rule.len() > 1);
            self.row_indent = indent.filter(|_| columns.count() > 1);
            return;
        }
        let has = |mark: u8| memchr(mark, text.as_bytes()).is_some();
        let has_tag = has(b'<');
        // Another table has columns of its own.
        if has_tag && (text.contains("<table") || text.trim_start().starts_with("</table")) {
            self.columns = Columns::default();
        }
        if has_tag && (text.contains("</td>") || text.contains("</th>")) {
            self.set_separator(Some('<'));
            self.read_cells(&html_cells(text, line.start), line);
            return;
        }
        let has_bar = has(b'|') || !text.is_ascii() && text.contains(&BARS[1..]);
        let known = self.columns.separator.filter(|mark| text.contains(*mark));
        let separator = if has_bar { Some('|') } else { known }.or_else(|| {
            let mark = [b'\t', b',', b';'].into_iter().find(|it| has(*it)).map(char::from);
            let has_gap = || text.trim().contains(GAP);
            let mark = mark.filter(|_| text.len() <= MAX_HEAD);
            mark.or_else(|| has_gap().then_some(' '))
        });
        self.set_separator(separator);
        let is_known = separator
            .is_some_and(|mark| self.read_cells(&cells(text, line.start, mark), line.clone()));
        if separator == Some(' ') && is_head_in_capitals(text) {
            self.row_indent = text.find(|c: char| c != ' ');
            return;
        }
        // A line below such a head or a rule with several columns is a row, whatever its cells
        // mean; one with an empty first cell goes on in the row above.
        let indent = text.find(|c: char| !" |│".contains(c));
        self.row_indent = self.row_indent.filter(|_| indent.is_some());
        let Some((first, indent)) = self.row_indent.zip(indent) else {
            return;
        };
        if indent > first + 1 || self.goes_on_in_last_cell(text) {
            if let Some(row) = self.row.and_then(|row| self.parts.get_mut(row)) {
                row.place.end = line.end;
            }
        } else if !is_known && text.trim().contains(GAP) {
            self.row = Some(self.parts.len());
            self.parts.push(Part::named(Kind::Item, line, ROW));
        }
    }

    /// Whether a row says no more than the row above but for one more value with its label in the last
    /// cell: a line of the same text, as a log in a table.
    fn goes_on_in_last_cell(&self, row: &str) -> bool {
        let above = self.row.and_then(|row| self.parts.get(row));
        let above = above.map_or("", |part| &self.text[part.place.clone()]);
        let first = above.lines().next().and_then(|first| first.rsplit_once(GAP));
        first.zip(row.rsplit_once(GAP)).is_some_and(|((cells, value), (own_cells, own_value))| {
            let label = own_value.find([':', '=']).map(|end| &own_value[..end]);
            cells == own_cells
                && above.len() < MAX_ROW
                && says_only_values(value)
                && says_only_values(own_value)
                && label.is_some_and(|label| !above.contains(label))
        })
    }

    /// Forgets the columns of rows that are separated otherwise.
    fn set_separator(&mut self, separator: Option<char>) {
        if self.columns.separator != separator {
            self.columns = Columns { separator, ..Columns::default() };
        }
    }

    /// Reads the cells of a row: the head of columns, a row below one, or a label and its value;
    /// says whether it is one of these.
    fn read_cells(&mut self, cells: &[Range<usize>], place: Range<usize>) -> bool {
        let columns = self.columns.meanings.len();
        // The commas of an object in the last cell separate none.
        let last = columns.checked_sub(1).and_then(|last| cells.get(last));
        let is_object = last.is_some_and(|cell| self.text[cell.clone()].starts_with(['{', '[']));
        let cells = if is_object { &cells[..columns] } else { cells };
        let text_of = |cell: &Range<usize>| &self.text[cell.clone()];
        let mut meanings: Vec<Option<(Role, Rank)>> =
            cells.iter().map(|it| meaning_of(text_of(it))).collect();
        if meanings.iter().any(Option::is_some) {
            for (meaning, cell) in meanings.iter_mut().zip(cells) {
                *meaning = meaning.or_else(|| meaning_in_head(text_of(cell)));
            }
        }
        if let [first @ None, Some((Role::Value, _)), _, ..] = &mut meanings[..] {
            // The first column names what the second says: `PROPERTY  VALUE  NOTE`.
            *first = Some((Role::Name, Rank::Exact));
        }
        if meanings.iter().flatten().count() > 1 {
            // Columns that repeat are of several requests.
            if meanings.iter().flatten().filter(|(role, _)| *role == Role::Code).count() > 1 {
                meanings.fill(None);
            }
            self.columns.meanings = meanings;
            return true;
        }
        if cells.len() == columns {
            meanings.clone_from(&self.columns.meanings);
            // What has no room in the cells of the row above goes on in this one.
            let above = std::mem::take(&mut self.columns.above);
            let begins_empty = cells.first().is_some_and(Range::is_empty);
            if !above.is_empty() && begins_empty && self.columns.separator == Some('|') {
                for (_, field) in above.into_iter().filter(|(cell, _)| !cells[*cell].is_empty()) {
                    self.fields[field].role = Role::Other;
                }
                return true;
            }
            if !meanings.iter().flatten().any(|(role, _)| *role == Role::Name) {
                self.parts.push(Part::new(Kind::Item, place));
            }
        } else if let [.., meaning @ Some(_), None] = meanings[..]
            // A mark for the kind of value may stand before the name.
            && cells[..cells.len() - 2].iter().all(|cell| cell.len() < MIN_NAME)
        {
            meanings.fill(None);
            meanings[cells.len() - 1] = meaning;
        } else {
            return false;
        }
        for (number, (cell, meaning)) in cells.iter().zip(meanings).enumerate() {
            if !cells[0].is_empty() && meaning.is_some() && !cell.is_empty() {
                self.columns.above.push((number, self.fields.len()));
            }
            if let Some(meaning) = meaning.filter(|_| !cell.is_empty()) {
                let label = Label::new(cell.start, meaning);
                self.add(label, cell.clone(), Written::Plain, false);
            }
        }
        true
    }
}

/// What the heads of columns mean that mean nothing elsewhere.
fn meaning_in_head(cell: &str) -> Option<(Role, Rank)> {
    let heads = [("http", Role::HttpStatus), ("request", Role::RequestId)];
    let role = heads.into_iter().find(|(head, _)| head.eq_ignore_ascii_case(cell))?.1;
    Some((role, Rank::Vague))
}

/// Whether a line only separates the rows of a table.
fn separates_rows(line: &str) -> bool {
    let is_of_rule = |c: char| "+-=|: ".contains(c) || ('\u{2500}'..='\u{257f}').contains(&c);
    line.chars().all(is_of_rule) && line.contains(['-', '=', '─', '━', '═', '╌'])
}

/// Whether a line names several columns of spaces in capitals, as `kubectl` does.
fn is_head_in_capitals(line: &str) -> bool {
    let mut columns = line.trim().split(GAP).filter(|cell| !cell.is_empty());
    let is_name = |cell: &str| cell.bytes().all(|b| b.is_ascii_uppercase() || b == b' ');
    columns.by_ref().take(MIN_COLUMNS).filter(|cell| is_name(cell)).count() == MIN_COLUMNS
        && columns.all(is_name)
}

/// The texts of the cells of HTML in a row that starts at `start`, without the tags in them.
fn html_cells(row: &str, start: usize) -> Vec<Range<usize>> {
    let ends = row.match_indices("</t").map(|(end, _)| end);
    let mut from = 0;
    let is_of_cell = |end: &usize| start_among(&["</td>", "</th>"], &row[*end..]).is_some();
    let cells = ends.filter(is_of_cell).map(|end| {
        let cell = &row[from..end];
        from = end;
        let mut text = &cell[cell.rfind("<t").unwrap_or(cell.len())..];
        while let Some((_, inside)) = text.strip_prefix('<').and_then(|tag| tag.split_once('>')) {
            text = inside.trim_start();
        }
        // A text with tags within it is not one part of the row.
        let (text, rest) = text.split_once('<').unwrap_or((text, ""));
        let mut parts = rest.split('<').filter_map(|part| Some(part.split_once('>')?.1));
        let is_one = parts.all(|part| part.trim().is_empty());
        let place = place_in(row, if is_one { text.trim_matches(MARKS) } else { &text[..0] });
        start + place.start..start + place.end
    });
    cells.collect()
}

/// The cells of a row that starts at `start`, without the marks around their texts.
fn cells(row: &str, start: usize, separator: char) -> Vec<Range<usize>> {
    let place = |cell: &str| {
        let place = place_in(row, cell.trim_matches(MARKS));
        start + place.start..start + place.end
    };
    if separator == ' ' {
        let cells = row.split(GAP).filter(|cell| !cell.trim().is_empty());
        return cells.map(place).collect();
    }
    // An empty cell may be the last.
    let mut rest = if separator == '\t' { row } else { row.trim() };
    let (is_bar, mut is_jira) = (separator == '|', false);
    if is_bar {
        // Jira writes two bars between the cells of a head.
        is_jira = rest.starts_with("||");
        rest = rest.strip_prefix('|').map_or(rest, |_| rest.trim_matches('|'));
    }
    let mut cells = Vec::new();
    loop {
        // A cell in quotes may have the separator in it.
        let cell = rest.trim_start_matches(' ');
        let quote = cell.chars().next().filter(|c| matches!(c, '"' | '\''));
        let quoted = quote.and_then(|quote| cell[1..].find(quote));
        let from = quoted.map_or(0, |length| rest.len() - cell.len() + length + 2);
        let after = &rest[from..];
        let end = if is_bar { after.find(BARS) } else { after.find(separator) };
        let end = end.map(|at| from + at);
        let cell = place(&rest[..end.unwrap_or(rest.len())]);
        if !(is_jira && cell.is_empty()) {
            cells.push(cell);
        }
        let Some(mark) = end.and_then(|end| rest[end..].chars().next()) else {
            return cells;
        };
        rest = &rest[end.unwrap_or(0) + mark.len_utf8()..];
    }
}
