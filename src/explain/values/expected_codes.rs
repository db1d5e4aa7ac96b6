//! Codes that a test or a program expected where another came.

use std::ops::Range;

use super::{is_error_code, is_of_id};
use crate::substrings::{end_of, is_word_of, place_in, split_while, start_of};

/// Words of a line that compares what came with what was expected.
const TESTS: &str = "assert assertion assertionerror assertthat asserttrue elif elsif expect if \
    require should unless until when while";
/// Words before what was expected, and those that may stand between.
const EXPECTS: &str = "expect expected expecting want wanted";
const WORDS_BETWEEN: &str = "a an be code error is the to was with";
/// Words of a clause that compares nothing: `as expected`, `not what I want`.
const COMPARES_NOTHING: &str = "as not never no t";
/// Words before what came instead.
const WORDS_BEFORE_CAME: &str = "actual but found got received";
/// Words between those and what came, and words that say that nothing came.
const WORDS_BEFORE_VALUE: &str = "a an code error http status the was";
const NOTHING: &str = "nil no none nothing null ok success undefined";
/// What compares, and what an operand has in code, unlike one in a sentence: `e.code`.
const COMPARISONS: [&str; 3] = ["==", "!=", "=~"];
const IN_OPERANDS: [char; 7] = ['.', '(', ')', '[', ']', '"', '\''];
/// What starts a statement within a line.
const STATEMENT_STARTS: [char; 7] = [':', '{', '}', ';', '>', '|', '+'];
/// What separates clauses.
const CLAUSE_ENDS: [char; 8] = [',', ';', ':', '.', '(', '[', '"', '-'];
/// What may stand between a code and what says that it was expected.
const MARKS_BETWEEN: [char; 8] = [' ', ':', '<', '(', '[', '"', '\'', '`'];
/// Bytes before and after a code that are looked at.
const MAX_NEAR: usize = 256;

/// Whether the code at a place was expected: `assert error.code == "…"`, `expected …, got …`. What
/// came instead may stand on the next line.
pub fn is_expected(text: &str, place: Range<usize>) -> bool {
    let line = end_of(&text[..place.start], MAX_NEAR).rsplit('\n').next().unwrap_or_default();
    let before = line.trim_end_matches(MARKS_BETWEEN);
    if COMPARISONS.iter().any(|it| before.ends_with(it)) {
        return is_test(before.trim_end_matches(['=', '!', '~', ' ']));
    }
    let mut words = words(before).rev().skip_while(|word| is_word_of(WORDS_BETWEEN, word));
    let says_expected = words.next().is_some_and(|word| is_word_of(EXPECTS, word));
    let clause = || before.rsplit(CLAUSE_ENDS).next().unwrap_or_default();
    let below = start_of(&text[place.end..], MAX_NEAR).splitn(3, '\n').take(2);
    says_expected
        && !has_word_of(COMPARES_NOTHING, clause())
        && below.chain([before]).any(says_what_came)
}

/// Whether code, up to an operand, tests something: `raise unless e.code`, `if code`. In a sentence
/// the words are others': `Retry until code==…`.
fn is_test(code: &str) -> bool {
    let operand = code.rsplit(' ').next().unwrap_or_default();
    let starts_test = |statement: &str| {
        // Before it may stand a number or the letter of a report: `E   assert`.
        let mut words = words(statement).skip_while(|word| word.len() == 1);
        words.next().is_some_and(|word| is_word_of(TESTS, word))
    };
    operand.contains(IN_OPERANDS) && has_word_of(TESTS, code)
        || !operand.is_empty() && code.split(STATEMENT_STARTS).any(starts_test)
}

/// Whether a sentence says which value came instead: `got 409`, `but was "…"`.
fn says_what_came(text: &str) -> bool {
    let sentence = text.split(". ").next().unwrap_or_default();
    let is_value = |word: &str| {
        let mut rest = &sentence[place_in(sentence, word).end..];
        loop {
            rest = rest.trim_start_matches([' ', ':', '<', '(', '=']);
            let (word, after) = split_while(rest, is_of_id);
            if !is_word_of(WORDS_BEFORE_VALUE, word) && !is_word_of(WORDS_BEFORE_CAME, word) {
                return rest.starts_with(|c: char| c.is_ascii_digit() || "\"'`{[".contains(c))
                    || is_error_code(word.trim_end_matches('.'))
                    || is_word_of(NOTHING, word);
            }
            rest = after;
        }
    };
    words(sentence).any(|word| {
        is_word_of("instead", word) || is_word_of(WORDS_BEFORE_CAME, word) && is_value(word)
    })
}

fn has_word_of(known: &str, text: &str) -> bool {
    words(text).any(|word| is_word_of(known, word))
}

fn words(text: &str) -> impl DoubleEndedIterator<Item = &str> {
    text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty())
}
