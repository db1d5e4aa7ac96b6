//! What every reader makes of a page: texts and tables.

use std::borrow::Cow;

use crate::data::truncate::truncated_to;

/// Characters of a cell that a note quotes.
const MAX_QUOTED: usize = 60;
/// Columns of a table; cells to the right of them cover no others.
pub const MAX_COLUMNS: usize = 64;
/// Characters without a width that browsers copy along.
const INVISIBLE: [char; 4] = ['\u{200b}', '\u{2060}', '\u{feff}', '\u{ad}'];

/// A part of a page, in the order of the page.
#[derive(Debug)]
pub enum Block {
    /// A heading or a paragraph.
    Text(Cell),
    /// Texts of a table that is not well-formed.
    Unread(Vec<Cell>),
    Table(Grid),
}

/// A cell of a table, or a text outside of tables.
#[derive(Debug, Clone, Default)]
pub struct Cell {
    /// Its text on one line, with single spaces.
    pub text: String,
    /// The line that it starts on, counted from 1.
    pub line: usize,
    /// How many rows and columns it covers.
    pub rows: usize,
    pub columns: usize,
    /// Whether the page marks it as a heading.
    pub is_heading: bool,
}

impl Cell {
    pub fn new(text: &str, line: usize) -> Self {
        let mut cell = Cell {
            line,
            rows: 1,
            columns: 1,
            ..Cell::default()
        };
        cell.extend(text);
        cell
    }

    /// Adds more text, after a space.
    pub fn extend(&mut self, text: &str) {
        let visible = text.replace(INVISIBLE, "");
        for word in visible.split_whitespace() {
            if !self.text.is_empty() {
                self.text.push(' ');
            }
            self.text.push_str(word);
        }
    }

    /// Adds a line as the page has it, markup and all.
    pub fn add_line(&mut self, line: &str) {
        self.text.push_str(line);
        self.text.push('\n');
    }
}

/// A text as a note quotes it.
pub fn shortened(text: &str) -> Cow<'_, str> {
    truncated_to(text, MAX_QUOTED)
}

/// A table as the page has it: the cells that begin in each row.
pub type Grid = Vec<Vec<Cell>>;

/// The rows with a cell for each column: one that covers several is there for each.
pub fn expanded(grid: &Grid) -> impl Iterator<Item = Vec<&Cell>> {
    // The cell from above in each column, and in how many more rows it stands.
    let mut from_above: Vec<Option<(&Cell, usize)>> = Vec::new();
    grid.iter().map(move |cells| {
        let mut row = Vec::new();
        let mut cells = cells.iter();
        loop {
            let above = from_above.get_mut(row.len()).and_then(Option::as_mut);
            if let Some((cell, rows)) = above.filter(|(_, rows)| *rows > 0) {
                *rows -= 1;
                row.push(*cell);
                continue;
            }
            let Some(cell) = cells.next() else {
                break;
            };
            let room = MAX_COLUMNS.saturating_sub(row.len());
            for _ in 0..cell.columns.min(room) {
                from_above.resize(from_above.len().max(row.len() + 1), None);
                from_above[row.len()] = Some((cell, cell.rows - 1));
                row.push(cell);
            }
            if room == 0 {
                row.push(cell);
            }
        }
        for (_, rows) in from_above.iter_mut().skip(row.len()).flatten() {
            *rows = rows.saturating_sub(1);
        }
        row
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_stands_wherever_it_covers() {
        let cell = |text: &str, rows, columns| Cell {
            rows,
            columns,
            ..Cell::new(text, 1)
        };
        let grid = vec![
            vec![cell("a", 2, 1), cell("b", 1, 2), cell("c", 3, 1)],
            vec![cell("d", 1, 1), cell("e", 1, 1)],
            vec![cell("f", 1, 1)],
        ];
        let texts = |row: Vec<&Cell>| row.iter().map(|cell| cell.text.clone()).collect();
        let rows: Vec<Vec<String>> = expanded(&grid).map(texts).collect();
        assert_eq!(
            rows,
            [
                vec!["a", "b", "b", "c"],
                vec!["a", "d", "e", "c"],
                vec!["f"]
            ]
        );
    }
}
