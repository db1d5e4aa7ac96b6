//! Texts in the form in which messages are compared: without regard to ASCII case, white
//! space, quotes and frames. `''` in a pattern is one apostrophe, as in Java's
//! `MessageFormat`.

use crate::string_escapes::escape;
use crate::substrings::{byte_set, start_of};

/// The most bytes of an argument at the end of a message that is looked for in a longer text.
const MAX_LAST_ARGUMENT: usize = 8 * 1024;

/// Bytes that need no closer look: the normal form keeps them, but for their case.
const KEPT: [bool; 256] = byte_set(
    b"!#$%&()*+,-./0123456789:;<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[]^_abcdefghijklmnopqrstuvwxyz{|}~",
);

/// A text in the form in which messages are compared, and where its bytes are in the original.
#[derive(Debug)]
pub(crate) struct NormalizedText {
    pub text: String,
    /// The places in `text` and in the original at which their distance changes, ascending.
    jumps: Vec<(usize, usize)>,
    /// Where lines and strings end in `text`, ascending.
    ends: Vec<usize>,
    /// Most bytes that `value` returns.
    max_value: usize,
}

impl NormalizedText {
    pub(crate) fn new(original: &str) -> Self {
        let mut normal = NormalizedText {
            text: String::with_capacity(original.len()),
            jumps: vec![(0, 0)],
            ends: Vec::new(),
            max_value: MAX_LAST_ARGUMENT,
        };
        let mut rest = original;
        while let Some(c) = rest.chars().next() {
            let at = original.len() - rest.len();
            let kept = kept(normal.ends_in_space(), rest.as_bytes());
            if kept > 0 {
                normal.push(at, &rest[..kept]);
                rest = &rest[kept..];
                continue;
            }
            let (meaning, length) = unescaped(rest, c);
            rest = &rest[length..];
            let collapsed = normal.ends_in_space();
            if matches!(c, '\n' | '"') {
                normal.ends.push(normal.text.len() - usize::from(collapsed));
            }
            match meaning {
                '\'' | '’' | '‘' | '`' | '\\' => {}
                // Tools draw frames around messages.
                c if c.is_whitespace() || matches!(c, '│' | '╷' | '╵' | '┃' | '║') => {
                    if !collapsed {
                        normal.push(at, " ");
                    }
                }
                c => normal.push(at, c.encode_utf8(&mut [0; 4])),
            }
        }
        normal.text.make_ascii_lowercase();
        normal
    }

    /// A text that is one value as a whole, whatever line ends and quotes are in it; without the
    /// space around it.
    pub(crate) fn of_value(original: &str) -> Self {
        NormalizedText { ends: Vec::new(), max_value: usize::MAX, ..Self::new(original.trim()) }
    }

    fn ends_in_space(&self) -> bool {
        self.text.as_bytes().last() == Some(&b' ')
    }

    /// Adds `kept`, which stands at `at` in the original.
    fn push(&mut self, at: usize, kept: &str) {
        let end = self.text.len();
        let (of_text, original) = self.jumps[self.jumps.len() - 1];
        if original + (end - of_text) != at {
            self.jumps.push((end, at));
        }
        self.text.push_str(kept);
    }

    /// The place in the original of the character that is at `place` in the text.
    pub(crate) fn to_original(&self, place: usize) -> usize {
        let after = self.jumps.partition_point(|(of_text, _)| *of_text <= place);
        let (of_text, original) = self.jumps[after - 1];
        original + (place - of_text)
    }

    /// The place in the text of the character at `original`, or of the next one that is kept.
    pub(crate) fn to_normal(&self, original: usize) -> usize {
        let after = self.jumps.partition_point(|(_, from)| *from <= original);
        let (of_text, from) = self.jumps[after - 1];
        let next = self.jumps.get(after).map_or(self.text.len(), |(of_text, _)| *of_text);
        (of_text + (original - from)).min(next)
    }

    /// The place in `original` after the character that ends at `end` in the text.
    pub(crate) fn original_end(&self, original: &str, end: usize) -> usize {
        let Some(last) = self.text[..end].chars().next_back() else {
            return 0;
        };
        let start = self.to_original(end - last.len_utf8());
        let rest = &original[start..];
        start + rest.chars().next().map_or(0, |c| unescaped(rest, c).1)
    }

    /// Whether a line, a string or the value of a key starts at `place`.
    pub(crate) fn starts_value(&self, place: usize) -> bool {
        let before = self.text[..place].trim_end();
        let next_end = self.ends.partition_point(|end| *end < before.len());
        before.is_empty()
            || before.ends_with(['"', '>', '='])
            || self.ends.get(next_end).is_some_and(|end| *end <= place)
    }

    /// Whether a sentence ends at `place`: behind it is no word, a key (`code=`), or text that a
    /// dash sets off.
    pub(crate) fn ends_sentence(&self, place: usize) -> bool {
        let rest = &self.text[place..];
        let Some(next) =
            rest.strip_prefix(' ').filter(|_| self.ends.binary_search(&place).is_err())
        else {
            return true;
        };
        let is_key = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-');
        let after = next.trim_start_matches(is_key);
        after.len() == next.len() || after.starts_with([':', '=']) || next.starts_with("- ")
    }

    /// The rest of the line or string at `place`, up to `limit` at most.
    pub(crate) fn value(&self, place: usize, limit: usize) -> &str {
        let next = self.ends.partition_point(|end| *end <= place);
        let end = self.ends.get(next).copied().unwrap_or(self.text.len());
        start_of(&self.text[place..end.min(limit).max(place)], self.max_value)
    }
}

/// The character that `rest` starts with, and the bytes it takes. Of the escapes, `\n`, `\r`, `\t`
/// and `\u…` are read as the characters that they stand for.
fn unescaped(rest: &str, first: char) -> (char, usize) {
    let is_escape = matches!(rest.as_bytes(), [b'\\', b'n' | b'r' | b't' | b'u', ..]);
    is_escape.then(|| escape(rest)).flatten().unwrap_or((first, first.len_utf8()))
}

/// How many bytes at the start of a text are kept, but for their case: those in `KEPT`, and single
/// spaces.
fn kept(after_space: bool, text: &[u8]) -> usize {
    let is_after_space = |at: usize| at.checked_sub(1).map_or(after_space, |at| text[at] == b' ');
    let is_left_out = |(at, byte): (usize, &u8)| {
        !KEPT[usize::from(*byte)] && (*byte != b' ' || is_after_space(at))
    };
    text.iter().enumerate().position(is_left_out).unwrap_or(text.len())
}
