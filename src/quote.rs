//! Texts that a message repeats. The library, the tool and the build script each have it.

use std::borrow::Cow;

/// Characters of a text that a message repeats at most.
const LONGEST: usize = 80;

/// A text as a message repeats it: not all of a very long one.
pub fn cut(text: &str) -> Cow<'_, str> {
    match text.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}…", &text[..end]).into(),
        None => text.into(),
    }
}
