//! Documented messages in a query, with whatever is around them.

use std::collections::BTreeSet;
use std::ops::Range;

use crate::catalog::Entry;
use crate::data::index::{Index, MESSAGE};
use crate::data::words::Token;
use crate::message::{NormalizedText, Pattern, is_detail, messages, start_of, starts_word};

/// Bytes of a query in which messages are looked for.
const MAX_TEXT: usize = 16 * 1024;
/// The share of a message's words that a query must have to be looked at closely.
const MIN_SHARE: f32 = 0.7;
/// What the words of a message weigh at least, against a word of a single entry, for it to
/// count behind other text: "Bad request" stands before many messages.
const MIN_WEIGHT: f32 = 1.0;

/// The entries whose messages the query has, by number; not those of messages that are only
/// a part of a longer one.
pub fn said(index: &Index, entries: &[Entry], text: &str, tokens: &[Token]) -> Vec<usize> {
    let candidates = candidates(index, entries, tokens);
    if candidates.is_empty() {
        return Vec::new();
    }
    let normal = NormalizedText::new(start_of(text.trim(), MAX_TEXT)).into_one_value();
    let places: Vec<(usize, Range<usize>)> = candidates
        .into_iter()
        .filter_map(|number| {
            let is_specific = index.message_weights[number] >= MIN_WEIGHT * index.heaviest;
            let messages = messages(&entries[number]);
            let places = messages.filter_map(|message| place(message, &normal, is_specific));
            Some((number, places.max_by_key(Range::len)?))
        })
        .collect();
    let is_part = |place: &Range<usize>| {
        places.iter().any(|(_, other)| {
            other.len() > place.len() && other.start <= place.start && place.end <= other.end
        })
    };
    places
        .iter()
        .filter(|(_, place)| !is_part(place))
        .map(|(number, _)| *number)
        .collect()
}

/// The entries most of whose message the query has, in whatever order.
fn candidates(index: &Index, entries: &[Entry], tokens: &[Token]) -> Vec<usize> {
    let stems: BTreeSet<_> = tokens.iter().map(|token| token.stem.as_str()).collect();
    let mut said = vec![0.0; entries.len()];
    for term in stems.into_iter().filter_map(|stem| index.term(stem)) {
        for posting in index.postings(term) {
            if posting.fields & MESSAGE != 0 {
                said[posting.entry as usize] += index.weight(term);
            }
        }
    }
    let is_near = |number: &usize| {
        let of_message = index.message_weights[*number];
        of_message > 0.0 && said[*number] >= MIN_SHARE * of_message
    };
    (0..entries.len()).filter(is_near).collect()
}

/// Where the text has the message: at its start, or anywhere if the message is specific.
fn place(message: &str, normal: &NormalizedText, is_specific: bool) -> Option<Range<usize>> {
    let pattern = Pattern::new(message);
    let first = pattern.literals.first()?;
    let mut starts = normal.text.match_indices(first.as_str());
    starts.find_map(|(start, _)| {
        if start > 0 && (!is_specific || !starts_word(&normal.text, start)) {
            return None;
        }
        let (_, end) = pattern.at(normal, start, normal.text.len())?;
        let rest = &normal.text[end..];
        let is_whole = rest.trim_matches(['.', ' ']).is_empty() || is_detail(rest);
        (is_whole || is_specific).then_some(start..end)
    })
}
