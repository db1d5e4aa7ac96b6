//! Where values start and end: quotes and their closing ones, blocks of YAML, forms.

use std::ops::Range;

use super::labels::{is_of_label, meaning_of};

/// Bytes of white space between a label and its value.
const MAX_SPACE: usize = 64;
/// Bytes of a value of a form.
const MAX_FORM: usize = 512;
/// Lines that a value of YAML has at most.
const MAX_BLOCK: usize = 40;
/// What programs write between a label and the quote of its value.
const WRAPPERS: [&str; 7] = [
    "Some(",
    "Optional[",
    "String(",
    "Str(",
    "Int(",
    "int(",
    "float(",
];

/// What a string is the value of, and so what must follow its closing quote.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Style {
    /// A member of an object: more of the object follows.
    Member,
    /// `key="…"`: white space may follow.
    Pair,
    /// An object in quotes, which ends with its bracket.
    Object,
}

impl Style {
    /// The style of the string whose quote opens at `opening`, and its text at `inside`.
    pub fn of(text: &str, opening: usize, inside: usize) -> Self {
        if text[inside..].starts_with(['{', '[']) {
            return Style::Object;
        }
        let before = text.as_bytes()[..opening].trim_ascii_end();
        match before.last() {
            Some(b'=') => Style::Pair,
            _ => Style::Member,
        }
    }

    /// Whether a quote between `inside` and `after` closes the string.
    pub fn closes(self, inside: &str, after: &str) -> bool {
        if self == Style::Object && !inside.ends_with(['}', ']', '\n', ' ']) {
            return false;
        }
        let spaces = after.bytes().take_while(|byte| *byte == b' ').count();
        let (next, is_spaced) = (&after[spaces..], spaces > 0);
        match next.chars().next() {
            None | Some('\n' | ',' | '}' | ']' | ')' | ':' | ';' | '|' | '&' | '=' | '<' | '>') => {
                true
            }
            // Clojure writes no comma between a key and its value.
            Some('"') if is_spaced && self == Style::Member => meaning_of(inside).is_some(),
            Some('\\' | '"' | '\'' | '`' | '/' | '│') => !is_spaced || self == Style::Pair,
            Some('.') => next[1..].chars().next().is_none_or(char::is_whitespace),
            Some(_) => is_spaced && (self != Style::Member || starts_pair(next)),
        }
    }
}

/// Whether a text starts with a key and its separator.
fn starts_pair(text: &str) -> bool {
    let key = text.trim_start_matches(is_of_label);
    key.len() < text.len() && key.starts_with([':', '='])
}

/// Whether a text has a key in quotes, as an object has.
pub fn has_key(text: &str) -> bool {
    text.contains("\":") || text.contains("':")
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

/// The bytes between a label and the quote or word of its value, and whether PHP wrote it with
/// its length, in quotes that are not escaped inside.
pub fn before_value(text: &str) -> (usize, bool) {
    let mut rest = text.trim_start_matches([' ', '\t']);
    if text.len() - rest.len() > MAX_SPACE {
        return (0, false);
    }
    let below = rest.trim_start_matches(['\n', ' ', '\t']);
    if rest.starts_with('\n')
        && ["string(", "int(", "float("]
            .iter()
            .any(|it| below.starts_with(it))
    {
        rest = below;
    }
    if let Some(number) = rest.strip_prefix("string(") {
        let quoted = number.trim_start_matches(|c: char| c.is_ascii_digit());
        if let Some(quoted) = quoted.strip_prefix(") ") {
            return (text.len() - quoted.len(), true);
        }
    }
    for _ in 0..3 {
        let wrapper = WRAPPERS
            .iter()
            .find_map(|wrapper| rest.strip_prefix(wrapper));
        let marks = rest.trim_start_matches(['*', '_']).trim_start_matches(' ');
        let tag = rest
            .strip_prefix('<')
            .and_then(|tag| tag.get(..tag.find('>')? + 1));
        rest = match (wrapper, tag) {
            (Some(behind), _) => behind,
            (None, Some(tag)) if tag.len() < 32 && !tag.starts_with('!') => {
                rest[1 + tag.len()..].trim_start_matches(' ')
            }
            _ if ["**", "__", "* ", "_ "]
                .iter()
                .any(|mark| rest.starts_with(mark)) =>
            {
                marks
            }
            _ => break,
        };
    }
    let mut letters = rest.chars();
    if matches!(
        letters.next(),
        Some('u' | 'b' | 'r' | 'f' | 'U' | 'B' | '&')
    ) && matches!(letters.next(), Some('"' | '\''))
    {
        rest = &rest[1..];
    }
    (text.len() - rest.len(), false)
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
    if !before.bytes().all(|byte| b" -".contains(&byte)) {
        return None;
    }
    let first_end = Some(line.end).filter(|end| (from..limit).contains(end))?;
    let first = text[from..first_end].trim();
    let is_block = first.starts_with(['>', '|']) && first.len() < 4;
    let mut end = first_end;
    for line in text[first_end + 1..limit]
        .split_inclusive('\n')
        .take(MAX_BLOCK)
    {
        let content = line.trim_start_matches(' ');
        let is_deeper = line.len() - content.len() > before.len();
        let is_text = is_block
            || !(starts_pair(content)
                || content.starts_with(['-', '*', '{', '[', '}', '"', '\''])
                || content.starts_with("at "));
        if content.trim().is_empty() || !is_deeper || !is_text {
            break;
        }
        end += line.len();
    }
    let start = if is_block { first_end + 1 } else { from };
    (end > first_end && (is_block || !first.is_empty())).then(|| start..end.min(limit).max(start))
}

/// The length of a value that is one of a form: `error_msg=quota+exceeded&request_id=…`.
pub fn is_form(text: &str, label: usize, value: &str) -> Option<usize> {
    let is_first = text[..label].ends_with(['&', '?']);
    let end = value
        .bytes()
        .take(MAX_FORM)
        .position(|byte| b" \t\"'`<>&".contains(&byte));
    let Some(length) = end else {
        return (is_first && value.len() < MAX_FORM).then_some(value.len());
    };
    let pair = value[length..].strip_prefix('&');
    let is_followed = pair.is_some_and(starts_pair);
    (is_followed || is_first && !value[length..].starts_with(' ')).then_some(length)
}
