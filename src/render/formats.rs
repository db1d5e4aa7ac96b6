//! Turns records into text: all of them, or one after the other. `Output::layout` decides the
//! format; the fields of each kind of record (`fields`) decide what is in it.

use super::record::{Field, Record, View, columns, slots, split_title};
use super::style::ColorMode;
use super::{card, github, json, markdown, table, tsv};
use crate::output_options::Format;

/// The slots whose fields are in the rows of a table.
const TABLE_SLOTS: u16 = slots::TABLE | slots::OPTIONAL | slots::VARIED;

/// The format that records are written in, and the room for them.
#[derive(Debug, Clone, Copy)]
pub(super) struct Layout {
    pub format: Format,
    pub view: View,
    /// The width of cards and tables.
    pub width: usize,
    pub mode: ColorMode,
    /// The width of the lines of `plain`, which are wrapped only if a width is asked for.
    pub line_width: usize,
}

impl Layout {
    /// The text of all the records.
    pub(super) fn all<R: Record>(self, records: &[&R]) -> String {
        match (self.format, records) {
            (Format::Json, _) => return json::array(records),
            (Format::Tsv, []) => return tsv::head(R::TSV_KEYS),
            (Format::Table, [_, ..]) if self.view != View::Cards => {
                let rows: Vec<_> =
                    records.iter().map(|it| columns(it.fields(), TABLE_SLOTS)).collect();
                if let Some(table) = table::table(&rows, self.width, self.mode) {
                    return table;
                }
            }
            // All else writes one record after another, and nothing if there is none.
            _ => {}
        }
        let is_only = records.len() == 1;
        let texts = records.iter().enumerate();
        texts.map(|(index, record)| self.one(*record, index == 0, is_only)).collect()
    }

    /// The text of a record. Before the first record comes the head, or in JSON the start of the
    /// array.
    pub(super) fn one<R: Record>(self, record: &R, is_first: bool, is_only: bool) -> String {
        match self.format {
            Format::Json => json::element(record, is_first),
            Format::Jsonl => json::line(record),
            Format::Tsv if is_first => tsv::head(R::TSV_KEYS) + &tsv::row(R::TSV_KEYS, record),
            Format::Tsv => tsv::row(R::TSV_KEYS, record),
            Format::Github => github::annotation(record.finding(), record.fields()),
            Format::Markdown => self.markdown_row(record.fields(), is_first),
            Format::Plain => self.plain_line(record.fields()),
            Format::Table => self.card(record.fields(), is_first, is_only),
        }
    }

    fn markdown_row(self, fields: Vec<Field>, is_first: bool) -> String {
        let ticket = slots::LINE_TITLE | slots::TICKET;
        let shown = if self.view == View::Cards { ticket } else { TABLE_SLOTS };
        markdown::row(&columns(fields, shown), is_first)
    }

    fn plain_line(self, fields: Vec<Field>) -> String {
        let (title, fields) = split_title(fields, slots::LINE_TITLE, slots::LINE);
        let lines = card::line(title, fields).painted_lines(self.line_width, self.mode);
        lines.join("\n") + "\n"
    }

    /// A card for a record, or for a row where the table does not fit. An empty line separates a
    /// card of several fields from the one above.
    fn card(self, fields: Vec<Field>, is_first: bool, is_only: bool) -> String {
        let single = if is_only { slots::SINGLE } else { 0 };
        let is_card = self.view == View::Cards;
        let shown = if is_card { slots::CARD | single } else { slots::ROW_CARD };
        let (title, fields) = split_title(fields, slots::CARD_TITLE, shown);
        let is_apart = !is_first && fields.len() > 1;
        let before = if is_apart { "\n" } else { "" };
        before.to_owned() + &card::card(title, &fields, self.width, self.mode)
    }
}
