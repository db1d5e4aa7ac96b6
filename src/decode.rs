//! Raw bytes to text: byte order marks, UTF-16 and terminal escape sequences.

use memchr::memchr;

const ESCAPE: u8 = 0x1b;
const BELL: u8 = 0x07;
/// Bytes that an escape sequence has at most.
const MAX_SEQUENCE: usize = 4096;

/// Makes text of the bytes of one input, block by block.
#[derive(Debug, Default)]
pub struct Decoder {
    encoding: Option<Encoding>,
    /// The bytes of a character whose rest is in the next block.
    cut_off: Vec<u8>,
    /// What may be an escape sequence whose rest is in the next block.
    sequence: Vec<u8>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Encoding {
    Utf8,
    Utf16Little,
    Utf16Big,
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
            move_end(text, from, &mut self.cut_off);
            self.decode_utf16(encoding, text, last);
        }
        if !self.sequence.is_empty() {
            move_end(text, from, &mut self.sequence);
            text.append(&mut self.sequence);
        }
        self.take_out_sequences(text, from, last);
    }

    /// Decides the encoding by the byte order mark, and removes it. Waits for the
    /// third byte of an input.
    fn detect(&mut self, text: &mut Vec<u8>, from: usize, last: bool) -> bool {
        move_end(text, from, &mut self.cut_off);
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

    /// Takes escape sequences out of `text[from..]`; keeps one for later whose end is not
    /// there yet.
    fn take_out_sequences(&mut self, text: &mut Vec<u8>, from: usize, last: bool) {
        let mut kept = from;
        let mut at = from;
        while let Some(before) = memchr(ESCAPE, &text[at..]) {
            text.copy_within(at..at + before, kept);
            kept += before;
            at += before;
            let Some(sequence) = Sequence::of(&text[at..], last) else {
                move_end(text, at, &mut self.sequence);
                break;
            };
            at += sequence.length;
            if sequence.separates {
                text[kept] = b' ';
                kept += 1;
            }
        }
        text.drain(kept..at);
    }
}

/// Moves `text[from..]` to the end of `other`.
fn move_end(text: &mut Vec<u8>, from: usize, other: &mut Vec<u8>) {
    other.extend_from_slice(&text[from..]);
    text.truncate(from);
}

/// What to take out where an escape character stands.
#[derive(Debug, Clone, Copy)]
struct Sequence {
    length: usize,
    /// Whether a space takes its place: what is not finished, or ends one that is too long,
    /// joins nothing.
    separates: bool,
}

impl Sequence {
    /// The sequence that starts `text` or, where none ends on the line, what would have begun
    /// it, so that no code is lost behind what a program left open (but for a letter that a
    /// terminal would have swallowed, as the `O` of `ESC [Organizations`). None where more of
    /// the input may be needed to decide.
    fn of(text: &[u8], last: bool) -> Option<Self> {
        let most = text.len().min(MAX_SEQUENCE);
        let line_end = memchr(b'\n', &text[..most]);
        let is_whole = last || line_end.is_some() || most == MAX_SEQUENCE;
        let text = &text[..line_end.unwrap_or(most)];
        let finished = |length: usize| {
            Some(Sequence {
                length,
                separates: false,
            })
        };
        let unfinished = |length: usize| {
            Some(Sequence {
                length,
                separates: true,
            })
        };
        let unended = |length: usize| is_whole.then(|| unfinished(length)).flatten();

        let is_intermediate = |byte: &u8| matches!(*byte, ESCAPE | 0x20..=0x2f);
        let Some(introducer) = text.iter().position(|byte| !is_intermediate(byte)) else {
            return unended(text.len());
        };
        let begun = introducer + 1;
        let rest = &text[begun..];
        match text[introducer] {
            // A control sequence, e.g. a colour: numbers up to a letter.
            b'[' => match rest.iter().position(|byte| !matches!(byte, 0x20..=0x3f)) {
                Some(end) if matches!(rest[end], 0x40..=0x7e) => finished(begun + end + 1),
                // What cannot be in one is text, or begins another.
                Some(end) => unfinished(begun + end),
                None => unended(text.len()),
            },
            // A command to the terminal, e.g. a title: a text up to a bell or `ESC \`.
            b']' | b'P' | b'X' | b'^' | b'_' => {
                let end = rest.iter().position(|byte| matches!(*byte, BELL | ESCAPE));
                let end = end.unwrap_or(rest.len());
                match rest[end..] {
                    [BELL, ..] => finished(begun + end + 1),
                    [ESCAPE, b'\\', ..] => finished(begun + end + 2),
                    [] | [ESCAPE] => unended(begun),
                    _ => unfinished(begun),
                }
            }
            // The end of a command that was too long, or a lone one.
            b'\\' => unfinished(begun),
            _ => finished(begun),
        }
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
        let title_of_tmux = b"\x1bPtmux;\x1b\x1b]0;title\x07\x1b\\!";
        assert_eq!(decoded(title_of_tmux), " tmux; !");
    }

    #[test]
    fn what_a_sequence_leaves_open_is_text() {
        assert_eq!(decoded(b"\x1b[31\nnext"), " \nnext");
        assert_eq!(decoded(b"1402\x1b]0;title\nnext"), "1402 0;title\nnext");
        assert_eq!(decoded(b"\x1bPcode \x1b[31mred\x1b[0m"), " code red");
        for rest in ["code", "code\x1b", ""] {
            let open = format!("\x1b]{rest}");
            let spaces = 1 + rest.matches('\x1b').count();
            let text = rest.trim_end_matches('\x1b');
            assert_eq!(decoded(open.as_bytes()).len(), text.len() + spaces);
        }
        let long = "x".repeat(MAX_SEQUENCE);
        let ended = format!("\x1b]{long}\x07");
        assert_eq!(decoded(ended.as_bytes()), format!(" {long}\x07"));
        let link = format!("\x1b]8;;{long}\x1b\\code\x1b]8;;\x1b\\");
        assert_eq!(decoded(link.as_bytes()), format!(" 8;;{long} code"));
    }
}
