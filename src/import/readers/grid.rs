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
    let end = (at..=lines.all.len()).find(|next| !goes_on(*next))?;
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
    /// For each column the row and the place in it of the cell that is open there.
    open: Vec<Option<(usize, usize)>>,
    grid: Grid,
    /// The rows that are marked as headings.
    headings: usize,
}

impl GridTable {
    fn new(lines: &Lines, at: usize, end: usize) -> Self {
        let mut corners = BTreeSet::new();
        let lines = lines.all[at..end].iter().map(|line| line.text);
        for border in lines.filter(|line| line.trim_start().starts_with('+')) {
            let mut column = 0;
            for c in border.chars() {
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
        for parts in parts.chunk_by(|_, next| !is_corner(next)) {
            let columns = start..start + parts.len();
            start = columns.end;
            let text = &parts.concat()[1..];
            if text.is_empty() || text.contains(|c| !"-=:+".contains(c)) {
                self.add_text(columns, at, text)?;
                continue;
            }
            has_border = true;
            if text.contains('=') {
                self.mark_headings();
            }
            for (row, place) in self.open[columns].iter_mut().filter_map(Option::take) {
                self.grid[row][place].rows = self.grid.len() - row;
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
        let open = &mut self.open[columns];
        if open.iter().all(Option::is_none) {
            open.fill(Some((row, self.grid[row].len())));
            self.grid[row].push(Cell {
                columns: open.len(),
                ..Cell::new("", at + 1)
            });
        }
        let (row, place) = open[0]?;
        let cell = &mut self.grid[row][place];
        let is_open = cell.columns == open.len() && open.iter().all(|it| *it == open[0]);
        is_open.then(|| cell.add_line(text))
    }

    fn mark_headings(&mut self) {
        let rows = self.grid.iter_mut().skip(self.headings);
        rows.flatten().for_each(|cell| cell.is_heading = true);
        self.headings = self.grid.len();
    }
}
