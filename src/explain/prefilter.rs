//! Finds quickly where a code may stand, 64 bytes at a time. Skips most of a log.

use std::array;
use std::ops::Range;

use wide::u8x16;

/// Bytes of a vector.
const VECTOR: usize = 16;
/// Bytes that are looked at together.
const CHUNK: usize = 4 * VECTOR;
/// Chunks that are scanned before those with hits are looked at closely.
const CHUNKS: usize = 64;
/// The upper four bits of all digits; `:` to `?` have the same.
const DIGIT: u8 = 0x30;
/// The bit that all letters have, and no digit.
const LETTER: u8 = 0x40;

/// Finds dots that stand between a byte that may end a service's name and a digit.
#[derive(Debug, Clone)]
pub(super) struct Prefilter {
    /// A number that sets the highest bit of each byte that may end a name, when added to it.
    end: u8x16,
}

impl Prefilter {
    /// Makes a prefilter for names that end in one of `ends`, or in any letter.
    pub(super) fn new(mut ends: impl Iterator<Item = u8>) -> Self {
        let are_letters = ends.all(|end| end & LETTER != 0);
        Prefilter { end: u8x16::splat(if are_letters { LETTER } else { 2 * LETTER }) }
    }

    /// The dots in a part of a text that may belong to a code, ascending.
    pub(super) fn dots(&self, text: &[u8], part: Range<usize>) -> Vec<usize> {
        let mut dots = Vec::new();
        // Collected first: the processor cannot predict which chunks have hits.
        let mut chunks = [(0, 0); CHUNKS];
        for start in part.clone().step_by(CHUNKS * CHUNK) {
            let end = part.end.min(start + CHUNKS * CHUNK);
            let mut count = 0;
            for at in (start..end).step_by(CHUNK) {
                // At the edges of a text, nothing stands before or after the chunk.
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

    /// A bit for each byte of a chunk: whether the byte may be the dot of a code.
    #[allow(clippy::inline_always)] // most of the time is spent here
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
        // Written out, as the compiler would not unroll a loop.
        of_vector(0) | of_vector(1) | of_vector(2) | of_vector(3)
    }
}

/// A chunk of the text with one byte on each side, and zeros beyond the text.
fn padded(text: &[u8], at: usize) -> [u8; CHUNK + 2] {
    array::from_fn(|index| {
        let before = (at + index).checked_sub(1);
        before.and_then(|at| text.get(at)).map_or(0, |byte| *byte)
    })
}
