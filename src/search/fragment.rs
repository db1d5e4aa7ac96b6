//! Fragments: the letters of words, in order but with gaps, as in `dlgadm` for "delegated
//! administrator". The crate fuzzy-matcher finds where a text has the letters; this module decides
//! whether these places make a fragment.

use fuzzy_matcher::FuzzyMatcher as _;
use fuzzy_matcher::skim::SkimMatcherV2;

/// The fewest and most letters of a fragment: fewer say nothing, and nobody types more.
const MIN_FRAGMENT: usize = 4;
const MAX_FRAGMENT: usize = 32;
/// The most letters of a text, from the first that matches to the last, per letter of a fragment.
const MAX_LETTERS_PER_TYPED: usize = 5;
/// The most cells of the matcher's table: letters of the fragment times letters of the text. For a
/// longer text the matcher takes a simpler way.
const MAX_TABLE: usize = 1 << 16;

/// Finds one fragment in many texts.
pub(super) struct Fragment {
    pattern: String,
    matcher: SkimMatcherV2,
}

impl Fragment {
    /// The fragment to look for; none if `pattern` is too short or too long for one.
    pub(super) fn new(pattern: &str) -> Option<Self> {
        let letters = pattern.chars().take(MAX_FRAGMENT + 1).count();
        (MIN_FRAGMENT..=MAX_FRAGMENT).contains(&letters).then(|| Fragment {
            pattern: pattern.to_owned(),
            matcher: SkimMatcherV2::default().ignore_case().element_limit(MAX_TABLE),
        })
    }

    /// The letters of `text` that match, as `[start, end)` ranges of characters. In each word the
    /// first letter that matches must start the word, and no word in between may be left out.
    pub(super) fn find(&self, text: &str) -> Option<Vec<[usize; 2]>> {
        let (_, places) = self.matcher.fuzzy_indices(text, &self.pattern)?;
        let is_letter: Vec<bool> = text.chars().map(char::is_alphanumeric).collect();
        let starts_word = |at: &usize| is_letter[*at] && (*at == 0 || !is_letter[*at - 1]);
        let first = places.first().filter(|first| starts_word(first))?;
        let goes_on = places.windows(2).all(|step| {
            let words = (step[0] + 1..=step[1]).filter(starts_word).count();
            words == 0 || words == 1 && starts_word(&step[1])
        });
        let touched = is_letter[*first..=*places.last()?].iter();
        let touched = touched.filter(|is_letter| **is_letter).count();
        let is_fragment = goes_on && places.len() * MAX_LETTERS_PER_TYPED >= touched;
        is_fragment.then(|| places.iter().map(|at| [*at, at + 1]).collect())
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
        assert!(found("accta", "account tag"));
        assert!(!found("elgadm", "not found for delegated administrator."));
        assert!(!found("nffh", "the account cannot be found for the handshake of hers"));
        assert!(!found("hnd", "handshake"));
        assert!(!found("ncas", "not a cancelled operation at all, certainly a surprise"));
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
        assert!(!found(&format!("{}b", "a".repeat(31)), &"aaaa ".repeat(50_000)));
    }
}
