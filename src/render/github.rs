//! Records as annotations in a workflow of GitHub Actions.

use super::card::sentences;
use super::record::{Field, as_columns, slots, with_title};
use super::text::Text;
use crate::sanitize::escape;

/// The workflow command that annotates a line of a file, or the run, with what the fields
/// say. A warning is about what may pass by itself.
pub fn annotation(is_warning: bool, place: Option<(&str, u64)>, fields: Vec<Field>) -> String {
    let kind = if is_warning { "warning" } else { "error" };
    let place = place.map(|(file, line)| {
        let file = property(&escape(file));
        format!("file={file},line={line},")
    });
    let (title, fields) = with_title(fields, slots::LINE_TITLE, slots::ANNOTATION);
    let title: Vec<_> = title.iter().map(Text::escaped).collect();
    let title = title.join(" ");
    let fields = as_columns(fields).into_iter();
    let message = sentences(fields.flat_map(|field| field.texts)).escaped();
    // GitHub drops an annotation whose message is empty.
    let message = data(if message.is_empty() { &title } else { &message });
    let (place, title) = (place.unwrap_or_default(), property(&title));
    format!("::{kind} {place}title={title}::{message}\n")
}

/// Escaped as a message. There are no line ends left to escape.
fn data(text: &str) -> String {
    text.replace('%', "%25")
}

/// Escaped as the value of a property, which `:` and `,` would end.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}
