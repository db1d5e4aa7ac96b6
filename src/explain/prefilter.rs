//! Where a code may stand: a quick look at 64 bytes at a time. Most of a log is passed over here.

use std::array;
use std::ops::Range;

use wide::u8x16;

/// Bytes of a vector.
const VECTOR: usize = 16;
/// Bytes that are looked at together.
const CHUNK: usize = 4 * VECTOR;
/// Chunks after which those with hits are looked at closely.
const CHUNKS: usize = 64;
/// The upper half of bytes that may be a digit: digits, and `:` to `?`.
const DIGIT: u8 = 0x30;
/// The bit that all letters have, and no digit.
const LETTER: u8 = 0x40;

/// Finds dots between what a name may end in and a digit.
#[derive(Debug, Clone)]
pub(super) struct Prefilter {
    /// Added to a byte that a name may end in, it sets the highest bit.
    end: u8x16,
}

impl Prefilter {
    /// For names that end in one of `ends`, or in any letter.
    pub(super) fn new(mut ends: impl Iterator<Item = u8>) -> Self {
        let are_letters = ends.all(|end| end & LETTER != 0);
        Prefilter { end: u8x16::splat(if are_letters { LETTER } else { 2 * LETTER }) }
    }

    /// The dots in a part of a text that may be of a code, ascending.
    pub(super) fn dots(&self, text: &[u8], part: Range<usize>) -> Vec<usize> {
        let mut dots = Vec::new();
        // Gathered first: whether a chunk has hits is hard to predict.
        let mut chunks = [(0, 0); CHUNKS];
        for start in part.clone().step_by(CHUNKS * CHUNK) {
            let end = part.end.min(start + CHUNKS * CHUNK);
            let mut count = 0;
            for at in (start..end).step_by(CHUNK) {
                // The edges of a text have nothing before or after them.
                let around = at.checked_sub(1).and_then(|start| text.get(start..));
                let hits = match around.and_then(|text| text.first_chunk()) {
                    Some(chunk) => self.hits(chunk),
                    None => self.hits(&padded(text, at)),
                };
                chunks[count] = (at, hits);
                count += usize::from(hits != 0);
            }
            for &(at, mut hits) in &chunks[..count] {
                while hits != 0 {
                    let dot = at + hits.trailing_zeros() as usize;
                    let is_digit = text.get(dot + 1).is_some_and(u8::is_ascii_digit);
                    dots.extend(Some(dot).filter(|dot| is_digit && *dot < part.end));
                    hits &= hits - 1;
                }
            }
        }
        dots
    }

    /// A bit for each byte of a chunk: whether it may be such a dot.
    #[allow(clippy::inline_always)] // most of the search
    #[inline(always)]
    fn hits(&self, chunk: &[u8; CHUNK + 2]) -> u64 {
        let of_vector = |index: usize| {
            let from = |start: usize| {
                let bytes = chunk[VECTOR * index + start..].first_chunk();
                u8x16::new(*bytes.expect("a chunk is longer by two"))
            };
            let (before, here, after) = (from(0), from(1), from(2));
            // Only the highest bit of each byte counts.
            let hits = (before + self.end)
                & here.simd_eq(u8x16::splat(b'.'))
                & (after & u8x16::splat(0xf0)).simd_eq(u8x16::splat(DIGIT));
            u64::from(hits.to_bitmask()) << (VECTOR * index)
        };
        // One by one, as a loop would not be unrolled.
        of_vector(0) | of_vector(1) | of_vector(2) | of_vector(3)
    }
}

/// The bytes of a chunk at an offset and around it, with zeros beyond the text.
fn padded(text: &[u8], at: usize) -> [u8; CHUNK + 2] {
    array::from_fn(|index| {
        let before = (at + index).checked_sub(1);
        before.and_then(|at| text.get(at)).map_or(0, |byte| *byte)
    })
}
