//! A quick look at raw text: where may one of many phrases start?
//!
//! `StartFilter` skips most of a text. [`Phrases`] compares the rest with the phrases, up to the
//! end of the line: what tools put before the next line is not known here.
//!
//! `Message::at`, in `messages`, decides whether a message counts where it was found.

mod start_filter;

use std::ops::Range;

use memchr::{memchr, memmem};

use start_filter::{GROUP, StartFilter};

/// The most bytes of a raw text that are compared with the phrases.
const MAX_LOOK: usize = 64;
/// The most bytes below a line in which the next letters of a phrase are looked for.
const MAX_BELOW: usize = 256;
/// The most phrases with the same start that are tried.
const MAX_TRIES: usize = 64;

/// Finds where phrases may start in a raw text. The phrases are in normal form.
#[derive(Debug)]
pub(super) struct Phrases {
    /// The first letters of each phrase, ascending; without phrases that start with another one.
    first_letters: Vec<u128>,
    starts: StartFilter,
}

impl Phrases {
    /// Makes a finder of `phrases` that also finds, in the same pass, candidates for `others`.
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

    /// The places in a part of a raw text where a phrase or one of the others may start, as
    /// far as a quick look shows.
    pub(super) fn candidates(&self, text: &[u8], part: Range<usize>) -> Vec<usize> {
        self.starts.places(text, part)
    }

    /// Like [`places`](Self::places), but takes the candidates if they were already looked for.
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

    /// Whether a raw text may start with a phrase. Compares the first line of the text; if a phrase
    /// is longer than that, its next letters must stand in the text below.
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

/// The first 16 letters and digits of a text in lower case, as a number that sorts like the
/// text. Stops at the first escape or character of another script, which may be a space or a quote.
fn first_letters(text: &[u8]) -> u128 {
    let mut first = [0; 16];
    let letters = letters(text.iter().take_while(|byte| is_plain(**byte)));
    for (place, letter) in first.iter_mut().zip(letters) {
        *place = letter;
    }
    u128::from_be_bytes(first)
}

/// Whether a byte is neither a backslash nor part of a character of another script.
fn is_plain(byte: u8) -> bool {
    byte.is_ascii() && byte != b'\\'
}

/// Whether `letters` start with `start`, both as `first_letters` makes them.
fn start_with(letters: u128, start: u128) -> bool {
    letters == start
        || (letters ^ start).leading_zeros() >= u128::BITS - start.trailing_zeros() / 8 * 8
}

/// The letters and digits of a text in lower case. The spaces and quotes between them are
/// left out, as they may differ.
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
