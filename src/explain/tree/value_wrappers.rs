//! Finds what stands around a value besides quotes: the name of its type, or marks of Markdown.

use crate::explain::values::labels::is_label_char;
use crate::substrings::{is_word_of, split_while, start_among, start_of};

/// Names of types, or the last words of such names: `QString`, `$numberInt`, `stringValue`.
const TYPES: &str = "string str chr char text number num integer int long double float dbl decimal \
    optional some just hashable variant value uuid method slice s n t";
/// Marks before the quote of a string: Python's prefixes, and the `&` of an address in memory.
pub(super) const BEFORE_QUOTES: [char; 7] = ['u', 'b', 'r', 'f', 'U', 'B', '&'];
/// The most bytes of a type with its marks, and of a value in a wrapper, that are looked at.
const MAX_TYPE: usize = 64;
const MAX_TYPED: usize = 2048;
/// How Ruby shows an address.
const ADDRESS_OF_RUBY: &str = "#<URI::HTTPS ";
/// Marks between a label and its value.
const MARKS_BEFORE_VALUE: [&str; 6] = ["**", "__", "* ", "_ ", " ", ADDRESS_OF_RUBY];

/// How many bytes stand between a label and the quote or word of its value. With `is_prose`
/// the value may be a text without quotes, which may have brackets of its own.
pub(super) fn before_value(text: &str, is_prose: bool) -> usize {
    let mut rest = text.trim_start_matches([' ', '\t']);
    // PHP writes the value on the line below its label, and Ruby does so with a long value.
    let below = rest.trim_start_matches(['\n', ' ']);
    if inside_wrapper(below).is_some() || below.starts_with(ADDRESS_OF_RUBY) {
        rest = below;
    }
    while let Some(marks) = start_among(&MARKS_BEFORE_VALUE, rest) {
        rest = &rest[marks.len()..];
    }
    let mut inside = rest;
    while let Some(after) = inside_wrapper(inside) {
        inside = after.trim_start_matches(' ');
    }
    let near = start_of(rest, MAX_TYPED);
    let is_closed = || near.lines().next().is_some_and(|line| line.ends_with([')', ']']));
    if !is_prose || inside.starts_with(['"', '\'', '\\']) || is_closed() {
        rest = inside;
    }
    // In Ruby and Clojure a value may be a word behind a colon: `:post`.
    let word = rest.strip_prefix(':').filter(|it| it.starts_with(char::is_alphabetic));
    rest = word.unwrap_or(rest);
    let marked = rest.strip_prefix(BEFORE_QUOTES);
    let quoted = marked.filter(|it| it.starts_with(['"', '\'']));
    text.len() - quoted.unwrap_or(rest).len()
}

/// Whether a text starts with a key and its separator.
pub(super) fn starts_pair(text: &str) -> bool {
    text.trim_start_matches(is_label_char).starts_with([':', '='])
}

/// The rest of a text behind the start of its wrapper: `Some("…")`, `(string) (len=9) "…"`,
/// `chr "…"`, `QVariant(int, 409)`, `{"S": "…"}`, `[\n  "…"\n]`, `Array\n(\n  [0] => …\n)`.
fn inside_wrapper(text: &str) -> Option<&str> {
    if let Some(list) = text.strip_prefix("Array\n") {
        // A list of one, as PHP prints it.
        return list.trim_start().strip_prefix("(\n")?.trim_start().strip_prefix("[0] => ");
    }
    let near = start_of(text, MAX_TYPE);
    let (name, _) = split_while(near, is_type_char);
    let rest = &text[name.len()..];
    let inner = rest.strip_prefix(['(', '[', '{'])?.trim_start_matches([' ', '\t', '\n']);
    // Kotlin names what a class holds: `HttpMethod(value=POST)`.
    let inner = inner.strip_prefix("value=").unwrap_or(inner);
    if !(name.is_empty() || is_type(name)) {
        return None;
    }
    // The type of the value, or the length of the string, may stand inside the wrapper.
    let marks = ['\\', '"', '\''];
    let inside = inner.trim_start_matches(marks);
    let (inside, after) = split_while(inside, |c| is_type_char(c) || c == '=');
    let after = after.trim_start_matches(marks).trim_start();
    let value = after.strip_prefix([':', '=', ',', ')']).map(str::trim_start);
    let is_quoted = |text: &str| text.starts_with(marks);
    if let Some(value) = value
        && (is_type(inside) || is_quoted(value) && inside.ends_with(|c: char| c.is_ascii_digit()))
    {
        return Some(value);
    }
    (!name.is_empty() || !rest.starts_with('{')).then_some(inner)
}

fn is_type_char(c: char) -> bool {
    c.is_ascii_alphanumeric() || "_$#*:.".contains(c)
}

/// Whether a name, or its last word as in `stringValue`, is that of a type.
fn is_type(name: &str) -> bool {
    let name = name.trim_matches(|c: char| !c.is_ascii_alphabetic());
    let last = name.rfind(|c: char| c.is_ascii_uppercase()).unwrap_or(0);
    // The last capital of a word in capitals (`IDS`) is no word of its own.
    is_word_of(TYPES, name) || last + 1 < name.len() && is_word_of(TYPES, &name[last..])
}
