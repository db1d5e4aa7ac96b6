//! Where the words of a query stand in an entry.

use std::collections::BTreeMap;

use super::codes_in_query::{Named, NamedBy};
use super::concepts::{Concept, Meaning};
use crate::catalog::Catalog;
use crate::data::index::FIELDS;
use crate::data::words::words;

/// Field name to `[start, end)` character ranges, ascending and disjoint.
///
/// ```
/// let hits = orgerr::search(orgerr::Catalog::embedded(), "handshake");
/// let in_solution = &hits[0].matches["solution"];
/// let (start, end) = (in_solution[0][0], in_solution[0][1]);
/// let solution = hits[0].entry.solution().chars();
/// assert_eq!(solution.skip(start).take(end - start).collect::<String>(), "handshake");
/// ```
pub type Matches = BTreeMap<&'static str, Vec<[usize; 2]>>;

/// Where the concepts and codes of a query stand in the entry.
pub(super) fn matches_in_entry(
    catalog: &Catalog,
    entry_index: usize,
    concepts: &[Concept],
    named: &[Named],
) -> Matches {
    let (index, entry) = (catalog.index(), &catalog.entries()[entry_index]);
    let mut matches = Matches::new();
    let mut add = |field, mut ranges: Vec<[usize; 2]>| {
        if !ranges.is_empty() {
            ranges.sort_unstable();
            merge(&mut ranges);
            matches.insert(field, ranges);
        }
    };
    let codes = named.iter().filter(|named| named.by != NamedBy::Status && named.has(entry_index));
    add("code", codes.map(|named| named.range).collect());
    for (field, text) in FIELDS.into_iter().zip(entry.searched_texts()) {
        let term =
            |(word, start, end): (String, _, _)| Some((index.term_of_word(&word)?, [start, end]));
        let terms_there: Vec<_> = words(text).into_iter().filter_map(term).collect();
        let has = |term: &u32| terms_there.iter().any(|(there, _)| there == term);
        let mut ranges = Vec::new();
        for concept in concepts {
            // A meaning counts only if the field has all of its words.
            let meanings = concept.meanings.iter();
            for Meaning { terms, .. } in meanings.filter(|it| it.terms.iter().all(has)) {
                let meant = terms_there.iter().filter(|(there, _)| terms.contains(there));
                ranges.extend(meant.map(|(_, range)| *range));
            }
            let in_fragment = concept.fragment.as_ref().and_then(|fragment| fragment.find(text));
            ranges.extend(in_fragment.into_iter().flatten());
        }
        add(field, ranges);
    }
    matches
}

/// Joins sorted ranges that touch or overlap.
fn merge(ranges: &mut Vec<[usize; 2]>) {
    ranges.dedup_by(|next, kept| {
        let joined = next[0] <= kept[1];
        if joined {
            kept[1] = kept[1].max(next[1]);
        }
        joined
    });
}
