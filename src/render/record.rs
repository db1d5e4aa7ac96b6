//! How a record describes itself to the renderer: fields, each with the slots it appears in.

use orgerr::Finding;
use serde::Serialize;

use super::style::Style;
use super::text::Text;

/// Something that a command found. Its JSON is what serde makes of it.
pub(crate) trait Record: Serialize {
    /// The columns of the TSV: keys of the JSON, with spaces between them. A dot leads into an
    /// inner object, as in `first.line`.
    const TSV_KEYS: &'static str;

    /// The fields people see, in order. In a table, all records of a kind use the same headings.
    fn fields(&self) -> Vec<Field<'_>>;

    /// The finding that the record is about; an annotation needs it.
    fn finding(&self) -> Option<&Finding<'_>> {
        None
    }
}

/// A heading with the paragraphs under it.
pub(crate) struct Field<'a> {
    pub heading: &'static str,
    pub fit: Fit,
    /// Where it appears: any of the [`slots`].
    pub slots: u16,
    pub texts: Vec<Text<'a>>,
}

/// How a column of a table is filled.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Fit {
    /// Never wrapped.
    Word,
    /// Never wrapped, and aligned right.
    Number,
    /// Wrapped between words.
    Prose,
    /// Wrapped, appended below the previous column's text.
    Below,
}

/// The places a field can appear in, across formats.
pub(super) mod slots {
    /// At the head of a card.
    pub(crate) const CARD_TITLE: u16 = 1;
    /// At the head of a line and of an annotation.
    pub(crate) const LINE_TITLE: u16 = 1 << 1;
    pub(crate) const TITLE: u16 = CARD_TITLE | LINE_TITLE;
    /// On the card of what was asked for.
    pub(crate) const CARD: u16 = 1 << 2;
    /// On the card of what was asked for, if there is no other.
    pub(crate) const SINGLE: u16 = 1 << 3;
    /// In the row of Markdown that stands for a card.
    pub(crate) const TICKET: u16 = 1 << 4;
    /// In a table.
    pub(crate) const TABLE: u16 = 1 << 5;
    /// In a table, unless rows would get too long.
    pub(crate) const OPTIONAL: u16 = 1 << 6;
    /// In a table, unless it says the same in every row.
    pub(crate) const VARIED: u16 = 1 << 7;
    /// On the card that stands for a row where a table has no room.
    pub(crate) const ROW_CARD: u16 = 1 << 8;
    /// On the line of a record in `plain`.
    pub(crate) const LINE: u16 = 1 << 9;
    /// What an annotation says.
    pub(crate) const ANNOTATION: u16 = 1 << 10;
    /// Wherever all of a record is shown.
    pub(crate) const WHOLE: u16 = CARD | TICKET | LINE;
    /// Wherever a record is one of many in a table.
    pub(crate) const ROW: u16 = TABLE | ROW_CARD | LINE;
}

/// The form in which a command shows its records.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum View {
    /// Everything of each record.
    Cards,
    /// One row a record.
    Table,
    /// One row a record; a pipe gets lines, so that `grep` finds a record as a whole.
    List,
}

impl<'a> Field<'a> {
    /// Makes a field of the paragraphs that are not empty.
    pub(crate) fn new<T: Into<Text<'a>>>(
        heading: &'static str,
        fit: Fit,
        slots: u16,
        texts: impl IntoIterator<Item = T>,
    ) -> Self {
        let texts = texts.into_iter().map(Into::into);
        Field { heading, fit, slots, texts: texts.filter(|text| !text.is_empty()).collect() }
    }

    /// Puts the heading before the first paragraph, unless that is a command.
    pub(crate) fn labelled(mut self) -> Self {
        if let Some(first) = self.texts.first_mut().filter(|it| !it.is(Style::Command)) {
            *first = Style::Label.text(format!("{}: ", self.heading)).append(std::mem::take(first));
        }
        self
    }

    /// The paragraphs as lines of at most `width` columns.
    pub(crate) fn lines(&self, width: usize) -> Vec<Text<'_>> {
        self.texts.iter().flat_map(|text| text.lines(width)).collect()
    }
}

/// The title, which is the paragraphs of the fields in the slot `title`, and the other
/// fields that are in one of `slots`.
pub(super) fn split_title(fields: Vec<Field>, title: u16, slots: u16) -> (Vec<Text>, Vec<Field>) {
    let (title, mut fields): (Vec<_>, Vec<_>) =
        fields.into_iter().partition(|field| field.slots & title != 0);
    fields.retain(|field| field.slots & slots != 0);
    (title.into_iter().flat_map(|field| field.texts).collect(), fields)
}

/// The fields in any of the slots as columns. A field that is to be [`Fit::Below`] is labelled and
/// appended to the column before it.
pub(super) fn columns(fields: Vec<Field>, slots: u16) -> Vec<Field> {
    let mut columns: Vec<Field> = Vec::new();
    for field in fields.into_iter().filter(|field| field.slots & slots != 0) {
        match columns.last_mut().filter(|_| field.fit == Fit::Below) {
            Some(above) => above.texts.extend(field.labelled().texts),
            None => columns.push(field),
        }
    }
    columns
}
