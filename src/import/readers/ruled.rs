//! Tables whose columns a rule of dashes or of equals signs shows: simple tables of
//! reStructuredText, simple and multi-line ones of pandoc.

use std::ops::Range;

use super::{Found, Lines, split_at_columns, width};
use crate::import::block::{Cell, Grid};

/// Lines of the headings of a multi-line table.
const MAX_HEADING_LINES: usize = 16;

/// What starts a row.
#[derive(Clone, Copy, PartialEq, Eq)]
enum RowStart {
    EachLine,
    AfterBlankLine,
    /// A line with a text in the first column.
    FirstColumn,
}

/// The table that begins on the line `at`, counted from 0.
pub fn read(lines: &Lines, at: usize) -> Option<Found> {
    let several = |at, mark| rule(lines, at, mark).filter(|columns| columns.len() > 1);
    let is_rule = |at: &usize, mark| rule(lines, *at, mark).is_some();
    // A table that has begun looks for a rule in vain only after the last of the page.
    let next = |from, mark| (from..lines.all.len()).find(|at| is_rule(at, mark));
    if let Some(columns) = several(at, '=') {
        // Of reStructuredText, with headings or without.
        let middle = next(at + 1, '=')?;
        let has_headings = !lines.is_blank(middle + 1);
        let end = if has_headings {
            next(middle + 1, '=')?
        } else {
            middle
        };
        return Some(table(
            lines,
            &columns,
            at + 1..end,
            middle,
            RowStart::FirstColumn,
        ));
    }
    // Of pandoc, between two rules as wide as the table, or with one under its headings.
    let is_multi_line = rule(lines, at, '-').is_some_and(|columns| columns.len() == 1);
    let (first, most, row_start) = if is_multi_line {
        (at + 1, MAX_HEADING_LINES, RowStart::AfterBlankLine)
    } else {
        (at, 1, RowStart::EachLine)
    };
    let mut headings = (first..=first + most).take_while(|at| !lines.is_blank(*at));
    let middle = headings.find(|at| *at > first && is_rule(at, '-'))?;
    let columns = several(middle, '-')?;
    let is_end = |at: &usize| is_rule(at, '-') || !is_multi_line && lines.is_blank(*at);
    let end = (middle + 1..=lines.all.len()).find(is_end)?;
    Some(table(lines, &columns, first..end, middle, row_start))
}

/// The columns that a rule of this mark draws.
fn rule(lines: &Lines, at: usize, mark: char) -> Option<Vec<Range<usize>>> {
    let line = lines.get(at)?.trim_end();
    if line.trim_start().len() < 3 || line.contains(|c| c != mark && c != ' ') {
        return None;
    }
    let mut columns: Vec<Range<usize>> = Vec::new();
    for (at, _) in line.match_indices(mark) {
        match columns.last_mut() {
            Some(last) if last.end == at => last.end += 1,
            _ => columns.push(at..at + 1),
        }
    }
    columns.iter().all(|it| it.len() > 1).then_some(columns)
}

/// The table on these lines, with a rule between headings and rows in the middle.
fn table(
    lines: &Lines,
    columns: &[Range<usize>],
    range: Range<usize>,
    middle: usize,
    row_start: RowStart,
) -> Found {
    let mut grid = Grid::new();
    let mut headings = 0;
    let mut starts_row = true;
    // A rule or a blank line ends it.
    let end = range.end + 1;
    for at in range.clone() {
        if at == middle {
            headings = grid.len();
        }
        if at == middle || lines.is_blank(at) {
            starts_row = at == middle || row_start == RowStart::AfterBlankLine;
            continue;
        }
        // The rule under merged headings.
        if rule(lines, at, '-').is_some() {
            continue;
        }
        let Some(parts) = parts(lines.get(at).unwrap_or_default(), columns) else {
            return lines.misfit(range.start..end, at);
        };
        if starts_row
            || row_start == RowStart::EachLine
            || row_start == RowStart::FirstColumn && !parts[0].trim().is_empty()
        {
            grid.push(vec![Cell::new("", at + 1); columns.len()]);
            starts_row = false;
        }
        for (cell, part) in grid.iter_mut().rev().take(1).flatten().zip(parts) {
            cell.add_line(part);
        }
    }
    (lines.table(grid, headings), end)
}

/// The parts of a line in the columns, if nothing but space stands between these.
fn parts<'l>(line: &'l str, columns: &[Range<usize>]) -> Option<Vec<&'l str>> {
    let starts: Vec<_> = columns.iter().map(|column| column.start).collect();
    let mut parts = split_at_columns(line, &starts);
    let before = parts.remove(0);
    let is_free = |(part, column): (&&str, &Range<usize>)| {
        part.trim_end().chars().map(width).sum::<usize>() <= column.len()
    };
    let mut inner = parts.iter().zip(columns).take(columns.len() - 1);
    (before.trim().is_empty() && inner.all(is_free)).then_some(parts)
}
