//! What a search needs to know of a catalog besides its entries: which stem stands where,
//! and how people ask.

use std::borrow::Cow;
use std::fmt::{self, Debug, Formatter};
use std::ops::Range;

/// The fields that are searched, in the order of their bits in a [`Posting`].
pub(crate) const FIELDS: [&str; 4] = ["message", "description", "solution", "category"];

/// Bit of the message among the fields.
pub(crate) const MESSAGE: u8 = 1;

/// The search index of a catalog.
///
/// Its texts are pieces of one text and its lists pieces of one list: that of the
/// embedded catalog then has few addresses for the start of every run to fill in.
#[derive(Debug, Default)]
pub(crate) struct Index {
    /// Stems and words; sayings and what they mean, whose stems are separated by spaces.
    pub text: Cow<'static, str>,
    /// Every stem, ascending.
    pub terms: Cow<'static, [Term]>,
    /// The postings of the terms, one term after the other.
    pub postings: Cow<'static, [Posting]>,
    /// Every word as it stands in an entry or a phrase, ascending, with the index of its
    /// term.
    pub words: Cow<'static, [(Piece, u32)]>,
    /// What people call the things that the catalog has words for, ascending, with what the
    /// catalog says: meanings separated by commas, the likelier ones first.
    pub synonyms: Cow<'static, [Saying]>,
    /// The names of operations and of other clouds' errors, ascending, with where their
    /// entries are in `named`, the likelier ones first.
    pub names: Cow<'static, [Saying]>,
    /// The indexes of the entries that the names stand for.
    pub named: Cow<'static, [u32]>,
    /// Stems that say nothing about an error, ascending.
    pub ignored: Cow<'static, [Piece]>,
    /// What all words of each entry's message weigh.
    pub message_weights: Cow<'static, [f32]>,
    /// What a term would weigh that is in a single entry.
    pub heaviest: f32,
}

/// Where a piece starts and ends in its text or list.
#[derive(Debug, Default, Clone, Copy)]
pub(crate) struct Piece(pub u32, pub u32);

/// What people say, and what it stands for: a piece of the text, or of `named`.
type Saying = (Piece, Piece);

/// A stem and where it stands.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Term {
    /// The stem.
    pub stem: Piece,
    /// What finding it is worth: rare words are worth more.
    pub weight: f32,
    /// The place of the first of its postings, which end where those of the next term begin.
    pub postings: u32,
}

/// What an entry has of a term, in five bytes: the embedded catalog has ten thousand.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) struct Posting {
    /// The index of the entry, the lowest byte first.
    entry: [u8; 3],
    /// The fields with the term, as bits in the order of [`FIELDS`]; then the wordings.
    pub fields: u8,
    /// The share of the phrases that ask for the entry and have it: from 0 to [`ALL_PHRASES`].
    pub phrase_share: u8,
}

/// What [`Posting::phrase_share`] is of a term that every phrase has.
pub(crate) const ALL_PHRASES: u8 = u8::MAX;

impl Posting {
    /// What the entry with this index has of a term.
    pub(crate) const fn new(entry: u32, fields: u8, phrase_share: u8) -> Self {
        let [low, middle, high, 0] = entry.to_le_bytes() else {
            panic!("a catalog has less than 16 million entries")
        };
        Self { entry: [low, middle, high], fields, phrase_share }
    }

    /// The index of the entry.
    pub(crate) fn entry(self) -> u32 {
        let [low, middle, high] = self.entry;
        u32::from_le_bytes([low, middle, high, 0])
    }
}

/// As Rust makes it again.
impl Debug for Posting {
    fn fmt(&self, f: &mut Formatter) -> fmt::Result {
        write!(f, "Posting::new({}, {}, {})", self.entry(), self.fields, self.phrase_share)
    }
}

impl Piece {
    fn range(self) -> Range<usize> {
        self.0 as usize..self.1 as usize
    }
}

impl Index {
    /// A stem, a word or a saying.
    pub(crate) fn text(&self, piece: Piece) -> &str {
        &self.text[piece.range()]
    }

    /// The index of the term with this stem.
    pub(crate) fn term(&self, stem: &str) -> Option<u32> {
        let place = self.terms.binary_search_by(|term| self.text(term.stem).cmp(stem));
        place.ok().and_then(|place| u32::try_from(place).ok())
    }

    /// The stem of a term.
    pub(crate) fn stem(&self, term: u32) -> &str {
        self.text(self.terms[term as usize].stem)
    }

    /// What finding a term is worth.
    pub(crate) fn weight(&self, term: u32) -> f32 {
        self.terms[term as usize].weight
    }

    /// The entries with a term, ascending.
    pub(crate) fn postings(&self, term: u32) -> &[Posting] {
        let start = self.terms[term as usize].postings as usize;
        let next = self.terms.get(term as usize + 1);
        &self.postings[start..next.map_or(self.postings.len(), |next| next.postings as usize)]
    }

    /// Whether a term stands in an entry, not only in phrases.
    pub(crate) fn is_written(&self, term: u32) -> bool {
        self.postings(term).iter().any(|posting| posting.fields != 0)
    }

    /// Every word with the index of its term, from that at `start` on.
    pub(crate) fn words_from(&self, start: usize) -> impl Iterator<Item = (&str, u32)> {
        self.words[start..].iter().map(|(word, term)| (self.text(*word), *term))
    }

    /// The index of the term of a word that stands in an entry or a phrase.
    pub(crate) fn term_of_word(&self, word: &str) -> Option<u32> {
        let (found, term) = self.words_from(self.words_before(word)).next()?;
        (found == word).then_some(term)
    }

    /// The number of words that come before `word`.
    pub(crate) fn words_before(&self, word: &str) -> usize {
        self.words.partition_point(|(known, _)| self.text(*known) < word)
    }

    /// Whether a stem says nothing about an error.
    pub(crate) fn ignores(&self, stem: &str) -> bool {
        self.ignored.binary_search_by(|ignored| self.text(*ignored).cmp(stem)).is_ok()
    }

    /// The synonyms that start with this stem, with what they mean.
    pub(crate) fn synonyms(&self, first: &str) -> impl Iterator<Item = (&str, &str)> {
        self.starting_with(first, &self.synonyms).map(|(said, meant)| (said, self.text(meant)))
    }

    /// The names that start with this stem, with the indexes of their entries.
    pub(crate) fn names(&self, first: &str) -> impl Iterator<Item = (&str, &[u32])> {
        let names = self.starting_with(first, &self.names);
        names.map(|(said, entries)| (said, &self.named[entries.range()]))
    }

    fn starting_with(&self, first: &str, all: &[Saying]) -> impl Iterator<Item = (&str, Piece)> {
        let start = all.partition_point(|(said, _)| self.text(*said) < first);
        let sayings = all[start..].iter().map(|(said, meant)| (self.text(*said), *meant));
        sayings.take_while(move |(said, _)| said.starts_with(first))
    }
}

/// The stems of a saying or a meaning.
pub(crate) fn stems(saying: &str) -> impl Iterator<Item = &str> {
    saying.split(' ')
}
