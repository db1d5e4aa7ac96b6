//! Makes text from outside safe to print: it can neither steer the terminal nor hide in it.
//! Terminal sequences are removed earlier, when the input is read (`bytes_to_text.rs`).

use std::borrow::Cow;
use std::fmt::Write as _;

use memchr::memchr2;
use unicode_properties::UnicodeEmoji as _;

use crate::hidden::is_hidden;

/// The variation selector that asks for the colourful form of an emoji.
const EMOJI_SELECTOR: char = '\u{fe0f}';

/// Begins a command to a workflow runner, anywhere in a line: `##[error]` on GitHub, and also
/// `##vso[…]` on Azure.
const COMMAND_MARK: &str = "##";

/// The text with each kind of white space as a plain space and every other character that
/// is not safe to print escaped, e.g. `\u{1b}`.
pub(crate) fn sanitized(text: &str) -> Cow<'_, str> {
    if !text.contains(is_changed) && !text.contains(COMMAND_MARK) {
        return Cow::Borrowed(text);
    }
    let safe = rewritten(&text.replace("\r\n", "\n"), |safe, c| {
        if c.is_whitespace() {
            safe.push(' ');
        } else {
            safe.extend(c.escape_unicode());
        }
    });
    Cow::Owned(safe)
}

/// Copies the text; `write` appends what replaces a character that is not safe to print.
fn rewritten(text: &str, write: fn(&mut String, char)) -> String {
    let mut safe = String::with_capacity(text.len() + 16);
    let mut before = None;
    for c in text.chars() {
        let is_emoji = c == EMOJI_SELECTOR && before.is_some_and(takes_emoji_selector);
        if is_changed(c) && !is_emoji || begins_command(&safe, c) {
            write(&mut safe, c);
        } else {
            safe.push(c);
        }
        before = Some(c);
    }
    safe
}

/// The line so that no workflow runner takes it for a command. On GitHub, a line that
/// begins with `::` and has a second `::` is a command.
pub(crate) fn without_workflow_command(line: String) -> String {
    match line.trim_start().strip_prefix("::") {
        Some(rest) if rest.contains("::") => line.replacen(':', "\\u{3a}", 1),
        _ => line,
    }
}

/// The JSON text with each character that [`sanitized`] would change as `\uXXXX`, so that
/// the data stays whole.
pub(crate) fn sanitized_json(json: String) -> String {
    // Most JSON is ASCII. Of the control characters in ASCII, JSON itself escapes all but DEL.
    let is_plain = json.is_ascii() && memchr2(b'#', b'\x7f', json.as_bytes()).is_none();
    if is_plain || json.lines().all(is_safe) {
        return json;
    }
    rewritten(&json, |safe, c| {
        if c == '\n' {
            return safe.push(c);
        }
        for unit in c.encode_utf16(&mut [0; 2]) {
            write!(safe, "\\u{unit:04x}").expect("a String takes every write");
        }
    })
}

/// Whether the text can be printed unchanged.
pub(crate) fn is_safe(text: &str) -> bool {
    sanitized(text) == text
}

/// Whether `c` is the bracket that completes the start of a command: `##[` or `##vso[`.
fn begins_command(before: &str, c: char) -> bool {
    let before = before.strip_suffix("vso").unwrap_or(before);
    c == '[' && before.ends_with(COMMAND_MARK)
}

fn is_changed(c: char) -> bool {
    c != ' ' && (c.is_whitespace() || is_hidden(c))
}

/// Whether an emoji selector may follow the character. It may not follow a digit, though a digit
/// can be an emoji (a key cap): a code must not hide a selector.
fn takes_emoji_selector(base: char) -> bool {
    !base.is_ascii() && base.is_emoji_char()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::unit::unicode;

    #[test]
    fn plain_text_is_left_alone() {
        for text in ["", "quota exceeded for account.", "账号配额 – “ok” 👍"] {
            assert!(matches!(sanitized(text), Cow::Borrowed(same) if same == text));
        }
        assert_eq!(sanitized("👍\u{fe0f} ❤\u{fe0f}"), "👍\u{fe0f} ❤\u{fe0f}");
    }

    #[test]
    fn control_and_invisible_characters_are_shown() {
        assert_eq!(sanitized("\u{1b}[31mred\u{7f}"), "\\u{1b}[31mred\\u{7f}");
        assert_eq!(sanitized("a\u{202e}b\u{200b}c\u{9b}"), "a\\u{202e}b\\u{200b}c\\u{9b}");
        for hidden in ['\u{2800}', '\u{2d7f}', '\u{fe00}', '\u{fe0e}', '\u{fff0}'] {
            let shown = format!("a\\u{{{:x}}}b", u32::from(hidden));
            assert_eq!(sanitized(&format!("a{hidden}b")), shown);
        }
    }

    #[test]
    fn a_variation_selector_stands_only_after_an_emoji() {
        for text in ["1\u{fe0f}", "a\u{fe0f}", "\u{fe0f}", "👍\u{fe0f}\u{fe0f}", "👍\u{fe0e}"] {
            assert!(sanitized(text).contains("\\u{fe0"), "{text:?}");
        }
    }

    #[test]
    fn white_space_is_plain_spaces() {
        assert_eq!(sanitized("one\r\ntwo\tthree\rfour"), "one two three four");
        assert_eq!(sanitized("a\u{a0}b\u{3000}c\u{2009}d\u{2028}e\u{85}f"), "a b c d e f");
    }

    #[test]
    fn nothing_is_a_command_to_a_runner_of_workflows() {
        assert_eq!(
            sanitized("##[error]a ##vso[b] #[c] ##d"),
            "##\\u{5b}error]a ##vso\\u{5b}b] #[c] ##d"
        );
        for (line, text) in [
            ("::error::a", "\\u{3a}:error::a"),
            ("  ::add-mask::a", "  \\u{3a}:add-mask::a"),
            ("std::error::a", "std::error::a"),
            ("::1", "::1"),
        ] {
            assert_eq!(without_workflow_command(line.to_owned()), text);
        }
    }

    #[test]
    fn json_keeps_the_data() {
        let text = "a\u{9b}b\u{e0041}c\u{a0}d👍\u{fe0f}##[";
        let json = sanitized_json(serde_json::to_string(text).unwrap());
        assert_eq!(json, "\"a\\u009bb\\udb40\\udc41c\\u00a0d👍\u{fe0f}##\\u005b\"");
        assert_eq!(serde_json::from_str::<String>(&json).unwrap(), text);
    }

    #[test]
    fn the_list_is_what_unicode_says() {
        for c in '\0'..=char::MAX {
            assert_eq!(is_hidden(c), unicode::is_hidden(c), "{c:?}");
        }
    }
}
