//! Hits of a search, with the words that the query matched.

use orgerr::Hit;

use super::entry::{HIT_KEYS, documented_status, note, page};
use super::one;
use crate::render::record::places::{HIT, LINE, TICKET, TITLE};
use crate::render::record::{Field, Fit, Record};
use crate::render::style::Style;
use crate::render::text::Text;

impl Record for Hit<'_> {
    const KEYS: &'static str = HIT_KEYS;

    fn fields() -> Vec<Field<Self>> {
        vec![
            Field::new("Code", Fit::Word, TITLE, |hit| {
                let code = matched(hit, "code", Style::Code, hit.entry.code());
                one(code.linked_to(page(hit.entry)))
            }),
            Field::new("Status", Fit::Word, TITLE, |hit| {
                documented_status(hit.entry)
            }),
            Field::new("Meaning", Fit::Text, HIT | TICKET | LINE, |hit| {
                one(matched(
                    hit,
                    "description",
                    Style::Plain,
                    hit.entry.description(),
                ))
            }),
            Field::new("Fix", Fit::Text, HIT | TICKET | LINE, |hit| {
                one(matched(hit, "solution", Style::Fix, hit.entry.solution()))
            }),
            Field::new("Note", Fit::Below, TICKET | LINE, |hit| note(hit.entry)),
            Field::new("Message", Fit::Text, HIT | TICKET | LINE, |hit| {
                one(matched(hit, "message", Style::Plain, hit.entry.message()))
            }),
        ]
    }
}

/// A field of the hit's entry in `style`, its matches highlighted.
fn matched<'t>(hit: &Hit, name: &str, style: Style, text: &'t str) -> Text<'t> {
    let ranges = hit.matches.get(name).map_or(&[][..], |ranges| &ranges[..]);
    Text::highlighted(style, text, ranges)
}
