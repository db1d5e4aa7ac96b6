//! How well each entry answers the concepts of a query. `search` itself breaks ties.

use super::concepts::{Concept, Meaning};
use crate::data::index::{ALL_PHRASES, Index, MESSAGE, Posting};

/// What each field with a word adds to the sum that `relevance` is made from. Phrases add up to 1:
/// all of it if every phrase that asks for the entry has the word.
const FIELD_WORTH: f32 = 0.15;
/// The sum at which relevance is half of its limit: the smaller this is, the less further fields
/// and phrases add.
const HALF_SATURATION: f32 = 0.2;
/// The share that the score of an entry grows by if the query has all words of its message.
const WHOLE_MESSAGE_BONUS: f32 = 0.5;
/// The share of a query that the best entry must answer to be a match, not just the nearest.
const MIN_MATCH: f32 = 0.42;
/// The share that the best entry must answer to be shown as the nearest.
const MIN_NEAREST: f32 = 0.26;
/// What the nearest entry must answer, as a share of the weight of a word in a single entry.
const MIN_NEAREST_WEIGHT: f32 = 0.95;
/// Entries that answer less than this share of what the best entry answers are dropped.
const MIN_OF_BEST: f32 = 0.5;

/// The scores of the entries for a query.
pub(super) struct Ranking {
    /// The score of every entry by index; zero if the entry is no answer.
    pub scores: Vec<f32>,
    /// Whether even the best entry answers only a part of the query.
    pub is_partial: bool,
}

/// What a query finds in one entry.
#[derive(Clone, Copy, Default)]
struct Tally {
    /// The weights of the concepts found, each times its certainty and how much the entry is about
    /// it.
    answered: f32,
    /// The weights of the concepts found, each times its certainty.
    found: f32,
    /// The weights of the words of the entry's message that the query has.
    of_message: f32,
}

pub(super) fn rank(index: &Index, concepts: &[Concept]) -> Ranking {
    let mut tallies = vec![Tally::default(); index.message_weights.len()];
    let mut total = 0.0;
    for concept in concepts {
        total += concept.weight;
        add_concept(index, concept, &mut tallies);
    }
    let best = tallies.iter().map(|tally| tally.answered).fold(0.0, f32::max);
    let is_partial = best < MIN_MATCH * total;
    let is_too_weak = best == 0.0
        || is_partial && (best < MIN_NEAREST * total || best < MIN_NEAREST_WEIGHT * index.heaviest);
    let score = |(tally, message_weight): (&Tally, &f32)| {
        if is_too_weak || tally.answered < MIN_OF_BEST * best {
            return 0.0;
        }
        let closeness =
            if *message_weight > 0.0 { (tally.of_message / message_weight).min(1.0) } else { 0.0 };
        tally.answered * (tally.found / total) * (1.0 + WHOLE_MESSAGE_BONUS * closeness)
    };
    let scores = tallies.iter().zip(index.message_weights.iter()).map(score);
    Ranking { scores: scores.collect(), is_partial }
}

/// Adds what each entry has of one concept to its tally; the best meaning counts.
fn add_concept(index: &Index, concept: &Concept, tallies: &mut [Tally]) {
    let mut best = vec![Tally::default(); tallies.len()];
    let mut offer = |entry: u32, quality: f32, relevance: f32, of_message: f32| {
        let best = &mut best[entry as usize];
        let found = concept.weight * quality;
        best.answered = best.answered.max(found * relevance);
        best.found = best.found.max(found);
        best.of_message = best.of_message.max(of_message);
    };
    for Meaning { terms, quality } in &concept.meanings {
        let weight: f32 = terms.iter().map(|term| index.weight(*term)).sum();
        for posting in postings_of_all(index, terms) {
            let of_message = if posting.fields & MESSAGE != 0 { weight } else { 0.0 };
            offer(posting.entry(), *quality, relevance(posting), of_message);
        }
    }
    for &(entry, quality) in &concept.entries {
        offer(entry, quality, 1.0, 0.0);
    }
    for (tally, best) in tallies.iter_mut().zip(best) {
        tally.answered += best.answered;
        tally.found += best.found;
        tally.of_message += best.of_message;
    }
}

/// The entries that have all terms in one field, or all in their phrases. Each posting has the
/// fields with all terms, and the smallest share of phrases.
fn postings_of_all(index: &Index, terms: &[u32]) -> Vec<Posting> {
    let mut of_terms = terms.iter().map(|term| index.postings(*term));
    let mut common = of_terms.next().unwrap_or_default().to_vec();
    for postings in of_terms {
        common.retain_mut(|posting| {
            let Ok(place) = postings.binary_search_by_key(&posting.entry(), |it| it.entry()) else {
                return false;
            };
            posting.fields &= postings[place].fields;
            posting.phrase_share = posting.phrase_share.min(postings[place].phrase_share);
            posting.fields != 0 || posting.phrase_share != 0
        });
    }
    common
}

/// How much an entry is about a term, from 0 to a little above 1: each further field or phrase adds
/// less.
#[allow(clippy::cast_precision_loss)] // a handful of fields
fn relevance(posting: Posting) -> f32 {
    let of_fields = FIELD_WORTH * posting.fields.count_ones() as f32;
    let sum = of_fields + f32::from(posting.phrase_share) / f32::from(ALL_PHRASES);
    (1.0 + HALF_SATURATION) * sum / (sum + HALF_SATURATION)
}
