//! Sentences that a client prints in place of a response: the code is not in the input, but
//! what the client was doing is.

use std::ops::Range;

use memchr::memmem;

use super::diagnostic::resource;
use super::region::Region;
use super::tree::Kind;
use crate::catalog::{Catalog, Entry};
use crate::data::{Sentence, Step};
use crate::message::{NormalizedText, Pattern, start_of};

/// Codes that a failure may have that are named.
const MAX_CANDIDATES: usize = 3;
/// Bytes between what the client was doing and the sentence.
const MAX_BETWEEN: usize = 64;
/// Bytes before and behind a sentence that say what the client was doing.
const MAX_BEFORE: usize = 1024;
pub const MAX_BEHIND: usize = 4096;

/// Finds the sentences of a catalog that hide a code.
#[derive(Debug)]
pub struct SentenceFinder<'c> {
    catalog: &'c Catalog,
    sentences: Vec<Hiding<'c>>,
}

/// A sentence that hides a code.
#[derive(Debug)]
struct Hiding<'c> {
    sentence: &'c Sentence,
    /// As messages are compared.
    text: String,
    /// Its longest word, by which it is looked for, and where in the text that stands.
    word: &'c str,
    at: usize,
}

impl Hiding<'_> {
    /// Where the sentence starts whose word stands at a place of a text. Spaces do not count:
    /// lines may have been broken within words.
    fn start(&self, text: &str, place: usize) -> Option<usize> {
        let before = self.text[..self.at]
            .bytes()
            .rev()
            .filter(|byte| *byte != b' ');
        let mut start = place;
        for expected in before {
            start = text.as_bytes()[..start]
                .iter()
                .rposition(|byte| *byte != b' ')?;
            if text.as_bytes()[start] != expected {
                return None;
            }
        }
        let behind = self.text[self.at..].bytes().filter(|byte| *byte != b' ');
        let mut there = text.as_bytes()[place..]
            .iter()
            .filter(|byte| **byte != b' ');
        behind
            .into_iter()
            .all(|expected| there.next() == Some(&expected))
            .then_some(start)
    }
}

/// A failure whose code the client left out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failure<'c> {
    pub status: u16,
    /// The codes that it may have, the likeliest first.
    pub candidates: Vec<&'c str>,
    /// Where the sentence starts in the region.
    pub place: usize,
}

impl<'c> SentenceFinder<'c> {
    pub fn new(catalog: &'c Catalog) -> Self {
        let hiding = catalog.sentences().iter().filter(|it| it.hides_code);
        let sentences = hiding.filter_map(|sentence| {
            let words = sentence.says.split([' ', '.', ',']);
            let word = words
                .max_by_key(|word| word.len())
                .filter(|it| it.len() > 4)?;
            let mut text = NormalizedText::new(&sentence.says).text;
            text.truncate(text.trim_end_matches('.').len());
            Some(Hiding {
                sentence,
                at: text.find(&word.to_ascii_lowercase())?,
                text,
                word,
            })
        });
        SentenceFinder {
            catalog,
            sentences: sentences.collect(),
        }
    }

    /// The places in a part of a raw text where a word of a sentence stands, ascending.
    pub fn places(&self, text: &[u8], part: Range<usize>) -> Vec<usize> {
        let start = part.start;
        let Some(text) = text.get(part) else {
            return Vec::new();
        };
        let found = self
            .sentences
            .iter()
            .flat_map(|it| memmem::find_iter(text, it.word));
        let mut places: Vec<_> = found.map(|at| start + at).collect();
        places.sort_unstable();
        places.dedup();
        places
    }

    /// The failure that a sentence around a place of the region's text reports.
    pub fn at(&self, region: &Region, place: usize) -> Option<Failure<'c>> {
        let normal = region.normal();
        let near = normal.place(place);
        let (hiding, start) = self.sentences.iter().find_map(|it| {
            let start = it.start(&normal.text, near)?;
            Some((it, start))
        })?;
        let original = normal.original(start);
        let record = region.record(original);
        if !record.contains(&original) {
            return None;
        }
        // Where the response is there, so is the code.
        if region.codes.iter().any(|code| record.contains(code)) {
            return None;
        }
        let calls = self.calls(region, &record, original)?;
        Some(Failure {
            status: hiding.sentence.status,
            candidates: self.candidates(hiding.sentence.status, &calls),
            place: original,
        })
    }

    /// The operations that the client was calling; none where they are of no service of the
    /// catalog.
    fn calls(&self, region: &Region, record: &Range<usize>, place: usize) -> Option<Vec<&'c str>> {
        let text = &region.text()[record.clone()];
        let place = place - record.start;
        let near = start_of(text, place.saturating_sub(MAX_BEFORE)).len();
        let behind = start_of(&text[place..], MAX_BEHIND);
        let (before, text) = (&text[near..place], &text[near..place + behind.len()]);
        let resources = self.catalog.resources().iter();
        let named: Vec<_> = resources
            .clone()
            .filter(|it| names(text, &it.name))
            .collect();
        let is_of_another = named.is_empty() && resource(text).is_some();
        if is_of_another {
            return None;
        }
        let before = NormalizedText::new(before);
        let steps = |steps: &'c [Step]| {
            let ends = steps
                .iter()
                .filter_map(|step| Some((said_last(step, &before)?, step)));
            ends.max_by_key(|(end, _)| *end)
        };
        if !named.is_empty() {
            let known = named.iter().filter_map(|it| steps(&it.steps));
            let said = known.max_by_key(|(end, _)| *end);
            let steps: Vec<_> = match said {
                Some((_, step)) => vec![step],
                // Whatever it was, it was one of these.
                None => named.iter().flat_map(|it| it.steps.iter()).collect(),
            };
            let calls = steps.into_iter().flat_map(|step| step.calls.iter());
            let calls = calls.map(AsRef::as_ref).collect();
            return Some(calls);
        }
        // Words alone count if they name the service.
        let own = resources.filter_map(|it| {
            let (end, step) = steps(&it.steps)?;
            let service = it.service.trim_end_matches('s').to_ascii_lowercase();
            let is_named = step.says.to_ascii_lowercase().contains(&service);
            is_named.then_some((end, step))
        });
        let (_, step) = own.max_by_key(|(end, _)| *end)?;
        Some(step.calls.iter().map(AsRef::as_ref).collect())
    }

    /// The codes with a status that one of the operations can return: first those of the first
    /// operation, the ones that few operations return before others; then those that any does,
    /// of the gateway, too; then those of the other operations.
    fn candidates(&self, status: u16, calls: &[&str]) -> Vec<&'c str> {
        let rank = |entry: &Entry| {
            let number = entry.returned_by().len();
            if number == 0 {
                return Some((1, 0));
            }
            let returns = |call: &&str| entry.returned_by().any(|it| it == *call);
            let first = calls.iter().position(returns)?;
            Some((if first == 0 { 0 } else { first + 1 }, number))
        };
        let entries = self.catalog.entries().iter();
        let with_status = entries.filter(|entry| entry.status() == status);
        let mut ranked: Vec<_> = with_status
            .filter_map(|entry| Some((rank(entry)?, entry.code())))
            .collect();
        ranked.sort_by_key(|(rank, _)| *rank);
        let mut codes: Vec<&str> = Vec::new();
        for (_, code) in ranked {
            if !codes.contains(&code) && codes.len() < MAX_CANDIDATES {
                codes.push(code);
            }
        }
        codes
    }
}

/// Where the words of a step end that stand last before the end of a text, close to it.
fn said_last(step: &Step, before: &NormalizedText) -> Option<usize> {
    let pattern = Pattern::new(&step.says);
    let first = pattern.literals.first()?;
    let at = before.text.rfind(first.as_str())?;
    let (_, end) = pattern.at(before, at, before.text.len())?;
    (before.text.len() <= end + MAX_BETWEEN).then_some(end)
}

/// Whether a text has the name of a resource, whole.
fn names(text: &str, name: &str) -> bool {
    let is_of_name = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'_';
    memmem::find_iter(text.as_bytes(), name).any(|at| {
        let behind = text.as_bytes().get(at + name.len());
        let before = at.checked_sub(1).map(|before| text.as_bytes()[before]);
        !behind.copied().is_some_and(is_of_name) && !before.is_some_and(is_of_name)
    })
}

impl Region {
    /// The innermost record around a place.
    pub fn record(&self, place: usize) -> Range<usize> {
        let node = self.tree.node_at(place);
        let mut around = node.into_iter().flat_map(|node| self.tree.around(node));
        let record = around.find(|node| self.tree.nodes[*node].kind == Kind::Record);
        record.map_or(0..self.text().len(), |record| {
            self.tree.nodes[record].place.clone()
        })
    }
}
