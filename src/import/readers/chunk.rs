//! Lines of copied text, grouped by the cells that they show.

use super::{Line, delimited};
use crate::import::block::Cell;

/// A line, or several lines of which tabs or quotes show the cells.
#[derive(Clone)]
pub struct Chunk {
    pub cells: Vec<Cell>,
    pub after_blank: bool,
}

impl Chunk {
    pub fn is_single(&self) -> bool {
        self.cells.len() == 1
    }
}

/// The lines by their cells. Where a browser copies cells that hold paragraphs, tabs
/// stand on lines of their own between cells, and two blank lines between rows.
pub fn chunks(lines: &[Line]) -> Vec<Chunk> {
    let first = lines.first().map_or(0, |line| line.number);
    let is_blank = |number: usize| {
        let line = number.checked_sub(first).and_then(|at| lines.get(at));
        line.is_some_and(|line| line.text.trim_matches(' ').is_empty())
    };
    let is_only_tabs = |cells: &[Cell]| cells.iter().all(|cell| cell.text.is_empty());
    let mut chunks: Vec<Chunk> = Vec::new();
    let mut after_tabs = false;
    for cells in delimited::records(lines, '\t') {
        let is_tabs = cells.len() > 1 && is_only_tabs(&cells);
        let line = cells.first().map_or(0, |cell| cell.line);
        let blanks = (1..=2).take_while(|back| line > *back && is_blank(line - back));
        let blanks = blanks.count();
        let goes_on = blanks < 2 && after_tabs || blanks == 1 && is_tabs;
        if !is_tabs && is_only_tabs(&cells) {
            continue;
        }
        after_tabs = is_tabs && (blanks > 0 || after_tabs);
        match chunks.last_mut().filter(|_| goes_on) {
            Some(chunk) => join(&mut chunk.cells, cells),
            None if is_tabs && blanks == 0 => {}
            None => chunks.push(Chunk {
                after_blank: blanks > 0,
                cells,
            }),
        }
    }
    chunks
}

/// Adds cells of which the first is the rest of the last one so far.
pub fn join(row: &mut Vec<Cell>, cells: Vec<Cell>) {
    let mut cells = cells.into_iter();
    if let (Some(last), Some(first)) = (row.last_mut(), cells.next()) {
        if last.text.is_empty() {
            last.line = first.line;
        }
        last.extend(&first.text);
    }
    row.extend(cells);
}
