//! The command line: its definition, and how it is read.

mod arguments;
mod candidates;
pub mod completer;
mod deferred;
pub mod help;
pub mod load_catalogs;
mod options;
mod partial_line;
pub mod suggestions;
pub mod usage_error;

use std::ffi::OsString;
use std::io::{self, IsTerminal as _};

use clap::error::ErrorKind;
use clap::{Arg, ArgAction, ArgMatches, Args as _, CommandFactory as _, FromArgMatches as _};

pub use arguments::*;
pub use deferred::Deferred;
use options::{EVERYWHERE, Options};
use partial_line::PartialLine;

/// A command line that is not run: what clap prints instead, which is help, the version or
/// a usage error.
pub struct Refused {
    /// What clap answers.
    pub error: clap::Error,
    /// The line as clap read it, the name of the tool first.
    pub words: Vec<OsString>,
}

impl Cli {
    /// Reads a command line, the name of the tool first.
    ///
    /// # Errors
    /// What clap prints instead of running.
    pub fn read(words: &[OsString]) -> Result<Cli, Refused> {
        let cli = Cli::read_line(words).or_else(|refused| {
            let implied = implied_explain(words, &refused);
            implied.unwrap_or(Err(refused))
        })?;
        let Some(Command::Help(Deferred(Help { command }))) = cli.command else {
            return Ok(cli);
        };
        let is_command = |name: &String| definition().find_subcommand(name).is_some();
        if !command.iter().take(1).all(is_command) {
            let (command, first_codes) = (None, command);
            return Ok(Cli {
                first_codes,
                command,
                ..cli
            });
        }
        let others = words.iter().filter(|word| *word != "help").cloned();
        let line: Vec<_> = others.chain(["--help".into()]).collect();
        Cli::read_line(&line)
    }

    fn read_line(words: &[OsString]) -> Result<Cli, Refused> {
        let mut definition = definition();
        let matches = definition.try_get_matches_from_mut(words);
        let read = |matches: ArgMatches| {
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
        matches.and_then(read).map_err(|error| Refused {
            error: error.format(&mut definition),
            words: words.to_vec(),
        })
    }

    /// Whether it has neither a command nor a code.
    pub fn asks_nothing(&self) -> bool {
        self.command.is_none() && self.first_codes.is_empty()
    }
}

/// Reads a line without a command as one of `explain`: in a pipe nothing else reads
/// standard input without a command, so that its options can stand alone.
fn implied_explain(words: &[OsString], refused: &Refused) -> Option<Result<Cli, Refused>> {
    let begins_with_option = PartialLine::read(words).begins_with_option;
    let is_unknown = refused.error.kind() == ErrorKind::UnknownArgument;
    if !is_unknown || !begins_with_option || io::stdin().is_terminal() {
        return None;
    }
    let (tool, options) = words.split_first()?;
    let explain = [tool.clone(), "explain".into()];
    let line: Vec<_> = explain.into_iter().chain(options.iter().cloned()).collect();
    match Cli::read_line(&line) {
        Ok(cli) => match &cli.command {
            Some(Command::Explain(Deferred(explain))) if explain.files.is_empty() => Some(Ok(cli)),
            _ => None,
        },
        Err(refused) => {
            (refused.error.kind() != ErrorKind::UnknownArgument).then_some(Err(refused))
        }
    }
}

/// The command line as clap knows it. A command has its arguments once it is built.
pub fn definition() -> clap::Command {
    complete(Cli::command())
}

/// The command line in which only the command that `path` leads to has its arguments once it
/// is built: adding those of all commands takes most of a run.
fn definition_along(path: &[String]) -> clap::Command {
    let called = path.first().map(String::as_str);
    definition().mut_subcommands(|command| {
        if called == Some(command.get_name()) {
            command
        } else {
            command.defer(|command| command)
        }
    })
}

/// A command below another, with its arguments.
fn subcommand(command: &clap::Command, name: &str) -> Option<clap::Command> {
    let mut found = command.find_subcommand(name)?.clone();
    found.build();
    Some(found)
}

/// A command that takes the options everywhere, too; its help leaves them out.
fn with_options(command: clap::Command) -> clap::Command {
    let options = Options::augment_args(clap::Command::new(""));
    let hidden = options.get_arguments().map(|option| {
        let option = option.clone().hide_short_help(true);
        option.hide_long_help(true)
    });
    let command = complete(command).args(hidden);
    command.mut_subcommands(with_options)
}

/// What the derived definition of a command lacks.
fn complete(command: clap::Command) -> clap::Command {
    let is_tool = command.get_name() == "orgerr";
    let version = Arg::new("version").short('V').long("version");
    let version = version.help("Print the version").action(ArgAction::Version);
    let version = version.hide_short_help(true).hide_long_help(!is_tool);
    let help = Arg::new("help")
        .short('h')
        .long("help")
        .action(ArgAction::Help);
    let help = help.help("Print help (--help: all of it)");
    let heading = is_tool.then_some(EVERYWHERE);
    let own = [help, version].map(|option| option.help_heading(heading));
    let command = command.args(own).args_override_self(true);
    let command = command.disable_help_flag(true).disable_version_flag(true);
    command
        .display_name("orgerr")
        .version(VERSION)
        .disable_help_subcommand(true)
}

/// Whether a command, and the tool of `catalog` behind it, prints records, so that with
/// `--json` its output is JSON in every case, a usage error, too. A script, a page or a
/// catalog is the same whatever the format, and what is no command could have meant any.
fn prints_records(names: &[impl AsRef<str>]) -> bool {
    let name = |number: usize| names.get(number).map(AsRef::as_ref);
    match name(0) {
        Some("completions" | "man") => false,
        Some("catalog") => !matches!(name(1), Some("import" | "schema")),
        _ => true,
    }
}
