//! Takes the stems of a vocabulary back out of an index, to index your own catalogs with them.

use std::collections::BTreeMap;

use super::Catalog;
use crate::data::vocabulary::StemmedVocabulary;

impl Catalog {
    pub(super) fn stems(&self) -> StemmedVocabulary {
        let index = self.index();
        let code = |entry: &u32| self.entries[*entry as usize].code.to_string();
        let meanings = |meant: &str| meant.split(',').map(str::to_owned).collect();
        let codes = |entries: &[u32]| entries.iter().map(code).collect();
        let ignored = index.ignored.iter().map(|stem| index.text(*stem).to_owned());
        let synonyms = index.synonyms("").map(|(said, meant)| (said.to_owned(), meanings(meant)));
        let names = index.names("").map(|(name, entries)| (name.to_owned(), codes(entries)));
        let words = index.words_from(0).map(|(word, term)| (word.into(), index.stem(term).into()));
        let mut phrase_shares: BTreeMap<_, BTreeMap<_, _>> = BTreeMap::new();
        for (term_index, term) in (0..).zip(index.terms.iter()) {
            for posting in index.postings(term_index).iter().filter(|it| it.phrase_share > 0) {
                let stems = phrase_shares.entry(code(&posting.entry())).or_default();
                stems.insert(index.text(term.stem).to_owned(), posting.phrase_share);
            }
        }
        StemmedVocabulary {
            ignored: ignored.collect(),
            synonyms: synonyms.collect(),
            names: names.collect(),
            phrase_shares,
            words: words.collect(),
        }
    }
}
