//! Rows of cells under columns: what the page says of each error code.

use super::cell::{Cell, Table};
use super::headings::{Column, Columns};
use super::{DEFAULT_STATUS, Report, value};
use crate::data::words::is_number;

/// What a page says of one error code. Texts are empty where it says nothing.
#[derive(Debug, Default)]
pub struct Row {
    /// The line that it starts on.
    pub line: usize,
    pub code: String,
    pub status: u16,
    /// Whether the status is that of a row above it.
    pub status_is_from_above: bool,
    pub message: String,
    pub description: String,
    pub solution: String,
}

/// Reads the rows of a table and tells which are no entries, and which columns and
/// values are missing.
pub fn rows(table: &Table, report: &mut Report) -> Vec<Row> {
    let mut rows = Vec::new();
    let mut statuses = Statuses::default();
    for cells in &table.rows {
        let cells = without_empty_end(cells, table.columns.len());
        let Some(first) = cells.iter().find(|cell| !cell.text.is_empty()) else {
            continue;
        };
        match row(&table.columns, cells, &mut statuses) {
            Ok(row) => rows.push(row),
            Err(reason) => report.problem(first.line, labelled(cells, &reason)),
        }
    }
    let is_blank = |cells: &Vec<Cell>| cells.iter().all(|cell| cell.text.is_empty());
    if table.rows.iter().all(is_blank) {
        let line = table.columns.line();
        report.problem(
            line,
            "the headings of an error table, but no row right under them that fits",
        );
    }
    if !rows.is_empty() {
        tell_columns(table, report);
        tell_gaps(&rows, &table.columns, report);
    }
    rows
}

/// The cells without the empty ones that a spreadsheet adds at the end.
fn without_empty_end(cells: &[Cell], length: usize) -> &[Cell] {
    let filled = cells.iter().rposition(|cell| !cell.text.is_empty());
    &cells[..cells
        .len()
        .min(length.max(filled.map_or(0, |last| last + 1)))]
}

/// What is wrong with a row, after the code in it.
fn labelled(cells: &[Cell], reason: &str) -> String {
    let code = cells.iter().find_map(|cell| value::code(&cell.text));
    code.map_or_else(|| reason.to_owned(), |code| format!("{code}: {reason}"))
}

fn row(columns: &Columns, cells: &[Cell], statuses: &mut Statuses) -> Result<Row, String> {
    let status = statuses.next(columns, cells);
    let kinds = columns
        .under(cells)
        .inspect_err(|_| statuses.doubt(cells))?;
    let text = |column| joined(&kinds, cells, column);
    let code = text(Column::Code);
    if code.is_empty() {
        let first = cells.iter().find(|cell| !cell.text.is_empty());
        let first = first.map(Cell::shortened).unwrap_or_default();
        return Err(format!("'{first}' is in a row without an error code"));
    }
    let code = value::code(&code)
        .ok_or_else(|| format!("'{code}' is not an error code: a name, a dot and digits"))?;
    let (status, status_is_from_above) = match status {
        Status::Own(status) => (status, false),
        Status::FromAbove(status) => (status, true),
        Status::Missing => return Err("no HTTP status".to_owned()),
        Status::Wrong(text) => return Err(format!("'{text}' is not an HTTP status")),
    };
    let row = Row {
        line: cells[0].line,
        code: code.to_owned(),
        status,
        status_is_from_above,
        message: text(Column::Message),
        description: text(Column::Description),
        solution: text(Column::Solution),
    };
    if row.message.is_empty() && row.description.is_empty() {
        return Err("neither a message nor a description".to_owned());
    }
    for text in [&row.message, &row.description, &row.solution] {
        if value::code(text).is_some() || text.len() == 3 && is_number(text) {
            return Err(format!("'{text}' where a text should be"));
        }
    }
    Ok(row)
}

/// What the cells under the columns of one kind say.
fn joined(kinds: &[Option<Column>], cells: &[Cell], column: Column) -> String {
    let of_kind = kinds
        .iter()
        .zip(cells)
        .filter(|(kind, _)| **kind == Some(column));
    let values = of_kind.map(|(_, cell)| cell.value());
    let values: Vec<_> = values.filter(|value| !value.is_empty()).collect();
    values.join(" ")
}

/// The status of a row.
enum Status {
    Own(u16),
    FromAbove(u16),
    Missing,
    Wrong(String),
}

/// The statuses of a table. A cell that is empty or missing was merged with the one
/// above it.
#[derive(Default)]
struct Statuses {
    last: Option<u16>,
}

impl Statuses {
    fn next(&mut self, columns: &Columns, cells: &[Cell]) -> Status {
        if !columns.has(Column::Status) {
            return Status::Own(DEFAULT_STATUS);
        }
        let text = columns.status_cell(cells).map_or("", Cell::value);
        if text.is_empty() {
            return self.last.map_or(Status::Missing, Status::FromAbove);
        }
        self.last = value::status(text);
        let wrong = || Status::Wrong(text.to_owned());
        self.last.map_or_else(wrong, Status::Own)
    }

    /// In a row with too many cells, another may be the status of the next.
    fn doubt(&mut self, cells: &[Cell]) {
        if cells
            .iter()
            .skip(1)
            .any(|cell| value::status(&cell.text).is_some())
        {
            self.last = None;
        }
    }
}

/// Tells which columns of a table are not read, and what stands for those that are not
/// there.
fn tell_columns(table: &Table, report: &mut Report) {
    let columns = &table.columns;
    for (place, (heading, kind)) in columns.named().enumerate() {
        let is_filled =
            |cells: &Vec<Cell>| cells.len() == columns.len() && !cells[place].value().is_empty();
        if kind.is_none() && table.rows.iter().any(is_filled) {
            let name = heading.shortened();
            report.problem(heading.line, format!("the column '{name}' is not read"));
        }
    }
    for (column, remark) in [
        (Column::Status, "no status column: 400 is written"),
        (
            Column::Message,
            "no message column: the description is written for it",
        ),
        (
            Column::Description,
            "no description column: the message is written for it",
        ),
        (
            Column::Solution,
            "no solution column: \"Not documented.\" is written",
        ),
    ] {
        if !columns.has(column) {
            report.remark_once(columns.line(), remark.to_owned());
        }
    }
}

/// Tells how many rows lack a value that the others have.
fn tell_gaps(rows: &[Row], columns: &Columns, report: &mut Report) {
    let mut tell = |lacks: fn(&Row) -> bool, what: &str| {
        let mut rows = rows.iter().filter(|row| lacks(row));
        if let Some(first) = rows.next() {
            let rows = match rows.count() {
                0 => "1 row has".to_owned(),
                more => format!("{} rows have", more + 1),
            };
            report.remark(first.line, format!("{rows} no {what}"));
        }
    };
    tell(
        |row| row.status_is_from_above,
        "status: that of the row above is taken",
    );
    if columns.has(Column::Solution) {
        tell(
            |row| row.solution.is_empty(),
            "solution: \"Not documented.\" is written",
        );
    }
}
