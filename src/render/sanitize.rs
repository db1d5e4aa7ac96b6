//! Keeps text that came from outside from steering the terminal or hiding in it.

use std::borrow::Cow;
use std::fmt::Write as _;

/// The text with tabs and line breaks as spaces and every other character that
/// is not safe to print escaped, e.g. `\u{1b}`.
pub fn escape(text: &str) -> Cow<'_, str> {
    // Most text is of printable ASCII, which is told faster by bytes.
    if text.bytes().all(is_printable) || !text.contains(is_unsafe) {
        return Cow::Borrowed(text);
    }
    let mut escaped = String::with_capacity(text.len() + 8);
    let mut characters = text.chars().peekable();
    while let Some(c) = characters.next() {
        match c {
            '\r' if characters.peek() == Some(&'\n') => {}
            '\t' | '\n' | '\r' => escaped.push(' '),
            c if is_unsafe(c) => escaped.extend(c.escape_unicode()),
            c => escaped.push(c),
        }
    }
    Cow::Owned(escaped)
}

/// JSON text with the unsafe characters of its strings as `\uXXXX`, so that the
/// data stays whole.
pub fn escape_json(json: String) -> String {
    let unsafe_in_string = |c: char| c != '\n' && is_unsafe(c);
    let is_printable = |byte: u8| byte == b'\n' || is_printable(byte);
    if json.bytes().all(is_printable) || !json.contains(unsafe_in_string) {
        return json;
    }
    let mut escaped = String::with_capacity(json.len() + 16);
    for c in json.chars() {
        if unsafe_in_string(c) {
            for unit in c.encode_utf16(&mut [0; 2]) {
                write!(escaped, "\\u{unit:04x}").expect("a String takes every write");
            }
        } else {
            escaped.push(c);
        }
    }
    escaped
}

/// Whether a byte is a printable character of ASCII.
fn is_printable(byte: u8) -> bool {
    matches!(byte, b' '..=b'~')
}

/// Whether a character could steer a terminal, reorder the text around it or
/// hide in it: control characters, and Unicode's format characters (general
/// categories Cc, Cf, Zl and Zp), blank fillers and supplementary variation
/// selectors.
pub fn is_unsafe(c: char) -> bool {
    if c.is_ascii() {
        return c.is_ascii_control();
    }
    matches!(c,
        '\u{80}'..='\u{9f}'
        | '\u{ad}'
        | '\u{34f}'
        | '\u{600}'..='\u{605}'
        | '\u{61c}'
        | '\u{6dd}'
        | '\u{70f}'
        | '\u{890}'..='\u{891}'
        | '\u{8e2}'
        | '\u{115f}'..='\u{1160}'
        | '\u{17b4}'..='\u{17b5}'
        | '\u{180b}'..='\u{180f}'
        | '\u{200b}'..='\u{200f}'
        | '\u{2028}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}'
        | '\u{3164}'
        | '\u{feff}'
        | '\u{ffa0}'
        | '\u{fff9}'..='\u{fffb}'
        | '\u{110bd}'
        | '\u{110cd}'
        | '\u{13430}'..='\u{1343f}'
        | '\u{1bca0}'..='\u{1bca3}'
        | '\u{1d173}'..='\u{1d17a}'
        | '\u{e0000}'..='\u{e0fff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plain_text_is_left_alone() {
        for text in [
            "",
            "quota exceeded for account.",
            "账号配额 – “ok” 👍\u{fe0f}",
        ] {
            assert!(matches!(escape(text), Cow::Borrowed(same) if same == text));
        }
    }

    #[test]
    fn control_and_invisible_characters_are_shown() {
        assert_eq!(escape("\u{1b}[31mred\u{7f}"), "\\u{1b}[31mred\\u{7f}");
        assert_eq!(
            escape("a\u{202e}b\u{200b}c\u{9b}"),
            "a\\u{202e}b\\u{200b}c\\u{9b}"
        );
        assert_eq!(escape("one\r\ntwo\tthree\rfour"), "one two three four");
    }

    #[test]
    fn json_keeps_the_data() {
        let text = "a\u{9b}b\u{e0041}c";
        let json = escape_json(serde_json::to_string(text).unwrap());
        assert_eq!(json, "\"a\\u009bb\\udb40\\udc41c\"");
        assert_eq!(serde_json::from_str::<String>(&json).unwrap(), text);
    }
}
