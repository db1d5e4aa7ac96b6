//! Documented messages wherever they stand in a text.

pub mod literal_filter;

use std::collections::BTreeMap;
use std::iter;
use std::ops::{Bound, Range};

use self::literal_filter::Phrases;
use super::region::Region;
use super::values::{Rank, Role, is_error_code, status};
use crate::catalog::{Action, Catalog, DEFAULT_SERVICE, Entry};
use crate::message::{Pattern, arg_text, common_start, is_detail, messages, starts_word};

/// Messages with the same first words that are tried at a place. No honest catalog has more.
const MAX_TRIES: usize = 64;

/// A documented message found in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FoundMessage<'c> {
    /// The entry whose message it is.
    pub entry: &'c Entry,
    /// Where the message stands, its final period included.
    pub place: Range<usize>,
    /// Where the detail after it ends: with its line or string. The end of `place`
    /// where there is none.
    pub detail_end: usize,
    /// What the `{0}`s stood for.
    pub args: Vec<String>,
}

/// The entry's message that stands in a part of the region at or nearest to `near`.
pub fn find_near<'c>(
    entry: &'c Entry,
    region: &Region,
    part: &Range<usize>,
    near: usize,
) -> Option<FoundMessage<'c>> {
    let normal = region.normal();
    let part = normal.to_normal(part.start)..normal.to_normal(part.end);
    let text = normal.text.get(part.clone())?;
    let found = messages(entry).filter_map(|message| {
        let message = Message { entry, pattern: Pattern::new(message) };
        let literal = message.pattern.literals.first().filter(|it| !it.trim().is_empty())?;
        let starts = text.match_indices(literal.as_str());
        let found = starts.filter_map(|(at, _)| message.read(region, part.start + at));
        found.min_by_key(|found| found.place.start.abs_diff(near))
    });
    found.min_by_key(|found| found.place.start.abs_diff(near))
}

/// Finds any documented message of a catalog in texts.
#[derive(Debug)]
pub struct MessageFinder<'c> {
    /// By their first literals; of each the user's own first, then in catalog order.
    messages: BTreeMap<String, Vec<Message<'c>>>,
    /// Finds where in a raw text one may start.
    pub phrases: Phrases,
}

/// A message to look for.
#[derive(Debug)]
struct Message<'c> {
    pattern: Pattern,
    entry: &'c Entry,
}

impl<'c> Message<'c> {
    /// The message at a place in the normalised text.
    fn read(&self, region: &Region, start: usize) -> Option<FoundMessage<'c>> {
        let (normal, text) = (region.normal(), region.text());
        if !starts_word(&normal.text, start) {
            return None;
        }
        let original = normal.to_original(start);
        let limit = region.string_end(original);
        let limit = limit.map_or(normal.text.len(), |end| normal.to_normal(end));
        let (args, end) = self.pattern.at(normal, start, limit)?;
        let is_whole = if self.pattern.ends_in_argument() {
            normal.starts_value(start) || region.starts_labelled_message(original, Rank::Usual)
        } else {
            end >= limit || normal.ends_sentence(end)
        };
        let period = usize::from(end < limit && normal.text[end..].starts_with('.'));
        let rest = normal.value(end, limit).trim_end();
        let detail = if is_detail(rest) { rest.len() } else { period };
        is_whole.then(|| FoundMessage {
            entry: self.entry,
            place: original..normal.original_end(text, end + period),
            detail_end: normal.original_end(text, end + detail),
            args: args.iter().map(|arg| arg_text(normal, text, arg)).collect(),
        })
    }

    /// The message at a place in the normalised text, where it counts there.
    fn at(&self, region: &Region, start: usize) -> Option<FoundMessage<'c>> {
        let found = self.read(region, start)?;
        let counts = region.starts_labelled_message(found.place.start, Rank::Exact)
            || self.counts_without_label(region, &found);
        (counts && is_of_own_service(&self.pattern, &found)).then_some(found)
    }

    /// Whether it is no phrase that any program may say; one that starts as any server's answer
    /// with a status may is said to be a message, and with no other status.
    fn counts_without_label(&self, region: &Region, found: &FoundMessage) -> bool {
        let is_own = self.entry.service() == DEFAULT_SERVICE || self.pattern.is_distinctive();
        is_own && (!self.pattern.starts_as_status() || is_said_with_status(region, found))
    }
}

impl<'c> MessageFinder<'c> {
    /// A finder of the catalog's messages, except those that start with an argument.
    pub fn new(catalog: &'c Catalog) -> Self {
        let mut by_literal: BTreeMap<_, Vec<Message>> = BTreeMap::new();
        for entry in catalog.entries() {
            let patterns = messages(entry).map(Pattern::new);
            for pattern in patterns.filter(Pattern::is_recognizable) {
                let alike = by_literal.entry(pattern.literals[0].clone()).or_default();
                alike.push(Message { pattern, entry });
            }
        }
        for alike in by_literal.values_mut() {
            alike.sort_by_key(|message| is_embedded(message.entry));
        }
        MessageFinder {
            phrases: Phrases::new(by_literal.keys().map(String::as_str)),
            messages: by_literal,
        }
    }

    /// The message that starts at a place of the region's text, the longest of several that
    /// do; and of several entries with the same message one of the user's own, else the first.
    pub fn at(&self, region: &Region, place: usize) -> Option<FoundMessage<'c>> {
        let normal = region.normal();
        let start = normal.to_normal(place);
        let is_quote = || region.text().get(place..)?.strip_prefix(['\'', '"']);
        if normal.to_original(start) != place && is_quote().is_none() {
            return None;
        }
        let text = normal.text.get(start..)?;
        let mut alike = self.starting(text).take(MAX_TRIES);
        alike.find_map(|messages| {
            let messages = messages.iter().take(MAX_TRIES);
            let found = messages.filter_map(|message| message.at(region, start));
            let longest = found.reduce(|best, found| {
                let is_longer = found.place.end > best.place.end;
                if is_longer { found } else { best }
            });
            longest.filter(|found| !is_of_another_code(region, found))
        })
    }

    /// The messages whose first literal a text starts with, those with the longest first.
    fn starting(&self, text: &str) -> impl Iterator<Item = &[Message<'c>]> {
        let mut to = Bound::Included(text);
        iter::from_fn(move || {
            loop {
                let (Bound::Included(start) | Bound::Excluded(start)) = to else {
                    return None;
                };
                let mut before = self.messages.range::<str, _>((Bound::Unbounded, to));
                let (literal, messages) = before.next_back()?;
                let common = common_start(start, literal);
                if common.len() == literal.len() {
                    to = Bound::Excluded(common);
                    return Some(&**messages);
                }
                to = Bound::Included(common);
            }
        })
    }
}

/// Whether an argument that is an action is one of the entry's service: every other service
/// says the same of its own.
fn is_of_own_service(pattern: &Pattern, found: &FoundMessage) -> bool {
    let is_action = found.entry.action() == Action::CheckPermission && !pattern.ends_in_argument();
    let mut services = found.args.iter().map(|arg| arg.split(':').next().unwrap_or(arg));
    !is_action || services.all(|service| service.eq_ignore_ascii_case(found.entry.service()))
}

/// Whether another error code stands beside a message. Codes of the catalog's services are found
/// before messages are, unless a terminal has broken them, so it is the code of another service,
/// and the message with it.
fn is_of_another_code(region: &Region, found: &FoundMessage) -> bool {
    let mut codes = region.beside(Role::Code, found.place.start);
    codes.any(|code| is_error_code(&code) && !code.eq_ignore_ascii_case(found.entry.code()))
}

/// Whether a message is said to be one, and no HTTP status beside it is another than the
/// entry's.
fn is_said_with_status(region: &Region, found: &FoundMessage) -> bool {
    let start = found.place.start;
    let mut statuses = region.beside(Role::HttpStatus, start);
    region.starts_labelled_message(start, Rank::Usual)
        && statuses.all(|value| status(&value) == Some(found.entry.status()))
}

fn is_embedded(entry: &Entry) -> bool {
    Catalog::embedded().get_all(entry.code()).any(|known| known == entry)
}
