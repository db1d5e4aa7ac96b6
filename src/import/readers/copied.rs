//! Lines without marks of their own: comma- and tab-separated values, and text as
//! copied from a browser, which has tabs or paragraphs where the page has cells.

use std::mem::take;

use super::tabbed::append;
use super::{Line, delimited, paragraphs, tabbed};
use crate::import::block::{Block, Grid};

/// The blocks of consecutive lines.
pub fn blocks(lines: &[Line]) -> Vec<Block> {
    let has_tabs = lines.iter().any(|line| line.text.contains('\t'));
    let values = delimited::start(lines).filter(|_| !has_tabs);
    let (start, delimiter) = values.unwrap_or((0, '\t'));
    let mut copied = by_cells(&lines[..start], '\t');
    copied.extend(by_cells(&lines[start..], delimiter));
    let mut blocks = Vec::new();
    let mut texts = Vec::new();
    let mut at = 0;
    while at < copied.len() {
        if copied[at].len() == 1 {
            texts.append(&mut take(&mut copied[at]));
            at += 1;
            continue;
        }
        blocks.extend(paragraphs::blocks(take(&mut texts)));
        if let Some((table, length)) = tabbed::table(&copied[at..]) {
            blocks.push(Block::Table(table));
            at += length;
        } else {
            blocks.extend(take(&mut copied[at]).into_iter().map(Block::Text));
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
