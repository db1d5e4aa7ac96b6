//! Records as cards, with one labelled field below the other, and as lines.

use textwrap::core::display_width;

use super::record::Field;
use super::style::{ColorMode, Style};
use super::text::Text;

/// Below this width a label stands on a line of its own.
const MIN_WIDTH_BESIDE: usize = 40;

/// A record for reading: what it is, then its fields. A single field needs no label. A label
/// stands beside its texts, if they have room there.
pub fn card(title: Vec<Text>, fields: &[Field], width: usize, mode: ColorMode) -> String {
    let mut card = joined(title, |_| "  ").lines(width, mode);
    // The same for every record, so that values line up between cards.
    let labels = fields.iter().map(|field| field.heading.len());
    let label_width = labels.max().unwrap_or(0);
    let is_wide = width >= MIN_WIDTH_BESIDE;
    for field in fields.iter().filter(|field| !field.texts.is_empty()) {
        let mut indent = label_width + 4;
        let texts = field.lines(width.saturating_sub(indent).max(1), ColorMode::Plain);
        let has_room = texts.iter().all(|it| indent + display_width(it) <= width);
        let label = Style::Label.paint(field.heading, mode, None);
        let mut before = format!("  {label}{}", " ".repeat(indent - 2 - field.heading.len()));
        if fields.len() == 1 || !is_wide || !has_room {
            indent = 2;
            before = " ".repeat(indent);
            if fields.len() > 1 {
                card.push([if is_wide { "  " } else { "" }, &label].concat());
            }
        }
        for line in field.lines(width - indent, mode) {
            card.push(before + &line);
            before = " ".repeat(indent);
        }
    }
    card.into_iter().map(|line| line + "\n").collect()
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
