//! Documented messages, taken apart at their arguments and without their final period.
//! Pages of other services than Organizations write `%s` where the value stands.

use std::ops::Range;

use super::normal::{Normal, start_of};
use crate::catalog::status_name;
use crate::data::words::words;

/// Words that a message has at least: `-`, `N/A` and `Failed.` stand in any text.
const FEWEST_WORDS: usize = 2;
/// Bytes that a message of another service than Organizations has at least, without its
/// arguments, to be recognised wherever it stands. Shorter ones are phrases that any
/// program may say: "Backend timeout", "An unexpected error occurred". Bytes, because
/// fewer characters say as much in Chinese.
const DISTINCTIVE: usize = 35;
/// Bytes that an argument in the middle of a message has at most.
const LONGEST_ARGUMENT: usize = 512;

/// A documented message, taken apart at its `{0}`s.
#[derive(Debug)]
pub struct Pattern {
    /// The text around the arguments, normalised; one more than there are arguments.
    pub literals: Vec<String>,
}

impl Pattern {
    pub fn new(message: &str) -> Self {
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
    pub fn tells_something(&self) -> bool {
        let mut words = self.literals.iter().map(|text| words_of_letters(text));
        let of_first = words.next().unwrap_or(0);
        of_first > 0 && of_first + words.sum::<usize>() >= FEWEST_WORDS
    }

    /// Whether its words alone tell it from other text.
    pub fn is_distinctive(&self) -> bool {
        let lengths = self.literals.iter().map(String::len);
        lengths.sum::<usize>() >= DISTINCTIVE
    }

    /// Whether it says the name of an HTTP status and then anything: `Bad Request: {0}`.
    pub fn starts_as_status(&self) -> bool {
        let start = self.literals[0].trim_end_matches([':', ' ']);
        let mut names = (400..600).map(status_name).filter(|name| !name.is_empty());
        self.ends_in_argument() && names.any(|name| name.eq_ignore_ascii_case(start))
    }

    /// Whether anything may be its end: then only its start tells it from other text.
    pub fn ends_in_argument(&self) -> bool {
        self.literals.len() > 1 && self.literals.last().is_some_and(String::is_empty)
    }

    /// The arguments of the pattern where `normal` starts with it at `start`, as
    /// places in the normalised text, and where the pattern ends. A last argument
    /// ends where its line or its string does.
    pub fn at(&self, normal: &Normal, start: usize) -> Option<(Vec<Range<usize>>, usize)> {
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
