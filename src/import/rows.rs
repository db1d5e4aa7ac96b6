//! From the tables of a page to what it says of each error code.

use std::collections::HashSet;

use super::block::{Block, Cell, Grid};
use super::columns::Columns;
use super::headings::Column;
use super::report::Report;
use super::value::{self, Code};
use super::{DEFAULT_STATUS, Settings};
use crate::data::schema::MAX_MESSAGE_LENGTH;
use crate::data::words::is_number;

/// Digits of a code that is looked for outside of error tables; `V1.2` is none.
const MIN_DIGITS: usize = 3;
/// How many times as long as its page a catalog may be, and how long it may be whatever
/// the page, because a cell can cover thousands of rows.
const MAX_GROWTH: usize = 16;
const MAX_SMALL: usize = 1 << 16;

/// What a page says in one row. Texts are empty where it says nothing.
#[derive(Debug)]
pub struct Row {
    /// The line that it starts on.
    pub line: usize,
    pub codes: Vec<Code>,
    pub statuses: Vec<u16>,
    pub message: String,
    pub description: String,
    pub solution: String,
}

/// Reads the error tables of a page, and reports the rows that are no entries.
pub fn rows(blocks: &[Block], length: usize, settings: &Settings, report: &mut Report) -> Vec<Row> {
    let mut reader = Reader {
        settings,
        report,
        rows: Vec::new(),
        room: MAX_SMALL + MAX_GROWTH * length,
        has_table: false,
        mentioned: Vec::new(),
        reported: HashSet::new(),
    };
    for block in blocks {
        match block {
            Block::Text(text) => reader.mention(&text.text, text.line),
            Block::Unread(line) => {
                for word in line.text.split(' ') {
                    reader.mention(word, line.line);
                }
            }
            Block::Table(grid) => reader.read(grid),
        }
    }
    reader.report_mentioned();
    if !reader.has_table {
        reader.report.remark(1, NO_TABLE);
    }
    reader.rows
}

const NO_TABLE: &str =
    "no error table: no headings such as Error Code and Error Message with rows under them";

struct Reader<'s, 'r> {
    settings: &'s Settings<'s>,
    report: &'r mut Report,
    rows: Vec<Row>,
    /// Bytes that the texts of more rows may have.
    room: usize,
    has_table: bool,
    /// Cells and lines outside of rows that are a code.
    mentioned: Vec<(String, usize)>,
    /// The codes of the rows that are lost, in lower case.
    reported: HashSet<String>,
}

impl Reader<'_, '_> {
    /// Remembers a text, or a part of one between pipes, that is a code and nothing else.
    fn mention(&mut self, text: &str, line: usize) {
        let is_code = |code: &&str| {
            let number = code.rsplit_once('.').map_or("", |(_, number)| number);
            number.len() >= MIN_DIGITS
        };
        let codes = text.split('|').filter_map(value::full_code).filter(is_code);
        self.mentioned
            .extend(codes.map(|code| (code.to_owned(), line)));
    }

    /// Reports the codes that stand in no table that was read.
    fn report_mentioned(&mut self) {
        let codes = self.rows.iter().flat_map(|row| &row.codes);
        let codes = codes.map(|code| format!("{}.{}", code.service, code.number));
        let mut known = std::mem::take(&mut self.reported);
        known.extend(codes.map(|code| code.to_ascii_lowercase()));
        for (code, line) in std::mem::take(&mut self.mentioned) {
            if known.insert(code.to_ascii_lowercase()) {
                let message = format!("{code}: not in a table that could be read");
                self.report.lost(line, message);
            }
        }
    }

    fn read(&mut self, grid: &Grid) {
        let Some((columns, start)) = columns(grid) else {
            for cell in grid.rows.iter().flatten() {
                self.mention(&cell.text, cell.line);
            }
            // Where a rule is missing, rows are a part of the headings.
            for cell in grid.rows.first().into_iter().flatten() {
                cell.text
                    .split(' ')
                    .for_each(|word| self.mention(word, cell.line));
            }
            return;
        };
        let mut table = Table {
            columns,
            last_statuses: Vec::new(),
            bare: Vec::new(),
            from_above: Vec::new(),
            unsolved: Vec::new(),
            filled: HashSet::new(),
        };
        let read = self.rows.len();
        for cells in grid.expanded().skip(start) {
            let length = table.columns.len();
            let filled = cells.iter().rposition(|cell| !cell.text.is_empty());
            let Some(last) = filled else {
                continue;
            };
            // A spreadsheet adds empty cells at the end.
            let cells = &cells[..cells.len().min(length.max(last + 1))];
            self.add(&mut table, cells);
        }
        self.report_table(&table, self.rows.len() - read);
    }

    fn add(&mut self, table: &mut Table, cells: &[&Cell]) {
        let mut texts = cells
            .iter()
            .map(|cell| &*cell.text)
            .filter(|text| !text.is_empty());
        let first = texts.next().unwrap_or_default();
        let is_alone = texts.all(|text| text == first);
        let headings = table.columns.headings.iter().map(|cell| &cell.text);
        if headings.eq(cells.iter().map(|cell| &cell.text)) {
            return;
        }
        let code = table.columns.places(Column::Code).next();
        let code = code.and_then(|place| cells.get(place)).unwrap_or(&cells[0]);
        let line = code.line;
        if is_alone && value::codes(first, self.settings.service).is_none() {
            let message = format!(
                "'{}' stands alone in its row: a title",
                cells[0].shortened()
            );
            return self.report.remark(line, message);
        }
        match table.row(cells, line, self.settings) {
            Ok(row) => {
                let length = row.message.len() + row.description.len() + row.solution.len();
                let copies = row.codes.len() * row.statuses.len();
                match self.room.checked_sub(length.saturating_mul(copies)) {
                    Some(room) => {
                        self.room = room;
                        self.rows.push(row);
                        self.report.rows += 1;
                    }
                    None => self.report.lost(line, "cells that cover too many rows"),
                }
            }
            Err(Wrong::BareCode(code)) => table.bare.push((line, code)),
            Err(Wrong::Other(reason)) => {
                let mut words = cells.iter().filter_map(|cell| cell.text.split(' ').next());
                let in_column = Some(&*code.text).filter(|code| value::is_word(code));
                let label = words.find_map(value::full_code).or(in_column);
                let message = match label {
                    Some(label) => format!("{label}: {reason}"),
                    None => reason,
                };
                self.report.lost(line, message);
                // Other rows may have been taken for a part of this.
                self.reported.extend(label.map(str::to_ascii_lowercase));
                for cell in cells {
                    let last = cell.text.rsplit(' ').next();
                    self.mention(last.unwrap_or_default(), cell.line);
                }
            }
        }
    }

    /// Reports what is true of a whole table.
    fn report_table(&mut self, table: &Table, read: usize) {
        self.has_table |= read > 0 || !table.bare.is_empty();
        if let Some((line, code)) = table.bare.first() {
            let message = format!(
                "{} a code that names no service, such as '{code}': name it with --service",
                rows_have(table.bare.len())
            );
            self.report.lost_several(*line, table.bare.len(), message);
        }
        if read == 0 {
            return;
        }
        for (lines, what) in [
            (&table.from_above, "status: that of the row above is taken"),
            (&table.unsolved, "solution: \"Not documented.\" is written"),
        ] {
            if let Some(first) = lines.first() {
                let message = format!("{} no {what}", rows_have(lines.len()));
                self.report.remark(*first, message);
            }
        }
        for (place, heading) in table.columns.unread() {
            if table.filled.contains(&place) {
                let message = format!("the column '{}' is not read", heading.shortened());
                self.report.remark(heading.line, message);
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
            if !table.columns.has(column) {
                self.report.remark_once(table.columns.line(), remark);
            }
        }
    }
}

fn rows_have(count: usize) -> String {
    match count {
        1 => "1 row has".to_owned(),
        _ => format!("{count} rows have"),
    }
}

/// The columns of a table, if it is an error table, and how many of its rows are
/// headings or stand above them.
fn columns(grid: &Grid) -> Option<(Columns, usize)> {
    let mut headings: Option<Vec<Cell>> = None;
    let mut start = 0;
    for cells in grid.expanded() {
        let is_caption = cells
            .iter()
            .all(|cell| cell.text.is_empty() || cell.text == cells[0].text);
        let is_marked = cells.iter().all(|cell| cell.is_heading);
        match &mut headings {
            None if is_caption => {}
            None => headings = Some(cells.into_iter().cloned().collect()),
            Some(headings) if is_marked && headings.len() == cells.len() => {
                for (heading, cell) in headings.iter_mut().zip(cells) {
                    if heading.text != cell.text {
                        heading.extend(&cell.text);
                    }
                }
            }
            Some(_) => break,
        }
        start += 1;
    }
    let columns = Columns::of(&headings?)?;
    // Statuses alone are not the codes of errors.
    let code = columns.places(Column::Code).next()?;
    let codes = grid
        .expanded()
        .skip(start)
        .filter_map(|cells| cells.get(code).copied());
    let are_codes = codes.map(|cell| !value::is_status(&cell.text));
    let is_error_table = are_codes.reduce(|one, other| one || other).unwrap_or(true);
    is_error_table.then_some((columns, start))
}

/// Why a row is no entry.
enum Wrong {
    /// Its code is a word or a number that names no service.
    BareCode(String),
    Other(String),
}

struct Table {
    columns: Columns,
    /// The statuses of the last row that has its own; none if they could not be read.
    last_statuses: Vec<u16>,
    /// Rows that need the name of a service, with their codes.
    bare: Vec<(usize, String)>,
    /// The lines of the rows with the status of a row above, and of those without a
    /// solution.
    from_above: Vec<usize>,
    unsolved: Vec<usize>,
    /// The columns that have texts.
    filled: HashSet<usize>,
}

impl Table {
    fn row(&mut self, cells: &[&Cell], line: usize, settings: &Settings) -> Result<Row, Wrong> {
        let other = |reason: String| Wrong::Other(reason);
        let last_statuses = std::mem::take(&mut self.last_statuses);
        let layout = self.columns.align(cells, settings).map_err(other)?;
        let text = |column: usize| layout[column].map_or("", |place| &*cells[place].text);
        let joined = |column: Column| {
            let texts = self
                .columns
                .places(column)
                .map(|place| value::or_nothing(text(place)));
            let mut texts: Vec<_> = texts.filter(|text| !text.is_empty()).collect();
            texts.dedup();
            texts.join(" ")
        };
        let status = self.columns.places(Column::Status).next().map(text);
        let (statuses, is_from_above) = match status {
            None => (vec![DEFAULT_STATUS], false),
            Some("") => (last_statuses, true),
            Some(text) => (value::statuses(text).unwrap_or_default(), false),
        };
        self.last_statuses.clone_from(&statuses);
        let code = joined(Column::Code);
        if code.is_empty() {
            let first = cells
                .iter()
                .find(|cell| !cell.text.is_empty())
                .unwrap_or(&cells[0]);
            let reason = format!("'{}' is in a row without an error code", first.shortened());
            return Err(Wrong::Other(reason));
        }
        let codes = value::codes(&code, settings.service).ok_or_else(|| {
            let code = Cell::new(&code, line).shortened().into_owned();
            let has_other = cells
                .iter()
                .any(|cell| value::full_code(&cell.text).is_some());
            if settings.service.is_none() && value::is_word(&code) && !has_other {
                Wrong::BareCode(code)
            } else {
                Wrong::Other(format!("'{code}' is not an error code"))
            }
        })?;
        if statuses.is_empty() {
            let status = Cell::new(status.unwrap_or_default(), line);
            return Err(Wrong::Other(match value::or_nothing(&status.text) {
                "" => "no HTTP status".to_owned(),
                _ => format!("'{}' is not an HTTP status", status.shortened()),
            }));
        }
        let row = Row {
            line,
            codes,
            statuses,
            message: joined(Column::Message),
            description: joined(Column::Description),
            solution: joined(Column::Solution),
        };
        if row.message.is_empty() && row.description.is_empty() {
            return Err(Wrong::Other(
                "neither a message nor a description".to_owned(),
            ));
        }
        for text in [&row.message, &row.description, &row.solution] {
            if value::full_code(text).is_some() || text.len() == 3 && is_number(text) {
                return Err(Wrong::Other(format!("'{text}' where a text should be")));
            }
            if text.len() > MAX_MESSAGE_LENGTH {
                return Err(Wrong::Other(format!(
                    "a text of more than {MAX_MESSAGE_LENGTH} bytes"
                )));
            }
            if text.contains(char::REPLACEMENT_CHARACTER) {
                return Err(Wrong::Other("bytes that are not UTF-8".to_owned()));
            }
        }
        if is_from_above {
            self.from_above.push(line);
        }
        if row.solution.is_empty() && self.columns.has(Column::Solution) {
            self.unsolved.push(line);
        }
        let unread = self.columns.unread().map(|(place, _)| place);
        let filled = unread.filter(|place| !value::or_nothing(text(*place)).is_empty());
        self.filled.extend(filled);
        Ok(row)
    }
}
