//! What the words of a query may mean in a catalog.

use super::fragment::Fragment;
use super::spelling;
use crate::data::index::{Index, stems};
use crate::data::words::{Token, is_ideograph};

/// How sure it is, from 0 to 1, that a word means itself or another form of it.
const EXACT: f32 = 1.0;
/// How sure it is that it means what the catalog says instead, a longer word that it starts, or a
/// word that differs in a letter or two.
const ROUGH: f32 = 0.8;
/// What each less likely meaning costs.
const FURTHER: f32 = 0.05;

/// What a name weighs, against a word that is in a single entry.
const NAME_WEIGHT: f32 = 0.7;
/// What a word that the catalog does not know weighs, against one that is in a
/// single entry.
const UNKNOWN_WEIGHT: f32 = 0.75;
const UNKNOWN_CHARACTER_WEIGHT: f32 = 0.3;

/// One idea of a query: a word, or a synonym or a name that stands for one.
#[derive(Default)]
pub(super) struct Concept {
    /// What finding it is worth: rare words are worth more.
    pub weight: f32,
    /// What it may mean.
    pub meanings: Vec<Meaning>,
    /// The indexes of entries that it stands for in itself, each with how surely.
    pub entries: Vec<(u32, f32)>,
    /// The fragment that it is of a text of those.
    pub fragment: Option<Fragment>,
    /// The word as given, in lower case.
    pub word: String,
}

/// Something that a concept may mean: terms that an entry must have all of.
pub(super) struct Meaning {
    /// The indexes of the terms.
    pub terms: Vec<u32>,
    /// How sure it is, from 0 to 1.
    pub quality: f32,
}

impl Concept {
    /// Whether the catalog knows nothing like it.
    pub(super) fn is_unknown(&self) -> bool {
        self.meanings.is_empty() && self.entries.is_empty()
    }
}

/// The ideas of a query, in order, without the words that mean nothing here.
pub(super) fn concepts(index: &Index, tokens: &[Token]) -> Vec<Concept> {
    let mut words: Vec<_> = tokens.iter().flat_map(|token| Word::all(index, token)).collect();
    words.dedup_by(|next, before| {
        joined(index, [before, next]).map(|joined| *before = joined).is_some()
    });
    let ignored = |word: &Word| index.ignores(&word.stem);
    let all_ignored = words.iter().all(ignored);
    let mut concepts = Vec::new();
    let mut rest = &*words;
    let mut names_from = 0;
    while let [first, ..] = rest {
        let place = words.len() - rest.len();
        // What a name stands for counts beside what its words mean.
        if place >= names_from
            && let Some((length, entries)) = longest(index.names(&first.stem), rest)
        {
            concepts.push(name(index, &rest[..length], entries));
            names_from = place + length;
        }
        let (length, meant) = synonym(index, rest).unwrap_or((1, ""));
        if length > 1 || all_ignored || !ignored(first) {
            let concept = concept(index, &rest[..length], meant);
            // A word of a name needs no meaning of its own.
            if place >= names_from || !concept.is_unknown() {
                concepts.push(concept);
            }
        }
        rest = &rest[length..];
    }
    concepts
}

/// The synonym that the words start with, and what it means: the longest, unless one begins
/// within it that goes on after it, as 组织单元 does in 删除组织单元.
fn synonym<'i>(index: &'i Index, words: &[Word]) -> Option<(usize, &'i str)> {
    let starting = |words: &[Word]| longest(index.synonyms(&words.first()?.stem), words);
    let whole = starting(words)?;
    let goes_on = |at: &usize| starting(&words[*at..]).is_some_and(|it| at + it.0 > whole.0);
    let mut shorter = (1..whole.0).filter(goes_on);
    shorter.find_map(|at| starting(&words[..at]).filter(|it| it.0 == at)).or(Some(whole))
}

/// Two words as one, if only that is a word of the catalog: `hand shake`.
fn joined(index: &Index, both: [&Word; 2]) -> Option<Word> {
    let is_written = |term: &u32| index.is_written(*term);
    let is_word = |Word { stem, terms, .. }: &&Word| {
        index.ignores(stem)
            || terms.is_empty() && index.term(stem).is_some_and(|it| is_written(&it))
    };
    let given = both.map(|word| &*word.given).concat();
    let term = index.term_of_word(&given).filter(is_written)?;
    (!both.iter().all(is_word)).then(|| Word::new(&given, index.stem(term)))
}

/// A word of a query and what the catalog knows it as.
struct Word {
    /// The word as given, in lower case.
    given: String,
    /// The stem, of the right word where only one is near to a wrong one.
    stem: String,
    /// The terms that a word may mean that is not in the catalog as it is.
    terms: Vec<u32>,
}

impl Word {
    fn new(given: &str, stem: &str) -> Self {
        Word { given: given.to_owned(), stem: stem.to_owned(), terms: Vec::new() }
    }

    /// The word, or several if it is several words written as one.
    fn all(index: &Index, token: &Token) -> Vec<Self> {
        let mut word = Word::new(&token.word, &token.stem);
        if index.ignores(&token.stem) || index.term(&token.stem).is_some() {
            return vec![word];
        }
        let parts = spelling::parts(index, &token.word);
        if !parts.is_empty() {
            return parts.iter().map(|(part, term)| Word::new(part, index.stem(*term))).collect();
        }
        word.terms = spelling::longer(index, &token.word);
        if word.terms.is_empty() {
            word.terms = spelling::nearest(index, &token.word);
            if let [term] = word.terms[..] {
                index.stem(term).clone_into(&mut word.stem);
            }
        }
        vec![word]
    }
}

/// The longest of the sayings that the words start with: how many words it is, and what it
/// stands for.
fn longest<'i, T>(
    sayings: impl Iterator<Item = (&'i str, T)>,
    words: &[Word],
) -> Option<(usize, T)> {
    let start_words = |saying: &str| {
        let mut words = words.iter();
        stems(saying).all(|stem| words.next().is_some_and(|word| word.stem == stem))
    };
    let fitting = sayings.filter(|(saying, _)| start_words(saying));
    let lengths = fitting.map(|(saying, meant)| (stems(saying).count(), meant));
    lengths.max_by_key(|(length, _)| *length)
}

/// The concept of a name that stands for entries, the likelier ones first.
fn name(index: &Index, words: &[Word], entries: &[u32]) -> Concept {
    let entries = entries.iter().enumerate();
    let entries = entries.map(|(at, entry)| (*entry, less_likely(EXACT, at))).collect();
    let weight = index.heaviest * NAME_WEIGHT;
    Concept { weight, entries, word: given(words), ..Concept::default() }
}

fn given(words: &[Word]) -> String {
    words.iter().map(|word| word.given.as_str()).collect::<Vec<_>>().join(" ")
}

fn concept(index: &Index, words: &[Word], meant: &str) -> Concept {
    let own_stems = words.iter().map(|word| word.stem.as_str());
    let mut meanings: Vec<_> = match words {
        [Word { terms, .. }] if !terms.is_empty() => {
            terms.iter().map(|term| Meaning { terms: vec![*term], quality: ROUGH }).collect()
        }
        _ => meaning(index, own_stems, EXACT).into_iter().collect(),
    };
    // A word weighs what it is worth itself; one that the catalog does not use, as
    // much as the commonest of what it may mean.
    let weight_of = |meaning: &Meaning| {
        meaning.terms.iter().map(|term| index.weight(*term)).fold(0.0, f32::max)
    };
    let own_weight = meanings.iter().map(weight_of).reduce(f32::max);
    let meant = meant.split(',').enumerate();
    meanings.extend(
        meant.filter_map(|(at, meant)| meaning(index, stems(meant), less_likely(ROUGH, at))),
    );
    let word = given(words);
    let weight = own_weight.or_else(|| meanings.iter().map(weight_of).reduce(f32::min));
    let weight = weight.unwrap_or_else(|| unknown_weight(index, &word));
    Concept { weight, meanings, word, ..Concept::default() }
}

/// The meaning that all of these stems have together, if the catalog uses them.
fn meaning<'s>(
    index: &Index,
    stems: impl Iterator<Item = &'s str>,
    quality: f32,
) -> Option<Meaning> {
    let is_used = |term: &u32| !index.postings(*term).is_empty();
    let terms = stems.map(|stem| index.term(stem).filter(is_used)).collect::<Option<_>>()?;
    Some(Meaning { terms, quality })
}

/// What a word weighs that the catalog does not know; a character of a script without spaces
/// is only a part of one.
fn unknown_weight(index: &Index, word: &str) -> f32 {
    let share =
        if word.starts_with(is_ideograph) { UNKNOWN_CHARACTER_WEIGHT } else { UNKNOWN_WEIGHT };
    index.heaviest * share
}

/// How sure the meaning at an index of a list is, of which the first has the quality: the likelier
/// ones stand first.
#[allow(clippy::cast_precision_loss)] // a handful
fn less_likely(quality: f32, index: usize) -> f32 {
    (quality - FURTHER * index as f32).max(0.1)
}
