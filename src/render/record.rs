//! What records are to the layout: fields, each with the places where it stands.

use serde::Serialize;

use super::style::Style;
use super::text::Text;

/// Something that a command found. Its JSON is what serde makes of it.
pub trait Record: Serialize {
    /// The columns of the TSV: keys of the JSON, those of inner objects after a dot, a space
    /// between them.
    const KEYS: &'static str;

    /// What a person is shown of it, in the order in which it is shown: the same headings
    /// for every record of the kind.
    fn fields(&self) -> Vec<Field<'_>>;

    /// Where it is annotated in a workflow.
    fn annotation(&self) -> Annotation<'_> {
        Annotation::default()
    }
}

/// A heading with the paragraphs under it.
pub struct Field<'a> {
    pub heading: &'static str,
    pub fit: Fit,
    /// Where it stands: any of the [`places`].
    pub places: u16,
    pub texts: Vec<Text<'a>>,
}

/// How a column of a table is filled.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fit {
    /// Never wrapped.
    Word,
    /// Never wrapped, and aligned at its end.
    Number,
    /// Wrapped between words.
    Prose,
    /// Wrapped, and in the column before it, below what is there.
    Below,
}

/// The places where fields stand.
pub mod places {
    /// At the head of a card and of a line.
    pub const TITLE: u16 = 1;
    /// On the card of what was asked for.
    pub const CARD: u16 = 1 << 1;
    /// On that card, if it is the only one.
    pub const SINGLE: u16 = 1 << 2;
    /// In the row of Markdown that stands for a card.
    pub const TICKET: u16 = 1 << 3;
    /// In a table.
    pub const TABLE: u16 = 1 << 4;
    /// In that table, if its rows stay short.
    pub const WIDE: u16 = 1 << 5;
    /// In that table, unless it says the same in every row.
    pub const VARIED: u16 = 1 << 6;
    /// On the card that stands for a row where a table has no room.
    pub const NARROW: u16 = 1 << 7;
    /// In the table of fixes.
    pub const FIX: u16 = 1 << 8;
    /// On the card that stands for one of its rows.
    pub const NARROW_FIX: u16 = 1 << 9;
    /// In the table of fixes where a code has several entries.
    pub const VARIANT: u16 = 1 << 10;
    /// On a line of its own.
    pub const LINE: u16 = 1 << 11;
    /// On a line that has nothing else.
    pub const BARE_LINE: u16 = 1 << 12;
    /// What an annotation says.
    pub const ANNOTATION: u16 = 1 << 13;
}

/// Where an annotation belongs.
#[derive(Debug, Default)]
pub struct Annotation<'a> {
    /// Whether what it is about may pass by itself.
    pub is_warning: bool,
    /// A file and a line in it.
    pub place: Option<(&'a str, u64)>,
}

/// The form in which a command shows its records.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum View {
    /// Everything of each record.
    Cards,
    /// One row a record.
    Table,
    /// One row a record; a pipe gets lines, so that `grep` finds a record as a whole.
    List,
    /// The fix of each entry.
    Fixes,
    /// The same where a code has several entries, with what distinguishes them.
    FixesOfVariants,
}

impl View {
    /// The places of what is shown in the table, if it is one.
    pub fn table(self) -> Option<u16> {
        match self {
            View::Cards => None,
            View::Table | View::List => Some(places::TABLE | places::WIDE | places::VARIED),
            View::Fixes => Some(places::FIX),
            View::FixesOfVariants => Some(places::FIX | places::VARIED | places::VARIANT),
        }
    }

    /// The places of what is shown on cards: always, or where the table has no room.
    pub fn card(self) -> u16 {
        match self {
            View::Cards => places::CARD,
            View::Table | View::List => places::NARROW,
            View::Fixes => places::NARROW_FIX,
            View::FixesOfVariants => places::NARROW_FIX | places::VARIANT,
        }
    }
}

impl<'a> Field<'a> {
    /// With those of the paragraphs that are not empty.
    pub fn new<T: Into<Text<'a>>>(
        heading: &'static str,
        fit: Fit,
        places: u16,
        texts: impl IntoIterator<Item = T>,
    ) -> Self {
        let texts = texts.into_iter().map(Into::into);
        Field {
            heading,
            fit,
            places,
            texts: texts.filter(|text| !text.is_empty()).collect(),
        }
    }

    /// Writes the heading before the first paragraph, if that does not speak for itself.
    pub fn label(&mut self) {
        if let Some(first) = self.texts.first_mut().filter(|it| !it.is_command()) {
            let label = Text::styled(Style::Label, format!("{}: ", self.heading));
            *first = label.append(std::mem::take(first));
        }
    }
}

/// The fields of a record that stand in any of the places, for these alone.
pub fn fields_in(record: &impl Record, places: u16) -> Vec<Field<'_>> {
    let mut fields = record.fields();
    for field in &mut fields {
        field.places &= places;
    }
    fields.retain(|field| field.places != 0);
    fields
}

/// The fields as columns: those of [`Fit::Below`] stand in the one before, labelled if they
/// do not speak for themselves.
pub fn as_columns(fields: Vec<Field>) -> Vec<Field> {
    let mut columns: Vec<Field> = Vec::new();
    for mut field in fields {
        match columns.last_mut().filter(|_| field.fit == Fit::Below) {
            Some(above) => {
                field.label();
                above.texts.append(&mut field.texts);
            }
            None => columns.push(field),
        }
    }
    columns
}
