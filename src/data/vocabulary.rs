//! How people ask: other words for those of a catalog, and words that say nothing.

use std::collections::{BTreeMap, BTreeSet};

use serde::Deserialize;

use super::index::ALL_PHRASES;
use super::stem::stem;
use super::words::{tokens, words};

/// How people ask for the entries of a catalog, as it stands in the TOML.
#[derive(Debug, Default, Clone, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, default)]
pub struct Vocabulary {
    /// Words that say nothing about an error.
    pub ignored: Vec<String>,
    /// A phrase that people use, and the catalog's phrases for it.
    pub synonyms: BTreeMap<String, Vec<String>>,
    /// The same in other languages, by language.
    pub glossary: BTreeMap<String, BTreeMap<String, Vec<String>>>,
    /// Other names of operations, with these, and other clouds' names of errors, with the
    /// codes that each may lead to, the likelier ones first.
    pub names: BTreeMap<String, Vec<String>>,
    /// What people ask who look for a code.
    pub phrases: BTreeMap<String, Vec<String>>,
}

/// A [`Vocabulary`] in stems. Stems have none themselves: that of `closed` would lose
/// letters once more.
#[derive(Debug, Default, Clone)]
pub struct Stems {
    /// Words that say nothing about an error.
    pub ignored: BTreeSet<String>,
    /// A phrase that people use, and the catalog's phrases for it.
    pub synonyms: BTreeMap<String, Vec<String>>,
    /// A name, and the codes and the operations that it stands for.
    pub names: BTreeMap<String, Vec<String>>,
    /// For each code the stems of its phrases, with how many of [`ALL_PHRASES`] have them.
    pub asked: BTreeMap<String, BTreeMap<String, u8>>,
    /// Further words that are known, with their stems.
    pub words: BTreeMap<String, String>,
}

impl Vocabulary {
    /// The stems of its words.
    pub fn stemmed(&self) -> Stems {
        let languages = self.glossary.values().flatten();
        let synonyms = self.synonyms.iter().chain(languages).map(|(said, meant)| {
            let meant = meant.iter().map(|meant| phrase(meant));
            (phrase(said), meant.collect())
        });
        let names = self.names.iter();
        let phrases = self.phrases.iter();
        let said = self.synonyms.keys().chain(self.names.keys());
        let said = said.chain(self.glossary.values().flat_map(BTreeMap::keys));
        let all_words = said.chain(self.phrases.values().flatten());
        Stems {
            ignored: self.ignored.iter().map(|word| phrase(word)).collect(),
            synonyms: synonyms.collect(),
            names: names
                .map(|(name, codes)| (phrase(name), codes.clone()))
                .collect(),
            asked: phrases
                .map(|(code, phrases)| (code.clone(), asked(phrases)))
                .collect(),
            words: all_words
                .flat_map(|text| words(text))
                .map(|(word, ..)| {
                    let stem = stem(&word);
                    (word, stem)
                })
                .collect(),
        }
    }
}

/// The stems of phrases, with how many of [`ALL_PHRASES`] have them.
fn asked(phrases: &[String]) -> BTreeMap<String, u8> {
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    for phrase in phrases {
        let stems: BTreeSet<_> = tokens(phrase).into_iter().map(|token| token.stem).collect();
        for stem in stems {
            *counts.entry(stem).or_default() += 1;
        }
    }
    let share = |count: usize| (count * usize::from(ALL_PHRASES)).div_ceil(phrases.len());
    counts
        .into_iter()
        .map(|(stem, count)| (stem, u8::try_from(share(count)).unwrap_or(ALL_PHRASES)))
        .collect()
}

/// The stems of a text, separated by spaces.
pub(super) fn phrase(text: &str) -> String {
    let stems: Vec<_> = tokens(text).into_iter().map(|token| token.stem).collect();
    stems.join(" ")
}
