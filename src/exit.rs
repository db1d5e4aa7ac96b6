//! How a run ends. Each command decides: its `run` in `src/commands` returns the [`Exit`]; `show`
//! and `fix` take it from `code_arguments`, which finds the entries. Any [`Error`](crate::Error)
//! that stops a run ends it with [`Exit::Failed`] (`Output::finish`). A reader that closes the pipe
//! early does not change the exit code (`Output::write_out`).

/// The documented exit codes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Exit {
    /// Everything asked for was found.
    Found = 0,
    /// Nothing was found, or not everything.
    NotFound = 1,
    /// A usage error, an unreadable file, an invalid catalog or a failed write.
    Failed = 2,
}

impl Exit {
    /// [`Exit::Found`] if `found`, else [`Exit::NotFound`].
    pub(crate) fn found(found: bool) -> Self {
        if found { Exit::Found } else { Exit::NotFound }
    }
}
