//! Records as JSON. What the records serialise to is the interface.

use serde::Serialize;

use crate::sanitize::escape_json;

/// One array, readable; `[]` where there are no records.
pub fn array<T: Serialize>(records: &[T]) -> String {
    let json = serde_json::to_string_pretty(records).expect("records have text keys only");
    escape_json(json) + "\n"
}

/// From an array of one element, as [`array`] makes it, the next piece of an array
/// that is written element by element.
pub fn next_of_array(array: &str, is_first: bool) -> String {
    let element = array
        .trim_start_matches(['[', '\n'])
        .trim_end_matches(['\n', ']']);
    let start = if is_first { "[" } else { "," };
    // It ends with its line, so that it is written at once.
    format!("{start}\n{element}\n")
}

/// One object a line.
pub fn lines<T: Serialize>(records: &[T]) -> String {
    let mut lines = String::new();
    for record in records {
        let json = serde_json::to_string(record).expect("records have text keys only");
        lines += &escape_json(json);
        lines.push('\n');
    }
    lines
}
