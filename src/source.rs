//! Names of inputs: `-` and `<stdin>`.

use std::borrow::Cow;
use std::path::Path;

/// The file name that means standard input.
pub const STDIN: &str = "-";

/// Whether the name means standard input.
pub fn is_stdin(path: &Path) -> bool {
    path == Path::new(STDIN)
}

/// The name of an input in notes and errors.
pub fn source_name(path: &Path) -> Cow<'_, str> {
    if is_stdin(path) { "<stdin>".into() } else { path.to_string_lossy() }
}
