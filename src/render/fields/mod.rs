//! What each kind of record shows.

mod catalog_problem;
mod entry_fields;
mod finding_fields;
mod status_count;
mod summary;

use orgerr::status_name;

use super::record::{Field, Fit, Record, slots};
use super::style::Style;
use super::text::Text;

pub(crate) use catalog_problem::CatalogProblem;
pub(crate) use entry_fields::Fix;
pub(crate) use status_count::StatusCount;
pub(crate) use summary::summary;

/// An HTTP status.
fn status_text(status: u16) -> Text<'static> {
    Style::of_status(status).text(status.to_string())
}

/// An HTTP status with its standard name.
fn named_status(status: u16) -> Text<'static> {
    let named = format!("{status} {}", status_name(status));
    Style::of_status(status).text(named.trim_end().to_owned())
}
