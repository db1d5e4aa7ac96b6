//! Records as text in a format: all of them, or one after the other. Which format that is, is
//! decided by `Output::layout`; what stands in it, by the fields of each kind of record (`fields`).

use super::record::{Field, Record, View, columns, slots, with_title};
use super::style::ColorMode;
use super::{card, github, json, markdown, table, tsv};
use crate::options::Format;

/// What may stand in the rows of a table.
const COLUMNS: u16 = slots::TABLE | slots::OPTIONAL | slots::VARIED;

/// The format that records are written in, and the room that there is for them.
#[derive(Debug, Clone, Copy)]
pub struct Layout {
    pub format: Format,
    pub view: View,
    pub width: usize,
    pub mode: ColorMode,
    /// Where the lines of records are wrapped.
    pub line_width: usize,
}

impl Layout {
    /// The text of all the records.
    pub fn all<R: Record>(self, records: &[&R]) -> String {
        match (self.format, records) {
            (Format::Json, _) => return json::array(records),
            (Format::Tsv, []) => return tsv::head(R::KEYS),
            (Format::Table, [_, ..]) if self.view != View::Cards => {
                let rows: Vec<_> = records.iter().map(|it| columns(it.fields(), COLUMNS)).collect();
                if let Some(table) = table::table(&rows, self.width, self.mode) {
                    return table;
                }
            }
            _ => {}
        }
        let is_only = records.len() == 1;
        (0..).zip(records).map(|(at, record)| self.one(*record, at == 0, is_only)).collect()
    }

    /// The text of a record; that of the first has the head above it, and in JSON begins the
    /// array.
    pub fn one<R: Record>(self, record: &R, is_first: bool, is_only: bool) -> String {
        match self.format {
            Format::Json => json::element(record, is_first),
            Format::Jsonl => json::line(record),
            Format::Tsv if is_first => tsv::head(R::KEYS) + &tsv::row(R::KEYS, record),
            Format::Tsv => tsv::row(R::KEYS, record),
            Format::Github => github::annotation(record.finding(), record.fields()),
            _ => self.laid_out(record.fields(), is_first, is_only),
        }
    }

    /// The text of a record in a format that is made from its fields.
    fn laid_out(self, fields: Vec<Field>, is_first: bool, is_only: bool) -> String {
        let Layout { width, mode, .. } = self;
        let are_cards = self.view == View::Cards;
        match self.format {
            Format::Markdown => {
                let ticket = slots::LINE_TITLE | slots::TICKET;
                let slots = if are_cards { ticket } else { COLUMNS };
                markdown::row(&columns(fields, slots), is_first)
            }
            Format::Plain => {
                let (title, fields) = with_title(fields, slots::LINE_TITLE, slots::LINE);
                let lines = card::line(title, fields).painted_lines(self.line_width, mode);
                lines.join("\n") + "\n"
            }
            _ => {
                let single = if is_only { slots::SINGLE } else { 0 };
                let slots = if are_cards { slots::CARD | single } else { slots::ROW_CARD };
                let (title, fields) = with_title(fields, slots::CARD_TITLE, slots);
                let is_apart = !is_first && fields.len() > 1;
                let before = if is_apart { "\n" } else { "" };
                before.to_owned() + &card::card(title, &fields, width, mode)
            }
        }
    }
}
