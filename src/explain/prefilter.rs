//! Where a code or a fixed sentence may stand: a quick look at 64 bytes at a time. Most of a log
//! is passed over here, and its lines are counted on the way.

use std::array;
use std::ops::Range;

use memchr::memchr_iter;
use wide::u8x16;

use super::sentences::sentence_match::{MARKS, is_between};

/// Bytes of a vector.
const VECTOR: usize = 16;
/// Bytes that are looked at together.
const GROUP: usize = 4 * VECTOR;
/// Groups after which those with hits are looked at closely. Their lines fit into a byte for
/// each place of a vector.
const GROUPS: usize = 63;
/// What may be a digit has these bits of its upper half: digits, and `:` to `?`.
const DIGIT: u8 = 0x30;
/// The bit that all letters have, and no digit.
const LETTER: u8 = 0x40;
/// A byte that no text has.
const NO_MARK: u8 = 0xff;

/// Finds dots between what a name may end in and a digit, and the marks of sentences.
#[derive(Debug, Clone)]
pub struct Prefilter {
    /// What sets the highest bit of the bytes that a name may end in, when it is added.
    end: u8x16,
    /// The marks, each in all bytes of a vector.
    marks: [u8x16; MARKS.len()],
    /// The marks that may stand two before a byte, a bit for each letter.
    before: Box<[u32; 256]>,
}

/// Places that may be of a code or a sentence, ascending.
#[derive(Debug, Default)]
pub struct Likely {
    pub dots: Vec<usize>,
    pub marks: Vec<usize>,
    /// Line feeds in the part.
    pub lines: u64,
}

impl Prefilter {
    /// For names that end in one of `ends`, or in any letter.
    pub fn new(mut ends: impl Iterator<Item = u8>) -> Self {
        let are_letters = ends.all(|end| end & LETTER != 0);
        Prefilter {
            end: u8x16::splat(if are_letters { LETTER } else { 2 * LETTER }),
            marks: [u8x16::splat(NO_MARK); MARKS.len()],
            before: Box::new([0; 256]),
        }
    }

    /// With the marks of sentences, given these from their marks on.
    pub fn with_marks<'s>(mut self, sentences: impl Iterator<Item = &'s [u8]>) -> Self {
        for sentence in sentences {
            for byte in 0..=u8::MAX {
                let said = sentence.get(2);
                let is_said = said.is_none_or(|said| *said == byte.to_ascii_lowercase());
                if is_said || is_between(byte) {
                    self.before[usize::from(byte)] |= bit(sentence[0]);
                }
            }
        }
        self.marks = MARKS.map(u8x16::splat);
        self
    }

    /// What is likely in a part of a text.
    pub fn likely(&self, text: &[u8], part: Range<usize>) -> Likely {
        let mut likely = Likely::default();
        // Gathered first: whether a group has hits is hard to predict.
        let mut groups = [(0, 0); GROUPS];
        for start in part.clone().step_by(GROUPS * GROUP) {
            let end = part.end.min(start + GROUPS * GROUP);
            let mut lines = u8x16::splat(0);
            let mut count = 0;
            for at in (start..end).step_by(GROUP) {
                // The edges of a text have nothing before or behind them.
                let around = at.checked_sub(1).and_then(|start| text.get(start..));
                let hits = match around.and_then(|text| text.first_chunk()) {
                    Some(group) => self.hits(group, &mut lines),
                    None => self.hits(&padded(text, at), &mut lines),
                };
                groups[count] = (at, hits);
                count += usize::from(hits != 0);
            }
            likely.lines += lines.to_array().map(u64::from).iter().sum::<u64>();
            for (at, hits) in &groups[..count] {
                self.look_closely(text, *at, *hits, &mut likely);
            }
        }
        // The last group may go on behind the part.
        let end = part.start + part.len().next_multiple_of(GROUP);
        let behind = &text[part.end..end.min(text.len())];
        likely.lines -= memchr_iter(b'\n', behind).count() as u64;
        likely.dots.retain(|place| *place < part.end);
        likely.marks.retain(|place| *place < part.end);
        likely
    }

    /// Takes those of the hits of a group that are likely.
    #[allow(clippy::inline_always)] // in the search's loop
    #[inline(always)]
    fn look_closely(&self, text: &[u8], group: usize, mut hits: u64, likely: &mut Likely) {
        while hits != 0 {
            let at = group + hits.trailing_zeros() as usize;
            hits &= hits - 1;
            if text[at] == b'.' {
                let is_numbered = text.get(at + 1).is_some_and(u8::is_ascii_digit);
                likely.dots.extend(is_numbered.then_some(at));
            } else if self.is_mark(&text[at..]) {
                likely.marks.push(at);
            }
        }
    }

    /// Whether a text starts with a mark and what is near behind it, if nothing stands between.
    fn is_mark(&self, text: &[u8]) -> bool {
        let [mark, next, behind, ..] = *text else {
            return true;
        };
        self.before[usize::from(behind)] & bit(mark) != 0 || is_between(next)
    }

    /// The bits of the bytes of a group that may be a dot or a mark. Adds its line feeds.
    #[allow(clippy::inline_always)] // most of the search
    #[inline(always)]
    fn hits(&self, group: &[u8; GROUP + 2], lines: &mut u8x16) -> u64 {
        let [one, two, three] = self.marks;
        let mut of_vector = |number: usize| {
            let from = |start: usize| {
                let bytes = group[VECTOR * number + start..].first_chunk();
                u8x16::new(*bytes.expect("a group is longer by two"))
            };
            let (before, here, behind) = (from(0), from(1), from(2));
            *lines -= here.simd_eq(u8x16::splat(b'\n'));
            // Only the highest bit of each byte counts.
            let is_dot = (before + self.end)
                & here.simd_eq(u8x16::splat(b'.'))
                & (behind & u8x16::splat(0xf0)).simd_eq(u8x16::splat(DIGIT));
            let hits = is_dot | here.simd_eq(one) | here.simd_eq(two) | here.simd_eq(three);
            u64::from(hits.to_bitmask()) << (VECTOR * number)
        };
        // One by one, as a loop would not be unrolled.
        of_vector(0) | of_vector(1) | of_vector(2) | of_vector(3)
    }
}

fn bit(letter: u8) -> u32 {
    1 << (letter & 31)
}

/// The bytes of a group at a place and around it, with zeros beyond the text.
fn padded(text: &[u8], at: usize) -> [u8; GROUP + 2] {
    array::from_fn(|number| {
        let place = (at + number).checked_sub(1);
        place
            .and_then(|place| text.get(place))
            .map_or(0, |byte| *byte)
    })
}
