//! Records as text in a format: all of them, or one after the other.

use super::record::{Record, View, as_columns, fields_in, places};
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
    /// The text of all the records.
    pub fn all<R: Record>(self, view: View, records: &[&R]) -> String {
        match (self.format, records) {
            (Format::Json, _) => return json::array(&records),
            (Format::Tsv, []) => return tsv::head(R::KEYS),
            (Format::Table, [_, ..]) => {
                if let Some(table) = self.table(view, records) {
                    return table;
                }
            }
            _ => {}
        }
        let single = if records.len() == 1 {
            places::SINGLE
        } else {
            0
        };
        let records = records.iter().enumerate();
        let texts = records.map(|(number, record)| self.one(view, *record, number == 0, single));
        texts.collect()
    }

    /// The text of one of many records.
    pub fn next<R: Record>(self, view: View, record: &R, is_first: bool) -> String {
        let mut text = self.one(view, record, is_first, 0);
        if self.format == Format::Json {
            // An element of an array ends with its line, so that it is written at once.
            text.push('\n');
        }
        text
    }

    /// The records as a table, if that is what is asked for and has room.
    fn table<R: Record>(self, view: View, records: &[&R]) -> Option<String> {
        let places = view.table()?;
        let rows = records.iter().map(|it| as_columns(fields_in(*it, places)));
        table::table(rows.collect(), self.width, self.mode)
    }

    /// A record; the first has the head above it.
    fn one<R: Record>(self, view: View, record: &R, is_first: bool, single: u16) -> String {
        let Layout { width, mode, .. } = self;
        let above = match self.format {
            Format::Json if is_first => "[\n".to_owned(),
            Format::Json => ",\n".to_owned(),
            Format::Tsv if is_first => tsv::head(R::KEYS),
            _ => String::new(),
        };
        let (title_places, shown) = match (self.format, view.table()) {
            (Format::Json, _) => return above + &json::element(record),
            (Format::Jsonl, _) => return json::line(record),
            (Format::Tsv, _) => return above + &tsv::row(R::KEYS, record),
            (Format::Markdown, Some(table)) => (0, table),
            (Format::Markdown, None) => (0, places::TITLE | places::TICKET),
            (Format::Github, _) => (places::TITLE, places::ANNOTATION),
            (Format::Plain, _) if matches!(view, View::Fixes | View::FixesOfVariants) => {
                (0, places::BARE_LINE)
            }
            (Format::Plain, _) => (places::TITLE, places::LINE),
            (Format::Table, _) => (places::TITLE, view.card() | single),
        };
        let fields = fields_in(record, title_places | shown).into_iter();
        let (title, fields): (Vec<_>, Vec<_>) =
            fields.partition(|it| it.places & title_places != 0);
        match self.format {
            Format::Markdown => markdown::row(&as_columns(fields), is_first),
            Format::Github => github::command(&record.annotation(), title, as_columns(fields)),
            Format::Plain => {
                let line = card::line(title, fields);
                if self.wraps_lines {
                    line.lines(width, mode).map(|line| line + "\n").collect()
                } else {
                    line.painted(mode) + "\n"
                }
            }
            _ => {
                let is_apart = !is_first && fields.len() > 1;
                let before = if is_apart { "\n" } else { "" };
                before.to_owned() + &card::card(title, &fields, width, mode)
            }
        }
    }
}
