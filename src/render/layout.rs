//! Records as text in a format: all of them, or one after the other.

use super::record::{Field, Record, View, columns, fields_in, merged, places, row};
use super::settings::Format;
use super::style::ColorMode;
use super::{card, github, json, markdown, table, tsv};

/// The format that records are written in, and the room that there is for them.
#[derive(Debug, Clone, Copy)]
pub struct Layout {
    pub format: Format,
    pub width: usize,
    pub mode: ColorMode,
    /// Whether lines are wrapped, too.
    pub wraps_lines: bool,
}

impl Layout {
    /// The text of the records, in pieces, so that it need not all be held at once.
    pub fn pieces<'r, R: Record>(
        self,
        view: View,
        records: &'r [&R],
    ) -> Box<dyn Iterator<Item = String> + 'r> {
        if let Some(table) = self.table(view, records) {
            return Box::new([table].into_iter());
        }
        let is_single = records.len() == 1;
        let pieces = records.iter().enumerate();
        let pieces =
            pieces.map(move |(number, record)| self.piece(view, *record, number == 0, is_single));
        let end = match self.format {
            Format::Json if records.is_empty() => "[]\n",
            Format::Json => "\n]\n",
            _ => "",
        };
        let head = self.head::<R>(view);
        Box::new([head].into_iter().chain(pieces).chain([end.to_owned()]))
    }

    /// The text of one of many records; that of the first has the head above it.
    pub fn next<R: Record>(self, view: View, record: &R, is_first: bool) -> String {
        let head = if is_first {
            self.head::<R>(view)
        } else {
            String::new()
        };
        let piece = self.piece(view, record, is_first, false);
        // An element of an array ends with its line, so that it is written at once.
        let end = if self.format == Format::Json {
            "\n"
        } else {
            ""
        };
        [&*head, &piece, end].concat()
    }

    /// The records as a table, if that is what is asked for and has room.
    fn table<R: Record>(self, view: View, records: &[&R]) -> Option<String> {
        let is_table = self.format == Format::Table && !records.is_empty();
        let fields = fields_in::<R>(view.table.filter(|_| is_table)?);
        let rows = records.iter().map(|record| row(&fields, *record));
        table::table(&columns(&fields), rows.collect(), self.width, self.mode)
    }

    /// What stands once above the records.
    fn head<R: Record>(self, view: View) -> String {
        match self.format {
            Format::Tsv => tsv::head(R::KEYS),
            Format::Markdown => markdown::head(&columns(&self.shown::<R>(view, false).1)),
            _ => String::new(),
        }
    }

    fn piece<R: Record>(self, view: View, record: &R, is_first: bool, is_single: bool) -> String {
        let Layout { width, mode, .. } = self;
        let (title, fields) = self.shown::<R>(view, is_single);
        let columns = columns(&fields);
        match self.format {
            Format::Json => {
                let before = if is_first { "[\n" } else { ",\n" };
                before.to_owned() + &json::element(record)
            }
            Format::Jsonl => json::line(record),
            Format::Tsv => tsv::row(R::KEYS, record),
            Format::Markdown => markdown::row(&columns, row(&fields, record)),
            Format::Github => {
                let message = merged(&columns, row(&fields, record));
                let title = row(&title, record);
                github::command(&record.annotation(), &title, message)
            }
            Format::Plain => {
                let line = card::line(row(&title, record), &columns, row(&fields, record));
                if self.wraps_lines {
                    line.lines(width, mode).map(|line| line + "\n").collect()
                } else {
                    line.painted(mode) + "\n"
                }
            }
            Format::Table => {
                let is_apart = !is_first && columns.len() > 1;
                let before = if is_apart { "\n" } else { "" };
                let (title, row) = (row(&title, record), row(&fields, record));
                before.to_owned() + &card::card(title, &columns, &row, width, mode)
            }
        }
    }

    /// The fields of the title and those below it.
    fn shown<R: Record>(self, view: View, is_single: bool) -> (Vec<Field<R>>, Vec<Field<R>>) {
        let single = if is_single { places::SINGLE } else { 0 };
        let (title, shown) = match (self.format, view.table) {
            (Format::Markdown, Some(table)) => (0, table),
            (Format::Markdown, None) => (0, places::TITLE | places::TICKET),
            (Format::Github, _) => (places::TITLE, places::ANNOTATION),
            (Format::Plain, _) if view.line == places::BARE_LINE => (0, view.line),
            (Format::Plain, _) => (places::TITLE, view.line),
            _ => (places::TITLE, view.card | single),
        };
        (fields_in(title), fields_in(shown))
    }
}
