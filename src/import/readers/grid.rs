//! Grid tables of reStructuredText and of pandoc, whose cells may cover several rows
//! and columns.

use std::collections::BTreeSet;

use super::{Lines, Read, split_at_columns};
use crate::import::block::{Cell, Grid};

/// The table whose top border is the line `at`, counted from 0.
pub fn read(lines: &Lines, at: usize) -> Option<Read> {
    if !is_border(lines.get(at)?.trim()) {
        return None;
    }
    let indent = |at| {
        lines
            .get(at)
            .map(|line: &str| line.len() - line.trim_start().len())
    };
    let is_row = |line: &str| line.trim_start().starts_with(['+', '|']);
    let goes_on = |next| lines.get(next).is_some_and(is_row) && indent(next) == indent(at);
    let end = (at..=lines.starts.len()).find(|next| !goes_on(*next))?;
    let mut table = GridTable::new(lines, at, end);
    let wrong = (at..end).find(|line| table.add_line(lines, *line).is_none());
    // The last border closed all cells and began a row that has none.
    let is_whole = table.grid.pop_if(|row| row.is_empty()).is_some();
    let grid = match wrong.or((!is_whole).then_some(end - 1)) {
        Some(line) => Err(line),
        None => Ok(super::table(lines.without_markup(table.grid))),
    };
    Some((grid, end))
}

fn is_border(line: &str) -> bool {
    line.len() > 2
        && line.starts_with('+')
        && line.ends_with('+')
        && line.chars().all(|c| "+-=:".contains(c))
}

struct GridTable {
    /// Where columns may begin: the places of corners, in columns of the screen.
    corners: Vec<usize>,
    /// For each column the cell that is open in it.
    open: Vec<Option<OpenCell>>,
    grid: Grid,
    /// The rows that are marked as headings.
    headings: usize,
}

/// A cell that the lines so far have begun.
#[derive(Clone, PartialEq, Eq)]
struct OpenCell {
    /// Its columns.
    start: usize,
    end: usize,
    /// Its place in the grid.
    row: usize,
    place: usize,
}

impl GridTable {
    fn new(lines: &Lines, at: usize, end: usize) -> Self {
        let mut corners = BTreeSet::new();
        let borders = (at..end).filter_map(|line| lines.get(line));
        for line in borders.filter(|line| line.trim_start().starts_with('+')) {
            let mut column = 0;
            for c in line.chars() {
                if c == '+' {
                    corners.insert(column);
                }
                column += super::width(c);
            }
        }
        let corners: Vec<_> = corners.into_iter().collect();
        GridTable {
            open: vec![None; corners.len().saturating_sub(1)],
            corners,
            grid: Grid::new(),
            headings: 0,
        }
    }

    /// None where the line does not fit into the table.
    fn add_line(&mut self, lines: &Lines, at: usize) -> Option<()> {
        let line = lines.get(at)?.trim_end();
        if line.len() < self.corners.len() {
            return None;
        }
        let parts = split_at_columns(line, &self.corners);
        let is_corner = |part: &&str| part.starts_with(['+', '|']);
        // The line must begin and end with its frame.
        let inner = parts.len().checked_sub(2)?;
        if inner != self.open.len() || !parts.get(1).is_some_and(is_corner) {
            return None;
        }
        if parts
            .last()
            .is_none_or(|last| last.len() != 1 || !is_corner(last))
        {
            return None;
        }
        // Where the border that the line has here begins.
        let mut border = None;
        let mut has_border = false;
        let mut start = 0;
        while start < inner {
            let mut rest = start + 1..inner;
            let end = rest.find(|column| is_corner(&parts[column + 1]));
            let end = end.unwrap_or(inner);
            let text = parts[start + 1..=end].concat();
            let text = &text[1..];
            if !text.is_empty() && text.chars().all(|c| "-=:+".contains(c)) {
                border.get_or_insert(start);
                has_border = true;
                if text.contains('=') {
                    self.mark_headings();
                }
            } else {
                if let Some(border) = border.take() {
                    self.close(border, start)?;
                }
                self.add_text(start, end, at, text)?;
            }
            start = end;
        }
        if let Some(border) = border {
            self.close(border, inner)?;
        }
        if has_border {
            self.grid.push(Vec::new());
        }
        Some(())
    }

    /// Ends the cells in these columns.
    fn close(&mut self, start: usize, end: usize) -> Option<()> {
        let bottom = self.grid.len();
        for column in start..end {
            if let Some(cell) = self.open[column].take() {
                if cell.start < start || cell.end > end {
                    return None;
                }
                self.grid[cell.row][cell.place].rows = bottom - cell.row;
            }
        }
        Some(())
    }

    fn add_text(&mut self, start: usize, end: usize, at: usize, text: &str) -> Option<()> {
        let row = self.grid.len().checked_sub(1)?;
        if let Some(cell) = &self.open[start] {
            let fits = (cell.start, cell.end) == (start, end);
            let cell = &mut self.grid[cell.row][cell.place];
            return fits.then(|| cell.add_line(text));
        }
        if self.open[start..end].iter().any(Option::is_some) {
            return None;
        }
        let place = self.grid[row].len();
        let mut cell = Cell::new("", at + 1);
        cell.columns = end - start;
        cell.add_line(text);
        self.grid[row].push(cell);
        self.open[start..end].fill(Some(OpenCell {
            start,
            end,
            row,
            place,
        }));
        Some(())
    }

    fn mark_headings(&mut self) {
        let rows = self.grid.iter_mut().skip(self.headings);
        rows.flatten().for_each(|cell| cell.is_heading = true);
        self.headings = self.grid.len();
    }
}
