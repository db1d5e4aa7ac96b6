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

    fn fields() -> Vec<Field<Self>> {
        vec![
            Field::new("Status", Fit::Number, TABLE, |count| status(count.status)),
            Field::new("Status", Fit::Word, TITLE, |count| {
                named_status(count.status)
            }),
            Field::new("Reason", Fit::Text, TABLE, |count| plain(count.reason)),
            Field::new("Entries", Fit::Number, TABLE | NARROW | LINE, |count| {
                plain(count.entries.to_string())
            }),
        ]
    }
}
