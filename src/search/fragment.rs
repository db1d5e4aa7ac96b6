//! Fragments: the letters of words, in order but with gaps, as in `dlgadm` for
//! "delegated administrator". Whether a text has the letters in order is decided by
//! fuzzy-matcher; which of their places make a fragment is decided here.

use fuzzy_matcher::FuzzyMatcher as _;
use fuzzy_matcher::skim::SkimMatcherV2;

/// Letters of a fragment: fewer say nothing, and nobody types more.
const MIN_LETTERS: usize = 4;
const MAX_LETTERS: usize = 32;
/// A fragment has at least one in so many letters of the words that it abbreviates.
const MIN_SHARE: usize = 5;
/// Letters of the fragment times those of a text up to which the matcher keeps a table.
const MAX_TABLE: usize = 1 << 16;

/// Finds one fragment in many texts.
pub struct Fragment {
    letters: Vec<char>,
    pattern: String,
    matcher: SkimMatcherV2,
}

/// A word of a text: where it starts, and its letters in lower case.
type Word = (usize, Vec<char>);

impl Fragment {
    /// The fragment to look for, in lower case; none where its length is not that of one.
    pub fn new(pattern: &str) -> Option<Self> {
        let letters: Vec<char> = pattern.chars().take(MAX_LETTERS + 1).collect();
        let is_fragment = (MIN_LETTERS..=MAX_LETTERS).contains(&letters.len());
        is_fragment.then(|| Fragment {
            letters,
            pattern: pattern.to_owned(),
            matcher: SkimMatcherV2::default()
                .ignore_case()
                .element_limit(MAX_TABLE),
        })
    }

    /// The letters of `text` that the fragment consists of, as `[start, end)` ranges of
    /// characters. Each of its pieces starts where a word starts, and no word between two
    /// pieces is left out.
    pub fn find(&self, text: &str) -> Option<Vec<[usize; 2]>> {
        self.matcher.fuzzy_match(text, &self.pattern)?;
        let words = words(text);
        (0..words.len()).find_map(|start| self.find_at(&words[start..]))
    }

    /// Where the fragment stands in the words, from the first on.
    fn find_at(&self, words: &[Word]) -> Option<Vec<[usize; 2]>> {
        let all = self.letters.len();
        // For each word, how many letters the words before it can have used.
        let mut before = vec![vec![0]];
        loop {
            let used = before.last()?;
            let (_, word) = words.get(before.len() - 1)?;
            let mut then: Vec<usize> = used
                .iter()
                .flat_map(|used| used + 1..=used + self.places(*used, word).len())
                .collect();
            then.sort_unstable();
            then.dedup();
            if then.contains(&all) {
                break;
            }
            if then.is_empty() {
                return None;
            }
            before.push(then);
        }
        let words = &words[..before.len()];
        let touched: usize = words.iter().map(|(_, word)| word.len()).sum();
        if all * MIN_SHARE < touched {
            return None;
        }
        let mut end = all;
        let mut found = Vec::new();
        for ((start, word), used) in words.iter().zip(&before).rev() {
            let (used, places) = used.iter().find_map(|used| {
                let places = self.places(*used, word);
                (*used < end && used + places.len() >= end).then_some((*used, places))
            })?;
            let places = places[..end - used].iter();
            found.extend(places.rev().map(|place| [start + place, start + place + 1]));
            end = used;
        }
        found.reverse();
        Some(found)
    }

    /// Where a word has the letters from number `used` on, as far as it has them; none
    /// where it does not start with the first of them.
    fn places(&self, used: usize, word: &[char]) -> Vec<usize> {
        let mut places = Vec::new();
        let mut letters = self.letters[used..].iter().peekable();
        for (place, letter) in word.iter().enumerate() {
            if letters.next_if_eq(&letter).is_some() {
                places.push(place);
            } else if place == 0 {
                break;
            }
        }
        places
    }
}

fn words(text: &str) -> Vec<Word> {
    let mut words: Vec<Word> = Vec::new();
    let mut in_word = false;
    for (place, c) in text.chars().enumerate() {
        let starts_word = !in_word;
        in_word = c.is_alphanumeric();
        match words.last_mut().filter(|_| !starts_word) {
            _ if !in_word => {}
            Some((_, letters)) => letters.push(c.to_ascii_lowercase()),
            None => words.push((place, vec![c.to_ascii_lowercase()])),
        }
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(fragment: &str, text: &str) -> bool {
        Fragment::new(fragment).is_some_and(|fragment| fragment.find(text).is_some())
    }

    #[test]
    fn fragments_start_words_and_leave_none_out() {
        assert!(found("dlgadm", "not found for delegated administrator."));
        assert!(found("hndshk", "not found for handshake."));
        assert!(found("svclnkagncy", "conflict for service linked agency"));
        assert!(found("accta", "account tag"));
        assert!(!found("elgadm", "not found for delegated administrator."));
        assert!(!found(
            "nffh",
            "the account cannot be found for the handshake of hers"
        ));
        assert!(!found("hnd", "handshake"));
        assert!(!found(
            "ncas",
            "not a cancelled operation at all, certainly a surprise"
        ));
    }

    #[test]
    fn places_are_those_of_the_letters() {
        let places = Fragment::new("accta").unwrap().find("An account tag");
        let places = places.unwrap().into_iter().map(|[start, _]| start);
        assert_eq!(places.collect::<Vec<_>>(), [3, 4, 5, 11, 12]);
    }

    #[test]
    fn hostile_fragments_and_texts_take_linear_time() {
        assert!(!found(&"a".repeat(10_000), &"a".repeat(200_000)));
        assert!(!found(
            &format!("{}b", "a".repeat(31)),
            &"aaaa ".repeat(50_000)
        ));
    }
}
