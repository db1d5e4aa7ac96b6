//! How a run ends: the exit codes, and the errors that stop it.

use std::io;
use std::path::PathBuf;

use orgerr::catalog::Problems;

/// The documented exit codes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Exit {
    /// Everything asked for was found.
    Found = 0,
    /// Nothing was found, or not everything.
    NotFound = 1,
    /// A usage error, an unreadable file, an invalid catalog or a failed write.
    Failed = 2,
}

impl Exit {
    /// [`Exit::Found`] where something, or everything, was found.
    pub fn found(found: bool) -> Self {
        if found { Exit::Found } else { Exit::NotFound }
    }
}

impl From<Exit> for std::process::ExitCode {
    fn from(exit: Exit) -> Self {
        (exit as u8).into()
    }
}

/// An error that ends in [`Exit::Failed`]. Each prints as one sentence that says
/// what was wrong and what to do.
#[derive(Debug, thiserror::Error)]
pub enum Failure {
    /// A filter has a value that no entry has.
    #[error("no entry has the {what} '{value}'; there are: {valid}")]
    UnknownValue {
        /// What the filter is about, e.g. `category`.
        what: &'static str,
        /// The value given.
        value: String,
        /// The values that exist, separated by commas.
        valid: String,
    },
    /// Something that is not an HTTP status.
    #[error(
        "'{value}' is not an HTTP status; give one from 100 to 599 or a class such as 4xx (the catalog has {valid})"
    )]
    NotAStatus {
        /// The value given.
        value: String,
        /// The statuses that the catalog has, separated by commas.
        valid: String,
    },
    /// A file or standard input that cannot be read.
    #[error("cannot read {}: {cause}", .path.display())]
    Read {
        /// The file, or `-`.
        path: PathBuf,
        /// What the system says.
        cause: io::Error,
    },
    /// A catalog of the user's own with mistakes.
    #[error("the catalog {} is not valid", .path.display())]
    InvalidCatalog {
        /// The file.
        path: PathBuf,
        /// Every mistake in it.
        problems: Problems,
    },
    /// Standard input asked for twice, as a catalog or as what the command reads.
    #[error(
        "standard input can be read only once, and '-' (or explain without FILE) asks for it again; leave one out, or give a file in its place"
    )]
    StdinTwice,
    /// `--tee` with files.
    #[error("--tee passes standard input through and takes no FILE; pipe the file in instead")]
    TeeWithFiles,
    /// What `--tee` passes through cannot be written.
    #[error("cannot pass standard input on: {0}")]
    PassOn(io::Error),
    /// The results cannot be written.
    #[error("cannot write the results: {0}")]
    Write(io::Error),
}

impl Failure {
    /// What there is to say beyond the sentence, a line each.
    pub fn details(&self) -> Vec<String> {
        match self {
            Failure::InvalidCatalog { path, problems } => {
                let place = |problem| format!("{}:{problem}", path.display());
                problems.iter().map(place).collect()
            }
            _ => Vec::new(),
        }
    }
}
