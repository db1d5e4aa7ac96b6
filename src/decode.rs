//! Raw bytes to text: byte order marks, UTF-16 and terminal escape sequences.
//!
//! A sequence is no character, and joins nothing. A space takes the place of one that is not
//! finished, and of one at which a code starts or ends, so that what stood on its other side
//! does not become part of the code. Every other is left out: within a code (`grep --color`
//! marks what it looked for) and elsewhere in a text the characters around it belong together.

use memchr::memchr;

const ESCAPE: u8 = 0x1b;
const BELL: u8 = 0x07;
/// Bytes that an escape sequence has at most.
const MAX_SEQUENCE: usize = 4096;
/// Bytes of sequences and of what stands between them that are looked at together.
const MAX_RUN: usize = 4096;
/// Bytes before a sequence that may be of a code: more than a code has.
const MAX_BEFORE: usize = 256;

/// Of the given places in a text, at which sequences stood, those where codes start or end.
pub type Borders<'f> = &'f dyn Fn(&[u8], &[usize]) -> Vec<usize>;

/// Makes text of the bytes of one input, block by block.
#[derive(Debug, Default)]
pub struct Decoder {
    encoding: Option<Encoding>,
    /// The bytes of a character whose rest is in the next block.
    cut_off: Vec<u8>,
    /// What starts with an escape sequence, and may go on in the next block.
    held_back: Vec<u8>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Encoding {
    Utf8,
    Utf16Little,
    Utf16Big,
}

impl Decoder {
    /// Turns `text[from..]`, just read, into text without byte order mark and
    /// escape sequences. Leaves invalid bytes alone. `last` if the input
    /// ends here.
    pub fn decode(&mut self, text: &mut Vec<u8>, from: usize, last: bool, borders: Borders) {
        if self.encoding.is_none() && !self.detect(text, from, last) {
            return;
        }
        if let Some(encoding @ (Encoding::Utf16Little | Encoding::Utf16Big)) = self.encoding {
            move_end(text, from, &mut self.cut_off);
            self.decode_utf16(encoding, text, last);
        }
        if !self.held_back.is_empty() {
            move_end(text, from, &mut self.held_back);
            text.append(&mut self.held_back);
        }
        self.take_out_sequences(text, from, last, borders);
    }

    /// Decides the encoding by the byte order mark, and removes it. Waits for the
    /// third byte of an input.
    fn detect(&mut self, text: &mut Vec<u8>, from: usize, last: bool) -> bool {
        text.splice(from..from, self.cut_off.drain(..));
        if text.len() - from < 3 && !last {
            move_end(text, from, &mut self.cut_off);
            return false;
        }
        let (encoding, mark) = match text[from..] {
            [0xff, 0xfe, ..] => (Encoding::Utf16Little, 2),
            [0xfe, 0xff, ..] => (Encoding::Utf16Big, 2),
            [0xef, 0xbb, 0xbf, ..] => (Encoding::Utf8, 3),
            _ => (Encoding::Utf8, 0),
        };
        self.encoding = Some(encoding);
        text.drain(from..from + mark);
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

    /// Takes escape sequences out of `text[from..]`; keeps for later what may go on.
    fn take_out_sequences(
        &mut self,
        text: &mut Vec<u8>,
        from: usize,
        last: bool,
        borders: Borders,
    ) {
        let mut kept = from;
        let mut at = from;
        while let Some(before) = memchr(ESCAPE, &text[at..]) {
            text.copy_within(at..at + before, kept);
            kept += before;
            at += before;
            let before = &text[kept.saturating_sub(MAX_BEFORE)..kept];
            let Some(run) = Run::of(before, &text[at..], last, borders) else {
                move_end(text, at, &mut self.held_back);
                break;
            };
            at += run.length;
            text[kept..kept + run.text.len()].copy_from_slice(&run.text);
            kept += run.text.len();
        }
        text.drain(kept..at);
    }
}

/// Moves `text[from..]` to the end of `other`.
fn move_end(text: &mut Vec<u8>, from: usize, other: &mut Vec<u8>) {
    other.extend_from_slice(&text[from..]);
    text.truncate(from);
}

/// An escape sequence with the characters and sequences after it that may be joined.
struct Run {
    length: usize,
    /// What is left of it.
    text: Vec<u8>,
}

impl Run {
    /// The run that starts `text`, which stands after `before`. None where more of the input
    /// may be needed to decide.
    fn of(before: &[u8], text: &[u8], last: bool, borders: Borders) -> Option<Self> {
        let mut left = Vec::new();
        let mut sequences = Vec::new();
        let mut at = 0;
        while at < MAX_RUN && text.get(at) == Some(&ESCAPE) {
            let sequence = Sequence::of(&text[at..], last)?;
            at += sequence.length;
            if sequence.separates {
                left.push(b' ');
            }
            if !left.last().or(before.last()).is_some_and(|it| joins(*it)) {
                break;
            }
            let rest = &text[at..text.len().min(MAX_RUN).max(at)];
            let after = rest.iter().take_while(|byte| joins(**byte)).count();
            sequences.push(before.len() + left.len());
            left.extend_from_slice(&rest[..after]);
            at += after;
        }
        if at == text.len() && at < MAX_RUN && !last && !sequences.is_empty() {
            return None;
        }
        sequences.retain(|place| *place < before.len() + left.len());
        if !sequences.is_empty() {
            let joined = [before, &left].concat();
            let mut borders = borders(&joined, &sequences);
            borders.sort_unstable();
            borders.dedup();
            left.clear();
            let mut done = before.len();
            for border in borders {
                left.extend_from_slice(&joined[done..border]);
                left.push(b' ');
                done = border;
            }
            left.extend_from_slice(&joined[done..]);
        }
        Some(Run {
            length: at,
            text: left,
        })
    }
}

/// Whether a character may be one of a code, or of a longer name that is none.
pub fn joins(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'.' | b'-')
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
    /// it, so that no code is lost after what a program left open (but for a letter that a
    /// terminal would have swallowed, as the `O` of `ESC [Organizations`). None where more of
    /// the input may be needed to decide.
    fn of(text: &[u8], last: bool) -> Option<Self> {
        let most = text.len().min(MAX_SEQUENCE);
        let line_end = memchr(b'\n', &text[..most]);
        let is_whole = last || line_end.is_some() || most == MAX_SEQUENCE;
        let text = &text[..line_end.unwrap_or(most)];
        let found = |length, separates| Some(Sequence { length, separates });
        let finished = |length: usize| found(length, false);
        let unfinished = |length: usize| found(length, true);
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
                decoder.decode(&mut text, from, false, &|_, _| Vec::new());
            }
            let from = text.len();
            decoder.decode(&mut text, from, true, &|_, _| Vec::new());
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
