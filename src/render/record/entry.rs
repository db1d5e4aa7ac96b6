//! Entries, whole or among others.

use std::borrow::Cow;

use orgerr::Entry;
use serde::Serialize;

use super::{Kind, Record, long, short, status_text};
use crate::render::card::Card;
use crate::render::style::Style;
use crate::render::table::Column;
use crate::render::text::Text;

/// The headings of an entry, and the score of a hit.
pub const HIT_HEADINGS: &[&str] = &[
    "code",
    "service",
    "status",
    "message",
    "description",
    "solution",
    "category",
    "action",
    "retryable",
    "note",
    "score",
];
/// The same without the score.
const ENTRY_HEADINGS: &[&str] = HIT_HEADINGS.split_at(HIT_HEADINGS.len() - 1).0;
pub const ENTRY_COLUMNS: &[Column] =
    &[short("Code"), short("Status"), long("Message"), long("Fix")];

/// The columns of an entry of which everything is wanted, the note last.
const FULL_COLUMNS: &[Column] = &[
    short("Code"),
    short("Status"),
    long("Message"),
    long("Meaning"),
    long("Fix"),
    long("Note"),
];
/// The same without the note.
pub const HIT_COLUMNS: &[Column] = FULL_COLUMNS.split_at(FULL_COLUMNS.len() - 1).0;

pub fn entry_fields(entry: &Entry) -> Vec<Cow<'_, str>> {
    vec![
        entry.code().into(),
        entry.service().into(),
        entry.status().to_string().into(),
        entry.message().into(),
        entry.description().into(),
        entry.solution().into(),
        entry.category().into(),
        entry.action().name().into(),
        entry.retryable().to_string().into(),
        entry.note().unwrap_or_default().into(),
    ]
}

pub fn entry_cells(entry: &Entry) -> Vec<Text<'_>> {
    vec![
        Text::new().styled(Style::Code, entry.code()),
        Text::new().styled(Style::Status, entry.status().to_string()),
        Text::new().plain(entry.message()),
        Text::new().styled(Style::Fix, entry.solution()),
    ]
}

pub fn entry_line(entry: &Entry) -> Text<'_> {
    let line = Text::new()
        .styled(Style::Code, entry.code())
        .plain(" (")
        .styled(Style::Status, status_text(entry.status()))
        .plain("): ")
        .plain(entry.message())
        .styled(Style::Label, " Meaning: ")
        .plain(entry.description())
        .styled(Style::Label, " Fix: ")
        .styled(Style::Fix, entry.solution());
    match entry.note() {
        Some(note) => line.styled(Style::Label, " Note: ").plain(note),
        None => line,
    }
}

pub fn entry_card(entry: &Entry) -> Card<'_> {
    let code = Text::new().styled(Style::Code, entry.code());
    Card {
        title: entry_title(entry, code),
        fields: vec![
            ("Message", Text::new().plain(entry.message())),
            ("Fix", Text::new().styled(Style::Fix, entry.solution())),
        ],
    }
}

pub fn entry_title<'a>(entry: &'a Entry, code: Text<'a>) -> Text<'a> {
    code.plain("  ")
        .styled(Style::Status, status_text(entry.status()))
}

/// An entry of which everything is wanted.
#[derive(Serialize)]
#[serde(transparent)]
pub struct FullEntry<'a>(pub &'a Entry);

impl Record for FullEntry<'_> {
    fn kind() -> Kind {
        Kind {
            fields: ENTRY_HEADINGS,
            columns: FULL_COLUMNS,
            prefers_cards: true,
        }
    }

    fn fields(&self) -> Vec<Cow<'_, str>> {
        entry_fields(self.0)
    }

    fn cells(&self) -> Vec<Text<'_>> {
        let mut cells = entry_cells(self.0);
        cells.insert(3, Text::new().plain(self.0.description()));
        cells.push(Text::new().plain(self.0.note().unwrap_or_default()));
        cells
    }

    fn line(&self) -> Text<'_> {
        entry_line(self.0)
    }

    fn card(&self) -> Card<'_> {
        let entry = self.0;
        let action = if entry.retryable() && entry.action().name() != "retry" {
            format!("{}, after trying again", entry.action())
        } else {
            entry.action().to_string()
        };
        let mut fields = vec![
            ("Meaning", Text::new().plain(entry.description())),
            ("Fix", Text::new().styled(Style::Fix, entry.solution())),
            ("Message", Text::new().plain(entry.message())),
            ("Category", Text::new().plain(entry.category())),
            ("Action", Text::new().plain(action)),
        ];
        if let Some(note) = entry.note() {
            fields.insert(2, ("Note", Text::new().plain(note)));
        }
        let code = Text::new().styled(Style::Code, entry.code());
        Card {
            title: entry_title(entry, code),
            fields,
        }
    }
}

/// An entry among others.
#[derive(Serialize)]
#[serde(transparent)]
pub struct EntryRow<'a>(pub &'a Entry);

impl Record for EntryRow<'_> {
    fn kind() -> Kind {
        Kind {
            fields: ENTRY_HEADINGS,
            columns: ENTRY_COLUMNS,
            prefers_cards: false,
        }
    }

    fn fields(&self) -> Vec<Cow<'_, str>> {
        entry_fields(self.0)
    }

    fn cells(&self) -> Vec<Text<'_>> {
        entry_cells(self.0)
    }

    fn line(&self) -> Text<'_> {
        entry_line(self.0)
    }

    fn card(&self) -> Card<'_> {
        entry_card(self.0)
    }
}
