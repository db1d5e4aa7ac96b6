//! What records are to the layout: a table of fields for each kind, each field with the
//! places where it stands.

use serde::Serialize;

use super::style::Style;
use super::text::Text;

/// Something that a command found. Its JSON is what serde makes of it.
pub trait Record: Serialize + Sized {
    /// The columns of the TSV: keys of the JSON, those of inner objects behind a dot, a space
    /// between them.
    const KEYS: &'static str;

    /// What a person is shown of it, in the order in which it is shown.
    fn fields() -> Vec<Field<Self>>;

    /// Where it is annotated in a workflow.
    fn annotation(&self) -> Annotation<'_> {
        Annotation::default()
    }
}

/// What a person is shown of a record: a heading, and how to get at its paragraphs.
pub struct Field<R> {
    pub column: Column,
    pub value: for<'a> fn(&'a R) -> Vec<Text<'a>>,
}

/// The places where fields stand.
pub mod places {
    /// At the head of a card and of a line.
    pub const TITLE: u16 = 1;
    /// On the card of what was asked for.
    pub const CARD: u16 = 1 << 1;
    /// On that card, if it is the only one.
    pub const SINGLE: u16 = 1 << 2;
    /// On the card of a hit among others.
    pub const HIT: u16 = 1 << 3;
    /// In the row of Markdown that stands for a card.
    pub const TICKET: u16 = 1 << 4;
    /// In a table.
    pub const TABLE: u16 = 1 << 5;
    /// In that table, if its rows stay short.
    pub const WIDE: u16 = 1 << 6;
    /// In that table, unless it says the same in every row.
    pub const VARIED: u16 = 1 << 7;
    /// On the card that stands for a row where a table has no room.
    pub const NARROW: u16 = 1 << 8;
    /// In the table of fixes.
    pub const FIX: u16 = 1 << 9;
    /// On the card that stands for one of its rows.
    pub const NARROW_FIX: u16 = 1 << 10;
    /// In the table of fixes where a code has several entries.
    pub const VARIANT: u16 = 1 << 11;
    /// On a line of its own.
    pub const LINE: u16 = 1 << 12;
    /// On a line that has nothing else.
    pub const BARE_LINE: u16 = 1 << 13;
    /// What an annotation says.
    pub const ANNOTATION: u16 = 1 << 14;
}

/// Where an annotation belongs.
#[derive(Debug, Default)]
pub struct Annotation<'a> {
    /// Whether what it is about may pass by itself.
    pub is_warning: bool,
    /// A file and a line in it.
    pub place: Option<(&'a str, u64)>,
}

/// A heading, and how what stands under it is laid out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Column {
    pub heading: &'static str,
    pub fit: Fit,
    /// Where it stands: any of the [`places`].
    pub places: u16,
}

/// How a column of a table is filled.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fit {
    /// Never wrapped.
    Word,
    /// Never wrapped, and aligned at its end.
    Number,
    /// Wrapped between words.
    Text,
    /// Wrapped, and in the column before it, below what is there.
    Below,
}

impl<R> Field<R> {
    pub fn new(
        heading: &'static str,
        fit: Fit,
        places: u16,
        value: for<'a> fn(&'a R) -> Vec<Text<'a>>,
    ) -> Self {
        let column = Column {
            heading,
            fit,
            places,
        };
        Field { column, value }
    }
}

/// The form in which a command shows its records: the places of what it shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct View {
    /// In the table, if it is one.
    pub table: Option<u16>,
    /// On cards: always, or where the table has no room.
    pub card: u16,
    /// On a line.
    pub line: u16,
    /// Whether a pipe gets lines, so that `grep` finds a record as a whole.
    pub has_lines_in_pipe: bool,
}

impl View {
    /// Everything of each record.
    pub const CARDS: View = View {
        table: None,
        card: places::CARD,
        line: places::LINE,
        has_lines_in_pipe: false,
    };
    /// What matters of each hit.
    pub const HITS: View = View {
        card: places::HIT,
        ..View::CARDS
    };
    /// One row a record.
    pub const TABLE: View = View {
        table: Some(places::TABLE | places::WIDE | places::VARIED),
        card: places::NARROW,
        ..View::CARDS
    };
    /// One row a record, or one line.
    pub const LIST: View = View {
        has_lines_in_pipe: true,
        ..View::TABLE
    };
    /// The fix of each entry.
    pub const FIXES: View = View {
        table: Some(places::FIX),
        card: places::NARROW_FIX,
        line: places::BARE_LINE,
        has_lines_in_pipe: false,
    };
    /// The same where a code has several entries, with what distinguishes them.
    pub const FIXES_OF_VARIANTS: View = View {
        table: Some(places::FIX | places::VARIED | places::VARIANT),
        card: places::NARROW_FIX | places::VARIANT,
        ..View::FIXES
    };
}

/// What is laid out of a record: a cell for each column, of any number of paragraphs.
pub type Row<'a> = Vec<Vec<Text<'a>>>;

/// The fields that stand in any of the places, for these alone.
pub fn fields_in<R: Record>(places: u16) -> Vec<Field<R>> {
    let mut fields = R::fields();
    for field in &mut fields {
        field.column.places &= places;
    }
    fields.retain(|field| field.column.places != 0);
    fields
}

/// What the fields show of a record.
pub fn row<'a, R>(fields: &[Field<R>], record: &'a R) -> Row<'a> {
    let cell = |field: &Field<R>| {
        let mut cell = (field.value)(record);
        cell.retain(|text| !text.is_empty());
        cell
    };
    fields.iter().map(cell).collect()
}

/// The headings of the fields, and how what stands under them is laid out.
pub fn columns<R>(fields: &[Field<R>]) -> Vec<Column> {
    fields.iter().map(|field| field.column).collect()
}

/// The columns but those that stand in others.
pub fn own(columns: &[Column]) -> impl Iterator<Item = Column> {
    columns
        .iter()
        .copied()
        .filter(|column| column.fit != Fit::Below)
}

/// The cells of [`own`] columns; those of [`Fit::Below`] stand in the one before, labelled
/// if they do not speak for themselves.
pub fn merged<'a>(columns: &[Column], row: Row<'a>) -> Row<'a> {
    let mut merged: Row = Vec::new();
    for (column, cell) in columns.iter().zip(row) {
        match merged.last_mut().filter(|_| column.fit == Fit::Below) {
            Some(above) => above.extend(cell.into_iter().enumerate().map(|(number, text)| {
                let label = || Text::styled(Style::Label, format!("{}: ", column.heading));
                if number > 0 || text.is_command() {
                    text
                } else {
                    label().append(text)
                }
            })),
            None => merged.push(cell),
        }
    }
    merged
}
