//! Records as annotations in a workflow of GitHub Actions.

use super::card::sentences;
use super::record::{Annotation, Row};
use super::style::ColorMode;
use super::text::Text;
use crate::sanitize::escape;

/// The workflow command that makes the annotation.
pub fn command(annotation: &Annotation, title: &Row, message: Row) -> String {
    let kind = if annotation.is_warning {
        "warning"
    } else {
        "error"
    };
    let place = annotation.place.map(|(file, line)| {
        let file = property(&escape(file));
        format!("file={file},line={line},")
    });
    let place = place.unwrap_or_default();
    let title: Vec<_> = title.iter().flatten().map(text).collect();
    let title = title.join(" ");
    let message = text(&sentences(message.into_iter().flatten().collect()));
    // An annotation without a message is none.
    let message = data(if message.is_empty() { &title } else { &message });
    let title = property(&title);
    format!("::{kind} {place}title={title}::{message}\n")
}

fn text(text: &Text) -> String {
    text.marked(ColorMode::Plain)
}

/// Escaped as a message. There are no line ends left to escape.
fn data(text: &str) -> String {
    text.replace('%', "%25")
}

/// Escaped as the value of a property, which `:` and `,` would end.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}
