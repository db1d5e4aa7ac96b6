//! The notes on a page.

use std::collections::{BTreeMap, HashSet};

use crate::data::Problem;

/// Notes on a page, and how many of its rows are lost.
#[derive(Debug, Default)]
pub struct PageReport {
    notes: Vec<Problem>,
    /// The remarks that are made once.
    made: HashSet<String>,
    /// What several rows have, with the line of the first and how many they are.
    alike: BTreeMap<String, (usize, usize)>,
    /// Rows of error tables that are not in the catalog.
    pub lost: usize,
}

impl PageReport {
    /// A row that could not be read whole, or not with certainty.
    pub fn lost(&mut self, line: usize, message: impl Into<String>) {
        self.lost += 1;
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

    /// A row has something that others may have, too: one remark counts them.
    pub fn remark_like_others(&mut self, line: usize, what: &str) {
        self.alike.entry(what.to_owned()).or_insert((line, 0)).1 += 1;
    }

    /// The notes in the order of the page.
    pub fn notes(mut self) -> Vec<Problem> {
        for (what, (line, count)) in std::mem::take(&mut self.alike) {
            let have = if count == 1 { "row has" } else { "rows have" };
            self.remark(line, format!("{count} {have} {what}"));
        }
        self.notes.sort_by_key(|note| note.line);
        self.notes
    }
}
