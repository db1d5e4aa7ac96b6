//! Files that a command line names, and standard input.

use std::fs::File;
use std::io::{self, IsTerminal as _, Read};
use std::path::Path;
use std::sync::atomic::{AtomicU64, Ordering};

use crate::error::Error;
use crate::render::Output;
use crate::source::is_stdin;

/// Bytes at the start that show how a text is encoded.
const START: usize = 64;

/// Notes what the tool waits for, if standard input is a terminal.
pub fn announce(what: &str, output: &Output) {
    if io::stdin().is_terminal() {
        let end = if cfg!(windows) {
            "Ctrl-Z and Enter"
        } else {
            "Ctrl-D"
        };
        output.note(&format!(
            "reading {what} from standard input; end with {end}"
        ));
    }
}

/// The error that a file cannot be read.
pub fn unreadable(path: &Path, cause: io::Error) -> Error {
    Error::Read {
        hint: if cause.kind() == io::ErrorKind::IsADirectory {
            Some("it is a folder; name the files in it".to_owned())
        } else {
            path.to_str().and_then(hint_for_text)
        },
        path: path.to_owned(),
        cause,
    }
}

/// What to do with a text that stands where a file is expected.
pub fn hint_for_text(text: &str) -> Option<String> {
    let is_json = text.starts_with(['{', '[']) && text.len() > 1;
    if text.starts_with("http://") || text.starts_with("https://") {
        Some("orgerr opens no address; send it what is there: curl -s URL | orgerr …".to_owned())
    } else if is_json || text.contains(char::is_whitespace) {
        Some("to explain a text, send it: printf %s '…' | orgerr explain".to_owned())
    } else {
        None
    }
}

/// An input that is read to its first end: what is typed on a terminal behind it is meant for
/// the shell.
pub struct UntilEnd<'r> {
    input: &'r mut dyn Read,
    has_ended: bool,
    /// The first bytes.
    start: Vec<u8>,
    /// Counts the bytes.
    count: &'r AtomicU64,
}

impl<'r> UntilEnd<'r> {
    pub fn new(input: &'r mut dyn Read, count: &'r AtomicU64) -> Self {
        UntilEnd {
            input,
            has_ended: false,
            start: Vec::new(),
            count,
        }
    }

    /// The byte order, if the input looks like UTF-16 without a byte order mark.
    pub fn unmarked_utf16(&self) -> Option<&'static str> {
        let (pairs, _) = self.start.as_chunks::<2>();
        let are_zero = |zero: usize| {
            let mut pairs = pairs.iter();
            pairs.len() > 3 && pairs.all(|pair| pair[zero] == 0 && pair[1 - zero] != 0)
        };
        match (are_zero(1), are_zero(0)) {
            (true, _) => Some("LE"),
            (_, true) => Some("BE"),
            _ => None,
        }
    }
}

impl Read for UntilEnd<'_> {
    fn read(&mut self, block: &mut [u8]) -> io::Result<usize> {
        if self.has_ended || block.is_empty() {
            return Ok(0);
        }
        let length = self.input.read(block)?;
        self.has_ended = length == 0;
        let missing = START.saturating_sub(self.start.len()).min(length);
        self.start.extend(&block[..missing]);
        self.count.fetch_add(length as u64, Ordering::Relaxed);
        Ok(length)
    }
}

/// The whole of a file.
///
/// # Errors
/// [`Error::Read`] where it cannot be read.
pub fn read(path: &Path) -> Result<Vec<u8>, Error> {
    let mut bytes = Vec::new();
    let read = if is_stdin(path) {
        io::stdin().read_to_end(&mut bytes)
    } else {
        File::open(path).and_then(|mut file| file.read_to_end(&mut bytes))
    };
    read.map_err(|cause| unreadable(path, cause))?;
    Ok(bytes)
}
