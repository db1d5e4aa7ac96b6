//! Sentences that hide a code, and whether one stands in a raw text.

use memchr::{memchr, memrchr};

use super::starts::ends_in_escape;
use super::unwrap::Unwrapped;
use crate::data::{Client, Sentence};
use crate::message::NormalizedText;

/// Bytes of frames and of a log's prefixes in a sentence that is wrapped.
const MAX_WRAPS: usize = 256;
/// The letters of a sentence by which it is looked for: the first of these that it has. In
/// logs these are rare, and one of the first three is in each sentence of the catalog.
const MARKS: &[u8] = b"qwfzjxkvybgpmhucdlisnarote";

/// A sentence that hides a code.
#[derive(Debug)]
pub struct Hiding<'c> {
    pub client: &'c Client,
    pub sentence: &'c Sentence,
    /// As messages are compared.
    text: String,
    /// Where in it its mark stands.
    mark: usize,
}

impl<'c> Hiding<'c> {
    pub fn new(client: &'c Client, sentence: &'c Sentence) -> Option<Self> {
        let says = &*sentence.says;
        let mark = MARKS
            .iter()
            .find_map(|mark| memchr(*mark, says.as_bytes()))?;
        let normal = |text: &str| NormalizedText::new(text).text;
        Some(Hiding {
            client,
            sentence,
            text: normal(says.trim_end_matches('.')),
            mark: normal(&says[..mark]).len(),
        })
    }

    pub fn mark(&self) -> u8 {
        self.text.as_bytes()[self.mark]
    }

    /// Whether the sentence seems to stand in a raw text, its mark at a place: first by the
    /// letters beside it, as most marks are passed over here.
    pub fn is_around(&self, text: &[u8], place: usize) -> bool {
        let (before, behind) = self.text.as_bytes().split_at(self.mark);
        if text[place] != behind[0]
            || !may_start_with(&text[place..], behind)
            || !may_end_with(&text[..place], before)
        {
            return false;
        }
        let start = place.saturating_sub(self.mark);
        let there = text.get(start..start + self.text.len());
        if there.is_some_and(|there| there.eq_ignore_ascii_case(self.text.as_bytes())) {
            return true;
        }
        let reach = 2 * self.text.len() + MAX_WRAPS;
        let Some(near) = text.get(place.saturating_sub(reach)..place + reach) else {
            // What follows may not be there yet.
            return true;
        };
        if !may_hold(near, &self.text) {
            return false;
        }
        let unwrapped = Unwrapped::new(&String::from_utf8_lossy(near), false);
        let there = NormalizedText::new(&unwrapped.text).text.replace(' ', "");
        there.contains(&self.text.replace(' ', ""))
    }

    /// Where the sentence starts whose mark stands at a place of a text. Spaces do not count:
    /// lines may have been broken within words.
    pub fn start(&self, text: &str, place: usize) -> Option<usize> {
        let before = self.text[..self.mark]
            .bytes()
            .rev()
            .filter(|byte| *byte != b' ');
        let mut start = place;
        for expected in before {
            start = text.as_bytes()[..start]
                .iter()
                .rposition(|byte| *byte != b' ')?;
            if text.as_bytes()[start] != expected {
                return None;
            }
        }
        let behind = self.text[self.mark..].bytes().filter(|byte| *byte != b' ');
        let mut there = text.as_bytes()[place..]
            .iter()
            .filter(|byte| **byte != b' ');
        behind
            .into_iter()
            .all(|expected| there.next() == Some(&expected))
            .then_some(start)
    }
}

/// Whether a raw text may start with words in normal form, as far as no line ends in them.
fn may_start_with(raw: &[u8], normal: &[u8]) -> bool {
    let mut pairs = raw.iter().zip(normal);
    let other = pairs.find(|(byte, expected)| byte.to_ascii_lowercase() != **expected);
    if let Some((byte, _)) = other {
        return is_between(*byte);
    }
    let next = raw.get(normal.len());
    !next.is_some_and(|byte| byte.is_ascii_alphanumeric() || *byte == b'_')
}

/// Whether a raw text may end with one in normal form, as far as no line starts in it.
fn may_end_with(raw: &[u8], normal: &[u8]) -> bool {
    let mut pairs = (1..).zip(raw.iter().rev().zip(normal.iter().rev()));
    let other = pairs.find(|(_, (byte, expected))| byte.to_ascii_lowercase() != **expected);
    other.is_none_or(|(length, (byte, expected))| {
        let raw = &raw[..=raw.len() - length];
        is_between(*byte) || ends_in_escape(raw) || goes_on_from_above(raw, *expected)
    })
}

/// Whether the line above the last one of a raw text ends with a letter. What a log puts before
/// each of its lines is not of the text.
fn goes_on_from_above(raw: &[u8], letter: u8) -> bool {
    let near = &raw[raw.len().saturating_sub(MAX_WRAPS)..];
    let line = memrchr(b'\n', near).unwrap_or(0);
    let mut above = near[..line].iter().rev();
    let above = above.find(|byte| !is_between(**byte));
    above.is_some_and(|byte| byte.eq_ignore_ascii_case(&letter))
}

/// Whether a raw text may hold one in normal form when it is unwrapped, which leaves out what
/// stands between the letters, and makes letters of escapes only.
fn may_hold(raw: &[u8], normal: &str) -> bool {
    let mut there = raw.iter().map(u8::to_ascii_lowercase);
    let mut expected = normal.bytes().filter(|byte| *byte != b' ');
    expected.all(|expected| there.any(|byte| byte == expected))
        || raw.windows(2).any(|pair| {
            matches!(pair[0], b'\\' | b'%' | b'&' | b'=')
                && (pair[1].is_ascii_alphanumeric() || pair[1] == b'#')
        })
}

/// Whether a byte of a raw text may stand between words that are said one after another.
fn is_between(byte: u8) -> bool {
    matches!(
        byte,
        0..=b' ' | 0x7f.. | b'"' | b'\'' | b'`' | b'\\' | b'+' | b'%' | b'&' | b'<' | b'>' | b'|' | b'*'
    )
}

#[cfg(test)]
mod tests {
    use super::may_hold;

    #[test]
    fn only_what_may_hold_a_sentence_is_unwrapped() {
        let sentence = "request not authorized";
        for text in [
            "Request not\n | authorized",
            "2026 Request no\n2026 t Authorized",
            "Request not auth\\u006frized",
            "Request%20not",
        ] {
            assert!(may_hold(text.as_bytes(), sentence), "{text}");
        }
        let lines = "HTTP/1.1 400 Bad Request\n".repeat(40);
        assert!(!may_hold(lines.as_bytes(), sentence));
    }
}
