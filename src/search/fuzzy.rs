//! Fragments: the letters of words, in order but with gaps, as in `dlgadm` for
//! "delegated administrator". The one place that knows of fuzzy-matcher.

use fuzzy_matcher::FuzzyMatcher as _;
use fuzzy_matcher::skim::SkimMatcherV2;

/// Letters that a fragment has at least, so that it says something.
const SHORTEST: usize = 4;
/// Of the letters of the words that it touches, a fragment has one in so many.
const SPARSEST: usize = 5;

/// Finds one fragment in many texts.
pub struct Fragment<'f> {
    letters: &'f str,
    length: usize,
    matcher: SkimMatcherV2,
}

impl<'f> Fragment<'f> {
    /// The fragment to look for, in lower case; none where it is too short.
    pub fn new(letters: &'f str) -> Option<Self> {
        let length = letters.chars().count();
        (length >= SHORTEST).then(|| Fragment {
            letters,
            length,
            matcher: SkimMatcherV2::default().ignore_case(),
        })
    }

    /// The words of `text` that the fragment abbreviates, as `[start, end)` ranges
    /// of the characters it has of them. Each piece starts where a word starts,
    /// and no word between two of them is left out.
    pub fn find(&self, text: &str) -> Option<Vec<[usize; 2]>> {
        if self.length > text.len() {
            return None;
        }
        let (_, places) = self.matcher.fuzzy_indices(text, self.letters)?;
        let characters: Vec<char> = text.chars().collect();
        let starts_word = |at: usize| at == 0 || !characters[at - 1].is_alphanumeric();
        let mut touched = 0;
        let mut word = 0..0;
        for &place in &places {
            if word.contains(&place) {
                continue;
            }
            let next_word = word.is_empty()
                || characters[word.end..place]
                    .iter()
                    .all(|c| !c.is_alphanumeric());
            if !starts_word(place) || !next_word {
                return None;
            }
            let letters = characters[place..]
                .iter()
                .take_while(|c| c.is_alphanumeric());
            word = place..place + letters.count();
            touched += word.len();
        }
        if self.length * SPARSEST < touched {
            return None;
        }
        Some(places.into_iter().map(|place| [place, place + 1]).collect())
    }
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
}
