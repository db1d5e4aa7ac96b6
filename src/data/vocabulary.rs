//! The vocabulary of a search: the words in which people ask, where the catalog has others.
//!
//! A phrase is what someone may type to find a code. A synonym maps people's words to the catalog's
//! words, and a name maps to operations or codes. Everything but codes and operations is kept as
//! stems, so that every form of a word is found.

use std::collections::{BTreeMap, BTreeSet};

use serde::Deserialize;

use super::index::ALL_PHRASES;
use super::words::tokens;

/// The vocabulary of a search, as it is written in the TOML.
#[derive(Debug, Default, Clone, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, default)]
pub(crate) struct Vocabulary {
    /// Words that say nothing about an error.
    pub ignored: Vec<String>,
    /// People's words, in any language, each with the catalog's words for the same.
    pub synonyms: BTreeMap<String, Vec<String>>,
    /// What another name stands for: the operations that it names or, for another cloud's error,
    /// the codes, the likeliest first.
    pub names: BTreeMap<String, Vec<String>>,
    /// What people ask who look for a code, by code.
    pub phrases: BTreeMap<String, Vec<String>>,
}

/// A [`Vocabulary`] reduced to stems. Do not stem it again: stems may get shorter.
#[derive(Debug, Default, Clone)]
pub(crate) struct StemmedVocabulary {
    /// Words that say nothing about an error.
    pub ignored: BTreeSet<String>,
    /// People's words, each with the catalog's words for the same.
    pub synonyms: BTreeMap<String, Vec<String>>,
    /// The codes and operations that a name stands for, spelled as in the catalog.
    pub names: BTreeMap<String, Vec<String>>,
    /// For each code, the stems in its phrases. Each stem has the share of these phrases that
    /// contain it, 0 to [`ALL_PHRASES`].
    pub phrase_shares: BTreeMap<String, BTreeMap<String, u8>>,
    /// Every word that people say in synonyms, names and phrases, with its stem.
    pub words: BTreeMap<String, String>,
}

impl Vocabulary {
    /// Reduces the vocabulary to stems.
    pub(crate) fn stemmed(&self) -> StemmedVocabulary {
        let said = self.synonyms.keys().chain(self.names.keys());
        let words = said.chain(self.phrases.values().flatten()).flat_map(|text| tokens(text));
        let all = |texts: &[String]| texts.iter().map(|text| stemmed(text)).collect();
        let of_phrases = |(code, phrases): (&String, &Vec<String>)| (code.clone(), shares(phrases));
        StemmedVocabulary {
            ignored: self.ignored.iter().map(|word| stemmed(word)).collect(),
            synonyms: self
                .synonyms
                .iter()
                .map(|(said, meant)| (stemmed(said), all(meant)))
                .collect(),
            names: self.names.iter().map(|(said, meant)| (stemmed(said), meant.clone())).collect(),
            phrase_shares: self.phrases.iter().map(of_phrases).collect(),
            words: words.map(|token| (token.word, token.stem)).collect(),
        }
    }
}

impl StemmedVocabulary {
    /// Adds the vocabulary of another catalog. If both have the same synonym, the same name or
    /// phrases for the same code, those of `other` count.
    pub(crate) fn extend(&mut self, other: Self) {
        self.ignored.extend(other.ignored);
        self.synonyms.extend(other.synonyms);
        self.names.extend(other.names);
        self.phrase_shares.extend(other.phrase_shares);
        self.words.extend(other.words);
    }
}

/// Each stem in the phrases, with the share of the phrases that contain it, 0 to
/// [`ALL_PHRASES`].
fn shares(phrases: &[String]) -> BTreeMap<String, u8> {
    let stems = |phrase: &String| -> BTreeSet<_> {
        tokens(phrase).into_iter().map(|token| token.stem).collect()
    };
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    for stem in phrases.iter().flat_map(stems) {
        *counts.entry(stem).or_default() += 1;
    }
    let scaled = |count: usize| (count * usize::from(ALL_PHRASES)).div_ceil(phrases.len());
    let share = |count| u8::try_from(scaled(count)).unwrap_or(ALL_PHRASES);
    counts.into_iter().map(|(stem, count)| (stem, share(count))).collect()
}

/// The stems of a text, separated by spaces.
pub(super) fn stemmed(text: &str) -> String {
    let stems: Vec<_> = tokens(text).into_iter().map(|token| token.stem).collect();
    stems.join(" ")
}
