//! Shortens texts from outside that a message repeats.

use std::borrow::Cow;

/// Characters of a text that a message repeats.
const MAX_QUOTED: usize = 80;

/// The text, with a mark where it was cut off because it is too long for a message.
pub(crate) fn truncated(text: &str) -> Cow<'_, str> {
    truncated_to(text, MAX_QUOTED)
}

/// The text in quotes, cut off where it is too long for a message.
pub(crate) fn quoted(text: &str) -> String {
    format!("'{}'", truncated(text))
}

/// The first `max` characters of the text, with a mark where there are more.
pub(crate) fn truncated_to(text: &str, max: usize) -> Cow<'_, str> {
    match text.char_indices().nth(max) {
        Some((end, _)) => format!("{}…", &text[..end]).into(),
        None => text.into(),
    }
}
