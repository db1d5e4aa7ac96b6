//! Entries ranked by how well they answer a query.
//!
//! 1. A code, the start of one or a service in the query puts its entries above all
//!    others.
//! 2. The other words become *concepts* (`query`): each may mean the catalog's
//!    own word, a synonym, a longer word, two words or, where there is nothing
//!    better, a word with a letter or two wrong. Words that say nothing are left out.
//! 3. A concept weighs as much as its word is rare, and is worth more in the
//!    message than in the description, the category or the solution (`rank`).
//! 4. A word that means nothing of this may be a fragment of a message (`fragment`).
//! 5. An entry scores the worth of what it has, times the share of the query that
//!    it has, and more the less else its message says. Below a share there is no hit.
//! 6. Ties go by catalog order. Where the words stand is told by `highlight`.

mod codes;
mod fragment;
mod highlight;
mod query;
mod rank;

use serde::Serialize;

use crate::catalog::{Catalog, Entry, Filter, Service};
use crate::data::words;
use crate::message::MessageQuery;
use codes::Split;
use fragment::Fragment;
pub use highlight::Matches;

/// Above the score that any words can reach.
const CODE_TIER: f32 = 1000.0;
/// Above what words usually reach: the query is the message with its `{0}` filled in, or
/// begins with it and goes on with detail.
const MESSAGE_TIER: f32 = 100.0;
/// Scores are told in thousandths, as whole numbers.
const SCALE: f32 = 1000.0;
/// What a fragment is worth in a message and in a description.
const FRAGMENT_WORTH: [f32; 2] = [1.0, 0.95];
/// What being asked for by its HTTP status is worth to an entry.
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
pub struct Answer<'a> {
    /// The best hits, best first.
    pub hits: Vec<Hit<'a>>,
    /// How many hits there are with those beyond the limit.
    pub found: usize,
    /// How many hits there would be without the filter.
    pub unfiltered: usize,
    /// Where nothing matches: the word of the catalog that is nearest to a word
    /// of the query.
    pub closest_word: Option<&'a str>,
}

/// All entries that answer `text`, best first; ties go by catalog order. Empty
/// where nothing does.
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
/// let filter = Filter { statuses: vec![StatusFilter::One(404)], ..Filter::default() };
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
) -> Answer<'a> {
    let index = catalog.index();
    let Split {
        codes,
        words,
        is_codes,
    } = codes::split(catalog, text);
    let tokens = words::tokens(&words);
    let mut concepts = query::concepts(index, &tokens);
    for concept in concepts
        .iter_mut()
        .filter(|concept| concept.readings.is_empty())
    {
        concept.elsewhere = elsewhere(catalog, &concept.word);
    }

    let said = MessageQuery::new(text);
    let weight = |service: &'a Service| Some((service.name(), service.search_weight()?));
    let weights: Vec<_> = catalog.services().iter().filter_map(weight).collect();
    let mut scored: Vec<(u32, usize)> = rank::scores(index, &concepts)
        .into_iter()
        .enumerate()
        .map(|(number, score)| {
            let entry = &catalog.entries()[number];
            // Beside words a service prefers its entries among those that have them.
            let by_code = codes
                .iter()
                .filter(|code| is_codes || !code.is_service() || score > 0.0)
                .map(|code| code.worth(entry))
                .fold(0.0, f32::max);
            let by_message = if said.begins_with(entry) {
                MESSAGE_TIER
            } else {
                0.0
            };
            let weight = weights
                .iter()
                .find(|(service, _)| *service == entry.service())
                .map_or(100, |(_, weight)| *weight);
            let by_words = (by_message + score) * f32::from(weight) / 100.0;
            (thousandths(CODE_TIER * by_code + by_words), number)
        })
        .filter(|(score, _)| *score > 0)
        .collect();
    let unfiltered = scored.len();
    scored.retain(|(_, number)| filter.keeps(&catalog.entries()[*number]));
    scored.sort_unstable_by_key(|&(score, number)| (std::cmp::Reverse(score), number));

    let found = scored.len();
    let hits = scored.into_iter().take(limit).map(|(score, number)| {
        let entry = &catalog.entries()[number];
        let matches = highlight::matches(index, entry, &concepts, &codes);
        Hit {
            entry,
            score,
            matches,
        }
    });
    let hits: Vec<_> = hits.collect();
    let closest_word = if unfiltered == 0 {
        tokens
            .iter()
            .take(query::MAX_WORDS)
            .find_map(|token| query::closest_word(index, &token.word))
    } else {
        None
    };
    Answer {
        hits,
        found,
        unfiltered,
        closest_word,
    }
}

fn thousandths(score: f32) -> u32 {
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // positive, below 2^32
    let whole = (score * SCALE) as u32;
    whole
}

/// The entries that a word which the index does not know means as an HTTP status
/// or as a fragment, with what it is worth in each.
fn elsewhere(catalog: &Catalog, word: &str) -> Vec<(u32, f32)> {
    let entries = || (0..).zip(catalog.entries());
    if let Ok(status) = word.parse::<u16>() {
        let with_status = entries().filter(|(_, entry)| entry.status() == status);
        return with_status
            .map(|(number, _)| (number, STATUS_WORTH))
            .collect();
    }
    let Some(fragment) = Fragment::new(word) else {
        return Vec::new();
    };
    let abbreviated = entries().filter_map(|(number, entry)| {
        let texts = [entry.message(), entry.description()]
            .into_iter()
            .zip(FRAGMENT_WORTH);
        texts.into_iter().find_map(|(text, worth)| {
            let places = fragment.find(text)?;
            // The less else the text says, the better.
            let touched = places.last()?[1] - places.first()?[0];
            #[allow(clippy::cast_precision_loss)] // characters of a text
            let share = touched as f32 / text.chars().count() as f32;
            Some((number, worth * (1.0 + share) / 2.0))
        })
    });
    abbreviated.collect()
}
