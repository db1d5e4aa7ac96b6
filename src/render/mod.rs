//! The one place that knows of formats, tables, colours, widths and terminals.
//!
//! `fields` says what each kind of record shows, and where (`record` defines what a field is).
//! `formats` turns that into text: a `card` or a line, a `table`, `json`, `tsv`, `markdown`, or the
//! annotations of `github`. A `text` has pieces of a `style`; the `terminal` decides how they look.
//! `output` decides where results go, how they are written and when through the `pager`; `progress`
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
