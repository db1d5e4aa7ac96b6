//! Finds documented messages wherever they stand in a text.

use std::collections::BTreeMap;
use std::iter;
use std::ops::{Bound, Range};

use memchr::memmem;

use super::client_sentences::SentenceFinder;
use super::phrases::Phrases;
use super::region::Region;
use super::values::{Rank, Role, has_error_code, is_error_code, is_id_char, status};
use crate::catalog::{Action, Catalog, DEFAULT_SERVICE, Entry};
use crate::data::words::is_ideograph;
use crate::message::{PERIODS, Pattern, arg_text, is_detail, messages, starts_word};
use crate::substrings::{common_start, end_of, start_of};

/// The most first literals that are tried at a place, and messages with the same one. No real
/// catalog has more.
const MAX_LITERALS: usize = 64;
const MAX_ALIKE: usize = 64;
/// What may stand behind a message at the end of a string: a quote, or the start of its escape.
const QUOTES: [char; 5] = ['"', '\'', '`', '’', '\\'];
/// The most bytes before a message in which a bar shows that it stands in a row of a table, and on
/// each side of a message in which an error code shows that it belongs to that code.
const MAX_ROW: usize = 256;

/// A documented message found in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct FoundMessage<'c> {
    /// The entry whose message it is.
    pub entry: &'c Entry,
    /// Where the message stands, its final period included.
    pub place: Range<usize>,
    /// Where the detail after the message ends, at the latest with its line or string. The end of
    /// `place` if there is no detail.
    pub detail_end: usize,
    /// What the text says in place of `{0}`, `{1}` … in the message.
    pub args: Vec<String>,
}

/// Finds the entry's message in a part of the region, the one nearest to `near` if several.
pub(super) fn find_near<'c>(
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
        let starts = memmem::find_iter(text.as_bytes(), literal.as_bytes());
        let found = starts.filter_map(|at| message.read(region, part.start + at, part.end));
        found.min_by_key(|found| found.place.start.abs_diff(near))
    });
    found.min_by_key(|found| found.place.start.abs_diff(near))
}

/// Finds any documented message of a catalog in texts.
#[derive(Debug)]
pub(super) struct MessageFinder<'c> {
    /// The messages by their first literal, the text before the first argument. Under each literal,
    /// those of the user's own entries come before the embedded ones.
    messages: BTreeMap<String, Vec<Message<'c>>>,
    /// Finds where in a raw text a message may start.
    pub phrases: Phrases,
}

/// A message to look for.
#[derive(Debug)]
struct Message<'c> {
    pattern: Pattern,
    entry: &'c Entry,
}

impl<'c> Message<'c> {
    /// Reads the message at a place in the normalised text, if it is there and ends by `limit`.
    fn read(&self, region: &Region, start: usize, limit: usize) -> Option<FoundMessage<'c>> {
        let (normal, text) = (region.normal(), region.text());
        if !starts_word(&normal.text, start) {
            return None;
        }
        let original = normal.to_original(start);
        let string = region.string_end(original);
        let limit = string.map_or(limit, |end| normal.to_normal(end).min(limit));
        let (args, end) = self.pattern.at(normal, start, limit)?;
        let is_whole = if self.pattern.ends_in_argument() {
            // `ApiError(403, 'Organizations.2007', 'Bad Request: …')`
            let before = text[..original].trim_end_matches(|c| "\"', ".contains(c));
            let is_next_string = || {
                string.is_some()
                    && before.rsplit(|c| !is_id_char(c)).next().is_some_and(is_error_code)
            };
            normal.starts_value(start)
                || is_next_string()
                || region.starts_labelled_message(original, Rank::Usual)
        } else {
            end >= limit || normal.ends_sentence(end)
        };
        let next = normal.text[end..].chars().next().filter(|c| end < limit && PERIODS.contains(c));
        let period = next.map_or(0, char::len_utf8);
        // The detail ends at a bar, where the next cell of a table starts.
        let row = end_of(&text[..original], MAX_ROW).rsplit('\n').next().unwrap_or_default();
        let value = normal.value(end, limit);
        let cell = if row.contains('|') { value.split(" |").next() } else { None };
        let rest = cell.unwrap_or(value).trim_end();
        // A Chinese or Japanese sentence that quotes a message goes on after the message's period.
        let is_quoted = || {
            string.is_none()
                && rest.starts_with(PERIODS)
                && normal.text[start..end].is_ascii()
                && rest
                    .find(char::is_alphanumeric)
                    .is_some_and(|at| rest[at..].starts_with(is_ideograph))
        };
        let detail = if is_detail(rest) && !is_quoted() { rest.len() } else { period };
        is_whole.then(|| FoundMessage {
            entry: self.entry,
            place: original..normal.original_end(text, end + period),
            detail_end: normal.original_end(text, end + detail),
            args: args.iter().map(|arg| arg_text(normal, text, arg)).collect(),
        })
    }

    /// Reads the message at a place in the normalised text, if its label or wording makes it count.
    fn at(&self, region: &Region, start: usize) -> Option<FoundMessage<'c>> {
        if self.lacks_label(region, start) {
            return None;
        }
        // Asked first, as it needs no tree.
        self.wording_end(region, start)?;
        let found = self.read(region, start, region.normal().text.len())?;
        let counts = !self.needs_label()
            || region.starts_labelled_message(found.place.start, Rank::Exact)
            || self.has_own_wording() && is_labelled_without_other_status(region, &found);
        counts.then_some(found)
    }

    /// Where the message ends in the normalised text, if its wording stands at `start`, with
    /// actions of its service. Needs no tree, which takes most of the time to make.
    fn wording_end(&self, region: &Region, start: usize) -> Option<usize> {
        let normal = region.normal();
        let (args, end) = self.pattern.at(normal, start, normal.text.len())?;
        let mut args = args.iter().map(|arg| arg_text(normal, region.text(), arg));
        let ends_string = || {
            let behind = &region.text()[normal.original_end(region.text(), end)..];
            behind.trim_start_matches(PERIODS).starts_with(QUOTES)
        };
        let is_whole =
            self.pattern.ends_in_argument() || normal.ends_sentence(end) || ends_string();
        (is_whole && (!self.names_action() || args.all(|arg| self.is_own_action(&arg))))
            .then_some(end)
    }

    /// Whether the message counts only behind a label, and a digit or a period right before it
    /// shows that there is no label: `400 Bad Request`.
    fn lacks_label(&self, region: &Region, start: usize) -> bool {
        let before = region.text()[..region.normal().to_original(start)].trim_end();
        self.needs_label() && before.ends_with(|c: char| c.is_ascii_digit() || c == '.')
    }

    /// Whether the message counts only behind a label, because any program may say the same, or a
    /// server in its status line (`Bad request`).
    fn needs_label(&self) -> bool {
        !self.has_own_wording() || self.pattern.starts_as_status()
    }

    /// Whether no other program says the same.
    fn has_own_wording(&self) -> bool {
        self.entry.service() == DEFAULT_SERVICE || self.pattern.is_distinctive()
    }

    /// Whether its arguments are IAM actions. Other services use the same message for theirs.
    fn names_action(&self) -> bool {
        self.entry.action() == Action::CheckPermission && !self.pattern.ends_in_argument()
    }

    fn is_own_action(&self, arg: &str) -> bool {
        let action = arg.split_once(':');
        action.is_some_and(|(service, _)| service.eq_ignore_ascii_case(self.entry.service()))
    }
}

impl<'c> MessageFinder<'c> {
    /// Makes a finder of the catalog's messages, except those that are too short or start with an
    /// argument. Its `phrases` find candidates for `sentences` in the same pass.
    pub(super) fn new(catalog: &'c Catalog, sentences: &SentenceFinder) -> Self {
        let mut by_literal: BTreeMap<_, Vec<Message>> = BTreeMap::new();
        for entry in catalog.entries() {
            let patterns = messages(entry).map(Pattern::new);
            for pattern in patterns.filter(Pattern::is_recognizable) {
                let alike = by_literal.entry(pattern.literals[0].clone()).or_default();
                alike.push(Message { pattern, entry });
            }
        }
        for alike in by_literal.values_mut() {
            let embedded = |code| Catalog::embedded().get_all(code);
            alike.sort_by_key(|it| embedded(it.entry.code()).any(|known| known == it.entry));
        }
        let literals: Vec<_> = by_literal.keys().map(String::as_str).collect();
        let phrases = Phrases::new(&literals, &sentences.texts());
        MessageFinder { phrases, messages: by_literal }
    }

    /// The message that starts at a place of the region's text. If several do, the longest
    /// first literal decides, then the longest message; among equals, the user's own entries come
    /// first.
    pub(super) fn at(&self, region: &Region, place: usize) -> Option<FoundMessage<'c>> {
        let normal = region.normal();
        let start = normal.to_normal(place);
        let text = normal.text.get(start..)?;
        let mut alike = self.starting(text).take(MAX_LITERALS);
        alike.find_map(|messages| {
            let messages = messages.iter().take(MAX_ALIKE);
            let found = messages.filter_map(|message| message.at(region, start));
            // Of messages of the same length, the first.
            let longest = found.rev().max_by_key(|found| found.place.end);
            longest.filter(|found| !is_of_another_code(region, found))
        })
    }

    /// The entry of the message at a place of the region's text, and where the message ends,
    /// if it counts without a label, does not end in an argument, and no error code stands near it.
    pub(super) fn wording_at(&self, region: &Region, place: usize) -> Option<(&'c Entry, usize)> {
        let (normal, text) = (region.normal(), region.text());
        let start = normal.to_normal(place);
        let near = [end_of(&text[..place], MAX_ROW), start_of(&text[place..], MAX_ROW)];
        if !starts_word(&normal.text, start) || near.into_iter().any(has_error_code) {
            return None;
        }
        let mut alike = self.starting(normal.text.get(start..)?).take(MAX_LITERALS);
        let (entry, end) = alike.find_map(|messages| {
            let mut messages = messages
                .iter()
                .take(MAX_ALIKE)
                .filter(|message| !message.needs_label() && !message.pattern.ends_in_argument());
            messages.find_map(|it| Some((it.entry, it.wording_end(region, start)?)))
        })?;
        Some((entry, normal.original_end(text, end)))
    }

    /// The messages whose first literal a text starts with, the longest literal first.
    /// Steps back through the sorted literals, each time to what the text has in common with the
    /// last one.
    fn starting(&self, text: &str) -> impl Iterator<Item = &[Message<'c>]> {
        let mut upper = Bound::Included(text);
        iter::from_fn(move || {
            loop {
                let (Bound::Included(start) | Bound::Excluded(start)) = upper else { return None };
                let mut before = self.messages.range::<str, _>((Bound::Unbounded, upper));
                let (literal, messages) = before.next_back()?;
                let common = common_start(start, literal);
                if common.len() == literal.len() {
                    upper = Bound::Excluded(common);
                    return Some(&**messages);
                }
                upper = Bound::Included(common);
            }
        })
    }
}

/// Whether another error code stands beside a message. Then both belong to another service: codes
/// of the catalog's services are found before messages, unless a terminal has wrapped them.
fn is_of_another_code(region: &Region, found: &FoundMessage) -> bool {
    let mut codes = region.beside(Role::Code, found.place.start);
    codes.any(|code| is_error_code(&code) && !code.eq_ignore_ascii_case(found.entry.code()))
}

/// Whether a message has a label, and each HTTP status beside it is the entry's.
fn is_labelled_without_other_status(region: &Region, found: &FoundMessage) -> bool {
    let start = found.place.start;
    let mut statuses = region.beside(Role::HttpStatus, start);
    region.starts_labelled_message(start, Rank::Usual)
        && statuses.all(|value| status(&value) == Some(found.entry.status()))
}
