//! Sentences that a client prints in place of a response: the code is not in the input, but
//! what the client was doing is.

use std::ops::Range;

use memchr::{memchr3_iter, memmem};

use super::candidates::{Call, calls_of, candidates};
use super::diagnostic::resource;
use super::hiding::Hiding;
use super::region::Region;
use super::resolve::contains;
use super::spot::codes_in;
use super::tree::Kind;
use crate::catalog::{Catalog, Entry};
use crate::data::{Resource, Step};
use crate::message::{NormalizedText, Pattern, start_of};

/// Bytes between what the client was doing and the sentence.
const MAX_BETWEEN: usize = 64;
/// Bytes before and behind a sentence that say what the client was doing.
const MAX_BEFORE: usize = 1024;
const MAX_BEHIND: usize = 4096;

/// Finds the sentences of a catalog that hide a code.
#[derive(Debug)]
pub struct SentenceFinder<'c> {
    catalog: &'c Catalog,
    sentences: Vec<Hiding<'c>>,
    /// The marks of all sentences.
    marks: Vec<u8>,
    /// What the names of all resources start with.
    names_start: &'c str,
    /// The stems of their services.
    services: Vec<String>,
}

/// A failure whose code the client left out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failure<'c> {
    pub status: u16,
    /// The codes that it may have, the likeliest first.
    pub candidates: Vec<&'c Entry>,
    /// What to know of it.
    pub remarks: Vec<&'c str>,
    /// Where the sentence starts in the region.
    pub place: usize,
}

impl<'c> SentenceFinder<'c> {
    pub fn new(catalog: &'c Catalog) -> Self {
        let clients = catalog.clients().iter();
        let sentences = clients.flat_map(|it| it.sentences.iter().map(move |said| (it, said)));
        let hiding = sentences.filter(|(_, sentence)| sentence.hides_code);
        let sentences = hiding.filter_map(|(client, sentence)| Hiding::new(client, sentence));
        let sentences: Vec<_> = sentences.collect();
        let mut marks: Vec<_> = sentences.iter().map(Hiding::mark).collect();
        marks.sort_unstable();
        marks.dedup();
        let resources = catalog.resources().iter();
        let names = resources.clone().map(|it| &*it.name);
        let mut services: Vec<_> = resources.map(|it| stem(&it.service)).collect();
        services.dedup();
        SentenceFinder {
            catalog,
            sentences,
            marks,
            names_start: names.reduce(common_start).unwrap_or_default(),
            services,
        }
    }

    /// The places in a part of a raw text where the mark of a sentence stands, and the
    /// sentence seems to stand around it, ascending.
    pub fn places(&self, text: &[u8], part: Range<usize>) -> Vec<usize> {
        let start = part.start;
        let Some(searched) = text.get(part) else {
            return Vec::new();
        };
        let is_around = |place: &usize| self.sentences.iter().any(|it| it.is_around(text, *place));
        let mut places = Vec::new();
        for marks in self.marks.chunks(3) {
            let mark = |number: usize| marks[number.min(marks.len() - 1)];
            let found = memchr3_iter(mark(0), mark(1), mark(2), searched);
            places.extend(found.map(|at| start + at).filter(is_around));
        }
        places.sort_unstable();
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
        if !codes_in(&region.codes, &record).is_empty() {
            return None;
        }
        let calls = self.calls(region, &record, original)?;
        let note = hiding.sentence.note.as_deref();
        Some(Failure {
            status: hiding.sentence.status,
            candidates: candidates(self.catalog, hiding.sentence, &calls),
            remarks: [&*hiding.client.left_out].into_iter().chain(note).collect(),
            place: original,
        })
    }

    /// The operations that the client was calling; none where they are of no service of the
    /// catalog.
    fn calls(&self, region: &Region, record: &Range<usize>, place: usize) -> Option<Vec<Call<'c>>> {
        let text = &region.text()[record.clone()];
        let place = place - record.start;
        let near = start_of(text, place.saturating_sub(MAX_BEFORE)).len();
        let behind = start_of(&text[place..], MAX_BEHIND);
        let (before, text) = (&text[near..place], &text[near..place + behind.len()]);
        let resources = self.catalog.resources().iter();
        let named: Vec<_> = if contains(text, self.names_start) {
            let resources = resources.clone();
            resources.filter(|it| names(text, &it.name)).collect()
        } else {
            Vec::new()
        };
        let before = NormalizedText::new(before);
        let led = record.start.saturating_sub(MAX_BEFORE)..record.start;
        let led = region.text().get(led).unwrap_or_default();
        let is_service = |service: &String| contains(&before.text, service);
        let may_be_own = contains(led, self.names_start) || self.services.iter().any(is_service);
        if named.is_empty() && (!may_be_own || resource(text).is_some()) {
            return None;
        }
        let said = |resource: &'c Resource| {
            let steps = resource.steps.iter().map(move |step| (resource, step));
            let ends = steps.filter_map(|said| Some((said_last(said.1, &before)?, said)));
            ends.max_by_key(|(end, _)| *end)
        };
        if !named.is_empty() {
            let known = named.iter().filter_map(|it| said(it));
            let last = known.max_by_key(|(end, _)| *end);
            if let Some((_, step)) = last {
                return Some(calls_of(&[step]));
            }
            // Whatever it was, it was one of these, and likely one without words.
            let steps = named
                .iter()
                .flat_map(|it| it.steps.iter().map(move |step| (*it, step)));
            let mut steps: Vec<_> = steps.collect();
            steps.sort_by_key(|(_, step)| step.says.is_some());
            return Some(calls_of(&steps));
        }
        // Words alone count if they name the service, or if what led to them names the resource.
        let own = resources.filter_map(said).filter(|(_, (resource, step))| {
            let says = step.says.as_deref().unwrap_or_default();
            says.to_ascii_lowercase().contains(&stem(&resource.service))
                || names(led, &resource.name)
        });
        let (_, step) = own.max_by_key(|(end, _)| *end)?;
        Some(calls_of(&[step]))
    }
}

/// The name of a service as a step may say it.
fn stem(service: &str) -> String {
    service.trim_end_matches('s').to_ascii_lowercase()
}

/// What two texts both start with.
fn common_start<'t>(one: &'t str, other: &str) -> &'t str {
    let pairs = one.bytes().zip(other.bytes());
    start_of(one, pairs.take_while(|(one, other)| one == other).count())
}

/// Where the words of a step end that stand last before the end of a text, close to it.
fn said_last(step: &Step, before: &NormalizedText) -> Option<usize> {
    let pattern = Pattern::new(step.says.as_deref()?);
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::explain::codes::CodeFinder;

    /// Whether one of the places in a text is that of a sentence.
    fn is_found(text: &str) -> bool {
        let catalog = Catalog::embedded();
        let finder = SentenceFinder::new(catalog);
        let region = Region::new(text, true, &CodeFinder::new(catalog));
        let places = finder.places(text.as_bytes(), 0..text.len()).into_iter();
        let mut places = places.map(|place| region.unwrapped.place(place));
        places.any(|place| finder.at(&region, place).is_some())
    }

    #[test]
    fn sentences_are_found_however_they_are_wrapped() {
        let step = "error creating organization: ";
        let clients = Catalog::embedded().clients().iter();
        for sentence in clients.flat_map(|client| client.sentences.iter()) {
            if !sentence.hides_code {
                continue;
            }
            let says = &*sentence.says;
            let spaces = says.match_indices(' ').map(|(space, _)| space);
            for space in spaces {
                let (before, behind) = (&says[..space], &says[space + 1..]);
                for (prefix, wrap) in [
                    ("", " "),
                    ("", "  "),
                    ("", "\n"),
                    ("", "\r\n    "),
                    ("│ ", "\n│ "),
                    ("", r"\n"),
                    ("", r"\u0020"),
                    (
                        "2026-11-24T10:00:00.0000000Z │ ",
                        "\n2026-11-24T10:00:00.0000000Z │ ",
                    ),
                    (
                        "2026-11-24T10:00:00.0000000Z ",
                        "\n2026-11-24T10:00:00.0000000Z ",
                    ),
                    ("web-1  | ", "\nweb-1  | "),
                ] {
                    let text = format!("{prefix}{step}{before}{wrap}{behind}{}", " ".repeat(600));
                    assert!(is_found(&text), "{text}");
                }
            }
        }
    }

    #[test]
    fn words_of_a_sentence_alone_are_passed_over() {
        let finder = SentenceFinder::new(Catalog::embedded());
        let lines = [
            "GET /v1/accounts request_id=7f3a took 7 ms, fewer than allowed\n",
            "\"allowed\": true, \"request\": \"failed\" or waiting for the gateway\n",
            "the request was sent\nX-Request-Id: ffff\nnot allowed: quick brown fox\n",
        ];
        let text = lines.concat().repeat(50);
        let end = text.len() - 1024;
        assert_eq!(finder.places(text.as_bytes(), 0..end), [0; 0]);
    }
}
