//! What inputs are called.

use std::borrow::Cow;
use std::path::Path;

/// What stands for standard input where a file is named.
pub const STDIN: &str = "-";

/// Whether it is standard input that is named.
pub fn is_stdin(path: &Path) -> bool {
    path == Path::new(STDIN)
}

/// An input as people are told of it.
pub fn source_name(path: &Path) -> Cow<'_, str> {
    if is_stdin(path) {
        "<stdin>".into()
    } else {
        path.to_string_lossy()
    }
}
