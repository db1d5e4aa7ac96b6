//! Names of inputs: `-` and `<stdin>`.

use std::borrow::Cow;
use std::path::{Path, PathBuf};

/// The file name that means standard input.
pub(crate) const STDIN: &str = "-";

/// Whether the name means standard input.
pub(crate) fn is_stdin(path: &Path) -> bool {
    path == Path::new(STDIN)
}

/// How many of the files are standard input.
pub(crate) fn count_of_stdin(files: &[PathBuf]) -> usize {
    files.iter().filter(|path| is_stdin(path)).count()
}

/// The name of an input in notes and errors.
pub(crate) fn source_name(path: &Path) -> Cow<'_, str> {
    if is_stdin(path) { "<stdin>".into() } else { path.to_string_lossy() }
}
