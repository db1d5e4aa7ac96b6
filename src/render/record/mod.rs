//! What each kind of record looks like in each form.

mod entry;
mod finding;
mod fix;
mod hit;
mod problem;
mod status;

use std::borrow::Cow;

use orgerr::catalog::status_name;

use super::card::Card;
use super::table::Column;
use super::text::Text;

pub use entry::{EntryRow, FullEntry};
pub use fix::{SuggestedFix, VariantFix};
pub use problem::CatalogProblem;
pub use status::StatusCount;

/// What the records of one kind have in common.
pub struct Kind {
    /// The headings of the TSV.
    pub fields: &'static [&'static str],
    /// The columns of tables.
    pub columns: &'static [Column],
    /// Whether cards serve a reader better than a table even where both fit.
    pub prefers_cards: bool,
}

/// Something that a command found. Its JSON is what serde makes of it.
pub trait Record {
    /// What it has in common with its like.
    fn kind() -> Kind
    where
        Self: Sized;

    /// The values under [`Kind::fields`].
    fn fields(&self) -> Vec<Cow<'_, str>>;
    /// The cells under [`Kind::columns`].
    fn cells(&self) -> Vec<Text<'_>>;
    /// The record on a line of its own, without padding.
    fn line(&self) -> Text<'_>;
    /// The record for reading.
    fn card(&self) -> Card<'_>;
}

/// A column whose content stays on one line.
const fn short(heading: &'static str) -> Column {
    Column {
        heading,
        wraps: false,
    }
}

/// A column whose content may be wrapped.
const fn long(heading: &'static str) -> Column {
    Column {
        heading,
        wraps: true,
    }
}

/// An HTTP status with its standard name.
fn status_text(status: u16) -> String {
    format!("{status} {}", status_name(status))
        .trim_end()
        .to_owned()
}
