//! From the tables of a page to what it says of each error code.

use std::collections::HashSet;
use std::mem::take;

use super::block::{Block, Cell, Grid, expanded, shortened};
use super::columns::Columns;
use super::headings::{Column, is_sentence};
use super::report::PageReport;
use super::value::{self, Code};
use super::{DEFAULT_STATUS, NO_SOLUTION};
use crate::data::schema::MAX_MESSAGE_LENGTH;
use crate::data::words::is_number;

/// A catalog may be so many times as long as its page, or so long whatever the page: a cell
/// can cover thousands of rows.
const MAX_GROWTH: usize = 16;
const MAX_SMALL: usize = 1 << 16;

const NO_TABLE: &str =
    "no error table: no headings such as Error Code and Error Message with rows under them";
const UNREAD: &str = "not in a table that could be read";
const BARE: &str = "a code that names no service: name it with --service";
/// How a text is filled in that a row does not have.
const FROM_DESCRIPTION: &str = "the description is written for it";
const FROM_MESSAGE: &str = "the message is written for it";
const FROM_NOTHING: &str = "\"Not documented.\" is written";
/// Cells of a row at least: a code and a text.
const MIN_CELLS: usize = 2;

/// What a page says in one row, with what it does not say filled in.
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
pub fn rows(
    blocks: &[Block],
    length: usize,
    service: Option<&str>,
    report: &mut PageReport,
) -> Vec<Row> {
    let mut reader = RowReader {
        service,
        report,
        rows: Vec::new(),
        room: MAX_SMALL + MAX_GROWTH * length,
        has_table: false,
        last_statuses: Vec::new(),
        mentioned: Vec::new(),
        reported: HashSet::new(),
    };
    for block in blocks {
        match block {
            Block::Text(cell) => reader.mention(&cell.text, cell.line),
            Block::Unread(cells) => {
                let cells: Vec<_> = cells.iter().collect();
                reader.lose_others(&cells, 0, UNREAD);
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

struct RowReader<'s, 'r> {
    service: Option<&'s str>,
    report: &'r mut PageReport,
    rows: Vec<Row>,
    /// Bytes that the texts of more rows may have.
    room: usize,
    has_table: bool,
    /// The statuses of the row above, its own or not; none if they could not be read.
    last_statuses: Vec<u16>,
    /// Codes outside of rows.
    mentioned: Vec<(String, usize)>,
    /// The codes of the rows that are lost, in lower case.
    reported: HashSet<String>,
}

impl RowReader<'_, '_> {
    /// Remembers a text, or a part of one between pipes, that is a code and nothing else.
    fn mention(&mut self, text: &str, line: usize) {
        let codes = text.split('|').filter(|text| value::may_be_code(text));
        let codes = codes.map(|code| (value::unwrapped(code).to_owned(), line));
        self.mentioned.extend(codes);
    }

    /// Reports the codes that stand in no table that was read.
    fn report_mentioned(&mut self) {
        let codes = self.rows.iter().flat_map(|row| &row.codes);
        let mut known = take(&mut self.reported);
        known.extend(codes.flat_map(|(service, number)| {
            let whole = format!("{service}.{number}");
            [whole, number.clone()].map(|code| code.to_ascii_lowercase())
        }));
        for (code, line) in take(&mut self.mentioned) {
            if known.insert(code.to_ascii_lowercase()) {
                self.report.lost(line, format!("{code}: {UNREAD}"));
            }
        }
    }

    fn read(&mut self, grid: &Grid) {
        let Some((columns, start)) = columns(grid, self.service.is_some()) else {
            for cell in grid.iter().flatten() {
                self.mention(&cell.text, cell.line);
            }
            // Where a rule is missing, rows are a part of the headings.
            for cell in grid.first().into_iter().flatten() {
                let words = cell.text.split(' ');
                words.for_each(|word| self.mention(word, cell.line));
            }
            return;
        };
        self.last_statuses.clear();
        for cells in expanded(grid).skip(start) {
            let filled = cells.iter().rposition(|cell| !cell.text.is_empty());
            if let Some(last) = filled {
                // A spreadsheet adds empty cells at the end.
                let length = columns.headings.len().max(last + 1);
                self.add(&columns, &cells[..cells.len().min(length)]);
            }
        }
    }

    fn add(&mut self, columns: &Columns, cells: &[&Cell]) {
        let texts = || cells.iter().map(|cell| &*cell.text);
        if texts().eq(columns.headings.iter().map(|cell| &*cell.text)) {
            return;
        }
        let code = cells.get(columns.code).unwrap_or(&cells[0]);
        let mut filled = texts().filter(|text| !text.is_empty());
        let first = filled.next().unwrap_or_default();
        if filled.all(|text| text == first) && value::codes(first, self.service).is_none() {
            let message = format!("'{}' stands alone in its row: a title", shortened(first));
            return self.report.remark(code.line, message);
        }
        match self.row(columns, cells, code.line) {
            Ok(None) => self.report.lost_like_others(code.line, BARE),
            Ok(Some(row)) => {
                let length = row.message.len() + row.description.len() + row.solution.len();
                let copies = row.codes.len() * row.statuses.len();
                let Some(room) = self.room.checked_sub(length.saturating_mul(copies)) else {
                    return self.report.lost(row.line, "cells that cover too many rows");
                };
                self.room = room;
                self.rows.push(row);
            }
            Err(reason) => self.lose(cells, code, &reason, columns),
        }
    }

    /// Reports a row that is lost, and the others that may have been taken for a part of
    /// it, certainly if it has too many cells.
    fn lose(&mut self, cells: &[&Cell], code: &Cell, reason: &str, columns: &Columns) {
        let mut words = cells.iter().filter_map(|cell| cell.text.split(' ').next());
        let in_column = Some(&*code.text).filter(|code| value::is_word(code));
        let label = words.find_map(value::full_code).or(in_column);
        let message = label.map_or(reason.to_owned(), |label| format!("{label}: {reason}"));
        self.report.lost(code.line, message);
        self.reported.extend(label.map(str::to_ascii_lowercase));
        if cells.len() > columns.headings.len() {
            let is_label = |cell: &&Cell| Some(value::unwrapped(&cell.text)) == label;
            let from = cells.iter().position(is_label).map_or(0, |at| at + 1);
            return self.lose_others(cells, from, "in a row that could not be read");
        }
        // A line that was joined to the one above: it begins behind a sentence.
        for cell in cells {
            let mut spaces = cell.text.rmatch_indices(' ').map(|(at, _)| at);
            let sentence = spaces.find(|at| is_sentence(&cell.text[..*at]));
            let rest = sentence.map_or("", |at| &cell.text[at + 1..]);
            let may_begin = value::may_be_bare_code(rest) || value::is_title(rest);
            if may_begin && self.service.is_some() {
                self.mentioned.push((rest.to_owned(), cell.line));
            }
            self.mention(cell.text.rsplit(' ').next().unwrap_or_default(), cell.line);
        }
    }

    /// Reports each row that seems to begin in cells that nobody can tell the columns of:
    /// with a code or, in so many cells as a row has at least, with what may be one.
    fn lose_others(&mut self, cells: &[&Cell], from: usize, reason: &str) {
        let has_service = self.service.is_some();
        let is_code = |cell: &&Cell| value::may_be_bare_code(value::unwrapped(&cell.text));
        let mut found = usize::from(from > 0);
        let mut next = from + found;
        for (at, cell) in cells.iter().enumerate().skip(from) {
            let text = value::unwrapped(&cell.text);
            let rest = cells.get(at + 1..at + MIN_CELLS).filter(|_| at >= next);
            let begins = rest.is_some_and(|rest| {
                let is_title = has_service && found > 0 && value::is_title(text);
                is_code(cell) || is_title && !rest.iter().any(is_code)
            });
            if begins || value::may_be_code(text) {
                self.report.lost(cell.line, format!("{text}: {reason}"));
                self.reported.insert(text.to_ascii_lowercase());
                next = at + MIN_CELLS;
                found += 1;
            }
        }
        // A status is of a row whose code cannot be made out.
        let statuses = cells.iter().filter(|cell| value::is_status(&cell.text));
        let line = cells.first().map_or(1, |cell| cell.line);
        for _ in found.max(1)..statuses.count() {
            let what = "no code in the row of too many cells";
            self.report.lost_like_others(line, what);
        }
    }

    /// What a row says; nothing if its code needs the name of a service.
    fn row(
        &mut self,
        columns: &Columns,
        cells: &[&Cell],
        line: usize,
    ) -> Result<Option<Row>, String> {
        let last_statuses = take(&mut self.last_statuses);
        let layout = columns.align(cells)?;
        let text = |column: usize| layout[column].map_or("", |place| &*cells[place].text);
        let status = columns.status.map(text);
        let statuses = match status {
            None => vec![DEFAULT_STATUS],
            Some("") => last_statuses,
            Some(text) => value::statuses(text).unwrap_or_default(),
        };
        self.last_statuses.clone_from(&statuses);
        let code = value::or_nothing(text(columns.code));
        if code.is_empty() {
            let mut filled = cells.iter().filter(|cell| !cell.text.is_empty());
            let first = shortened(filled.next().map_or("", |cell| &cell.text));
            return Err(format!("'{first}' is in a row without an error code"));
        }
        let Some(codes) = value::codes(code, self.service) else {
            let mut texts = cells.iter().map(|cell| &*cell.text);
            let has_other = texts.any(|text| value::full_code(text).is_some());
            if self.service.is_none() && value::is_word(code) && !has_other {
                self.has_table = true;
                return Ok(None);
            }
            return Err(format!("'{}' is not an error code", shortened(code)));
        };
        if statuses.is_empty() {
            return Err(match value::or_nothing(status.unwrap_or_default()) {
                "" => "no HTTP status".to_owned(),
                status => format!("'{}' is not an HTTP status", shortened(status)),
            });
        }
        let [message, description, solution] = texts(columns, text)?;
        self.has_table = true;
        for (place, heading) in columns.unread() {
            if !value::or_nothing(text(place)).is_empty() {
                let message = format!("the column '{}' is not read", shortened(&heading.text));
                self.report.remark_once(heading.line, &message);
            }
        }
        let from_above = status.map_or("400 is written", |_| "that of the row above is taken");
        let mut fill_in = |column: Column, text: &str, written: &str| {
            let name = format!("{column:?}").to_lowercase();
            if !columns.has(column) {
                let remark = format!("no {name} column: {written}");
                self.report.remark_once(columns.line(), &remark);
            } else if text.is_empty() {
                let remark = format!("no {name}: {written}");
                self.report.remark_like_others(line, &remark);
            }
        };
        fill_in(Column::Status, status.unwrap_or_default(), from_above);
        fill_in(Column::Message, &message, FROM_DESCRIPTION);
        fill_in(Column::Description, &description, FROM_MESSAGE);
        fill_in(Column::Solution, &solution, FROM_NOTHING);
        let or = |text: &str, other: &str| if text.is_empty() { other } else { text }.to_owned();
        Ok(Some(Row {
            line,
            codes,
            statuses,
            message: or(&message, &description),
            description: or(&description, &message),
            solution: or(&solution, NO_SOLUTION),
        }))
    }
}

/// The columns of a table, if it is an error table, and how many of its rows are
/// headings or stand above them.
fn columns(grid: &Grid, has_words: bool) -> Option<(Columns, usize)> {
    let is_caption = |cells: &Vec<&Cell>| {
        let mut texts = cells.iter().map(|cell| &cell.text);
        texts.all(|text| text.is_empty() || *text == cells[0].text)
    };
    let mut start = expanded(grid).take_while(is_caption).count() + 1;
    let mut rows = expanded(grid).skip(start - 1);
    let mut headings: Vec<Cell> = rows.next()?.into_iter().cloned().collect();
    let length = headings.len();
    let is_marked = |row: &Vec<&Cell>| row.iter().all(|cell| cell.is_heading);
    for more in rows.take_while(|row| row.len() == length && is_marked(row)) {
        start += 1;
        for (heading, cell) in headings.iter_mut().zip(more) {
            if heading.text != cell.text {
                heading.extend(&cell.text);
            }
        }
    }
    let mut columns = Columns::of(&headings, has_words)?;
    let are_statuses = |place: usize| {
        let cells = expanded(grid).skip(start);
        let cells = cells.filter_map(|cells| Some(&*cells.get(place)?.text));
        let are_statuses = cells.filter(|text| !text.is_empty()).map(value::is_status);
        are_statuses.reduce(|all, one| all && one) == Some(true)
    };
    if columns.status.is_none() {
        columns.take_for_status(are_statuses);
    }
    // Statuses alone are not the codes of errors.
    (!are_statuses(columns.code)).then_some((columns, start))
}

/// The message, the description and the solution of a row.
fn texts<'c>(columns: &Columns, text: impl Fn(usize) -> &'c str) -> Result<[String; 3], String> {
    let texts = [Column::Message, Column::Description, Column::Solution].map(|column| {
        let places = columns.places(column);
        let texts = places.map(|place| value::or_nothing(text(place)));
        let mut texts: Vec<_> = texts.filter(|text| !text.is_empty()).collect();
        texts.dedup();
        texts.join(" ")
    });
    for text in &texts {
        if value::full_code(text).is_some() || text.len() == 3 && is_number(text) {
            return Err(format!("'{text}' where a text should be"));
        }
        if text.len() > MAX_MESSAGE_LENGTH {
            return Err(format!("a text of more than {MAX_MESSAGE_LENGTH} bytes"));
        }
        if text.contains(char::REPLACEMENT_CHARACTER) {
            return Err("bytes that are not UTF-8".to_owned());
        }
    }
    if texts[0].is_empty() && texts[1].is_empty() {
        return Err("neither a message nor a description".to_owned());
    }
    Ok(texts)
}
