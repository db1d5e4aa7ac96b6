//! Escapes that hide quotes and brackets from the reading: entities of HTML, the percents of
//! addresses, `\u0022`, the doubled quotes of CSV, the typographic ones of a chat.

use memchr::memmem;

use crate::escapes::escape;

/// What shows that a text has quotes that are written in another way.
const SIGNS: [(Kind, &[&str]); 6] = [
    (
        Kind::Entity,
        &["&quot;", "&#34;", "&#x22;", "&#39;", "&#x27;", "&apos;"],
    ),
    (Kind::Percent, &["%22", "%7"]),
    (Kind::Unit, &["\\u00", "\\x22"]),
    // After a key.
    (Kind::Doubled, &["\"\":"]),
    (Kind::Curly, &["”:"]),
    // Of Erlang.
    (Kind::Binary, &["<<\""]),
];

/// How quotes are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Entity,
    Percent,
    Unit,
    Doubled,
    Curly,
    Binary,
}

/// The kinds of escapes that a text has: few have any.
pub struct Escapes(Vec<(Kind, &'static [&'static str])>);

impl Escapes {
    pub fn of(text: &str) -> Self {
        let mut signs = SIGNS.to_vec();
        signs.retain(|(_, signs)| signs.iter().any(|sign| contains(text, sign)));
        Escapes(signs)
    }

    /// Adds text of the original from `at` on to `out`, the escapes of quotes and brackets in
    /// it resolved, and to `pieces` where each piece starts in the original and in `out`.
    pub fn resolve(
        &self,
        at: usize,
        text: &str,
        out: &mut String,
        pieces: &mut Vec<(usize, usize)>,
    ) {
        pieces.push((at, out.len()));
        // Those of addresses and characters show in the first line that they stand in.
        let is_here = |kind, signs: &[&str]| {
            matches!(kind, Kind::Percent | Kind::Unit) || signs.iter().any(|it| contains(text, it))
        };
        let here = self.0.iter().filter(|(kind, signs)| is_here(*kind, signs));
        let here: Vec<_> = here.map(|(kind, _)| *kind).collect();
        let (mut run_end, mut form_end, mut binary_end) = (0, 0, usize::MAX);
        let mut done = 0;
        let is_mark = |c: char| "&%\\+\"“”<".contains(c);
        let next_mark = |rest: &str| (!here.is_empty()).then(|| rest.find(is_mark)).flatten();
        while let Some(next) = next_mark(&text[done..]) {
            out.push_str(&text[done..done + next]);
            done += next;
            let rest = &text[done..];
            if rest.starts_with('%') && done >= run_end {
                let run = &rest[..encoded_length(rest)];
                run_end = done + run.len();
                let has_object = ["%22", "%7B", "%7b"].iter().any(|it| run.contains(it));
                form_end = if has_object { run_end } else { 0 };
            }
            let is_of_form = done < form_end;
            let decoded = || escape(rest).map(|(c, length)| (c.to_string(), length));
            let known = here
                .iter()
                .find_map(|kind| match (kind, rest.as_bytes()[0]) {
                    (Kind::Entity, b'&') => decoded(),
                    (Kind::Percent, b'%') if is_of_form => decoded(),
                    (Kind::Percent, b'+') if is_of_form => Some((" ".to_owned(), 1)),
                    (Kind::Unit, b'\\') => unit(rest),
                    (Kind::Binary, b'<') => {
                        binary_end = done + binary_length(rest)?;
                        Some(("\"".to_owned(), 3))
                    }
                    (Kind::Binary, b'"') if done == binary_end => Some(("\"".to_owned(), 3)),
                    (Kind::Curly, 0xe2) => Some(("\"".to_owned(), '“'.len_utf8())),
                    (Kind::Doubled, b'"') if rest.starts_with("\"\"") => Some(("\"".to_owned(), 2)),
                    _ => None,
                });
            // A run of backslashes is one escape.
            let run = rest.bytes().take_while(|byte| *byte == b'\\').count();
            let first = rest.chars().next().map_or(0, char::len_utf8);
            let is_known = known.is_some();
            let (resolved, length) =
                known.unwrap_or_else(|| (rest[..run.max(first)].to_owned(), run.max(first)));
            out.push_str(&resolved);
            done += length;
            if is_known {
                pieces.push((at + done, out.len()));
            }
        }
        out.push_str(&text[done..]);
    }
}

/// As [`str::contains`], several times as fast in a long text.
pub fn contains(text: &str, part: &str) -> bool {
    memmem::find(text.as_bytes(), part.as_bytes()).is_some()
}

/// Where the string of Erlang that a text starts with ends, before its last quote.
fn binary_length(text: &str) -> Option<usize> {
    let inside = text.strip_prefix("<<\"")?;
    let mut quotes = memchr::memchr_iter(b'"', inside.as_bytes());
    let end = quotes.find(|end| !inside[..*end].ends_with('\\'))?;
    inside[end..].starts_with("\">>").then_some(end + 3)
}

/// How far a text goes that is encoded as in an address.
fn encoded_length(text: &str) -> usize {
    let end = text.find(|c: char| !(c.is_ascii_alphanumeric() || "%+-_.*~!'()".contains(c)));
    end.unwrap_or(text.len())
}

/// What a `\u0022`, `\x22` or `\u003c` stands for after any number of backslashes, written so
/// that it is as deep in strings as before: a quote keeps its backslashes.
fn unit(text: &str) -> Option<(String, usize)> {
    let run = text.bytes().take_while(|byte| *byte == b'\\').count();
    let (c, length) = escape(&text[run - 1..]).filter(|(_, length)| *length > 2)?;
    let backslashes = if c == '"' { 2 * run - 1 } else { 0 };
    let resolved = "\\".repeat(backslashes.min(64)) + c.encode_utf8(&mut [0; 4]);
    "\"<>&=".contains(c).then_some((resolved, run - 1 + length))
}
