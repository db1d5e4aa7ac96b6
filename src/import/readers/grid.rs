//! Grid tables of reStructuredText and of pandoc, whose cells may cover several rows
//! and columns.

use std::collections::BTreeSet;
use std::ops::Range;

use super::{Lines, Read, split_at_columns};
use crate::import::block::{Cell, Grid};

/// The table whose top border is the line `at`, counted from 0.
pub fn read(lines: &Lines, at: usize) -> Option<Read> {
    let border = lines.get(at)?.trim();
    let is_framed = border.len() > 2 && border.starts_with('+') && border.ends_with('+');
    if !is_framed || border.contains(|c| !"+-=:".contains(c)) {
        return None;
    }
    // How far a line of a table is indented.
    let indent = |at| {
        let line: &str = lines.get(at)?;
        let inner = line.trim_start().strip_prefix(['+', '|'])?;
        Some(line.len() - inner.len())
    };
    let end = (at..=lines.all.len()).find(|next| indent(*next) != indent(at))?;
    let mut table = GridTable::new(lines, at, end);
    let wrong = (at..end).find(|line| table.add_line(lines, *line).is_none());
    // The last border closed all cells and began a row that has none.
    let has_none = table.grid.pop_if(|row| row.is_empty()).is_some();
    let is_whole = has_none && table.open.iter().all(Option::is_none);
    let wrong = wrong.or((!is_whole).then_some(end - 1));
    let blocks = || Ok(lines.table(table.grid, table.headings));
    Some((wrong.map_or_else(blocks, Err), end))
}

struct GridTable {
    /// Where columns may begin: the places of corners, in columns of the screen.
    corners: Vec<usize>,
    /// For each column the row and the place in it of the cell that is open there.
    open: Vec<Option<(usize, usize)>>,
    grid: Grid,
    /// How many rows are marked as headings.
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
                self.headings = self.grid.len();
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
}
