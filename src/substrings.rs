//! Parts of texts: their starts and ends, their words, and where a part stands. Also sets of bytes.

use std::ops::Range;

use memchr::{memchr2_iter, memmem};

/// The most bytes at the end of a text in which its last word is looked for.
const MAX_LAST_WORD: usize = 16;

/// The start of the text, at most `max` bytes.
pub(crate) fn start_of(text: &str, max: usize) -> &str {
    let mut end = text.len().min(max);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    &text[..end]
}

/// The end of the text, at most `max` bytes.
pub(crate) fn end_of(text: &str, max: usize) -> &str {
    let mut start = text.len().saturating_sub(max);
    while !text.is_char_boundary(start) {
        start += 1;
    }
    &text[start..]
}

/// The start of the line that the offset `at` is on.
pub(crate) fn start_of_line(text: &str, at: usize) -> usize {
    text[..at].rfind('\n').map_or(0, |end| end + 1)
}

/// How far a line is indented: bytes of white space.
#[cfg(feature = "import")]
pub(crate) fn indent(line: &str) -> usize {
    line.len() - line.trim_start().len()
}

/// The longest start that two texts have in common.
pub(crate) fn common_start<'t>(one: &'t str, other: &str) -> &'t str {
    let pairs = one.bytes().zip(other.bytes());
    start_of(one, pairs.take_while(|(one, other)| one == other).count())
}

/// The first of `words` that the text starts with.
pub(crate) fn start_among<'w>(words: &[&'w str], text: &str) -> Option<&'w str> {
    // Comparing the first byte rules out most words, and needs no call.
    let first = *text.as_bytes().first()?;
    words.iter().find(|word| word.as_bytes()[0] == first && text.starts_with(**word)).copied()
}

/// Splits a text before its first character that is not of the kind.
pub(crate) fn split_while(text: &str, is_of_kind: impl Fn(char) -> bool) -> (&str, &str) {
    text.split_at(text.find(|c| !is_of_kind(c)).unwrap_or(text.len()))
}

/// The part of a text before `rest`, which is the end of the text.
pub(crate) fn before<'t>(text: &'t str, rest: &str) -> &'t str {
    &text[..text.len() - rest.len()]
}

/// The offsets that are in a part of the text; `offsets` are ascending.
pub(crate) fn offsets_in<'o>(offsets: &'o [usize], part: &Range<usize>) -> &'o [usize] {
    within(offsets, part, |at| *at)
}

/// The elements that start in a part of the text; `all` are in the order of the text.
pub(crate) fn within<'a, T>(
    all: &'a [T],
    part: &Range<usize>,
    start: impl Fn(&T) -> usize,
) -> &'a [T] {
    let before = |at| all.partition_point(|it| start(it) < at);
    let first = before(part.start);
    &all[first..before(part.end).max(first)]
}

/// The range of a text that `part`, a slice of the text, takes.
pub(crate) fn place_in(text: &str, part: &str) -> Range<usize> {
    let start = part.as_ptr() as usize - text.as_ptr() as usize;
    start..start + part.len()
}

/// Whether a text contains any of `parts`; several times as fast as [`str::contains`].
pub(crate) fn has_any(text: &str, parts: &[&str]) -> bool {
    parts.iter().any(|part| memmem::find(text.as_bytes(), part.as_bytes()).is_some())
}

/// Whether a text contains any word of the list `words`, also without spaces around the word:
/// Chinese has none. Spaces separate the words of the list.
pub(crate) fn has_word(text: &str, words: &str) -> bool {
    words.split(' ').any(|it| text.contains(it))
}

/// The runs of letters and digits in a text.
pub(crate) fn words(text: &str) -> impl DoubleEndedIterator<Item = &str> + Clone {
    text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty())
}

/// The last word of a text; of a name in camel case, its last part: `Status` of `httpStatus`.
pub(crate) fn last_word(text: &str) -> &str {
    let bytes = &text.as_bytes()[text.len().saturating_sub(MAX_LAST_WORD)..];
    let letters = bytes.iter().rev().take_while(|byte| byte.is_ascii_alphanumeric()).count();
    let (before, word) = text.split_at(text.len() - letters);
    // The letter of an escape such as `\n` is not part of the word.
    let word = &word[usize::from(before.ends_with('\\') && !word.is_empty())..];
    let capital_end = word.trim_end_matches(|c: char| !c.is_ascii_uppercase()).len();
    if capital_end < word.len() { &word[capital_end.saturating_sub(1)..] } else { word }
}

/// Whether a word is in the list `known`, in any case. Spaces separate the words of the list.
pub(crate) fn is_word_of(known: &str, word: impl AsRef<[u8]>) -> bool {
    let (known, word) = (known.as_bytes(), word.as_ref());
    let Some(first) = word.first() else { return false };
    // Few words of a list start with the same letter.
    let starts = memchr2_iter(first.to_ascii_lowercase(), first.to_ascii_uppercase(), known);
    starts.filter(|at| *at == 0 || known[at - 1] == b' ').any(|at| {
        let (found, after) = known[at..].split_at(word.len().min(known.len() - at));
        found.eq_ignore_ascii_case(word) && matches!(after.first(), None | Some(b' '))
    })
}

/// A table that says for every byte whether it is among `bytes`.
pub(crate) const fn byte_set(bytes: &[u8]) -> [bool; 256] {
    let mut set = [false; 256];
    let mut at = 0;
    while at < bytes.len() {
        set[bytes[at] as usize] = true;
        at += 1;
    }
    set
}
