//! Records as cards, with one labelled field below the other, and as lines.

use super::record::Field;
use super::style::{ColorMode, Style};
use super::text::Text;

/// Below this width a label stands on a line of its own.
const MIN_WIDTH_BESIDE: usize = 40;

/// A record for reading: what it is, then its fields. A single field needs no label.
pub fn card(title: Vec<Text>, fields: &[Field], width: usize, mode: ColorMode) -> String {
    let mut card = String::new();
    for line in joined(title, |_| "  ").lines(width, mode) {
        card.extend([&line, "\n"]);
    }
    // The same for every record, so that values line up between cards.
    let labels = fields.iter().map(|field| field.heading.len());
    let label_width = labels.max().unwrap_or(0);
    let is_labelled = fields.len() > 1;
    let is_wide = width >= MIN_WIDTH_BESIDE;
    let beside = label_width + 4;
    let has_room = |text: &Text| text.min_width() + beside <= width;
    for Field { heading, texts, .. } in fields.iter().filter(|field| !field.texts.is_empty()) {
        let is_beside = is_labelled && is_wide && texts.iter().all(has_room);
        let indent = " ".repeat(if is_beside { beside } else { 2 });
        let width = width - indent.len();
        let mut before = indent.clone();
        if is_labelled {
            let margin = if is_wide { "  " } else { "" };
            let label = Style::Label.text(*heading).painted(mode);
            let end = if is_beside {
                " ".repeat(label_width - heading.len() + 2)
            } else {
                format!("\n{indent}")
            };
            before = [margin, &label, &end].concat();
        }
        for line in texts.iter().flat_map(|text| text.lines(width, mode)) {
            card.extend([&before, &line, "\n"]);
            before.clone_from(&indent);
        }
    }
    card
}

/// A record on a line of its own: what it is, then its labelled fields, each as a sentence
/// for itself. The first one, if it is there, needs no label.
pub fn line<'a>(title: Vec<Text<'a>>, fields: Vec<Field<'a>>) -> Text<'a> {
    let more = |title: Text<'a>, more| {
        let title = title.and(Style::Plain, " (").append(more);
        title.and(Style::Plain, ")")
    };
    let title = title.into_iter().reduce(more);
    let title = title.map(|title| title.and(Style::Plain, ":"));
    let mut parts = Vec::from_iter(title);
    for (number, mut field) in fields.into_iter().enumerate() {
        if number > 0 {
            field.label();
        }
        parts.append(&mut field.texts);
    }
    sentences(parts)
}

/// Texts as sentences of one text, of which none runs into the next.
pub fn sentences<'a>(texts: impl IntoIterator<Item = Text<'a>>) -> Text<'a> {
    joined(texts, |all| if all.ends_sentence() { " " } else { "; " })
}

/// Texts as one.
fn joined<'a>(
    texts: impl IntoIterator<Item = Text<'a>>,
    between: fn(&Text) -> &'static str,
) -> Text<'a> {
    let all = texts.into_iter().reduce(|all, text| {
        let between = between(&all);
        all.and(Style::Plain, between).append(text)
    });
    all.unwrap_or_default()
}
