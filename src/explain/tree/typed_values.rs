//! Values after the name of their type, or in a wrapper that has no other value.

use crate::explain::values::{is_id, is_word_of};
use crate::message::start_of;

/// Names of types, or the last words of such: `QString`, `$numberInt`, `stringValue`.
const TYPES: &str = "string str chr char text number num integer int long double float dbl decimal \
    optional some just hashable variant value uuid s n t";
/// Bytes of a type and its marks, and of a value in a wrapper.
const MAX_TYPE: usize = 64;
const MAX_TYPED: usize = 2048;

/// What stands in the wrapper that a text starts with: `Some("…")`, `(string) (len=9) "…"`,
/// `chr "…"`, `QVariant(int, 409)`, `{"S": "…"}`, `[\n  "…"\n]`.
pub fn inside_wrapper(text: &str) -> Option<&str> {
    let near = start_of(text, MAX_TYPE);
    let name_length = near.find(|c: char| !is_of_type(c)).unwrap_or(near.len());
    let (name, rest) = text.split_at(name_length);
    let opening = rest.chars().next()?;
    let inner = rest[opening.len_utf8()..].trim_start_matches([' ', '\t', '\n']);
    if rest.len() - inner.len() > MAX_TYPE || !(name.is_empty() || is_type(name)) {
        return None;
    }
    let closing = match opening {
        ' ' if !name.is_empty() => {
            let (is_quoted, after) = after_value(inner)?;
            let is_number = inner.starts_with(|c: char| c.is_ascii_digit());
            return (is_last(after) && (is_quoted || is_number)).then_some(inner);
        }
        '(' => ')',
        '[' => ']',
        '{' => '}',
        _ => return None,
    };
    // A cast, or the length of the string: `(string) (len=9) `, `string(9) `.
    if let Some((inside, after)) = start_of(inner, MAX_TYPE).split_once(") ")
        && inside.chars().all(|c| is_of_type(c) || c == '=')
        && (!name.is_empty() || is_type(inside) || inside.starts_with("len="))
        && (name.is_empty() || after.starts_with('"'))
    {
        return Some(&inner[inside.len() + 2..]);
    }
    let key = inner.trim_start_matches(['\\', '"', '\'']);
    let after_key = key.trim_start_matches(is_of_type);
    let key = &key[..key.len() - after_key.len()];
    let value = after_key
        .trim_start_matches(['\\', '"', '\''])
        .trim_start()
        .strip_prefix([':', '=', ',']);
    let inner = match value {
        Some(value) if is_type(key) => value.trim_start(),
        _ => inner,
    };
    let is_only = || {
        let (_, after) = after_value(inner)?;
        let after = after.trim_start_matches([' ', '\t', '\n', ',']);
        is_last(after.strip_prefix(closing)?).then_some(())
    };
    (!name.is_empty() || is_only().is_some()).then_some(inner)
}

fn is_of_type(c: char) -> bool {
    c.is_ascii_alphanumeric() || "_$#*:.".contains(c)
}

/// Whether a name, or the last of the words joined in it, is that of a type.
pub fn is_type(name: &str) -> bool {
    let name = name.trim_matches(|c: char| !c.is_ascii_alphabetic());
    let last = name.rfind(|c: char| c.is_ascii_uppercase()).unwrap_or(0);
    is_word_of(TYPES, name) || is_word_of(TYPES, &name[last..])
}

/// Whether nothing follows a value.
fn is_last(after: &str) -> bool {
    after.is_empty() || after.starts_with([',', ')', ']', '}', ';', '\n', '"', '\'', '\\'])
}

/// Whether a text ends in the name of a type.
pub fn ends_in_type(text: &str) -> bool {
    let reach = &text.as_bytes()[text.len().saturating_sub(MAX_TYPE)..];
    let is_of_name = |byte: &&u8| is_of_type(char::from(**byte));
    let length = reach.iter().rev().take_while(is_of_name).count();
    length > 0 && is_type(&text[text.len() - length..])
}

/// What stands after the word or the string that a text starts with, and whether it is a string.
pub fn after_value(text: &str) -> Option<(bool, &str)> {
    let near = start_of(text, MAX_TYPED);
    let inside = near.trim_start_matches('\\');
    let run = near.len() - inside.len();
    let Some(quote) = inside.chars().next().filter(|c| "\"'`".contains(*c)) else {
        let after = text.trim_start_matches(is_id);
        return (after.len() < text.len()).then_some((false, after));
    };
    let backslashes = |end: usize| {
        inside[..end]
            .bytes()
            .rev()
            .take_while(|b| *b == b'\\')
            .count()
    };
    let mut ends = inside.match_indices(quote).skip(1).map(|(end, _)| end);
    let end = ends.find(|end| backslashes(*end) == run)?;
    Some((true, &text[run + end + 1..]))
}
