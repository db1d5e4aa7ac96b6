//! Fragments: the letters of a word, in order but with gaps.

use fuzzy_matcher::FuzzyMatcher;
use fuzzy_matcher::skim::SkimMatcherV2;

/// Letters that a fragment needs, so that it says something.
const SHORTEST: usize = 4;
/// What a letter of the fragment must score on average: most start a word or
/// follow the one before.
const LEAST_PER_LETTER: i64 = 15;

/// The characters of `text` that `fragment` is a good subsequence of, as
/// `[start, end)` ranges; none where it is not.
pub fn subsequence(text: &str, fragment: &str) -> Option<Vec<[usize; 2]>> {
    let letters = fragment.chars().count();
    if letters < SHORTEST {
        return None;
    }
    let (score, places) = SkimMatcherV2::default()
        .ignore_case()
        .fuzzy_indices(text, fragment)?;
    let good = score >= LEAST_PER_LETTER * i64::try_from(letters).ok()?;
    good.then(|| places.into_iter().map(|place| [place, place + 1]).collect())
}
