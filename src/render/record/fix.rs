//! Entries of which only the suggested fix is wanted.

use std::borrow::Cow;

use orgerr::Entry;
use serde::Serialize;

use super::entry::{ENTRY_COLUMNS, entry_card, entry_cells};
use super::{Kind, Record, long, short};
use crate::render::card::Card;
use crate::render::style::Style;
use crate::render::text::Text;

/// An entry of which only the suggested fix is wanted.
#[derive(Serialize)]
#[serde(transparent)]
pub struct SuggestedFix<'a>(pub &'a Entry);

impl Record for SuggestedFix<'_> {
    fn kind() -> Kind {
        Kind {
            fields: &["code", "solution"],
            columns: const { &[short("Code"), long("Fix")] },
            prefers_cards: false,
        }
    }

    fn fields(&self) -> Vec<Cow<'_, str>> {
        vec![self.0.code().into(), self.0.solution().into()]
    }

    fn cells(&self) -> Vec<Text<'_>> {
        vec![
            Text::new().styled(Style::Code, self.0.code()),
            Text::new().styled(Style::Fix, self.0.solution()),
        ]
    }

    fn line(&self) -> Text<'_> {
        Text::new().plain(self.0.solution())
    }

    fn card(&self) -> Card<'_> {
        Card {
            title: Text::new().styled(Style::Code, self.0.code()),
            fields: vec![("Fix", Text::new().styled(Style::Fix, self.0.solution()))],
        }
    }
}

/// One of several entries of a code, of which only the suggested fix is wanted: with
/// what tells it from the others.
#[derive(Serialize)]
#[serde(transparent)]
pub struct VariantFix<'a>(pub &'a Entry);

impl Record for VariantFix<'_> {
    fn kind() -> Kind {
        Kind {
            // Those of [`SuggestedFix`] first, for who counts columns.
            fields: &["code", "solution", "status", "message"],
            columns: ENTRY_COLUMNS,
            prefers_cards: false,
        }
    }

    fn fields(&self) -> Vec<Cow<'_, str>> {
        vec![
            self.0.code().into(),
            self.0.solution().into(),
            self.0.status().to_string().into(),
            self.0.message().into(),
        ]
    }

    fn cells(&self) -> Vec<Text<'_>> {
        entry_cells(self.0)
    }

    fn line(&self) -> Text<'_> {
        Text::new().plain(self.0.solution())
    }

    fn card(&self) -> Card<'_> {
        entry_card(self.0)
    }
}
