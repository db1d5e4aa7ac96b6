//! Tables in texts of which each may be a cell: text as copied from a browser whose
//! cells hold paragraphs, or one saved with a cell on each line.
//!
//! The headings are those short texts under which the most rows are whole. Where fewer
//! than half are, no text can be given to a column, and no row is read.

use std::cmp::Reverse;
use std::ops::Range;

use super::prose;
use crate::import::block::{Block, Cell, Grid};
use crate::import::columns::Columns;
use crate::import::headings::{Column, kind_of_heading, looks_like_heading};
use crate::import::value;

/// Headings of a table.
const MAX_HEADINGS: usize = 16;
/// Texts that decide which of several are the headings.
const MAX_COMPARED: usize = 500;

/// The blocks of texts, found from the last table to the first: one ends where the
/// headings of the next start.
pub fn blocks(cells: &[Cell], has_words: bool) -> Vec<Block> {
    let is_short = |cell: &Cell| looks_like_heading(&cell.text);
    let groups = cells.chunk_by(|cell, next| is_short(cell) && is_short(next));
    let texts = |range: Range<usize>| cells[range].iter().rev().cloned().map(Block::Text);
    let mut blocks = Vec::new();
    let mut end = cells.len();
    let mut at = cells.len();
    for group in groups.rev() {
        let group = at - group.len()..at;
        at = group.start;
        let mut found = headings(&cells[..end], group, has_words);
        found.sort_by_key(|headings| Reverse(headings.score));
        // Nobody can be sure of the headings if others fit as well.
        let is_sure = found
            .get(1)
            .is_none_or(|second| second.score < found[0].score);
        if let Some(best) = found.first().filter(|best| best.score.is_some() && is_sure) {
            let (mut grid, last) = rows(
                &cells[..end],
                best.start + best.columns.headings.len(),
                &best.columns,
            );
            grid.insert(0, best.columns.headings.clone());
            blocks.extend(texts(last..end));
            blocks.push(Block::Table(grid));
            end = best.start;
        }
    }
    blocks.extend(texts(0..end));
    blocks.reverse();
    blocks
}

/// Texts that may be the headings of a table.
struct Headings {
    start: usize,
    columns: Columns,
    /// How many rows of these columns are whole, if at least half are.
    score: Option<usize>,
}

/// Which of the short texts in this range may be the headings of the rows after them.
fn headings(cells: &[Cell], texts: Range<usize>, has_words: bool) -> Vec<Headings> {
    let first = texts.start.max(texts.end.saturating_sub(2 * MAX_HEADINGS));
    let is_code = |cell: &Cell| kind_of_heading(&cell.text) == Some(Column::Code);
    if !cells[first..texts.end].iter().any(is_code) {
        return Vec::new();
    }
    let starts = (first..texts.end).flat_map(|start| {
        let ends = start + 2..=texts.end.min(start + MAX_HEADINGS);
        ends.map(move |end| (start, end))
    });
    let found = starts.filter_map(|(start, end)| {
        let columns = Columns::of(&cells[start..end], has_words)?;
        // Where no row begins under them, they are headings only if codes may be words.
        let begins = has_words || columns.row_start(&cells[end..]).is_some();
        let score = score(cells, end, &columns);
        begins.then_some(Headings {
            start,
            columns,
            score,
        })
    });
    found.collect()
}

fn score(cells: &[Cell], first: usize, columns: &Columns) -> Option<usize> {
    // Under the right headings no heading stands, and no cell of the first row is merged
    // with one above.
    let (code, length) = columns.row_start(&cells[first..])?;
    let mut before = cells[first..first + code].iter();
    if length < columns.headings.len() || before.any(|cell| kind_of_heading(&cell.text).is_some()) {
        return None;
    }
    let end = cells.len().min(first + MAX_COMPARED);
    let (rows, _) = rows(&cells[..end], first, columns);
    let is_whole = |row: &&Vec<Cell>| columns.is_row(row);
    let count = rows.iter().filter(is_whole).count();
    (count * 2 >= rows.len()).then_some(count)
}

/// The rows from here on, and where the last of them ends.
fn rows(cells: &[Cell], mut at: usize, columns: &Columns) -> (Grid, usize) {
    let mut rows = Grid::new();
    // How many cells the last row should have.
    let mut length = 0;
    while let Some(cell) = cells.get(at).filter(|cell| !prose::ends_table(&cell.text)) {
        // What nobody reads starts a row only where the one before is whole.
        let is_whole = rows.last().is_none_or(|row: &Vec<_>| row.len() >= length);
        let is_certain = value::is_status(&cell.text) || value::full_code(&cell.text).is_some();
        let start = columns
            .row_start(&cells[at..])
            .filter(|_| is_whole || is_certain);
        let count = start.map_or(1, |(code, _)| code + 1);
        if let Some((_, expected)) = start {
            length = expected;
            rows.push(Vec::new());
        }
        let Some(row) = rows.last_mut() else {
            break;
        };
        match row.last_mut() {
            Some(last) if prose::goes_on(&last.text, &cell.text) => last.append(cell),
            _ => row.extend_from_slice(&cells[at..at + count]),
        }
        at += count;
    }
    (rows, at)
}
