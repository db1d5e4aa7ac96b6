//! Finds tables in text as copied from a browser: a cell may be a paragraph, a line, or what
//! stands between tabs.
//!
//! A line of headings is followed by rows of a line each. Else the headings are those short
//! texts under which the most rows are whole. Where fewer than half are, no text can be given
//! to a column, and no row is read.

use std::ops::Range;

use super::prose;
use crate::import::block::{Block, Cell, Grid};
use crate::import::column_headings::{Column, is_sentence, kind_of_heading, looks_like_heading};
use crate::import::columns::ErrorColumns;

/// Headings of a table.
const MAX_HEADINGS: usize = 16;
/// Texts that decide which of several are the headings.
const MAX_COMPARED: usize = 500;

const UNEVEN: &str = "which paragraphs are a row is uncertain: none of the table is read";

/// The blocks of texts, found from the last table to the first: one ends where the
/// headings of the next start.
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
                let (mut grid, table_end) = match cells[start].in_line {
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

/// Which of the short texts in this range are the headings of the rows after them: those
/// under which the most rows are whole. No columns if nobody can be sure, because others
/// fit as well.
fn headings(cells: &[Cell], texts: Range<usize>) -> Option<(usize, Option<ErrorColumns>)> {
    let first = texts.start.max(texts.end.saturating_sub(2 * MAX_HEADINGS));
    let of_line = |at: usize| ErrorColumns::of_short_texts(cells[at..].get(..cells[at].in_line)?);
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
                ErrorColumns::of(texts).filter(|_| texts.iter().all(|it| it.in_line == 1));
            found.extend(columns.and_then(|it| Some((whole_rows(cells, end, &it)?, start, it))));
        }
    }
    let first = found.first()?.1;
    found.sort_by_key(|(count, ..)| *count);
    let (count, start, columns) = found.pop()?;
    let is_sure = found.last().map_or(0, |(other, ..)| *other) < count;
    Some(if is_sure { (start, Some(columns)) } else { (first, None) })
}

/// How many rows of these columns are whole, if at least half are; else 0. None if no row starts.
fn whole_rows(cells: &[Cell], first: usize, columns: &ErrorColumns) -> Option<usize> {
    // Under the right headings no heading stands, and no cell of the first row is merged
    // with one above.
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

/// The rows from here on, and where the last of them ends.
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

/// The rows from here on, of a line of several cells each, and where the last of them ends. What
/// may be of a row or not stays in it as one cell too many, so that the row is reported.
fn rows_of_lines(cells: &[Cell], mut at: usize) -> (Grid, usize) {
    let mut rows = Grid::new();
    // Whether texts stand under the row, which is whole without them.
    let has_tail = |row: &Vec<Cell>| row.len() > row[0].in_line;
    while let Some(cell) = cells.get(at).filter(|cell| !prose::ends_table(&cell.text)) {
        if cell.in_line > 1 {
            rows.push(cells[at..at + cell.in_line].to_vec());
        } else {
            let Some(row) = rows.last_mut() else { break };
            let last = row.len() - 1;
            if !has_tail(row) && prose::goes_on(&row[last].text, &cell.text) {
                row[last].extend(&cell.text);
            } else {
                row.push(cell.clone());
            }
        }
        at += cell.in_line.max(1);
    }
    let Some((last, others)) = rows.split_last_mut() else { return (rows, at) };
    // What stands under the last row is of the table if another row has something, too.
    if !others.iter().any(has_tail) {
        at -= last.len() - last[0].in_line;
        last.truncate(last[0].in_line);
    }
    for row in others {
        for text in row.split_off(row[0].in_line) {
            // Sentences are of the last cell, a title may be of none.
            match row.last_mut() {
                Some(last) if is_sentence(&text.text) => last.extend(&text.text),
                _ => row.push(text),
            }
        }
    }
    (rows, at)
}
