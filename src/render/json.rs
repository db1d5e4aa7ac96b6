//! Records as JSON. The keys and their order are those of the structs: `Entry` (`data::entry`),
//! `Hit` (`search`), `Finding` and `Occurrence` (`explain`), and the records that `fields` defines.

use serde::Serialize;

use crate::sanitize::sanitized_json;

const TEXT_KEYS: &str = "records have text keys only";

/// Records as an array, pretty-printed.
pub(super) fn array<R: Serialize>(records: &[&R]) -> String {
    sanitized_json(serde_json::to_string_pretty(records).expect(TEXT_KEYS)) + "\n"
}

/// A record as an element of an array that is written piece by piece: after `[` if it is the first,
/// else after `,`. `Output` ends the array.
pub(super) fn element<R: Serialize>(record: &R, is_first: bool) -> String {
    let array = array(&[record]);
    let element = array.trim_start_matches('[').trim_end_matches("]\n");
    format!("{}{element}", if is_first { "[" } else { "," })
}

/// A record on a line of its own.
pub(super) fn line(record: &impl Serialize) -> String {
    sanitized_json(serde_json::to_string(record).expect(TEXT_KEYS)) + "\n"
}
