//! What each kind of record shows.

mod entry;
mod finding;
mod hit;
mod problem;
mod status;
mod summary;

use orgerr::status_name;

use super::style::Style;
use super::text::Text;

pub use problem::CatalogProblem;
pub use status::StatusCount;
pub use summary::summary;

/// A cell of one paragraph.
fn one(text: Text) -> Vec<Text> {
    vec![text]
}

fn plain<'a>(text: impl Into<std::borrow::Cow<'a, str>>) -> Vec<Text<'a>> {
    one(Text::plain(text))
}

/// An HTTP status.
fn status(status: u16) -> Vec<Text<'static>> {
    one(Text::styled(Style::of_status(status), status.to_string()))
}

/// An HTTP status with its standard name.
fn named_status(status: u16) -> Vec<Text<'static>> {
    one(Text::styled(Style::of_status(status), status_text(status)))
}

fn status_text(status: u16) -> String {
    format!("{status} {}", status_name(status))
        .trim_end()
        .to_owned()
}
