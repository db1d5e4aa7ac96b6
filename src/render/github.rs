//! Records as annotations in a workflow of GitHub Actions.

use super::card::sentences;
use super::record::{Annotation, Field};
use super::text::Text;
use crate::sanitize::escape;

/// The workflow command that makes the annotation.
pub fn command(annotation: &Annotation, title: Vec<Text>, message: Vec<Field>) -> String {
    let kind = if annotation.is_warning {
        "warning"
    } else {
        "error"
    };
    let place = annotation.place.map(|(file, line)| {
        let file = property(&escape(file));
        format!("file={file},line={line},")
    });
    let text = |text: Text| text.escaped();
    let title: Vec<_> = title.into_iter().map(text).collect();
    let title = title.join(" ");
    let message = message.into_iter().flat_map(|field| field.texts);
    let message = text(sentences(message));
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
