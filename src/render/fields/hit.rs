//! Hits of a search, with the words that the query matched.

use orgerr::Hit;

use super::entry::{HIT_KEYS, documented_status, note, page};
use crate::render::record::Fit::{Below, Prose, Word};
use crate::render::record::places::{CARD, LINE, TICKET, TITLE};
use crate::render::record::{Field, Record};
use crate::render::style::Style;
use crate::render::text::Text;

impl Record for Hit<'_> {
    const KEYS: &'static str = HIT_KEYS;

    fn fields(&self) -> Vec<Field<'_>> {
        let entry = self.entry;
        // A field of the entry, its matches highlighted.
        let matched = |name, style, text| {
            let ranges = self.matches.get(name).map_or(&[][..], |it| &it[..]);
            Text::highlighted(style, text, ranges)
        };
        let code = matched("code", Style::Code, entry.code()).linked_to(page(entry));
        let meaning = matched("description", Style::Plain, entry.description());
        let fix = matched("solution", Style::Fix, entry.solution());
        let message = matched("message", Style::Plain, entry.message());
        let everywhere = CARD | TICKET | LINE;
        vec![
            Field::new("Code", Word, TITLE, [code]),
            Field::new("Status", Word, TITLE, documented_status(entry)),
            Field::new("Meaning", Prose, everywhere, [meaning]),
            Field::new("Fix", Prose, everywhere, [fix]),
            Field::new("Note", Below, TICKET | LINE, note(entry)),
            Field::new("Message", Prose, everywhere, [message]),
        ]
    }
}
