//! Reads inputs of any length as a stream, and gathers what is found in them.

use std::collections::HashMap;
use std::io::{self, Read};
use std::ops::Range;

use super::context::{self, Choice, Context};
use super::finder::{BESIDE, Finder, FoundMessage};
use super::other_service;
use super::scan::{FoundCode, Scanner};
use super::window::Window;
use super::{Finding, MatchedBy, Occurrence};
use crate::catalog::{Catalog, Entry};

/// Bytes of an input without codes that are searched for documented messages.
const MESSAGES_LIMIT: u64 = 64 * 1024 * 1024;
/// Codes that the catalog does not have that become findings, so that memory stays
/// bounded whatever the input is.
const MOST_UNKNOWN: usize = 4096;
/// Bytes of what is said of such codes after which no more of them become findings.
const MOST_UNKNOWN_TEXT: usize = 4 * 1024 * 1024;

/// Explains one input after another; the findings are of all of them.
///
/// ```
/// use orgerr::{Catalog, explain::Explainer};
///
/// let mut explainer = Explainer::new(Catalog::embedded());
/// explainer.read("a.log", "… Organizations.1305 …".as_bytes())?;
/// explainer.read("b.log", "… Organizations.1305 …".as_bytes())?;
/// let findings = explainer.into_findings();
/// assert_eq!((findings.len(), findings[0].count), (1, 2));
/// # Ok::<(), std::io::Error>(())
/// ```
#[derive(Debug)]
pub struct Explainer<'a> {
    catalog: &'a Catalog,
    scanner: Scanner<'a>,
    /// Made when an input without a code is first met.
    finder: Option<Finder<'a>>,
    findings: Vec<Finding<'a>>,
    /// Places in `findings` by code in lower case.
    by_code: HashMap<Vec<u8>, usize>,
    unknown: usize,
    /// Bytes of what is said of the unknown ones.
    unknown_text: usize,
    ignored_unknown: bool,
    too_long_for_messages: Vec<String>,
    of_another_service: Option<String>,
}

/// Is told of each new finding.
type Listener<'f, 'a> = &'f mut dyn FnMut(&Finding<'a>) -> io::Result<()>;

impl<'a> Explainer<'a> {
    /// An explainer by the entries of `catalog`.
    ///
    /// ```
    /// let explainer = orgerr::Explainer::new(orgerr::Catalog::embedded());
    /// assert!(explainer.into_findings().is_empty());
    /// ```
    #[must_use]
    pub fn new(catalog: &'a Catalog) -> Self {
        Explainer {
            catalog,
            scanner: Scanner::new(catalog),
            finder: None,
            findings: Vec::new(),
            by_code: HashMap::new(),
            unknown: 0,
            unknown_text: 0,
            ignored_unknown: false,
            too_long_for_messages: Vec::new(),
            of_another_service: None,
        }
    }

    /// Reads `input` to its end. `source` names it in the findings. Memory does not grow
    /// with the input: the findings take up to 8 MiB, and with a catalog of one's own what
    /// is said of each of its codes that is met, up to 16 KiB; the reading less than 2 MiB.
    ///
    /// # Errors
    /// What `input` fails with; what was read before stays explained.
    ///
    /// ```
    /// let mut explainer = orgerr::Explainer::new(orgerr::Catalog::embedded());
    /// let log = std::fs::File::open("examples/response.json")?;
    /// explainer.read("response.json", log)?;
    /// assert_eq!(explainer.into_findings()[0].first.line, 2);
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
    /// let mut told = Vec::new();
    /// explainer.follow("-", log.as_bytes(), &mut |finding| {
    ///     told.push((finding.code.clone(), finding.count));
    ///     Ok(())
    /// })?;
    /// assert_eq!(told, [("Organizations.1305".into(), 1), ("Organizations.1400".into(), 1)]);
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

    /// The findings so far, in order of first appearance.
    ///
    /// ```
    /// let mut explainer = orgerr::Explainer::new(orgerr::Catalog::embedded());
    /// explainer.read("-", "Organizations.1305 Organizations.1400".as_bytes())?;
    /// let codes: Vec<_> = explainer.into_findings().into_iter().map(|it| it.code).collect();
    /// assert_eq!(codes, ["Organizations.1305", "Organizations.1400"]);
    /// # Ok::<(), std::io::Error>(())
    /// ```
    #[must_use]
    pub fn into_findings(self) -> Vec<Finding<'a>> {
        self.findings
    }

    /// The inputs that name no code and are too long to be searched for messages to
    /// their end.
    ///
    /// ```
    /// let mut explainer = orgerr::Explainer::new(orgerr::Catalog::embedded());
    /// explainer.read("short.log", "quota exceeded for account.".as_bytes())?;
    /// assert!(explainer.too_long_for_messages().is_empty());
    /// # Ok::<(), std::io::Error>(())
    /// ```
    #[must_use]
    pub fn too_long_for_messages(&self) -> &[String] {
        &self.too_long_for_messages
    }

    /// The first error code of a service that the catalog does not have, in an input that
    /// names no code of those it has.
    ///
    /// ```
    /// let mut explainer = orgerr::Explainer::new(orgerr::Catalog::embedded());
    /// explainer.read("-", r#"{"error_code":"IAM.0011"}"#.as_bytes())?;
    /// assert_eq!(explainer.of_another_service(), Some("IAM.0011"));
    /// assert!(explainer.into_findings().is_empty());
    /// # Ok::<(), std::io::Error>(())
    /// ```
    #[must_use]
    pub fn of_another_service(&self) -> Option<&str> {
        self.of_another_service.as_deref()
    }

    /// Whether there were more codes that the catalog does not have than are told.
    ///
    /// ```
    /// let mut explainer = orgerr::Explainer::new(orgerr::Catalog::embedded());
    /// let codes: String = (100_000..105_000).map(|n| format!("Organizations.{n}\n")).collect();
    /// explainer.read("-", codes.as_bytes())?;
    /// assert!(explainer.ignored_unknown());
    /// # Ok::<(), std::io::Error>(())
    /// ```
    #[must_use]
    pub fn ignored_unknown(&self) -> bool {
        self.ignored_unknown
    }

    /// Takes in an input to its end, and tells the listener of what is new in it.
    fn run(
        &mut self,
        source: &str,
        input: &mut dyn Read,
        mut listener: Option<Listener<'_, 'a>>,
    ) -> io::Result<()> {
        let mut window = Window::new(source, listener.is_some());
        let mut by_message = Some(ByMessage::default());
        let mut told = self.findings.len();
        let mut read = Ok(());
        while !window.is_last() {
            read = window.read(input);
            let part = window.next_for_codes();
            if self.take_codes(&window, part) {
                by_message = None;
            }
            let part = window.next_for_messages();
            if let Some(by_message) = &mut by_message
                && !part.is_empty()
            {
                self.take_messages(&window, &part, by_message);
            }
            self.tell(&mut told, &mut listener)?;
            window.move_on();
        }
        if let Some(by_message) = by_message {
            self.keep_messages(source, by_message);
        }
        self.tell(&mut told, &mut listener)?;
        read
    }

    /// Tells of the findings behind those that were `told` as they were first met,
    /// whatever has followed since.
    fn tell(&self, told: &mut usize, listener: &mut Option<Listener<'_, 'a>>) -> io::Result<()> {
        let Some(listener) = listener else {
            return Ok(());
        };
        for finding in &self.findings[*told..] {
            *told += 1;
            listener(&Finding {
                count: 1,
                ..finding.clone()
            })?;
        }
        Ok(())
    }

    /// Takes in the codes in a part of the window; says whether there are any.
    fn take_codes(&mut self, window: &Window, part: Range<usize>) -> bool {
        let codes = self.scanner.codes(window.text(), part);
        let mut key = Vec::with_capacity(64);
        for found in &codes {
            key.clear();
            key.extend(found.service.bytes().map(|byte| byte.to_ascii_lowercase()));
            key.push(b'.');
            key.extend(&window.text()[found.digits.clone()]);
            if let Some(&known) = self.by_code.get(&key) {
                self.findings[known].count += 1;
            } else if let Some(finding) = self.first_met(window, found) {
                self.by_code.insert(key.clone(), self.findings.len());
                self.findings.push(finding);
            }
        }
        !codes.is_empty()
    }

    /// The finding of a code that is met for the first time; none where there are too
    /// many that the catalog does not have.
    fn first_met(&mut self, window: &Window, found: &FoundCode) -> Option<Finding<'a>> {
        let digits = String::from_utf8_lossy(&window.text()[found.digits.clone()]);
        let code = format!("{}.{digits}", found.service);
        let variants: Vec<_> = self.catalog.get_all(&code).collect();
        if variants.is_empty() && !self.has_room_for_unknown() {
            self.ignored_unknown = true;
            return None;
        }
        let finding = self.finding(window, &found.place, code, &variants);
        if !finding.known {
            self.unknown += 1;
            let texts = [&finding.first.message, &finding.first.request_id];
            self.unknown_text += texts.into_iter().flatten().map(String::len).sum::<usize>();
        }
        Some(finding)
    }

    fn has_room_for_unknown(&self) -> bool {
        self.unknown < MOST_UNKNOWN && self.unknown_text < MOST_UNKNOWN_TEXT
    }

    /// What the window says of the code at `place`, whose entries are the `variants`.
    fn finding(
        &self,
        window: &Window,
        place: &Range<usize>,
        code: String,
        variants: &[&'a Entry],
    ) -> Finding<'a> {
        let (text, place_in_text) = window.around(place);
        let others = self.scanner.codes(text.as_bytes(), 0..text.len());
        let others = others.iter().map(|other| other.place.start);
        let others: Vec<_> = others
            .filter(|start| *start != place_in_text.start)
            .collect();
        let (context, choice) = context::read(&text, &place_in_text, &others, variants);
        let suggestions = match choice.entry {
            Some(_) => Vec::new(),
            None => self.catalog.near(&code),
        };
        let first = occurrence(window, place, context);
        Finding {
            suggestions,
            ..met_once(code, MatchedBy::Code, choice, first)
        }
    }

    /// Takes in the documented messages that start in a part of the window.
    fn take_messages(
        &mut self,
        window: &Window,
        part: &Range<usize>,
        by_message: &mut ByMessage<'a>,
    ) {
        if window.in_input(0) >= MESSAGES_LIMIT {
            by_message.gave_up = true;
            return;
        }
        let catalog = self.catalog;
        let finder = self.finder.get_or_insert_with(|| Finder::new(catalog));
        // What starts in the part may end beyond it; what stands before it tells whether a
        // message starts there, and whose it is.
        let (start, text) = window.widened(part, BESIDE);
        if self.of_another_service.is_none() {
            let part = part.start - start..part.end - start;
            self.of_another_service = other_service::first_code(&text, part).map(str::to_owned);
        }
        for found in finder.find(&text) {
            let place = start + found.place.start..start + found.place.end;
            if !part.contains(&place.start) || window.in_input(place.start) < by_message.until {
                continue;
            }
            by_message.until = window.in_input(place.end);
            let mut findings = by_message.findings.iter_mut();
            if let Some(known) = findings.find(|known| known.code == found.entry.code()) {
                known.count += 1;
            } else {
                let finding = finding_by_message(window, &place, finder, &found);
                by_message.findings.push(finding);
            }
        }
    }

    /// Keeps what was recognised by messages in an input that named no code.
    fn keep_messages(&mut self, source: &str, by_message: ByMessage<'a>) {
        if by_message.gave_up {
            self.too_long_for_messages.push(source.to_owned());
        }
        for finding in by_message.findings {
            let key = finding.code.to_ascii_lowercase().into_bytes();
            if let Some(&known) = self.by_code.get(&key) {
                self.findings[known].count += finding.count;
            } else {
                self.by_code.insert(key, self.findings.len());
                self.findings.push(finding);
            }
        }
    }
}

/// What was recognised by its message in an input that has named no code so far.
#[derive(Default)]
struct ByMessage<'a> {
    findings: Vec<Finding<'a>>,
    /// Where in the input the last message ends.
    until: u64,
    /// Whether the input was too long to be searched to its end.
    gave_up: bool,
}

/// What the window says of the message found at `place`.
fn finding_by_message<'a>(
    window: &Window,
    place: &Range<usize>,
    finder: &Finder<'a>,
    found: &FoundMessage<'a>,
) -> Finding<'a> {
    let (text, place_in_text) = window.around(place);
    let others = finder.find(&text).into_iter();
    let others = others.map(|other| other.place.start);
    let others: Vec<_> = others
        .filter(|start| !place_in_text.contains(start))
        .collect();
    let context = context::read_message(&text, &place_in_text, &others, found);
    let first = occurrence(window, place, context);
    let choice = Choice {
        entry: Some(found.entry),
        told_apart: true,
    };
    let code = found.entry.code().to_string();
    met_once(code, MatchedBy::Message, choice, first)
}

/// The finding of what is met for the first time, without suggestions.
fn met_once(
    code: String,
    matched_by: MatchedBy,
    choice: Choice<'_>,
    first: Occurrence,
) -> Finding<'_> {
    let Choice { entry, told_apart } = choice;
    Finding {
        known: entry.is_some(),
        matched_by,
        count: 1,
        status_differs: differs(&first, entry),
        first,
        suggestions: Vec::new(),
        entry,
        told_apart,
        code,
    }
}

fn occurrence(window: &Window, place: &Range<usize>, context: Context) -> Occurrence {
    Occurrence {
        source: window.source.to_owned(),
        line: window.line_of(place.start),
        http_status: context.http_status,
        request_id: context.request_id,
        message: context.message,
        args: context.args,
    }
}

fn differs(first: &Occurrence, entry: Option<&Entry>) -> bool {
    match (first.http_status, entry) {
        (Some(received), Some(entry)) => received != entry.status(),
        _ => false,
    }
}
