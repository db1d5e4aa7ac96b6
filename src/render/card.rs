//! Records as cards: a title, then one labelled field below the other.

use super::record::Record;
use super::style::{Ink, Style};
use super::text::{Text, indented, wrapped};

/// Below this width a label stands on a line of its own.
const NARROW: usize = 40;

/// A record for reading: what it is, and its fields by importance.
pub struct Card<'a> {
    pub title: Text<'a>,
    pub fields: Vec<(&'static str, Text<'a>)>,
}

/// The records as cards with an empty line between them.
pub fn cards(records: &[&dyn Record], width: usize, ink: Ink) -> String {
    let cards: Vec<_> = records
        .iter()
        .map(|record| card(&record.card(), width, ink))
        .collect();
    cards.join("\n")
}

fn card(card: &Card, width: usize, ink: Ink) -> String {
    let mut text = wrapped(&card.title, Some(width), ink);
    let label_width = card
        .fields
        .iter()
        .map(|(label, _)| label.len())
        .max()
        .unwrap_or(0);
    for (label, value) in &card.fields {
        let styled_label = Text::new().styled(Style::Label, *label).painted(ink);
        if width < NARROW {
            text += &styled_label;
            text.push('\n');
            text += &indented(value, "  ", "  ", Some(width), ink);
            continue;
        }
        let indent = " ".repeat(label_width + 4);
        let padding = " ".repeat(label_width - label.len() + 2);
        let value = indented(value, &indent, &indent, Some(width), ink);
        text.extend(["  ", &styled_label, &padding, &value[indent.len()..]]);
    }
    text
}
