//! Lines without marks of their own: comma- and tab-separated values, and text as
//! copied from a browser, which has tabs or paragraphs where the page has cells.

use std::mem::take;

use super::{Line, delimited, paragraphs, prose};
use crate::import::block::{Block, Cell, Grid};
use crate::import::columns::Columns;
use crate::import::headings::{is_sentence, looks_like_heading};

/// The blocks of consecutive lines.
pub fn blocks(lines: &[Line]) -> Vec<Block> {
    let has_tabs = lines.iter().any(|line| line.text.contains('\t'));
    let values = delimited::start(lines).filter(|_| !has_tabs);
    let (start, delimiter) = values.unwrap_or((0, '\t'));
    let mut copied = by_cells(&lines[..start], '\t');
    copied.extend(by_cells(&lines[start..], delimiter));
    let (mut blocks, mut texts) = (Vec::new(), Vec::new());
    let mut at = 0;
    while at < copied.len() {
        if let Some((table, length)) = table(&copied[at..]) {
            blocks.extend(paragraphs::blocks(take(&mut texts)));
            blocks.push(Block::Table(table));
            at += length;
        } else {
            texts.append(&mut copied[at]);
            at += 1;
        }
    }
    blocks.extend(paragraphs::blocks(texts));
    blocks
}

/// The lines by their cells. Where a browser copies cells that hold paragraphs, tabs
/// stand on lines of their own between cells, and two blank lines between rows.
fn by_cells(lines: &[Line], delimiter: char) -> Grid {
    let mut grid = Grid::new();
    let mut after_tabs = false;
    let mut last_line = 0;
    for cells in delimited::records(lines, delimiter) {
        let blanks = cells[0].line - last_line - 1;
        let is_empty = cells.iter().all(|cell| cell.text.is_empty());
        let is_tabs = is_empty && cells.len() > 1;
        // A spreadsheet has no blank line above a row of empty cells.
        if is_empty && !(is_tabs && (blanks > 0 || after_tabs)) {
            continue;
        }
        last_line = cells[0].line;
        match grid.last_mut() {
            Some(row) if blanks < 2 && (after_tabs || is_tabs) => append(row, cells),
            _ => grid.push(cells),
        }
        after_tabs = is_tabs;
    }
    grid
}

/// The table whose headings are the first line, and how many lines it has. A line that
/// begins like a row begins one; another goes on with the cell above it. What may be of a
/// row or not stays in it as one cell too many, so that the row is reported.
fn table(lines: &[Vec<Cell>]) -> Option<(Grid, usize)> {
    let headings = lines.first()?;
    let columns = Columns::of_short_texts(headings)?;
    let mut rows = Grid::from([headings.clone()]);
    // Texts under the last row, which is whole without them.
    let mut tail: Vec<Cell> = Vec::new();
    let mut had_tail = false;
    let mut count = 1;
    for cells in &lines[1..] {
        let first = &cells[0].text;
        let is_text = cells.len() == 1;
        let ends_table = if is_text {
            rows.len() == 1 || prose::ends_table(first)
        } else {
            Columns::of_short_texts(cells).is_some()
        };
        if ends_table {
            break;
        }
        count += 1;
        let row = rows.last_mut()?;
        let starts_row = !is_text && columns.row_start(cells).is_some();
        let may_be_rest = !starts_row && (is_text || !looks_like_heading(first));
        let length = columns.row_start(row).map_or(headings.len(), |it| it.1);
        let is_missing = row.len() < length && row.len() + cells.len() <= length + 1;
        let last = row.last().map_or("", |last| &last.text);
        let is_item = is_text && tail.is_empty() && prose::goes_on(last, first);
        if may_be_rest && is_missing || is_item {
            append(row, cells.clone());
        } else if is_text {
            tail.extend_from_slice(cells);
        } else {
            had_tail |= !tail.is_empty();
            // Sentences are of the last cell, a title may be of none.
            for text in tail.drain(..) {
                if is_sentence(&text.text) {
                    append(row, vec![text]);
                } else {
                    row.push(text);
                }
            }
            rows.push(cells.clone());
        }
    }
    if had_tail {
        // The last row may have some, too.
        rows.last_mut()?.append(&mut tail);
    }
    Some((rows, count - tail.len()))
}

/// Adds cells of which the first is the rest of the last one so far.
fn append(row: &mut Vec<Cell>, cells: Vec<Cell>) {
    let mut cells = cells.into_iter();
    if let (Some(last), Some(first)) = (row.last_mut(), cells.next()) {
        last.extend(&first.text);
    }
    row.extend(cells);
}
