//! How people ask, in catalogs of the user's own beside the embedded one.

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
        let owned = |texts: &mut dyn Iterator<Item = &str>| texts.map(str::to_owned).collect();
        let code = |number: &u32| self.entries[*number as usize].code.to_string();
        let mut found = Stems {
            ignored: index
                .ignored
                .iter()
                .map(|stem| index.text(*stem).to_owned())
                .collect(),
            ..Stems::default()
        };
        for (said, meant) in index.synonyms("") {
            let meant = owned(&mut meant.split(','));
            found.synonyms.insert(said.to_owned(), meant);
        }
        for (name, entries) in index.names("") {
            let mut codes: Vec<_> = entries.iter().map(code).collect();
            codes.dedup();
            found.names.insert(name.to_owned(), codes);
        }
        for (word, term) in index.words_from(0) {
            let stem = index.stem(term).to_owned();
            found.words.insert(word.to_owned(), stem);
        }
        for (number, term) in (0..).zip(index.terms.iter()) {
            let asked = index.postings(number).iter();
            for posting in asked.filter(|posting| posting.asked > 0) {
                let stems = found.asked.entry(code(&posting.entry)).or_default();
                // A code with several entries has the same phrases for all of them.
                let stem = index.text(term.stem);
                if stems.last().is_none_or(|(last, _)| last != stem) {
                    stems.push((stem.to_owned(), posting.asked));
                }
            }
        }
        found
    }
}
