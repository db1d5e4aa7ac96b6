//! How people ask: other words for those of a catalog, and words that say nothing.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::stem::stem;
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
}

/// The stems of a [`Vocabulary`]. Stems have none themselves: that of `closed` would lose
/// letters once more.
#[derive(Debug, Default, Clone)]
pub struct Stems {
    /// Those of the words that say nothing about an error.
    pub ignored: Vec<String>,
    /// Those of a phrase that people use, and of the catalog's phrases for it.
    pub synonyms: Vec<(String, Vec<String>)>,
}

impl Vocabulary {
    /// The stems of its words.
    pub fn stemmed(&self) -> Stems {
        let synonyms = self.synonyms.iter().map(|(said, meant)| {
            let meant = meant.iter().map(|meant| phrase(meant));
            (phrase(said), meant.collect())
        });
        Stems {
            ignored: self.ignored.iter().map(|word| stem(word)).collect(),
            synonyms: synonyms.collect(),
        }
    }
}

/// The stems of a text, separated by spaces.
fn phrase(text: &str) -> String {
    let stems: Vec<_> = tokens(text).into_iter().map(|token| token.stem).collect();
    stems.join(" ")
}
