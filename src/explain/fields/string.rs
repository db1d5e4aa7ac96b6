//! Strings between quotes with escapes in them, also strings inside strings.

use memchr::memchr;

use crate::escapes;

/// How often the bytes of a text may be read as parts of strings with labels, on average.
/// A response in a string of a response has 2; what is made to have thousands is slow.
const MOST_READINGS: usize = 8;

/// Reads the strings of a text, to a bound.
pub struct Strings {
    /// Bytes that may still be read.
    readable: usize,
}

impl Strings {
    pub fn of(text: &str) -> Self {
        Strings {
            readable: MOST_READINGS * text.len(),
        }
    }

    /// The string that `text` starts with, behind its opening `quote` and the backslashes
    /// before it: how many bytes it has and what it says. None where too much was read.
    pub fn read(&mut self, text: &str, quote: u8, backslashes: usize) -> Option<(usize, String)> {
        let length = closing_quote(text, quote, backslashes, self.readable);
        self.readable -= length.unwrap_or(self.readable);
        Some((length?, decoded(&text[..length?], backslashes)))
    }
}

/// Where the string that starts `text` ends: at the next quote with as many backslashes
/// before it as before the opening one, or with the text. None if it has more than `most`
/// bytes.
fn closing_quote(text: &str, quote: u8, backslashes: usize, most: usize) -> Option<usize> {
    let mut run = 0;
    for (at, byte) in text.bytes().take(most + 1).enumerate() {
        if byte == b'\\' {
            run += 1;
            continue;
        }
        let closes = run == backslashes || (backslashes == 0 && run % 2 == 0);
        if byte == quote && closes {
            return Some(at - run.min(backslashes));
        }
        run = 0;
    }
    (text.len() <= most).then_some(text.len())
}

/// The text of a string with its escapes resolved, once for the string itself and
/// once for each string around it: these double the backslashes before a quote.
fn decoded(inside: &str, backslashes: usize) -> String {
    let mut value = inside.to_owned();
    let mut escaped = backslashes;
    loop {
        value = unescaped(&value);
        if escaped == 0 {
            return value;
        }
        escaped /= 2;
    }
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

    #[test]
    fn a_text_is_read_to_a_bound() {
        let text = "a string that never ends";
        let mut strings = Strings::of(text);
        let read = || strings.read(text, b'"', 0);
        let read: Vec<_> = std::iter::from_fn(read).take(100).collect();
        assert_eq!(read, vec![(text.len(), text.to_owned()); MOST_READINGS]);
    }

    #[test]
    fn escapes_are_resolved_once_for_each_string_around() {
        let read = |text: &str, backslashes| Strings::of(text).read(text, b'"', backslashes);
        assert_eq!(read(r#"a\\b\u00e9" c"#, 0), Some((10, r"a\bé".to_owned())));
        assert_eq!(read(r#"a\"b" c"#, 0), Some((4, r#"a"b"#.to_owned())));
        assert_eq!(read(r#"a\\\"b\" c"#, 1), Some((6, r#"a"b"#.to_owned())));
    }
}
