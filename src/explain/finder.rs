//! Documented messages wherever they stand in a text.

use std::collections::{BTreeMap, HashMap};
use std::iter;
use std::ops::Range;

use wide::u8x16;

use super::fields::{
    LONGEST_MARKUP, Role, fields, is_error_code, is_error_msg, is_message, labels_of_codes, status,
};
use super::tidy::{is_from_curl, tidy};
use crate::bytes::{GROUP, are_of_words};
use crate::catalog::{Catalog, DEFAULT_SERVICE, Entry};
use crate::message::{Normal, Pattern, arg_text, is_detail};

/// A bit for each byte of a group.
const ALL: u32 = (1 << GROUP) - 1;
/// Bytes before and after a message that may say that it is of another service.
pub const BESIDE: usize = 512;

/// A documented message found in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FoundMessage<'c> {
    /// The entry whose message it is.
    pub entry: &'c Entry,
    /// Where the message stands, its final period included.
    pub place: Range<usize>,
    /// Where the detail behind it ends: with its line or string. The end of `place`
    /// where there is none.
    pub detail_end: usize,
    /// What the `{0}`s stood for.
    pub args: Vec<String>,
}

/// The entry's message where it stands in `text` at or nearest to `near`.
pub fn find_near<'c>(entry: &'c Entry, text: &str, near: usize) -> Option<FoundMessage<'c>> {
    let pattern = Pattern::new(entry.message());
    let normal = Normal::new(text);
    let literal = pattern.literals.first()?;
    if literal.trim().is_empty() {
        return None;
    }
    let found = normal
        .text
        .match_indices(literal.as_str())
        .filter_map(|(start, _)| found_at(entry, &pattern, &normal, text, start));
    found.min_by_key(|found| found.place.start.abs_diff(near))
}

fn found_at<'c>(
    entry: &'c Entry,
    pattern: &Pattern,
    normal: &Normal,
    text: &str,
    start: usize,
) -> Option<FoundMessage<'c>> {
    if !starts_word(&normal.text, start) {
        return None;
    }
    let (args, end) = pattern.at(normal, start)?;
    let is_whole = if pattern.ends_in_argument() {
        normal.starts_value(start) || is_message(&text[..normal.original(start)])
    } else {
        normal.ends_sentence(end)
    };
    if !is_whole {
        return None;
    }
    let period = usize::from(normal.text[end..].starts_with('.'));
    let rest = normal.value(end).trim_end();
    let detail = if is_detail(rest) { rest.len() } else { period };
    Some(FoundMessage {
        entry,
        place: normal.original(start)..normal.original_end(text, end + period),
        detail_end: normal.original_end(text, end + detail),
        args: args.iter().map(|arg| arg_text(normal, text, arg)).collect(),
    })
}

/// Whether no word goes on at `place`.
fn starts_word(text: &str, place: usize) -> bool {
    !text[..place].ends_with(|c: char| c.is_alphanumeric() || c == '_')
}

/// Finds any documented message of a catalog in texts.
#[derive(Debug)]
pub struct Finder<'c> {
    /// By their first literals, ascending.
    groups: Vec<Group<'c>>,
    starts: Starts,
}

/// A message to look for.
#[derive(Debug)]
struct Message<'c> {
    pattern: Pattern,
    entry: &'c Entry,
    evidence: Evidence,
}

/// What it takes for a message to count, the most first. As the value of `error_msg` each
/// does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Evidence {
    /// That label: any program may say as much.
    Label,
    /// The label of a message, and no other HTTP status: it starts as any server's answer
    /// with a status may.
    Status,
    /// Nothing else.
    Words,
}

impl Evidence {
    fn of(entry: &Entry, pattern: &Pattern) -> Self {
        if entry.service() != DEFAULT_SERVICE && !pattern.is_distinctive() {
            Evidence::Label
        } else if pattern.starts_as_status() {
            Evidence::Status
        } else {
            Evidence::Words
        }
    }
}

/// The messages that share their first literal: the user's own first, then in
/// catalog order.
#[derive(Debug)]
struct Group<'c> {
    messages: Vec<Message<'c>>,
    /// The group of the longest first literal that this one starts with.
    shorter: Option<usize>,
}

impl<'c> Group<'c> {
    fn literal(&self) -> &str {
        &self.messages[0].pattern.literals[0]
    }

    /// The message that stands at `start`, the longest of the group and the first of
    /// several as long; none where it does not count there.
    fn find(&self, normal: &Normal, text: &str, start: usize) -> Option<FoundMessage<'c>> {
        let messages = self.messages.iter();
        let found = messages.filter_map(|message| {
            let found = found_at(message.entry, &message.pattern, normal, text, start)?;
            let counts = match message.evidence {
                Evidence::Words => true,
                Evidence::Status => is_said_with_status(text, &found.place, found.entry.status()),
                Evidence::Label => false,
            };
            (counts || is_error_msg(&text[..found.place.start])).then_some(found)
        });
        let longest = found.reduce(|best, found| {
            if found.place.end > best.place.end {
                found
            } else {
                best
            }
        });
        longest.filter(|found| !is_of_another_service(text, &found.place))
    }
}

impl<'c> Finder<'c> {
    /// A finder of the catalog's messages, except those that start with an argument.
    pub fn new(catalog: &'c Catalog) -> Self {
        let mut by_literal: BTreeMap<String, Vec<Message>> = BTreeMap::new();
        for entry in catalog.entries() {
            let pattern = Pattern::new(entry.message());
            if pattern.tells_something() {
                let group = by_literal.entry(pattern.literals[0].clone()).or_default();
                group.push(Message {
                    evidence: Evidence::of(entry, &pattern),
                    pattern,
                    entry,
                });
            }
        }
        let mut groups: Vec<Group> = Vec::with_capacity(by_literal.len());
        for (literal, mut messages) in by_literal {
            if messages.len() > 1 {
                let is_own = |message: &Message| !is_embedded(message.entry);
                let (own, embedded): (Vec<_>, Vec<_>) = messages.into_iter().partition(is_own);
                messages = without_repetition(own.into_iter().chain(embedded));
            }
            let mut shorter = groups.len().checked_sub(1);
            while let Some(group) = shorter
                && !literal.starts_with(groups[group].literal())
            {
                shorter = groups[group].shorter;
            }
            groups.push(Group { messages, shorter });
        }
        Finder {
            starts: Starts::new(groups.iter().map(Group::literal)),
            groups,
        }
    }

    /// The messages in `text`, in order, none inside another; of several that start
    /// at a place the longest, and of several entries with the same message one of the
    /// user's own, else the first.
    pub fn find(&self, text: &str) -> Vec<FoundMessage<'c>> {
        let normal = Normal::new(text);
        let mut all = Vec::new();
        let mut from = 0;
        for start in self.starts.places(&normal.text) {
            if normal.original(start) < from {
                continue;
            }
            let found = self
                .starting(&normal.text[start..])
                .find_map(|group| group.find(&normal, text, start));
            from = found.as_ref().map_or(from, |found| found.place.end);
            all.extend(found);
        }
        all
    }

    /// The groups whose first literal `text` starts with, the longest first.
    fn starting(&self, text: &str) -> impl Iterator<Item = &Group<'c>> {
        let before = self.groups.partition_point(|group| group.literal() <= text);
        let shorter = |number: &usize| self.groups[*number].shorter;
        let numbers = iter::successors(before.checked_sub(1), shorter);
        let groups = numbers.map(|number| &self.groups[number]);
        groups.filter(|group| text.starts_with(group.literal()))
    }
}

/// What the first literals start with, for a quick look at where one may stand.
#[derive(Debug)]
struct Starts {
    /// The bytes that count, as a mask: as many as the shortest literal has, 8 at most.
    mask: u64,
    /// A bit for each hash of these bytes.
    hashes: Vec<u64>,
}

impl Starts {
    fn new<'t>(literals: impl Iterator<Item = &'t str> + Clone) -> Self {
        let shortest = literals.clone().map(str::len).min().unwrap_or(0);
        let mask = match shortest {
            0..8 => (1 << (8 * shortest)) - 1,
            _ => u64::MAX,
        };
        let mut starts = Starts {
            mask,
            hashes: vec![0; (1 << u16::BITS) / 64],
        };
        for literal in literals {
            let hash = starts.hash(literal.as_bytes());
            starts.hashes[hash / 64] |= 1 << (hash % 64);
        }
        starts
    }

    /// 16 bits made of the bytes that count.
    fn hash(&self, text: &[u8]) -> usize {
        const FACTOR: u64 = 0x9e37_79b9_7f4a_7c15;
        let bytes = text.first_chunk().copied().unwrap_or_else(|| {
            let mut bytes = [0; 8];
            bytes[..text.len()].copy_from_slice(text);
            bytes
        });
        let bytes = u64::from_le_bytes(bytes) & self.mask;
        (bytes.wrapping_mul(FACTOR) >> 48) as usize
    }

    /// The places in `text` where a word starts and one of the literals may.
    fn places(&self, text: &str) -> Vec<usize> {
        let bytes = text.as_bytes();
        let (groups, rest) = bytes.as_chunks();
        // Filled up; what is found in the filling is beyond the text.
        let mut last = [0; GROUP];
        last[..rest.len()].copy_from_slice(rest);
        let mut places = Vec::new();
        let mut behind_word = 0;
        for (number, group) in groups.iter().chain([&last]).enumerate() {
            let of_words = are_of_words(u8x16::new(*group)).to_bitmask();
            let mut starts = !(of_words << 1 | behind_word) & ALL;
            behind_word = of_words >> (GROUP - 1) & 1;
            while starts != 0 {
                let start = number * GROUP + starts.trailing_zeros() as usize;
                starts &= starts - 1;
                if start < bytes.len() && self.may_start(&bytes[start..]) {
                    places.push(start);
                }
            }
        }
        // Of letters beyond ASCII, too.
        places.retain(|start| text.is_char_boundary(*start) && starts_word(text, *start));
        places
    }

    /// Whether a text may start with one of the literals.
    fn may_start(&self, text: &[u8]) -> bool {
        let hash = self.hash(text);
        self.hashes[hash / 64] >> (hash % 64) & 1 == 1
    }
}

/// Whether an error code stands beside a message. Codes of the catalog's services are
/// found before messages are, so it is the code of another service, and the message with
/// it.
fn is_of_another_service(text: &str, message: &Range<usize>) -> bool {
    let beside = beside(text.as_bytes(), message);
    // Most lines have no such label, and are not looked at closely.
    if labels_of_codes(beside).next().is_none() {
        return false;
    }
    let beside = tidied(beside);
    labels_of_codes(beside.as_bytes()).any(|label| {
        let fields = fields(&beside, label..beside.len().min(label + LONGEST_MARKUP));
        let mut fields = fields.into_iter();
        fields.any(|field| field.role == Role::Code && is_error_code(&field.value()))
    })
}

/// Whether a message is said to be one, and no HTTP status beside it is another than the
/// entry's.
fn is_said_with_status(text: &str, message: &Range<usize>, expected: u16) -> bool {
    if !is_message(&text[..message.start]) {
        return false;
    }
    let beside = tidied(beside(text.as_bytes(), message));
    let fields = fields(&beside, 0..beside.len());
    let statuses = fields.iter().filter(|field| field.role == Role::HttpStatus);
    let mut statuses = statuses.filter_map(|field| status(&field.value()));
    statuses.all(|status| status == expected)
}

fn tidied(text: &[u8]) -> String {
    let text = String::from_utf8_lossy(text);
    tidy(&text, true, is_from_curl(&text, true))
}

/// What stands beside a message: in the same object, or on the same line where it is in
/// none.
fn beside<'t>(text: &'t [u8], message: &Range<usize>) -> &'t [u8] {
    let before = &text[message.start.saturating_sub(BESIDE)..message.start];
    let after = &text[message.end..text.len().min(message.end + BESIDE)];
    let is_end = |byte: &u8| *byte == b'\n';
    let opening = unmatched(before.iter().rev(), b'{', b'}');
    let closing = match opening {
        Some(_) => unmatched(after.iter(), b'}', b'{'),
        None => after.iter().position(is_end),
    };
    let start = opening.or_else(|| before.iter().rev().position(is_end));
    let start = message.start - start.unwrap_or(before.len());
    let end = message.end + closing.unwrap_or(after.len());
    &text[start..end]
}

/// How many bytes stand before the first `wanted` that no `other` has opened.
fn unmatched<'b>(bytes: impl Iterator<Item = &'b u8>, wanted: u8, other: u8) -> Option<usize> {
    let mut open = 0;
    let mut bytes = bytes.enumerate();
    let found = bytes.find(|(_, byte)| {
        let is_wanted = **byte == wanted && open == 0;
        open += i32::from(**byte == other) - i32::from(**byte == wanted);
        is_wanted
    });
    found.map(|(distance, _)| distance)
}

/// The first of each several of the same message. It counts wherever one of them would.
fn without_repetition<'c>(all: impl Iterator<Item = Message<'c>>) -> Vec<Message<'c>> {
    let mut places = HashMap::new();
    let mut messages: Vec<Message<'c>> = Vec::new();
    for message in all {
        let place = *places
            .entry(message.pattern.literals.clone())
            .or_insert(messages.len());
        match messages.get_mut(place) {
            Some(same) => same.evidence = same.evidence.max(message.evidence),
            None => messages.push(message),
        }
    }
    messages
}

fn is_embedded(entry: &Entry) -> bool {
    Catalog::embedded()
        .get_all(entry.code())
        .any(|known| known == entry)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry(number: &str) -> &'static Entry {
        Catalog::embedded()
            .get(&format!("Organizations.{number}"))
            .unwrap()
    }

    fn found(text: &str) -> Vec<(String, &str)> {
        let finder = Finder::new(Catalog::embedded());
        let found = finder.find(text).into_iter();
        found
            .map(|found| (found.entry.code()[14..].to_owned(), &text[found.place]))
            .collect()
    }

    #[test]
    fn messages_with_arguments_of_any_script_are_found() {
        for arg in ["é", "配额不足", "👍", r"x\u9519"] {
            let message = format!("Bad Request: {arg}");
            let text = format!("msg: {message}");
            assert_eq!(found(&text), [("2007".to_owned(), message.as_str())]);
            let message = format!("Policy doesn't allow '{arg}' to be performed.");
            assert_eq!(found(&message), [("1007".to_owned(), message.as_str())]);
        }
    }

    #[test]
    fn the_longest_message_wins() {
        let longer = &entry("1002").message;
        assert_eq!(found(longer), [("1002".to_owned(), longer.as_ref())]);
        let shorter = &entry("1001").message;
        assert_eq!(found(shorter), [("1001".to_owned(), shorter.as_ref())]);
    }

    #[test]
    fn messages_are_found_whole_and_where_they_stand() {
        let text = "{\"message\": \"Not found\n for TAG resource\"} not found for tags, not found for tag.";
        assert_eq!(
            found(text),
            [
                ("1701".to_owned(), "Not found\n for TAG resource"),
                ("1700".to_owned(), "not found for tag."),
            ]
        );
        let text = "│ this operation can be called only from the organization's │ member account.";
        assert_eq!(found(text), [("1018".to_owned(), &text["│ ".len()..])]);
    }

    #[test]
    fn a_message_in_the_argument_of_another_is_a_part_of_it() {
        let text = "msg=Bad Request: >Bad Request: not found for tag.\nNot found for tag.";
        let (first, second) = text["msg=".len()..].split_once('\n').unwrap();
        let both = [("2007".to_owned(), first), ("1700".to_owned(), second)];
        assert_eq!(found(text), both);
    }

    #[test]
    fn what_starts_as_a_status_is_a_message_if_it_is_said_to_be_one() {
        for said in [
            r#"{"message":"Bad Request: no agency."}"#,
            r#"{"status":403,"message":"Bad Request: no agency."}"#,
            r#"{"status":400,"error_msg":"Bad Request: no agency."}"#,
        ] {
            assert_eq!(found(said).len(), 1, "{said}");
        }
        for other in [
            "Bad Request: /api/v1/users/",
            r#"{"error_code":400,"description":"Bad Request: no chat."}"#,
            r#"{"status":400,"message":"Bad Request: no name."}"#,
        ] {
            assert_eq!(found(other), [], "{other}");
        }
    }

    #[test]
    fn every_message_is_found_by_its_own_entry() {
        let finder = Finder::new(Catalog::embedded());
        for entry in Catalog::embedded().entries() {
            let message = entry.message().replace("{0}", "x:y:z").replace("''", "'");
            let label = "error_msg: ";
            let text = format!("{label}{message}");
            let found = finder.find(&text);
            assert_eq!(found.len(), 1, "{message}");
            let same = |text: &str| text.trim_end_matches('.').to_lowercase();
            assert_eq!(same(found[0].entry.message()), same(entry.message()));
            assert_eq!(found[0].place, label.len()..text.len());
            let is_of_gateway = entry.service() == "APIGW";
            let is_label_needed = is_of_gateway && !Pattern::new(&message).is_distinctive()
                || entry.code() == "Organizations.2007";
            assert_eq!(
                finder.find(&message).len(),
                usize::from(!is_label_needed),
                "{message}"
            );
        }
    }
}
