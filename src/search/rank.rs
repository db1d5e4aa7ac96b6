//! How well each entry answers the concepts of a query. `search` itself decides ties.

use super::concepts::{Concept, Meaning};
use crate::data::index::{ALL_PHRASES, Index, MESSAGE, Posting};

/// What each field that has a word adds to how much the entry is about it. Phrases add up to 1:
/// all of it where every phrase that asks for the entry has the word.
const FIELD_WORTH: f32 = 0.15;
/// The sum of worths at which an entry is half as much about a word as any entry can be: the
/// smaller, the less further fields and phrases add.
const HALF_SATURATION: f32 = 0.2;
/// How much an entry gains whose message is the query and nothing else.
const CLOSENESS: f32 = 0.5;
/// The share of a query that the best entry must answer for it to be a match.
const MIN_MATCH: f32 = 0.42;
/// The share that the best entry must answer to be shown as the nearest.
const MIN_NEAREST: f32 = 0.26;
/// What that share must weigh, as a part of the weight of a word that only one entry has.
const MIN_NEAREST_WEIGHT: f32 = 0.95;
/// Entries that answer less than this share of what the best one answers are dropped.
const MIN_OF_BEST: f32 = 0.5;

/// What the words of a query make of the entries.
pub(super) struct Ranking {
    /// The score of every entry by index; zero where it is no answer.
    pub scores: Vec<f32>,
    /// Whether even the best answers only a part of the query.
    pub is_partial: bool,
}

/// What a query finds in one entry.
#[derive(Clone, Copy, Default)]
struct Tally {
    /// The weight of the words found, by how much the entry is about them.
    answered: f32,
    /// The weight of the words found, wherever they are.
    found: f32,
    /// The weight of the words of the message that were asked for.
    of_message: f32,
}

/// Ranks all entries.
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
        tally.answered * (tally.found / total) * (1.0 + CLOSENESS * closeness)
    };
    let scores = tallies.iter().zip(index.message_weights.iter()).map(score);
    Ranking { scores: scores.collect(), is_partial }
}

/// Adds what one concept finds to every entry, by the best of its meanings.
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

/// For each entry that has all terms in one field, or in its phrases: where.
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

/// How much an entry is about a term, from 0 to a little above 1: what further fields and
/// phrases add grows less and less.
#[allow(clippy::cast_precision_loss)] // a handful of fields
fn relevance(posting: Posting) -> f32 {
    let of_fields = FIELD_WORTH * posting.fields.count_ones() as f32;
    let sum = of_fields + f32::from(posting.phrase_share) / f32::from(ALL_PHRASES);
    (1.0 + HALF_SATURATION) * sum / (sum + HALF_SATURATION)
}
