//! Files that a command line names, `-` for standard input.

use std::fs::File;
use std::io::{self, Read as _};
use std::path::Path;

use crate::error::Error;

/// What stands for standard input where a file is named.
pub const STDIN: &str = "-";

/// Whether it is standard input that is named.
pub fn is_stdin(path: &Path) -> bool {
    path == Path::new(STDIN)
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
    read.map_err(|cause| Error::Read {
        path: path.to_owned(),
        cause,
    })?;
    Ok(bytes)
}
