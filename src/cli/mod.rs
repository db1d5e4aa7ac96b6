//! The command line: its definition, and how it is read.

mod arguments;
mod candidates;
pub mod completer;
pub mod help;
pub mod load_catalogs;
mod options;
mod partial_line;
pub mod suggestions;
pub mod usage_error;

use std::ffi::OsString;

use clap::{Arg, ArgAction, Args as _, CommandFactory as _, FromArgMatches as _};

pub use arguments::*;
use options::{EVERYWHERE, Options};

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
        let cli = read().map_err(|error: clap::Error| error.format(&mut definition))?;
        let Some(Command::Help(Help { command })) = cli.command else {
            return Ok(cli);
        };
        if let Some(name) = command.first()
            && definition.find_subcommand(name).is_none()
        {
            let (command, first_codes) = (None, command);
            return Ok(Cli {
                first_codes,
                command,
                ..cli
            });
        }
        let command = command.iter().map(OsString::from);
        let line = words.iter().take(1).cloned().chain(command);
        Cli::read(&line.chain(["--help".into()]).collect::<Vec<_>>())
    }
}

impl Cli {
    /// Whether it has neither a command nor a code.
    pub fn asks_nothing(&self) -> bool {
        self.command.is_none() && self.first_codes.is_empty()
    }
}

/// The whole command line as clap knows it.
pub fn definition() -> clap::Command {
    complete(Cli::command()).mut_subcommands(with_options)
}

/// A command that takes the options everywhere, too; its help leaves them out.
fn with_options(command: clap::Command) -> clap::Command {
    let options = Options::augment_args(clap::Command::new(""));
    let hidden = options.get_arguments().map(|option| {
        let option = option.clone().hide_short_help(true);
        option.hide_long_help(true)
    });
    let below = help::below_command(command.get_name());
    let command = complete(command).after_help(below).args(hidden);
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
