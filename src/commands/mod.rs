//! One file a command. A command turns its arguments into records and hands them
//! to the output; it never prints.

mod catalog;
mod completions;
mod explain;
mod filters;
mod fix;
mod list;
mod man;
mod search;
mod show;
mod status;

#[cfg(test)]
pub use completions::script as completion_script;
#[cfg(test)]
pub use man::PAGE as MANUAL_PAGE;
use orgerr::Catalog;

use crate::cli::Command;
use crate::failure::{Exit, Failure};
use crate::render::Output;
use crate::truncate::truncated;

/// What every command works with.
pub struct Session<'a> {
    /// The entries to answer from.
    pub catalog: &'a Catalog,
    /// Where records and notes go.
    pub output: &'a mut Output,
}

/// A command that can be run.
pub trait Run {
    /// Does what the command is for and says how it ended.
    fn run(self, session: &mut Session) -> Result<Exit, Failure>;
}

impl Run for Command {
    fn run(self, session: &mut Session) -> Result<Exit, Failure> {
        match self {
            Command::Show(show) => show.run(session),
            Command::Fix(fix) => fix.run(session),
            Command::Search(search) => search.run(session),
            Command::List(list) => list.run(session),
            Command::Status(status) => status.run(session),
            Command::Explain(explain) => explain.run(session),
            Command::Catalog(catalog) => catalog.run(session),
            Command::Completions(completions) => completions.run(session),
            Command::Man(man) => man.run(session),
        }
    }
}

/// A text from the command line as a note repeats it.
fn quoted(text: &str) -> String {
    format!("'{}'", truncated(text))
}

/// A text as a word for a POSIX shell.
fn shell_word(text: &str) -> String {
    format!("'{}'", text.replace('\'', "'\\''"))
}
