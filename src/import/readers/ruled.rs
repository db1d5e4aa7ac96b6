//! Reads tables with a rule of dashes or equals signs that shows the columns: simple tables of
//! reStructuredText, and simple and multi-line tables of pandoc.

use std::ops::Range;

use super::{BlocksUntil, PageLines, split_at_columns, width_of};
use crate::import::block::{Cell, Grid};
use crate::substrings::place_in;

/// The most lines of the headings of a multi-line table.
const MAX_HEADING_LINES: usize = 16;

/// Reads the table that begins on the line `at`, counted from 0.
pub(super) fn read(lines: &PageLines, at: usize) -> Option<BlocksUntil> {
    let columns = |at, mark| rule(lines, at, mark).map_or(0, |columns| columns.len());
    // A table of reStructuredText begins with a rule of equals signs. In pandoc, a multi-line table
    // begins with an unbroken rule, and a simple table has its first rule under the headings.
    let is_rst = columns(at, '=') > 1;
    let is_simple = !is_rst && columns(at, '-') != 1;
    let (mark, max_headings) = match is_simple {
        _ if is_rst => ('=', usize::MAX),
        true => ('-', 1),
        false => ('-', MAX_HEADING_LINES),
    };
    let is_rule = |at: &usize| columns(*at, mark) > 0;
    let first = if is_simple { at } else { at + 1 };
    // For reStructuredText, this searches the page to its end only below the last rule.
    let headings = (first..lines.all.len()).take_while(|at| is_rst || !lines.is_blank(*at));
    let middle = headings.skip(1).take(max_headings).find(is_rule)?;
    let columns = rule(lines, middle, mark).filter(|columns| columns.len() > 1)?;
    let is_end = |at: &usize| is_rule(at) || is_simple && lines.is_blank(*at);
    let end = if is_rst && lines.is_blank(middle + 1) {
        middle
    } else {
        (middle + 1..=lines.all.len()).find(is_end)?
    };
    let mut grid = Grid::new();
    let mut starts_row = true;
    for at in first..end {
        if at == middle || lines.is_blank(at) {
            starts_row = at == middle || !is_rst;
            continue;
        }
        // Skips the rule under merged headings.
        if rule(lines, at, '-').is_some() {
            continue;
        }
        let Some(parts) = parts(lines.get(at)?, &columns) else {
            return Some(lines.misfit(first..end + 1, at));
        };
        if starts_row || is_simple || is_rst && !parts[0].trim().is_empty() {
            grid.push(vec![Cell::new("", at + 1); columns.len()]);
            starts_row = false;
        }
        for (cell, part) in grid.iter_mut().rev().take(1).flatten().zip(parts) {
            cell.add_line(part);
        }
    }
    // If the table has only two rules, all between them is rows.
    let is_heading = |row: &&Vec<Cell>| row[0].line <= middle && middle < end;
    let headings = grid.iter().filter(is_heading).count();
    // A rule or a blank line ends the table.
    Some((lines.table(grid, headings), end + 1))
}

/// The columns that the line shows, if it is a rule of this mark.
fn rule(lines: &PageLines, at: usize, mark: char) -> Option<Vec<Range<usize>>> {
    let line = lines.get(at)?.trim_end();
    if line.trim_start().len() < 3 || line.contains(|c| c != mark && c != ' ') {
        return None;
    }
    let runs = line.split(' ').filter(|run| !run.is_empty());
    let columns: Vec<_> = runs.map(|run| place_in(line, run)).collect();
    columns.iter().all(|it| it.len() > 1).then_some(columns)
}

/// The parts of a line in the columns, if only space is between the columns.
fn parts<'l>(line: &'l str, columns: &[Range<usize>]) -> Option<Vec<&'l str>> {
    let starts: Vec<_> = columns.iter().map(|column| column.start).collect();
    let (margin, parts) = split_at_columns(line, &starts);
    let is_free =
        |(part, column): (&&str, &Range<usize>)| width_of(part.trim_end()) <= column.len();
    let mut inner = parts.iter().zip(columns).take(columns.len() - 1);
    (margin.trim().is_empty() && inner.all(is_free)).then_some(parts)
}
