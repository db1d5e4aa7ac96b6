//! Escapes that hide quotes and brackets from the reading: entities of HTML, the percents of
//! addresses, `\u0022`, the doubled quotes of CSV.

use memchr::{memchr, memmem};

/// Characters, and how HTML and XML write them.
const ENTITIES: [(&str, &str); 10] = [
    ("&quot;", "\""),
    ("&#34;", "\""),
    ("&#x22;", "\""),
    ("&#39;", "'"),
    ("&#039;", "'"),
    ("&#x27;", "'"),
    ("&apos;", "'"),
    ("&lt;", "<"),
    ("&gt;", ">"),
    // Last, so that what it leaves is not taken for another entity.
    ("&amp;", "&"),
];

/// Behind a key in a cell of CSV, where quotes are doubled.
const DOUBLED: &str = "\"\":";

/// Behind a key whose quotes a chat or a mail has made typographic.
const CURLY: &str = "”:";

/// Which kinds of escapes a text may have: few have any.
pub struct Escapes {
    entities: bool,
    percents: bool,
    units: bool,
    /// What shows quotes that are written in another way: behind keys.
    quotes: Vec<&'static str>,
}

impl Escapes {
    pub fn of(text: &str) -> Self {
        Escapes {
            entities: contains(text, "&quot;")
                || contains(text, "&#34;")
                || contains(text, "&#x22;"),
            percents: contains(text, "%22") || contains(text, "%7"),
            units: contains(text, "\\u00") || contains(text, "\\x22"),
            quotes: [DOUBLED, CURLY]
                .into_iter()
                .filter(|it| contains(text, it))
                .collect(),
        }
    }

    /// Adds text of the original from `at` on to `out`, the escapes of quotes and brackets in
    /// it resolved, and to `pieces` where each piece starts in the original and in `out`.
    pub fn resolve(
        &self,
        mut at: usize,
        text: &str,
        out: &mut String,
        pieces: &mut Vec<(usize, usize)>,
    ) {
        pieces.push((at, out.len()));
        let entities = self.entities
            && ["&quot;", "&#34;", "&#x22;"]
                .iter()
                .any(|quote| text.contains(quote));
        let has = |quote| self.quotes.contains(&quote) && contains(text, quote);
        let (doubled, curly) = (has(DOUBLED), has(CURLY));
        let is_mark = |c: char| "&%\\+\"".contains(c) || curly && matches!(c, '“' | '”');
        if !(entities || doubled || curly || self.percents || self.units) {
            out.push_str(text);
            return;
        }
        let mut rest = text;
        let (mut run_end, mut form_end) = (0, 0);
        while let Some(next) = rest.find(is_mark) {
            let (plain, escape) = rest.split_at(next);
            out.push_str(plain);
            at += next;
            let done = text.len() - escape.len();
            if self.percents && done >= run_end && escape.starts_with('%') {
                let run = &escape[..encoded_length(escape)];
                run_end = done + run.len();
                let has_object = ["%22", "%7B", "%7b"].iter().any(|it| run.contains(it));
                form_end = if has_object { run_end } else { 0 };
            }
            let resolved = match escape.as_bytes()[0] {
                b'&' if entities => entity(escape).map(|(c, length)| (c.to_owned(), length)),
                b'%' if done < form_end => percent(escape),
                b'+' if done < form_end => Some((" ".to_owned(), 1)),
                b'\\' if self.units => unit(escape),
                0xe2 if curly => Some(("\"".to_owned(), '“'.len_utf8())),
                b'"' if doubled && escape.starts_with("\"\"") => Some(("\"".to_owned(), 2)),
                _ => None,
            };
            let length = if let Some((resolved, length)) = resolved {
                out.push_str(&resolved);
                pieces.push((at + length, out.len()));
                length
            } else {
                // A run of backslashes is one escape.
                let run = escape.bytes().take_while(|byte| *byte == b'\\').count();
                out.push_str(&escape[..run.max(1)]);
                run.max(1)
            };
            at += length;
            rest = &escape[length..];
        }
        out.push_str(rest);
    }
}

/// As [`str::contains`], several times as fast in a long text.
pub fn contains(text: &str, part: &str) -> bool {
    memmem::find(text.as_bytes(), part.as_bytes()).is_some()
}

/// The text with the entities of XML and HTML resolved.
pub fn without_entities(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = memchr(b'&', rest.as_bytes()) {
        out.push_str(&rest[..at]);
        let (c, length) = entity(&rest[at..]).unwrap_or(("&", 1));
        out.push_str(c);
        rest = &rest[at + length..];
    }
    out + rest
}

/// The character that the entity at the start of a text stands for, and its length.
fn entity(text: &str) -> Option<(&'static str, usize)> {
    let known = ENTITIES.iter().find(|(entity, _)| text.starts_with(entity));
    known.map(|(entity, c)| (*c, entity.len()))
}

/// How far a text goes that is encoded as in an address.
fn encoded_length(text: &str) -> usize {
    let end = text.find(|c: char| !(c.is_ascii_alphanumeric() || "%+-_.*~!'()".contains(c)));
    end.unwrap_or(text.len())
}

/// What the percent encoding at the start of a text stands for, and its length: a character
/// of several bytes has several.
fn percent(text: &str) -> Option<(String, usize)> {
    let mut bytes = Vec::new();
    let mut rest = text;
    while let Some(digits) = rest.strip_prefix('%').and_then(|rest| rest.get(..2)) {
        let Ok(byte) = u8::from_str_radix(digits, 16) else {
            break;
        };
        bytes.push(byte);
        rest = &rest[3..];
        if std::str::from_utf8(&bytes).is_ok() {
            break;
        }
    }
    let text_of = String::from_utf8(bytes)
        .ok()
        .filter(|text| !text.is_empty())?;
    Some((text_of, text.len() - rest.len()))
}

/// What a `\u0022`, `\x22` or `\u003c` stands for behind any number of backslashes, written so
/// that it is as deep in strings as before: a quote keeps its backslashes.
fn unit(text: &str) -> Option<(String, usize)> {
    let run = text.bytes().take_while(|byte| *byte == b'\\').count();
    let rest = &text[run..];
    let (digits, length) = match rest.strip_prefix("u00") {
        Some(digits) => (digits.get(..2)?, 5),
        None => (rest.strip_prefix('x')?.get(..2)?, 3),
    };
    let c = match u8::from_str_radix(digits, 16).ok()? {
        b'"' => "\"",
        b'<' => "<",
        b'>' => ">",
        b'&' => "&",
        b'=' => "=",
        _ => return None,
    };
    let backslashes = if c == "\"" { 2 * run - 1 } else { 0 };
    let escaped = "\\".repeat(backslashes.min(64)) + c;
    Some((escaped, run + length))
}
