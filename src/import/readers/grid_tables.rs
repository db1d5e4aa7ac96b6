//! Reads grid tables of reStructuredText and of pandoc, whose cells may cover several rows
//! and columns.

use std::collections::BTreeSet;
use std::iter;
use std::ops::Range;

use super::{BlocksUntil, PageLines, split_at_columns, width_of};
use crate::import::block::{Cell, Grid, MAX_COLUMNS};
use crate::import::codes_and_statuses::{has_form_of_code, may_continue_row, without_marks};
use crate::import::columns::ErrorColumns;

/// Reads the table whose top border is the line `at`, counted from 0.
pub(super) fn read(lines: &PageLines, at: usize) -> Option<BlocksUntil> {
    let border = lines.get(at)?.trim();
    let is_framed = border.len() > 2 && border.starts_with('+') && border.ends_with('+');
    // `+++` stands around the metadata at the head of a page.
    if !is_framed || !border.contains(['-', '=']) || border.contains(|c| !"+-=:".contains(c)) {
        return None;
    }
    // How far a line of a table is indented.
    let indent = |at| {
        let line: &str = lines.get(at)?;
        Some(line.len() - line.trim_start().strip_prefix(['+', '|'])?.len())
    };
    let end = (at..=lines.all.len()).find(|next| indent(*next) != indent(at))?;
    let framed = &lines.all[at..end];
    let is_border = |line: &&&str| {
        line.trim_start().starts_with('+') && line.matches('+').nth(MAX_COLUMNS + 1).is_none()
    };
    let borders = framed.iter().filter(is_border);
    let corners: BTreeSet<usize> = borders.flat_map(|line| corners(line)).collect();
    let mut table = GridTable {
        open: vec![None; corners.len().saturating_sub(1)],
        corners: corners.into_iter().collect(),
        grid: Grid::new(),
        headings: 0,
    };
    let wrong = (at + 1..).zip(framed).position(|(number, line)| table.add(line, number).is_none());
    // The last border closes all cells, and begins a row without cells.
    let is_open = table.open.iter().any(Option::is_some)
        || table.grid.pop().is_none_or(|row| !row.is_empty());
    if let Some(wrong) = wrong.or(is_open.then_some(end - at - 1)) {
        return Some(lines.misfit(at..end, at + wrong));
    }
    // With a rule of equals signs, the table is a full grid: a row of it may have several codes.
    if table.headings == 0
        && let Some(rows) = rows_without_rules(&table.grid)
    {
        table.grid.truncate(1);
        table.grid.extend(rows);
    }
    Some((lines.table(table.grid, table.headings), end))
}

/// Splits the only row below the headings at its codes, if at least two lines have a code: each of
/// these lines begins a row.
fn rows_without_rules(grid: &Grid) -> Option<Grid> {
    let [headings, row] = &grid[..] else { return None };
    let plain = |cell: &Cell| Cell::new(&cell.text, cell.line);
    let columns = ErrorColumns::of(&headings.iter().map(plain).collect::<Vec<_>>())?;
    let codes = row.get(columns.code)?.text.lines().map(without_marks).enumerate();
    let codes: Vec<_> = codes.filter(|(_, text)| !text.is_empty()).collect();
    if codes.len() < 2 || !codes.iter().all(|(_, text)| has_form_of_code(text)) {
        return None;
    }
    let starts: Vec<_> = codes.iter().map(|(line, _)| *line).collect();
    let mut rows = vec![Vec::new(); starts.len()];
    for cell in row {
        let mut lines = cell.text.split_inclusive('\n').enumerate().peekable();
        for (index, row) in rows.iter_mut().enumerate() {
            let next = starts.get(index + 1);
            let is_inside = |(at, _): &(usize, &str)| next.is_none_or(|next| at < next);
            let text: String =
                iter::from_fn(|| lines.next_if(is_inside)).map(|(_, line)| line).collect();
            if index > 0 && may_continue_row(codes[index].1, text.trim_start()) {
                return None;
            }
            row.push(Cell { text, ..Cell::new("", cell.line + starts[index]) });
        }
    }
    Some(rows)
}

/// Where the corners of a border are, in columns of the screen.
fn corners(border: &str) -> impl Iterator<Item = usize> {
    border.match_indices('+').map(|(at, _)| width_of(&border[..at]))
}

struct GridTable {
    /// Where columns may begin, in columns of the screen.
    corners: Vec<usize>,
    /// For each column, the cell that is open there: its row, and its index in the row.
    open: Vec<Option<(usize, usize)>>,
    grid: Grid,
    /// How many rows are marked as headings.
    headings: usize,
}

impl GridTable {
    /// Adds a line. `None` if the line does not fit into the table.
    fn add(&mut self, line: &str, number: usize) -> Option<()> {
        if line.len() < self.corners.len() {
            return None;
        }
        let (_, parts) = split_at_columns(line.trim_end(), &self.corners);
        let is_corner = |part: &str| part.starts_with(['+', '|']);
        // Nothing is before the first corner, and after the last only the frame.
        let [parts @ .., "|" | "+"] = &*parts else { return None };
        parts.first().filter(|part| is_corner(part))?;
        let mut has_border = false;
        let mut start = 0;
        // A cell continues across each corner where this line has no frame.
        for parts in parts.chunk_by(|_, next| !is_corner(next)) {
            let columns = start..start + parts.len();
            start = columns.end;
            let text = &parts.concat()[1..];
            if text.is_empty() || text.contains(|c| !"-=:+".contains(c)) {
                self.add_text(columns, text, number)?;
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
        self.grid.extend(has_border.then(Vec::new));
        Some(())
    }

    /// Adds text to the cell that is open in exactly these columns, or opens a cell there.
    fn add_text(&mut self, columns: Range<usize>, text: &str, number: usize) -> Option<()> {
        let row = self.grid.len().checked_sub(1)?;
        let open = &mut self.open[columns];
        if open.iter().all(Option::is_none) {
            open.fill(Some((row, self.grid[row].len())));
            self.grid[row].push(Cell { columns: open.len(), ..Cell::new("", number) });
        }
        let (row, place) = open[0]?;
        let cell = &mut self.grid[row][place];
        let is_open = cell.columns == open.len() && open.iter().all(|it| *it == open[0]);
        is_open.then(|| cell.add_line(text))
    }
}
