//! Escapes that hide quotes and brackets from the reading: entities of HTML, the percents of
//! addresses, `\u0022`, the doubled quotes of CSV, the typographic ones of a chat.

use memchr::memmem;

use crate::escapes::escape;

/// How quotes are written, and what shows that a line has such. Doubled and typographic ones show
/// after a key.
const SIGNS: [(Kind, &[&str]); 5] = [
    (Kind::Entity, &["&quot;", "&#", "&apos;"]),
    (Kind::Percent, &["%22", "%7"]),
    (Kind::Unit, &["\\u00", "\\x22"]),
    (Kind::Doubled, &["\"\":"]),
    (Kind::Curly, &["”:"]),
];

#[derive(Clone, Copy, PartialEq)]
enum Kind {
    Entity,
    Percent,
    Unit,
    Doubled,
    Curly,
}

/// Adds a line that starts in the original at `at` to `out`, the escapes of quotes and brackets in
/// it resolved, and to `pieces` where each piece starts in the original and in `out`.
pub fn resolve(at: usize, line: &str, out: &mut String, pieces: &mut Vec<(usize, usize)>) {
    pieces.push((at, out.len()));
    let here = SIGNS.iter().filter(|(_, signs)| has_any(line, signs));
    let here: Vec<_> = here.map(|(kind, _)| *kind).collect();
    let is_mark = |c: char| "&%\\+\"“”".contains(c);
    // Where the text ends that is encoded as in an address.
    let mut form_end = 0;
    let mut done = 0;
    while !here.is_empty()
        && let Some(next) = line[done..].find(is_mark)
    {
        out.push_str(&line[done..done + next]);
        done += next;
        let rest = &line[done..];
        if rest.starts_with('%') && done >= form_end {
            let is_of_form = |c: char| c.is_ascii_alphanumeric() || "%+-_.*~!'()".contains(c);
            form_end = line.len() - rest.trim_start_matches(is_of_form).len();
        }
        let mut kinds = here.iter();
        let decoded = kinds.find_map(|kind| decoded(*kind, rest, done < form_end));
        // A run of backslashes is one escape.
        let run = rest.len() - rest.trim_start_matches('\\').len();
        let length = run.max(rest.chars().next().map_or(0, char::len_utf8));
        let is_known = decoded.is_some();
        let (text, length) = decoded.unwrap_or_else(|| (rest[..length].to_owned(), length));
        out.push_str(&text);
        done += length;
        if is_known {
            pieces.push((at + done, out.len()));
        }
    }
    out.push_str(&line[done..]);
}

/// What the escape of a kind at the start of a text stands for, and its length.
fn decoded(kind: Kind, text: &str, is_of_form: bool) -> Option<(String, usize)> {
    let is_at = |mark: &str| text.starts_with(mark);
    match kind {
        Kind::Entity if is_at("&") => escape(text).map(|(c, length)| (c.into(), length)),
        Kind::Percent if is_of_form && is_at("%") => {
            escape(text).map(|(c, length)| (c.into(), length))
        }
        Kind::Percent => (is_of_form && is_at("+")).then(|| (" ".into(), 1)),
        Kind::Unit if is_at("\\") => unit(text),
        Kind::Curly => (is_at("“") || is_at("”")).then(|| ("\"".into(), '“'.len_utf8())),
        Kind::Doubled => is_at("\"\"").then(|| ("\"".into(), 2)),
        _ => None,
    }
}

/// Whether a text has one of several parts; several times as fast as [`str::contains`].
fn has_any(text: &str, parts: &[&str]) -> bool {
    let mut parts = parts.iter();
    parts.any(|part| memmem::find(text.as_bytes(), part.as_bytes()).is_some())
}

/// What a `\u0022`, `\x22` or `\u003c` stands for after any number of backslashes, written so
/// that it is as deep in strings as before: a quote keeps its backslashes.
fn unit(text: &str) -> Option<(String, usize)> {
    let run = text.len() - text.trim_start_matches('\\').len();
    let (c, length) = escape(&text[run - 1..]).filter(|(_, length)| *length > 2)?;
    let backslashes = if c == '"' { 2 * run - 1 } else { 0 };
    let resolved = "\\".repeat(backslashes.min(64)) + c.encode_utf8(&mut [0; 4]);
    "\"<>&=".contains(c).then_some((resolved, run - 1 + length))
}
