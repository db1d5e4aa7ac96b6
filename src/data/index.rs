//! What a search needs besides the entries of a catalog: which stem is where, and how people ask.

use std::borrow::Cow;
use std::fmt::{self, Debug, Formatter};
use std::ops::Range;

/// The fields that are searched, in the order of their bits in a [`Posting`].
pub(crate) const FIELDS: [&str; 4] = ["message", "description", "solution", "category"];

/// The bit of the message in [`Posting::fields`].
pub(crate) const MESSAGE: u8 = 1;

/// The search index of a catalog.
///
/// Its texts are pieces of one long text, and its lists are pieces of one long list. The embedded
/// index then has few addresses that every start of the program must fill in.
#[derive(Debug, Default)]
pub(crate) struct Index {
    /// Stems, words, sayings and what the sayings mean. Spaces separate the stems of a saying.
    pub text: Cow<'static, str>,
    /// Every stem, ascending.
    pub terms: Cow<'static, [Term]>,
    /// The postings of the terms, one term after the other.
    pub postings: Cow<'static, [Posting]>,
    /// Every word of the entries and of what people say, in lower case and ascending, with the
    /// index of its term.
    pub words: Cow<'static, [(Piece, u32)]>,
    /// What people say, ascending, with what the catalog says instead: commas separate its
    /// meanings, the likeliest first.
    pub synonyms: Cow<'static, [Saying]>,
    /// The names of operations and of other clouds' errors, ascending. Each has the part of `named`
    /// with its entries, the likeliest first.
    pub names: Cow<'static, [Saying]>,
    /// The indexes of the entries that the names stand for.
    pub named: Cow<'static, [u32]>,
    /// Stems that say nothing about an error, ascending.
    pub ignored: Cow<'static, [Piece]>,
    /// For each entry, the sum of the weights of the terms in its message.
    pub message_weights: Cow<'static, [f32]>,
    /// The weight of a term that is in a single entry.
    pub heaviest: f32,
}

/// Where a piece starts and ends in its text or list.
#[derive(Debug, Default, Clone, Copy)]
pub(crate) struct Piece(pub u32, pub u32);

/// A piece of the text that people say, and what it stands for: a piece of the text or of `named`.
type Saying = (Piece, Piece);

/// A stem, its weight and its postings.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Term {
    /// The stem.
    pub stem: Piece,
    /// How much a match of the stem is worth. Rare stems are worth more.
    pub weight: f32,
    /// Where the term's postings start. They end where those of the next term start.
    pub postings: u32,
}

/// Where one entry has a term, in five bytes: the embedded catalog has ten thousand postings.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) struct Posting {
    /// The index of the entry, the lowest byte first.
    entry: [u8; 3],
    /// The fields that contain the term, as bits in the order of [`FIELDS`]. The next bit stands
    /// for the wordings.
    pub fields: u8,
    /// The share of the entry's phrases that contain the term: from 0 to [`ALL_PHRASES`].
    pub phrase_share: u8,
}

/// The [`Posting::phrase_share`] of a term that is in every phrase.
pub(crate) const ALL_PHRASES: u8 = u8::MAX;

impl Posting {
    /// Makes the posting of a term for the entry with this index.
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

/// Prints Rust code that makes the posting again, for the build script.
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
    /// The text of a stem, a word or a saying.
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

    /// The postings of a term, ascending by entry.
    pub(crate) fn postings(&self, term: u32) -> &[Posting] {
        let start = self.terms[term as usize].postings as usize;
        let next = self.terms.get(term as usize + 1);
        &self.postings[start..next.map_or(self.postings.len(), |next| next.postings as usize)]
    }

    /// Whether a term is in the text of an entry, not only in phrases.
    pub(crate) fn is_written(&self, term: u32) -> bool {
        self.postings(term).iter().any(|posting| posting.fields != 0)
    }

    /// Every word from the index `start` on, with the index of its term.
    pub(crate) fn words_from(&self, start: usize) -> impl Iterator<Item = (&str, u32)> {
        self.words[start..].iter().map(|(word, term)| (self.text(*word), *term))
    }

    /// The index of the term that a word belongs to, if `words` has the word.
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
