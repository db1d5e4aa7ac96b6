//! Entries ranked by how well they answer a query.
//!
//! Every word of the query counts: a word found as it is in the code, message,
//! description, solution or category scores by the field, else a subsequence of
//! the message scores a little. An entry without most of the words is no hit.

mod fuzzy;

use std::collections::BTreeMap;

use serde::Serialize;

use crate::catalog::{Catalog, Entry};

/// An entry that answers a query.
#[derive(Debug, Clone, Serialize)]
pub struct Hit<'a> {
    /// The entry.
    #[serde(flatten)]
    pub entry: &'a Entry,
    /// How well it answers; larger is better, only the order means anything.
    pub score: u32,
    /// Where the query matched: field name to `[start, end)` character ranges.
    pub matches: Matches,
}

/// Field name to `[start, end)` character ranges, ascending and disjoint.
pub type Matches = BTreeMap<&'static str, Vec<[usize; 2]>>;

/// What a word that is found in a field is worth.
const FIELDS: [(&str, u32); 5] = [
    ("code", 100),
    ("message", 40),
    ("description", 30),
    ("category", 20),
    ("solution", 10),
];
/// What a word is worth that is only a subsequence of the message.
const FRAGMENT: u32 = 5;

/// The entries that answer `query`, best first; ties go by catalog order.
/// Nothing where no entry has every word of the query.
#[must_use]
pub fn search<'a>(catalog: &'a Catalog, query: &str) -> Vec<Hit<'a>> {
    let words: Vec<String> = query.split_whitespace().map(str::to_lowercase).collect();
    if words.is_empty() {
        return Vec::new();
    }
    let mut hits: Vec<_> = catalog
        .entries()
        .iter()
        .filter_map(|entry| answer(entry, &words))
        .collect();
    hits.sort_by_key(|hit| std::cmp::Reverse(hit.score));
    hits
}

fn answer<'a>(entry: &'a Entry, words: &[String]) -> Option<Hit<'a>> {
    let mut score = 0;
    let mut matches = Matches::new();
    for word in words {
        let mut found = false;
        for (field, weight) in FIELDS {
            if let Some(range) = position(text_of(entry, field), word) {
                found = true;
                score += weight;
                matches.entry(field).or_default().push(range);
            }
        }
        if !found {
            let ranges = fuzzy::subsequence(&entry.message, word)?;
            score += FRAGMENT;
            matches.entry("message").or_default().extend(ranges);
        }
    }
    for ranges in matches.values_mut() {
        ranges.sort_unstable();
        merge(ranges);
    }
    Some(Hit {
        entry,
        score,
        matches,
    })
}

fn text_of<'a>(entry: &'a Entry, field: &str) -> &'a str {
    match field {
        "code" => &entry.code,
        "message" => &entry.message,
        "description" => &entry.description,
        "category" => &entry.category,
        _ => &entry.solution,
    }
}

/// The first place of `word` in `text`, without regard to case, in characters.
fn position(text: &str, word: &str) -> Option<[usize; 2]> {
    let start = text.to_lowercase().find(word)?;
    let start = text.get(..start)?.chars().count();
    Some([start, start + word.chars().count()])
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
