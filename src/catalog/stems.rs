//! How people ask, in catalogs of the user's own beside the embedded one.

use std::collections::BTreeMap;

use super::Catalog;
use crate::data::vocabulary::Stems;

/// Adds the stems of another catalog.
pub(super) fn extend(stems: &mut Stems, other: Stems) {
    stems.ignored.extend(other.ignored);
    stems.synonyms.extend(other.synonyms);
    stems.names.extend(other.names);
    stems.asked.extend(other.asked);
    stems.words.extend(other.words);
}

impl Catalog {
    /// The stems of the words of the embedded catalog and those of others.
    pub(super) fn stems_with_embedded(own: &Stems) -> Stems {
        let mut stems = Catalog::embedded().stems();
        extend(&mut stems, own.clone());
        stems
    }

    /// How people ask for its entries, out of its index.
    fn stems(&self) -> Stems {
        let index = self.index();
        let code = |number: &u32| self.entries[*number as usize].code.to_string();
        let ignored = index.ignored.iter().map(|stem| index.text(*stem).into());
        let synonyms = index.synonyms("");
        let meant = |meant: &str| meant.split(',').map(str::to_owned).collect();
        let names = index.names("").map(|(name, entries)| {
            let mut codes: Vec<_> = entries.iter().map(code).collect();
            codes.dedup();
            (name.to_owned(), codes)
        });
        let words = index.words_from(0);
        let mut asked: BTreeMap<_, BTreeMap<_, _>> = BTreeMap::new();
        for (number, term) in (0..).zip(index.terms.iter()) {
            let postings = index.postings(number).iter();
            for posting in postings.filter(|posting| posting.asked > 0) {
                let stems = asked.entry(code(&posting.entry)).or_default();
                stems.insert(index.text(term.stem).to_owned(), posting.asked);
            }
        }
        Stems {
            ignored: ignored.collect(),
            synonyms: synonyms.map(|it| (it.0.to_owned(), meant(it.1))).collect(),
            names: names.collect(),
            asked,
            words: words.map(|it| (it.0.into(), index.stem(it.1).into())).collect(),
        }
    }
}
