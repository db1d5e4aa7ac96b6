//! What an input is by its first bytes: gzip is unpacked, what else is no text is named.

use std::io::{self, Cursor, Read};

use flate2::read::MultiGzDecoder;

/// What starts compressed inputs and pictures, and what these are.
const FORMATS: [(&[u8], &str); 10] = [
    (b"\x28\xb5\x2f\xfd", "a file compressed with zstd"),
    (b"\xfd7zXZ\0", "a file compressed with xz"),
    (b"BZh91AY&SY", "a file compressed with bzip2"),
    (b"\x04\x22\x4d\x18", "a file compressed with lz4"),
    (b"PK\x03\x04", "a zip archive"),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive"),
    (b"\x89PNG\r\n", "a picture (PNG)"),
    (b"\xff\xd8\xff", "a picture (JPEG)"),
    (b"GIF8", "a picture (GIF)"),
    (b"%PDF-", "a PDF document"),
];
const GZIP: &[u8] = b"\x1f\x8b";

/// The input as text may be read from it, and what it looks like where it is none.
pub fn opened<'i>(
    input: &'i mut dyn Read,
) -> io::Result<(Box<dyn Read + 'i>, Option<&'static str>)> {
    let mut start = Vec::new();
    let mut byte = [0];
    let goes_on = |start: &[u8]| {
        let mut known = FORMATS.iter().map(|(mark, _)| *mark).chain([GZIP]);
        known.any(|mark| mark.len() > start.len() && mark.starts_with(start))
    };
    // Nobody waits for more than the bytes that tell.
    while goes_on(&start) && read(input, &mut byte)? {
        start.push(byte[0]);
    }
    let format = FORMATS.iter().find(|(mark, _)| start.starts_with(mark));
    let is_gzip = start.starts_with(GZIP);
    let whole = Cursor::new(start).chain(input);
    let text: Box<dyn Read> = if is_gzip {
        Box::new(MultiGzDecoder::new(whole))
    } else {
        Box::new(whole)
    };
    Ok((text, format.map(|(_, name)| *name)))
}

/// Reads a byte; says whether there is one.
fn read(input: &mut dyn Read, byte: &mut [u8; 1]) -> io::Result<bool> {
    loop {
        match input.read(byte) {
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            read => return read.map(|length| length > 0),
        }
    }
}
