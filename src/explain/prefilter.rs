//! Where the dot of a code may stand, by a quick look at many places at a time: most of
//! a log has no dot, or has it elsewhere.

use std::iter;
use std::ops::Range;

use wide::u8x16;

use crate::bytes::GROUP;

/// Finds the dots between what a name may end in and what may be a digit.
#[derive(Debug)]
pub struct Prefilter {
    /// The bits that the last bytes of all names have in common.
    common_bits: u8x16,
    /// Their values.
    common_values: u8x16,
}

impl Prefilter {
    /// For names that end in one of `ends`.
    pub fn new(ends: impl Iterator<Item = u8> + Clone) -> Self {
        let ones = ends.clone().fold(u8::MAX, |bits, end| bits & end);
        let zeros = ends.fold(u8::MAX, |bits, end| bits & !end);
        Prefilter {
            common_bits: u8x16::splat(ones | zeros),
            common_values: u8x16::splat(ones & !zeros),
        }
    }

    /// The dots of `text` in `range` that have a digit behind them and may have the end of
    /// a name before them.
    pub fn dots(&self, text: &[u8], range: Range<usize>) -> impl Iterator<Item = usize> {
        let mut rest = range.start.max(1)..range.end;
        let likely = iter::from_fn(move || {
            let likely = self.first(text, rest.clone())?;
            rest.start = likely.end;
            Some(likely)
        });
        let is_digit = |byte: Option<&u8>| byte.is_some_and(u8::is_ascii_digit);
        likely
            .flatten()
            .filter(move |dot| text[*dot] == b'.' && is_digit(text.get(dot + 1)))
    }

    /// The first few places in `range` of which one may be such a dot of `text`. The
    /// range starts behind a byte. None where it is empty or has no such place.
    fn first(&self, text: &[u8], range: Range<usize>) -> Option<Range<usize>> {
        let (before, _) = text.get(range.start - 1..)?.as_chunks::<GROUP>();
        let (dots, _) = text.get(range.clone())?.as_chunks::<GROUP>();
        let (after, _) = text.get(range.start + 1..)?.as_chunks::<GROUP>();
        let mut groups = before.iter().zip(dots).zip(after);
        let passed = groups.position(|((before, dots), after)| {
            let is_end = (u8x16::new(*before) & self.common_bits).simd_eq(self.common_values);
            let is_dot = u8x16::new(*dots).simd_eq(u8x16::splat(b'.'));
            // The digits, and `:` to `?`.
            let is_digit = (u8x16::new(*after) & u8x16::splat(0xf0)).simd_eq(u8x16::splat(b'0'));
            (is_end & is_dot & is_digit).any()
        });
        // Too few are left at the end for a group.
        let passed = passed.unwrap_or(dots.len().min(after.len()));
        let start = range.start + passed * GROUP;
        (start < range.end).then(|| start..range.end.min(start + GROUP))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The places in `range` that are not passed over.
    fn likely(ends: &str, text: &str, range: Range<usize>) -> Vec<usize> {
        let prefilter = Prefilter::new(ends.bytes());
        let mut rest = range;
        let mut likely = Vec::new();
        while let Some(places) = prefilter.first(text.as_bytes(), rest.clone()) {
            assert!(places.start >= rest.start && places.end <= rest.end);
            rest.start = places.end;
            likely.extend(places);
        }
        likely
    }

    #[test]
    fn a_dot_is_likely_wherever_it_stands() {
        for length in 2..100 {
            for dot in 1..length {
                let mut text = vec!['-'; length];
                text[dot - 1] = 's';
                text[dot] = '.';
                if dot + 1 < length {
                    text[dot + 1] = '1';
                }
                let text: String = text.into_iter().collect();
                for range in [1..length, 1..dot + 1, dot..dot + 1, dot..length] {
                    let places = likely("sS", &text, range.clone());
                    assert!(places.contains(&dot), "{text} in {range:?}");
                }
            }
        }
    }

    #[test]
    fn what_cannot_be_a_dot_of_a_code_is_passed_over() {
        for text in ["xs-1x", "xs.xx", "xx.1x", "x1.1x", "x..1x", "é.1x"] {
            let text = text.repeat(100);
            let places = likely("sSwW", &text, 1..text.len());
            assert!(places.len() <= GROUP, "{text}: {places:?}");
        }
    }

    #[test]
    fn names_may_end_in_any_letter_or_digit() {
        for (ends, end) in [("Ssz9", 'z'), ("9", '9'), ("sSwW", 'W')] {
            let text = format!("{}{end}.1{}", "-".repeat(50), "-".repeat(50));
            assert!(likely(ends, &text, 1..text.len()).contains(&51), "{ends}");
        }
        assert_eq!(likely("s", "s.1", 1..1), [] as [usize; 0]);
    }
}
