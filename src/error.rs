//! The errors that stop a run.

use std::io;
use std::path::PathBuf;

use orgerr::Problems;

use crate::source::source_name;

/// An error that ends in [`Exit::Failed`](crate::exit::Exit::Failed). Each prints as one
/// sentence with what was wrong.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// A command line that cannot be read or followed.
    #[error("{message}")]
    Usage {
        /// What is wrong with it.
        message: String,
        /// What may be meant, and where to read more.
        hints: Vec<String>,
    },
    /// A file or standard input that cannot be read.
    #[error("cannot read {}: {cause}", source_name(.path))]
    Read {
        /// The file, or `-`.
        path: PathBuf,
        /// The operating system's error.
        cause: io::Error,
        /// What to do instead, if it is no file.
        hint: Option<String>,
    },
    /// A catalog of your own with mistakes.
    #[error("the catalog {} is not valid", source_name(.path))]
    InvalidCatalog {
        /// The file.
        path: PathBuf,
        /// Every mistake in it.
        problems: Problems,
    },
    /// What `--tee` passes through cannot be written.
    #[error("cannot pass standard input on: {0}")]
    PassOn(io::Error),
    /// The results cannot be written.
    #[error("cannot write the results: {0}")]
    Write(io::Error),
}

impl Error {
    /// A usage error.
    pub fn usage(message: impl Into<String>, hints: impl IntoIterator<Item = String>) -> Self {
        Error::Usage { message: message.into(), hints: hints.into_iter().collect() }
    }

    /// Further lines below the sentence.
    pub fn details(&self) -> Vec<String> {
        match self {
            Error::InvalidCatalog { path, problems } => {
                let place = |problem| format!("{}:{problem}", source_name(path));
                problems.iter().map(place).collect()
            }
            Error::Usage { hints, .. } => hints.clone(),
            Error::Read { hint, .. } => hint.iter().cloned().collect(),
            _ => Vec::new(),
        }
    }
}
