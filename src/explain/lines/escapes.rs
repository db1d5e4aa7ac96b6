//! Escapes that hide quotes and brackets from the reading: entities of HTML, the percents of
//! addresses, `\u0022`, the doubled quotes of CSV, the typographic ones of a chat.

use memchr::memmem;

use crate::escapes::escape;

/// How quotes are written, and what shows that a text has such.
const SIGNS: [(Kind, &[&str]); 5] = [
    (
        Kind::Entity,
        &["&quot;", "&#34;", "&#x22;", "&#39;", "&#x27;", "&apos;"],
    ),
    (Kind::Percent, &["%22", "%7"]),
    (Kind::Unit, &["\\u00", "\\x22"]),
    // After a key.
    (Kind::Doubled, &["\"\":"]),
    (Kind::Curly, &["”:"]),
];

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Entity,
    Percent,
    Unit,
    Doubled,
    Curly,
}

/// The kinds of escapes that a text has: few have any.
pub struct Escapes(Vec<(Kind, &'static [&'static str])>);

impl Escapes {
    pub fn of(text: &str) -> Self {
        let mut signs = SIGNS.to_vec();
        signs.retain(|(_, signs)| has_any(text, signs));
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
        let is_of_text = |kind| matches!(kind, Kind::Percent | Kind::Unit);
        let here =
            (self.0.iter()).filter(|(kind, signs)| is_of_text(*kind) || has_any(text, signs));
        let here: Vec<_> = here.map(|(kind, _)| *kind).collect();
        // Where the text ends that is encoded as in an address, and the object in it.
        let (mut run_end, mut form_end) = (0, 0);
        let mut done = 0;
        let is_mark = |c: char| "&%\\+\"“”".contains(c);
        let next_mark = |rest: &str| (!here.is_empty()).then(|| rest.find(is_mark)).flatten();
        while let Some(next) = next_mark(&text[done..]) {
            out.push_str(&text[done..done + next]);
            done += next;
            let rest = &text[done..];
            if rest.starts_with('%') && done >= run_end {
                let run = &rest[..encoded_length(rest)];
                run_end = done + run.len();
                let has_object = has_any(run, &["%22", "%7B", "%7b"]);
                form_end = if has_object { run_end } else { 0 };
            }
            let plain = |text: &str, length| Some((text.to_owned(), length));
            let known = here
                .iter()
                .find_map(|kind| match (kind, rest.as_bytes()[0]) {
                    (Kind::Entity, b'&') => escape(rest).map(|(c, length)| (c.into(), length)),
                    (Kind::Percent, b'%') if done < form_end => {
                        escape(rest).map(|(c, length)| (c.into(), length))
                    }
                    (Kind::Percent, b'+') if done < form_end => plain(" ", 1),
                    (Kind::Unit, b'\\') => unit(rest),
                    (Kind::Curly, 0xe2) => plain("\"", '“'.len_utf8()),
                    (Kind::Doubled, b'"') if rest.starts_with("\"\"") => plain("\"", 2),
                    _ => None,
                });
            // A run of backslashes is one escape.
            let run = rest.bytes().take_while(|byte| *byte == b'\\').count();
            let length = run.max(rest.chars().next().map_or(0, char::len_utf8));
            let is_known = known.is_some();
            let (resolved, length) = known.unwrap_or_else(|| (rest[..length].to_owned(), length));
            out.push_str(&resolved);
            done += length;
            if is_known {
                pieces.push((at + done, out.len()));
            }
        }
        out.push_str(&text[done..]);
    }
}

/// Whether a text has one of several parts; several times as fast as [`str::contains`].
fn has_any(text: &str, parts: &[&str]) -> bool {
    let mut parts = parts.iter();
    parts.any(|part| memmem::find(text.as_bytes(), part.as_bytes()).is_some())
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
