//! Tables copied with tabs between their cells.
//!
//! A line that begins like a row begins one; another goes on with the cell above it. What
//! may be of a row or not stays in it as one cell too many, so that the row is reported.

use super::prose;
use crate::import::block::{Cell, Grid};
use crate::import::columns::Columns;
use crate::import::headings::{is_sentence, looks_like_heading};

/// The table whose headings are the first line, and how many lines it has.
pub fn table(lines: &[Vec<Cell>]) -> Option<(Grid, usize)> {
    let headings = lines.first()?;
    let columns = Columns::of_short_texts(headings)?;
    let mut rows: Grid = Vec::new();
    // Texts under the last row, which is whole without them.
    let mut tail: Vec<Cell> = Vec::new();
    let mut had_tail = false;
    let mut end = 1;
    for cells in &lines[1..] {
        let is_text = cells.len() == 1;
        let length = |row: &Vec<Cell>| columns.row_start(row).map_or(headings.len(), |it| it.1);
        let row = rows.last();
        let missing = row.map_or(0, |row| length(row).saturating_sub(row.len()));
        let last_text = row.and_then(|row| row.last()).map_or("", |last| &last.text);
        let is_item = is_text && tail.is_empty() && prose::goes_on(last_text, &cells[0].text);
        let starts_row = !is_text && columns.row_start(cells).is_some();
        let may_be_rest = is_text || !looks_like_heading(&cells[0].text);
        let is_rest = !starts_row && may_be_rest && missing > 0 && cells.len() <= missing + 1;
        let ends_table = if is_text {
            rows.is_empty() || prose::ends_table(&cells[0].text)
        } else {
            Columns::of_short_texts(cells).is_some()
        };
        if ends_table {
            break;
        }
        end += 1;
        match rows.last_mut() {
            Some(row) if is_rest || is_item => {
                append(row, cells.clone());
            }
            Some(_) if is_text => tail.extend_from_slice(cells),
            last => {
                had_tail |= !tail.is_empty();
                let mut none = Vec::new();
                let row = last.unwrap_or(&mut none);
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
    }
    if had_tail && let Some(row) = rows.last_mut() {
        // The last row may have some, too.
        row.append(&mut tail);
    }
    rows.insert(0, headings.clone());
    Some((rows, end - tail.len()))
}

/// Adds cells of which the first is the rest of the last one so far.
pub fn append(row: &mut Vec<Cell>, cells: Vec<Cell>) {
    let mut cells = cells.into_iter();
    if let (Some(last), Some(first)) = (row.last_mut(), cells.next()) {
        last.extend(&first.text);
    }
    row.extend(cells);
}
