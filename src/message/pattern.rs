//! Splits documented messages at their arguments, and leaves out the final period. Pages of other
//! services than Organizations write `%s` for an argument. Which of several messages counts is
//! decided in `explain::messages`.

use std::ops::Range;

use super::normal::NormalizedText;
use crate::catalog::status_name;
use crate::data::words::is_ideograph;
use crate::substrings::{start_of, words};

/// The fewest words of a message that is recognised: `-`, `N/A` and `Failed.` stand in any text.
const MIN_WORDS: usize = 2;
/// The fewest bytes of a message of another service than Organizations, without its arguments, for
/// it to be recognised anywhere. Shorter messages are phrases that any program may say: "Backend
/// timeout", "An unexpected error occurred". The limit counts bytes because in Chinese fewer
/// characters say as much.
const MIN_DISTINCTIVE: usize = 35;
/// What ends a sentence.
pub(crate) const PERIODS: [char; 2] = ['.', '。'];
/// The most bytes of the name of an argument, with its marks.
const MAX_ARGUMENT_NAME: usize = 512;
/// The most bytes of an argument in the middle of a message.
const MAX_ARGUMENT: usize = 512;

/// A documented message, split at its `{0}`s.
#[derive(Debug)]
pub(crate) struct Pattern {
    /// The text around the arguments, normalised; one more than there are arguments.
    pub literals: Vec<String>,
}

impl Pattern {
    pub(crate) fn new(message: &str) -> Self {
        let mut literals = Vec::new();
        let mut from = 0;
        for (start, _) in message.match_indices(['{', '%']) {
            if let Some(length) = argument(&message[start..]).filter(|_| from <= start) {
                literals.push(NormalizedText::new(&message[from..start]).text);
                from = start + length;
            }
        }
        let mut last = NormalizedText::new(&message[from..]).text;
        last.truncate(without_period(&last).len());
        literals.push(last);
        Pattern { literals }
    }

    /// Whether it can be recognised in a text: it has a word before the first argument, and two
    /// words in all.
    pub(crate) fn is_recognizable(&self) -> bool {
        let words = || self.literals.iter().flat_map(|text| words_of_letters(text));
        words_of_letters(&self.literals[0]).next().is_some() && words().nth(MIN_WORDS - 1).is_some()
    }

    /// Whether its words alone distinguish it from other text.
    pub(crate) fn is_distinctive(&self) -> bool {
        let lengths = self.literals.iter().map(String::len);
        lengths.sum::<usize>() >= MIN_DISTINCTIVE
    }

    /// Whether it is the name of an HTTP status and then an argument: `Bad Request: {0}`.
    pub(crate) fn starts_as_status(&self) -> bool {
        let start = self.literals[0].trim_end_matches([':', ' ']);
        let mut names = (400..600).map(status_name).filter(|name| !name.is_empty());
        self.ends_in_argument() && names.any(|name| name.eq_ignore_ascii_case(start))
    }

    /// Whether it ends in an argument: then only its start distinguishes it from other text.
    pub(crate) fn ends_in_argument(&self) -> bool {
        self.literals.len() > 1 && self.literals.last().is_some_and(String::is_empty)
    }

    /// Where `normal` has the pattern at `start` and before `limit`: the places of the arguments in
    /// the normalised text, and the end. An argument at the end of the pattern ends where its line
    /// or its string does.
    pub(crate) fn at(
        &self,
        normal: &NormalizedText,
        start: usize,
        limit: usize,
    ) -> Option<(Vec<Range<usize>>, usize)> {
        let whole = &normal.text;
        let text = start_of(whole, limit);
        let (first, others) = self.literals.split_first()?;
        let rest = text.get(start..)?.strip_prefix(first.as_str())?;
        let mut end = text.len() - rest.len();
        let mut args = Vec::new();
        for (index, literal) in others.iter().enumerate() {
            let is_last = literal.is_empty() && index + 1 == others.len();
            let length = if is_last {
                let value = normal.value(end, limit);
                without_period(value).len()
            } else {
                start_of(&text[end..], MAX_ARGUMENT + literal.len()).find(literal.as_str())?
            };
            let argument = &text[end..end + length];
            if argument.trim_matches([' ', '"']).is_empty() {
                return None;
            }
            args.push(end..end + length);
            end += length + literal.len();
        }
        let ends_word = !whole[end..].starts_with(|c: char| c.is_alphanumeric() || c == '_');
        ends_word.then_some((args, end))
    }
}

/// A text without the periods and the space that it ends with.
fn without_period(text: &str) -> &str {
    text.trim_end_matches(|c| c == ' ' || PERIODS.contains(&c))
}

/// The words in a text in normal form, without ASCII words of fewer than two letters. A character
/// of a script without spaces ends a word.
fn words_of_letters(text: &str) -> impl Iterator<Item = &str> {
    let words = words(text).flat_map(|run| run.split_inclusive(is_ideograph));
    let letters = |word: &str| word.bytes().filter(u8::is_ascii_alphabetic).count();
    words.filter(move |word| !word.is_ascii() || letters(word) >= 2)
}

/// The number of bytes of the argument that a text starts with: `{0}` or `{xxx}`, or, as in formats
/// of C, Go and Python, `%s`, `%1$s` or `%(xxx)s`.
fn argument(text: &str) -> Option<usize> {
    let text = start_of(text, MAX_ARGUMENT_NAME);
    let Some(rest) = text.strip_prefix('%') else {
        return Some(text.find('}')? + 1);
    };
    let rest = if let Some(named) = rest.strip_prefix('(') {
        named.split_once(')')?.1
    } else {
        let numbered = rest.trim_start_matches(|c: char| c.is_ascii_digit());
        numbered.strip_prefix('$').unwrap_or(rest)
    };
    let rest = rest.strip_prefix(['s', 'd', 'v'])?;
    // "50%discount" is none.
    let is_word = rest.starts_with(|c: char| c.is_alphanumeric());
    (!is_word).then_some(text.len() - rest.len())
}
