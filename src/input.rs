//! Files that a command line names, and standard input.

use std::fs::File;
use std::io::{self, ErrorKind, IsTerminal as _, Read, Write as _};
use std::path::Path;
use std::sync::atomic::{AtomicU64, Ordering};

use crate::Error;
use crate::render::Output;
use crate::source::is_stdin;

type Reader = Box<dyn Read + Send>;

/// Notes what the tool waits for, if somebody has to type it on a terminal.
pub(crate) fn announce(what: &str, path: &Path, output: &Output) {
    if is_stdin(path) && io::stdin().is_terminal() {
        let end = if cfg!(windows) { "Ctrl-Z and Enter" } else { "Ctrl-D" };
        output.note(&format!("reading {what} from standard input; end with {end}"));
    }
}

/// The error for a file that cannot be read, with a hint where one helps.
pub(crate) fn unreadable(path: &Path, cause: io::Error) -> Error {
    Error::Read {
        is_catalog: false,
        hint: match cause.kind() {
            ErrorKind::IsADirectory => Some("it is a folder; name the files in it".to_owned()),
            // No such file exists, or no file can have such a name.
            ErrorKind::NotFound | ErrorKind::InvalidFilename => {
                path.to_str().and_then(hint_for_misplaced_text)
            }
            _ => None,
        },
        path: path.to_owned(),
        cause,
    }
}

/// What to do instead of giving this text as a file or a command.
pub(crate) fn hint_for_misplaced_text(text: &str) -> Option<String> {
    let is_json = text.starts_with(['{', '[']) && text.len() > 1;
    if text.starts_with("http://") || text.starts_with("https://") {
        Some("orgerr opens no address; send it what is there: curl -s URL | orgerr …".to_owned())
    } else if text.starts_with("~/") {
        Some("the shell left ~ as it is; write $HOME".to_owned())
    } else if is_json || text.contains(char::is_whitespace) {
        Some("to explain a text, send it: printf %s '…' | orgerr explain".to_owned())
    } else {
        None
    }
}

/// An input that is read to its first end: what is typed on a terminal after that is meant for the
/// shell.
pub(crate) struct Input<'c> {
    reader: Reader,
    has_ended: bool,
    /// The number of bytes read so far.
    count: &'c AtomicU64,
    /// How copying the input to standard output went so far; `None` if it is not copied.
    passed_on: Option<io::Result<()>>,
}

impl<'c> Input<'c> {
    /// # Errors
    /// [`Error::Read`] if the file cannot be opened.
    pub(crate) fn open(path: &Path, pass_on: bool, count: &'c AtomicU64) -> Result<Self, Error> {
        let passed_on = pass_on.then_some(Ok(()));
        Ok(Input { reader: open(path)?, has_ended: false, count, passed_on })
    }

    /// Copies the rest to standard output, if the input is copied. A reader that leaves early is no
    /// failure.
    ///
    /// # Errors
    /// [`Error::Tee`] if not all of the input could be copied.
    pub(crate) fn finish(mut self) -> Result<(), Error> {
        if self.passed_on.is_some() {
            // The explaining has met a read error before, and reports it.
            let _ = io::copy(&mut self, &mut io::sink());
        }
        match self.passed_on {
            Some(Err(failure)) if failure.kind() != ErrorKind::BrokenPipe => {
                Err(Error::Tee(failure))
            }
            _ => Ok(()),
        }
    }
}

impl Read for Input<'_> {
    fn read(&mut self, block: &mut [u8]) -> io::Result<usize> {
        if self.has_ended || block.is_empty() {
            return Ok(0);
        }
        let length = self.reader.read(block)?;
        self.has_ended = length == 0;
        self.count.fetch_add(length as u64, Ordering::Relaxed);
        if let Some(passed_on @ Ok(())) = &mut self.passed_on {
            let mut stdout = io::stdout().lock();
            *passed_on = stdout.write_all(&block[..length]).and_then(|()| stdout.flush());
        }
        Ok(length)
    }
}

/// The whole of a file.
///
/// # Errors
/// [`Error::Read`] if the file cannot be read.
pub(crate) fn read(path: &Path) -> Result<Vec<u8>, Error> {
    let mut bytes = Vec::new();
    let read = open(path)?.read_to_end(&mut bytes);
    read.map(|_| bytes).map_err(|cause| unreadable(path, cause))
}

fn open(path: &Path) -> Result<Reader, Error> {
    if is_stdin(path) {
        return Ok(Box::new(io::stdin()));
    }
    let file = File::open(path).map_err(|cause| unreadable(path, cause))?;
    Ok(Box::new(file))
}
