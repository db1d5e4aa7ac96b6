//! Reads tables whose columns are separated only by spaces, as in text made from a PDF and in what
//! programs print.

use std::ops::Range;

use super::{BlocksUntil, PageLines, split_at_columns, width_of};
use crate::import::block::{Cell, Grid};
use crate::import::codes_and_statuses::{
    has_form_of_code, may_be_code_without_service, may_continue_row,
};
use crate::import::column_headings::{is_heading_of_page, is_sentence};
use crate::import::columns::ErrorColumns;
use crate::substrings::place_in;

/// The least that separates two columns.
const GAP: &str = "  ";
/// The most columns of a table: each row gets a cell for every one of them.
const MAX_ALIGNED_COLUMNS: usize = 8;
/// The most lines below a table in which further codes are looked for.
const MAX_LINES_BELOW: usize = 200;
/// Marks of other forms of table, with which a heading here cannot begin.
const MARKS_OF_OTHER_FORMS: [char; 4] = ['|', ',', ';', '+'];

/// Reads the error table whose headings are on the line `at`, counted from 0.
///
/// There are two ways to see where a row begins: either each row begins with a line that has a
/// code, or blank lines separate the rows and the code may be on any line. If a line fits neither
/// way, the whole table is left unread, because nothing shows which row the line belongs to.
pub(super) fn read(lines: &PageLines, at: usize) -> Option<BlocksUntil> {
    let table = AlignedTable::new(lines, at)?;
    let mut grid = Grid::from([table.row(at..at + 1)]);
    let (mut end, mut groups_may_be_rows) = (at + 1, true);
    while let Some(group) = table.next_group(end) {
        let is_right_below_headings = group.start == at + 1;
        let may_be_row = groups_may_be_rows && !is_right_below_headings;
        let in_doubt = |at| table.begins_with_code(at) || table.goes_on(at);
        if let Some(rows) = table.rows(group.clone(), may_be_row) {
            groups_may_be_rows &= rows.len() == 1;
            grid.extend(rows.into_iter().map(|row| table.row(row)));
        } else if is_right_below_headings && group.clone().all(|at| table.fits_without_code(at)) {
            // These are further lines of the headings.
            grid = Grid::from([table.row(at..group.end)]);
        } else if group.clone().any(in_doubt) {
            return Some(lines.misfit(at..group.end, group.start));
        } else if let Some(line) = table.code_below(group.start) {
            return Some(lines.misfit(at..line + 1, group.start));
        } else {
            break;
        }
        end = group.end;
    }
    (grid.len() > 1).then(|| (lines.table(grid, 1), end))
}

struct AlignedTable<'p> {
    lines: &'p PageLines<'p>,
    /// Where the columns begin, in columns of the screen.
    starts: Vec<usize>,
    /// The index of the column with the codes.
    code: usize,
}

impl<'p> AlignedTable<'p> {
    /// Reads this line as the headings of an error table.
    fn new(lines: &'p PageLines<'p>, at: usize) -> Option<Self> {
        let line = lines.get(at)?;
        let headings: Vec<_> = texts(line).take(MAX_ALIGNED_COLUMNS + 1).collect();
        if !(2..=MAX_ALIGNED_COLUMNS).contains(&headings.len())
            || headings.iter().any(|it| it.starts_with(MARKS_OF_OTHER_FORMS))
        {
            return None;
        }
        let cells: Vec<_> = headings.iter().map(|text| Cell::new(text, at + 1)).collect();
        let code = ErrorColumns::of_short_texts(&cells)?.code;
        let start = |text: &&str| width_of(&line[..place_in(line, text).start]);
        let starts = headings.iter().map(start).collect();
        Some(AlignedTable { lines, starts, code })
    }

    /// The next lines, at `from` or below, without a blank line between them. `None` if they start
    /// with the headings of a table.
    fn next_group(&self, from: usize) -> Option<Range<usize>> {
        let all = from..self.lines.all.len();
        let start = all.clone().find(|at| !self.lines.is_blank(*at))?;
        let is_end = |at: &usize| self.lines.is_blank(*at) || Self::new(self.lines, *at).is_some();
        let end = (start..all.end).find(is_end).unwrap_or(all.end);
        (start < end).then_some(start..end)
    }

    /// The next line on which a code begins, if no headings of a table or of the page come first.
    fn code_below(&self, from: usize) -> Option<usize> {
        let lines = self.lines;
        let below = (from..lines.all.len()).take(MAX_LINES_BELOW);
        let is_heading =
            |at: &usize| is_heading_of_page(lines.all[*at]) || Self::new(lines, *at).is_some();
        below.take_while(|at| !is_heading(at)).find(|at| self.begins_with_code(*at))
    }

    /// The cells of a line, if it fits: nothing is in its margin, a space is before each cell with
    /// a text, and no gap is within a cell. If the line has a code, a gap must be before each cell,
    /// because a single space may belong to a text that is too long for its column.
    fn cells(&self, at: usize) -> Option<Vec<&'p str>> {
        let (margin, cells) = split_at_columns(self.lines.get(at)?, &self.starts);
        let between = if cells[self.code].trim().is_empty() { " " } else { GAP };
        let is_apart = |pair: &[&str]| {
            let [left, right] = pair else { return true };
            left.trim().is_empty() || right.trim().is_empty() || left.ends_with(between)
        };
        let fits = margin.trim().is_empty()
            && cells.windows(2).all(is_apart)
            && !cells.iter().any(|cell| cell.trim().contains(GAP));
        fits.then(|| cells.into_iter().map(str::trim).collect())
    }

    /// Whether a code begins at the column of codes, whatever else the line has.
    fn begins_with_code(&self, at: usize) -> bool {
        let (before, behind) = split_at_columns(self.lines.all[at], &[self.starts[self.code]]);
        let is_apart = before.is_empty() || before.ends_with(' ');
        is_apart && texts(behind[0]).next().is_some_and(has_form_of_code)
    }

    /// Whether a line fits the columns and no code begins on it.
    fn fits_without_code(&self, at: usize) -> bool {
        self.cells(at).is_some() && !self.begins_with_code(at)
    }

    /// Whether a line may belong to the table though no code begins on it: its texts begin where
    /// columns begin, and it has no code or has a plain word for a code.
    fn goes_on(&self, at: usize) -> bool {
        let (_, cells) = split_at_columns(self.lines.all[at], &self.starts);
        let code = cells[self.code].trim();
        let filled = cells.iter().filter(|cell| !cell.trim().is_empty());
        let is_row = || filled.clone().count() > 2 && may_be_code_without_service(code);
        self.cells(at).is_some()
            && filled.clone().all(|cell| !cell.starts_with(' '))
            && (code.is_empty() || is_row())
    }

    /// Whether a line has a code and other texts, none of which may continue the row above.
    fn has_code_and_more(&self, at: usize) -> bool {
        self.cells(at).is_some_and(|cells| {
            let code = cells[self.code];
            let mut others =
                cells.iter().filter(|cell| !cell.is_empty() && **cell != code).peekable();
            has_form_of_code(code)
                && others.peek().is_some()
                && !others.any(|text| may_continue_row(code, text))
        })
    }

    /// Splits a group of lines into rows, if the lines show where rows start. With `may_be_row`, a
    /// group with one code is one row, on whatever line the code is.
    fn rows(&self, group: Range<usize>, may_be_row: bool) -> Option<Vec<Range<usize>>> {
        let mut starts = Vec::new();
        for at in group.clone() {
            if self.has_code_and_more(at) {
                starts.push(at);
            } else if !self.cells(at)?[self.code].is_empty() {
                return None;
            }
        }
        if starts.len() == 1 && may_be_row {
            starts = vec![group.start];
        }
        // A row above must end before the next code: its last line has its code, or ends in
        // sentences.
        let ends_row = |start: &usize| {
            let above = start - 1;
            let cells = self.cells(above).unwrap_or_default();
            self.has_code_and_more(above) || cells.iter().all(|it| it.is_empty() || is_sentence(it))
        };
        if starts.first() != Some(&group.start) || !starts[1..].iter().all(ends_row) {
            return None;
        }
        let ends = starts.iter().copied().skip(1).chain([group.end]);
        Some(starts.iter().zip(ends).map(|(start, end)| *start..end).collect())
    }

    /// Joins these lines to one row.
    fn row(&self, group: Range<usize>) -> Vec<Cell> {
        let mut row = vec![Cell::new("", group.start + 1); self.starts.len()];
        for texts in group.filter_map(|at| self.cells(at)) {
            for (cell, text) in row.iter_mut().zip(texts) {
                cell.add_line(text);
            }
        }
        row
    }
}

/// The texts of a line with gaps between them.
fn texts(line: &str) -> impl Iterator<Item = &str> {
    line.split(GAP).map(str::trim).filter(|text| !text.is_empty())
}
