//! A quick look at raw text: where may one of many phrases start?
//!
//! `StartFilter` passes over most of a text, [`Phrases`] compares the rest with the phrases as far
//! as the line goes: what stands before the next line is not known here.
//!
//! Whether a message counts where it was found is decided in `messages`: `Message::at`.

mod start_filter;

use std::ops::Range;

use memchr::{memchr, memmem};

use start_filter::{GROUP, StartFilter};

/// Bytes of a raw text that are compared with the phrases.
const MAX_LOOK: usize = 64;
/// Bytes below a line that say whether a phrase goes on there.
const MAX_BELOW: usize = 256;
/// Phrases with the same start that are tried.
const MAX_TRIES: usize = 64;

/// Finds where in a raw text phrases in normal form may start.
#[derive(Debug)]
pub(super) struct Phrases {
    /// The first letters of each, ascending, without those that start with others.
    first_letters: Vec<u128>,
    starts: StartFilter,
}

impl Phrases {
    /// Finds `phrases`, and in the same pass candidates for `others`.
    pub(super) fn new(phrases: &[&str], others: &[&str]) -> Self {
        let first = phrases.iter().map(|it| first_letters(it.as_bytes()));
        let mut first: Vec<_> = first.filter(|letters| *letters != 0).collect();
        first.sort_unstable();
        first.dedup_by(|letters, shorter| start_with(*letters, *shorter));
        Phrases { first_letters: first, starts: StartFilter::new(&[phrases, others].concat()) }
    }

    /// The places in a part of a raw text where a phrase may start, ascending.
    pub(super) fn places(&self, text: &[u8], part: Range<usize>) -> Vec<usize> {
        self.places_of(text, &part, None)
    }

    /// The places in a part of a raw text where a phrase or one of the others may start, as far as
    /// a quick look shows.
    pub(super) fn candidates(&self, text: &[u8], part: Range<usize>) -> Vec<usize> {
        self.starts.places(text, part)
    }

    /// As [`places`](Self::places), given candidates if they have been looked for.
    pub(super) fn places_of(
        &self,
        text: &[u8],
        part: &Range<usize>,
        candidates: Option<Vec<usize>>,
    ) -> Vec<usize> {
        let mut places = candidates.unwrap_or_else(|| self.candidates(text, part.clone()));
        places.retain(|place| part.contains(place) && self.may_start(&text[*place..]));
        places
    }

    /// Whether a phrase may start a raw text, as far as its first line goes, and where a phrase
    /// is longer, as the next one does.
    fn may_start(&self, text: &[u8]) -> bool {
        let look = &text[..text.len().min(MAX_LOOK)];
        let end = memchr(b'\n', look).unwrap_or(look.len());
        let line = first_letters(&look[..end]);
        let next = self.first_letters.partition_point(|it| *it <= line);
        let (shorter, longer) = self.first_letters.split_at(next);
        if line == 0 || shorter.last().is_some_and(|it| start_with(line, *it)) {
            return true;
        }
        let longer = longer.iter().take(MAX_TRIES);
        let mut longer = longer.take_while(|it| start_with(**it, line)).peekable();
        let below = &text[end..];
        let is_known = || end < look.len() && look[..end].iter().all(|byte| is_plain(*byte));
        if longer.peek().is_none() || !is_known() || below.len() < MAX_BELOW {
            return longer.peek().is_some();
        }
        let below: Vec<_> = letters(below[..MAX_BELOW].iter()).collect();
        longer.any(|it| {
            let next = it ^ line;
            let next = next << (next.leading_zeros() / 8 * 8);
            let next = next.to_be_bytes();
            let length = next.iter().take(GROUP).take_while(|byte| **byte != 0).count();
            memmem::find(&below, &next[..length]).is_some()
        })
    }
}

/// The first letters and digits of a text in lower case, as a number in the order of texts; up to
/// the first escape or character of another script, which may be a space or a quote.
fn first_letters(text: &[u8]) -> u128 {
    let mut first = [0; 16];
    let letters = letters(text.iter().take_while(|byte| is_plain(**byte)));
    for (place, letter) in first.iter_mut().zip(letters) {
        *place = letter;
    }
    u128::from_be_bytes(first)
}

/// Whether a byte is of no escape, and of no character of another script.
fn is_plain(byte: u8) -> bool {
    byte.is_ascii() && byte != b'\\'
}

/// Whether the letters of a text start with the other's.
fn start_with(letters: u128, start: u128) -> bool {
    letters == start
        || (letters ^ start).leading_zeros() >= u128::BITS - start.trailing_zeros() / 8 * 8
}

/// The letters and digits of a text in lower case: the spaces and quotes between them may be
/// others.
fn letters<'t>(text: impl Iterator<Item = &'t u8>) -> impl Iterator<Item = u8> {
    let letters = text.filter(|byte| byte.is_ascii_alphanumeric());
    letters.map(u8::to_ascii_lowercase)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_escape_or_another_space_may_stand_in_a_phrase_above_other_lines() {
        let phrases = Phrases::new(&["not found", "quota exceeded for account", "配额不足"], &[]);
        for space in [r"\n", r"\u0020", r"\ ", "\u{a0}", "\u{3000}"] {
            let phrase =
                "quota exceeded for account".replace(" exceeded", &[space, "exceeded"].concat());
            let text = [&*phrase, "\n", &"other line\n".repeat(40)].concat();
            assert_eq!(phrases.places(text.as_bytes(), 0..phrase.len()), [0], "{text}");
        }
    }
}
