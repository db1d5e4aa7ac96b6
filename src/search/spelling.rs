//! Words that a catalog does not know as they are written.

use crate::data::index::Index;

/// Letters that the start of a word has at least.
const MIN_START: usize = 3;
/// Letters that a word has at least to be taken for one with a letter wrong, and
/// for one with two letters wrong.
const MIN_WITH_TYPOS: [usize; 2] = [5, 8];
/// Letters that each of several words written as one has at least.
const MIN_PART: usize = 3;
/// Letters that a word has at most: what is longer is no word.
const MAX_LETTERS: usize = 64;
/// One letter in so many may differ in the word that is named where nothing is found.
const MAX_CLOSEST_EDITS: usize = 3;

/// The known words that `word` consists of, as few as possible, with their terms; none
/// where it does not.
pub fn parts<'w>(index: &Index, word: &'w str) -> Vec<(&'w str, u32)> {
    if word.len() < 2 * MIN_PART || word.len() > MAX_LETTERS || !word.is_ascii() {
        return Vec::new();
    }
    // The last of the fewest words that end at each place: where it starts, its term, and
    // how many they are.
    let mut best: Vec<Option<(usize, u32, usize)>> = vec![None; word.len() + 1];
    for end in MIN_PART..=word.len() {
        for start in 0..=end - MIN_PART {
            let before = if start == 0 {
                0
            } else if let Some((.., before)) = best[start] {
                before
            } else {
                continue;
            };
            if best[end].is_some_and(|(.., parts)| parts <= before + 1) {
                continue;
            }
            if let Some(term) = index.term_of_word(&word[start..end]) {
                best[end] = Some((start, term, before + 1));
            }
        }
    }
    let mut parts = Vec::new();
    let mut end = word.len();
    while let Some((start, term, _)) = best[end] {
        parts.push((&word[start..end], term));
        end = start;
    }
    parts.reverse();
    parts
}

/// The terms of the words that start with `start`.
pub fn longer(index: &Index, start: &str) -> Vec<u32> {
    if start.chars().count() < MIN_START {
        return Vec::new();
    }
    let words = index.words_from(index.words_before(start));
    let longer = words.take_while(|(word, _)| word.starts_with(start));
    distinct(longer.map(|(_, term)| term).collect())
}

/// The terms of the known words that the fewest letters wrong, missing, extra or swapped lead
/// to from `word`.
pub fn nearest(index: &Index, word: &str) -> Vec<u32> {
    let length = word.chars().count();
    let shortest = MIN_WITH_TYPOS.iter();
    let mut most = shortest.filter(|shortest| length >= **shortest).count();
    if most == 0 || length > MAX_LETTERS {
        return Vec::new();
    }
    let letters = letters_of(word);
    let mut nearest = Vec::new();
    for (known, term) in index.words_from(0) {
        if known.len().abs_diff(word.len()) > most * 4
            // A letter wrong is one missing and one extra.
            || (letters_of(known) ^ letters).count_ones() as usize > 2 * most
            || known.chars().count().abs_diff(length) > most
        {
            continue;
        }
        let edits = strsim::osa_distance(word, known);
        if edits > most {
            continue;
        }
        if edits < most {
            (most, nearest) = (edits, Vec::new());
        }
        nearest.push(term);
    }
    distinct(nearest)
}

/// The word of the catalog that comes nearest to one that it does not know.
pub fn closest<'i>(index: &'i Index, word: &str) -> Option<&'i str> {
    let length = word.chars().count();
    if length > MAX_LETTERS {
        return None;
    }
    let most = length / MAX_CLOSEST_EDITS;
    let near = index.words_from(0).filter_map(|(known, _)| {
        let letters = known.chars().count();
        if letters < MIN_WITH_TYPOS[0] || letters.abs_diff(length) > most {
            return None;
        }
        let edits = strsim::osa_distance(word, known);
        (edits <= most).then_some((edits, known))
    });
    near.min_by_key(|(edits, _)| *edits).map(|(_, known)| known)
}

/// Which letters a word has, a bit for each.
fn letters_of(word: &str) -> u32 {
    word.bytes().fold(0, |letters, b| letters | 1 << (b & 31))
}

fn distinct(mut terms: Vec<u32>) -> Vec<u32> {
    terms.sort_unstable();
    terms.dedup();
    terms
}
