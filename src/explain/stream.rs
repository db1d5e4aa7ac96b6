//! Reads inputs of any length as a stream: a window of text moves over the input,
//! with room before and after each code for what belongs to it.

use std::borrow::Cow;
use std::collections::HashMap;
use std::io::{self, Read};
use std::ops::Range;

use memchr::{memchr_iter, memrchr};

use super::context::{self, Context};
use super::finder::{BESIDE, Finder};
use super::scan::Scanner;
use super::tidy::{is_from_curl, tidy};
use super::{Finding, MatchedBy, Occurrence};
use crate::catalog::{Catalog, Entry};
use crate::decode::Decoder;

/// Bytes read at a time.
const BLOCK: usize = 256 * 1024;
/// Bytes before and after a code that may say something of it.
const REACH: usize = 16 * 1024;
/// Bytes that are kept before and after the part of a text that is looked through, so
/// that what lies at an edge of the part has all its reach, too.
const MARGIN: usize = 2 * REACH;
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
}

/// What is told of each new finding.
type New<'f, 'a> = &'f mut dyn FnMut(&Finding<'a>) -> io::Result<()>;

/// Tells of a finding as it was first met, whatever has followed since.
fn tell<'a>(finding: &Finding<'a>, new: &mut New<'_, 'a>) -> io::Result<()> {
    new(&Finding {
        count: 1,
        ..finding.clone()
    })
}

/// The text of one input that is being looked at.
struct Window<'s> {
    source: &'s str,
    text: Vec<u8>,
    /// Up to here codes have been looked for.
    scanned: usize,
    /// Up to here messages have been looked for.
    searched: usize,
    /// The line number at the start of `text`.
    line: u64,
    /// Bytes of the input before `text`.
    before: u64,
    last: bool,
}

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
        }
    }

    /// Reads `input` to its end. `source` names it in the findings. Memory does not grow
    /// with the input: the findings take up to 8 MiB, the reading less than 2 MiB.
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
        new: New<'_, 'a>,
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

    fn run(
        &mut self,
        source: &str,
        input: &mut dyn Read,
        mut new: Option<New<'_, 'a>>,
    ) -> io::Result<()> {
        let mut window = Window {
            source,
            text: Vec::with_capacity(2 * BLOCK),
            scanned: 0,
            searched: 0,
            line: 1,
            before: 0,
            last: false,
        };
        let mut block = vec![0; if new.is_some() { BLOCK } else { 0 }];
        let mut decoder = Decoder::default();
        let mut by_message = Some(ByMessage::default());
        let mut failure = None;
        while !window.last {
            let from = window.text.len();
            let read = match new {
                Some(_) => read_available(input, &mut block, &mut window.text),
                None => read_block(input, &mut window.text),
            };
            match read {
                Ok(read) => window.last = read == 0,
                Err(error) => {
                    // What was read before counts.
                    window.last = true;
                    failure = Some(error);
                }
            }
            decoder.decode(&mut window.text, from, window.last);
            let told = self.findings.len();
            let range = window.scanned..window.ready(new.is_some());
            if self.codes(&window, range.clone()) {
                by_message = None;
            }
            window.scanned = range.end;
            let range = window.searched..window.ready_for_messages();
            if let Some(by_message) = &mut by_message
                && !range.is_empty()
            {
                self.messages(&window, range.clone(), by_message);
            }
            window.searched = range.end;
            if let Some(new) = &mut new {
                self.findings[told..]
                    .iter()
                    .try_for_each(|finding| tell(finding, new))?;
            }
            window.move_on();
        }
        let told = self.findings.len();
        if let Some(by_message) = by_message {
            self.keep_messages(source, by_message);
        }
        if let Some(new) = &mut new {
            self.findings[told..]
                .iter()
                .try_for_each(|finding| tell(finding, new))?;
        }
        failure.map_or(Ok(()), Err)
    }

    /// Takes in the codes in a part of the window; tells whether there are any.
    fn codes(&mut self, window: &Window, range: Range<usize>) -> bool {
        let mut any = false;
        let mut key = Vec::with_capacity(64);
        for found in self.scanner.codes(&window.text, range) {
            any = true;
            key.clear();
            key.extend(found.service.bytes().map(|byte| byte.to_ascii_lowercase()));
            key.push(b'.');
            key.extend(&window.text[found.digits.clone()]);
            if let Some(&finding) = self.by_code.get(&key) {
                self.findings[finding].count += 1;
                continue;
            }
            let digits = String::from_utf8_lossy(&window.text[found.digits]);
            let code = format!("{}.{digits}", found.service);
            let variants: Vec<_> = self.catalog.get_all(&code).collect();
            if variants.is_empty() {
                if self.unknown == MOST_UNKNOWN || self.unknown_text >= MOST_UNKNOWN_TEXT {
                    self.ignored_unknown = true;
                    continue;
                }
                self.unknown += 1;
            }
            let (text, place) = window.around(&found.place);
            let others = self.scanner.codes(text.as_bytes(), 0..text.len());
            let others = others.into_iter().map(|other| other.place.start);
            let others: Vec<_> = others.filter(|start| *start != place.start).collect();
            let (context, choice) = context::read(&text, &place, &others, &variants);
            let entry = choice.entry;
            let first = window.occurrence(&found.place, context);
            if entry.is_none() {
                let texts = [&first.message, &first.request_id].into_iter().flatten();
                self.unknown_text += texts.map(String::len).sum::<usize>();
            }
            self.by_code.insert(key.clone(), self.findings.len());
            self.findings.push(Finding {
                known: entry.is_some(),
                matched_by: MatchedBy::Code,
                count: 1,
                status_differs: differs(&first, entry),
                suggestions: match entry {
                    Some(_) => Vec::new(),
                    None => self.catalog.near(&code),
                },
                first,
                entry,
                told_apart: choice.told_apart,
                code,
            });
        }
        any
    }

    /// Takes in the documented messages that start in a part of the window.
    fn messages(&mut self, window: &Window, range: Range<usize>, by_message: &mut ByMessage<'a>) {
        if window.before >= MESSAGES_LIMIT {
            by_message.gave_up = true;
            return;
        }
        let catalog = self.catalog;
        let finder = self.finder.get_or_insert_with(|| Finder::new(catalog));
        // What starts in the part may end beyond it; what stands before it tells whether a
        // message starts there, and whose it is.
        let start = window.line_start(range.start.saturating_sub(BESIDE));
        let end = window.text.len().min(range.end + REACH);
        let part = text_of_same_length(&window.text[start..end]);
        for found in finder.find(&part) {
            let place = start + found.place.start..start + found.place.end;
            let starts_here = range.contains(&place.start);
            if !starts_here || window.before + (place.start as u64) < by_message.until {
                continue;
            }
            by_message.until = window.before + place.end as u64;
            let entry = found.entry;
            if let Some(known) = by_message
                .findings
                .iter_mut()
                .find(|f| f.code == entry.code)
            {
                known.count += 1;
                continue;
            }
            let (text, place_in_text) = window.around(&place);
            let others = finder
                .find(&text)
                .into_iter()
                .map(|other| other.place.start);
            let others: Vec<_> = others
                .filter(|start| !place_in_text.contains(start))
                .collect();
            let context = context::read_message(&text, &place_in_text, &others, &found);
            let first = window.occurrence(&place, context);
            by_message.findings.push(Finding {
                code: entry.code.to_string(),
                known: true,
                matched_by: MatchedBy::Message,
                count: 1,
                status_differs: differs(&first, Some(entry)),
                first,
                suggestions: Vec::new(),
                entry: Some(entry),
                told_apart: true,
            });
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

impl Window<'_> {
    /// How far the text can be scanned: far enough from its end for what follows a
    /// code to be there, or to the end of the last line where nobody should wait.
    fn ready(&self, by_line: bool) -> usize {
        if self.last {
            return self.text.len();
        }
        let far_enough = self.text.len().saturating_sub(MARGIN).max(self.scanned);
        if by_line {
            let line_end = memrchr(b'\n', &self.text[self.scanned..]);
            return line_end.map_or(far_enough, |end| self.scanned + end + 1);
        }
        far_enough
    }

    /// How far the text can be searched for messages. These are told at the end of the
    /// input, so nothing is lost by looking at many lines together.
    fn ready_for_messages(&self) -> usize {
        let far_enough = self.text.len().saturating_sub(MARGIN);
        match far_enough {
            _ if self.last => self.text.len(),
            far_enough if far_enough >= self.searched + MARGIN => far_enough,
            _ => self.searched,
        }
    }

    /// Forgets what is too far behind to say anything of codes and messages to come.
    fn move_on(&mut self) {
        let forgotten = self.scanned.min(self.searched).saturating_sub(MARGIN);
        if forgotten >= BLOCK / 2 {
            self.line += lines(&self.text[..forgotten]);
            self.before += forgotten as u64;
            self.text.drain(..forgotten);
            self.scanned -= forgotten;
            self.searched -= forgotten;
        }
    }

    /// Where the line of a place starts, or what is in reach of it.
    fn line_start(&self, place: usize) -> usize {
        let reach = place.saturating_sub(REACH);
        memrchr(b'\n', &self.text[reach..place]).map_or(reach, |newline| reach + newline + 1)
    }

    /// The text around a place without what tools put around it, and the place in it.
    fn around(&self, place: &Range<usize>) -> (String, Range<usize>) {
        let reach = place.start.saturating_sub(REACH);
        let text_of = |part: Range<usize>| String::from_utf8_lossy(&self.text[part]);
        let before = text_of(reach..place.start);
        let after = text_of(place.end..self.text.len().min(place.end + REACH));
        let starts_line = reach == 0 || self.text[reach - 1] == b'\n';
        let from_curl = is_from_curl(&before, starts_line) || is_from_curl(&after, false);
        let mut text = tidy(&before, starts_line, from_curl);
        let start = text.len();
        text += &tidy(&text_of(place.clone()), false, from_curl);
        let end = text.len();
        text += &tidy(&after, false, from_curl);
        (text, start..end)
    }

    fn occurrence(&self, place: &Range<usize>, context: Context) -> Occurrence {
        Occurrence {
            source: self.source.to_owned(),
            line: self.line + lines(&self.text[..place.start]),
            http_status: context.http_status,
            request_id: context.request_id,
            message: context.message,
            args: context.args,
        }
    }
}

/// Reads a whole block, or what there is of it at the end of the input; 0 when that
/// is reached.
fn read_block(input: &mut dyn Read, text: &mut Vec<u8>) -> io::Result<usize> {
    input.take(BLOCK as u64).read_to_end(text)
}

/// Reads what is there by way of `block`, without waiting for more; 0 at the end of
/// the input.
fn read_available(input: &mut dyn Read, block: &mut [u8], text: &mut Vec<u8>) -> io::Result<usize> {
    loop {
        match input.read(block) {
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Ok(read) => {
                text.extend_from_slice(&block[..read]);
                return Ok(read);
            }
            failure => return failure,
        }
    }
}

fn lines(text: &[u8]) -> u64 {
    memchr_iter(b'\n', text).count() as u64
}

/// The bytes as text in which every place is where it was: `?` for each byte that
/// is not UTF-8.
fn text_of_same_length(bytes: &[u8]) -> Cow<'_, str> {
    if let Ok(text) = std::str::from_utf8(bytes) {
        return Cow::Borrowed(text);
    }
    let mut text = String::with_capacity(bytes.len());
    for chunk in bytes.utf8_chunks() {
        text.push_str(chunk.valid());
        text.extend(chunk.invalid().iter().map(|_| '?'));
    }
    Cow::Owned(text)
}

fn differs(first: &Occurrence, entry: Option<&Entry>) -> bool {
    match (first.http_status, entry) {
        (Some(received), Some(entry)) => received != entry.status,
        _ => false,
    }
}
