//! Tables whose columns a rule of dashes or of equals signs shows: simple tables of
//! reStructuredText, simple and multi-line ones of pandoc.

use std::ops::Range;

use super::{Lines, Read, split_at_columns, width};
use crate::import::block::{Cell, Grid};

/// Lines of the headings of a multi-line table.
const MAX_HEADING_LINES: usize = 16;

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

/// What starts a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum RowStart {
    EachLine,
    AfterBlankLine,
    /// A line with a text in the first column.
    FirstColumn,
}

/// Where a table stands.
struct RuledTable {
    columns: Vec<Range<usize>>,
    headings: Range<usize>,
    rows: Range<usize>,
    row_start: RowStart,
}

/// The table that begins on the line `at`, counted from 0.
pub fn read(lines: &Lines, at: usize) -> Option<Read> {
    let place = RuledTable::find(lines, at)?;
    let mut grid = Grid::new();
    let read = place.add_rows(lines, &place.headings, &mut grid);
    let headings = grid.len();
    let read = read.and_then(|()| place.add_rows(lines, &place.rows, &mut grid));
    let blocks = read.map(|()| lines.table(grid, headings));
    // A rule or a blank line ends it.
    Some((blocks, place.rows.end + 1))
}

impl RuledTable {
    fn find(lines: &Lines, at: usize) -> Option<Self> {
        let several = |at, mark| rule(lines, at, mark).filter(|columns| columns.len() > 1);
        // A table that has begun looks for a rule in vain only after the last of the page.
        let next = |from, mark| (from..lines.all.len()).find(|at| rule(lines, *at, mark).is_some());
        if let Some(columns) = several(at, '=') {
            // Of reStructuredText, with headings or without.
            let middle = next(at + 1, '=')?;
            let (first, bottom) = if lines.is_blank(middle + 1) {
                (at, middle)
            } else {
                (middle, next(middle + 1, '=')?)
            };
            return Some(RuledTable {
                columns,
                headings: at + 1..first.max(at + 1),
                rows: first + 1..bottom,
                row_start: RowStart::FirstColumn,
            });
        }
        // Of pandoc, between two rules as wide as the table, or with one under its headings.
        let is_multi_line = rule(lines, at, '-').is_some_and(|columns| columns.len() == 1);
        let first = at + usize::from(is_multi_line);
        let most = if is_multi_line { MAX_HEADING_LINES } else { 1 };
        let mut headings = (first..=first + most).take_while(|at| !lines.is_blank(*at));
        let middle = headings.find(|at| *at > first && rule(lines, *at, '-').is_some())?;
        let columns = several(middle, '-')?;
        let is_end = |at: &usize| lines.is_blank(*at) || rule(lines, *at, '-').is_some();
        let (end, row_start) = if is_multi_line {
            (next(middle + 1, '-'), RowStart::AfterBlankLine)
        } else {
            let end = (middle + 1..=lines.all.len()).find(is_end);
            (end, RowStart::EachLine)
        };
        Some(RuledTable {
            columns,
            headings: first..middle,
            rows: middle + 1..end?,
            row_start,
        })
    }

    /// Adds the rows on these lines; else gives the line that does not fit.
    fn add_rows(&self, lines: &Lines, range: &Range<usize>, grid: &mut Grid) -> Result<(), usize> {
        let mut starts_row = true;
        for at in range.clone() {
            let line = lines.get(at).unwrap_or_default();
            if line.trim().is_empty() {
                starts_row = self.row_start == RowStart::AfterBlankLine;
                continue;
            }
            if rule(lines, at, '-').is_some() {
                // It was the reason to merge cells of the line above.
                continue;
            }
            let merged = rule(lines, at + 1, '-');
            let merged = merged.filter(|_| self.row_start == RowStart::FirstColumn);
            let columns = merged.as_ref().unwrap_or(&self.columns);
            let parts = parts(line, columns).ok_or(at)?;
            starts_row |= match self.row_start {
                RowStart::EachLine => true,
                RowStart::AfterBlankLine => false,
                RowStart::FirstColumn => !parts[0].trim().is_empty(),
            };
            if starts_row {
                let cell = |place: &Range<usize>| {
                    let covered = self.columns.iter().filter(|it| place.contains(&it.start));
                    Cell {
                        columns: covered.count(),
                        ..Cell::new("", at + 1)
                    }
                };
                grid.push(columns.iter().map(cell).collect());
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
