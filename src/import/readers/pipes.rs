//! Tables of Markdown: a row a line, with pipes between the cells.

use super::{Lines, Read, prose};
use crate::import::block::Cell;

/// Marks of a rule at least; a dash alone is an empty cell.
const MIN_MARKS: usize = 3;

/// The table that begins on the line `at`, counted from 0: with pipes at its edges, or
/// with a rule under its headings.
pub fn read(lines: &Lines, at: usize) -> Option<Read> {
    let headings = cells(lines, at)?;
    let is_over_rule = |at: usize, row: &[Cell]| {
        let rule = is_rule(lines, at + 1).then(|| cells(lines, at + 1));
        rule.flatten().is_some_and(|rule| rule.len() == row.len())
    };
    let has_rule = is_over_rule(at, &headings);
    if !has_rule && !without_quote(lines.get(at)?).starts_with('|') {
        return None;
    }
    let mut rows: Vec<Vec<Cell>> = Vec::new();
    let mut next = at;
    loop {
        match cells(lines, next) {
            Some(_) if is_rule(lines, next) => {}
            Some(row) if next > at && is_over_rule(next, &row) => break,
            Some(row) => rows.push(row),
            // A line right under a row may be the rest of it: the row is in doubt.
            None => match rows.last_mut().filter(|row| row.len() > 1) {
                Some(row) if !ends_table(lines, next) => {
                    row.push(Cell::new(lines.get(next).unwrap_or_default(), next + 1));
                }
                _ => break,
            },
        }
        next += 1;
    }
    Some((Ok(lines.table(rows, usize::from(has_rule))), next))
}

/// Whether a line without pipes is none of the table above it.
fn ends_table(lines: &Lines, at: usize) -> bool {
    let line = lines.get(at).unwrap_or_default().trim();
    line.is_empty() || line.starts_with(['#', '<', '>', '`', '~', ':']) || prose::ends_table(line)
}

/// The cells of a line with pipes at its ends or only between them, in a block quote or
/// not.
fn cells(lines: &Lines, at: usize) -> Option<Vec<Cell>> {
    let mut parts = split(without_quote(lines.get(at)?));
    let is_blank = |part: Option<&&str>| part.is_some_and(|part| part.trim().is_empty());
    if parts.len() < 2 {
        return None;
    }
    if is_blank(parts.first()) {
        parts.remove(0);
    }
    if parts.len() > 1 && is_blank(parts.last()) {
        parts.pop();
    }
    let cells = parts.iter().map(|part| Cell::new(part, at + 1));
    Some(cells.collect())
}

/// Whether a line is the rule between the headings of a table and its rows.
fn is_rule(lines: &Lines, at: usize) -> bool {
    let line = without_quote(lines.get(at).unwrap_or_default());
    let marks = line.matches(['-', '=', '|']).count();
    marks >= MIN_MARKS && line.chars().all(|c| "-=:|+ ".contains(c)) && line.contains(['-', '='])
}

/// The line without the marks of a block quote before a table.
fn without_quote(line: &str) -> &str {
    let line = line.trim();
    let rest = line.trim_start_matches(['>', ' ']);
    if rest.starts_with('|') { rest } else { line }
}

/// The parts between pipes that no backslash stands before.
fn split(line: &str) -> Vec<&str> {
    let mut parts = Vec::new();
    let mut start = 0;
    let mut is_escaped = false;
    for (at, c) in line.char_indices() {
        if c == '|' && !is_escaped {
            parts.push(&line[start..at]);
            start = at + 1;
        }
        is_escaped = c == '\\' && !is_escaped;
    }
    parts.push(&line[start..]);
    parts
}
