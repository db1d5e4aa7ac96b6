//! What goes wrong in a run.

use std::io;
use std::path::PathBuf;

use orgerr::Problems;

use crate::source::source_name;

/// An error that makes the run end with [`Exit::Failed`](crate::Exit::Failed): at once, or after
/// everything readable was explained. Prints as one sentence that says what is wrong;
/// [`details`](Error::details) has the lines below it.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Error {
    /// The command line cannot be carried out as given.
    #[error("{message}")]
    Usage {
        /// Why it cannot.
        message: String,
        /// What the user may have meant, and where to read more.
        hints: Vec<String>,
    },
    /// A file or standard input cannot be read.
    #[error(
        "cannot read {}{}: {cause}",
        if *.is_catalog { "the catalog " } else { "" },
        source_name(.path)
    )]
    Read {
        /// Whether it is a catalog that the command answers from.
        is_catalog: bool,
        /// The file, or `-`.
        path: PathBuf,
        /// What the operating system says.
        cause: io::Error,
        /// What to do instead, if the argument is the name of a folder, a URL or a text to explain;
        /// and where the path comes from, if not from the command line.
        hint: Option<String>,
    },
    /// A catalog of your own is not valid.
    #[error("the catalog {} is not valid", source_name(.path))]
    InvalidCatalog {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        problems: Problems,
        /// Where the path comes from, if not from the command line.
        hint: Option<String>,
    },
    /// `--tee` cannot copy the input to standard output.
    #[error("cannot pass standard input on: {0}")]
    Tee(io::Error),
    /// The results cannot be written.
    #[error("cannot write the results: {0}")]
    Write(io::Error),
}

impl Error {
    /// A usage error.
    pub(crate) fn usage(
        message: impl Into<String>,
        hints: impl IntoIterator<Item = String>,
    ) -> Self {
        Error::Usage { message: message.into(), hints: hints.into_iter().collect() }
    }

    /// The lines that are printed below the sentence.
    pub(crate) fn details(&self) -> Vec<String> {
        match self {
            Error::InvalidCatalog { path, problems, hint } => {
                let with_file = |problem| format!("{}:{problem}", source_name(path));
                problems.iter().map(with_file).chain(hint.clone()).collect()
            }
            Error::Usage { hints, .. } => hints.clone(),
            Error::Read { hint, .. } => hint.iter().cloned().collect(),
            _ => Vec::new(),
        }
    }
}
