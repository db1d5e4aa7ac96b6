//! Tables that reStructuredText makes of lists and of comma-separated values.

use super::{Found, Line, Lines, delimited};
use crate::import::block::{Cell, Grid};

fn indent(line: &str) -> usize {
    line.len() - line.trim_start().len()
}

/// The directive on the line `at`, counted from 0.
pub fn read(lines: &Lines, at: usize) -> Option<Found> {
    let line = lines.get(at)?;
    let (name, _) = line.trim_start().strip_prefix(".. ")?.split_once("::")?;
    if !["list-table", "csv-table"].contains(&name) {
        return None;
    }
    let is_inside = |at| {
        lines
            .get(at)
            .is_some_and(|inner| lines.is_blank(at) || indent(inner) > indent(line))
    };
    let end = (at + 1..=lines.all.len()).find(|at| !is_inside(*at))?;
    let blank = (at + 1..end).find(|at| lines.is_blank(*at)).unwrap_or(end);
    let (options, content) = (&lines.all[at + 1..blank], &lines.all[blank..end]);
    let option = |name: &str| {
        let mut options = options.iter();
        options.find_map(|line| Some(line.text.trim().strip_prefix(name)?.trim()))
    };
    let header = option(":header:");
    let grid = if name == "list-table" {
        listed(content)
    } else {
        let delimiter = match option(":delim:") {
            Some("tab") => '\t',
            text => text.and_then(|text| text.chars().next()).unwrap_or(','),
        };
        let header = header.map(|text| Line {
            text,
            ..lines.all[at]
        });
        let mut rows = delimited::records(header.as_slice(), delimiter);
        rows.extend(delimited::records(content, delimiter));
        rows
    };
    let headings = option(":header-rows:").and_then(|rows| rows.parse().ok());
    let headings = headings.unwrap_or(usize::from(header.is_some()));
    Some((lines.table(grid, headings), end))
}

/// The rows of a list of lists.
fn listed(content: &[Line]) -> Grid {
    let mut rows = Grid::new();
    let mut lines = content
        .iter()
        .filter(|line| !line.text.trim().is_empty())
        .peekable();
    let rows_indent = lines.peek().map_or(0, |line| indent(line.text));
    for line in lines {
        let text = line.text.trim_start();
        let row = text
            .strip_prefix("* ")
            .filter(|_| indent(line.text) == rows_indent);
        rows.extend(row.map(|_| Vec::new()));
        let item = row.or(Some(text).filter(|_| indent(line.text) == rows_indent + 2));
        let cell = item.and_then(|item| item.trim_start().strip_prefix('-'));
        if let Some(row) = rows.last_mut() {
            row.extend(cell.map(|_| Cell::new("", line.number)));
            if let Some(last) = row.last_mut() {
                last.add_line(cell.unwrap_or(text));
            }
        }
    }
    rows
}
