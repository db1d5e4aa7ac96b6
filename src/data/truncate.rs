//! Shortens texts from outside for messages that quote them.

use std::borrow::Cow;

/// The most characters of a text that a message quotes.
const MAX_QUOTED: usize = 80;

/// The start of the text that fits into a message, with `…` if the text goes on.
pub(crate) fn truncated(text: &str) -> Cow<'_, str> {
    truncated_to(text, MAX_QUOTED)
}

/// The text in quotes, cut off with `…` if it is too long for a message.
pub(crate) fn quoted(text: &str) -> String {
    format!("'{}'", truncated(text))
}

/// The first `max` characters of the text, with `…` if there are more.
pub(crate) fn truncated_to(text: &str, max: usize) -> Cow<'_, str> {
    match text.char_indices().nth(max) {
        Some((end, _)) => format!("{}…", &text[..end]).into(),
        None => text.into(),
    }
}
