//! How many entries have which HTTP status.

use std::borrow::Cow;

use serde::Serialize;

use super::{Kind, Record, long, short, status_text};
use crate::render::card::Card;
use crate::render::style::Style;
use crate::render::text::Text;

/// How many entries have an HTTP status.
#[derive(Serialize)]
pub struct StatusCount {
    /// The HTTP status.
    pub status: u16,
    /// Its standard name.
    pub reason: &'static str,
    /// The number of entries with it.
    pub entries: usize,
}

impl Record for StatusCount {
    fn kind() -> Kind {
        Kind {
            fields: &["status", "reason", "entries"],
            columns: const { &[short("Status"), long("Reason"), short("Entries")] },
            prefers_cards: false,
        }
    }

    fn fields(&self) -> Vec<Cow<'_, str>> {
        vec![
            self.status.to_string().into(),
            self.reason.into(),
            self.entries.to_string().into(),
        ]
    }

    fn cells(&self) -> Vec<Text<'_>> {
        vec![
            Text::new().styled(Style::Status, self.status.to_string()),
            Text::new().plain(self.reason),
            Text::new().plain(self.entries.to_string()),
        ]
    }

    fn line(&self) -> Text<'_> {
        Text::new().plain(format!("{} {}: {}", self.status, self.reason, self.entries))
    }

    fn card(&self) -> Card<'_> {
        Card {
            title: Text::new().styled(Style::Status, status_text(self.status)),
            fields: vec![("Entries", Text::new().plain(self.entries.to_string()))],
        }
    }
}
