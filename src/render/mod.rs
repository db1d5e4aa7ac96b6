//! The one place that knows of formats, tables, colours, widths and terminals.
//!
//! What a kind of record shows, and where, stands in `fields` (by what `record` says of fields).
//! `formats` makes that a text: a `card` or a line, a `table`, `json`, `tsv`, `markdown`, or the
//! annotations of `github`. A `text` has pieces of a `style`; the `terminal` says how they look.
//! Where results go, how they are written and when through the `pager` is in `output`; `progress`
//! counts what was read so far.

mod card;
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

pub(crate) use fields::{CatalogProblem, Fix, StatusCount, summary};
pub(crate) use output::Output;
pub(crate) use record::View;
