//! Finds where one of a set of phrases may start, without comparing them everywhere.
//!
//! Wherever a phrase starts, one of its first groups of four bytes stands at a multiple of eight.
//! Only the groups there are hashed; if a phrase is short, also groups in between.

use std::ops::Range;

use memchr::memrchr;

use crate::string_escapes::escape_at_end;
use crate::substrings::start_of;

/// The fewest bytes of a phrase on the upper line where a terminal broke one of its words.
const MIN_BROKEN: usize = 7;
/// The most bytes of a phrase from which its groups are taken.
const MAX_START: usize = STRIDE + 2 * GROUP;
/// Bytes of a group.
pub(super) const GROUP: usize = 4;
/// Bytes from group to group, if phrases are long enough.
const STRIDE: usize = 8;
/// Groups that are looked at together, and the bytes that they span.
const GROUPS: usize = 8;
const BLOCK: usize = GROUPS * STRIDE;
/// Blocks that are scanned before those with hits are looked at closely.
const BLOCKS: usize = 64;
/// The most bytes between two words with a line end between them: a frame, an indentation.
const MAX_WRAP: usize = 64;
/// What may stand in place of a space; an escaped one begins with a backslash.
const SPACES: [&str; 9] = [" ", "  ", "   ", "\t", "\n", "\x0b", "\x0c", "\r", "\\"];
/// The bit of a group that starts a phrase, and the bit of a group that starts a phrase's second
/// word. The lower bits say how far a group is from there.
const WORD_BITS: [u8; 2] = [16, 32];
/// Distances with a bit of their own; longer distances share these bits.
const DISTANCES: usize = 4;
/// Bits that a block's kinds have for each group, and those of them that say distances.
const KIND_BITS: usize = 8;
const DISTANCE_BITS: u64 = 0x0f0f_0f0f_0f0f_0f0f;

/// Finds where in a raw text one of a set of phrases may start, whatever its case.
#[derive(Debug)]
pub(super) struct StartFilter {
    /// The multiplier that hashes a group. If a phrase is shorter than a group, only that many
    /// bytes of the group count. Of the multipliers of common hash functions, this one mistakes the
    /// fewest times and numbers for a phrase.
    factor: u32,
    /// Bytes from one place that is looked at to the next: the stride, or fewer if a phrase is too
    /// short for that.
    step: usize,
    /// For each hash, a set of bits: how far the groups with that hash stand from the start of a
    /// phrase or of its second word. The second word counts if the line may end after the first,
    /// and the first is too short to have a group.
    kinds: Box<[u8; 1 << 16]>,
}

impl StartFilter {
    pub(super) fn new(phrases: &[&str]) -> Self {
        let shortest = phrases.iter().map(|it| it.len()).min().unwrap_or(GROUP);
        let steps = [STRIDE, STRIDE / 2];
        let step = steps.into_iter().find(|step| {
            let mut starts = phrases.iter().flat_map(|phrase| starts_of(phrase, *step));
            starts.all(|start| start.len() >= length_for(*step))
        });
        let mut starts = StartFilter {
            factor: 0xcc9e_2d51 << (8 * (GROUP - shortest.clamp(1, GROUP))),
            step: step.unwrap_or(1),
            #[allow(clippy::large_stack_arrays)] // an index below its length needs no check
            kinds: Box::new([0; 1 << 16]),
        };
        for phrase in phrases {
            for (word, start) in starts_of(phrase, starts.step).enumerate() {
                let start = start_of(start, MAX_START);
                for space in SPACES {
                    starts.add(start.replace(' ', space).bytes(), word);
                }
                // A terminal breaks lines within words.
                for width in MIN_BROKEN..start.len().min(length_for(starts.step)) {
                    let (line, below) = start.as_bytes().split_at(width);
                    for feed in [&b"\n"[..], b"\r\n"] {
                        starts.add([line, feed, below].concat().into_iter(), word);
                    }
                }
            }
        }
        starts
    }

    fn add(&mut self, phrase: impl Iterator<Item = u8>, word: usize) {
        let phrase: Vec<_> = phrase.chain([0; GROUP]).collect();
        for at in 0..self.step {
            let group = phrase[at..].first_chunk();
            let kinds = &mut self.kinds[self.hash(*group.expect("it was made longer by a group"))];
            *kinds |= 1 << (at % DISTANCES) | if at == 0 { WORD_BITS[word] } else { 0 };
        }
    }

    /// The places in a part of a text where one of the phrases may start, ascending.
    pub(super) fn places(&self, text: &[u8], part: Range<usize>) -> Vec<usize> {
        let mut places = Vec::new();
        let end = text.len().min(part.end + length_for(STRIDE) + MAX_WRAP);
        // Collected first: the processor cannot predict which blocks have hits.
        let mut hits = [(0, 0); BLOCKS];
        for first in (part.start..part.start + STRIDE).step_by(self.step) {
            for start in (first..end).step_by(BLOCKS * BLOCK) {
                let mut count = 0;
                for at in (start..end.min(start + BLOCKS * BLOCK)).step_by(BLOCK) {
                    let kinds = match text[at..end].first_chunk() {
                        Some(block) => self.kinds_in(block),
                        None => self.kinds_in(&padded(&text[at..end])),
                    };
                    hits[count] = (at, kinds);
                    count += usize::from(kinds != 0);
                }
                for (at, kinds) in &hits[..count] {
                    self.look_closely(text, *at, *kinds, &mut places);
                }
            }
        }
        places.retain(|place| part.contains(place));
        places.sort_unstable();
        places.dedup();
        places
    }

    /// The kinds of the groups of a block, one byte for each group.
    #[allow(clippy::inline_always)] // most of the time is spent here
    #[inline(always)]
    fn kinds_in(&self, block: &[u8; BLOCK]) -> u64 {
        let kinds = |group_index: usize| {
            let group = block[STRIDE * group_index..].first_chunk();
            let kinds = self.kinds(*group.expect("a block has so many groups"));
            u64::from(kinds) << (KIND_BITS * group_index)
        };
        // Written out, as the compiler would not unroll a loop.
        let start = kinds(0) | kinds(1) | kinds(2) | kinds(3);
        start | kinds(4) | kinds(5) | kinds(6) | kinds(7)
    }

    /// Adds the places where a phrase may start that has a group in the block at offset `block`,
    /// given the kinds of the groups there.
    #[inline(never)] // so that the search around it is a short loop
    fn look_closely(&self, text: &[u8], block: usize, kinds: u64, places: &mut Vec<usize>) {
        let kinds_at = |at: usize| {
            let group = text.get(at..).and_then(|text| text.first_chunk());
            group.map_or(0, |group| self.kinds(*group))
        };
        let mut rest = kinds & DISTANCE_BITS;
        while rest != 0 {
            let bit = rest.trailing_zeros() as usize;
            rest &= rest - 1;
            let (group_index, mut distance) = (bit / KIND_BITS, bit % KIND_BITS);
            let at = block + STRIDE * group_index;
            while distance < self.step && distance <= at {
                let start = at - distance;
                distance += DISTANCES;
                let own = kinds_at(start);
                if own < WORD_BITS[0] || kinds_at(start + self.step - 1) == 0 {
                    continue;
                }
                if own & WORD_BITS[0] != 0 && starts_word(text, start) {
                    places.push(start);
                }
                if own & WORD_BITS[1] != 0 && !is_inside_path_or_name(text, start) {
                    places.extend(words_before(text, start));
                }
            }
        }
    }

    /// The kinds of a group.
    #[allow(clippy::inline_always)] // most of the time is spent here
    #[inline(always)]
    fn kinds(&self, group: [u8; GROUP]) -> u8 {
        self.kinds[self.hash(group)]
    }

    /// The hash of a group, without regard to case.
    #[allow(clippy::inline_always)] // most of the time is spent here
    #[inline(always)]
    fn hash(&self, group: [u8; GROUP]) -> usize {
        let group = u32::from_le_bytes(group) | 0x2020_2020;
        (group.wrapping_mul(self.factor) >> 16) as usize
    }
}

/// The end of a text, filled up with zeros to a block.
fn padded(rest: &[u8]) -> [u8; BLOCK] {
    let mut block = [0; BLOCK];
    block[..rest.len()].copy_from_slice(rest);
    block
}

/// How long a phrase must be to have a group at a place that is looked at, wherever the
/// phrase starts.
fn length_for(step: usize) -> usize {
    step + GROUP - 1
}

/// The phrase, and also its rest from the second word on if the line may end after the
/// first word, and that is too short to have a group.
fn starts_of(phrase: &str, step: usize) -> impl Iterator<Item = &str> {
    let second = phrase.split_once(' ');
    let second = second.filter(|(first, _)| first.len() + 1 < length_for(step));
    [phrase].into_iter().chain(second.map(|(_, rest)| rest))
}

/// Whether a path, a parameter or a name goes on at a place, as at `accounts` in `/v1/accounts`.
fn is_inside_path_or_name(text: &[u8], place: usize) -> bool {
    text[..place].last().is_some_and(|before| b"/?&=.-_@".contains(before))
}

/// Where the word before a place may start, with more than one space between, or at the end
/// of the line above.
fn words_before(text: &[u8], place: usize) -> impl Iterator<Item = usize> {
    let near = &text[place.saturating_sub(MAX_WRAP)..place];
    let above = memrchr(b'\n', near).map(|feed| &near[..feed]);
    let word = move |before: &[u8]| {
        let escape = escape_at_end(before).and_then(|_| memrchr(b'\\', before));
        let before = &before[..escape.unwrap_or(before.len())];
        let is_word_byte = |byte: &&u8| byte.is_ascii_alphanumeric();
        let between = before.iter().rev().take_while(|byte| !is_word_byte(byte));
        let end = before.len() - between.count();
        let word = before[..end].iter().rev().take(length_for(STRIDE));
        let start = end - word.take_while(is_word_byte).count();
        let at = place - near.len();
        (near.len() - end > 1 && start < end && starts_word(text, at + start)).then_some(at + start)
    };
    [Some(near), above].into_iter().flatten().filter_map(word)
}

/// Whether a word may start at a place of a raw text: not after a letter, a digit or `_`, unless
/// that ends an escape (`\n`). After other scripts, `messages` decides later.
fn starts_word(text: &[u8], place: usize) -> bool {
    let before = &text[..place];
    let is_word_byte = |byte: &u8| byte.is_ascii_alphanumeric() || *byte == b'_';
    !before.last().is_some_and(is_word_byte) || escape_at_end(before).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    const PHRASES: [&str; 4] = ["not found", "an api", "quota exceeded for account", "配额不足"];

    #[test]
    fn phrases_are_found_wherever_they_stand_and_however_they_are_wrapped() {
        let starts = StartFilter::new(&[&PHRASES[..3], &["bad request"]].concat());
        for phrase in ["Not Found for x", "quota exceeded", "BAD REQUEST"] {
            for space in [" ", "\n", "\r\n", "  ", "\n\u{2502} "] {
                for before in 0..9 {
                    let text = format!("{} {}", "x".repeat(before), phrase.replace(' ', space));
                    let found = starts.places(text.as_bytes(), 0..text.len());
                    assert_eq!(found, [before + 1], "{text}");
                    let later = starts.places(text.as_bytes(), before + 2..text.len());
                    assert_eq!(later, [0; 0], "{text}");
                }
            }
        }
    }

    #[test]
    fn short_phrases_and_other_scripts_are_found_too() {
        let starts = StartFilter::new(&[&PHRASES[..], &["id ", "x"]].concat());
        for phrase in PHRASES {
            for before in 0..9 {
                let text = format!("{}.{phrase} ", ".".repeat(before));
                let found = starts.places(text.as_bytes(), 0..text.len());
                assert!(found.contains(&(before + 1)), "{text}");
            }
        }
        let none = StartFilter::new(&[]);
        assert!(none.places(b"not found", 0..9).is_empty());
    }

    /// Where the phrases, with `space` for each of their spaces, start a word.
    fn places_by_comparing(phrases: &[&str], space: &str, text: &str) -> Vec<usize> {
        let lower = text.to_ascii_lowercase();
        let starts = |at: &usize| {
            let rest = &lower[*at..];
            !lower[..*at].ends_with(|c: char| c.is_ascii_alphanumeric())
                && phrases.iter().any(|it| rest.starts_with(&it.replace(' ', space)))
        };
        (0..text.len()).filter(starts).collect()
    }

    #[test]
    fn all_that_comparing_finds_is_found() {
        let words = "Not found AN api xan quota exceeded for account founder . /v1/ bad request x";
        let words: Vec<_> = words.split(' ').collect();
        let mut random = 1_u64;
        let mut number = |below: usize| {
            random = random.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            usize::try_from(random >> 33).unwrap() % below
        };
        let mut total = 0;
        for phrases in [&["not found", "bad request", "quota exceeded for"][..], &PHRASES, &["x"]] {
            let starts = StartFilter::new(phrases);
            for space in SPACES {
                let text: Vec<_> = (0..2000).map(|_| words[number(words.len())]).collect();
                let text = text.join(space) + "\n\n\n";
                let found = starts.places(text.as_bytes(), 0..text.len());
                let all = places_by_comparing(phrases, space, &text);
                total += all.len();
                assert!(all.iter().all(|at| found.contains(at)), "{phrases:?} {space:?}");
            }
        }
        assert!(total > 2000, "{total}");
    }
}
