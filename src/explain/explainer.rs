//! Reads inputs of any length as a stream, and gathers what is found in them.

use std::collections::HashMap;
use std::io::{self, Read};
use std::ops::Range;

use memchr::memmem;

use super::codes::{CodeFinder, FoundCode};
use super::findings::{in_error_centre, met_once, occurrence, text_length};
use super::foreign_codes::ForeignCodes;
use super::input::compression::Opened;
use super::input::window::Window;
use super::lines::wrapped::DIAGNOSTIC_START;
use super::messages::MessageFinder;
use super::owner;
use super::owner::context::Choice;
use super::owner::context::Context;
use super::reading::{ByMessage, Reading};
use super::sentences::SentenceFinder;
use super::terraform::is_repeated;
use super::{Finding, MatchedBy, Report};
use crate::catalog::{Catalog, Entry};

/// Codes that the catalog does not have that become findings, so that memory stays
/// bounded whatever the input is.
const MAX_UNKNOWN: usize = 4096;
/// Bytes of a diagnostic before a code in it.
const MAX_TITLE: usize = 1024;
/// Bytes of a sentence that distinguish it from others.
const MIN_WORDS: usize = 12;
/// Mentions of a code at which its diagnostic is looked for.
const MAX_MENTIONS: usize = 8;
/// Bytes of the texts of such findings, after which no more are added.
const MAX_UNKNOWN_TEXT: usize = 4 * 1024 * 1024;

/// Explains one input after another; the findings are of all of them.
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
    codes: CodeFinder<'a>,
    sentences: SentenceFinder<'a>,
    /// Made when an input without a code is first met.
    messages: Option<MessageFinder<'a>>,
    report: Report<'a>,
    /// Findings that a listener has been given, and that nothing is added to.
    reported: usize,
    /// Places in the findings by code in lower case, or by what a sentence may stand for.
    by_code: HashMap<Vec<u8>, usize>,
    foreign: ForeignCodes,
    unknown: usize,
    /// Bytes of the texts of unknown findings.
    unknown_text: usize,
}

/// Called with each new finding.
type Listener<'f, 'a> = &'f mut dyn FnMut(&Finding<'a>) -> io::Result<()>;

impl<'a> Explainer<'a> {
    /// An explainer by the entries of `catalog`.
    ///
    /// ```
    /// let explainer = orgerr::Explainer::new(orgerr::Catalog::embedded());
    /// assert!(explainer.finish().findings.is_empty());
    /// ```
    #[must_use]
    pub fn new(catalog: &'a Catalog) -> Self {
        let codes = CodeFinder::new(catalog);
        let sentences = SentenceFinder::new(catalog);
        Explainer {
            catalog,
            codes,
            sentences,
            messages: None,
            report: Report::default(),
            reported: 0,
            by_code: HashMap::new(),
            foreign: ForeignCodes::default(),
            unknown: 0,
            unknown_text: 0,
        }
    }

    /// Reads `input` to its end. `source` names it in the findings. Memory does not grow
    /// with the input: the findings take up to 8 MiB, and with your own catalog what is said
    /// of each of its codes that is met, up to 16 KiB; the reading less than 3 MiB.
    ///
    /// # Errors
    /// What `input` fails with; what was read before stays explained.
    ///
    /// ```
    /// let mut explainer = orgerr::Explainer::new(orgerr::Catalog::embedded());
    /// let log = std::fs::File::open("examples/response.json")?;
    /// explainer.read("response.json", log)?;
    /// assert_eq!(explainer.finish().findings[0].first.line, 2);
    /// # Ok::<(), std::io::Error>(())
    /// ```
    pub fn read(&mut self, source: &str, mut input: impl Read) -> io::Result<()> {
        self.run(source, &mut input, None)
    }

    /// As [`read`](Self::read), and gives each finding to `new` as soon as the line
    /// that it is first met on has ended. Its count is then 1. What is recognised by its
    /// message is given at the end, when it is certain that the input names no code.
    ///
    /// # Errors
    /// As [`read`](Self::read), and what `new` fails with.
    ///
    /// ```
    /// let mut explainer = orgerr::Explainer::new(orgerr::Catalog::embedded());
    /// let log = "Organizations.1305\nOrganizations.1400\nOrganizations.1305\n";
    /// let mut reported = Vec::new();
    /// explainer.follow("-", log.as_bytes(), &mut |finding| {
    ///     reported.push((finding.code.clone().unwrap(), finding.count));
    ///     Ok(())
    /// })?;
    /// assert_eq!(reported, [("Organizations.1305".into(), 1), ("Organizations.1400".into(), 1)]);
    /// # Ok::<(), std::io::Error>(())
    /// ```
    pub fn follow(
        &mut self,
        source: &str,
        mut input: impl Read,
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
        self.report.foreign_codes = self.foreign.most_frequent_first();
        self.report
    }

    /// Reads an input to its end, and reports new findings to the listener.
    fn run(
        &mut self,
        source: &str,
        input: &mut dyn Read,
        mut listener: Option<Listener<'_, 'a>>,
    ) -> io::Result<()> {
        let mut input = Opened::new(input)?;
        let mut reading = Reading::new(Window::new(source, listener.is_some()));
        let mut by_message = Some(ByMessage::default());
        self.reported = self.report.findings.len();
        let mut read = Ok(());
        while !reading.window.is_last() {
            read = reading.window.read(&mut input, &self.codes);
            let part = reading.window.next_for_codes();
            let likely = self.codes.prefilter.likely(reading.window.text(), part.clone());
            reading.window.count_lines(&part, likely.lines);
            self.foreign.count(self.catalog, &reading.window, &likely.dots);
            if self.take_codes(&mut reading, part, &likely.dots) {
                by_message = None;
            }
            let part = reading.window.next_for_messages();
            if let Some(by_message) = &mut by_message
                && !part.is_empty()
            {
                let catalog = self.catalog;
                let messages = || MessageFinder::new(catalog);
                let messages = self.messages.get_or_insert_with(messages);
                by_message.take(catalog, messages, &self.codes, &mut reading, part);
            }
            self.report_new(&mut listener)?;
            reading.window.move_on();
        }
        if let Some(unread) = input.unread {
            self.report.unread.push((source.to_owned(), unread));
        }
        if let Some(by_message) = by_message {
            self.keep_messages(source, by_message);
        }
        self.report_new(&mut listener)?;
        read
    }

    /// Reports new findings as they were first met, whatever has followed since.
    fn report_new(&mut self, listener: &mut Option<Listener<'_, 'a>>) -> io::Result<()> {
        let Some(listener) = listener else {
            return Ok(());
        };
        for finding in &self.report.findings[self.reported..] {
            self.reported += 1;
            listener(&Finding { count: 1, ..finding.clone() })?;
        }
        Ok(())
    }

    /// Takes in the codes in a part of the window, and the sentences that hide one; says
    /// whether there are codes.
    fn take_codes(&mut self, reading: &mut Reading, part: Range<usize>, dots: &[usize]) -> bool {
        if part.is_empty() && !reading.window.is_last() {
            return false;
        }
        let text = reading.window.text();
        let pending = std::mem::take(&mut reading.pending).into_iter();
        let pending: Vec<_> = pending.map(|at| reading.window.place(at)).collect();
        let new = self.sentences.places(text, part.clone());
        let mut sentences = pending.into_iter().chain(new).peekable();
        let codes = self.codes.codes_at(text, part, dots);
        let mut key = Vec::with_capacity(64);
        for found in &codes {
            while let Some(place) = sentences.next_if(|place| *place < found.place.start) {
                self.take_sentence(reading, place);
            }
            let text = reading.window.text();
            key.clear();
            key.extend(found.service.bytes().map(|byte| byte.to_ascii_lowercase()));
            key.push(b'.');
            let number = text[found.number.clone()].iter();
            key.extend(number.map(u8::to_ascii_lowercase));
            if is_repeated(text, found.place.start, &text[found.place.clone()]) {
                continue;
            }
            let title = &text[found.place.start.saturating_sub(MAX_TITLE)..found.place.start];
            let number = if let Some(number) = self.count_known(&key, 1) {
                if self.report.findings[number].count <= MAX_MENTIONS
                    && reading.has_met(number, found.place.start)
                    && memmem::find(title, DIAGNOSTIC_START.as_bytes()).is_some()
                {
                    self.add_resource(reading, number, &found.place, 2);
                }
                number
            } else if let Some(finding) = self.first_met(reading, found) {
                self.add(key.clone(), finding)
            } else {
                continue;
            };
            reading.met(number, found.place.start);
        }
        // In their order, too, so those after one that waits do as well.
        while let Some(place) =
            sentences.next_if(|place| !reading.waits_for_more(*place, &self.codes))
        {
            self.take_sentence(reading, place);
        }
        reading.pending = sentences.map(|at| reading.window.in_input(at)).collect();
        !codes.is_empty()
    }

    /// The finding of a code that is met for the first time; none where there are too
    /// many that the catalog does not have.
    fn first_met(&mut self, reading: &mut Reading, found: &FoundCode) -> Option<Finding<'a>> {
        let number = String::from_utf8_lossy(&reading.window.text()[found.number.clone()]);
        let code = format!("{}.{number}", found.service);
        let variants: Vec<_> = self.catalog.get_all(&code).collect();
        let code = variants.first().map_or(code, |entry| entry.code().to_owned());
        let has_room = self.unknown < MAX_UNKNOWN && self.unknown_text < MAX_UNKNOWN_TEXT;
        if variants.is_empty() && !has_room {
            self.report.dropped_unknown = true;
            return None;
        }
        let finding = self.finding(reading, &found.place, code, &variants);
        if !finding.known {
            self.unknown += 1;
            self.unknown_text += text_length(&finding.first);
        }
        Some(finding)
    }

    /// What the window says of the code at `place`, whose entries are the `variants`.
    fn finding(
        &self,
        reading: &mut Reading,
        place: &Range<usize>,
        code: String,
        variants: &[&'a Entry],
    ) -> Finding<'a> {
        let (start, region) = reading.region(place.start, &self.codes);
        let own = region.unwrapped.to_unwrapped(place.start - start);
        let (context, choice) = owner::context::read(region, &(own..own + place.len()), variants);
        let resource = region.resource(own);
        let first = occurrence(&reading.window, place, context, resource);
        let mut finding = met_once(self.catalog, Some(code), MatchedBy::Code, choice, first);
        if let Some(code) = finding.code.as_deref().filter(|_| !finding.known) {
            finding.suggestions = self.catalog.near(code);
            finding.url = in_error_centre(code);
        }
        finding
    }

    /// Takes in what may be a sentence that hides a code.
    fn take_sentence(&mut self, reading: &mut Reading, place: usize) {
        let (start, region) = reading.region(place, &self.codes);
        let own = region.unwrapped.to_unwrapped(place - start);
        let Some(failure) = self.sentences.at(region, own) else {
            return;
        };
        let codes: Vec<_> = failure.candidates.iter().map(|it| it.code()).collect();
        let key = format!("{}\0{}", failure.status, codes.join(" ")).into_bytes();
        let place = start + region.unwrapped.to_raw(failure.place);
        let text = reading.window.text();
        if is_repeated(text, place, &text[place..text.len().min(place + MIN_WORDS)]) {
            return;
        }
        // The codes of the failure that the input has just shown, before a client hides them.
        let known = codes.iter().map(|code| code.to_ascii_lowercase());
        let known = known.filter_map(|code| self.by_code.get(code.as_bytes()).copied());
        let met: Vec<_> = known.filter(|it| reading.has_met(*it, place)).collect();
        if let [number] = met[..] {
            self.add_resource(reading, number, &(place..place), 1);
        }
        if !met.is_empty() || self.count_known(&key, 1).is_some() {
            return;
        }
        let (_, region) = reading.region(place, &self.codes);
        let resource = region.resource(failure.place);
        let context = Context { http_status: Some(failure.status), ..Context::default() };
        let first = occurrence(&reading.window, &(place..place), context, resource);
        let (catalog, choice) = (self.catalog, Choice::of(&[]));
        let mut finding = met_once(catalog, None, MatchedBy::Sentence, choice, first);
        (finding.candidates, finding.remarks) = (failure.candidates, failure.remarks);
        self.add(key, finding);
    }

    /// Gives a finding the resource of a diagnostic of the same failure: by the request ID, or
    /// where only so many mentions are there.
    fn add_resource(
        &mut self,
        reading: &mut Reading,
        number: usize,
        place: &Range<usize>,
        mentions: usize,
    ) {
        let known = &mut self.report.findings[number];
        if number < self.reported || known.first.resource.is_some() {
            return;
        }
        let (start, region) = reading.region(place.start, &self.codes);
        let own = region.unwrapped.to_unwrapped(place.start - start);
        let (context, _) = owner::context::read(region, &(own..own + place.len()), &[]);
        let ids = (context.request_id.as_ref()).zip(known.first.request_id.as_ref());
        if ids.map_or(known.count == mentions, |(own, known)| own == known) {
            known.first.resource = region.resource(own);
        }
    }

    /// Counts a finding that has been met before; its number.
    fn count_known(&mut self, key: &[u8], times: usize) -> Option<usize> {
        let number = *self.by_code.get(key)?;
        self.report.findings[number].count += times;
        Some(number)
    }

    /// Adds a finding that is met for the first time; its number.
    fn add(&mut self, key: Vec<u8>, finding: Finding<'a>) -> usize {
        let number = self.report.findings.len();
        self.by_code.insert(key, number);
        self.report.findings.push(finding);
        number
    }

    /// Keeps what was recognised by messages in an input that named no code.
    fn keep_messages(&mut self, source: &str, by_message: ByMessage<'a>) {
        if by_message.gave_up {
            self.report.unsearched.push(source.to_owned());
        }
        for finding in by_message.findings {
            let code = finding.code.as_deref().unwrap_or_default();
            let key = code.to_ascii_lowercase().into_bytes();
            if self.count_known(&key, finding.count).is_none() {
                self.add(key, finding);
            }
        }
    }
}
