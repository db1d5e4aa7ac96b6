//! Which stem stands in which fields of which entries.
//!
//! The build script compiles this file too: the index of the embedded catalog is
//! static data.

use std::borrow::Cow;
use std::ops::Range;

/// The fields that are searched, by the number of their bit in a [`Posting`].
pub const FIELDS: [&str; 4] = ["message", "description", "solution", "category"];

/// All that a search needs to know of a catalog besides its entries.
///
/// Its texts are pieces of one text and its lists pieces of one list: that of the
/// embedded catalog then has few addresses for the start of every run to fill in.
#[derive(Debug, Default)]
pub struct Index {
    /// Stems and words; phrases, whose stems are separated by spaces.
    pub text: Cow<'static, str>,
    /// Every stem, ascending.
    pub terms: Cow<'static, [Term]>,
    /// The postings of the terms, one term after the other.
    pub postings: Cow<'static, [Posting]>,
    /// Every word as it stands in an entry, ascending, with the number of its term.
    pub words: Cow<'static, [(Piece, u32)]>,
    /// What other words for the catalog's words are.
    pub synonyms: Cow<'static, [Synonym]>,
    /// Stems that say nothing about an error, as one phrase.
    pub ignored: Piece,
    /// The number of entries.
    pub entries: u32,
    /// What a term would weigh that is in a single entry.
    pub heaviest: f32,
}

/// Where a piece starts and ends in the text or the list that it is of.
#[derive(Debug, Default, Clone, Copy)]
pub struct Piece(pub u32, pub u32);

/// A stem and where it stands.
#[derive(Debug, Clone, Copy)]
pub struct Term {
    /// The stem.
    pub stem: Piece,
    /// What finding it is worth: the inverse document frequency, so that rare words
    /// are worth more.
    pub weight: f32,
    /// The entries with it, ascending.
    pub postings: Piece,
}

/// The number of an entry and, as bits in the order of [`FIELDS`], the fields; in one
/// number, because an index is mostly these.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Posting(pub u32);

impl Posting {
    /// The posting of an entry below 2^28, in no field yet.
    pub fn of(entry: u32) -> Self {
        Posting(entry << FIELDS.len())
    }

    /// The number of the entry.
    pub fn entry(self) -> u32 {
        self.0 >> FIELDS.len()
    }

    /// The fields.
    pub fn fields(self) -> u8 {
        let [low, ..] = self.0.to_le_bytes();
        low & ((1 << FIELDS.len()) - 1)
    }

    /// Adds the field with this number.
    pub fn add(&mut self, field: usize) {
        self.0 |= 1 << field;
    }
}

/// A phrase that people use, and the catalog's phrases for it.
#[derive(Debug, Clone, Copy)]
pub struct Synonym {
    /// What people say.
    pub said: Piece,
    /// What the catalog says: phrases separated by commas, the likelier ones first.
    pub meant: Piece,
}

impl Piece {
    fn range(self) -> Range<usize> {
        self.0 as usize..self.1 as usize
    }
}

impl Index {
    /// A stem, a word or a phrase.
    pub fn text(&self, piece: Piece) -> &str {
        &self.text[piece.range()]
    }

    /// The number of the term with this stem.
    pub fn term(&self, stem: &str) -> Option<u32> {
        let place = self
            .terms
            .binary_search_by(|term| self.text(term.stem).cmp(stem));
        place.ok().and_then(|place| u32::try_from(place).ok())
    }

    /// The stem of a term.
    pub fn stem(&self, term: u32) -> &str {
        self.text(self.terms[term as usize].stem)
    }

    /// What finding a term is worth.
    pub fn weight(&self, term: u32) -> f32 {
        self.terms[term as usize].weight
    }

    /// The entries with a term, ascending.
    pub fn postings(&self, term: u32) -> &[Posting] {
        &self.postings[self.terms[term as usize].postings.range()]
    }

    /// Every word with the number of its term, from that at `start` on.
    pub fn words_from(&self, start: usize) -> impl Iterator<Item = (&str, u32)> {
        let words = self.words[start..].iter();
        words.map(|(word, term)| (self.text(*word), *term))
    }

    /// The number of words that come before `word`.
    pub fn words_before(&self, word: &str) -> usize {
        self.words
            .partition_point(|(known, _)| self.text(*known) < word)
    }

    /// Whether a stem says nothing about an error.
    pub fn ignores(&self, stem: &str) -> bool {
        stems(self.text(self.ignored)).any(|ignored| ignored == stem)
    }

    /// What people say, with the catalog's phrases for it.
    pub fn synonyms(&self) -> impl Iterator<Item = (&str, impl Iterator<Item = &str>)> {
        self.synonyms
            .iter()
            .map(|synonym| (self.text(synonym.said), self.text(synonym.meant).split(',')))
    }
}

/// The stems of a phrase.
pub fn stems(phrase: &str) -> impl Iterator<Item = &str> {
    phrase.split(' ')
}
