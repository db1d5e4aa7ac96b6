//! Records as text in a format: all of them, or one after the other.

use super::record::{Record, View, as_columns, fields_in, slots, with_title};
use super::style::ColorMode;
use super::{card, github, json, markdown, table, tsv};
use crate::options::Format;

/// What stands in the rows of a table.
const ROW: u16 = slots::TABLE | slots::SHORT_TABLE | slots::VARIED;

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
            (Format::Table, [_, ..]) if view != View::Cards => {
                let rows = records.iter().map(|it| as_columns(fields_in(*it, ROW)));
                if let Some(table) = table::table(rows.collect(), self.width, self.mode) {
                    return table;
                }
            }
            _ => {}
        }
        let card = match records.len() {
            1 => slots::CARD | slots::SINGLE,
            _ => slots::CARD,
        };
        let records = records.iter().enumerate();
        let texts = records.map(|(number, record)| self.one(view, *record, number == 0, card));
        texts.collect()
    }

    /// The text of one of many records.
    pub fn next<R: Record>(self, view: View, record: &R, is_first: bool) -> String {
        let mut text = self.one(view, record, is_first, slots::CARD);
        if self.format == Format::Json {
            // An element of an array ends with its line, so that it is written at once.
            text.push('\n');
        }
        text
    }

    /// A record; the first has the head above it. A view of cards shows the slots of `card`.
    fn one<R: Record>(self, view: View, record: &R, is_first: bool, card: u16) -> String {
        let Layout { width, mode, .. } = self;
        let are_cards = view == View::Cards;
        match self.format {
            Format::Json => {
                let before = if is_first { "[\n" } else { ",\n" };
                before.to_owned() + &json::element(record)
            }
            Format::Jsonl => json::line(record),
            Format::Tsv if is_first => tsv::head(R::KEYS) + &tsv::row(R::KEYS, record),
            Format::Tsv => tsv::row(R::KEYS, record),
            Format::Markdown => {
                let ticket = slots::LINE_TITLE | slots::TICKET;
                let fields = fields_in(record, if are_cards { ticket } else { ROW });
                markdown::row(&as_columns(fields), is_first)
            }
            Format::Github => {
                let (title, fields) = with_title(record, slots::LINE_TITLE, slots::ANNOTATION);
                github::command(&record.annotation(), title, as_columns(fields))
            }
            Format::Plain => {
                let (title, fields) = with_title(record, slots::LINE_TITLE, slots::LINE);
                let line = card::line(title, fields);
                if self.wraps_lines {
                    line.lines(width, mode).map(|line| line + "\n").collect()
                } else {
                    line.painted(mode) + "\n"
                }
            }
            Format::Table => {
                let slots = if are_cards { card } else { slots::ROW_CARD };
                let (title, fields) = with_title(record, slots::CARD_TITLE, slots);
                let is_apart = !is_first && fields.len() > 1;
                let before = if is_apart { "\n" } else { "" };
                before.to_owned() + &card::card(title, &fields, width, mode)
            }
        }
    }
}
