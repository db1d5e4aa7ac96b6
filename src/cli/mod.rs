//! The command line: its definition, and how it is read.

mod arguments;
pub mod completion;
mod completion_values;
mod deferred;
pub mod did_you_mean;
pub mod help;
pub mod load_catalogs;
mod partial_line;
pub mod usage_error;

use std::ffi::{OsStr, OsString};
use std::io::{self, IsTerminal as _};

use clap::error::ErrorKind;
use clap::{ArgMatches, Args as _, CommandFactory as _, FromArgMatches as _};

use crate::options::Options;
pub use arguments::*;
pub use deferred::Deferred;

/// A command line that is not run: what clap prints instead, which is help, the version or
/// a usage error.
pub struct Refused {
    /// What clap answers.
    pub error: clap::Error,
    /// The line as clap read it, the name of the tool first.
    pub words: Vec<OsString>,
}

impl Cli {
    /// Reads a command line, the name of the tool first. In a pipe the options of `explain`
    /// need no command: nothing else reads standard input without one.
    ///
    /// # Errors
    /// What clap prints instead of running.
    pub fn read(words: &[OsString]) -> Result<Cli, Refused> {
        let is_unknown = |read: &Result<Cli, Refused>| {
            let refused = read.as_ref().err();
            refused.is_some_and(|it| it.error.kind() == ErrorKind::UnknownArgument)
        };
        let mut words = words.to_vec();
        let is_help = words.get(1).is_some_and(|word| word == "help");
        let is_command = |word| Cli::command().find_subcommand(word).is_some();
        if is_help && words.get(2).is_none_or(is_command) {
            words.remove(1);
            words.push("--help".into());
        }
        let read = Cli::read_line(words.clone());
        let begins_with_option = words.get(1).is_some_and(|word| is_option(word));
        if is_unknown(&read) && begins_with_option && !io::stdin().is_terminal() {
            words.insert(1, "explain".into());
            let explained = Cli::read_line(words);
            if !is_unknown(&explained) {
                return explained;
            }
        }
        read
    }

    fn read_line(words: Vec<OsString>) -> Result<Cli, Refused> {
        let mut definition = Cli::command();
        let matches = definition.try_get_matches_from_mut(&words);
        let read = |matches: ArgMatches| {
            let mut cli = Cli::from_arg_matches(&matches)?;
            let mut level = &matches;
            while let Some((_, inner)) = level.subcommand() {
                cli.options.add(Options::from_arg_matches(inner)?);
                level = inner;
            }
            Ok(cli)
        };
        matches.and_then(read).map_err(|error| Refused {
            error: error.format(&mut definition),
            words,
        })
    }
}

/// A command that takes the options everywhere, too; its help leaves them out, but for `--help`.
fn with_options(command: clap::Command) -> clap::Command {
    let options = Options::augment_args(clap::Command::new(""));
    let options = options.get_arguments().map(|option| {
        if option.get_id() == "help" {
            return option.clone().help_heading(None::<&str>);
        }
        option.clone().hide_short_help(true).hide_long_help(true)
    });
    let below = help::below_command(command.get_name());
    let command = command.args(options).display_name("orgerr");
    let command = command.after_help(below);
    command.mut_subcommands(with_options)
}

/// Whether a word of a command line is an option.
fn is_option(word: &OsStr) -> bool {
    word.len() > 1 && word.as_encoded_bytes().starts_with(b"-")
}
