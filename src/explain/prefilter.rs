//! Where a code or a fixed sentence may stand: a quick look at sixteen bytes at a time. Most of
//! a log is passed over here.

use std::array;
use std::ops::Range;

use wide::u8x16;

use crate::explain::sentences::hiding::is_between;

/// Bytes that are looked at together.
const GROUP: usize = 16;
/// What may be a digit has these bits of its upper half: digits, and `:` to `?`.
const DIGIT: u8 = 0x30;

/// Finds dots between what a name may end in and a digit, and the marks of sentences.
#[derive(Debug, Clone)]
pub struct Prefilter {
    /// The bits that the last bytes of all names have.
    end: u8,
    /// The marks, each in all bytes of a group.
    marks: Vec<[u8x16; 3]>,
    /// The marks that may stand two before a byte, a bit for each letter.
    before: Box<[u32; 256]>,
}

/// Places that may be of a code or a sentence, ascending.
#[derive(Debug, Default)]
pub struct Likely {
    pub dots: Vec<usize>,
    pub marks: Vec<usize>,
}

impl Prefilter {
    /// For names that end in one of `ends`, or in any letter.
    pub fn new(ends: impl Iterator<Item = u8>) -> Self {
        Prefilter {
            end: ends.fold(b'a' & b'Z', |bits, end| bits & end),
            marks: Vec::new(),
            before: Box::new([0; 256]),
        }
    }

    /// With the marks of sentences, which are letters, given these from their marks on.
    pub fn with_marks<'s>(mut self, sentences: impl Iterator<Item = &'s [u8]> + Clone) -> Self {
        for sentence in sentences.clone() {
            for byte in 0..=u8::MAX {
                let said = sentence.get(2);
                let is_said = said.is_none_or(|said| *said == byte.to_ascii_lowercase());
                if is_said || is_between(byte) {
                    self.before[usize::from(byte)] |= bit(sentence[0]);
                }
            }
        }
        let mut marks: Vec<_> = sentences.map(|sentence| sentence[0]).collect();
        marks.sort_unstable();
        marks.dedup();
        let threes = marks.chunks(3).map(|three| {
            let mark = |number: usize| u8x16::splat(three[number.min(three.len() - 1)]);
            [mark(0), mark(1), mark(2)]
        });
        self.marks = threes.collect();
        self
    }

    /// What is likely in a part of a text.
    pub fn likely(&self, text: &[u8], part: Range<usize>) -> Likely {
        let mut likely = Likely::default();
        for at in part.clone().step_by(GROUP) {
            // The edges of a text have nothing before or behind them.
            let around = at.checked_sub(1).and_then(|start| text.get(start..));
            let mut hits = match around.and_then(|text| text.first_chunk()) {
                Some(group) => self.hits(group),
                None => self.hits(&padded(text, at)),
            };
            while hits != 0 {
                let place = at + hits.trailing_zeros() as usize;
                hits &= hits - 1;
                if place >= part.end {
                    break;
                }
                if text[place] == b'.' {
                    let is_numbered = text.get(place + 1).is_some_and(u8::is_ascii_digit);
                    likely.dots.extend(is_numbered.then_some(place));
                } else if self.is_mark(&text[place..]) {
                    likely.marks.push(place);
                }
            }
        }
        likely
    }

    /// Whether a text starts with a mark and what is near behind it, if nothing stands between.
    fn is_mark(&self, text: &[u8]) -> bool {
        let [mark, next, behind, ..] = *text else {
            return true;
        };
        is_between(next) || self.before[usize::from(behind)] & bit(mark) != 0
    }

    /// The bits of the bytes of a group that may be a dot or a mark.
    #[allow(clippy::inline_always)] // most of the search
    #[inline(always)]
    fn hits(&self, group: &[u8; GROUP + 2]) -> u32 {
        let from = |start: usize| {
            let bytes = group[start..].first_chunk();
            u8x16::new(*bytes.expect("a group is longer by two"))
        };
        let (before, here, behind) = (from(0), from(1), from(2));
        let end = u8x16::splat(self.end);
        let is_dot = (before & end).simd_eq(end)
            & here.simd_eq(u8x16::splat(b'.'))
            & (behind & u8x16::splat(0xf0)).simd_eq(u8x16::splat(DIGIT));
        let marks = self.marks.iter();
        let hits = marks.fold(is_dot, |hits, [one, two, three]| {
            hits | here.simd_eq(*one) | here.simd_eq(*two) | here.simd_eq(*three)
        });
        hits.to_bitmask()
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
