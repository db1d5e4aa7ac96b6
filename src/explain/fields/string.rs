//! Strings between quotes with escapes in them, also strings inside strings.

use memchr::memchr;

use crate::escapes;

/// Backslashes before a quote at most: each string around doubles them and adds one, and
/// five around one are more than programs write.
const MOST_BACKSLASHES: usize = 31;

/// What stands between quotes, with its escapes.
#[derive(Debug, Clone, Copy)]
pub struct Quoted<'t> {
    /// As it stands.
    pub inside: &'t str,
    /// How many backslashes are before each quote.
    backslashes: usize,
}

impl<'t> Quoted<'t> {
    /// The string that `text` starts with, behind its opening `quote` and the backslashes
    /// before it. None where these are too many. One that is not closed ends with the text.
    pub fn at(text: &'t str, quote: u8, backslashes: usize) -> Option<Self> {
        (backslashes <= MOST_BACKSLASHES).then(|| Quoted {
            inside: &text[..closing_quote(text, quote, backslashes)],
            backslashes,
        })
    }

    /// What it says: its escapes resolved, once for the string itself and once for each
    /// string around it.
    pub fn value(&self) -> String {
        let mut value = self.inside.to_owned();
        let mut escaped = self.backslashes;
        while memchr(b'\\', value.as_bytes()).is_some() {
            value = unescaped(&value);
            if escaped == 0 {
                break;
            }
            escaped /= 2;
        }
        value
    }
}

/// Where the string that starts `text` ends: at the next quote with as many backslashes
/// before it as before the opening one, or with the text.
fn closing_quote(text: &str, quote: u8, backslashes: usize) -> usize {
    let mut run = 0;
    for (at, byte) in text.bytes().enumerate() {
        if byte == b'\\' {
            run += 1;
            continue;
        }
        let closes = run == backslashes || (backslashes == 0 && run % 2 == 0);
        if byte == quote && closes {
            return at - run.min(backslashes);
        }
        run = 0;
    }
    text.len()
}

/// Resolves the escapes of a JSON string once; what is none stays as it is.
fn unescaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = memchr(b'\\', rest.as_bytes()) {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let (c, length) = match rest.as_bytes().get(1) {
            Some(b'n') => ('\n', 2),
            Some(b't') => ('\t', 2),
            Some(b'r') => ('\r', 2),
            Some(b'b') => ('\u{8}', 2),
            Some(b'f') => ('\u{c}', 2),
            Some(b'u') => unicode(rest).unwrap_or(('\\', 1)),
            Some(c @ (b'"' | b'\'' | b'\\' | b'/')) => (char::from(*c), 2),
            _ => ('\\', 1),
        };
        out.push(c);
        rest = &rest[length..];
    }
    out + rest
}

/// The character of the `\uXXXX`, or the two for one beyond 16 bits, at the start.
fn unicode(text: &str) -> Option<(char, usize)> {
    let unit = |at: usize| escapes::unit(text.as_bytes().get(at..)?);
    let units = [unit(0)?, unit(6).unwrap_or(0)];
    let c = char::decode_utf16(units)
        .next()?
        .unwrap_or(char::REPLACEMENT_CHARACTER);
    Some((c, if c.len_utf16() == 2 { 12 } else { 6 }))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn value(text: &str, backslashes: usize) -> Option<(usize, String)> {
        let quoted = Quoted::at(text, b'"', backslashes)?;
        Some((quoted.inside.len(), quoted.value()))
    }

    #[test]
    fn escapes_are_resolved_once_for_each_string_around() {
        assert_eq!(value(r#"a\\b\u00e9" c"#, 0), Some((10, r"a\bé".to_owned())));
        assert_eq!(value(r#"a\"b" c"#, 0), Some((4, r#"a"b"#.to_owned())));
        assert_eq!(value(r#"a\\\"b\" c"#, 1), Some((6, r#"a"b"#.to_owned())));
        assert_eq!(
            value("never closed", 3),
            Some((12, "never closed".to_owned()))
        );
    }

    #[test]
    fn a_string_is_read_in_five_others() {
        let mut text = r#"msg "a" end"#.to_owned();
        for around in [0, 1, 3, 7, 15, 31] {
            let opening = format!(r#"{}""#, r"\".repeat(around));
            let start = text.find(&opening).unwrap() + opening.len();
            assert_eq!(value(&text[start..], around).unwrap().1, "a", "{text}");
            text = serde_json::to_string(&text).unwrap();
            text = text[1..text.len() - 1].to_owned();
        }
        assert_eq!(value(&text, 63), None);
    }
}
