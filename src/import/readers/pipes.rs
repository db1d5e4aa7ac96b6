//! Tables of Markdown: a row a line, with pipes between the cells.

use super::{Lines, Read, prose, table};
use crate::import::block::{Cell, Grid};

/// Marks of a rule at least; a dash alone is an empty cell.
const MIN_MARKS: usize = 3;

/// The table that begins on the line `at`, counted from 0: with pipes at its edges, or
/// with a rule under its headings.
pub fn read(lines: &Lines, at: usize) -> Option<Read> {
    let headings = cells(lines, at)?;
    let is_rule_of = |at: usize, cells: &[Cell]| {
        let rule = self::cells(lines, at).filter(|_| is_rule(lines, at));
        rule.is_some_and(|rule| rule.len() == cells.len())
    };
    let has_rule = is_rule_of(at + 1, &headings);
    if !has_rule && !without_quote(lines.get(at)?).starts_with('|') {
        return None;
    }
    let mut grid = Grid::default();
    let mut next = at;
    loop {
        let Some(mut row) = cells(lines, next) else {
            // A line right under a row may be the rest of it: the row is in doubt.
            match grid.rows.last_mut().filter(|row| row.len() > 1) {
                Some(row) if !ends_table(lines, next) => {
                    row.push(Cell::new(lines.get(next).unwrap_or_default(), next + 1));
                    next += 1;
                    continue;
                }
                _ => break,
            }
        };
        if next > at && is_rule_of(next + 1, &row) && !is_rule(lines, next) {
            break;
        }
        if !is_rule(lines, next) {
            let is_heading = has_rule && next == at;
            for cell in &mut row {
                cell.is_heading = is_heading;
            }
            grid.rows.push(row);
        }
        next += 1;
    }
    Some((Ok(table(grid)), next))
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
    if parts.len() < 2 {
        return None;
    }
    if parts[0].trim().is_empty() {
        parts.remove(0);
    }
    if parts.len() > 1 && parts[parts.len() - 1].trim().is_empty() {
        parts.pop();
    }
    let cell = |part: &&str| Cell::new(&lines.syntax.plain(part.trim()), at + 1);
    Some(parts.iter().map(cell).collect())
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
