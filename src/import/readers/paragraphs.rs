//! Tables in texts of which each may be a cell: text as copied from a browser whose
//! cells hold paragraphs, or one saved with a cell on each line.
//!
//! The headings are those short texts under which the most rows are whole. Where fewer
//! than half are, no text can be given to a column, and no row is read.

use std::ops::Range;

use super::prose;
use crate::import::block::{Block, Cell, Grid};
use crate::import::columns::Columns;
use crate::import::headings::{Column, kind_of_heading, looks_like_heading};

/// Headings of a table.
const MAX_HEADINGS: usize = 16;
/// Texts that decide which of several are the headings.
const MAX_COMPARED: usize = 500;

/// The blocks of texts, found from the last table to the first: one ends where the
/// headings of the next start.
pub fn blocks(mut cells: Vec<Cell>) -> Vec<Block> {
    let is_short = |at: usize| looks_like_heading(&cells[at].text);
    let mut groups: Vec<Range<usize>> = Vec::new();
    for at in (0..cells.len()).filter(|at| is_short(*at)) {
        match groups.last_mut().filter(|group| group.end == at) {
            Some(group) => group.end += 1,
            None => groups.push(at..at + 1),
        }
    }
    let mut blocks = Vec::new();
    for group in groups.into_iter().rev() {
        if let Some((start, columns)) = headings(&cells, group) {
            if let Some(columns) = columns {
                let (mut grid, end) = rows(&cells, start + columns.headings.len(), &columns);
                blocks.extend(cells.drain(end..).rev().map(Block::Text));
                grid.insert(0, columns.headings);
                blocks.push(Block::Table(grid));
            } else {
                blocks.push(Block::Unread(cells[start..].to_vec(), None));
            }
            cells.truncate(start);
        }
    }
    blocks.extend(cells.into_iter().rev().map(Block::Text));
    blocks.reverse();
    blocks
}

/// Which of the short texts in this range are the headings of the rows after them: those
/// under which the most rows are whole. No columns if nobody can be sure, because others
/// fit as well.
fn headings(cells: &[Cell], texts: Range<usize>) -> Option<(usize, Option<Columns>)> {
    let first = texts.start.max(texts.end.saturating_sub(2 * MAX_HEADINGS));
    let is_code = |cell: &Cell| kind_of_heading(&cell.text) == Some(Column::Code);
    cells[first..texts.end].iter().find(|cell| is_code(cell))?;
    let starts = (first..texts.end).flat_map(|start| {
        let ends = start + 2..=texts.end.min(start + MAX_HEADINGS);
        ends.map(move |end| (start, end))
    });
    let found = starts.filter_map(|(start, end)| {
        let columns = Columns::of(&cells[start..end])?;
        columns.row_start(&cells[end..])?;
        Some((whole_rows(cells, end, &columns), start, columns))
    });
    let mut found: Vec<_> = found.collect();
    let first = found.first()?.1;
    found.sort_by_key(|(count, ..)| *count);
    let (count, start, columns) = found.pop()?;
    let is_sure = count.is_some() && found.last().is_none_or(|(other, ..)| *other < count);
    Some(if is_sure {
        (start, Some(columns))
    } else {
        (first, None)
    })
}

/// How many rows of these columns are whole, if at least half are.
fn whole_rows(cells: &[Cell], first: usize, columns: &Columns) -> Option<usize> {
    // Under the right headings no heading stands, and no cell of the first row is merged
    // with one above.
    let (code, length) = columns.row_start(&cells[first..])?;
    let mut before = cells[first..first + code].iter();
    if length < columns.headings.len() || before.any(|cell| kind_of_heading(&cell.text).is_some()) {
        return None;
    }
    let end = cells.len().min(first + MAX_COMPARED);
    let (rows, _) = rows(&cells[..end], first, columns);
    let count = rows.iter().filter(|row| columns.is_row(row)).count();
    (count * 2 >= rows.len()).then_some(count)
}

/// The rows from here on, and where the last of them ends.
fn rows(cells: &[Cell], mut at: usize, columns: &Columns) -> (Grid, usize) {
    let mut rows = Grid::new();
    // How many cells the last row should have.
    let mut length = 0;
    while let Some(cell) = cells.get(at).filter(|cell| !prose::ends_table(&cell.text)) {
        let is_whole = rows.last().is_none_or(|row: &Vec<_>| row.len() >= length);
        let start = columns.row_start(&cells[at..]).filter(|_| is_whole);
        let count = start.map_or(1, |(code, _)| code + 1);
        if let Some((_, expected)) = start {
            length = expected;
            rows.push(Vec::new());
        }
        let Some(row) = rows.last_mut() else {
            break;
        };
        match row.last_mut() {
            Some(last) if prose::goes_on(&last.text, &cell.text) => last.extend(&cell.text),
            _ => row.extend_from_slice(&cells[at..at + count]),
        }
        at += count;
    }
    (rows, at)
}
