//! Records as tab-separated values, for programs that know no JSON.

use serde::Serialize;
use serde_json::Value;

use crate::sanitize::sanitized;

/// A cell that starts with one of these is a formula to a spreadsheet.
const FORMULA_STARTS: [char; 8] = ['=', '+', '-', '@', '＝', '＋', '－', '＠'];

/// The header line.
pub(super) fn head(keys: &str) -> String {
    keys.replace(' ', "\t") + "\n"
}

/// The row of a record: what its JSON has under the keys, lists joined by `; `.
pub(super) fn row(keys: &str, record: &impl Serialize) -> String {
    let record = serde_json::to_value(record).expect("records have text keys only");
    let cells = keys.split(' ').map(|key| {
        let keys: Vec<_> = key.split('.').collect();
        cell(&texts(&record, &keys).join("; "))
    });
    cells.collect::<Vec<_>>().join("\t") + "\n"
}

/// The texts at the end of a path of keys.
fn texts(value: &Value, keys: &[&str]) -> Vec<String> {
    match (value, keys) {
        (Value::Array(items), _) => items.iter().flat_map(|item| texts(item, keys)).collect(),
        (Value::Object(members), [key, rest @ ..]) => {
            members.get(*key).map(|member| texts(member, rest)).unwrap_or_default()
        }
        (Value::Object(_) | Value::Null, _) => Vec::new(),
        (Value::String(text), _) => vec![text.clone()],
        (Value::Bool(_) | Value::Number(_), _) => vec![value.to_string()],
    }
}

/// A text as a cell, with a `'` before it if a spreadsheet would otherwise run it.
fn cell(text: &str) -> String {
    let text = sanitized(text);
    let is_formula = text.starts_with(FORMULA_STARTS) && text.chars().nth(1).is_some();
    // A quote may hide a formula behind it, or join the cells up to the next quote.
    let is_taken_apart = is_formula || text.starts_with('"');
    format!("{}{text}", if is_taken_apart { "'" } else { "" })
}

#[cfg(test)]
mod tests {
    use super::cell;

    #[test]
    fn a_spreadsheet_takes_each_cell_as_it_is() {
        for text in ["=1+1", "@a", "＝1", "\"=1+1\"", "\"", "\"a\" is wrong"] {
            assert_eq!(cell(text), format!("'{text}"));
        }
        for text in ["-", "a=1", "a \"b\"", ""] {
            assert_eq!(cell(text), text);
        }
    }
}
