//! Lines without marks of their own: comma- and tab-separated values, and text as
//! copied from a browser, which has tabs or paragraphs where the page has cells.

use super::{Line, delimited, paragraphs};
use crate::import::block::Block;

/// The blocks of consecutive lines.
pub fn blocks(lines: &[Line]) -> Vec<Block> {
    let has_tabs = lines.iter().any(|line| line.text.contains('\t'));
    let (start, delimiter) = delimited::start(lines).filter(|_| !has_tabs).unwrap_or((0, '\t'));
    let copied = delimited::records(&lines[..start], '\t');
    let records = copied.chain(delimited::records(&lines[start..], delimiter));
    let mut cells = Vec::new();
    for mut record in records {
        if record.iter().all(|cell| cell.text.is_empty()) {
            continue;
        }
        let count = record.len();
        for (number, cell) in record.iter_mut().enumerate() {
            cell.in_line = if number == 0 { count } else { 0 };
        }
        cells.append(&mut record);
    }
    paragraphs::blocks(cells)
}
