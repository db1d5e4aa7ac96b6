//! Files that a command line names, `-` for standard input.

use std::fs::File;
use std::io::{self, IsTerminal as _, Read as _};
use std::path::Path;

use crate::error::Error;
use crate::render::Output;

/// What stands for standard input where a file is named.
pub const STDIN: &str = "-";

/// Whether it is standard input that is named.
pub fn is_stdin(path: &Path) -> bool {
    path == Path::new(STDIN)
}

/// Says what is waited for where somebody is to type it.
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

/// That a file cannot be read.
pub fn unreadable(path: &Path, cause: io::Error) -> Error {
    Error::Read {
        hint: path.to_str().and_then(hint_for_text),
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
