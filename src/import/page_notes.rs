//! Collects the notes on a page.

use std::collections::BTreeMap;

use crate::data::Problem;

/// Notes on a page, and how much of it is lost.
#[derive(Debug, Default)]
pub(super) struct PageNotes {
    all: Vec<Problem>,
    /// What several rows have, with the line of the first of these rows and their number.
    alike: BTreeMap<String, (usize, usize)>,
    /// Rows of error tables, and codes in no row, that are not in the catalog.
    pub lost: usize,
}

impl PageNotes {
    /// Notes a row, or a code in no row, and counts it as lost: it could not be read whole, or not
    /// with certainty.
    pub(super) fn remark_loss(&mut self, line: usize, message: impl Into<String>) {
        self.lost += 1;
        self.remark(line, message);
    }

    /// Notes what was left out for a reason, or may surprise.
    pub(super) fn remark(&mut self, line: usize, message: impl Into<String>) {
        self.all.push(Problem { line, column: 1, message: message.into() });
    }

    /// Notes what a row has. Rows that have the same share one note: `2 rows have no status: …`.
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
