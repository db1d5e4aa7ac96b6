//! Escapes that hide quotes and brackets from the reading: entities of HTML, the percents of
//! addresses, the doubled quotes of CSV, the typographic ones of a chat.

use memchr::memmem;

use crate::escapes::escape;

/// How quotes are written, and what shows that a line has such. Doubled and typographic ones show
/// after a key.
const SIGNS: [(Kind, &[&str]); 4] = [
    (Kind::Entity, &["&quot;", "&#", "&apos;"]),
    (Kind::Percent, &["%22", "%7"]),
    (Kind::Doubled, &["\"\":"]),
    (Kind::Curly, &["”:"]),
];

#[derive(Clone, Copy, PartialEq)]
enum Kind {
    Entity,
    Percent,
    Doubled,
    Curly,
}

/// Adds a line that starts in the original at `at` to `out`, the escapes of quotes and brackets in
/// it resolved, and to `pieces` where each piece starts in the original and in `out`.
pub fn resolve(at: usize, line: &str, out: &mut String, pieces: &mut Vec<(usize, usize)>) {
    pieces.push((at, out.len()));
    let here = SIGNS.iter().filter(|(_, signs)| has_any(line, signs));
    let here: Vec<_> = here.map(|(kind, _)| *kind).collect();
    let is_mark = |c: char| "&%+\"“”".contains(c);
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
        if let Some((text, length)) = decoded {
            out.push(text);
            done += length;
            pieces.push((at + done, out.len()));
        } else {
            let first = rest.chars().next();
            out.extend(first);
            done += first.map_or(0, char::len_utf8);
        }
    }
    out.push_str(&line[done..]);
}

/// What the escape of a kind at the start of a text stands for, and its length.
fn decoded(kind: Kind, text: &str, is_of_form: bool) -> Option<(char, usize)> {
    let is_at = |mark: &str| text.starts_with(mark);
    match kind {
        Kind::Entity if is_at("&") => escape(text),
        Kind::Percent if is_of_form && is_at("%") => escape(text),
        Kind::Percent => (is_of_form && is_at("+")).then_some((' ', 1)),
        Kind::Curly => (is_at("“") || is_at("”")).then_some(('"', '“'.len_utf8())),
        Kind::Doubled => is_at("\"\"").then_some(('"', 2)),
        Kind::Entity => None,
    }
}

/// Whether a text has one of several parts; several times as fast as [`str::contains`].
pub fn has_any(text: &str, parts: &[&str]) -> bool {
    let mut parts = parts.iter();
    parts.any(|part| memmem::find(text.as_bytes(), part.as_bytes()).is_some())
}
