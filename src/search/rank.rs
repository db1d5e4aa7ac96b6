//! How well each entry answers the ideas of a query.

use super::query::Concept;
use crate::data::index::Index;

/// What a word is worth in a field, in the order of [`crate::data::index::FIELDS`].
const FIELD_WORTH: [f32; 4] = [1.0, 0.9, 0.55, 0.6];
/// What standing in a further field adds.
const FURTHER_FIELD: f32 = 0.08;
/// Bit of the message among an entry's fields.
const MESSAGE: u8 = 1;
/// The share of a query's weight that an entry must have to be an answer.
const MIN_SHARE: f32 = 0.42;
/// How much an entry gains whose message is the query and nothing else.
const CLOSENESS: f32 = 0.5;

/// What the words of a query make of one entry.
#[derive(Debug, Clone, Copy, Default)]
struct Tally {
    /// The worth of the words found, by fields and sureness.
    worth: f32,
    /// The weight of the words found.
    found: f32,
    /// The weight of the words of the message that were asked for.
    of_message: f32,
}

/// The score of every entry by number; zero where it is no answer.
pub fn scores(index: &Index, concepts: &[Concept]) -> Vec<f32> {
    let entries = index.entries as usize;
    let mut tallies = vec![Tally::default(); entries];
    let mut total = 0.0;
    for concept in concepts {
        total += concept.weight;
        tally(index, concept, &mut tallies);
    }
    let message_weights = message_weights(index);
    let scores = tallies.iter().zip(message_weights).map(|(tally, message)| {
        let share = if total > 0.0 {
            tally.found / total
        } else {
            0.0
        };
        if share < MIN_SHARE {
            return 0.0;
        }
        let close = if message > 0.0 {
            (tally.of_message / message).min(1.0)
        } else {
            0.0
        };
        tally.worth * share * (1.0 + CLOSENESS * close)
    });
    scores.collect()
}

/// Adds what one concept finds to every entry, by the best of its readings.
fn tally(index: &Index, concept: &Concept, tallies: &mut [Tally]) {
    let mut best = vec![Tally::default(); tallies.len()];
    for reading in &concept.readings {
        let of_message: f32 = reading.terms.iter().map(|term| index.weight(*term)).sum();
        for (entry, fields) in entries_with_all(index, &reading.terms) {
            let worth = concept.weight * reading.quality * fields_worth(fields);
            if worth > best[entry as usize].worth {
                best[entry as usize] = Tally {
                    worth,
                    found: concept.weight * reading.quality,
                    of_message: if fields & MESSAGE == 0 {
                        0.0
                    } else {
                        of_message
                    },
                };
            }
        }
    }
    for &(entry, worth) in &concept.elsewhere {
        let worth = concept.weight * worth;
        best[entry as usize] = Tally {
            worth,
            found: worth,
            of_message: 0.0,
        };
    }
    for (tally, best) in tallies.iter_mut().zip(best) {
        tally.worth += best.worth;
        tally.found += best.found;
        tally.of_message += best.of_message;
    }
}

/// The entries that have all terms in one field, with the bits of such fields.
pub fn entries_with_all(index: &Index, terms: &[u32]) -> Vec<(u32, u8)> {
    let Some((first, others)) = terms.split_first() else {
        return Vec::new();
    };
    let postings = index.postings(*first).iter();
    let mut entries: Vec<_> = postings
        .map(|posting| (posting.entry(), posting.fields()))
        .collect();
    for term in others {
        let postings = index.postings(*term);
        entries.retain_mut(|(entry, fields)| {
            let place = postings.binary_search_by_key(entry, |posting| posting.entry());
            *fields &= place.map_or(0, |place| postings[place].fields());
            *fields != 0
        });
    }
    entries
}

fn fields_worth(fields: u8) -> f32 {
    let (mut best, mut all) = (0.0_f32, 0.0);
    for (bit, worth) in FIELD_WORTH.iter().enumerate() {
        if fields & (1 << bit) != 0 {
            best = best.max(*worth);
            all += FURTHER_FIELD;
        }
    }
    best + all
}

/// The weight of all words of each entry's message.
fn message_weights(index: &Index) -> Vec<f32> {
    let mut weights = vec![0.0; index.entries as usize];
    for (term, _) in (0..).zip(index.terms.iter()) {
        for posting in index.postings(term) {
            if posting.fields() & MESSAGE != 0 {
                weights[posting.entry() as usize] += index.weight(term);
            }
        }
    }
    weights
}
