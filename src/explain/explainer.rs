//! Reads inputs of any length as a stream, and gathers what is found in them.

use std::cmp::Reverse;
use std::collections::HashMap;
use std::io::{self, Read};
use std::ops::Range;
use std::sync::{LazyLock, Mutex, PoisonError};
use std::thread::{self, Scope};

use memchr::memmem::Finder;

use super::client_sentences::{Failure, SentenceFinder};
use super::codes::FoundCode;
use super::finding::{first_finding, size_of_occurrence};
use super::foreign_codes::count_foreign;
use super::input::blocks::Blocks;
use super::input::file_formats::Opened;
use super::input::window::Window;
use super::messages::MessageFinder;
use super::owner::occurrence::code_occurrence;
use super::reading::{MessageFindings, Reading};
use super::terraform_diagnostics::{DIAGNOSTIC_START, repeats_terraform_message};
use super::{Finding, MatchedBy, Occurrence, Report, Unread};
use crate::catalog::{Catalog, Entry};

/// Memory limit for findings of unknown codes, in bytes; each counts as at least `MIN_FINDING`.
const MAX_UNKNOWN_BYTES: usize = 4096 * MIN_FINDING;
const MIN_FINDING: usize = 1024;
/// Bytes at the start of a sentence that distinguish it from others.
const SENTENCE_START: usize = 12;
/// The most bytes before a code in which the start of its diagnostic is looked for.
const MAX_DIAGNOSTIC_TITLE: usize = 1024;
/// Built once: building the searcher costs more than the search.
static DIAGNOSTIC: LazyLock<Finder> = LazyLock::new(|| Finder::new(DIAGNOSTIC_START));
/// Stop looking for the diagnostic of a code after this many mentions.
const MAX_MENTIONS: usize = 8;

/// Explains one input after another, and collects the findings of all of them.
///
/// ```
/// use orgerr::{Catalog, Explainer};
///
/// let mut explainer = Explainer::new(Catalog::embedded());
/// explainer.read("a.log", "… Organizations.1305 …".as_bytes())?;
/// explainer.read("b.log", "… Organizations.1305 …".as_bytes())?;
/// let findings = explainer.finish().findings;
/// assert_eq!((findings.len(), findings[0].count), (1, 2));
/// # Ok::<(), std::io::Error>(())
/// ```
#[derive(Debug)]
pub struct Explainer<'a> {
    catalog: &'a Catalog,
    sentences: SentenceFinder<'a>,
    /// Built when an input is first searched for messages.
    messages: Option<MessageFinder<'a>>,
    report: Report<'a>,
    /// Findings before this index were already passed on, or belong to earlier inputs.
    closed: usize,
    /// Indexes into the findings: by code, in lower case and as it was first written, or by the
    /// status and the candidates of a client's sentence.
    index_by_key: HashMap<Vec<u8>, usize>,
    /// Bytes of the findings of unknown codes.
    unknown_bytes: usize,
}

/// Called with each new finding.
type Listener<'f, 'a> = &'f mut dyn FnMut(&Finding<'a>) -> io::Result<()>;

impl<'a> Explainer<'a> {
    /// An explainer that uses `catalog`.
    ///
    /// ```
    /// let explainer = orgerr::Explainer::new(orgerr::Catalog::embedded());
    /// assert!(explainer.finish().findings.is_empty());
    /// ```
    #[must_use]
    pub fn new(catalog: &'a Catalog) -> Self {
        Explainer {
            catalog,
            sentences: SentenceFinder::new(catalog),
            messages: None,
            report: Report::default(),
            closed: 0,
            index_by_key: HashMap::new(),
            unknown_bytes: 0,
        }
    }

    /// Reads `input` to its end. `source` names it in the findings. Memory does not grow
    /// with the input: the findings take up to 8 MiB, plus up to 16 KiB for each of your own codes
    /// found, and the reading less than 3 MiB. A long input is read ahead on a second thread, hence
    /// `Send`.
    ///
    /// # Errors
    /// Errors of `input`. What was read before an error is still explained.
    ///
    /// ```
    /// let mut explainer = orgerr::Explainer::new(orgerr::Catalog::embedded());
    /// let log = std::fs::File::open("examples/response.json")?;
    /// explainer.read("response.json", log)?;
    /// assert_eq!(explainer.finish().findings[0].first.line, 2);
    /// # Ok::<(), std::io::Error>(())
    /// ```
    pub fn read(&mut self, source: &str, mut input: impl Read + Send) -> io::Result<()> {
        self.run(source, &mut input, None)
    }

    /// Like [`read`](Self::read), but also calls `new` with each finding once the line that first
    /// has it has ended. The finding's count is then 1. Findings below a client's sentence that may
    /// stand for a code wait until the sentence's log record has ended. Findings by message come at
    /// the end of the input, when it is certain that the input names no code.
    ///
    /// # Errors
    /// Errors of `input` and of `new`.
    ///
    /// ```
    /// let mut explainer = orgerr::Explainer::new(orgerr::Catalog::embedded());
    /// let log = "Organizations.1305\nOrganizations.1400\nOrganizations.1305\n";
    /// let mut met = Vec::new();
    /// explainer.follow("-", log.as_bytes(), &mut |finding| {
    ///     met.push((finding.code.clone().unwrap(), finding.count));
    ///     Ok(())
    /// })?;
    /// assert_eq!(met, [("Organizations.1305".into(), 1), ("Organizations.1400".into(), 1)]);
    /// # Ok::<(), std::io::Error>(())
    /// ```
    pub fn follow(
        &mut self,
        source: &str,
        mut input: impl Read + Send,
        new: Listener<'_, 'a>,
    ) -> io::Result<()> {
        self.run(source, &mut input, Some(new))
    }

    /// What was found, and what was left out.
    ///
    /// ```
    /// let mut explainer = orgerr::Explainer::new(orgerr::Catalog::embedded());
    /// explainer.read("-", r#"{"error_code":"IAM.0011"} Organizations.1400"#.as_bytes())?;
    /// let report = explainer.finish();
    /// assert_eq!(report.findings[0].code.as_deref(), Some("Organizations.1400"));
    /// assert_eq!(report.foreign_codes[0].code, "IAM.0011");
    /// # Ok::<(), std::io::Error>(())
    /// ```
    #[must_use]
    pub fn finish(mut self) -> Report<'a> {
        self.report.foreign_codes.sort_by_key(|foreign| Reverse(foreign.count));
        self.report
    }

    /// Reads an input to its end, and passes new findings on to the listener.
    fn run(
        &mut self,
        source: &str,
        input: &mut (dyn Read + Send),
        mut listener: Option<Listener<'_, 'a>>,
    ) -> io::Result<()> {
        let input = Mutex::new(Opened::new(input)?);
        let window = Window::new(source, listener.is_some());
        let blocks = window.blocks(&input);
        let reading = Reading::new(window, self.catalog);
        self.closed = self.report.findings.len();
        let read =
            thread::scope(|scope| self.process_blocks(reading, blocks, scope, &mut listener));
        let input = input.into_inner().unwrap_or_else(PoisonError::into_inner);
        let unread = input.unread.map(|unread| (source.to_owned(), unread));
        self.report.unread.extend(unread);
        read
    }

    /// Processes an input block by block.
    fn process_blocks<'s>(
        &mut self,
        mut reading: Reading<'_, 'a>,
        mut blocks: Blocks<'s, Opened>,
        scope: &'s Scope<'s, '_>,
        listener: &mut Option<Listener<'_, 'a>>,
    ) -> io::Result<()> {
        let mut by_message = Some(MessageFindings::default());
        let mut read = Ok(());
        while !reading.window.is_last {
            read = reading.window.read(&mut blocks, &reading.codes);
            let part = reading.window.next_for_codes();
            let message_part = reading.window.next_for_messages();
            let is_searched =
                by_message.as_ref().is_some_and(|it| !it.gave_up) && !message_part.is_empty();
            // Once the finder of messages is built, one pass looks for both messages and sentences.
            let candidates = self.messages.as_ref().filter(|_| is_searched).map(|messages| {
                let start = part.start.min(message_part.start);
                let end = part.end.max(message_part.end);
                messages.phrases.candidates(reading.window.text(), start..end)
            });
            let phrases = &self.sentences.phrases;
            let mut sentences = phrases.places_of(reading.window.text(), &part, candidates.clone());
            let part = reading.hold_back(part, &mut sentences);
            let dots = reading.codes.prefilter.dots(reading.window.text(), part.clone());
            if self.process_codes(&mut reading, part, &dots, sentences) {
                by_message = None;
            }
            if let Some(by_message) = by_message.as_mut().filter(|_| is_searched) {
                let messages = || MessageFinder::new(self.catalog, &self.sentences);
                let messages = self.messages.get_or_insert_with(messages);
                let places =
                    messages.phrases.places_of(reading.window.text(), &message_part, candidates);
                by_message.process(messages, &mut reading, places);
            }
            self.pass_on_new(listener)?;
            reading.window.move_on();
            if !reading.window.is_last {
                blocks.read_ahead(scope);
            }
        }
        if let Some(by_message) = by_message {
            self.add_messages(reading.window.source, by_message);
        }
        self.pass_on_new(listener)?;
        read
    }

    /// Passes new findings on to the listener with a count of 1, however often they were found
    /// since.
    fn pass_on_new(&mut self, listener: &mut Option<Listener<'_, 'a>>) -> io::Result<()> {
        let Some(listener) = listener else { return Ok(()) };
        for finding in &self.report.findings[self.closed..] {
            self.closed += 1;
            listener(&Finding { count: 1, ..finding.clone() })?;
        }
        Ok(())
    }

    /// Processes the codes in a part of the window, and the sentences there that may stand for a
    /// code. Returns whether the part has codes of the catalog's services.
    fn process_codes(
        &mut self,
        reading: &mut Reading,
        part: Range<usize>,
        dots: &[usize],
        sentences: Vec<usize>,
    ) -> bool {
        let text = reading.window.text();
        let codes = reading.codes.codes_at(text, part, dots);
        let mut known = codes.iter().map(|code| code.number.start - 1).peekable();
        let foreign = dots.iter().copied().filter(|dot| {
            while known.next_if(|known| known < dot).is_some() {}
            known.peek() != Some(dot)
        });
        count_foreign(&mut self.report.foreign_codes, self.catalog, text, foreign);
        let mut sentences = sentences.into_iter().peekable();
        for found in &codes {
            while let Some(at) = sentences.next_if(|at| *at < found.place.start) {
                self.process_sentence(reading, at);
            }
            self.process_code(reading, found);
        }
        sentences.for_each(|at| self.process_sentence(reading, at));
        !codes.is_empty()
    }

    /// Counts a code, or adds its finding if it is new.
    fn process_code(&mut self, reading: &mut Reading, found: &FoundCode) {
        let (text, span) = (reading.window.text(), &found.place);
        let written = &text[span.clone()];
        if repeats_terraform_message(text, span.start, written) {
            return;
        }
        let existing =
            self.index_by_key.get(written).or_else(|| self.index_by_key.get(&found.key(text)));
        let index = if let Some(index) = existing.copied() {
            self.add_resource(reading, index, span);
            self.report.findings[index].count += 1;
            index
        } else if let Some(finding) = self.new_finding(reading, found) {
            let text = reading.window.text();
            let index = self.add(found.key(text), finding);
            self.index_by_key.insert(text[span.clone()].to_vec(), index);
            index
        } else {
            return;
        };
        reading.note_found(index, span.start);
    }

    /// Makes the finding of a code that is found for the first time; none for an unknown code once
    /// the memory limit is reached.
    fn new_finding(&mut self, reading: &mut Reading, found: &FoundCode) -> Option<Finding<'a>> {
        let number = String::from_utf8_lossy(&reading.window.text()[found.number.clone()]);
        let code = format!("{}.{number}", found.service);
        let variants: Vec<_> = self.catalog.get_all(&code).collect();
        let code = variants.first().map_or(code, |entry| entry.code().to_owned());
        if variants.is_empty() && self.unknown_bytes >= MAX_UNKNOWN_BYTES {
            self.report.dropped_unknown = true;
            return None;
        }
        let (first, fitting) = read_code(reading, &found.place, &variants);
        if variants.is_empty() {
            self.unknown_bytes += size_of_occurrence(&first).max(MIN_FINDING);
        }
        Some(first_finding(self.catalog, Some(code), MatchedBy::Code, &fitting, first))
    }

    /// Processes a place where a client's sentence may stand in place of a response.
    fn process_sentence(&mut self, reading: &mut Reading, at: usize) {
        let text = reading.window.text();
        if repeats_terraform_message(text, at, &text[at..text.len().min(at + SENTENCE_START)]) {
            return;
        }
        let (region, offset) = reading.region(at);
        let failure = offset.and_then(|offset| self.sentences.at(region, offset));
        let Some(failure) = failure else { return };
        // If the input has just named one of the failure's codes, the sentence is about that error,
        // and is no new finding.
        let codes: Vec<_> = failure.candidates.iter().map(|it| it.code()).collect();
        let index_of = |code: &&str| self.index_by_key.get(code.to_ascii_lowercase().as_bytes());
        let known = codes.iter().filter_map(index_of);
        let known = known.filter(|it| reading.was_found_shortly_before(**it, at));
        let known: Vec<_> = known.copied().collect();
        if let [index] = known[..] {
            self.add_resource(reading, index, &(at..at));
        }
        let key = format!("{} {:?}", failure.status, codes).into_bytes();
        if !known.is_empty() || self.count_existing(&key, 1) {
            return;
        }
        let occurrence = Occurrence { http_status: Some(failure.status), ..Occurrence::default() };
        let first = reading.occurrence(at, occurrence);
        let finding = first_finding(self.catalog, None, MatchedBy::Sentence, &[], first);
        let Failure { candidates, remarks, .. } = failure;
        self.add(key, Finding { candidates, remarks, ..finding });
    }

    /// Adds the resource of a Terraform diagnostic to the finding of the same failure, which was
    /// found just before. It is the same failure if both have the same request ID, or if one has no
    /// ID and the code was found only once before.
    fn add_resource(&mut self, reading: &mut Reading, index: usize, span: &Range<usize>) {
        let existing = &mut self.report.findings[index];
        let title = span.start.saturating_sub(MAX_DIAGNOSTIC_TITLE)..span.start;
        if index < self.closed
            || existing.first.resource.is_some()
            || existing.count >= MAX_MENTIONS
            || !reading.was_found_shortly_before(index, span.start)
            || DIAGNOSTIC.find(&reading.window.text()[title]).is_none()
        {
            return;
        }
        let (occurrence, _) = read_code(reading, span, &[]);
        let ids = occurrence.request_id.as_ref().zip(existing.first.request_id.as_ref());
        if ids.map_or(existing.count == 1, |(id, existing_id)| id == existing_id) {
            existing.first.resource = occurrence.resource;
        }
    }

    /// Adds `times` to the count of the finding with this key. Returns whether there is one.
    fn count_existing(&mut self, key: &[u8], times: usize) -> bool {
        let existing = self.index_by_key.get(key);
        existing.inspect(|index| self.report.findings[**index].count += times).is_some()
    }

    /// Adds a new finding, and returns its index.
    fn add(&mut self, key: Vec<u8>, finding: Finding<'a>) -> usize {
        let index = self.report.findings.len();
        self.index_by_key.insert(key, index);
        self.report.findings.push(finding);
        index
    }

    /// Adds the findings by message of an input that named no code.
    fn add_messages(&mut self, source: &str, by_message: MessageFindings<'a>) {
        if by_message.gave_up {
            self.report.unread.push((source.to_owned(), Unread::SearchedInPart));
        }
        for finding in by_message.findings {
            let key = finding.code.as_deref().unwrap_or_default().to_ascii_lowercase();
            if !self.count_existing(key.as_bytes(), finding.count) {
                self.add(key.into_bytes(), finding);
            }
        }
    }
}

/// Reads the values around a code, and which of its entries (`variants`) fit. If unwrapping removed
/// the code, returns no values and all entries.
fn read_code<'a>(
    reading: &mut Reading,
    span: &Range<usize>,
    variants: &[&'a Entry],
) -> (Occurrence, Vec<&'a Entry>) {
    let (region, offset) = reading.region(span.start);
    let (occurrence, fitting) = match offset {
        Some(offset) => code_occurrence(region, &(offset..offset + span.len()), variants),
        None => (Occurrence::default(), variants.to_vec()),
    };
    (reading.occurrence(span.start, occurrence), fitting)
}
