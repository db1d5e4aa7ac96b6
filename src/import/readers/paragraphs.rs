//! Finds tables in text as copied from a browser. A cell may be a paragraph, a line, or a text
//! between tabs.
//!
//! If one line has all headings, each row is a line, too. Otherwise the headings are the short
//! texts under which the most rows are whole. If fewer than half of the rows are whole, nothing
//! shows the columns of the texts, and no row is read.

use std::ops::Range;

use super::prose;
use crate::import::block::{Block, Cell, Grid};
use crate::import::column_headings::{Column, is_sentence, kind_of_heading, looks_like_heading};
use crate::import::columns::ErrorColumns;

/// The most headings of a table.
const MAX_HEADINGS: usize = 16;
/// The most texts that are read to decide which of several texts are the headings.
const MAX_COMPARED: usize = 500;

const UNEVEN: &str = "which paragraphs are a row is uncertain: none of the table is read";

/// Splits texts into blocks, from the last table to the first, because a table ends where the
/// headings of the next table start.
pub(super) fn blocks(mut cells: Vec<Cell>) -> Vec<Block> {
    let is_short = |cell: &Cell| looks_like_heading(&cell.text);
    let mut blocks = Vec::new();
    let mut end = cells.len();
    while let Some(last) = cells[..end].iter().rposition(is_short) {
        let start = cells[..last].iter().rposition(|cell| !is_short(cell));
        end = start.map_or(0, |before| before + 1);
        match headings(&cells, end..last + 1) {
            Some((start, Some(columns))) => {
                let first_row = start + columns.headings.len();
                let (mut grid, table_end) = match cells[start].cells_of_line {
                    1 => rows(&cells, first_row, &columns),
                    _ => rows_of_lines(&cells, first_row),
                };
                blocks.push(Block::Texts(cells.split_off(table_end)));
                grid.insert(0, columns.headings);
                blocks.push(Block::Table(grid));
                cells.truncate(start);
            }
            Some((start, None)) => {
                let line = cells[start].line;
                blocks.push(Block::Unread(cells.split_off(start), line, UNEVEN));
            }
            None => {}
        }
    }
    blocks.push(Block::Texts(cells));
    blocks.reverse();
    blocks
}

/// Finds the headings among the short texts in this range: those under which the most rows are
/// whole. Returns their start, and `None` for the columns if nothing fits better than the others.
fn headings(cells: &[Cell], texts: Range<usize>) -> Option<(usize, Option<ErrorColumns>)> {
    let first = texts.start.max(texts.end.saturating_sub(2 * MAX_HEADINGS));
    let of_line =
        |at: usize| ErrorColumns::of_short_texts(cells[at..].get(..cells[at].cells_of_line)?);
    let mut lines = (first..texts.end).rev();
    if let Some(found) = lines.find_map(|at| Some((at, Some(of_line(at)?)))) {
        return Some(found);
    }
    let is_code = |cell: &Cell| kind_of_heading(&cell.text) == Some(Column::Code);
    cells[first..texts.end].iter().find(|cell| is_code(cell))?;
    let mut found = Vec::new();
    for start in first..texts.end {
        for end in start + 2..=texts.end.min(start + MAX_HEADINGS) {
            let texts = &cells[start..end];
            let columns =
                ErrorColumns::of(texts).filter(|_| texts.iter().all(|it| it.cells_of_line == 1));
            found.extend(columns.and_then(|it| Some((whole_rows(cells, end, &it)?, start, it))));
        }
    }
    let first = found.first()?.1;
    found.sort_by_key(|(count, ..)| *count);
    let (count, start, columns) = found.pop()?;
    let is_sure = found.last().map_or(0, |(other, ..)| *other) < count;
    Some(if is_sure { (start, Some(columns)) } else { (first, None) })
}

/// Counts the whole rows under these columns; 0 if fewer than half are. `None` if no row starts.
fn whole_rows(cells: &[Cell], first: usize, columns: &ErrorColumns) -> Option<usize> {
    // Below the right headings there is no other heading, and no cell of the first row is merged
    // with a cell above.
    let (code, length) = columns.row_start(&cells[first..])?;
    let is_heading = |cell: &Cell| kind_of_heading(&cell.text).is_some();
    if length < columns.headings.len() || cells[first..first + code].iter().any(is_heading) {
        return Some(0);
    }
    let end = cells.len().min(first + MAX_COMPARED);
    let (rows, _) = rows(&cells[..end], first, columns);
    let count = rows.iter().filter(|row| columns.is_row(row)).count();
    Some(if count * 2 >= rows.len() { count } else { 0 })
}

/// Reads the rows from `at` on. Returns where the last row ends, too.
fn rows(cells: &[Cell], mut at: usize, columns: &ErrorColumns) -> (Grid, usize) {
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
        let Some(row) = rows.last_mut() else { break };
        match row.last_mut() {
            Some(last) if prose::goes_on(&last.text, &cell.text) => last.extend(&cell.text),
            _ => row.extend_from_slice(&cells[at..at + count]),
        }
        at += count;
    }
    (rows, at)
}

/// Same as [`rows`], if each row is a line of several cells. A text that may or may not belong to a
/// row stays in it as one cell too many, so that the row is reported.
fn rows_of_lines(cells: &[Cell], mut at: usize) -> (Grid, usize) {
    let mut rows = Grid::new();
    // Whether there are texts below the line of the row, which is whole without them.
    let has_tail = |row: &Vec<Cell>| row.len() > row[0].cells_of_line;
    while let Some(cell) = cells.get(at).filter(|cell| !prose::ends_table(&cell.text)) {
        if cell.cells_of_line > 1 {
            rows.push(cells[at..at + cell.cells_of_line].to_vec());
        } else {
            let Some(row) = rows.last_mut() else { break };
            let last = row.len() - 1;
            if !has_tail(row) && prose::goes_on(&row[last].text, &cell.text) {
                row[last].extend(&cell.text);
            } else {
                row.push(cell.clone());
            }
        }
        at += cell.cells_of_line.max(1);
    }
    let Some((last, others)) = rows.split_last_mut() else { return (rows, at) };
    // Texts below the last row belong to the table only if another row has texts below it, too.
    if !others.iter().any(has_tail) {
        at -= last.len() - last[0].cells_of_line;
        last.truncate(last[0].cells_of_line);
    }
    for row in others {
        for text in row.split_off(row[0].cells_of_line) {
            // Sentences continue the last cell. A title may belong to no cell.
            match row.last_mut() {
                Some(last) if is_sentence(&text.text) => last.extend(&text.text),
                _ => row.push(text),
            }
        }
    }
    (rows, at)
}
