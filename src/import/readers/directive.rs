//! Tables that reStructuredText makes of lists and of comma-separated values.

use super::{Line, Lines, Read, delimited, table};
use crate::import::block::{Cell, Grid};

/// The directive on the line `at`, counted from 0.
pub fn read(lines: &Lines, at: usize) -> Option<Read> {
    let line = lines.get(at)?;
    let (name, _) = line.trim_start().strip_prefix(".. ")?.split_once("::")?;
    if !["list-table", "csv-table"].contains(&name) {
        return None;
    }
    let indent = |line: &str| line.len() - line.trim_start().len();
    let is_inside = |at: &usize| match lines.get(*at) {
        Some(inner) => inner.trim().is_empty() || indent(inner) > indent(line),
        None => false,
    };
    let mut after = at + 1..=lines.starts.len();
    let end = after.find(|at| !is_inside(at))?;
    let inner = (at + 1..end).map(|at| Line {
        number: at + 1,
        text: lines.get(at).unwrap_or_default(),
    });
    let (options, content): (Vec<_>, Vec<_>) = {
        let mut inner: Vec<_> = inner.collect();
        let blank = inner.iter().position(|line| line.text.trim().is_empty());
        let content = inner.split_off(blank.unwrap_or(inner.len()));
        (inner, content)
    };
    let option = |name: &str| {
        let mut options = options.iter();
        let value = options.find_map(|line| line.text.trim().strip_prefix(name))?;
        Some(value.trim())
    };
    let mut grid = if name == "list-table" {
        lines.without_markup(Grid {
            rows: listed(&content),
        })
    } else {
        let delimiter = match option(":delim:") {
            Some("tab") => '\t',
            Some(text) => text.chars().next().filter(char::is_ascii).unwrap_or(','),
            None => ',',
        };
        let mut rows = delimited::records(&content, delimiter);
        if let Some(header) = option(":header:") {
            let line = Line {
                number: at + 1,
                text: header,
            };
            rows.splice(0..0, delimited::records(&[line], delimiter));
        }
        lines.without_markup(Grid { rows })
    };
    let headings = option(":header-rows:").and_then(|rows| rows.parse().ok());
    let headings = headings.unwrap_or(usize::from(option(":header:").is_some()));
    for cell in grid.rows.iter_mut().take(headings).flatten() {
        cell.is_heading = true;
    }
    Some((Ok(table(grid)), end))
}

/// The rows of a list of lists.
fn listed(content: &[Line]) -> Vec<Vec<Cell>> {
    let mut rows: Vec<Vec<Cell>> = Vec::new();
    // How far the rows are indented.
    let mut indent = None;
    for line in content.iter().filter(|line| !line.text.trim().is_empty()) {
        let text = line.text.trim_start();
        let indented = line.text.len() - text.len();
        let row = text
            .strip_prefix("* ")
            .filter(|_| indent.is_none_or(|rows| rows == indented));
        let cell = row.map(str::trim_start).or_else(|| {
            let is_cell = indent.is_some_and(|rows| rows + 2 == indented);
            is_cell.then_some(text)
        });
        let cell = cell.and_then(|text| text.strip_prefix('-'));
        if row.is_some() {
            indent = Some(indented);
            rows.push(Vec::new());
        }
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
