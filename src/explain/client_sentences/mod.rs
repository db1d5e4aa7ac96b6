//! Finds the sentences that a client prints in place of a response. The input then lacks the code,
//! but says what the client was doing.

pub(super) mod candidates;
pub(super) mod client_steps;

use self::candidates::candidates;
use self::client_steps::calls_before;
use super::phrases::Phrases;
use super::region::Region;
use crate::catalog::{CLIENTS, Catalog, Entry};
use crate::data::{Client, Sentence};
use crate::message::NormalizedText;
use crate::substrings::offsets_in;

/// Finds the sentences of known clients that leave out the code.
#[derive(Debug)]
pub(super) struct SentenceFinder<'c> {
    catalog: &'c Catalog,
    sentences: Vec<KnownSentence<'c>>,
    /// Finds where in a raw text a sentence may start.
    pub phrases: Phrases,
}

/// A sentence that leaves out the code.
#[derive(Debug)]
struct KnownSentence<'c> {
    client: &'c Client,
    sentence: &'c Sentence,
    /// The sentence in the normal form in which messages are compared.
    text: String,
}

/// A failure whose code the client left out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Failure<'c> {
    pub status: u16,
    /// The entries of the codes that the failure may have, the likeliest first.
    pub candidates: Vec<&'c Entry>,
    /// What to tell the user about the failure.
    pub remarks: Vec<&'c str>,
}

impl<'c> SentenceFinder<'c> {
    pub(super) fn new(catalog: &'c Catalog) -> Self {
        let without_code = CLIENTS.iter().flat_map(|client| {
            let sentences = client.sentences.iter().filter(|it| it.leaves_out_code);
            sentences.map(move |sentence| KnownSentence {
                client,
                sentence,
                text: NormalizedText::new(sentence.says.trim_end_matches('.')).text,
            })
        });
        let sentences: Vec<_> = without_code.collect();
        SentenceFinder { catalog, phrases: Phrases::new(&texts(&sentences), &[]), sentences }
    }

    /// The sentences in normal form.
    pub(super) fn texts(&self) -> Vec<&str> {
        texts(&self.sentences)
    }

    /// The failure that the sentence at an offset of the region's text stands for.
    pub(super) fn at(&self, region: &Region, at: usize) -> Option<Failure<'c>> {
        if let Some((inner, own)) = region.inner_text(&(at..at)) {
            return self.at(&inner.region, own.start);
        }
        let normal = region.normal();
        let start = normal.to_normal(at);
        let text = normal.text.get(start..)?;
        let known = self.sentences.iter().find(|it| says(text, &it.text))?;
        let original = normal.to_original(start);
        let log_record = region.log_record(original);
        // If the log record has a code, it has the response, too, and the sentence adds nothing. A
        // code above the record is looked for in `Explainer::process_sentence`.
        if !log_record.contains(&original) || !offsets_in(&region.codes, &log_record).is_empty() {
            return None;
        }
        let calls = calls_before(region, &log_record, start)?;
        let note = known.sentence.note.as_deref();
        Some(Failure {
            status: known.sentence.status,
            candidates: candidates(self.catalog, known.sentence, &calls),
            remarks: [&*known.client.note_without_code].into_iter().chain(note).collect(),
        })
    }
}

fn texts<'s>(sentences: &'s [KnownSentence]) -> Vec<&'s str> {
    sentences.iter().map(|it| &*it.text).collect()
}

/// Whether a text starts with a sentence. Spaces are ignored in both, as a terminal may have broken
/// lines within words.
fn says(text: &str, sentence: &str) -> bool {
    let mut letters = text.bytes().filter(|byte| *byte != b' ');
    let mut sentence = sentence.bytes().filter(|byte| *byte != b' ');
    sentence.all(|expected| letters.next() == Some(expected))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::explain::codes::CodeFinder;

    /// Whether a sentence is found in a text.
    fn is_found(text: &str) -> bool {
        let catalog = Catalog::embedded();
        let finder = SentenceFinder::new(catalog);
        let region = Region::new(text, 0, true, &CodeFinder::new(catalog));
        let places = finder.phrases.places(text.as_bytes(), 0..text.len());
        let mut places = places.into_iter().filter_map(|place| region.in_text(place as u64));
        places.any(|place| finder.at(&region, place).is_some())
    }

    #[test]
    fn sentences_are_found_however_they_are_wrapped() {
        let step = "error creating organization: ";
        let clients = CLIENTS.iter();
        for sentence in clients.flat_map(|client| client.sentences.iter()) {
            if !sentence.leaves_out_code {
                continue;
            }
            let says = &*sentence.says;
            let spaces = says.match_indices(' ').map(|(space, _)| space);
            for space in spaces {
                let (before, after) = (&says[..space], &says[space + 1..]);
                for (prefix, wrap) in [
                    ("", " "),
                    ("", "  "),
                    ("", "\n"),
                    ("", "\r\n    "),
                    ("│ ", "\n│ "),
                    ("", r"\n"),
                    ("", r"\u0020"),
                    ("2026-11-24T10:00:00.0000000Z │ ", "\n2026-11-24T10:00:00.0000000Z │ "),
                    ("2026-11-24T10:00:00.0000000Z ", "\n2026-11-24T10:00:00.0000000Z "),
                    ("web-1  | ", "\nweb-1  | "),
                ] {
                    let text = format!("{prefix}{step}{before}{wrap}{after}{}", " ".repeat(600));
                    assert!(is_found(&text), "{text}");
                }
            }
        }
    }

    #[test]
    fn the_service_may_be_named_above_the_log_record_in_any_script() {
        for padding in ["", "-", "--"] {
            let above = format!("{}{padding} huaweicloud organizations\n", "错".repeat(500));
            let log_record = "2026-11-24T10:00:01Z error creating account: Method not allowed";
            assert!(is_found(&(above + log_record)), "{padding}");
        }
        assert!(!is_found("2026-11-24T10:00:01Z error creating account: Method not allowed"));
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
        let end = text.len() - 2048;
        assert_eq!(finder.phrases.places(text.as_bytes(), 0..end), [0; 0]);
    }
}
