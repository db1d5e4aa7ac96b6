//! How people ask: other words for those of a catalog, and words that say nothing.

use std::collections::{BTreeMap, BTreeSet};

use serde::Deserialize;

use super::index::ALL_PHRASES;
use super::words::tokens;

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

/// A [`Vocabulary`] in stems. They are never stemmed again: that may cut off more letters.
#[derive(Debug, Default, Clone)]
pub struct Stems {
    /// Words that say nothing about an error.
    pub ignored: BTreeSet<String>,
    /// A phrase that people use, and the catalog's phrases for it.
    pub synonyms: BTreeMap<String, Vec<String>>,
    /// A name, and the codes and the operations that it stands for.
    pub names: BTreeMap<String, Vec<String>>,
    /// For each code the stems of its phrases, with the share of the phrases that have each,
    /// from 0 to [`ALL_PHRASES`].
    pub asked: BTreeMap<String, BTreeMap<String, u8>>,
    /// The words of the vocabulary with their stems.
    pub words: BTreeMap<String, String>,
}

impl Vocabulary {
    /// The vocabulary with each phrase stemmed.
    pub fn stemmed(&self) -> Stems {
        let synonyms = self.synonyms.iter().chain(self.glossary.values().flatten());
        let said = synonyms.clone().map(|(said, _)| said).chain(self.names.keys());
        let words = said.chain(self.phrases.values().flatten()).flat_map(|text| tokens(text));
        let phrases = |texts: &[String]| texts.iter().map(|text| phrase(text)).collect();
        let asked = |(code, phrases): (&String, &Vec<String>)| (code.clone(), asked(phrases));
        Stems {
            ignored: self.ignored.iter().map(|word| phrase(word)).collect(),
            synonyms: synonyms.map(|(said, meant)| (phrase(said), phrases(meant))).collect(),
            names: self.names.iter().map(|(name, codes)| (phrase(name), codes.clone())).collect(),
            asked: self.phrases.iter().map(asked).collect(),
            words: words.map(|token| (token.word, token.stem)).collect(),
        }
    }
}

impl Stems {
    /// Adds those of another catalog.
    pub fn extend(&mut self, other: Self) {
        self.ignored.extend(other.ignored);
        self.synonyms.extend(other.synonyms);
        self.names.extend(other.names);
        self.asked.extend(other.asked);
        self.words.extend(other.words);
    }
}

/// The stems of phrases, with how many of [`ALL_PHRASES`] have them.
fn asked(phrases: &[String]) -> BTreeMap<String, u8> {
    let stems = |phrase: &String| -> BTreeSet<_> {
        tokens(phrase).into_iter().map(|token| token.stem).collect()
    };
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    for stem in phrases.iter().flat_map(stems) {
        *counts.entry(stem).or_default() += 1;
    }
    let share = |count: usize| (count * usize::from(ALL_PHRASES)).div_ceil(phrases.len());
    let share = |count| u8::try_from(share(count)).unwrap_or(ALL_PHRASES);
    counts.into_iter().map(|(stem, count)| (stem, share(count))).collect()
}

/// The stems of a text, separated by spaces.
pub(super) fn phrase(text: &str) -> String {
    let stems: Vec<_> = tokens(text).into_iter().map(|token| token.stem).collect();
    stems.join(" ")
}
