//! What the words of a query may mean in a catalog.

use super::fragment::Fragment;
use super::spelling;
use crate::data::index::{Index, stems};
use crate::data::words::{Token, is_ideograph};

/// Certainty, from 0 to 1, that a word means itself or another form of itself, or that a name means
/// its first entry.
const SURE: f32 = 1.0;
/// Certainty of the first meaning of a synonym, of a longer word that starts with this one, or of a
/// word that differs in a letter or two.
const LESS_SURE: f32 = 0.8;
/// Certainty that each further meaning in a list loses.
const LOSS_PER_MEANING: f32 = 0.05;

/// Weight of a name, as a share of the weight of a word that is in a single entry.
const NAME_WEIGHT: f32 = 0.7;
/// Weight of a word that the catalog does not know, as such a share; and of an unknown character of
/// a script without spaces.
const UNKNOWN_WEIGHT: f32 = 0.75;
const UNKNOWN_CHARACTER_WEIGHT: f32 = 0.3;

/// One idea of a query: a word, or several words that are a synonym or a name.
#[derive(Default)]
pub(super) struct Concept {
    /// What finding it is worth: rare words are worth more.
    pub weight: f32,
    /// What it may mean.
    pub meanings: Vec<Meaning>,
    /// The entries of a name, an HTTP status or a fragment, by index, each with its certainty from
    /// 0 to 1.
    pub entries: Vec<(u32, f32)>,
    /// The word as a fragment (see `fragment`), to be found in the texts of `entries`.
    pub fragment: Option<Fragment>,
    /// The word as given, in lower case.
    pub word: String,
}

/// One meaning of a concept: an entry must have all of its terms.
pub(super) struct Meaning {
    /// The indexes of the terms.
    pub terms: Vec<u32>,
    /// The certainty that the concept means this, from 0 to 1.
    pub quality: f32,
}

impl Concept {
    /// Whether the catalog knows nothing like it.
    pub(super) fn is_unknown(&self) -> bool {
        self.meanings.is_empty() && self.entries.is_empty()
    }
}

/// The concepts of a query, in order. Words that say nothing about an error are left out, unless
/// the query has no others.
pub(super) fn concepts(index: &Index, tokens: &[Token]) -> Vec<Concept> {
    let mut words: Vec<_> = tokens.iter().flat_map(|token| Word::of_token(index, token)).collect();
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
        // A name adds a concept of its own to those of its words.
        if place >= names_from
            && let Some((length, entries)) = longest(index.names(&first.stem), rest)
        {
            concepts.push(name(index, &rest[..length], entries));
            names_from = place + length;
        }
        let (length, meant) = synonym(index, rest).unwrap_or((1, ""));
        if length > 1 || all_ignored || !ignored(first) {
            let concept = concept(index, &rest[..length], meant);
            // An unknown word of a name is no concept.
            if place >= names_from || !concept.is_unknown() {
                concepts.push(concept);
            }
        }
        rest = &rest[length..];
    }
    concepts
}

/// The longest synonym that the words start with: its number of words, and what it means. If
/// another synonym begins within it and goes on after it, the one that ends there counts instead:
/// 删除 before 组织单元 in 删除组织单元, although 删除组织 is a synonym.
fn synonym<'i>(index: &'i Index, words: &[Word]) -> Option<(usize, &'i str)> {
    let starting = |words: &[Word]| longest(index.synonyms(&words.first()?.stem), words);
    let whole = starting(words)?;
    let goes_on = |at: &usize| starting(&words[*at..]).is_some_and(|it| at + it.0 > whole.0);
    let mut shorter = (1..whole.0).filter(goes_on);
    shorter.find_map(|at| starting(&words[..at]).filter(|it| it.0 == at)).or(Some(whole))
}

/// Two words joined into one (`hand shake`), if an entry has the joined word, but not both parts.
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

/// A word of a query, and how the catalog knows it.
struct Word {
    /// The word as given, in lower case.
    given: String,
    /// The stem; for a misspelt word, that of the catalog's word if only one is near.
    stem: String,
    /// For a word that the catalog does not have: the terms that it may mean.
    terms: Vec<u32>,
}

impl Word {
    fn new(given: &str, stem: &str) -> Self {
        Word { given: given.to_owned(), stem: stem.to_owned(), terms: Vec::new() }
    }

    /// The word of a token, or the known words that it consists of: `handshakequota`.
    fn of_token(index: &Index, token: &Token) -> Vec<Self> {
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

/// The longest of the sayings that the words start with: its number of words, and what it stands
/// for.
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

/// The concept of a name, which stands for `entries`, the likelier ones first.
fn name(index: &Index, words: &[Word], entries: &[u32]) -> Concept {
    let entries = entries.iter().enumerate();
    let entries = entries.map(|(at, entry)| (*entry, less_likely(SURE, at))).collect();
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
            terms.iter().map(|term| Meaning { terms: vec![*term], quality: LESS_SURE }).collect()
        }
        _ => meaning(index, own_stems, SURE).into_iter().collect(),
    };
    // A concept weighs as much as its own rarest word; if the catalog does not use its words, as
    // much as its commonest meaning.
    let weight_of = |meaning: &Meaning| {
        meaning.terms.iter().map(|term| index.weight(*term)).fold(0.0, f32::max)
    };
    let own_weight = meanings.iter().map(weight_of).reduce(f32::max);
    let meant = meant.split(',').enumerate();
    meanings.extend(
        meant.filter_map(|(at, meant)| meaning(index, stems(meant), less_likely(LESS_SURE, at))),
    );
    let word = given(words);
    let weight = own_weight.or_else(|| meanings.iter().map(weight_of).reduce(f32::min));
    let weight = weight.unwrap_or_else(|| unknown_weight(index, &word));
    Concept { weight, meanings, word, ..Concept::default() }
}

/// The meaning that needs all of these stems, if the catalog uses every one of them.
fn meaning<'s>(
    index: &Index,
    stems: impl Iterator<Item = &'s str>,
    quality: f32,
) -> Option<Meaning> {
    let is_used = |term: &u32| !index.postings(*term).is_empty();
    let terms = stems.map(|stem| index.term(stem).filter(is_used)).collect::<Option<_>>()?;
    Some(Meaning { terms, quality })
}

/// The weight of a word that the catalog does not know. A character of a script without spaces
/// weighs less, as it is only a part of a word.
fn unknown_weight(index: &Index, word: &str) -> f32 {
    let share =
        if word.starts_with(is_ideograph) { UNKNOWN_CHARACTER_WEIGHT } else { UNKNOWN_WEIGHT };
    index.heaviest * share
}

/// The certainty of the meaning at `index` in a list whose first has `quality`: the likelier ones
/// stand first.
#[allow(clippy::cast_precision_loss)] // a handful
fn less_likely(quality: f32, index: usize) -> f32 {
    (quality - LOSS_PER_MEANING * index as f32).max(0.1)
}
