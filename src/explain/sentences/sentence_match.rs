//! Sentences that hide a code, and whether one stands in a raw text.

use memchr::{memchr, memrchr};

use crate::data::{Client, Sentence};
use crate::explain::messages::literal_filter::ends_in_escape;
use crate::explain::unwrap::Unwrapped;
use crate::message::NormalizedText;

/// Bytes of frames and of a log's prefixes in a sentence that is wrapped.
const MAX_WRAPS: usize = 256;
/// Bytes of a raw text that are unwrapped together. They lie where they do in the input however
/// it arrives.
const STRETCH: usize = 1024;
/// The letters by which a sentence is looked for: the first of these that it has. In logs they
/// are rare, and each sentence of the catalog has one.
pub const MARKS: [u8; 3] = *b"qwf";

/// A sentence that hides a code.
#[derive(Debug)]
pub struct Hiding<'c> {
    pub client: &'c Client,
    pub sentence: &'c Sentence,
    /// As messages are compared.
    text: String,
    /// The same without spaces: lines may have been broken within words.
    letters: String,
    /// Where in the text its mark stands.
    mark: usize,
}

impl<'c> Hiding<'c> {
    pub fn new(client: &'c Client, sentence: &'c Sentence) -> Option<Self> {
        let says = &*sentence.says;
        let mut marks = MARKS.into_iter();
        let mark = marks.find_map(|mark| memchr(mark, says.as_bytes()))?;
        let normal = |text: &str| NormalizedText::new(text).text;
        let text = normal(says.trim_end_matches('.'));
        Some(Hiding {
            client,
            sentence,
            letters: text.replace(' ', ""),
            text,
            mark: normal(&says[..mark]).len(),
        })
    }

    /// The sentence from its mark on.
    pub fn sought(&self) -> &[u8] {
        &self.text.as_bytes()[self.mark..]
    }

    /// Whether the sentence seems to stand in a raw text, its mark at a place: by the letters
    /// beside it, as most marks are passed over here, then by what is in its reach.
    pub fn is_around(&self, raw: &mut RawText, place: usize) -> bool {
        let text = raw.text;
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
        let near = text.get(place.saturating_sub(self.reach())..place + self.reach());
        // What follows may not be there yet.
        near.is_none_or(|near| may_hold(near, &self.letters) && raw.says(&self.letters, place))
    }

    /// Bytes before and behind its mark in which the sentence stands.
    pub fn reach(&self) -> usize {
        2 * self.text.len() + MAX_WRAPS
    }

    /// Where the sentence starts whose mark stands at a place of a text. Spaces do not count:
    /// lines may have been broken within words.
    pub fn start(&self, text: &str, place: usize) -> Option<usize> {
        let is_letter = |(_, byte): &(usize, &u8)| **byte != b' ';
        let (above, below) = text.as_bytes().split_at(place);
        let mut above = above.iter().enumerate().rev().filter(is_letter);
        let mut below = below.iter().enumerate().filter(is_letter);
        let spaces = self.text[..self.mark].matches(' ').count();
        let (before, behind) = self.letters.split_at(self.mark - spaces);
        let mut start = place;
        for expected in before.bytes().rev() {
            start = above.next().filter(|(_, byte)| **byte == expected)?.0;
        }
        let mut behind = behind.bytes();
        let goes_on =
            behind.all(|expected| below.next().is_some_and(|(_, byte)| *byte == expected));
        goes_on.then_some(start)
    }
}

/// A raw text in which sentences are looked for.
pub struct RawText<'t> {
    pub text: &'t [u8],
    /// Bytes before it in the input.
    pub before: u64,
    /// The longest reach of a sentence.
    pub reach: usize,
    /// Where the stretch starts that was unwrapped last, and what is said there, without
    /// spaces; nothing where more of it may come.
    pub unwrapped: Option<(usize, Option<String>)>,
}

impl RawText<'_> {
    /// Whether these letters may be said in the stretch of a place.
    fn says(&mut self, letters: &str, place: usize) -> bool {
        let within = (self.before + place as u64) % STRETCH as u64;
        let start = place - usize::try_from(within).map_or(0, |within| within.min(place));
        if self
            .unwrapped
            .as_ref()
            .is_none_or(|(last, _)| *last != start)
        {
            let stretch = start.saturating_sub(self.reach)..start + STRETCH + self.reach;
            let said = self.text.get(stretch).map(|stretch| {
                let unwrapped = Unwrapped::new(&String::from_utf8_lossy(stretch), false);
                NormalizedText::new(&unwrapped.text).text.replace(' ', "")
            });
            self.unwrapped = Some((start, said));
        }
        let said = self.unwrapped.as_ref().and_then(|(_, said)| said.as_ref());
        said.is_none_or(|said| said.contains(letters))
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

/// Whether a raw text may hold a sentence when it is unwrapped, which leaves out what
/// stands between the letters, and makes letters of escapes.
fn may_hold(raw: &[u8], letters: &str) -> bool {
    let mut places = 0..raw.len();
    letters.bytes().all(|expected| {
        places.any(|at| raw[at].eq_ignore_ascii_case(&expected) || starts_escape(&raw[at..]))
    })
}

fn starts_escape(raw: &[u8]) -> bool {
    matches!(raw, [b'\\' | b'%' | b'&' | b'=', next, ..] if next.is_ascii_alphanumeric() || *next == b'#')
}

/// Whether a byte of a raw text may stand between words that are said one after another.
pub fn is_between(byte: u8) -> bool {
    matches!(
        byte,
        0..=b' ' | 0x7f.. | b'"' | b'\'' | b'`' | b'\\' | b'+' | b'%' | b'&' | b'<' | b'>' | b'|' | b'*'
    )
}

#[cfg(test)]
mod tests {
    use super::may_hold;

    #[test]
    fn only_what_has_the_letters_of_a_sentence_may_hold_it() {
        let sentence = "requestnotauthorized";
        for text in [
            "Request not\n | authorized",
            "2026 Request no\n2026 t Authorized",
            "Request not auth\\u006frized",
            "Request%20not%20authorized",
            "&#82;equest not authorized",
        ] {
            assert!(may_hold(text.as_bytes(), sentence), "{text}");
        }
        let lines = "HTTP/1.1 400 Bad Request\n".repeat(40);
        for other in [&*lines, "Request%20not", "'q' %2 =q \\q &#q"] {
            assert!(!may_hold(other.as_bytes(), sentence), "{other}");
        }
    }
}
