//! Grid tables of reStructuredText and of pandoc, whose cells may cover several rows
//! and columns.

use std::collections::BTreeSet;
use std::ops::Range;

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
    let has_none = table.grid.pop_if(|row| row.is_empty()).is_some();
    let is_whole = has_none && table.open.iter().all(Option::is_none);
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
    columns: Range<usize>,
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
        let is_corner = |part: &str| part.starts_with(['+', '|']);
        let [_, parts @ .., last] = &*parts else {
            return None;
        };
        let is_framed = parts.first().is_some_and(|part| is_corner(part));
        if !is_framed || !is_corner(last) || last.len() > 1 {
            return None;
        }
        let mut has_border = false;
        let mut start = 0;
        while start < parts.len() {
            let mut rest = start + 1..parts.len();
            let end = rest.find(|column| is_corner(parts[*column]));
            let columns = start..end.unwrap_or(parts.len());
            start = columns.end;
            let text = parts[columns.clone()].concat();
            let text = &text[1..];
            if text.is_empty() || text.contains(|c| !"-=:+".contains(c)) {
                self.add_text(columns, at, text)?;
                continue;
            }
            has_border = true;
            if text.contains('=') {
                self.mark_headings();
            }
            for cell in self.open[columns].iter_mut().filter_map(Option::take) {
                self.grid[cell.row][cell.place].rows = self.grid.len() - cell.row;
            }
        }
        if has_border {
            self.grid.push(Vec::new());
        }
        Some(())
    }

    /// Adds to the cell that is open in exactly these columns, or opens it.
    fn add_text(&mut self, columns: Range<usize>, at: usize, text: &str) -> Option<()> {
        let row = self.grid.len().checked_sub(1)?;
        let new = OpenCell {
            columns: columns.clone(),
            row,
            place: self.grid[row].len(),
        };
        let open = &mut self.open[columns.clone()];
        if open.iter().all(Option::is_none) {
            self.grid[row].push(Cell {
                columns: columns.len(),
                ..Cell::new("", at + 1)
            });
            open.fill(Some(new));
        }
        let cell = open[0].as_ref().filter(|cell| cell.columns == columns)?;
        let is_open = open.iter().all(|open| open.as_ref() == Some(cell));
        is_open.then(|| self.grid[cell.row][cell.place].add_line(text))
    }

    fn mark_headings(&mut self) {
        let rows = self.grid.iter_mut().skip(self.headings);
        rows.flatten().for_each(|cell| cell.is_heading = true);
        self.headings = self.grid.len();
    }
}
