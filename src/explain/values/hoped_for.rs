//! Codes that were hoped for where another thing came.

use std::ops::Range;

use super::is_word_of;
use crate::message::start_of;

/// Words of a line that compares what came with what was hoped for.
const TESTS: &str = "assert assertion assertionerror assertthat asserttrue elif elsif expect if \
    require should unless until when while";
/// Words before what was hoped for, and those that may stand between.
const HOPED: &str = "expect expected expecting want wanted";
const BETWEEN: &str = "a an be code error is the to was with";
/// Words before those that say that nothing else came: `as expected`, `not what I want`.
const CAME: &str = "as not never no t";
/// Words before what came instead.
const INSTEAD: &str = "actual but found got instead received";
/// What clauses are apart by.
const CLAUSE_ENDS: [char; 8] = [',', ';', ':', '.', '(', '[', '"', '-'];
/// What may stand between a code and what says that it was hoped for.
const MARKS: [char; 8] = [' ', ':', '<', '(', '[', '"', '\'', '`'];
/// Bytes after a code that are looked at.
const MAX_NEAR: usize = 256;

/// Whether the code at a place was hoped for: `assert error.code == "…"`, `expected …, got …`. What
/// came instead may stand on the next line.
pub fn is_hoped_for(text: &str, place: Range<usize>) -> bool {
    let line = text[..place.start].rsplit('\n').next().unwrap_or_default();
    let before = line.trim_end_matches(MARKS);
    let operand = before.trim_end_matches('=');
    if before.len() > operand.len() + 1 || operand.ends_with('!') {
        return !operand.trim().is_empty() && has_word_of(TESTS, line);
    }
    let mut words = words(before).rev().skip_while(|word| is_word_of(BETWEEN, word));
    let is_hope = words.next().is_some_and(|word| is_word_of(HOPED, word));
    let clause = || before.rsplit(CLAUSE_ENDS).next().unwrap_or_default();
    let below = start_of(&text[place.end..], MAX_NEAR).splitn(3, '\n').take(2);
    is_hope
        && !has_word_of(CAME, clause())
        && below.chain([before]).any(|text| has_word_of(INSTEAD, text))
}

fn has_word_of(known: &str, text: &str) -> bool {
    words(text).any(|word| is_word_of(known, word))
}

fn words(text: &str) -> impl DoubleEndedIterator<Item = &str> {
    text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty())
}
