//! What the words of a query may mean in a catalog.

use crate::data::index::{Index, stems};
use crate::data::words::Token;

/// How sure a reading of a word is, from 0 to 1.
mod quality {
    /// The word itself, or another form of it.
    pub const EXACT: f32 = 1.0;
    /// What the catalog says instead.
    pub const SYNONYM: f32 = 0.85;
    pub const FURTHER_SYNONYM: f32 = 0.05;
    /// The start of a longer word.
    pub const PREFIX: f32 = 0.8;
    /// Two words written as one.
    pub const JOINED: f32 = 0.8;
    /// One letter wrong, and what each further one costs.
    pub const TYPO: f32 = 0.8;
    pub const FURTHER_TYPO: f32 = 0.15;
}

/// Letters that the start of a word has at least.
const MIN_PREFIX: usize = 3;
/// Letters that a word has at least to be taken for one with a letter wrong, and
/// for one with two letters wrong.
const MIN_WITH_TYPOS: [usize; 2] = [5, 8];
/// Letters that two words written as one have at least, each, and that the first of
/// them has at most.
const MIN_JOINED: usize = 3;
const MAX_JOINED: usize = 64;
/// Letters that a misspelt word has at most: what is longer is no word.
const MAX_LETTERS: usize = 64;

/// What a word that the catalog does not know weighs, against one that is in a
/// single entry.
const UNKNOWN_WEIGHT: f32 = 0.75;

/// One letter in so many may differ in the word that is named where nothing is found.
const MAX_CLOSEST_EDITS: usize = 3;
/// Words of a query that are looked at; no message is nearly as long.
pub const MAX_WORDS: usize = 100;

/// One idea of a query: a word, or a phrase that stands for one.
#[derive(Debug)]
pub struct Concept {
    /// What finding it is worth: rare words are worth more.
    pub weight: f32,
    /// What it may mean; empty where the catalog knows nothing like it.
    pub readings: Vec<Reading>,
    /// Where it was found by other means than its words: the numbers of entries,
    /// each with what it is worth there.
    pub elsewhere: Vec<(u32, f32)>,
    /// The word as given, in lower case.
    pub word: String,
}

/// Something that a concept may mean: terms that an entry must have all of.
#[derive(Debug, Clone, PartialEq)]
pub struct Reading {
    /// The numbers of the terms.
    pub terms: Vec<u32>,
    /// How sure it is, from 0 to 1.
    pub quality: f32,
}

/// The ideas of a query, in order, without the words that say nothing.
pub fn concepts(index: &Index, tokens: &[Token]) -> Vec<Concept> {
    let tokens = tokens.iter().take(MAX_WORDS);
    let words: Vec<Word> = tokens.map(|token| Word::new(index, token)).collect();
    let ignored = |word: &Word| index.ignores(&word.stem);
    let all_ignored = words.iter().all(ignored);
    let mut concepts = Vec::new();
    let mut rest = &words[..];
    while let [first, ..] = rest {
        let (length, meant) = synonyms(index, rest);
        if length > 1 || all_ignored || !ignored(first) {
            concepts.push(concept(index, &rest[..length], &meant));
        }
        rest = &rest[length..];
    }
    concepts
}

/// A word of a query and what the catalog knows it as.
struct Word {
    /// The word as given, in lower case.
    given: String,
    /// The stem, of the right word where only one is near to a wrong one.
    stem: String,
    /// Readings of a word that is not in the catalog as it is.
    readings: Vec<Reading>,
}

impl Word {
    fn new(index: &Index, token: &Token) -> Self {
        let mut word = Word {
            given: token.word.clone(),
            stem: token.stem.clone(),
            readings: Vec::new(),
        };
        let is_said = |said| stems(said).any(|stem| stem == token.stem);
        if index.ignores(&token.stem)
            || index.term(&token.stem).is_some()
            || index.synonyms().any(|(said, _)| is_said(said))
        {
            return word;
        }
        word.readings = prefixes(index, &token.word);
        if word.readings.is_empty() {
            word.readings = joined(index, &token.word);
        }
        if word.readings.is_empty() {
            word.readings = typos(index, &token.word);
            if let [Reading { terms, .. }] = &word.readings[..] {
                index.stem(terms[0]).clone_into(&mut word.stem);
            }
        }
        word
    }
}

/// The longest phrase that the words start with and that has synonyms: how many
/// words it is, at least 1, and the synonyms.
fn synonyms<'i>(index: &'i Index, words: &[Word]) -> (usize, Vec<&'i str>) {
    let length = |said| stems(said).count();
    let is_said = |said| {
        let mut words = words.iter();
        stems(said).all(|stem| words.next().is_some_and(|word| word.stem == stem))
    };
    let said = index.synonyms().filter(|(said, _)| is_said(said));
    let longest = said.max_by_key(|(said, _)| length(said));
    longest.map_or((1, Vec::new()), |(said, meant)| {
        (length(said), meant.collect())
    })
}

fn concept(index: &Index, said: &[Word], meant: &[&str]) -> Concept {
    let reading = |stems: &mut dyn Iterator<Item = &str>, quality| {
        let terms: Option<Vec<u32>> = stems.map(|stem| index.term(stem)).collect();
        terms.map(|terms| Reading { terms, quality })
    };
    let mut readings = Vec::new();
    match said {
        [word] if !word.readings.is_empty() => readings.clone_from(&word.readings),
        _ => readings.extend(reading(
            &mut said.iter().map(|word| word.stem.as_str()),
            quality::EXACT,
        )),
    }
    // A word weighs what it is worth itself; one that the catalog does not use, as
    // much as the commonest of what it may mean.
    let weight_of = |reading: &Reading| {
        let weights = reading.terms.iter().map(|term| index.weight(*term));
        weights.fold(0.0, f32::max)
    };
    let own_weight = readings.iter().map(weight_of).reduce(f32::max);
    for (place, phrase) in meant.iter().enumerate() {
        // The likelier meanings are listed first.
        #[allow(clippy::cast_precision_loss)] // a handful
        let quality = quality::SYNONYM - quality::FURTHER_SYNONYM * place as f32;
        readings.extend(reading(&mut stems(phrase), quality));
    }
    let weight = own_weight.or_else(|| readings.iter().map(weight_of).reduce(f32::min));
    let words: Vec<_> = said.iter().map(|word| word.given.as_str()).collect();
    Concept {
        weight: weight.unwrap_or_else(|| unknown_weight(index)),
        readings,
        elsewhere: Vec::new(),
        word: words.join(" "),
    }
}

/// What a word that the catalog does not know counts against an entry.
fn unknown_weight(index: &Index) -> f32 {
    index.heaviest * UNKNOWN_WEIGHT
}

/// The words that start with `start`.
fn prefixes(index: &Index, start: &str) -> Vec<Reading> {
    if start.chars().count() < MIN_PREFIX {
        return Vec::new();
    }
    let words = index.words_from(index.words_before(start));
    let starting = words.take_while(|(word, _)| word.starts_with(start));
    readings(starting.map(|(_, term)| term), quality::PREFIX)
}

/// Two words written as one, as in `notfound`.
fn joined(index: &Index, word: &str) -> Vec<Reading> {
    let cuts = word.char_indices().map(|(at, _)| at).take(MAX_JOINED);
    let pairs = cuts.filter_map(|at| {
        let (first, second) = word.split_at(at);
        if first.len() < MIN_JOINED || second.len() < MIN_JOINED {
            return None;
        }
        let first = exact(index, first)?;
        let second =
            exact(index, second).or_else(|| Some(prefixes(index, second).first()?.terms[0]))?;
        Some(Reading {
            terms: vec![first, second],
            quality: quality::JOINED,
        })
    });
    pairs.take(1).collect()
}

fn exact(index: &Index, word: &str) -> Option<u32> {
    let (known, term) = index.words_from(index.words_before(word)).next()?;
    (known == word).then_some(term)
}

/// The words that `word` is nearest to by letters wrong, missing, extra or swapped.
fn typos(index: &Index, word: &str) -> Vec<Reading> {
    let Some((edits, terms)) = nearest(index, word) else {
        return Vec::new();
    };
    #[allow(clippy::cast_precision_loss)] // one or two
    let quality = quality::TYPO - quality::FURTHER_TYPO * (edits - 1) as f32;
    readings(terms.into_iter(), quality)
}

/// The fewest edits that lead from `word` to known words, and the terms of these.
fn nearest(index: &Index, word: &str) -> Option<(usize, Vec<u32>)> {
    let length = word.chars().count();
    let most = MIN_WITH_TYPOS
        .iter()
        .filter(|shortest| length >= **shortest)
        .count();
    let mut best = (most, Vec::new());
    if most == 0 || length > MAX_LETTERS {
        return None;
    }
    for (known, term) in index.words_from(0) {
        if known.chars().count().abs_diff(length) > best.0
            || known.bytes().any(|b| b.is_ascii_digit())
        {
            continue;
        }
        let edits = strsim::osa_distance(word, known);
        // A second slip is believed only where the first letter is right.
        if edits > best.0 || (edits > 1 && known.chars().next() != word.chars().next()) {
            continue;
        }
        if edits < best.0 {
            best = (edits, Vec::new());
        }
        best.1.push(term);
    }
    (!best.1.is_empty()).then_some(best)
}

/// The word of the catalog that comes nearest to one that it does not know.
pub fn closest_word<'i>(index: &'i Index, word: &str) -> Option<&'i str> {
    let length = word.chars().count();
    if length > MAX_LETTERS {
        return None;
    }
    let most = length / MAX_CLOSEST_EDITS;
    let near = index.words_from(0).filter_map(|(known, _)| {
        let letters = known.chars().count();
        if letters < MIN_WITH_TYPOS[0] || letters.abs_diff(length) > most {
            return None;
        }
        let edits = strsim::osa_distance(word, known);
        (edits <= most).then_some((edits, known))
    });
    near.min_by_key(|(edits, _)| *edits).map(|(_, known)| known)
}

fn readings(terms: impl Iterator<Item = u32>, quality: f32) -> Vec<Reading> {
    let mut terms: Vec<_> = terms.collect();
    terms.sort_unstable();
    terms.dedup();
    let reading = |term| Reading {
        terms: vec![term],
        quality,
    };
    terms.into_iter().map(reading).collect()
}
