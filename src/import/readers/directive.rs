//! Tables that reStructuredText makes of lists and of comma-separated values.

use super::{Line, Lines, Read, delimited};
use crate::import::block::Cell;

/// The directive on the line `at`, counted from 0.
pub fn read(lines: &Lines, at: usize) -> Option<Read> {
    let line = lines.get(at)?;
    let (name, _) = line.trim_start().strip_prefix(".. ")?.split_once("::")?;
    if !["list-table", "csv-table"].contains(&name) {
        return None;
    }
    let indent = |line: &str| line.len() - line.trim_start().len();
    let is_inside = |inner: &str| inner.trim().is_empty() || indent(inner) > indent(line);
    let mut after = at + 1..=lines.all.len();
    let end = after.find(|at| !lines.get(*at).is_some_and(is_inside))?;
    let inner = &lines.all[at + 1..end];
    let blank = inner.iter().position(|line| line.text.trim().is_empty());
    let (options, content) = inner.split_at(blank.unwrap_or(inner.len()));
    let option = |name: &str| {
        let mut options = options.iter();
        let value = options.find_map(|line| line.text.trim().strip_prefix(name))?;
        Some(value.trim())
    };
    let grid = if name == "list-table" {
        listed(content)
    } else {
        let delimiter = match option(":delim:") {
            Some("tab") => '\t',
            text => text.and_then(|text| text.chars().next()).unwrap_or(','),
        };
        let line = lines.all[at];
        let header = option(":header:").map(|text| Line { text, ..line });
        let mut rows = delimited::records(header.as_slice(), delimiter);
        rows.extend(delimited::records(content, delimiter));
        rows
    };
    let headings = option(":header-rows:").and_then(|rows| rows.parse().ok());
    let headings = headings.unwrap_or(usize::from(option(":header:").is_some()));
    Some((Ok(lines.table(grid, headings)), end))
}

/// The rows of a list of lists.
fn listed(content: &[Line]) -> Vec<Vec<Cell>> {
    let mut rows: Vec<Vec<Cell>> = Vec::new();
    // How far the rows are indented.
    let mut indent = None;
    for line in content.iter().filter(|line| !line.text.trim().is_empty()) {
        let text = line.text.trim_start();
        let indented = line.text.len() - text.len();
        let rows_indent = *indent.get_or_insert(indented);
        let row = text.strip_prefix("* ").filter(|_| indented == rows_indent);
        if row.is_some() {
            rows.push(Vec::new());
        }
        let item = row.or(Some(text).filter(|_| indented == rows_indent + 2));
        let cell = item.and_then(|item| item.trim_start().strip_prefix('-'));
        let Some(row) = rows.last_mut() else {
            continue;
        };
        if cell.is_some() {
            row.push(Cell::new("", line.number));
        }
        if let Some(last) = row.last_mut() {
            last.add_line(cell.unwrap_or(text));
        }
    }
    rows
}
