//! One file a command, but for those that print a file. A command turns its arguments into records and hands them
//! to the output; it never prints.

mod catalog;
mod codes;
mod completions;
mod explain;
mod filters;
mod fix;
mod list;
mod notes;
mod search;
mod show;
mod status;

use std::io::{self, IsTerminal as _};

use crate::cli::{
    Catalog, Cli, Codes, Command, Completions, Deferred, Explain, load_catalogs, usage_error,
};
use crate::error::Error;
use crate::exit::Exit;
use crate::render::{Format, Output};
use crate::truncate::quoted;

/// The manual page, made from the command line's definition by a test.
pub const MANUAL_PAGE: &str = include_str!("../../docs/orgerr.1");

/// What every command that answers from the catalog works with.
pub struct Session<'a> {
    /// The entries to answer from.
    pub catalog: &'a orgerr::Catalog,
    /// Where records and notes go.
    pub output: &'a mut Output,
}

/// Runs a command with the catalog that it answers from.
pub fn run(cli: Cli) -> Exit {
    let mut output = Output::new(cli.options.settings(cli.prints_records));
    let asks_nothing = cli.command.is_none() && cli.first_codes.is_empty();
    if asks_nothing && io::stdin().is_terminal() {
        return usage_error::nothing_asked(output);
    }
    let outcome = answer(cli, &mut output);
    output.finish(outcome)
}

fn answer(cli: Cli, output: &mut Output) -> Result<Exit, Vec<Error>> {
    let is_implied = cli.command.is_none();
    let command = match (cli.command, cli.first_codes) {
        (None, codes) if codes.is_empty() => Command::Explain(Deferred(Explain::default())),
        (None, codes) => Command::Show(Deferred(Codes { codes })),
        (Some(command), codes) => match codes.first() {
            None => command,
            Some(code) => {
                let message = format!("a command must stand in front of {}", quoted(code));
                let help = Vec::new();
                return Err(vec![Error::Usage { message, help }]);
            }
        },
    };
    let is_explain = matches!(command, Command::Explain(_));
    if cli.options.settings(true).format == Some(Format::Github) && !is_explain {
        return Err(vec![Error::NothingToAnnotate]);
    }
    let session = |output| -> Result<Session, Vec<Error>> {
        let catalog = load_catalogs::load(&cli.options.catalogs)?;
        Ok(Session { catalog, output })
    };
    let outcome = match command {
        Command::Show(Deferred(Codes { codes })) => {
            let mut session = session(output)?;
            if is_implied && !codes::begin_with_code(&codes, session.catalog) {
                return Err(vec![usage_error::unknown_command(session.catalog, &codes)]);
            }
            show::run(&codes, &mut session)
        }
        Command::Fix(Deferred(Codes { codes })) => fix::run(&codes, &mut session(output)?),
        Command::Search(Deferred(search)) => search::run(&search, &mut session(output)?),
        Command::List(Deferred(list)) => list::run(&list, &mut session(output)?),
        Command::Status(Deferred(status)) => status::run(&status, &mut session(output)?),
        Command::Explain(Deferred(explain)) => explain::run(explain, &mut session(output)?),
        Command::Catalog(Deferred(Catalog { tool })) => catalog::run(tool, output),
        Command::Completions(Deferred(Completions { shell })) => output
            .write_out(completions::script(shell).as_bytes())
            .map(|()| Exit::Found),
        Command::Man(_) => output
            .write_out(MANUAL_PAGE.as_bytes())
            .map(|()| Exit::Found),
        Command::Help(_) => unreachable!("it is read as the option --help"),
    };
    outcome.map_err(|error| vec![error])
}
