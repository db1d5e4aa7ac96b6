//! Raw bytes to text: byte order marks, UTF-16 and terminal escape sequences.

use memchr::memchr;

const ESCAPE: u8 = 0x1b;
const BELL: u8 = 0x07;
/// Bytes after which an escape sequence that does not end is text again.
const LONGEST_SEQUENCE: usize = 1024;

/// Makes text of the bytes of one input, block by block.
#[derive(Debug, Default)]
pub struct Decoder {
    encoding: Option<Encoding>,
    /// The bytes of a character whose rest is in the next block.
    cut_off: Vec<u8>,
    sequence: Sequence,
    /// Bytes of the escape sequence so far.
    length: usize,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Encoding {
    Utf8,
    Utf16Little,
    Utf16Big,
}

/// Where in an escape sequence the text is.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
enum Sequence {
    #[default]
    None,
    /// After the escape character.
    Start,
    /// In a control sequence, e.g. a colour.
    Control,
    /// In a command to the terminal that ends with a bell or `ESC \`.
    Command,
    /// After an escape character in a command.
    CommandEnd,
}

impl Decoder {
    /// Turns `text[from..]`, just read, into text without byte order mark and
    /// escape sequences. Leaves invalid bytes alone. `last` says that the input
    /// ends here.
    pub fn decode(&mut self, text: &mut Vec<u8>, from: usize, last: bool) {
        if self.encoding.is_none() && !self.detect(text, from, last) {
            return;
        }
        if let Some(encoding @ (Encoding::Utf16Little | Encoding::Utf16Big)) = self.encoding {
            self.cut_off.extend(text.drain(from..));
            self.decode_utf16(encoding, text, last);
        }
        if self.sequence != Sequence::None || memchr(ESCAPE, &text[from..]).is_some() {
            self.strip_sequences(text, from);
        }
    }

    /// Decides the encoding by the byte order mark, and removes it. Waits for the
    /// third byte of an input.
    fn detect(&mut self, text: &mut Vec<u8>, from: usize, last: bool) -> bool {
        self.cut_off.extend(text.drain(from..));
        if self.cut_off.len() < 3 && !last {
            return false;
        }
        let (encoding, mark) = match self.cut_off[..] {
            [0xff, 0xfe, ..] => (Encoding::Utf16Little, 2),
            [0xfe, 0xff, ..] => (Encoding::Utf16Big, 2),
            [0xef, 0xbb, 0xbf, ..] => (Encoding::Utf8, 3),
            _ => (Encoding::Utf8, 0),
        };
        self.encoding = Some(encoding);
        self.cut_off.drain(..mark);
        if encoding == Encoding::Utf8 {
            text.append(&mut self.cut_off);
        }
        true
    }

    /// Decodes the bytes held back; keeps an odd byte and half a pair for later.
    fn decode_utf16(&mut self, encoding: Encoding, text: &mut Vec<u8>, last: bool) {
        let unit = match encoding {
            Encoding::Utf16Big => u16::from_be_bytes,
            _ => u16::from_le_bytes,
        };
        let (pairs, _) = self.cut_off.as_chunks::<2>();
        let mut units: Vec<u16> = pairs.iter().map(|pair| unit(*pair)).collect();
        if !last
            && units
                .last()
                .is_some_and(|unit| (0xd800..0xdc00).contains(unit))
        {
            units.pop();
        }
        self.cut_off.drain(..units.len() * 2);
        let characters = char::decode_utf16(units);
        let decoded: String = characters
            .map(|c| c.unwrap_or(char::REPLACEMENT_CHARACTER))
            .collect();
        text.extend(decoded.as_bytes());
    }

    fn strip_sequences(&mut self, text: &mut Vec<u8>, from: usize) {
        let mut kept = from;
        for at in from..text.len() {
            let byte = text[at];
            self.length += 1;
            let (next, keep) = match self.sequence {
                Sequence::None if byte == ESCAPE => {
                    self.length = 1;
                    (Sequence::Start, false)
                }
                Sequence::None => (Sequence::None, true),
                // A sequence that does not end on its line was none.
                _ if byte == b'\n' || self.length > LONGEST_SEQUENCE => (Sequence::None, true),
                Sequence::Start => match byte {
                    b'[' => (Sequence::Control, false),
                    b']' | b'P' | b'X' | b'^' | b'_' => (Sequence::Command, false),
                    // Intermediate bytes of a short sequence.
                    0x20..=0x2f | ESCAPE => (Sequence::Start, false),
                    _ => (Sequence::None, false),
                },
                Sequence::Control => match byte {
                    0x40..=0x7e => (Sequence::None, false),
                    _ => (Sequence::Control, false),
                },
                Sequence::Command => match byte {
                    BELL => (Sequence::None, false),
                    ESCAPE => (Sequence::CommandEnd, false),
                    _ => (Sequence::Command, false),
                },
                Sequence::CommandEnd => match byte {
                    b'\\' => (Sequence::None, false),
                    _ => (Sequence::Command, false),
                },
            };
            self.sequence = next;
            if keep {
                text[kept] = byte;
                kept += 1;
            }
        }
        text.truncate(kept);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Decodes `input` in blocks of each size; all must agree.
    fn decoded(input: &[u8]) -> String {
        let in_blocks = |size| {
            let mut decoder = Decoder::default();
            let mut text = Vec::new();
            for block in input.chunks(size) {
                let from = text.len();
                text.extend(block);
                decoder.decode(&mut text, from, false);
            }
            let from = text.len();
            decoder.decode(&mut text, from, true);
            String::from_utf8(text).unwrap()
        };
        let whole = in_blocks(input.len().max(1));
        for size in 1..input.len() {
            assert_eq!(in_blocks(size), whole, "blocks of {size}");
        }
        whole
    }

    #[test]
    fn byte_order_marks_are_taken_off() {
        assert_eq!(decoded(b"\xef\xbb\xbfcode"), "code");
        assert_eq!(decoded(b"code"), "code");
        assert_eq!(decoded(b"c"), "c");
        assert_eq!(decoded(b""), "");
    }

    #[test]
    fn utf16_is_decoded_in_both_byte_orders() {
        let text = "a\u{e9}\u{1f600}\n";
        let little: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let big: Vec<u8> = text.encode_utf16().flat_map(u16::to_be_bytes).collect();
        assert_eq!(decoded(&[&[0xff, 0xfe], &little[..]].concat()), text);
        assert_eq!(decoded(&[&[0xfe, 0xff], &big[..]].concat()), text);
    }

    #[test]
    fn escape_sequences_are_taken_out() {
        assert_eq!(decoded(b"\x1b[1;31mOrg\x1b[0m.1305\x1b[K"), "Org.1305");
        assert_eq!(
            decoded(b"\x1b]8;;http://x\x1b\\link\x1b]0;t\x07!\x1b(B."),
            "link!."
        );
        assert_eq!(decoded(b"\x1b[31\nnext"), "\nnext");
    }
}
