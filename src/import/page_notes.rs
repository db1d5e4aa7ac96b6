//! Collects the notes on a page.

use std::collections::BTreeMap;

use crate::data::Problem;

/// Notes on a page, and how many of its rows are lost.
#[derive(Debug, Default)]
pub(super) struct PageNotes {
    all: Vec<Problem>,
    /// What rows have, with the line of the first of them and how many they are.
    alike: BTreeMap<String, (usize, usize)>,
    /// Rows of error tables that are not in the catalog.
    pub lost: usize,
}

impl PageNotes {
    /// Counts a row as lost: it could not be read whole, or not with certainty.
    pub(super) fn lose(&mut self, line: usize, message: impl Into<String>) {
        self.lost += 1;
        self.remark(line, message);
    }

    /// Something was left out for a reason, or may surprise.
    pub(super) fn remark(&mut self, line: usize, message: impl Into<String>) {
        self.all.push(Problem { line, column: 1, message: message.into() });
    }

    /// A row has something that others may have, too: one remark counts them.
    pub(super) fn row_has(&mut self, line: usize, what: impl Into<String>) {
        self.alike.entry(what.into()).or_insert((line, 0)).1 += 1;
    }

    /// The notes in the order of the page.
    pub(super) fn into_list(mut self) -> Vec<Problem> {
        for (what, (line, count)) in std::mem::take(&mut self.alike) {
            let have = if count == 1 { "row has" } else { "rows have" };
            self.remark(line, format!("{count} {have} {what}"));
        }
        self.all.sort_by_key(|note| note.line);
        self.all
    }
}
