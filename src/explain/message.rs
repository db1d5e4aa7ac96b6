//! Documented messages as patterns: which one a text is, and what its `{0}` stood
//! for. Pages of other services write `%s` where the value stands.
//!
//! Texts are compared without regard to ASCII case, white space, quotes and the
//! final period; `''` in a pattern is one apostrophe, as in Java's `MessageFormat`.

use std::collections::{BTreeMap, HashMap};
use std::ops::Range;

use memchr::memmem;

use super::fields::{Role, fields, is_error_code, is_error_msg};
use super::tidy::{is_from_curl, tidy};
use crate::catalog::{Catalog, DEFAULT_SERVICE, Entry};
use crate::search::tokens::words;

/// Words that a message has at least: `-`, `N/A` and `Failed.` stand in any text.
const FEWEST_WORDS: usize = 2;
/// Bytes that a message of another service than Organizations has at least, without its
/// arguments, to be recognised wherever it stands. Shorter ones are phrases that any
/// program may say: "Backend timeout", "An unexpected error occurred". Bytes, because
/// fewer characters say as much in Chinese.
const DISTINCTIVE: usize = 35;
/// Bytes before and after a message that may say that it is of another service.
pub const BESIDE: usize = 512;
/// Bytes that an argument in the middle of a message has at most.
const LONGEST_ARGUMENT: usize = 512;
/// Bytes that an argument at the end of a message has at most, where the message
/// is looked for in a longer text.
const LONGEST_LAST_ARGUMENT: usize = 8 * 1024;

/// A documented message, taken apart at its `{0}`s.
#[derive(Debug)]
struct Pattern {
    /// The text around the arguments, normalised; one more than there are arguments.
    literals: Vec<String>,
}

/// A documented message found in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found<'c> {
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

impl Pattern {
    fn new(message: &str) -> Self {
        let mut literals = Vec::new();
        let mut rest = message;
        while let Some(argument) = argument(rest) {
            literals.push(Normal::new(&rest[..argument.start]).text);
            rest = &rest[argument.end..];
        }
        let mut last = Normal::new(rest).text;
        while last.ends_with(['.', ' ']) {
            last.pop();
        }
        literals.push(last);
        Pattern { literals }
    }

    /// Whether it has what it takes to be known in a text: words before the first
    /// argument, and two at least in all.
    fn tells_something(&self) -> bool {
        let mut words = self.literals.iter().map(|text| words_of_letters(text));
        let of_first = words.next().unwrap_or(0);
        of_first > 0 && of_first + words.sum::<usize>() >= FEWEST_WORDS
    }

    /// Whether its words alone tell it from other text.
    fn is_distinctive(&self) -> bool {
        let lengths = self.literals.iter().map(String::len);
        lengths.sum::<usize>() >= DISTINCTIVE
    }

    /// Whether anything may be its end: then only its start tells it from other text.
    fn ends_in_argument(&self) -> bool {
        self.literals.len() > 1 && self.literals.last().is_some_and(String::is_empty)
    }

    /// The arguments of the pattern where `normal` starts with it at `start`, as
    /// places in the normalised text, and where the pattern ends. A last argument
    /// ends where its line or its string does.
    fn at(&self, normal: &Normal, start: usize) -> Option<(Vec<Range<usize>>, usize)> {
        let text = &normal.text;
        let (first, others) = self.literals.split_first()?;
        let mut end = start
            + text[start..]
                .strip_prefix(first.as_str())
                .map(|_| first.len())?;
        let mut args = Vec::new();
        for (number, literal) in others.iter().enumerate() {
            let is_last = literal.is_empty() && number + 1 == others.len();
            let length = if is_last {
                normal.value(end).trim_end_matches(['.', ' ']).len()
            } else {
                start_of(&text[end..], LONGEST_ARGUMENT + literal.len()).find(literal.as_str())?
            };
            let argument = &text[end..end + length];
            if argument.trim_matches([' ', '"']).is_empty() {
                return None;
            }
            args.push(end..end + length);
            end += length + literal.len();
        }
        let ends_word = !text[end..].starts_with(|c: char| c.is_alphanumeric() || c == '_');
        ends_word.then_some((args, end))
    }
}

/// How many words of two letters or more a text has; a character of a script without
/// spaces is a word.
fn words_of_letters(text: &str) -> usize {
    let letters = |word: &str| word.chars().filter(|c| c.is_alphabetic()).count();
    let words = words(text).into_iter();
    words
        .filter(|(word, ..)| !word.is_ascii() || letters(word) >= 2)
        .count()
}

/// The start of the text, `most` bytes at most.
fn start_of(text: &str, most: usize) -> &str {
    let mut end = text.len().min(most);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    &text[..end]
}

/// The first argument of a pattern: `{0}`, `{xxx}`, `%s`, `%1$s` or `%(xxx)s`.
fn argument(pattern: &str) -> Option<Range<usize>> {
    let in_braces = pattern.find('{').and_then(|start| {
        let length = pattern[start..].find('}')? + 1;
        Some(start..start + length)
    });
    let mut percents = pattern.match_indices('%').map(|(start, _)| start);
    let converted = percents.find_map(|start| Some(start..start + conversion(&pattern[start..])?));
    let first = [in_braces, converted].into_iter().flatten();
    first.min_by_key(|argument| argument.start)
}

/// The bytes of the conversion that a text starts with, as in formats of C, Go and Python.
fn conversion(text: &str) -> Option<usize> {
    let rest = text.strip_prefix('%')?;
    let numbered = rest.trim_start_matches(|c: char| c.is_ascii_digit());
    let rest = match (rest.strip_prefix('('), numbered.strip_prefix('$')) {
        (Some(named), _) => named.split_once(')')?.1,
        (_, Some(after)) => after,
        _ => rest,
    };
    let rest = rest.strip_prefix(['s', 'd', 'v'])?;
    // "50%discount" is none.
    let is_word = rest.starts_with(|c: char| c.is_alphanumeric());
    (!is_word).then_some(text.len() - rest.len())
}

/// A text in the form in which messages are compared, with the way back.
struct Normal {
    text: String,
    /// Places where the way back jumps: in `text` and in the original.
    jumps: Vec<(usize, usize)>,
    /// Where lines and strings end in `text`, ascending.
    ends: Vec<usize>,
    /// Bytes that a value has at most.
    longest_value: usize,
}

impl Normal {
    fn new(original: &str) -> Self {
        let mut normal = Normal {
            text: String::with_capacity(original.len()),
            jumps: Vec::new(),
            ends: Vec::new(),
            longest_value: LONGEST_LAST_ARGUMENT,
        };
        let mut rest = original;
        while let Some(c) = rest.chars().next() {
            let at = original.len() - rest.len();
            let mut after_space = normal.text.ends_with(' ');
            let is_kept = |byte: &u8| {
                let is_space = *byte == b' ';
                let is_second = std::mem::replace(&mut after_space, is_space) && is_space;
                is_plain(*byte) || is_space && !is_second
            };
            let plain = rest.bytes().take_while(is_kept).count();
            if plain > 0 {
                normal.push(at, &rest[..plain]);
                rest = &rest[plain..];
                continue;
            }
            let (meaning, length) = unescaped(rest, c);
            rest = &rest[length..];
            let collapsed = normal.text.ends_with(' ');
            if matches!(c, '\n' | '"') {
                normal.ends.push(normal.text.len() - usize::from(collapsed));
            }
            match meaning {
                '\'' | '’' | '‘' | '`' | '\\' => {}
                c if c.is_whitespace() || is_frame(c) => {
                    if !collapsed {
                        normal.push(at, " ");
                    }
                }
                c => normal.push(at, c.encode_utf8(&mut [0; 4])),
            }
        }
        normal.text.make_ascii_lowercase();
        normal
    }

    /// Adds what is kept of the original from `at` on.
    fn push(&mut self, at: usize, kept: &str) {
        let end = self.text.len();
        let (of_text, original) = self.jumps.last().copied().unwrap_or_default();
        if original + (end - of_text) != at {
            self.jumps.push((end, at));
        }
        self.text.push_str(kept);
    }

    /// The place in the original of the character that is at `place` in the text.
    fn original(&self, place: usize) -> usize {
        let jump = self.jumps.partition_point(|(of_text, _)| *of_text <= place);
        match jump.checked_sub(1) {
            Some(jump) => self.jumps[jump].1 + (place - self.jumps[jump].0),
            None => place,
        }
    }

    /// The place in `original` behind the character that ends at `end` in the text.
    fn original_end(&self, original: &str, end: usize) -> usize {
        let Some(last) = self.text[..end].chars().next_back() else {
            return 0;
        };
        let start = self.original(end - last.len_utf8());
        let rest = &original[start..];
        start + rest.chars().next().map_or(0, |c| unescaped(rest, c).1)
    }

    /// Whether a line, a string or the value of a key starts at `place`.
    fn starts_value(&self, place: usize) -> bool {
        let before = self.text[..place].trim_end();
        let next_end = self.ends.partition_point(|end| *end < before.len());
        before.is_empty()
            || before.ends_with(['"', '>', '='])
            || self.ends.get(next_end).is_some_and(|end| *end <= place)
    }

    /// Whether the sentence that ends at `place` is not a part of a longer one: no
    /// word follows but one that is a key, or what a dash sets off.
    fn ends_sentence(&self, place: usize) -> bool {
        let rest = &self.text[place..];
        let Some(next) = rest
            .strip_prefix(' ')
            .filter(|_| self.ends.binary_search(&place).is_err())
        else {
            return true;
        };
        let is_key = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-');
        let after = next.trim_start_matches(is_key);
        after.len() == next.len() || after.starts_with([':', '=']) || next.starts_with("- ")
    }

    /// The same text as one value, whatever lines and strings are in it.
    fn into_one_value(mut self) -> Self {
        self.ends.clear();
        self.longest_value = usize::MAX;
        self
    }

    /// The line or string from `place` on.
    fn value(&self, place: usize) -> &str {
        let next = self.ends.partition_point(|end| *end <= place);
        let end = self.ends.get(next).copied().unwrap_or(self.text.len());
        start_of(&self.text[place..end], self.longest_value)
    }
}

/// The character that `rest` starts with, or that an escape there stands for, and
/// the bytes it takes.
fn unescaped(rest: &str, first: char) -> (char, usize) {
    if first != '\\' {
        return (first, first.len_utf8());
    }
    match rest.as_bytes().get(1) {
        Some(b'n' | b'r' | b't') => (' ', 2),
        Some(b'u') => {
            let digits = rest
                .get(2..6)
                .and_then(|digits| u32::from_str_radix(digits, 16).ok());
            digits
                .and_then(char::from_u32)
                .map_or(('\\', 1), |c| (c, 6))
        }
        _ => ('\\', 1),
    }
}

/// Whether a byte stands for itself wherever messages are compared, but for its case.
fn is_plain(byte: u8) -> bool {
    byte.is_ascii_graphic() && !matches!(byte, b'"' | b'\'' | b'`' | b'\\')
}

/// Whether a tool draws frames around messages with the character.
fn is_frame(c: char) -> bool {
    matches!(c, '│' | '╷' | '╵' | '┃' | '║')
}

/// What the `{0}`s of the entry's message stood for in `message`, which is the
/// whole message as received; none where it is another message.
pub fn arguments(entry: &Entry, message: &str) -> Option<Vec<String>> {
    let normal = Normal::new(message.trim()).into_one_value();
    let (args, end) = Pattern::new(&entry.message).at(&normal, 0)?;
    let nothing_else = normal.text[end..].trim_matches(['.', ' ']).is_empty();
    nothing_else.then(|| {
        args.iter()
            .map(|arg| arg_text(&normal, message.trim(), arg))
            .collect()
    })
}

/// Whether `message` is the entry's message, or begins with it and goes on with detail.
pub fn begins(entry: &Entry, message: &str) -> bool {
    Said::new(message).begins_with(entry)
}

/// What somebody says, to be compared with the messages of many entries.
pub struct Said(Normal);

impl Said {
    /// Prepares the text.
    pub fn new(text: &str) -> Self {
        Said(Normal::new(text.trim()).into_one_value())
    }

    /// Whether the text is the entry's message, or begins with it and goes on with
    /// detail.
    pub fn begins_with(&self, entry: &Entry) -> bool {
        // Most messages begin otherwise, and are not taken apart.
        let mut said = self.0.text.bytes();
        let mut previous = b' ';
        for byte in entry.message.trim_end().bytes() {
            let is_alike = byte.is_ascii_alphanumeric() || (byte == b' ' && previous != b' ');
            if !is_alike {
                break;
            }
            if said.next() != Some(byte.to_ascii_lowercase()) {
                return false;
            }
            previous = byte;
        }
        let Some((_, end)) = Pattern::new(&entry.message).at(&self.0, 0) else {
            return false;
        };
        let rest = &self.0.text[end..];
        rest.trim_matches(['.', ' ']).is_empty() || is_detail(rest)
    }
}

/// Whether a text behind a message tells more of the same: `: detail`, ` (detail)`.
fn is_detail(text: &str) -> bool {
    let starts = |text: &str| {
        text.starts_with([':', ',', ';']) || [" (", " - "].iter().any(|s| text.starts_with(s))
    };
    starts(text) || starts(text.trim_start_matches('.')) || text.starts_with(". ")
}

/// The entry's message where it stands in `text` at or nearest to `near`.
pub fn find_near<'c>(entry: &'c Entry, text: &str, near: usize) -> Option<Found<'c>> {
    let pattern = Pattern::new(&entry.message);
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
) -> Option<Found<'c>> {
    if !starts_word(&normal.text, start) {
        return None;
    }
    let (args, end) = pattern.at(normal, start)?;
    let is_whole = if pattern.ends_in_argument() {
        normal.starts_value(start) || is_error_msg(&text[..normal.original(start)])
    } else {
        normal.ends_sentence(end)
    };
    if !is_whole {
        return None;
    }
    let period = usize::from(normal.text[end..].starts_with('.'));
    let rest = normal.value(end).trim_end();
    let detail = if is_detail(rest) { rest.len() } else { period };
    Some(Found {
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

/// An argument as it stands in the original, without the quotes around it.
fn arg_text(normal: &Normal, original: &str, place: &Range<usize>) -> String {
    let text = &original[normal.original(place.start)..normal.original_end(original, place.end)];
    let outside = |c: char| c.is_whitespace() || matches!(c, '\'' | '"' | '`' | '’' | '‘' | '\\');
    text.trim_matches(outside).to_owned()
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
    /// Whether it counts wherever it stands.
    anywhere: bool,
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
    fn find(&self, normal: &Normal, text: &str, start: usize) -> Option<Found<'c>> {
        let messages = self.messages.iter();
        let found = messages.filter_map(|message| {
            let found = found_at(message.entry, &message.pattern, normal, text, start)?;
            let counts = message.anywhere || is_error_msg(&text[..found.place.start]);
            counts.then_some(found)
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
            let pattern = Pattern::new(&entry.message);
            if pattern.tells_something() {
                let group = by_literal.entry(pattern.literals[0].clone()).or_default();
                group.push(Message {
                    anywhere: entry.service == DEFAULT_SERVICE || pattern.is_distinctive(),
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
    pub fn find(&self, text: &str) -> Vec<Found<'c>> {
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
        let numbers = std::iter::successors(before.checked_sub(1), shorter);
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
    fn places(&self, text: &str) -> impl Iterator<Item = usize> {
        let bytes = text.as_bytes();
        let mut in_word = false;
        let starts = bytes.iter().enumerate().filter_map(move |(at, byte)| {
            let starts = !std::mem::replace(&mut in_word, is_word(*byte));
            let hash = starts.then(|| self.hash(&bytes[at..]))?;
            (self.hashes[hash / 64] >> (hash % 64) & 1 == 1).then_some(at)
        });
        starts.filter(|at| text.is_char_boundary(*at) && starts_word(text, *at))
    }
}

/// Whether a byte is a part of a word by itself.
fn is_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_'
}

/// Whether an error code stands beside a message: in the same object, or on the same
/// line where it is in none. Codes of the catalog's services are found before messages
/// are, so it is the code of another service, and the message with it.
fn is_of_another_service(text: &str, message: &Range<usize>) -> bool {
    let bytes = text.as_bytes();
    let before = &bytes[message.start.saturating_sub(BESIDE)..message.start];
    let after = &bytes[message.end..bytes.len().min(message.end + BESIDE)];
    let is_end = |byte: &u8| *byte == b'\n';
    let opening = unmatched(before.iter().rev(), b'{', b'}');
    let closing = match opening {
        Some(_) => unmatched(after.iter(), b'}', b'{'),
        None => after.iter().position(is_end),
    };
    let start = opening.or_else(|| before.iter().rev().position(is_end));
    let start = message.start - start.unwrap_or(before.len());
    let end = message.end + closing.unwrap_or(after.len());
    let beside = &bytes[start..end];
    // Most lines have no such label, and are not looked at closely.
    if ["ode", "ODE"]
        .iter()
        .all(|label| memmem::find(beside, label.as_bytes()).is_none())
    {
        return false;
    }
    let beside = String::from_utf8_lossy(beside);
    let beside = tidy(&beside, true, is_from_curl(&beside, true));
    let mut fields = fields(&beside, 0..beside.len()).into_iter();
    fields.any(|field| field.role == Role::Code && is_error_code(&field.value))
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
            Some(same) => same.anywhere |= message.anywhere,
            None => messages.push(message),
        }
    }
    messages
}

fn is_embedded(entry: &Entry) -> bool {
    Catalog::embedded()
        .get_all(&entry.code)
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

    fn args(number: &str, message: &str) -> Option<Vec<String>> {
        arguments(entry(number), message)
    }

    fn found(text: &str) -> Vec<(String, &str)> {
        let finder = Finder::new(Catalog::embedded());
        let found = finder.find(text).into_iter();
        found
            .map(|found| (found.entry.code[14..].to_owned(), &text[found.place]))
            .collect()
    }

    #[test]
    fn arguments_are_read_back() {
        let create = Some(vec!["organizations:accounts:create".to_owned()]);
        for message in [
            "Policy doesn't allow 'organizations:accounts:create' to be performed.",
            "policy doesn''t allow organizations:accounts:create to be performed",
            "Policy  doesn’t\nallow \"organizations:accounts:create\" to be performed. ",
            "Policy doesn\\u0027t allow \\u0027organizations:accounts:create\\u0027 to be performed.",
        ] {
            assert_eq!(args("1007", message), create, "{message}");
        }
        assert_eq!(
            args("2007", "Bad Request: no agency. Sorry."),
            Some(vec!["no agency. Sorry".to_owned()])
        );
        assert_eq!(args("1305", "Quota exceeded for account"), Some(vec![]));
    }

    #[test]
    fn arguments_are_of_any_script() {
        for arg in ["é", "配额不足", "👍", r"x\u9519"] {
            let message = format!("Bad Request: {arg}");
            assert_eq!(args("2007", &message), Some(vec![arg.to_owned()]));
            assert_eq!(found(&message), [("2007".to_owned(), message.as_str())]);
            let message = format!("Policy doesn't allow '{arg}' to be performed.");
            assert_eq!(args("1007", &message), Some(vec![arg.to_owned()]));
            assert_eq!(found(&message), [("1007".to_owned(), message.as_str())]);
        }
    }

    #[test]
    fn another_message_has_no_arguments() {
        assert_eq!(args("1007", "Policy doesn't allow to be performed."), None);
        assert_eq!(args("1305", "quota exceeded for accounts."), None);
        assert_eq!(args("1305", "quota exceeded for account. Twice."), None);
        assert_eq!(args("2007", "Bad Request: ."), None);
        assert_eq!(args("2007", "Bad Request: \"\"."), None);
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
        let text = "Bad Request: >Bad Request: not found for tag.\nNot found for tag.";
        let (first, second) = text.split_once('\n').unwrap();
        let both = [("2007".to_owned(), first), ("1700".to_owned(), second)];
        assert_eq!(found(text), both);
    }

    #[test]
    fn every_message_is_found_by_its_own_entry() {
        let finder = Finder::new(Catalog::embedded());
        for entry in Catalog::embedded().entries() {
            let message = entry.message.replace("{0}", "x:y:z").replace("''", "'");
            let label = "error_msg: ";
            let text = format!("{label}{message}");
            let found = finder.find(&text);
            assert_eq!(found.len(), 1, "{message}");
            let same = |text: &str| text.trim_end_matches('.').to_lowercase();
            assert_eq!(same(&found[0].entry.message), same(&entry.message));
            assert_eq!(found[0].place, label.len()..text.len());
            let anywhere = Pattern::new(&message).is_distinctive() || entry.service != "APIGW";
            assert_eq!(
                finder.find(&message).len(),
                usize::from(anywhere),
                "{message}"
            );
        }
    }

    #[test]
    fn detail_behind_a_message_leaves_it_the_same() {
        let entry = Catalog::embedded().get("APIGW.0301").unwrap();
        for detail in [": verify aksk signature fail", ", ak not exist", ""] {
            let message = format!("Incorrect IAM authentication information{detail}");
            assert!(begins(entry, &message), "{message}");
        }
        assert!(!begins(entry, "Incorrect IAM authentication informations"));
    }
}
