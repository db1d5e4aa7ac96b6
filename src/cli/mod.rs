//! The command line: its definition, and how it is read.
//!
//! `arguments` has every argument and help text; `help` has the examples. A line that clap refuses
//! is read by `partial_line`, and answered by `usage_error` with what may be meant (`near_names`).
//! `completion` answers the shells, with values from `completion_values`. `load_catalogs` adds the
//! catalogs that the line names.

mod arguments;
pub(crate) mod completion;
mod completion_values;
pub(crate) mod help;
pub(crate) mod load_catalogs;
pub(crate) mod near_names;
mod partial_line;
pub(crate) mod usage_error;

use std::ffi::{OsStr, OsString};
use std::io::{self, IsTerminal as _};

use clap::error::ErrorKind;
use clap::{ArgMatches, Args as _, CommandFactory as _, FromArgMatches as _};

pub(crate) use arguments::*;

use crate::output_options::Options;

/// A command line that is not run, because clap prints help, the version or a usage error instead.
pub(crate) struct NotRun {
    /// What clap answers.
    pub answer: clap::Error,
    /// The line as clap read it, the name of the tool first.
    pub words: Vec<OsString>,
}

impl Cli {
    /// Reads a command line, the name of the tool first.
    ///
    /// # Errors
    /// What clap prints instead of running.
    pub(crate) fn read(words: &[OsString]) -> Result<Cli, NotRun> {
        let words = with_help_as_option(words);
        Cli::read_line(&words).or_else(|not_run| implied_explain(&words, not_run))
    }

    /// The definition of the command line. A command gets the global options only when it is
    /// called: adding them to every command takes longer than the rest of a look-up.
    pub(crate) fn definition() -> clap::Command {
        Cli::command().mut_subcommands(|command| command.defer(with_options))
    }

    fn read_line(words: &[OsString]) -> Result<Cli, NotRun> {
        let mut definition = Cli::definition();
        let matches = definition.try_get_matches_from_mut(words);
        let read = |mut matches: ArgMatches| {
            let (mut level, mut options) = (&matches, Vec::new());
            while let Some((_, inner)) = level.subcommand() {
                options.push(Options::from_arg_matches(inner)?);
                level = inner;
            }
            let mut cli = Cli::from_arg_matches_mut(&mut matches)?;
            for later in options {
                cli.options.add(later);
            }
            Ok(cli)
        };
        matches.and_then(read).map_err(|answer| NotRun {
            answer: answer.format(&mut definition),
            words: words.to_vec(),
        })
    }
}

/// The line with `--help` in place of `help`, if that is its command.
fn with_help_as_option(words: &[OsString]) -> Vec<OsString> {
    let command = |line| partial_line::read(line).0.into_iter().next();
    let mut line: Vec<_> = words.iter().filter(|word| *word != "help").cloned().collect();
    if line.len() == words.len() || command(words).is_none_or(|it| it != "help") {
        return words.to_vec();
    }
    if command(&line).is_none_or(|name| Cli::command().find_subcommand(name).is_some()) {
        line.push("--help".into());
    }
    line
}

/// Tries to read a line that begins with an option as a line of `explain`. Without a command, only
/// `explain` reads standard input, so in a pipe its options need no command.
fn implied_explain(words: &[OsString], not_run: NotRun) -> Result<Cli, NotRun> {
    let begins_with_option = words.get(1).is_some_and(|word| is_option(word));
    let is_unknown = |not_run: &NotRun| not_run.answer.kind() == ErrorKind::UnknownArgument;
    if !begins_with_option || !is_unknown(&not_run) || io::stdin().is_terminal() {
        return Err(not_run);
    }
    let mut line = words.to_vec();
    line.insert(1, "explain".into());
    match Cli::read_line(&line) {
        Err(explain_not_run) if !is_unknown(&explain_not_run) => Err(explain_not_run),
        Ok(cli) if matches!(&cli.command, Some(Command::Explain(it)) if it.files.is_empty()) => {
            Ok(cli)
        }
        _ => Err(not_run),
    }
}

/// Adds the global options to a command and its subcommands, hidden in their help except `--help`.
fn with_options(command: clap::Command) -> clap::Command {
    let options = Options::augment_args(clap::Command::new(""));
    let options = options.get_arguments().map(|option| {
        if option.get_id() == "help" {
            return option.clone().help_heading(None::<&str>);
        }
        option.clone().hide_short_help(true).hide_long_help(true)
    });
    let below = help::below(command.get_name(), usize::MAX) + help::FOOTER;
    command.args(options).display_name("orgerr").after_help(below).mut_subcommands(with_options)
}

/// Whether a word of a command line is an option.
fn is_option(word: &OsStr) -> bool {
    word.len() > 1 && word.as_encoded_bytes().starts_with(b"-")
}
