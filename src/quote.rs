//! Texts that a message repeats. The library, the tool and the build script each have it.

use std::borrow::Cow;

/// Characters of a text that a message repeats at most.
const LONGEST: usize = 80;

/// A text as a message repeats it: not all of a very long one.
pub fn cut(text: &str) -> Cow<'_, str> {
    cut_at(text, LONGEST)
}

/// A text of `most` characters at most, and a mark where there are more.
pub fn cut_at(text: &str, most: usize) -> Cow<'_, str> {
    match text.char_indices().nth(most) {
        Some((end, _)) => format!("{}…", &text[..end]).into(),
        None => text.into(),
    }
}
