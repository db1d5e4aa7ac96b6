//! Records as cards, with one labelled field below the other, and as lines. `formats` says which
//! fields they show.

use textwrap::core::display_width;

use super::record::Field;
use super::style::{ColorMode, Style};
use super::text::Text;

/// Below this width a label stands on a line of its own.
const MIN_WIDTH_BESIDE: usize = 40;
/// What stands before a label.
const INDENT: &str = "  ";
/// Columns between the longest label and its texts.
const GAP: usize = 2;

/// A record for reading: its title, then its fields. A single field needs no label. A label stands
/// beside its texts, if they fit there.
pub(super) fn card(title: Vec<Text>, fields: &[Field], width: usize, mode: ColorMode) -> String {
    let mut card = joined(title, |_| "  ").painted_lines(width, mode);
    // Labels of empty fields count, too, so that values line up between cards.
    let label_width = fields.iter().map(|field| field.heading.len()).max().unwrap_or(0);
    let (is_wide, is_labelled) = (width >= MIN_WIDTH_BESIDE, fields.len() > 1);
    for field in fields.iter().filter(|field| !field.texts.is_empty()) {
        let label = Style::Label.paint(field.heading, mode, None);
        let room = width.saturating_sub(INDENT.len() + label_width + GAP);
        let beside = (is_wide && is_labelled).then(|| field.lines(room));
        let beside = beside.filter(|lines| lines.iter().all(|line| line.width() <= room));
        let mut before = INDENT.to_owned();
        if beside.is_some() {
            let gap = " ".repeat(label_width + GAP - field.heading.len());
            before = [INDENT, &label, &gap].concat();
        } else if is_labelled {
            card.push([if is_wide { INDENT } else { "" }, &label].concat());
        }
        for line in beside.unwrap_or_else(|| field.lines(width - INDENT.len())) {
            let indent = " ".repeat(display_width(&before));
            card.push(before + &line.painted(mode));
            before = indent;
        }
    }
    card.into_iter().map(|line| line + "\n").collect()
}

/// A record on one line: its title, then its fields, each as a sentence. All fields but the first
/// have their labels.
pub(super) fn line<'a>(title: Vec<Text<'a>>, fields: Vec<Field<'a>>) -> Text<'a> {
    let bracketed =
        |title: Text<'a>, more| title.and(Style::Plain, " (").append(more).and(Style::Plain, ")");
    let title = title.into_iter().reduce(bracketed).map(|title| title.and(Style::Plain, ":"));
    let fields = fields.into_iter().enumerate();
    let fields = fields.map(|(index, it)| if index > 0 { it.labelled() } else { it });
    let texts = title.into_iter().chain(fields.flat_map(|field| field.texts));
    // Keeps a sentence from running into the next.
    joined(texts, |all| if all.ends_sentence() { " " } else { "; " })
}

/// Joins texts; `between` gives what follows the text so far.
fn joined<'a>(
    texts: impl IntoIterator<Item = Text<'a>>,
    between: fn(&Text) -> &'static str,
) -> Text<'a> {
    let join = |all: Text<'a>, text| {
        let between = between(&all);
        all.and(Style::Plain, between).append(text)
    };
    texts.into_iter().reduce(join).unwrap_or_default()
}
