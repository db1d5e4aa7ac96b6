//! Records as JSON. The keys and their order are those of the structs: `Entry` (`data::entry`),
//! `Finding` and `Occurrence` (`explain`), and what `fields` adds.

use serde::Serialize;

use crate::sanitize::sanitized_json;

const READABLE: &str = "records have text keys only";

/// Records as an array, readable.
pub fn array<R: Serialize>(records: &[&R]) -> String {
    sanitized_json(serde_json::to_string_pretty(records).expect(READABLE)) + "\n"
}

/// A record as an element of an array, of which the first begins it. It ends with its line,
/// so that it is written at once.
pub fn element<R: Serialize>(record: &R, is_first: bool) -> String {
    let array = array(&[record]);
    let element = array.trim_start_matches('[').trim_end_matches("]\n");
    format!("{}{element}", if is_first { "[" } else { "," })
}

/// A record on a line of its own.
pub fn line(record: &impl Serialize) -> String {
    sanitized_json(serde_json::to_string(record).expect(READABLE)) + "\n"
}
