//! What every format of a page gives: cells with their lines, and tables of them.

use std::borrow::Cow;

use super::headings::Columns;
use crate::data::truncated_to;

/// Characters of a cell that a problem quotes at most.
const MOST_QUOTED: usize = 60;

/// Characters without a width that browsers copy along.
const INVISIBLE: [char; 4] = ['\u{200b}', '\u{2060}', '\u{feff}', '\u{ad}'];
/// What authors write into a cell that has nothing to say.
const PLACEHOLDERS: [&str; 10] = [
    "-", "--", "—", "–", "/", "n/a", "none", "none.", "无", "无。",
];

/// A cell of a table, or a paragraph that may be one.
#[derive(Debug, Clone)]
pub struct Cell {
    /// Its text on one line, with single spaces.
    pub text: String,
    /// The line that it starts on, counted from 1.
    pub line: usize,
}

impl Cell {
    pub fn new(text: &str, line: usize) -> Self {
        let mut cell = Cell {
            text: String::new(),
            line,
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

    /// What the cell says: nothing where it holds a placeholder such as `N/A`.
    pub fn value(&self) -> &str {
        let is_placeholder = PLACEHOLDERS.contains(&self.text.to_lowercase().as_str());
        if is_placeholder { "" } else { &self.text }
    }

    /// The text as a problem quotes it.
    pub fn shortened(&self) -> Cow<'_, str> {
        truncated_to(&self.text, MOST_QUOTED)
    }
}

/// A table of a page: the columns that its headings name, and its rows of cells.
#[derive(Debug)]
pub struct Table {
    pub columns: Columns,
    pub rows: Vec<Vec<Cell>>,
}
