//! Where values start and end: quotes and their closing ones, blocks of YAML, forms.

use std::ops::Range;

use super::typed_values::{after_value, inside_wrapper};
use crate::explain::values::labels::is_of_label;
use crate::explain::values::start_among;
use crate::message::start_of;

/// Bytes of white space between a label and its value.
const MAX_SPACE: usize = 64;
/// Bytes of a value in a form: a line may have a label every few bytes.
const MAX_FORM: usize = 2048;
/// Bytes after the name of a type in which its value ends.
const MAX_WRAPPED: usize = 1024;
/// Lines that a value of YAML has at most.
const MAX_BLOCK: usize = 40;
/// Marks between a label and its value.
const MARKS: [&str; 5] = ["**", "__", "* ", "_ ", " "];

/// Whether what follows a quote says that it closes a string: more of what is around the string.
pub fn closes_string(after: &str) -> bool {
    let next = after.trim_start_matches(' ');
    match next.chars().next() {
        Some('.') => next[1..].chars().next().is_none_or(char::is_whitespace),
        Some(c) => {
            "\n,}]):;|&=<>\\\"'`/│".contains(c) || next.len() < after.len() && starts_pair(next)
        }
        None => true,
    }
}

/// Whether a text starts with a key and its separator.
fn starts_pair(text: &str) -> bool {
    let key = text.trim_start_matches(is_of_label);
    key.len() < text.len() && key.starts_with([':', '='])
}

/// Whether a value may start after a text.
pub fn may_start_value(before: &str) -> bool {
    let starts = |text: &str| {
        let text = text.trim_end_matches([' ', '\t']);
        text.is_empty() || text.ends_with([':', ',', '[', '{', '=', '(', '>', '\n', '|', '：'])
    };
    // Python marks the kinds of its strings.
    let marked = before.strip_suffix(['u', 'b', 'r', 'f', 'U', 'B']);
    starts(before) || marked.is_some_and(starts)
}

/// Whether nothing but marks or another pair follows a string on its line: `value "x", must be
/// shorter` is prose.
fn is_all_of_line(text: &str) -> bool {
    let after = after_value(text).filter(|(is_quoted, _)| *is_quoted);
    after.is_some_and(|(_, after)| {
        let next = after.trim_start_matches(|c: char| " )]},;\\\"'".contains(c));
        next.is_empty() || next.starts_with('\n') || starts_pair(next)
    })
}

/// The bytes between a label and the quote or word of its value.
pub fn before_value(text: &str, is_prose: bool) -> usize {
    let mut rest = text.trim_start_matches([' ', '\t']);
    if text.len() - rest.len() > MAX_SPACE {
        return 0;
    }
    // PHP writes the value below its label.
    let below = rest.trim_start_matches(['\n', ' ']);
    if below.len() < rest.len() && inside_wrapper(below).is_some() {
        rest = below;
    }
    let marks = |rest| start_among(&MARKS, rest).map(|marks| &rest[marks.len()..]);
    while let Some(after) = marks(rest) {
        rest = after;
    }
    let mut inside = rest;
    while let Some(after) = inside_wrapper(inside).or_else(|| marks(inside)) {
        inside = after;
    }
    let wrapper = &rest[..rest.len() - inside.len()];
    let near = start_of(inside, MAX_WRAPPED);
    let is_closed = || {
        let line = near.split(['\n', '\\']).next().unwrap_or_default();
        wrapper.ends_with('(') && wrapper.len() > 1 && line.ends_with(')')
    };
    if !wrapper.is_empty() && (!is_prose || is_closed() || is_all_of_line(near)) {
        rest = inside;
    }
    // Python marks the kinds of its strings.
    let marked = rest.strip_prefix(['u', 'b', 'r', 'f', '&']);
    let quoted = marked.filter(|it| it.starts_with(['"', '\'']));
    text.len() - quoted.unwrap_or(rest).len()
}

/// The lines of a value of YAML that starts at `from`: a block after `>` or `|`, or lines that
/// are indented more than its key at `key`. None where it has one line only.
pub fn yaml_block(
    text: &str,
    line: Range<usize>,
    key: usize,
    from: usize,
    limit: usize,
) -> Option<Range<usize>> {
    let indentation = text.get(line.start..key)?;
    let first = text.get(from..line.end)?.trim();
    if first.is_empty() || !indentation.bytes().all(|byte| b" -".contains(&byte)) {
        return None;
    }
    let is_block = first.starts_with(['>', '|']) && first.len() < 4;
    let is_of_value = |line: &&str| {
        let content = line.trim_start_matches(' ');
        let is_text = content.starts_with(char::is_alphanumeric)
            && !(starts_pair(content) || content.starts_with("at "));
        line.len() - content.len() > indentation.len() && (is_block || is_text)
    };
    let below = text.get(line.end + 1..limit)?.split_inclusive('\n');
    let below = below.take(MAX_BLOCK).take_while(is_of_value);
    let end = (line.end + below.map(str::len).sum::<usize>()).min(limit);
    let start = if is_block { line.end + 1 } else { from };
    (end > line.end).then(|| start..end.max(start))
}

/// The length of a value that is one of a form: `error_msg=quota+exceeded&request_id=…`, given
/// what stands before its label.
pub fn form_value(before: &str, value: &str) -> Option<usize> {
    let near = start_of(value, MAX_FORM);
    let end = near.find([' ', '\t', '"', '\'', '`', '<', '>', '&']);
    let length = end.or_else(|| (near.len() == value.len()).then_some(near.len()))?;
    let after = &value[length..];
    let is_followed = after.strip_prefix('&').is_some_and(starts_pair);
    (is_followed || before.ends_with(['&', '?']) && !after.starts_with(' ')).then_some(length)
}
