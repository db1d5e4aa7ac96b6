//! The command line: its definition, and how it is read.

mod arguments;
mod candidates;
pub mod completer;
pub mod load_catalogs;
mod partial_line;
pub mod usage_error;

use std::ffi::OsString;

use clap::{Args as _, CommandFactory as _, FromArgMatches as _};

pub use arguments::*;

impl Cli {
    /// Reads a command line, the name of the tool first.
    ///
    /// # Errors
    /// What clap prints instead of running: help, the version or a usage error.
    pub fn read(words: &[OsString]) -> Result<Cli, clap::Error> {
        let mut definition = definition();
        let matches = definition.try_get_matches_from_mut(words)?;
        let read = || {
            let mut cli = Cli::from_arg_matches(&matches)?;
            let mut level = &matches;
            let mut names = Vec::new();
            while let Some((name, inner)) = level.subcommand() {
                cli.options.add(Options::from_arg_matches(inner)?);
                names.push(name);
                level = inner;
            }
            cli.prints_records = prints_records(&names);
            Ok(cli)
        };
        read().map_err(|error: clap::Error| error.format(&mut definition))
    }
}

/// The whole command line as clap knows it.
pub fn definition() -> clap::Command {
    Cli::command().mut_subcommands(with_options)
}

/// A command that takes the options everywhere, too; its help leaves them out.
fn with_options(command: clap::Command) -> clap::Command {
    let options = Options::augment_args(clap::Command::new(""));
    let hidden = options.get_arguments().map(|option| {
        let option = option.clone().hide_short_help(true);
        option.hide_long_help(true)
    });
    let command = command.display_name("orgerr").args_override_self(true);
    command.args(hidden).mut_subcommands(with_options)
}

/// Whether a command, and the tool of `catalog` behind it, prints records; not so a
/// script, a page or a catalog, which are the same whatever the format.
fn prints_records(names: &[impl AsRef<str>]) -> bool {
    let name = |number: usize| names.get(number).map(AsRef::as_ref);
    match name(0) {
        Some("completions" | "man") => false,
        Some("catalog") => name(1) == Some("check"),
        _ => true,
    }
}
