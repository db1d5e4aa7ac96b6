//! Turns raw bytes into text: decodes UTF-16, drops byte order marks and terminal escape sequences.
//!
//! A sequence must neither split a code nor join it to its neighbours. A space replaces a sequence
//! that is unfinished, and one at which a code starts or ends, so that the characters on the other
//! side do not become part of the code. Every other sequence is left out: `grep --color` puts some
//! inside codes, and the characters around them belong together.

use memchr::memchr;

use crate::data::words::is_name_byte;

/// What starts a terminal sequence.
pub(crate) const ESCAPE: u8 = 0x1b;
const BELL: u8 = 0x07;
/// The most bytes of an escape sequence.
const MAX_SEQUENCE: usize = 4096;
/// The most bytes of a run: sequences with only characters of a name between them.
const MAX_RUN: usize = 4096;
/// The fewest UTF-16 units by which an input without byte order mark is recognised.
const MIN_UTF16: usize = 4;
/// The most bytes before a block that are searched with it, as a code may start there: more than a
/// code has.
const MAX_BEFORE: usize = 256;

/// Takes a text and the places where sequences stood; returns those where a code starts or ends.
pub(crate) type Borders<'f> = &'f dyn Fn(&[u8], &[usize]) -> Vec<usize>;

/// Reads a UTF-16 unit from two bytes.
type Unit = fn([u8; 2]) -> u16;

/// Turns the bytes of one input into text, block by block.
#[derive(Debug, Default)]
pub(crate) struct Decoder {
    is_detected: bool,
    /// How to read a unit of UTF-16; `None` for UTF-8.
    unit: Option<Unit>,
    /// Bytes at the end of a block that can only be decoded with the next block.
    cut_off: Vec<u8>,
    /// The end of a block, from an escape sequence on, that may go on in the next block.
    held_back: Vec<u8>,
}

/// Turns the bytes of a whole input into text, without byte order mark and terminal sequences.
/// Leaves invalid UTF-8 as it is.
///
/// ```
/// assert_eq!(orgerr::decode_text(b"\xff\xfe1\03\0".to_vec()), b"13");
/// ```
#[must_use]
pub fn decode_text(mut bytes: Vec<u8>) -> Vec<u8> {
    // No codes are looked for, so a finished sequence never leaves a space.
    Decoder::default().decode(&mut bytes, 0, true, true, &|_, _| Vec::new());
    bytes
}

impl Decoder {
    /// Turns the bytes in `text[from..]`, just read, into text without byte order mark and escape
    /// sequences. Leaves invalid UTF-8 as it is. `has_escape` says whether an escape character was
    /// read, `last` whether the input ends here.
    pub(crate) fn decode(
        &mut self,
        text: &mut Vec<u8>,
        from: usize,
        has_escape: bool,
        last: bool,
        borders: Borders,
    ) {
        let is_waiting = !self.cut_off.is_empty() || !self.held_back.is_empty();
        if !self.is_detected {
            text.splice(from..from, self.cut_off.drain(..));
            let Some((unit, mark)) = encoding(&text[from..], last) else {
                self.cut_off = text.split_off(from);
                return;
            };
            text.drain(from..from + mark);
            (self.is_detected, self.unit) = (true, unit);
        }
        if let Some(unit) = self.unit {
            self.cut_off.extend(text.drain(from..));
            self.decode_utf16(unit, text, last);
        }
        text.splice(from..from, self.held_back.drain(..));
        if (has_escape || is_waiting)
            && let Some(first) = memchr(ESCAPE, &text[from..])
        {
            let raw = text.split_off(from + first);
            let places = self.take_out_sequences(&raw, text, last);
            part_at_borders(text, from, &places, borders);
        }
    }

    /// Decodes the bytes in `cut_off`; keeps an odd byte and half a surrogate pair for later.
    fn decode_utf16(&mut self, unit: Unit, text: &mut Vec<u8>, last: bool) {
        let (pairs, _) = self.cut_off.as_chunks::<2>();
        let mut units: Vec<u16> = pairs.iter().map(|pair| unit(*pair)).collect();
        let is_half = |unit: &mut u16| !last && (0xd800..0xdc00).contains(unit);
        units.pop_if(is_half);
        self.cut_off.drain(..units.len() * 2);
        text.extend(String::from_utf16_lossy(&units).as_bytes());
    }

    /// Appends `raw` to `text` without its sequences; holds back an end that may go on. Returns the
    /// places in `text` where a sequence stood between two characters that a name can have.
    fn take_out_sequences(&mut self, raw: &[u8], text: &mut Vec<u8>, last: bool) -> Vec<usize> {
        let mut places = Vec::new();
        // Where the last run starts, in the raw bytes and in the text: sequences with only
        // characters of a name between them.
        let mut run = (0, text.len());
        let mut at = 0;
        let mut is_open = false;
        while let Some(length) = memchr(ESCAPE, &raw[at..]) {
            let passed = &raw[at..at + length];
            at += length;
            text.extend_from_slice(passed);
            if at - run.0 > MAX_RUN || !passed.iter().all(|byte| is_name_byte(*byte)) {
                run = (at, text.len());
            }
            let Some((length, is_finished)) = sequence(&raw[at..], last) else {
                is_open = true;
                break;
            };
            at += length;
            if is_finished {
                places.push(text.len());
            } else {
                text.push(b' ');
                run = (at, text.len());
            }
        }
        let rest = &raw[at..];
        is_open |=
            !last && raw.len() - run.0 < MAX_RUN && rest.iter().all(|byte| is_name_byte(*byte));
        if is_open {
            text.truncate(run.1);
            self.held_back.extend_from_slice(&raw[run.0..]);
        } else {
            text.extend_from_slice(rest);
        }
        let is_name_at = |place: usize| text.get(place).is_some_and(|byte| is_name_byte(*byte));
        places.retain(|place| *place > 0 && is_name_at(place - 1) && is_name_at(*place));
        places.dedup();
        places
    }
}

/// How an input is encoded, by its start: the reader of UTF-16 units, or `None` for UTF-8; and the
/// length of the byte order mark. Without a mark, every other byte of UTF-16 is 0 in the first
/// units. Returns `None` if more of the input is needed.
fn encoding(start: &[u8], last: bool) -> Option<(Option<Unit>, usize)> {
    let (pairs, _) = start.as_chunks::<2>();
    let first = &pairs[..pairs.len().min(MIN_UTF16)];
    let are_zero = |at: usize| first.iter().all(|pair| pair[at] == 0 && pair[1 - at] != 0);
    let is_short = first.len() < MIN_UTF16;
    if !last && (start.len() < 3 || is_short && (are_zero(0) || are_zero(1))) {
        return None;
    }
    Some(match start {
        [0xff, 0xfe, ..] => (Some(u16::from_le_bytes), 2),
        [0xfe, 0xff, ..] => (Some(u16::from_be_bytes), 2),
        [0xef, 0xbb, 0xbf, ..] => (None, 3),
        _ if !is_short && are_zero(1) => (Some(u16::from_le_bytes), 0),
        _ if !is_short && are_zero(0) => (Some(u16::from_be_bytes), 0),
        _ => (None, 0),
    })
}

/// Puts a space at each of the places in `text[from..]` where a code starts or ends.
fn part_at_borders(text: &mut Vec<u8>, from: usize, places: &[usize], borders: Borders) {
    if places.is_empty() {
        return;
    }
    let start = from.saturating_sub(MAX_BEFORE);
    let places: Vec<usize> = places.iter().map(|place| place - start).collect();
    let mut borders = borders(&text[start..], &places);
    borders.sort_unstable();
    borders.dedup();
    let whole = text.split_off(start);
    let mut done = 0;
    for border in borders {
        text.extend_from_slice(&whole[done..border]);
        text.push(b' ');
        done = border;
    }
    text.extend_from_slice(&whole[done..]);
}

/// The length of the escape sequence at the start of a text, and whether it is finished. If it does
/// not end on the line, only its beginning counts, such as `ESC ]`, so that no code is lost behind
/// it (except for a letter that a terminal would swallow, such as the `O` of `ESC [Organizations`).
/// Returns `None` if more of the input is needed.
fn sequence(text: &[u8], last: bool) -> Option<(usize, bool)> {
    let reach = &text[..text.len().min(MAX_SEQUENCE)];
    let line_end = memchr(b'\n', reach);
    let line = &reach[..line_end.unwrap_or(reach.len())];
    let is_whole = last || line_end.is_some() || reach.len() == MAX_SEQUENCE;
    let unended = |length| is_whole.then_some((length, false));
    let is_intermediate = |byte: &u8| matches!(*byte, ESCAPE | 0x20..=0x2f);
    let Some(introducer) = line.iter().position(|byte| !is_intermediate(byte)) else {
        return unended(line.len());
    };
    let begun = introducer + 1;
    let rest = &line[begun..];
    match line[introducer] {
        // A control sequence, e.g. a colour: numbers up to a letter. Any other byte is text, or
        // begins another sequence.
        b'[' => match rest.iter().position(|byte| !matches!(byte, 0x20..=0x3f)) {
            Some(end) if matches!(rest[end], 0x40..=0x7e) => Some((begun + end + 1, true)),
            Some(end) => Some((begun + end, false)),
            None => unended(line.len()),
        },
        // A command to the terminal, e.g. a title: a text up to a bell or `ESC \`.
        b']' | b'P' | b'X' | b'^' | b'_' => {
            let end = rest.iter().position(|byte| matches!(*byte, BELL | ESCAPE));
            let end = end.unwrap_or(rest.len());
            match rest[end..] {
                [BELL, ..] => Some((begun + end + 1, true)),
                [ESCAPE, b'\\', ..] => Some((begun + end + 2, true)),
                [] | [ESCAPE] => unended(begun),
                _ => Some((begun, false)),
            }
        }
        // An `ESC \` here ends a command that was too long, or stands alone.
        other => Some((begun, other != b'\\')),
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
                let has_escape = block.contains(&ESCAPE);
                decoder.decode(&mut text, from, has_escape, false, &|_, _| Vec::new());
            }
            let from = text.len();
            decoder.decode(&mut text, from, false, true, &|_, _| Vec::new());
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
    fn utf16_needs_no_byte_order_mark() {
        let text = "code\u{e9}\u{1f600}\n";
        let little: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let big: Vec<u8> = text.encode_utf16().flat_map(u16::to_be_bytes).collect();
        assert_eq!([decoded(&little), decoded(&big)], [text, text]);
        for bytes in ["a\0b\0c", "a\0b\0\0c", "\0\0\0\0\0\0\0\0", "code\0\0\0\0"] {
            assert_eq!(decoded(bytes.as_bytes()), bytes);
        }
    }

    #[test]
    fn escape_sequences_are_taken_out() {
        assert_eq!(decoded(b"\x1b[1;31mOrg\x1b[0m.1305\x1b[K"), "Org.1305");
        assert_eq!(decoded(b"\x1b]8;;http://x\x1b\\link\x1b]0;t\x07!\x1b(B."), "link!.");
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
