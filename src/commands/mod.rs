//! One file a command, except for `man`. A command turns its arguments into records and hands them
//! to the output; it never prints. What a line without a command does is decided here, too (`run`,
//! `answer`). A line that begins with options of `explain` already has that command here
//! (`implied_explain` in `cli`).

mod catalog;
mod code_arguments;
mod completions;
mod explain;
mod filter_options;
mod fix;
mod list;
mod notes;
mod search;
mod show;
mod status;

use std::ffi::OsString;
use std::io::{self, IsTerminal as _};

use crate::cli::{Cli, Codes, Command, Explain, load_catalogs, usage_error};
use crate::output_options::Format;
use crate::render::Output;
use crate::source::count_of_stdin;
use crate::truncate::quoted;
use crate::{Error, Exit};

/// The manual page, made from the command line's definition by a test.
pub(crate) const MANUAL_PAGE: &str = include_str!("../../docs/orgerr.1");

/// Runs a command with the catalog that it answers from; `cli` was read from `line`.
pub(crate) fn run(cli: Cli, line: &[OsString]) -> Exit {
    let mut output = Output::new(&cli.options);
    let asks_nothing = cli.command.is_none() && cli.first_codes.is_empty();
    if asks_nothing && io::stdin().is_terminal() {
        return usage_error::nothing_asked(output);
    }
    let outcome = answer(cli, line, &mut output);
    output.finish(outcome)
}

fn answer(cli: Cli, line: &[OsString], output: &mut Output) -> Result<Exit, Error> {
    let codes = cli.first_codes;
    let is_implied = cli.command.is_none();
    let command = match (cli.command, codes.first()) {
        (Some(command), None) => command,
        (Some(_), Some(code)) => {
            let message = format!("put the command before {}", quoted(code));
            return Err(Error::usage(message, None));
        }
        (None, Some(_)) => Command::Show(Codes { codes }),
        (None, None) => Command::Explain(Explain::default()),
    };
    if cli.options.format() == Some(Format::Github) && !matches!(command, Command::Explain(_)) {
        let message = "'--output github' works only with explain";
        return Err(Error::usage(message, None));
    }
    if let Command::Catalog(tool) = &command
        && let Some((name, what)) = cli.options.format().and_then(|format| tool.refuses(format))
    {
        let option = cli.options.option_of_format();
        let message = format!("'{option}' does not work with catalog {name}: it prints {what}");
        return Err(Error::usage(message, None));
    }
    // `orgerr catalog` has its catalogs as arguments, and reads none that the environment names.
    let catalogs = cli.options.catalogs;
    let uses_as_catalog = match command {
        Command::Catalog(_) => count_of_stdin(&catalogs),
        _ => count_of_stdin(&load_catalogs::catalog_paths(&catalogs)),
    };
    if command.uses_of_stdin() + uses_as_catalog > 1 {
        let message = "standard input cannot be two files: it can be read only once";
        return Err(Error::usage(message, None));
    }
    let load = |output: &Output| load_catalogs::load(&catalogs, output);
    match command {
        Command::Show(Codes { codes }) => {
            let catalog = load(output)?;
            if is_implied && !code_arguments::begin_with_code(&codes, catalog) {
                return Err(usage_error::unknown_command(catalog, &codes, line));
            }
            show::run(&codes, catalog, output)
        }
        Command::Fix(Codes { codes }) => fix::run(&codes, load(output)?, output),
        Command::Search(search) => search::run(&search, load(output)?, output),
        Command::List(filters) => list::run(&filters, load(output)?, output),
        Command::Status(status) => status::run(status, load(output)?, output),
        Command::Explain(explain) => explain::run(explain, load(output)?, output),
        Command::Catalog(tool) => catalog::run(tool, output),
        Command::Completions { shell } => output.print(completions::script(shell)),
        Command::Man => output.print(MANUAL_PAGE),
    }
}
