//! Finds known words for words that a catalog does not know as they are written. `fragment` finds
//! shortened ones.

use std::collections::BTreeSet;

use crate::catalog::edit_distance_to;
use crate::data::index::Index;

/// The fewest letters of a word that may be the start of longer words.
const MIN_START: usize = 3;
/// The fewest letters of a word in which one letter may be wrong, and of a word in which two may.
const MIN_WITH_TYPOS: [usize; 2] = [5, 8];
/// The fewest letters of each of several words written as one.
const MIN_PART: usize = 3;
/// The most letters of a word: a longer run of letters is no word.
const MAX_WORD: usize = 64;
/// If nothing is found, the word that is suggested may differ in one of this many letters.
const LETTERS_PER_EDIT: usize = 3;

/// Splits `word` into known words, as few as possible, with their terms; empty if that fails.
pub(super) fn parts<'w>(index: &Index, word: &'w str) -> Vec<(&'w str, u32)> {
    if word.len() < 2 * MIN_PART || word.len() > MAX_WORD || !word.is_ascii() {
        return Vec::new();
    }
    // The fewest words that the letters before each place consist of.
    let mut fewest: Vec<Option<Vec<(&str, u32)>>> = vec![None; word.len() + 1];
    fewest[0] = Some(Vec::new());
    for end in MIN_PART..=word.len() {
        let with_last = |start: usize| {
            let (before, last) = (fewest[start].as_ref()?, &word[start..end]);
            Some([&before[..], &[(last, index.term_of_word(last)?)]].concat())
        };
        fewest[end] = (0..=end - MIN_PART).filter_map(with_last).min_by_key(Vec::len);
    }
    fewest.pop().flatten().unwrap_or_default()
}

/// The terms of the words that start with `start`.
pub(super) fn longer(index: &Index, start: &str) -> Vec<u32> {
    if start.chars().count() < MIN_START {
        return Vec::new();
    }
    let words = index.words_from(index.words_before(start));
    distinct(words.take_while(|(word, _)| word.starts_with(start)).map(|(_, term)| term))
}

/// The terms of the known words that differ from `word` by the fewest edits: letters that are
/// wrong, missing, extra or swapped.
pub(super) fn nearest(index: &Index, word: &str) -> Vec<u32> {
    let length = word.chars().count();
    let max_edits = MIN_WITH_TYPOS.iter().filter(|shortest| length >= **shortest).count();
    let terms = |edits| distinct(near(index, word, edits).map(|(.., term)| term));
    (1..=max_edits).map(terms).find(|terms| !terms.is_empty()).unwrap_or_default()
}

/// The known word that is nearest to `word`, if any is near enough.
pub(super) fn closest<'i>(index: &'i Index, word: &str) -> Option<&'i str> {
    let near = near(index, word, word.chars().count() / LETTERS_PER_EDIT);
    let near = near.filter(|(_, known, _)| known.chars().count() >= MIN_WITH_TYPOS[0]);
    near.min_by_key(|(edits, ..)| *edits).map(|(_, known, _)| known)
}

/// The known words that differ from `word` by at most `max_edits`, each behind its number of edits
/// and before its term.
fn near<'i>(
    index: &'i Index,
    word: &str,
    max_edits: usize,
) -> impl Iterator<Item = (usize, &'i str, u32)> {
    let is_word = word.chars().count() <= MAX_WORD;
    let known = index.words_from(0).filter(move |_| is_word);
    let distance_from = edit_distance_to(word, max_edits);
    known.filter_map(move |(known, term)| Some((distance_from(known)?, known, term)))
}

fn distinct(terms: impl Iterator<Item = u32>) -> Vec<u32> {
    terms.collect::<BTreeSet<_>>().into_iter().collect()
}
