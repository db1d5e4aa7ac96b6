//! The notes on a page.

use std::collections::HashSet;

use crate::data::Problem;

/// Notes on a page, and how many of its rows are lost.
#[derive(Debug, Default)]
pub struct PageReport {
    notes: Vec<Problem>,
    /// The remarks that are made once.
    made: HashSet<String>,
    /// Rows of error tables that are not in the catalog.
    pub lost: usize,
}

impl PageReport {
    /// A row that could not be read whole, or not with certainty.
    pub fn lost(&mut self, line: usize, message: impl Into<String>) {
        self.lost_several(line, 1, message);
    }

    /// Several rows with the same reason, the first of them on the line.
    pub fn lost_several(&mut self, line: usize, rows: usize, message: impl Into<String>) {
        self.lost += rows;
        self.remark(line, message);
    }

    /// Something was filled in, left out for a reason, or may surprise.
    pub fn remark(&mut self, line: usize, message: impl Into<String>) {
        self.notes.push(Problem {
            line,
            column: 1,
            message: message.into(),
        });
    }

    /// A remark that is made where it is true for the first time.
    pub fn remark_once(&mut self, line: usize, message: &str) {
        if self.made.insert(message.to_owned()) {
            self.remark(line, message);
        }
    }

    /// The notes in the order of the page.
    pub fn notes(mut self) -> Vec<Problem> {
        self.notes.sort_by_key(|note| note.line);
        self.notes
    }
}
