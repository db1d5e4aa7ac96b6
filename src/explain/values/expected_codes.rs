//! Codes that a test or a program expected when another code came. For statuses see `is_of_other`
//! in `unlabelled_status`, and `lists_statuses` in `tree/labelled_fields`.

use std::ops::Range;

use crate::substrings::{end_of, is_word_of, start_of, words};

/// Words that say that a code was expected, and words that may stand between them and the code.
const EXPECTS: &str = "expect expected expecting want wanted";
const WORDS_BEFORE_CODE: &str = "a an be code error is the to was with";
/// Words before what came instead.
const WORDS_BEFORE_CAME: &str = "actual got instead received";
/// Operators that compare with what was expected.
const COMPARISONS: [&str; 2] = ["==", "!="];
/// Marks between a code and the words that say that it was expected.
const MARKS_BETWEEN: [char; 8] = [' ', ':', '<', '(', '[', '"', '\'', '`'];
/// The most bytes before and after a code that are read.
const MAX_NEAR_CODE: usize = 256;

/// Whether the code at a place was expected: `assert error.code == "…"`, `expected …, got …`. What
/// came instead may stand on the next line.
pub(crate) fn is_expected(text: &str, place: Range<usize>) -> bool {
    let line = end_of(&text[..place.start], MAX_NEAR_CODE).rsplit('\n').next().unwrap_or_default();
    let before = line.trim_end_matches(MARKS_BETWEEN);
    let mut last_words = words(before).rev().skip_while(|word| is_word_of(WORDS_BEFORE_CODE, word));
    let says_expected = last_words.next().is_some_and(|word| is_word_of(EXPECTS, word));
    let says_what_came = |text: &str| {
        text.contains("but was") || words(text).any(|word| is_word_of(WORDS_BEFORE_CAME, word))
    };
    let below = start_of(&text[place.end..], MAX_NEAR_CODE).splitn(3, '\n').take(2);
    // With nothing before it on the line, `==` marks a heading.
    let is_compared = |it: &&str| before.strip_suffix(*it).is_some_and(|left| !left.is_empty());
    COMPARISONS.iter().any(is_compared)
        || says_expected && below.chain([before]).any(says_what_came)
}
