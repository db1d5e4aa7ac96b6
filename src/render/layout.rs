//! Records as text in a format: all of them, or one after the other.

use super::record::{Record, Shown, View, as_columns, slots, with_title};
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
            (Format::Json, _) => return json::array(records),
            (Format::Tsv, []) => return tsv::head(R::KEYS),
            _ => {}
        }
        let data = (0..).zip(records).map(|(at, it)| self.data(*it, at == 0));
        data.collect::<Option<String>>().unwrap_or_else(|| {
            let records: Vec<_> = records.iter().map(|it| *it as &dyn Shown).collect();
            self.laid_out(view, &records)
        })
    }

    /// The text of one of many records.
    pub fn next<R: Record>(self, view: View, record: &R, is_first: bool) -> String {
        match self.data(record, is_first) {
            // An element of an array ends with its line, so that it is written at once.
            Some(element) if self.format == Format::Json => element + "\n",
            Some(data) => data,
            None => self.one(view, record, is_first, slots::CARD),
        }
    }

    /// A record in a format that is made from its JSON; the first has the head above it.
    fn data<R: Record>(self, record: &R, is_first: bool) -> Option<String> {
        match self.format {
            Format::Json => {
                let before = if is_first { "[\n" } else { ",\n" };
                Some(before.to_owned() + &json::element(record))
            }
            Format::Jsonl => Some(json::line(record)),
            Format::Tsv if is_first => Some(tsv::head(R::KEYS) + &tsv::row(R::KEYS, record)),
            Format::Tsv => Some(tsv::row(R::KEYS, record)),
            _ => None,
        }
    }

    /// The records in a format that is made from their fields.
    fn laid_out(self, view: View, records: &[&dyn Shown]) -> String {
        if self.format == Format::Table && view != View::Cards && !records.is_empty() {
            let rows = records.iter().map(|it| as_columns(it.fields_in(ROW)));
            if let Some(table) = table::table(rows.collect(), self.width, self.mode) {
                return table;
            }
        }
        let card = match records.len() {
            1 => slots::CARD | slots::SINGLE,
            _ => slots::CARD,
        };
        let texts = (0..)
            .zip(records)
            .map(|(at, it)| self.one(view, *it, at == 0, card));
        texts.collect()
    }

    /// A record in such a format. A view of cards shows the slots of `card`.
    fn one(self, view: View, record: &dyn Shown, is_first: bool, card: u16) -> String {
        let Layout { width, mode, .. } = self;
        let are_cards = view == View::Cards;
        match self.format {
            Format::Markdown => {
                let ticket = slots::LINE_TITLE | slots::TICKET;
                let fields = record.fields_in(if are_cards { ticket } else { ROW });
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
                    line.lines(width, mode).join("\n") + "\n"
                } else {
                    line.painted(mode) + "\n"
                }
            }
            _ => {
                let slots = if are_cards { card } else { slots::ROW_CARD };
                let (title, fields) = with_title(record, slots::CARD_TITLE, slots);
                let is_apart = !is_first && fields.len() > 1;
                let before = if is_apart { "\n" } else { "" };
                before.to_owned() + &card::card(title, &fields, width, mode)
            }
        }
    }
}
