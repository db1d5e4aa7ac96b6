//! Lines without marks of their own: comma- and tab-separated values, and text as
//! copied from a browser, which has tabs or paragraphs where the page has cells.

use super::tabbed::append;
use super::{Line, delimited, paragraphs, tabbed};
use crate::import::block::{Block, Grid};

/// The blocks of consecutive lines.
pub fn blocks(lines: &[Line], has_words: bool) -> Vec<Block> {
    let has_tabs = lines.iter().any(|line| line.text.contains('\t'));
    let values = delimited::start(lines).filter(|_| !has_tabs);
    let (start, delimiter) = values.unwrap_or((0, '\t'));
    let mut copied = by_cells(&lines[..start], '\t');
    copied.extend(by_cells(&lines[start..], delimiter));
    let mut blocks = Vec::new();
    let mut rest = &*copied;
    while !rest.is_empty() {
        let texts = rest.iter().take_while(|line| line.len() == 1);
        let texts: Vec<_> = texts.flatten().cloned().collect();
        rest = &rest[texts.len()..];
        blocks.extend(paragraphs::blocks(&texts, has_words));
        if let Some((table, length)) = tabbed::table(rest, has_words) {
            blocks.push(Block::Table(table));
            rest = &rest[length..];
        } else if let Some((line, after)) = rest.split_first() {
            blocks.extend(line.iter().cloned().map(Block::Text));
            rest = after;
        }
    }
    blocks
}

/// The lines by their cells. Where a browser copies cells that hold paragraphs, tabs
/// stand on lines of their own between cells, and two blank lines between rows.
fn by_cells(lines: &[Line], delimiter: char) -> Grid {
    let first = lines.first().map_or(0, |line| line.number);
    let is_blank = |number: usize| {
        let line = number.checked_sub(first).and_then(|at| lines.get(at));
        line.is_some_and(|line| line.text.trim_matches(' ').is_empty())
    };
    let mut grid = Grid::new();
    let mut after_tabs = false;
    for cells in delimited::records(lines, delimiter) {
        let line = cells.first().map_or(0, |cell| cell.line);
        let blanks = (1..=2).take_while(|back| line > *back && is_blank(line - back));
        let blanks = blanks.count();
        let is_empty = cells.iter().all(|cell| cell.text.is_empty());
        let is_tabs = is_empty && cells.len() > 1;
        // A spreadsheet has no blank line above a row of empty cells.
        if is_empty && !(is_tabs && (blanks > 0 || after_tabs)) {
            continue;
        }
        let goes_on = blanks < 2 && (after_tabs || is_tabs);
        match grid.last_mut().filter(|_| goes_on) {
            Some(row) => append(row, cells),
            None => grid.push(cells),
        }
        after_tabs = is_tabs;
    }
    grid
}
