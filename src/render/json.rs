//! Records as JSON. The keys and their order are those of the structs: `Entry` (`data::entry`),
//! `Hit` (`search`), `Finding` and `Occurrence` (`explain`), and the records that `fields` has of
//! its own.

use std::io;

use serde::Serialize;

use crate::sanitize::sanitized_json;

const TEXT_KEYS: &str = "records have text keys only";

/// What is written in pieces of a few bytes: the `memcpy` of musl, which a `Vec` calls for each,
/// takes longer to start than to copy them one by one.
struct Pieces(Vec<u8>);

impl io::Write for Pieces {
    fn write(&mut self, piece: &[u8]) -> io::Result<usize> {
        for byte in piece {
            self.0.push(*byte);
        }
        Ok(piece.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Records as an array, pretty-printed.
pub fn array<R: Serialize>(records: &[&R]) -> String {
    let mut pieces = Pieces(Vec::new());
    serde_json::to_writer_pretty(&mut pieces, records).expect(TEXT_KEYS);
    sanitized_json(String::from_utf8(pieces.0).expect("JSON is UTF-8")) + "\n"
}

/// A record as an element of an array that is written piece by piece: after `[` if it is the first,
/// else after `,`. `Output` ends the array.
pub fn element<R: Serialize>(record: &R, is_first: bool) -> String {
    let array = array(&[record]);
    let element = array.trim_start_matches('[').trim_end_matches("]\n");
    format!("{}{element}", if is_first { "[" } else { "," })
}

/// A record on a line of its own.
pub fn line(record: &impl Serialize) -> String {
    sanitized_json(serde_json::to_string(record).expect(TEXT_KEYS)) + "\n"
}
