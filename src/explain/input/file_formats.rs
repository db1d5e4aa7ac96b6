//! Recognises an input by its first bytes: unpacks gzip, names other binary formats.

use std::io::{self, BufReader, Cursor, ErrorKind, Read};

use flate2::bufread::{GzDecoder, MultiGzDecoder};

use crate::explain::Unread;

/// First bytes of formats that are not text; the name of each, and what to do about it.
const NO_TEXT: [(&[u8], &str); 10] = [
    (b"\x28\xb5\x2f\xfd", "a file compressed with zstd; unpack it first"),
    (b"\xfd7zXZ\0", "a file compressed with xz; unpack it first"),
    (b"BZh91AY&SY", "a file compressed with bzip2; unpack it first"),
    (b"\x04\x22\x4d\x18", "a file compressed with lz4; unpack it first"),
    (b"PK\x03\x04", "a zip archive; unpack it first"),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive; unpack it first"),
    (b"\x89PNG\r\n", "a picture (PNG); copy the text out of it first"),
    (b"\xff\xd8\xff", "a picture (JPEG); copy the text out of it first"),
    (b"GIF8", "a picture (GIF); copy the text out of it first"),
    (b"%PDF-", "a PDF document; copy the text out of it first"),
];
/// First bytes of gzip files.
const GZIP: &[u8] = b"\x1f\x8b";
/// The third byte of a gzip file: the only method of compression in use.
const DEFLATE: u8 = 8;
/// The bits of the fourth byte that are never set in a gzip file. Each printable character has one
/// of them set, so a text that starts with the first three bytes is not taken for gzip.
const RESERVED_FLAGS: u8 = 0xe0;
/// The most bytes that are read to decide whether a file is gzip.
const MAX_GZIP_START: u64 = 4096;

/// The input from its first byte on, including the bytes that were read to recognise it.
type Whole<'i> = BufReader<io::Chain<Cursor<Vec<u8>>, &'i mut (dyn Read + Send)>>;

/// An input, unpacked if it is gzip.
pub(crate) struct Opened<'i> {
    content: FileContent<'i>,
    pub unread: Option<Unread>,
}

/// A gzip file has one member or more, one after another, each compressed on its own.
enum FileContent<'i> {
    Plain(Whole<'i>),
    Gzip(MultiGzDecoder<Whole<'i>>),
}

impl<'i> Opened<'i> {
    pub(crate) fn new(input: &'i mut (dyn Read + Send)) -> io::Result<Self> {
        let mut start = Vec::new();
        let goes_on = |start: &[u8]| {
            let mut known = NO_TEXT.iter().map(|(mark, _)| *mark).chain([GZIP]);
            known.any(|mark| mark.len() > start.len() && mark.starts_with(start))
        };
        // Reads only until the format is clear: more may not be there yet.
        while goes_on(&start) && input.take(1).read_to_end(&mut start)? > 0 {}
        let format = NO_TEXT.iter().find(|(mark, _)| start.starts_with(mark));
        let begins_like_gzip = start.starts_with(GZIP);
        if begins_like_gzip {
            // A read error here comes up again when the rest is read.
            let _ = input.take(MAX_GZIP_START).read_to_end(&mut start);
        }
        let is_gzip = begins_like_gzip && is_gzip(&start);
        let no_gzip = (begins_like_gzip && !is_gzip).then_some(Unread::NoGzip);
        let unread = format.map(|(_, name)| Unread::NoText(name)).or(no_gzip);
        let whole = BufReader::new(Cursor::new(start).chain(input));
        let content = if is_gzip {
            FileContent::Gzip(MultiGzDecoder::new(whole))
        } else {
            FileContent::Plain(whole)
        };
        Ok(Opened { content, unread })
    }
}

impl Read for Opened<'_> {
    fn read(&mut self, block: &mut [u8]) -> io::Result<usize> {
        let members = match &mut self.content {
            FileContent::Plain(whole) => return whole.read(block),
            FileContent::Gzip(members) => members,
        };
        let is_in_member = members.header().is_some();
        let read = members.read(block);
        match read {
            // The bytes after the last member are no member, whatever they begin like.
            Err(error) if is_in_member && members.header().is_none() && is_bad_data(&error) => {
                self.unread = Some(Unread::AfterGzip);
                // Reads the rest, so that the program at the other end of a pipe does not fail.
                io::copy(members.get_mut(), &mut io::sink())?;
                Ok(0)
            }
            read => read,
        }
    }
}

/// Whether a file with this start is gzip: with a valid header, and bytes that can be unpacked.
fn is_gzip(start: &[u8]) -> bool {
    let is_header = start.get(2).is_none_or(|method| *method == DEFLATE)
        && start.get(3).is_none_or(|flags| flags & RESERVED_FLAGS == 0);
    let unpacked = GzDecoder::new(start).read(&mut [0; 64]);
    is_header && !unpacked.is_err_and(|error| is_bad_data(&error))
}

/// Whether an error says that the data is invalid, not that reading it failed.
fn is_bad_data(error: &io::Error) -> bool {
    matches!(error.kind(), ErrorKind::InvalidInput | ErrorKind::InvalidData)
}
