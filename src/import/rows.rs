//! Reads the rows of error tables, and notes those that are lost.

use std::collections::HashSet;
use std::mem::take;
use std::ptr;

use super::block::{Block, Cell, Grid, with_spans_filled};
use super::codes_and_statuses::{
    Code, codes_in, full_code, has_form_of_code, is_range, is_success, may_be_any_code,
    may_be_code, may_be_code_in_words, may_be_code_without_service, status_of_title, statuses_in,
    text_of_cell, without_marks,
};
use super::column_headings::Column::{Description, Message, Solution};
use super::column_headings::is_heading_of_page;
use super::columns::{ErrorColumns, heading_line_of_codes_alone};
use super::page_notes::PageNotes;
use crate::data::schema::{MAX_MESSAGE_LENGTH, MAX_PROSE_LENGTH};
use crate::data::truncate::quoted;
use crate::data::words::is_number;
use crate::substrings::start_of;

/// The texts of a catalog have at most `MIN_ROOM` bytes plus `MAX_GROWTH` times the bytes of the
/// page, because the text of one cell can be copied into thousands of rows.
const MAX_GROWTH: usize = 16;
const MIN_ROOM: usize = 1 << 16;

/// The solution of entries without one.
const NO_SOLUTION: &str = "Not documented.";
const NO_TABLE: &str = "no error table: no headings such as Error Code and Error Message with codes \
                        (not statuses alone) under them";
const CODES_ALONE: &str = "a table of error codes without messages or descriptions: not read";
const IN_NO_ROW: &str = "not in a table that could be read";
const NO_SERVICE: &str = "a code that names no service: name it with --service";

/// What a page says in one row, with the gaps filled in.
#[derive(Debug)]
pub(super) struct Row<'p> {
    /// The line that the row starts on.
    pub line: usize,
    pub codes: Vec<Code<'p>>,
    pub statuses: Vec<u16>,
    pub message: String,
    pub description: String,
    pub solution: String,
}

/// Reads the error tables of a page. Adds to `notes` the rows that cannot become entries, and the
/// codes that are in no row.
pub(super) fn rows<'p>(
    blocks: &'p [Block],
    length: usize,
    service: Option<&'p str>,
    notes: PageNotes,
) -> (Vec<Row<'p>>, PageNotes) {
    let room = MIN_ROOM + MAX_GROWTH * length;
    let mut reader = RowReader { service, notes, room, ..RowReader::default() };
    for block in blocks {
        match block {
            Block::Texts(cells) => {
                let is_heading = |it: &&Cell| it.is_heading || is_heading_of_page(&it.text);
                if let Some(heading) = cells.iter().rfind(is_heading) {
                    reader.title = status_of_title(&heading.text);
                }
                reader.keep(cells, '|', may_be_code);
            }
            Block::Unread(cells, line, reason) => {
                reader.keep(cells, '|', may_be_any_code);
                reader.notes.remark(*line, *reason);
            }
            Block::Table(grid) => {
                if let Some((columns, start)) = ErrorColumns::of_table(grid) {
                    reader.read(&columns, grid, start);
                } else {
                    reader.keep(grid.iter().flatten(), '|', may_be_code);
                    if let Some(line) = heading_line_of_codes_alone(grid) {
                        reader.notes.remark(line, CODES_ALONE);
                    }
                }
            }
        }
    }
    if reader.rows.is_empty() && reader.notes.lost == 0 {
        reader.notes.remark(1, NO_TABLE);
    }
    for (line, code) in reader.outside {
        if reader.read_or_reported.insert(code.to_ascii_lowercase()) {
            reader.notes.remark_loss(line, format!("{code}: {IN_NO_ROW}"));
        }
    }
    (reader.rows, reader.notes)
}

/// Whether a text may be a code.
type IsCode = fn(&str) -> bool;

#[derive(Default)]
struct RowReader<'p> {
    service: Option<&'p str>,
    notes: PageNotes,
    rows: Vec<Row<'p>>,
    /// Bytes left for the texts of further rows.
    room: usize,
    /// The statuses of the last row, its own or those of the row above. Empty if they were not
    /// read.
    statuses: Vec<u16>,
    /// The status in the title above the table, or in a title row above the next rows.
    title: Option<u16>,
    /// The codes that were read or reported, in lower case.
    read_or_reported: HashSet<String>,
    /// Texts that may be codes and are in no row that was read, each with its line.
    outside: Vec<(usize, &'p str)>,
}

impl<'p> RowReader<'p> {
    fn read(&mut self, columns: &ErrorColumns, grid: &'p Grid, start: usize) {
        self.statuses.clear();
        let title = self.title;
        for mut cells in with_spans_filled(grid).skip(start) {
            let Some(last) = cells.iter().rposition(|cell| !cell.text.is_empty()) else { continue };
            // A spreadsheet adds empty cells at the end.
            cells.truncate(columns.headings.len().max(last + 1));
            let last = cells[last];
            let code = cells.get(columns.code).unwrap_or(&cells[0]);
            let texts = cells.iter().map(|cell| &*cell.text);
            if texts.eq(columns.headings.iter().map(|cell| &*cell.text)) {
                continue;
            }
            let is_alone = cells.iter().all(|it| it.text.is_empty() || ptr::eq(*it, last));
            let is_wide = cells[0].columns > 1 && cells[0].columns >= columns.headings.len();
            let is_title = is_alone
                && (is_wide && full_code(&last.text).is_none()
                    || !has_form_of_code(&last.text)
                    || codes_in(&last.text, self.service).is_none());
            if is_title {
                self.title = status_of_title(&last.text).or(title);
                let title = quoted(&last.text);
                self.notes.remark(code.line, format!("{title} stands alone in its row: a title"));
            } else if let Err(reason) = self.add(columns, &cells, code.line) {
                self.note_lost_row(columns, &cells, code, &reason);
            }
        }
        self.title = title;
    }

    /// Notes a lost row and why it is lost. Keeps what else in it may be a code.
    fn note_lost_row(
        &mut self,
        columns: &ErrorColumns,
        cells: &[&'p Cell],
        code: &Cell,
        reason: &str,
    ) {
        let mut words = cells.iter().filter_map(|cell| cell.text.split(' ').next());
        let in_column = Some(&*code.text).filter(|code| may_be_code_without_service(code));
        let last_word = code.text.rsplit(' ').next().unwrap_or_default();
        let label = words.find_map(full_code).or_else(|| full_code(last_word)).or(in_column);
        let message = label.map_or(reason.to_owned(), |label| format!("{label}: {reason}"));
        self.notes.remark_loss(code.line, message);
        self.read_or_reported.extend(label.map(str::to_ascii_lowercase));
        // The cells may have parts of other rows, certainly if there are too many cells.
        let is_code = match self.service {
            _ if cells.len() <= columns.headings.len() => may_be_code,
            Some(_) => may_be_code_in_words,
            None => may_be_any_code,
        };
        // A merged cell belongs to other rows or columns, too.
        let cells = cells.iter().copied().filter(|cell| cell.rows == 1 && cell.columns == 1);
        self.keep(cells.clone(), ' ', may_be_code);
        self.keep(cells, '|', is_code);
    }

    /// Keeps what may be codes in cells of rows that were not read: the parts between `mark`s, and
    /// the last word.
    fn keep(&mut self, cells: impl IntoIterator<Item = &'p Cell>, mark: char, is_code: IsCode) {
        for cell in cells {
            let parts = cell.text.split(mark).map(|part| (part, is_code));
            // The code of a row may be joined to the text above it.
            let last_word = cell.text.rsplit(' ').next();
            let last_word = last_word.map(|word| (word, may_be_code as IsCode));
            for (text, is_code) in parts.chain(last_word) {
                let code = without_marks(text);
                if is_code(code) {
                    self.outside.push((cell.line, code));
                }
            }
        }
    }

    /// Adds a row. A row about a success, or with a code that lacks a service, is only noted.
    ///
    /// # Errors
    /// Says why the row is not an entry.
    fn add(
        &mut self,
        columns: &ErrorColumns,
        cells: &[&'p Cell],
        line: usize,
    ) -> Result<(), String> {
        let above = take(&mut self.statuses);
        let texts = columns.align(cells)?;
        let status = columns.status.map(|at| texts[at]);
        let (statuses, remark) = match status {
            None => match (self.title, status_of_title(texts[columns.code])) {
                (Some(status), _) => (vec![status], Some("no status: that of the title is taken")),
                (None, Some(status)) => {
                    (vec![status], Some("no status: the code, which is one, is taken"))
                }
                (None, None) => (vec![400], Some("no status: 400 is written")),
            },
            Some("") => (above, Some("no status: that of the row above is taken")),
            Some(text) => (statuses_in(text).unwrap_or_default(), None),
        };
        self.statuses = statuses;
        let mut filled_in = Vec::from_iter(remark);
        let texts: Vec<_> = texts.into_iter().map(text_of_cell).collect();
        let code = texts[columns.code];
        if code.is_empty() {
            if self.statuses.iter().max().is_some_and(|status| *status < 400) {
                self.notes.row_has(line, "a status of success and no code: not read");
                return Ok(());
            }
            let first = texts.iter().find(|text| !text.is_empty()).unwrap_or(&"");
            return Err(format!("{} without an error code", quoted(first)));
        }
        let texts_of = |column| columns.text(column, &texts);
        let [message, description, solution] = &[Message, Description, Solution].map(texts_of);
        if is_success(code, message) || is_success(code, description) {
            self.notes.row_has(line, "a code of success: not read");
            return Ok(());
        }
        let Some(codes) = codes_in(code, self.service) else {
            if is_range(without_marks(code)) {
                return Err(format!("{} is a range: list its codes", quoted(code)));
            }
            let has_other = texts.iter().any(|text| full_code(text).is_some());
            if self.service.is_some() || !may_be_code_without_service(code) || has_other {
                return Err(format!("{} is not an error code", quoted(code)));
            }
            self.notes.lost += 1;
            self.notes.row_has(line, NO_SERVICE);
            return Ok(());
        };
        if self.statuses.is_empty() {
            return Err(match text_of_cell(status.unwrap_or_default()) {
                "" => "no HTTP status".to_owned(),
                status => format!("{} is not an HTTP status", quoted(status)),
            });
        }
        let mut text_or = |text: &str, other: &str, remark| {
            filled_in.extend(text.is_empty().then_some(remark));
            String::from(if text.is_empty() { other } else { text })
        };
        let start = start_for_message(description);
        let no_message = if start.len() == description.len() {
            "no message: the description is written for it"
        } else {
            "no message: the start of the description is written for it"
        };
        let row = Row {
            line,
            codes,
            statuses: self.statuses.clone(),
            message: text_or(message, start, no_message),
            description: text_or(
                description,
                message,
                "no description: the message is written for it",
            ),
            solution: text_or(solution, NO_SOLUTION, "no solution: \"Not documented.\" is written"),
        };
        self.admit(&row)?;
        for (heading, _) in columns.unread(&texts).filter(|(_, text)| !text.is_empty()) {
            let heading = quoted(&heading.text);
            self.notes.row_has(line, format!("a text under {heading}, which is not read"));
        }
        for remark in filled_in {
            self.notes.row_has(line, remark);
        }
        self.rows.push(row);
        Ok(())
    }

    /// Checks that a row can be an entry and that there is room for it. Then its codes are known.
    ///
    /// # Errors
    /// Says why the row is not an entry.
    fn admit(&mut self, row: &Row) -> Result<(), String> {
        if row.message.is_empty() {
            return Err("neither a message nor a description".to_owned());
        }
        let texts = [&row.message, &row.description, &row.solution];
        let max_lengths = [MAX_MESSAGE_LENGTH, MAX_PROSE_LENGTH, MAX_PROSE_LENGTH];
        for (text, max_length) in texts.into_iter().zip(max_lengths) {
            if full_code(text).is_some() || text.len() == 3 && is_number(text) {
                return Err(format!("'{text}' where a text should be"));
            }
            if text.len() > max_length {
                return Err(format!("a text of more than {max_length} bytes"));
            }
            if text.contains(char::REPLACEMENT_CHARACTER) {
                return Err("a character that could not be read".to_owned());
            }
        }
        let length = texts.map(String::len).iter().sum::<usize>();
        let length = length.saturating_mul(row.codes.len() * row.statuses.len());
        self.room = self.room.checked_sub(length).ok_or("cells that cover too many rows")?;
        for (service, number) in &row.codes {
            let names = [format!("{service}.{number}"), (*number).to_owned()];
            self.read_or_reported.extend(names.map(|name| name.to_ascii_lowercase()));
        }
        Ok(())
    }
}

/// The words at the start of a description that fit into a message; usually all of them.
fn start_for_message(description: &str) -> &str {
    let start = start_of(description, MAX_MESSAGE_LENGTH);
    if start.len() == description.len() {
        return description;
    }
    start.rsplit_once(' ').map_or(start, |(words, _)| words)
}
