//! Entries ranked by how well they answer a query.
//!
//! 1. The entries that the query names by a code, the start of a code, an HTTP status or a service
//!    come first (`codes_in_query`); then those that `explain` recognises in it, such as by a
//!    documented message.
//! 2. The other words become *concepts* (`concepts`). A concept may mean a word of the catalog, the
//!    catalog's words for a synonym, or the entries of a name. If the catalog has nothing of that,
//!    the word may be the start of a word or misspelt (`spelling`), or a fragment of a message or a
//!    description (`fragment`). Words that say nothing are left out.
//! 3. The rarer its word, the more a concept weighs. The more fields of an entry, and phrases that
//!    ask for the entry, have the word, the more the entry is about it (`rank`).
//! 4. The score of an entry is the sum of the weights of its concepts, each times how much the
//!    entry is about the concept. The sum shrinks with what the entry lacks of the query, and grows
//!    the less else its message says. An entry that answers less than half of what the best one
//!    does is no hit.
//! 5. If even the best answers only a part of the query, the hits are the nearest; if it answers
//!    too little, there are none. Ties go by catalog order.

mod codes_in_query;
mod concepts;
mod fragment;
mod matches;
mod rank;
mod spelling;

use std::collections::HashSet;

use serde::Serialize;

use crate::catalog::{Catalog, Entry, Filter, Service, half_width};
use crate::data::words::{Token, is_number, tokens};
use crate::explain::{Finding, explain};
use crate::message::{NormalizedText, begins};
use codes_in_query::{Named, NamedBy, Split};
use concepts::Concept;
use fragment::Fragment;
pub use matches::Matches;
use matches::matches_in_entry;
use rank::Ranking;

/// The most words of a query that are read; each Chinese character counts as one. No honest query
/// has nearly as many.
pub const MAX_SEARCH_WORDS: usize = 1000;
/// The most concepts of a query among which one may be a fragment.
const MAX_CONCEPTS_WITH_FRAGMENT: usize = 3;
/// The fewest digits of a number that is an ID and not a count.
const MIN_ID_DIGITS: usize = 5;
/// Score of a named code, above what any words can reach.
const CODE_TIER: f32 = 1000.0;
/// Score of a recognised message, above what words usually reach.
const MESSAGE_TIER: f32 = 100.0;
/// Scores are given in thousandths, as whole numbers.
const SCALE: f32 = 1000.0;
/// Certainty of a fragment of a message, and of one of a description.
const FRAGMENT_WORTH: [f32; 2] = [1.0, 0.95];
/// Certainty that an HTTP status among words means the entries with that status.
const STATUS_WORTH: f32 = 0.9;

/// An entry that answers a query.
///
/// ```
/// let hits = orgerr::search(orgerr::Catalog::embedded(), "handshake");
/// assert_eq!(hits[0].entry.code(), "Organizations.1400");
/// assert_eq!(hits[0].matches["message"], [[14, 23]]);
/// assert!(hits[0].score >= hits[1].score);
/// ```
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Hit<'a> {
    /// The entry.
    #[serde(flatten)]
    pub entry: &'a Entry,
    /// How well it answers; larger is better, only the order means anything.
    pub score: u32,
    /// Where the query matched.
    pub matches: Matches,
}

/// What a search found.
///
/// ```
/// use orgerr::{Catalog, Filter, search_best};
///
/// let answer = search_best(Catalog::embedded(), "quota", &Filter::default(), 3);
/// assert_eq!(answer.hits.len(), 3);
/// assert!(answer.found > 3 && answer.unfiltered == answer.found);
/// ```
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct SearchResults<'a> {
    /// The best hits, best first.
    pub hits: Vec<Hit<'a>>,
    /// How many hits there are, including those beyond the limit.
    pub found: usize,
    /// How many hits there would be without the filter.
    pub unfiltered: usize,
    /// Whether the hits are only the nearest: even the best answers only a part of the query.
    pub is_nearest: bool,
    /// Whether the query has more than [`MAX_SEARCH_WORDS`] words, so that its end was left out.
    /// Parts of names and Chinese characters count as words, too.
    pub is_cut_off: bool,
    /// If nothing matches: the word of the catalog that is nearest to a word of the query.
    pub closest_word: Option<&'a str>,
}

/// All entries that answer `text`, best first; ties go by catalog order. Empty if none does.
///
/// ```
/// let hits = orgerr::search(orgerr::Catalog::embedded(), "cancelled hndshake");
/// assert_eq!(hits[0].entry.code(), "Organizations.1402");
/// assert!(orgerr::search(orgerr::Catalog::embedded(), "xyzzy").is_empty());
/// ```
#[must_use]
pub fn search<'a>(catalog: &'a Catalog, text: &str) -> Vec<Hit<'a>> {
    search_best(catalog, text, &Filter::default(), usize::MAX).hits
}

/// The `limit` best of the entries that answer `text` and pass the filter.
///
/// ```
/// use orgerr::{Catalog, Filter, StatusFilter, search_best};
///
/// let mut filter = Filter::default();
/// filter.statuses = vec![StatusFilter::One(404)];
/// let answer = search_best(Catalog::embedded(), "handshake", &filter, 1);
/// assert_eq!(answer.hits[0].entry.code(), "Organizations.1400");
/// assert!(answer.unfiltered > answer.found);
/// ```
#[must_use]
pub fn search_best<'a>(
    catalog: &'a Catalog,
    text: &str,
    filter: &Filter,
    limit: usize,
) -> SearchResults<'a> {
    let text = &half_width(text);
    let index = catalog.index();
    let Split { named, words, is_codes } = codes_in_query::split(catalog, text);
    let mut tokens = tokens(&words.join(" "));
    let is_cut_off =
        text.split_whitespace().nth(MAX_SEARCH_WORDS).is_some() || tokens.len() > MAX_SEARCH_WORDS;
    tokens.truncate(MAX_SEARCH_WORDS);
    if !named.is_empty() && tokens.iter().all(|token| index.ignores(&token.stem)) {
        tokens.clear();
    }
    let mut concepts = concepts::concepts(index, &tokens);
    find_by_status_or_fragment(catalog, &mut concepts);
    // No message is one word.
    let recognized = if tokens.len() > 1 { recognized(catalog, text) } else { Vec::new() };
    let mut ranking = rank::rank(index, &concepts);
    if concepts.iter().any(is_id) && ranking.scores.iter().all(|score| *score == 0.0) {
        // No entry has an ID: without the IDs in the query, the nearest may be found.
        concepts.retain(|concept| !is_id(concept));
        ranking = rank::rank(index, &concepts);
        ranking.is_partial = true;
    }
    let Ranking { scores, is_partial } = ranking;

    let by_code = |entry_index: usize| {
        // Beside other words, a service only lifts those of its entries that the words find.
        let counts =
            |it: &&Named| is_codes || it.by != NamedBy::Service || scores[entry_index] > 0.0;
        let named = named.iter().filter(|it| it.has(entry_index)).filter(counts);
        let worths =
            named.map(|it| if it.by == NamedBy::Code { CODE_TIER } else { CODE_TIER / 2.0 });
        worths.fold(0.0, f32::max)
    };
    let score = |entry_index: usize| {
        let service = catalog.service(catalog.entries()[entry_index].service());
        let percent = service.and_then(Service::search_weight).unwrap_or(100);
        let by_message =
            if recognized.binary_search(&entry_index).is_ok() { MESSAGE_TIER } else { 0.0 };
        let by_words = (by_message + scores[entry_index]) * (f32::from(percent) / 100.0);
        (thousandths(by_code(entry_index) + by_words), entry_index)
    };
    let mut scored: Vec<_> = (0..scores.len()).map(score).collect();
    scored.retain(|(score, _)| *score > 0);
    let unfiltered = scored.len();
    scored.retain(|(_, entry_index)| filter.keeps(&catalog.entries()[*entry_index]));
    scored.sort_unstable_by_key(|&(score, entry_index)| (std::cmp::Reverse(score), entry_index));

    let found = scored.len();
    let hits = scored.into_iter().take(limit).map(|(score, entry_index)| Hit {
        entry: &catalog.entries()[entry_index],
        score,
        matches: matches_in_entry(catalog, entry_index, &concepts, &named),
    });
    let is_unknown =
        |token: &&Token| !index.ignores(&token.stem) && index.term(&token.stem).is_none();
    let mut unknown = tokens.iter().filter(is_unknown).map(|token| &token.word);
    let is_nearest = is_partial && unfiltered > 0 && named.is_empty() && recognized.is_empty();
    let closest_word = match unfiltered {
        0 => unknown.find_map(|word| spelling::closest(index, word)),
        _ => None,
    };
    SearchResults { hits: hits.collect(), found, unfiltered, is_nearest, is_cut_off, closest_word }
}

#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // positive, below 2^32
fn thousandths(score: f32) -> u32 {
    (score * SCALE) as u32
}

/// The indexes of the entries that `explain` finds in a text, and of those with a message that the
/// text begins with; ascending.
fn recognized(catalog: &Catalog, text: &str) -> Vec<usize> {
    let explained = explain(catalog, "", text.as_bytes());
    let found = explained.iter().filter_map(Finding::entry);
    let found: HashSet<_> = found.map(|entry| (entry.code(), entry.message())).collect();
    let text = NormalizedText::of_value(text);
    let is_recognized =
        |entry: &Entry| found.contains(&(entry.code(), entry.message())) || begins(entry, &text);
    codes_in_query::indexes_of(catalog, is_recognized)
}

/// Whether a concept is an unknown word that is an ID, or a part of an ID.
fn is_id(concept: &Concept) -> bool {
    let word = &*concept.word;
    let has_digit = word.contains(|c: char| c.is_ascii_digit());
    concept.is_unknown() && has_digit && (word.len() >= MIN_ID_DIGITS || !is_number(word))
}

/// Adds entries to concepts: to an HTTP status the entries that have it; to an unknown word, if the
/// query has few concepts, the entries whose message or description the word is a fragment of.
fn find_by_status_or_fragment(catalog: &Catalog, concepts: &mut [Concept]) {
    let are_few = concepts.len() <= MAX_CONCEPTS_WITH_FRAGMENT;
    for concept in concepts {
        let entries = (0..).zip(catalog.entries());
        if let Ok(status) = concept.word.parse::<u16>() {
            let with_status = entries.filter(|(_, entry)| entry.status() == status);
            concept.entries.extend(with_status.map(|(index, _)| (index, STATUS_WORTH)));
        } else if are_few
            && concept.is_unknown()
            && let Some(fragment) = Fragment::new(&concept.word)
        {
            let worth = |entry: &Entry| {
                let texts = [entry.message(), entry.description()].into_iter();
                let mut texts = texts.zip(FRAGMENT_WORTH);
                texts.find(|(text, _)| fragment.find(text).is_some()).map(|(_, worth)| worth)
            };
            let abbreviated = entries.filter_map(|(index, it)| Some((index, worth(it)?)));
            concept.entries = abbreviated.collect();
            concept.fragment = Some(fragment);
        }
    }
}
