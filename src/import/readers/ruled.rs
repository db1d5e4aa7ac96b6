//! Tables whose columns a rule of dashes or of equals signs shows: simple tables of
//! reStructuredText, simple and multi-line ones of pandoc.

use std::ops::Range;

use super::{Lines, Read, split_at_columns, table, width};
use crate::import::block::{Cell, Grid};

/// Lines of the headings of a multi-line table.
const MAX_HEADING_LINES: usize = 16;

/// The columns that a rule of this mark draws, each with its end.
fn rule(line: &str, mark: char) -> Option<Vec<(usize, usize)>> {
    let line = line.trim_end();
    if line.trim_start().len() < 3 || line.contains(|c| c != mark && c != ' ') {
        return None;
    }
    let mut columns: Vec<(usize, usize)> = Vec::new();
    for (at, _) in line.match_indices(mark) {
        match columns.last_mut() {
            Some((_, end)) if *end == at => *end += 1,
            _ => columns.push((at, at + 1)),
        }
    }
    columns
        .iter()
        .all(|(start, end)| end - start > 1)
        .then_some(columns)
}

/// Where a table stands.
struct RuledTable {
    columns: Vec<(usize, usize)>,
    headings: Range<usize>,
    rows: Range<usize>,
    row_start: RowStart,
    end: usize,
}

/// What starts a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum RowStart {
    EachLine,
    AfterBlankLine,
    /// A line with a text in the first column.
    FirstColumn,
}

/// The table that begins on the line `at`, counted from 0.
pub fn read(lines: &Lines, at: usize) -> Option<Read> {
    let place = simple(lines, at)
        .or_else(|| multi_line(lines, at))
        .or_else(|| simple_of_pandoc(lines, at))?;
    let mut grid = Grid::new();
    let headings = place.add_rows(lines, &place.headings, &mut grid);
    for cell in grid.iter_mut().flatten() {
        cell.is_heading = true;
    }
    let result = headings.and_then(|()| place.add_rows(lines, &place.rows, &mut grid));
    let grid = lines.without_markup(grid);
    Some((result.map(|()| table(grid)), place.end))
}

fn rule_at(lines: &Lines, at: usize, mark: char) -> Option<Vec<(usize, usize)>> {
    rule(lines.get(at)?, mark)
}

/// The first of these lines that is a rule. A table that has begun looks for one in vain
/// only after the last of the page.
fn next_rule(lines: &Lines, from: usize, mark: char) -> Option<usize> {
    (from..lines.starts.len()).find(|at| rule_at(lines, *at, mark).is_some())
}

/// The columns of a rule that draws more than one.
fn columns_at(lines: &Lines, at: usize, mark: char) -> Option<Vec<(usize, usize)>> {
    rule_at(lines, at, mark).filter(|columns| columns.len() > 1)
}

/// A simple table of reStructuredText.
fn simple(lines: &Lines, at: usize) -> Option<RuledTable> {
    let columns = columns_at(lines, at, '=')?;
    let middle = next_rule(lines, at + 1, '=')?;
    let (headings, rows) = if lines.is_blank(middle + 1) {
        (at + 1..at + 1, at + 1..middle)
    } else {
        (
            at + 1..middle,
            middle + 1..next_rule(lines, middle + 1, '=')?,
        )
    };
    Some(RuledTable {
        columns,
        end: rows.end + 1,
        headings,
        rows,
        row_start: RowStart::FirstColumn,
    })
}

/// A multi-line table of pandoc, between two rules as wide as the table.
fn multi_line(lines: &Lines, at: usize) -> Option<RuledTable> {
    rule_at(lines, at, '-').filter(|columns| columns.len() == 1)?;
    let middle = (at + 1..at + 2 + MAX_HEADING_LINES)
        .take_while(|at| !lines.is_blank(*at))
        .find(|at| rule_at(lines, *at, '-').is_some())?;
    let columns = columns_at(lines, middle, '-')?;
    let bottom = next_rule(lines, middle + 1, '-')?;
    Some(RuledTable {
        columns,
        headings: at + 1..middle,
        rows: middle + 1..bottom,
        row_start: RowStart::AfterBlankLine,
        end: bottom + 1,
    })
}

/// A simple table of pandoc: headings, a rule, and each row on a line.
fn simple_of_pandoc(lines: &Lines, at: usize) -> Option<RuledTable> {
    let columns = columns_at(lines, at + 1, '-').filter(|_| !lines.is_blank(at))?;
    let is_end = |at: &usize| lines.is_blank(*at) || rule_at(lines, *at, '-').is_some();
    let end = (at + 2..=lines.starts.len()).find(is_end)?;
    Some(RuledTable {
        columns,
        headings: at..at + 1,
        rows: at + 2..end,
        row_start: RowStart::EachLine,
        end,
    })
}

impl RuledTable {
    /// Adds the rows on these lines; else gives the line that does not fit.
    fn add_rows(&self, lines: &Lines, range: &Range<usize>, grid: &mut Grid) -> Result<(), usize> {
        let columns = &self.columns;
        let mut starts_row = true;
        for at in range.clone() {
            let line = lines.get(at).unwrap_or_default();
            if line.trim().is_empty() {
                starts_row = self.row_start == RowStart::AfterBlankLine;
                continue;
            }
            if rule(line, '-').is_some() {
                // It was the reason to merge cells of the line above.
                continue;
            }
            let merged = rule_at(lines, at + 1, '-');
            let merged = merged.filter(|_| self.row_start == RowStart::FirstColumn);
            let columns_here = merged.as_ref().unwrap_or(columns);
            let parts = parts(line, columns_here).ok_or(at)?;
            starts_row |= match self.row_start {
                RowStart::EachLine => true,
                RowStart::AfterBlankLine => false,
                RowStart::FirstColumn => !parts[0].trim().is_empty(),
            };
            if starts_row {
                let cell = |(start, end): &(usize, usize)| {
                    let covered = columns.iter().filter(|(at, _)| (start..end).contains(&at));
                    Cell {
                        columns: covered.count(),
                        ..Cell::new("", at + 1)
                    }
                };
                grid.push(columns_here.iter().map(cell).collect());
            }
            starts_row = false;
            let row = grid.last_mut().filter(|row| row.len() == parts.len());
            for (cell, part) in row.ok_or(at)?.iter_mut().zip(parts) {
                cell.add_line(part);
            }
        }
        Ok(())
    }
}

/// The parts of a line in the columns, if nothing but space stands between these.
fn parts<'l>(line: &'l str, columns: &[(usize, usize)]) -> Option<Vec<&'l str>> {
    let starts: Vec<_> = columns.iter().map(|(start, _)| *start).collect();
    let parts = split_at_columns(line, &starts);
    let (before, parts) = parts.split_first()?;
    let is_free = |(part, (start, end)): (&&str, &(usize, usize))| {
        part.trim_end().chars().map(width).sum::<usize>() <= end - start
    };
    let inner = parts.iter().zip(columns).take(columns.len() - 1);
    (before.trim().is_empty() && inner.into_iter().all(is_free)).then(|| parts.to_vec())
}
