//! The one place that knows of formats, tables, colours, widths and terminals.
//! Where results go, how they are written and when through the pager is in `output`.

mod card;
mod color;
mod fields;
mod formats;
mod github;
#[cfg(test)]
#[path = "../../tests/unit/hostile_text.rs"]
mod hostile_text;
mod json;

mod markdown;
mod output;
mod pager;
mod progress;
mod record;
mod style;
mod table;
mod terminal;
mod text;
mod tsv;

pub use fields::{CatalogProblem, Fix, StatusCount, summary};
pub use output::Output;
pub use record::View;
