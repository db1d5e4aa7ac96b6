//! Records as JSON. The keys and their order are those of the structs: `Entry` (`data::entry`),
//! `Hit` (`search`), `Finding` and `Occurrence` (`explain`), and the records that `fields` has of
//! its own.

use std::io::{self, Write};

use serde::Serialize;

use crate::sanitize::sanitized_json;

const TEXT_KEYS: &str = "records have text keys only";

/// Bytes that are faster written one by one than by a call of musl's `memcpy`.
const FEW: usize = 16;

/// JSON, most of which is written in pieces of a few bytes: quotes, commas, indentation.
struct Pieces(Vec<u8>);

impl Write for Pieces {
    fn write(&mut self, piece: &[u8]) -> io::Result<usize> {
        if piece.len() < FEW {
            for byte in piece {
                self.0.push(*byte);
            }
        } else {
            self.0.extend_from_slice(piece);
        }
        Ok(piece.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Records as an array, pretty-printed.
pub fn array<R: Serialize>(records: &[&R]) -> String {
    let mut json = Pieces(Vec::new());
    serde_json::to_writer_pretty(&mut json, records).expect(TEXT_KEYS);
    sanitized_json(String::from_utf8(json.0).expect("JSON is UTF-8")) + "\n"
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
