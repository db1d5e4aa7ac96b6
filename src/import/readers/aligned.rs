//! Reads tables whose columns only spaces show, as a PDF becomes text and programs print them.

use std::ops::Range;

use super::{BlocksUntil, PageLines, split_at_columns, width_of};
use crate::import::block::{Cell, Grid};
use crate::import::codes_and_statuses::{
    has_form_of_code, may_be_code_without_service, may_continue_row,
};
use crate::import::column_headings::{is_heading_of_page, is_sentence};
use crate::import::columns::ErrorColumns;
use crate::substrings::place_in;

/// What stands between two columns at least.
const GAP: &str = "  ";
/// Columns of such a table: each row gets a cell for every one of them.
const MAX_ALIGNED_COLUMNS: usize = 8;
/// Lines below a table in which further codes are looked for.
const MAX_LINES_BELOW: usize = 200;
/// Marks of other tables that a heading may begin with.
const MARKS: [char; 4] = ['|', ',', ';', '+'];

/// The table whose headings are on the line `at`, counted from 0, if they are those of an error table.
///
/// Below them a row begins with each line that has a code, or blank lines stand between the rows: then all
/// lines of a row are of its cells, wherever its code stands. Of a table with other lines none is read,
/// because nothing shows which row they are of.
pub(super) fn read(lines: &PageLines, at: usize) -> Option<BlocksUntil> {
    let table = AlignedTable::new(lines, at)?;
    let mut grid = Grid::from([table.row(at..at + 1)]);
    let (mut end, mut may_be_separated) = (at + 1, true);
    while let Some(group) = table.next_group(end) {
        let is_right_below_headings = group.start == at + 1;
        let is_row = may_be_separated && !is_right_below_headings;
        let in_doubt = |at| table.begins_with_code(at) || table.goes_on(at);
        if let Some(rows) = table.rows(group.clone(), is_row) {
            may_be_separated &= rows.len() == 1;
            grid.extend(rows.into_iter().map(|row| table.row(row)));
        } else if is_right_below_headings && group.clone().all(|at| table.is_without_code(at)) {
            // More lines of the headings.
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
    /// The place of the code.
    code: usize,
}

impl<'p> AlignedTable<'p> {
    /// The table with headings on this line.
    fn new(lines: &'p PageLines<'p>, at: usize) -> Option<Self> {
        let line = lines.get(at)?;
        let headings: Vec<_> = texts(line).take(MAX_ALIGNED_COLUMNS + 1).collect();
        if !(2..=MAX_ALIGNED_COLUMNS).contains(&headings.len())
            || headings.iter().any(|it| it.starts_with(MARKS))
        {
            return None;
        }
        let cells: Vec<_> = headings.iter().map(|text| Cell::new(text, at + 1)).collect();
        let code = ErrorColumns::of_short_texts(&cells)?.code;
        let start = |text: &&str| width_of(&line[..place_in(line, text).start]);
        let starts = headings.iter().map(start).collect();
        Some(AlignedTable { lines, starts, code })
    }

    /// The next lines without a blank one between them, from a line on; none at the headings of a table.
    fn next_group(&self, from: usize) -> Option<Range<usize>> {
        let all = from..self.lines.all.len();
        let start = all.clone().find(|at| !self.lines.is_blank(*at))?;
        let is_end = |at: &usize| self.lines.is_blank(*at) || Self::new(self.lines, *at).is_some();
        let end = (start..all.end).find(is_end).unwrap_or(all.end);
        (start < end).then_some(start..end)
    }

    /// The next line, before headings of this or another table or of the page, on which a code begins.
    fn code_below(&self, from: usize) -> Option<usize> {
        let lines = self.lines;
        let below = (from..lines.all.len()).take(MAX_LINES_BELOW);
        let is_heading =
            |at: &usize| is_heading_of_page(lines.all[*at]) || Self::new(lines, *at).is_some();
        below.take_while(|at| !is_heading(at)).find(|at| self.begins_with_code(*at))
    }

    /// The text of a line in each column, if a space stands before each that has one and no gap within one;
    /// a gap before each where the line has a code, since one space may be of a text that is too long.
    fn parts(&self, at: usize) -> Option<Vec<&'p str>> {
        let parts = split_at_columns(self.lines.get(at)?, &self.starts);
        let between = if parts[self.code + 1].trim().is_empty() { " " } else { GAP };
        let is_apart = |pair: &[&str]| {
            let [left, right] = pair else { return true };
            left.trim().is_empty() || right.trim().is_empty() || left.ends_with(between)
        };
        let fits = parts[0].trim().is_empty()
            && parts.windows(2).all(is_apart)
            && !parts.iter().any(|part| part.trim().contains(GAP));
        fits.then(|| parts[1..].iter().map(|part| part.trim()).collect())
    }

    /// Whether a code begins where that column does, whatever else the line has.
    fn begins_with_code(&self, at: usize) -> bool {
        let parts = split_at_columns(self.lines.all[at], &[self.starts[self.code]]);
        let is_apart = parts[0].is_empty() || parts[0].ends_with(' ');
        is_apart && texts(parts[1]).next().is_some_and(has_form_of_code)
    }

    /// Whether a line fits the columns and no code begins on it.
    fn is_without_code(&self, at: usize) -> bool {
        self.parts(at).is_some() && !self.begins_with_code(at)
    }

    /// Whether a line may be one of the table though it has no code: its texts begin where columns do, below
    /// others or as a row whose code is a word.
    fn goes_on(&self, at: usize) -> bool {
        let parts = split_at_columns(self.lines.all[at], &self.starts);
        let filled = parts.iter().filter(|part| !part.trim().is_empty()).count();
        let is_row = filled > 2 && may_be_code_without_service(parts[self.code + 1].trim());
        self.parts(at).is_some()
            && parts[1..].iter().all(|part| part.trim().is_empty() || !part.starts_with(' '))
            && (parts[self.code + 1].trim().is_empty() || is_row)
    }

    /// Whether a line has a code, and something else in another column.
    fn has_code(&self, at: usize) -> bool {
        self.parts(at).is_some_and(|parts| {
            let code = parts[self.code];
            let mut others =
                parts.iter().filter(|part| !part.is_empty() && **part != code).peekable();
            has_form_of_code(code)
                && others.peek().is_some()
                && !others.any(|text| may_continue_row(code, text))
        })
    }

    /// The lines of each row in a group of lines, if that shows them. It may be one row, wherever the code
    /// stands.
    fn rows(&self, group: Range<usize>, may_be_row: bool) -> Option<Vec<Range<usize>>> {
        let mut starts = Vec::new();
        for at in group.clone() {
            if self.has_code(at) {
                starts.push(at);
            } else if !self.parts(at)?[self.code].is_empty() {
                return None;
            }
        }
        if starts.len() == 1 && may_be_row {
            starts = vec![group.start];
        }
        // A line above a code is of the row above only where that ends there.
        let ends_row = |start: &usize| {
            let above = start - 1;
            let parts = self.parts(above).unwrap_or_default();
            self.has_code(above) || parts.iter().all(|it| it.is_empty() || is_sentence(it))
        };
        if starts.first() != Some(&group.start) || !starts[1..].iter().all(ends_row) {
            return None;
        }
        let ends = starts.iter().copied().skip(1).chain([group.end]);
        Some(starts.iter().zip(ends).map(|(start, end)| *start..end).collect())
    }

    /// The row that these lines are.
    fn row(&self, group: Range<usize>) -> Vec<Cell> {
        let mut row = vec![Cell::new("", group.start + 1); self.starts.len()];
        for parts in group.filter_map(|at| self.parts(at)) {
            for (cell, part) in row.iter_mut().zip(parts) {
                cell.add_line(part);
            }
        }
        row
    }
}

/// The texts of a line that gaps separate.
fn texts(line: &str) -> impl Iterator<Item = &str> {
    line.split(GAP).map(str::trim).filter(|text| !text.is_empty())
}
