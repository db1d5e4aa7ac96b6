//! Records as text in a format: all of them, or one after the other.

use super::record::{Field, Record, View, as_columns, slots, standing_in, with_title};
use super::style::ColorMode;
use super::{card, github, json, markdown, table, tsv};
use crate::options::Format;

/// What stands in the rows of a table.
const ROW: u16 = slots::TABLE | slots::SHORT_TABLE | slots::VARIED;

/// The format that records are written in, and the room that there is for them.
#[derive(Debug, Clone, Copy)]
pub struct Layout {
    pub format: Format,
    pub view: View,
    pub width: usize,
    pub mode: ColorMode,
    /// Whether lines are wrapped, too.
    pub wraps_lines: bool,
}

impl Layout {
    /// The text of all the records.
    pub fn all<R: Record>(self, records: &[&R]) -> String {
        match (self.format, records) {
            (Format::Json, _) => return json::array(records),
            (Format::Tsv, []) => return tsv::head(R::KEYS),
            (Format::Table, [_, ..]) if self.view != View::Cards => {
                let rows = records.iter().map(|it| standing_in(it.fields(), ROW));
                let rows = rows.map(as_columns).collect();
                if let Some(table) = table::table(rows, self.width, self.mode) {
                    return table;
                }
            }
            _ => {}
        }
        let card = match records {
            [_] => slots::CARD | slots::SINGLE,
            _ => slots::CARD,
        };
        let texts = (0..).zip(records);
        let texts = texts.map(|(at, it)| self.one(*it, at == 0, card));
        texts.collect()
    }

    /// The text of one of many records, of which JSON has an array.
    pub fn next<R: Record>(self, record: &R, is_first: bool) -> String {
        if self.format == Format::Json {
            // An element ends with its line, so that it is written at once.
            let before = if is_first { "[" } else { "," };
            return format!("{before}\n{}\n", json::element(record));
        }
        self.one(record, is_first, slots::CARD)
    }

    /// The text of a record; that of the first has the head above it. A view of cards shows
    /// the slots of `card`.
    fn one<R: Record>(self, record: &R, is_first: bool, card: u16) -> String {
        match self.format {
            Format::Jsonl => json::line(record),
            Format::Tsv if is_first => tsv::head(R::KEYS) + &tsv::row(R::KEYS, record),
            Format::Tsv => tsv::row(R::KEYS, record),
            Format::Github => github::annotation(record.finding(), record.fields()),
            _ => self.laid_out(record.fields(), is_first, card),
        }
    }

    /// The text of a record in a format that is made from its fields.
    fn laid_out(self, fields: Vec<Field>, is_first: bool, card: u16) -> String {
        let Layout { width, mode, .. } = self;
        let are_cards = self.view == View::Cards;
        match self.format {
            Format::Markdown => {
                let ticket = slots::LINE_TITLE | slots::TICKET;
                let fields = standing_in(fields, if are_cards { ticket } else { ROW });
                markdown::row(&as_columns(fields), is_first)
            }
            Format::Plain => {
                let (title, fields) = with_title(fields, slots::LINE_TITLE, slots::LINE);
                let line = card::line(title, fields);
                let width = if self.wraps_lines { width } else { usize::MAX };
                line.painted_lines(width, mode).join("\n") + "\n"
            }
            _ => {
                let slots = if are_cards { card } else { slots::ROW_CARD };
                let (title, fields) = with_title(fields, slots::CARD_TITLE, slots);
                let is_apart = !is_first && fields.len() > 1;
                let before = if is_apart { "\n" } else { "" };
                before.to_owned() + &card::card(title, &fields, width, mode)
            }
        }
    }
}
