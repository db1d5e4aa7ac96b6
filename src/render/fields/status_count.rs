//! How many entries have which HTTP status.

use serde::Serialize;

use super::Fit::{Number, Prose, Word};
use super::slots::{ROW, TABLE, TITLE};
use super::{Field, Record, named_status, status_text};

/// How many entries have an HTTP status.
#[derive(Serialize)]
pub(crate) struct StatusCount {
    /// The HTTP status.
    pub status: u16,
    /// Its standard name.
    pub reason: &'static str,
    /// The number of entries with it.
    pub entries: usize,
}

impl Record for StatusCount {
    const TSV_KEYS: &'static str = "status reason entries";

    fn fields(&self) -> Vec<Field<'_>> {
        vec![
            Field::new("Status", Number, TABLE, [status_text(self.status)]),
            Field::new("Status", Word, TITLE, [named_status(self.status)]),
            Field::new("Reason", Prose, TABLE, [self.reason]),
            Field::new("Entries", Number, ROW, [self.entries.to_string()]),
        ]
    }
}
