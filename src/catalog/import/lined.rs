//! Tables whose rows are lines: Markdown and tab-separated values.

use super::cell::{Cell, Table};
use super::headings::{Columns, looks_like_heading};
use super::{Report, list, markdown, tsv};

/// The tables of a page that stand in lines.
pub struct Lined {
    pub tables: Vec<Table>,
    /// For each line of the page, whether one of them has it.
    pub taken: Vec<bool>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Format {
    Markdown,
    Tabs,
}

impl Format {
    /// The cells of the row on the line `at`, counted from 0, and the line after it.
    fn row(self, lines: &[&str], at: usize) -> Option<(Vec<Cell>, usize)> {
        match self {
            Format::Markdown => Some((markdown::cells(lines[at], at + 1)?, at + 1)),
            Format::Tabs => tsv::record(lines, at),
        }
    }
}

/// Finds the tables whose headings are known and reads their rows.
pub fn tables(lines: &[&str], report: &mut Report) -> Lined {
    let mut found = Lined {
        tables: Vec::new(),
        taken: vec![false; lines.len()],
    };
    let mut at = 0;
    while at < lines.len() {
        let Some((format, columns, next)) = headings(lines, at, &found.taken) else {
            at += 1;
            continue;
        };
        let mut reader = Reader {
            lines,
            format,
            table: Table {
                columns,
                rows: Vec::new(),
            },
            report,
        };
        let end = reader.read(next);
        found.tables.push(reader.table);
        found.taken[at..end].fill(true);
        at = end;
    }
    found
}

/// The headings on the line `at`, and the line after them.
fn headings(lines: &[&str], at: usize, taken: &[bool]) -> Option<(Format, Columns, usize)> {
    [Format::Markdown, Format::Tabs]
        .into_iter()
        .find_map(|format| {
            let (cells, next) = format.row(lines, at)?;
            let columns = Columns::of(&cells)?;
            let has_rule = rule_of(lines, next, &cells);
            // A row of another table can look like headings; those stand at its start.
            let starts_table = at == 0 || taken[at - 1] || !is_row(lines, at - 1, format);
            let has_pipe = markdown::has_outer_pipe(lines[at]) || at > 0 && taken[at - 1];
            let is_table = match format {
                Format::Markdown => has_rule || starts_table && has_pipe,
                Format::Tabs => starts_table && are_headings(&cells),
            };
            is_table.then_some((format, columns, next + usize::from(has_rule)))
        })
}

/// Whether the line `at` is a row with more than a caption in it.
fn is_row(lines: &[&str], at: usize, format: Format) -> bool {
    let filled = |(cells, _): (Vec<Cell>, _)| {
        let filled = cells.iter().filter(|cell| !cell.text.is_empty());
        filled.count()
    };
    format.row(lines, at).map_or(0, filled) > 1
}

/// Whether the line `at` is the rule under the headings `cells`.
fn rule_of(lines: &[&str], at: usize, cells: &[Cell]) -> bool {
    let rule = lines.get(at).filter(|line| markdown::is_rule(line));
    rule.and_then(|line| markdown::cells(line, at + 1))
        .is_some_and(|rule| rule.len() == cells.len())
}

fn are_headings(cells: &[Cell]) -> bool {
    cells
        .iter()
        .all(|cell| cell.text.is_empty() || looks_like_heading(&cell.text))
}

/// Reads the rows of a table.
struct Reader<'l, 'r> {
    lines: &'l [&'l str],
    format: Format,
    table: Table,
    report: &'r mut Report,
}

impl Reader<'_, '_> {
    /// Reads the rows from the line `at` on. Returns the line where the table ends.
    fn read(&mut self, mut at: usize) -> usize {
        let mut end = at;
        let mut after_gap = false;
        while let Some(line) = self.lines.get(at) {
            let is_empty = line.trim().is_empty();
            if is_empty || markdown::is_rule(line) {
                after_gap |= is_empty;
                at += 1;
                continue;
            }
            let next = match self.format.row(self.lines, at) {
                Some((cells, next)) => self.add_row(cells, next, after_gap).then_some(next),
                None if after_gap => None,
                None => self.add_line(at).then_some(at + 1),
            };
            let Some(next) = next else {
                break;
            };
            (at, end, after_gap) = (next, next, false);
        }
        end
    }

    /// Adds the cells of a line that the line `next` follows, unless they are those of
    /// another table.
    fn add_row(&mut self, cells: Vec<Cell>, next: usize, after_gap: bool) -> bool {
        let columns = &self.table.columns;
        let is_headings = are_headings(&cells) && Columns::of(&cells).is_some();
        if is_headings || rule_of(self.lines, next, &cells) {
            return false;
        }
        // Any two lines with a tab could be two tables.
        let starts_row = columns.starts_row(&cells);
        if after_gap && self.format == Format::Tabs && !starts_row {
            return false;
        }
        let is_rest = |row: &&mut Vec<Cell>| {
            let joined = row.len() + cells.len() - 1;
            self.format == Format::Tabs && !starts_row && joined <= columns.row_length(row)
        };
        match self.table.rows.last_mut().filter(is_rest) {
            Some(row) => join(row, cells),
            None => self.table.rows.push(cells),
        }
        true
    }

    /// Adds a line without separators: it can only be more of the cell above it. Tells
    /// it unless it is sure to be that.
    fn add_line(&mut self, at: usize) -> bool {
        let line = Cell::new(self.lines[at], at + 1);
        let row = self.table.rows.last_mut();
        let Some(row) = row.filter(|_| !list::ends_table(&line.text)) else {
            return false;
        };
        let is_cut = row.len() < self.table.columns.row_length(row);
        let Some(last) = row.last_mut() else {
            return false;
        };
        let is_sure = is_cut || list::goes_on(&last.text, &line.text);
        let is_title = list::is_sentence(&last.text) && !list::is_sentence(&line.text);
        if !is_sure {
            let text = line.shortened();
            let what = if is_title {
                "is not in a row of the table"
            } else {
                "is read as more of the row above"
            };
            self.report.problem(line.line, format!("'{text}' {what}"));
        }
        if is_sure || !is_title {
            last.extend(&line.text);
        }
        true
    }
}

/// Joins the cells of a row that a line end in one of them broke.
fn join(row: &mut Vec<Cell>, cells: Vec<Cell>) {
    let mut cells = cells.into_iter();
    if let (Some(last), Some(first)) = (row.last_mut(), cells.next()) {
        last.extend(&first.text);
    }
    row.extend(cells);
}
