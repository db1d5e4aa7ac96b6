//! Records as JSON. What the records serialise to is the interface.

use serde::Serialize;

use crate::sanitize::escape_json;

const READABLE: &str = "records have text keys only";

/// A record as an element of an array, readable, without what stands around it.
pub fn element(record: &impl Serialize) -> String {
    let array = serde_json::to_string_pretty(&[record]).expect(READABLE);
    let element = array.trim_start_matches("[\n").trim_end_matches("\n]");
    escape_json(element.to_owned())
}

/// A record on a line of its own.
pub fn line(record: &impl Serialize) -> String {
    escape_json(serde_json::to_string(record).expect(READABLE)) + "\n"
}
