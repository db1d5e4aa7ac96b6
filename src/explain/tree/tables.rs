//! Reads tables: rows of a label and its value, and columns with a head, as psql, Markdown and
//! spreadsheets write them.

use std::ops::Range;

use memchr::memchr;

use super::scanner::{Columns, Scanner};
use super::{Kind, Part};
use crate::explain::lines::dialogue::after_shell_prompt;
use crate::explain::lines::html_layout::TABLE_START;
use crate::explain::lines::wrapped_cells::{column_count, shows_no_text};
use crate::explain::values::labels::{Label, LabelMeaning, meaning_of};
use crate::explain::values::{BARS, Rank, Role, Written};
use crate::substrings::{place_in, start_of};

/// The least space between columns that only spaces separate.
const GAP: &str = "  ";
/// The fewest columns in a head in capitals.
const MIN_COLUMNS: usize = 3;
/// The longest line, in bytes, that is guessed to start a table by its tabs, commas or semicolons.
const MAX_GUESSED_LINE: usize = 512;
/// The most bytes that a row may go on for below its first line.
const MAX_ROW: usize = 2048;
/// Marks around the text of a cell.
const CELL_MARKS: [char; 7] = [' ', '\t', '*', '`', '"', '\'', ':'];

impl Scanner<'_> {
    /// Reads a line that may be a row of a table.
    pub(super) fn read_row(&mut self, line: Range<usize>) {
        if line.start < self.columns.row_end {
            return;
        }
        let text = &self.text[line.clone()];
        if shows_no_text(text) {
            self.is_in_table = column_count(text) > 1;
            return;
        }
        let has = |mark: u8| memchr(mark, text.as_bytes()).is_some();
        // A new table has columns of its own.
        if text.contains(TABLE_START) {
            self.columns = Columns::default();
        }
        let has_bar = has(b'|') || !text.is_ascii() && text.contains(&BARS[1..]);
        let known = self.columns.separator.filter(|mark| text.contains(*mark));
        let separator = if has_bar { Some('|') } else { known }.or_else(|| {
            let mark = [b'\t', b',', b';'].into_iter().find(|it| has(*it)).map(char::from);
            let has_gap = || text.trim().contains(GAP);
            let mark = mark.filter(|_| text.len() <= MAX_GUESSED_LINE);
            mark.or_else(|| has_gap().then_some(' '))
        });
        self.set_separator(separator);
        let is_below_head = !has_bar && !self.columns.meanings.is_empty();
        let row = separator
            .filter(|_| is_below_head)
            .and_then(|mark| quoted_row(&self.text[line.start..], text, mark));
        let row = row.unwrap_or(text);
        let place = line.start..line.start + row.len();
        if row.len() > text.len() {
            self.columns.row_end = place.end;
        }
        let is_known =
            separator.is_some_and(|mark| self.read_cells(&cells(self.text, row, mark), place));
        if is_head_in_capitals(text) {
            self.is_in_table = true;
        } else if self.is_in_table && after_shell_prompt(text).is_some() {
            self.is_in_table = false;
        } else if self.is_in_table && !is_known && self.open_containers.is_empty() {
            // Below such a head, or a rule with several columns, each line is a row, whatever its
            // cells mean.
            self.columns.presumed_items.push(self.parts.len());
            self.parts.push(Part::new(Kind::Item, line));
        }
    }

    /// Sets the separator, and forgets the columns of a table with another separator.
    fn set_separator(&mut self, separator: Option<char>) {
        if self.columns.separator != separator {
            self.columns = Columns { separator, ..Columns::default() };
        }
    }

    /// Reads the cells of a row: the head of columns, a row below a head, or a label and its value.
    /// Returns whether the row is one of these.
    fn read_cells(&mut self, cells: &[Range<usize>], place: Range<usize>) -> bool {
        let columns = self.columns.meanings.len();
        // Commas in an object in the last cell separate no cells.
        let last = columns.checked_sub(1).and_then(|last| cells.get(last));
        let is_object = last.is_some_and(|cell| self.text[cell.clone()].starts_with(['{', '[']));
        let cells = if is_object { &cells[..columns] } else { cells };
        let text_of = |cell: &Range<usize>| &self.text[cell.clone()];
        let mut meanings: Vec<Option<LabelMeaning>> =
            cells.iter().map(|it| meaning_of(text_of(it))).collect();
        if meanings.iter().any(Option::is_some) {
            for (meaning, cell) in meanings.iter_mut().zip(cells) {
                *meaning = meaning.or_else(|| meaning_in_head(text_of(cell)));
            }
        }
        if meanings.iter().flatten().count() > 1 {
            self.columns.meanings = meanings;
            return true;
        }
        if cells.len() == columns {
            meanings.clone_from(&self.columns.meanings);
            let column =
                |role: Role| meanings.iter().position(|it| it.is_some_and(|it| it.0 == role));
            let is_pair = column(Role::Name).is_some_and(|name| {
                column(Role::Value).is_some() || meaning_of(text_of(&cells[name])).is_some()
            });
            // Rows of a name and its value describe one thing, and are no items.
            if !is_pair {
                self.parts.push(Part::new(Kind::Item, place));
            }
        } else if let [.., meaning @ Some(_), None] = meanings[..] {
            meanings.fill(None);
            meanings[cells.len() - 1] = meaning;
            // So the rows above are labels and values of the same thing, and no items.
            self.columns.has_labels = true;
            for item in std::mem::take(&mut self.columns.presumed_items) {
                self.parts[item].kind = Kind::Line;
            }
        } else {
            return cells.len() == 2 && self.columns.has_labels;
        }
        for (cell, meaning) in cells.iter().zip(meanings) {
            if let Some(meaning) = meaning {
                let label = Label::new(cell.start, meaning);
                self.add(label, cell.clone(), Written::Plain);
            }
        }
        true
    }
}

/// What a cell in a head means if it is a label only there (`request`), or names a field
/// that Jira's users added.
fn meaning_in_head(cell: &str) -> Option<LabelMeaning> {
    if let Some(field) = cell.strip_prefix("Custom field (") {
        return meaning_of(field.strip_suffix(')')?);
    }
    cell.eq_ignore_ascii_case("request").then_some((Role::RequestId, Rank::Vague))
}

/// Whether a line is a head in capitals with gaps between its columns, as `kubectl` prints it.
fn is_head_in_capitals(line: &str) -> bool {
    let columns = line.split(GAP).filter(|cell| !cell.trim().is_empty());
    line.bytes().all(|b| b.is_ascii_uppercase() || b == b' ') && columns.count() >= MIN_COLUMNS
}

/// The row that starts on a line, if the last cell has an open quote: the row goes on to
/// the end of the line on which that quote is closed. `text` starts with the line.
fn quoted_row<'t>(text: &'t str, line: &str, separator: char) -> Option<&'t str> {
    let is_odd = |text: &str| !text.matches('"').count().is_multiple_of(2);
    // A quote opens a cell only at its start: elsewhere it may mean inches. An object in the cell
    // has quotes behind commas, too, but closes them.
    let starts_cell = |at: usize| at == 0 || line[..at].ends_with(separator);
    let opens_cell = |(index, at): (usize, usize)| index.is_multiple_of(2) && starts_cell(at);
    let mut quotes = line.match_indices('"').map(|(at, _)| at).enumerate();
    let mut is_open = is_odd(line) && quotes.any(opens_cell);
    let below = text.get(line.len() + 1..).filter(|_| is_open)?;
    let mut end = line.len();
    for line in start_of(below, MAX_ROW).split_inclusive('\n') {
        end += line.len();
        is_open ^= is_odd(line);
        if !is_open {
            let is_whole = line.ends_with('\n') || end + 1 == text.len();
            return is_whole.then(|| text[..=end].trim_end_matches('\n'));
        }
    }
    None
}

/// Where the cells of a row stand in the text, without the marks around them.
fn cells(text: &str, row: &str, separator: char) -> Vec<Range<usize>> {
    let place = |cell: &str| {
        let cell = cell.trim_matches(CELL_MARKS);
        // PowerShell shows the value of a header in curly brackets.
        let inside = cell.strip_prefix('{').and_then(|it| it.strip_suffix('}'));
        place_in(text, inside.filter(|it| !it.contains('"')).unwrap_or(cell))
    };
    if separator == ' ' {
        let cells = row.split(GAP).filter(|cell| !cell.trim().is_empty());
        return cells.map(place).collect();
    }
    let mut rest = row.trim_matches(' ');
    let (is_bar, mut is_jira) = (separator == '|', false);
    if is_bar {
        // Jira writes two bars between the cells of a head.
        is_jira = rest.starts_with("||");
        rest = rest.strip_prefix('|').map_or(rest, |_| rest.trim_matches('|'));
    }
    let mut cells = Vec::new();
    let mut has_objects = true;
    loop {
        // A cell in quotes may have the separator in it.
        let cell = rest.trim_start_matches(' ');
        let quote = cell.chars().next().filter(|c| matches!(c, '"' | '\''));
        let quoted = quote.and_then(|quote| {
            closing_quote(&cell[1..], quote, has_objects).or_else(|| {
                // The object has no end. To look for one again in each cell would take too long.
                has_objects = false;
                closing_quote(&cell[1..], quote, false)
            })
        });
        let from = quoted.map_or(0, |length| rest.len() - cell.len() + length + 2);
        let after = &rest[from..];
        let end = if is_bar { after.find(BARS) } else { after.find(separator) };
        let end = end.map(|at| from + at);
        let cell = place(&rest[..end.unwrap_or(rest.len())]);
        if !(is_jira && cell.is_empty()) {
            cells.push(cell);
        }
        let Some(mark) = end.and_then(|end| rest[end..].chars().next()) else { return cells };
        rest = &rest[end.unwrap_or(0) + mark.len_utf8()..];
    }
}

/// Finds the quote that closes a cell. Inside, two quotes in a row stand for one; with
/// `has_objects`, the quotes in an object do not count.
fn closing_quote(inside: &str, quote: char, has_objects: bool) -> Option<usize> {
    let mut depth = 0_usize;
    let mut chars = inside.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        match c {
            '{' if has_objects && inside[at + 1..].starts_with(quote) => depth += 1,
            '}' => depth = depth.saturating_sub(1),
            _ if c == quote && depth == 0 && chars.next_if(|next| next.1 == quote).is_none() => {
                return Some(at);
            }
            _ => {}
        }
    }
    None
}
