//! Records as cards, with one labelled field below the other, and as lines.

use super::record::{Column, Row};
use super::style::{ColorMode, Style};
use super::text::Text;

/// Below this width a label stands on a line of its own.
pub const MIN_WIDTH_BESIDE: usize = 40;

/// A record for reading: what it is, then its fields. A single column needs no label.
pub fn card(title: Row, columns: &[Column], row: &Row, width: usize, mode: ColorMode) -> String {
    let mut card = String::new();
    for line in joined(title.into_iter().flatten(), "  ").lines(width, mode) {
        card.extend([&line, "\n"]);
    }
    // The same for every record, so that values line up between cards.
    let labels = columns.iter().map(|column| column.heading.len());
    let label_width = labels.max().unwrap_or(0);
    let is_labelled = columns.len() > 1;
    for (column, cell) in columns.iter().zip(row).filter(|(_, cell)| !cell.is_empty()) {
        let beside = label_width + 4;
        let has_room = |text: &Text| text.min_width() + beside <= width;
        let is_beside = is_labelled && width >= MIN_WIDTH_BESIDE && cell.iter().all(has_room);
        let indent = if is_beside { beside } else { 2 };
        let label = Text::styled(Style::Label, column.heading).painted(mode);
        if is_beside {
            card.extend([
                "  ",
                &label,
                &" ".repeat(label_width - column.heading.len()),
            ]);
        } else if is_labelled {
            let before = if width >= MIN_WIDTH_BESIDE { "  " } else { "" };
            card.extend([before, &label, "\n"]);
        }
        let lines = cell
            .iter()
            .flat_map(|text| text.lines(width - indent, mode));
        for (number, line) in lines.enumerate() {
            let before = if number == 0 && is_beside { 2 } else { indent };
            card.extend([&" ".repeat(before), &line, "\n"]);
        }
    }
    card
}

/// A record on a line of its own: what it is, then its labelled fields, each as a sentence
/// for itself. The first one, if it is there, needs no label.
pub fn line<'a>(title: Row<'a>, columns: &[Column], row: Row<'a>) -> Text<'a> {
    let mut parts = Vec::new();
    let mut title = title.into_iter().flatten();
    if let Some(name) = title.next() {
        let title = title.fold(name, |title, more| {
            let title = title.and(Style::Plain, " (");
            title.append(more).and(Style::Plain, ")")
        });
        parts.push(title.and(Style::Plain, ":"));
    }
    for (number, (column, cell)) in columns.iter().zip(row).enumerate() {
        let mut texts = cell.into_iter();
        let Some(first) = texts.next() else { continue };
        parts.push(if number > 0 {
            Text::styled(Style::Label, format!("{}: ", column.heading)).append(first)
        } else {
            first
        });
        parts.extend(texts);
    }
    sentences(parts)
}

/// Texts as sentences of one text, of which none runs into the next.
pub fn sentences(texts: Vec<Text>) -> Text {
    let mut texts = texts.into_iter();
    let first = texts.next().unwrap_or_default();
    texts.fold(first, |all, text| {
        let between = if all.ends_sentence() { " " } else { "; " };
        all.and(Style::Plain, between).append(text)
    })
}

/// Texts as one.
fn joined<'a>(mut texts: impl Iterator<Item = Text<'a>>, between: &'static str) -> Text<'a> {
    let first = texts.next().unwrap_or_default();
    texts.fold(first, |all, text| {
        all.and(Style::Plain, between).append(text)
    })
}
