//! Decodes escaped characters, as strings, addresses, XML and HTML have them. Terminal sequences
//! are removed in `bytes_to_text`.

use crate::bytes_to_text::ESCAPE;

/// The most bytes of an escape in a string or an address: `\u0022`.
pub(crate) const MAX_ESCAPE: usize = 6;
/// Characters, and how HTML and XML write them.
const ENTITIES: [(char, &[&str]); 6] = [
    (' ', &["&nbsp;", "&#160;", "&#xa0;"]),
    ('"', &["&quot;", "&#34;", "&#x22;"]),
    ('\'', &["&#39;", "&#039;", "&#x27;", "&apos;"]),
    ('<', &["&lt;"]),
    ('>', &["&gt;"]),
    ('&', &["&amp;"]),
];

/// The UTF-16 unit that a `\uXXXX` at the start of `text` stands for.
pub(crate) fn unit(text: &[u8]) -> Option<u16> {
    let [b'\\', b'u', digits @ ..] = text.first_chunk::<6>()? else {
        return None;
    };
    u16::try_from(hexadecimal(digits)?).ok()
}

/// Reads a number of up to eight hexadecimal digits, without a sign.
pub(crate) fn hexadecimal(digits: &[u8]) -> Option<u32> {
    digits.iter().try_fold(0, |number, digit| Some(number * 16 + char::from(*digit).to_digit(16)?))
}

/// The character that the escape at the start of a text stands for, and the escape's length.
pub(crate) fn escape(text: &str) -> Option<(char, usize)> {
    let bytes = text.as_bytes();
    match (bytes.first()?, bytes.get(1)) {
        (b'&', _) => {
            let mut entities = ENTITIES.iter().flat_map(|(c, it)| it.iter().map(|it| (*c, it)));
            let (c, entity) = entities.find(|(_, entity)| text.starts_with(*entity))?;
            Some((c, entity.len()))
        }
        (b'%', _) => in_utf8(text, "%"),
        (b'\\', Some(b'x')) => in_utf8(text, "\\x"),
        (b'\\', Some(b'u')) => {
            let units = [unit(bytes)?, bytes.get(6..).and_then(unit).unwrap_or(0)];
            let c = char::decode_utf16(units).next()?.unwrap_or(char::REPLACEMENT_CHARACTER);
            Some((c, 6 * c.len_utf16()))
        }
        (b'\\', Some(letter)) => {
            let known = b"nrtbf".iter().position(|known| known == letter);
            let c = known.map(|at| ['\n', '\r', '\t', '\u{8}', '\u{c}'][at]);
            let itself = || b"\"'\\/".contains(letter).then(|| char::from(*letter));
            Some((c.or_else(itself)?, 2))
        }
        _ => None,
    }
}

/// The character or byte that the escape at the end of a text stands for, as in strings inside
/// strings and in addresses: `%22`, `\x22`, `\u0022`. `\n` and the like count as a space.
pub(crate) fn escape_at_end(text: &[u8]) -> Option<u32> {
    let near = &text[text.len().saturating_sub(MAX_ESCAPE)..];
    match &near[near.iter().rposition(|byte| matches!(byte, b'\\' | b'%'))?..] {
        [b'\\', b'n' | b'r' | b't' | b'b' | b'f'] => Some(u32::from(b' ')),
        b"\\e" | b"\\033" => Some(ESCAPE.into()),
        [b'%', digits @ ..] | [b'\\', b'x', digits @ ..] if digits.len() == 2 => {
            hexadecimal(digits)
        }
        [b'\\', b'u', digits @ ..] if digits.len() == 4 => hexadecimal(digits),
        _ => None,
    }
}

/// The character whose UTF-8 bytes start a text, each after `mark` (`%c3%a9`), and their length.
fn in_utf8(text: &str, mark: &str) -> Option<(char, usize)> {
    let length = mark.len() + 2;
    let byte = |number: usize| {
        let digits = text.get(number * length..)?.strip_prefix(mark)?.get(..2)?;
        u8::try_from(hexadecimal(digits.as_bytes())?).ok()
    };
    (1..=4).find_map(|count| {
        let bytes: Vec<_> = (0..count).map(byte).collect::<Option<_>>()?;
        Some((std::str::from_utf8(&bytes).ok()?.chars().next()?, count * length))
    })
}

/// Replaces the escapes in a text that start with `mark` by their characters; all else stays.
pub(crate) fn unescaped(text: String, mark: u8) -> String {
    if memchr::memchr(mark, text.as_bytes()).is_none() {
        return text;
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = &*text;
    while let Some(at) = memchr::memchr(mark, rest.as_bytes()) {
        out.push_str(&rest[..at]);
        let (c, length) = escape(&rest[at..]).unwrap_or((char::from(mark), 1));
        out.push(c);
        rest = &rest[at + length..];
    }
    out + rest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_byte_has_two_digits() {
        assert_eq!(unescaped(r"\xc3\xa9".to_owned(), b'\\'), "é");
        for (text, mark) in [(r"\x+1", b'\\'), ("%+ab", b'%'), ("%-1", b'%'), ("%a", b'%')] {
            assert_eq!(unescaped(text.to_owned(), mark), text);
        }
    }

    #[test]
    fn a_unit_has_four_digits() {
        assert_eq!(unit(br"\u0022."), Some(0x22));
        assert_eq!(unit(br"\uFfFf"), Some(0xffff));
        for text in [r"\u+041", r"\u00g1", r"\u004", "\\u004é", r"\x0041", ""] {
            assert_eq!(unit(text.as_bytes()), None, "{text}");
        }
    }
}
