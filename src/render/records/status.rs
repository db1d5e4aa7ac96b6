//! How many entries have which HTTP status.

use serde::Serialize;

use super::{named_status, plain, status};
use crate::render::record::places::{LINE, NARROW, TABLE, TITLE};
use crate::render::record::{Field, Fit, Record};

/// How many entries have an HTTP status.
#[derive(Serialize)]
pub struct StatusCount {
    /// The HTTP status.
    pub status: u16,
    /// Its standard name.
    pub reason: &'static str,
    /// The number of entries with it.
    pub entries: usize,
}

impl Record for StatusCount {
    const KEYS: &'static str = "status reason entries";

    fn fields(&self) -> Vec<Field<'_>> {
        vec![
            Field::new("Status", Fit::Number, TABLE, status(self.status)),
            Field::new("Status", Fit::Word, TITLE, named_status(self.status)),
            Field::new("Reason", Fit::Text, TABLE, plain(self.reason)),
            Field::new(
                "Entries",
                Fit::Number,
                TABLE | NARROW | LINE,
                plain(self.entries.to_string()),
            ),
        ]
    }
}
