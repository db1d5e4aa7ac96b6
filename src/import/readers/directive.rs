//! Reads the directives `list-table` and `csv-table` of reStructuredText.

use super::{BlocksUntil, PageLines, delimited};
use crate::import::block::{Cell, Grid};
use crate::substrings::indent;

/// Reads the `list-table` or `csv-table` on the line `at`, counted from 0.
pub(super) fn read(lines: &PageLines, at: usize) -> Option<BlocksUntil> {
    let line = lines.get(at)?;
    let (name, _) = line.trim_start().strip_prefix(".. ")?.split_once("::")?;
    if !["list-table", "csv-table"].contains(&name) {
        return None;
    }
    let is_inside = |inner: &&&str| inner.trim().is_empty() || indent(inner) > indent(line);
    let length = lines.all[at + 1..].iter().take_while(is_inside).count();
    let inside = &lines.all[at + 1..][..length];
    let blank = inside.iter().position(|line| line.trim().is_empty());
    let (options, content) = inside.split_at(blank.unwrap_or(length));
    let first = at + 1 + options.len();
    let option =
        |name: &str| options.iter().find_map(|line| Some(line.trim().strip_prefix(name)?.trim()));
    let header = option(":header:");
    let delimiter = match option(":delim:") {
        Some("tab") => '\t',
        text => text.and_then(|text| text.chars().next()).unwrap_or(','),
    };
    let grid = if name == "list-table" {
        rows_of_list(content, first)
    } else {
        let header = delimited::rows(header.as_slice(), at, delimiter);
        header.chain(delimited::rows(content, first, delimiter)).collect()
    };
    let heading_rows = option(":header-rows:").and_then(|rows| rows.parse().ok());
    let heading_rows = heading_rows.unwrap_or(usize::from(header.is_some()));
    Some((lines.table(grid, heading_rows), at + 1 + length))
}

/// Reads the rows of a list of lists. `at` is its first line, counted from 0.
fn rows_of_list(content: &[&str], at: usize) -> Grid {
    let mut rows = Grid::new();
    let mut row_indent = None;
    for (number, line) in (at + 1..).zip(content).filter(|(_, line)| !line.trim().is_empty()) {
        let indent = indent(line);
        let row_indent = *row_indent.get_or_insert(indent);
        let mut text = line.trim_start();
        let starts_row = indent == row_indent && text.starts_with("* ");
        if starts_row {
            rows.push(Vec::new());
            text = text[1..].trim_start();
        }
        let Some(row) = rows.last_mut() else { continue };
        // The dash of each further cell is right below the dash in "* - ".
        let first_text = text.strip_prefix('-').filter(|_| starts_row || indent == row_indent + 2);
        row.extend(first_text.map(|_| Cell::new("", number)));
        if let Some(last) = row.last_mut() {
            last.add_line(first_text.unwrap_or(text));
        }
    }
    rows
}
