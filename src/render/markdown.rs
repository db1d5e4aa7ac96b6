//! Records as a Markdown table, fit for an issue or a ticket.

use super::record::{Kind, Record};
use super::style::Ink;

/// What Markdown or the HTML in it would read as markup.
const MARKUP: &[char] = &['\\', '|', '*', '`', '<', '>', '[', ']', '~', '&'];

/// A header, the rule under it, one row a record.
pub fn table(kind: &Kind, records: &[&dyn Record]) -> String {
    let mut rows = row(kind.columns.iter().map(|column| column.heading.to_owned()));
    rows += &row(kind.columns.iter().map(|_| "---".to_owned()));
    for record in records {
        let cells = record.cells();
        rows += &row(cells.iter().map(|cell| quoted(&cell.marked(Ink::Plain))));
    }
    rows
}

fn row(cells: impl Iterator<Item = String>) -> String {
    let cells: Vec<_> = cells.collect();
    format!("| {} |\n", cells.join(" | "))
}

fn quoted(text: &str) -> String {
    let mut quoted = String::with_capacity(text.len());
    for c in text.chars() {
        if MARKUP.contains(&c) {
            quoted.push('\\');
        }
        quoted.push(c);
    }
    quoted
}
