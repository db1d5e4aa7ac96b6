//! Which stem stands in which fields of which entries.
//!
//! The build script compiles this file too: the index of the embedded catalog is
//! static data.

use std::borrow::Cow;

/// The fields that are searched, by the number of their bit in a [`Posting`].
pub const FIELDS: [&str; 4] = ["message", "description", "solution", "category"];

/// All that a search needs to know of a catalog besides its entries.
#[derive(Debug, Default)]
pub struct Index {
    /// Every stem, ascending.
    pub terms: Cow<'static, [Term]>,
    /// Every word as it stands in an entry, ascending, with the number of its term.
    pub words: Cow<'static, [(Cow<'static, str>, u32)]>,
    /// What other words for the catalog's words are.
    pub synonyms: Cow<'static, [Synonym]>,
    /// Stems that say nothing about an error.
    pub ignored: Cow<'static, [Cow<'static, str>]>,
    /// The number of entries.
    pub entries: u32,
    /// What a term would weigh that is in a single entry.
    pub heaviest: f32,
}

/// A stem and where it stands.
#[derive(Debug, Clone)]
pub struct Term {
    /// The stem.
    pub stem: Cow<'static, str>,
    /// What finding it is worth: the inverse document frequency, so that rare words
    /// are worth more.
    pub weight: f32,
    /// The entries with it, ascending.
    pub postings: Cow<'static, [Posting]>,
}

/// The number of an entry and, as bits in the order of [`FIELDS`], the fields.
pub type Posting = (u32, u8);

/// A list of stems that stand for words next to each other.
pub type Phrase = Cow<'static, [Cow<'static, str>]>;

/// A phrase that people use, and the catalog's phrases for it.
#[derive(Debug, Clone)]
pub struct Synonym {
    /// What people say.
    pub said: Phrase,
    /// What the catalog says, each on its own.
    pub meant: Cow<'static, [Phrase]>,
}

impl Index {
    /// The number of the term with this stem.
    pub fn term(&self, stem: &str) -> Option<u32> {
        let place = self
            .terms
            .binary_search_by(|term| term.stem.as_ref().cmp(stem));
        place.ok().and_then(|place| u32::try_from(place).ok())
    }
}
