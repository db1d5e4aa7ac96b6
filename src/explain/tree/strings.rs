//! Where values start and end: quotes and their closing ones, blocks of YAML, forms.

use std::ops::Range;

use crate::explain::values::labels::is_of_label;
use crate::message::start_of;

/// Bytes of white space between a label and its value.
const MAX_SPACE: usize = 64;
/// Bytes of a value in a form: a line may have a label every few bytes.
const MAX_FORM: usize = 2048;
/// Lines that a value of YAML has at most.
const MAX_BLOCK: usize = 40;
/// What programs write between a label and its value: marks, and kinds of values.
const BEFORE_VALUES: [&str; 13] = [
    "Some(",
    "Optional[",
    "String(",
    "Str(",
    "Int(",
    "int(",
    "float(",
    "string(",
    "**",
    "__",
    "* ",
    "_ ",
    " ",
];

/// Whether what follows a quote says that it closes a string: more of what is around the string.
pub fn closes_string(after: &str) -> bool {
    let next = after.trim_start_matches(' ');
    let is_spaced = next.len() < after.len();
    match next.chars().next() {
        None => true,
        Some(c) if "\n,}]):;|&=<>\\\"'`/│".contains(c) => true,
        Some('.') => next[1..].chars().next().is_none_or(char::is_whitespace),
        Some(_) => is_spaced && starts_pair(next),
    }
}

/// Whether a text starts with a key and its separator.
fn starts_pair(text: &str) -> bool {
    let key = text.trim_start_matches(is_of_label);
    key.len() < text.len() && key.starts_with([':', '='])
}

/// Whether a value may start behind a text.
pub fn may_start_value(before: &str) -> bool {
    let starts = |text: &[u8]| {
        let spaces = text
            .iter()
            .rev()
            .take_while(|byte| b" \t".contains(byte))
            .count();
        match text[..text.len() - spaces].last() {
            Some(byte) => b":,[{=(>\n|".contains(byte) || text.ends_with("：".as_bytes()),
            None => true,
        }
    };
    let bytes = before.as_bytes();
    // Python marks the kinds of its strings.
    starts(bytes)
        || matches!(bytes, [text @ .., b'u' | b'b' | b'r' | b'f' | b'U' | b'B'] if starts(text))
}

/// The bytes between a label and the quote or word of its value.
pub fn before_value(text: &str) -> usize {
    let mut rest = text.trim_start_matches([' ', '\t']);
    if text.len() - rest.len() > MAX_SPACE {
        return 0;
    }
    // PHP writes the value below its label, and behind its length.
    let below = rest.trim_start_matches(['\n', ' ']);
    if ["string(", "int("].iter().any(|it| below.starts_with(it)) {
        rest = below;
    }
    while let Some(behind) = BEFORE_VALUES.iter().find_map(|it| rest.strip_prefix(it)) {
        let number = behind.trim_start_matches(|c: char| c.is_ascii_digit());
        rest = number.strip_prefix(") \"").map_or(behind, |_| &number[2..]);
    }
    // Python marks the kinds of its strings.
    let marked = rest.strip_prefix(['u', 'b', 'r', 'f', '&']);
    let quoted = marked.filter(|it| it.starts_with(['"', '\'']));
    text.len() - quoted.unwrap_or(rest).len()
}

/// The lines of a value of YAML that starts at `from`: a block behind `>` or `|`, or lines that
/// are indented more than its key at `label`. None where it has one line only.
pub fn yaml_block(
    text: &str,
    line: Range<usize>,
    from: usize,
    label: usize,
    limit: usize,
) -> Option<Range<usize>> {
    let before = text.get(line.start..label)?;
    let first = text.get(from..line.end)?.trim();
    let is_block = first.starts_with(['>', '|']) && first.len() < 4;
    let below = text.get(line.end + 1..limit)?.split_inclusive('\n');
    let is_of_value = |line: &&str| {
        let content = line.trim_start_matches(' ');
        let is_text = content.starts_with(char::is_alphanumeric)
            && !(starts_pair(content) || content.starts_with("at "));
        let is_deeper = line.len() - content.len() > before.len();
        is_deeper && !content.trim().is_empty() && (is_block || is_text)
    };
    let below = below.take(MAX_BLOCK).take_while(is_of_value);
    let length = below.map(str::len).sum::<usize>();
    let is_key = before.bytes().all(|byte| b" -".contains(&byte));
    let start = if is_block { line.end + 1 } else { from };
    (is_key && length > 0 && !first.is_empty())
        .then(|| start..(line.end + length).min(limit).max(start))
}

/// The length of a value that is one of a form: `error_msg=quota+exceeded&request_id=…`.
pub fn is_form(text: &str, label: usize, value: &str) -> Option<usize> {
    let ends = |byte: u8| {
        matches!(
            byte,
            b' ' | b'\t' | b'"' | b'\'' | b'`' | b'<' | b'>' | b'&'
        )
    };
    let near = start_of(value, MAX_FORM);
    let length = near.bytes().position(ends);
    let length = length.or_else(|| (near.len() == value.len()).then_some(near.len()))?;
    let behind = &value[length..];
    let is_followed = behind.strip_prefix('&').is_some_and(starts_pair);
    let is_behind = text[..label].ends_with(['&', '?']) && !behind.starts_with(' ');
    (is_followed || is_behind).then_some(length)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_in_a_form_is_not_looked_for_to_the_end_of_a_long_line() {
        let value = "quota+exceeded&request_id=7f3a";
        assert_eq!(is_form("error_msg=", 0, value), Some(14));
        assert_eq!(is_form("?error_msg=", 1, "quota"), Some(5));
        let long = "error_msg=".repeat(MAX_FORM) + value;
        assert_eq!(is_form("error_msg=", 0, &long), None);
    }
}
