//! Hits of a search, with the words that the query matched.

use std::borrow::Cow;

use orgerr::Hit;

use super::entry::{HIT_COLUMNS, HIT_HEADINGS, entry_fields, entry_line, entry_title};
use super::{Kind, Record};
use crate::render::card::Card;
use crate::render::style::Style;
use crate::render::text::Text;

impl Record for Hit<'_> {
    fn kind() -> Kind {
        Kind {
            fields: HIT_HEADINGS,
            columns: HIT_COLUMNS,
            prefers_cards: true,
        }
    }

    fn fields(&self) -> Vec<Cow<'_, str>> {
        let mut fields = entry_fields(self.entry);
        fields.push(self.score.to_string().into());
        fields
    }

    fn cells(&self) -> Vec<Text<'_>> {
        let entry = self.entry;
        vec![
            highlighted(self, "code", Style::Code, entry.code()),
            Text::new().styled(Style::Status, entry.status().to_string()),
            highlighted(self, "message", Style::Plain, entry.message()),
            highlighted(self, "description", Style::Plain, entry.description()),
            highlighted(self, "solution", Style::Fix, entry.solution()),
        ]
    }

    fn line(&self) -> Text<'_> {
        entry_line(self.entry)
    }

    /// The message and the fix, and further fields where the query matched them.
    fn card(&self) -> Card<'_> {
        let entry = self.entry;
        let field = |label, name, style, text| (label, highlighted(self, name, style, text));
        let mut fields = vec![field("Message", "message", Style::Plain, entry.message())];
        if self.matches.contains_key("description") {
            fields.push(field(
                "Meaning",
                "description",
                Style::Plain,
                entry.description(),
            ));
        }
        fields.push(field("Fix", "solution", Style::Fix, entry.solution()));
        if self.matches.contains_key("category") && !self.matches.contains_key("message") {
            fields.push(field(
                "Category",
                "category",
                Style::Plain,
                entry.category(),
            ));
        }
        let code = highlighted(self, "code", Style::Code, entry.code());
        Card {
            title: entry_title(entry, code),
            fields,
        }
    }
}

/// A field of the hit's entry in `style`, its matches highlighted.
fn highlighted<'t>(hit: &Hit, name: &str, style: Style, text: &'t str) -> Text<'t> {
    Text::new().highlighted(style, text, hit.matches.get(name))
}
