//! One file a command. A command turns its arguments into records and hands them
//! to the output; it never prints.

mod catalog;
mod codes;
mod completions;
mod explain;
mod filters;
mod fix;
mod list;
mod man;
mod notes;
mod search;
mod show;
mod status;

use std::io::{self, IsTerminal as _};

use orgerr::Catalog;

use crate::cli::{Cli, Codes, Command, Deferred, Explain, Show, load_catalogs, usage_error};
use crate::error::Error;
use crate::exit::Exit;
use crate::render::{Format, Output};
#[cfg(test)]
pub use man::PAGE as MANUAL_PAGE;

/// What every command works with.
pub struct Session<'a> {
    /// The entries to answer from.
    pub catalog: &'a Catalog,
    /// Where records and notes go.
    pub output: &'a mut Output,
}

/// Runs a command with the catalog that it answers from.
pub fn run(cli: Cli) -> Exit {
    let mut output = Output::new(cli.options.settings(cli.prints_records));
    if cli.asks_nothing() && io::stdin().is_terminal() {
        return usage_error::nothing_asked(output);
    }
    let outcome = answer(cli, &mut output);
    output.finish(outcome)
}

fn answer(cli: Cli, output: &mut Output) -> Result<Exit, Vec<Error>> {
    let is_implied = cli.command.is_none();
    if let (false, Some(code)) = (is_implied, cli.first_codes.first()) {
        return Err(vec![usage_error::code_before_command(code)]);
    }
    let command = cli.command.unwrap_or_else(|| match cli.first_codes {
        codes if codes.is_empty() => Command::Explain(Deferred(Explain::default())),
        codes => Command::Show(Deferred(Show {
            codes: Codes { codes },
        })),
    });
    let is_explain = matches!(command, Command::Explain(_));
    if cli.options.settings(true).format == Some(Format::Github) && !is_explain {
        return Err(vec![Error::NothingToAnnotate]);
    }
    let catalog = if command.needs_catalog() {
        load_catalogs::load(&cli.options.catalogs, command.stdin_reads())?
    } else {
        Catalog::embedded()
    };
    if let (true, Command::Show(Deferred(Show { codes }))) = (is_implied, &command)
        && !codes.begin_with_code(catalog)
    {
        return Err(vec![usage_error::unknown_command(catalog, &codes.codes)]);
    }
    let outcome = command.run(&mut Session { catalog, output });
    outcome.map_err(|error| vec![error])
}

/// A command that can be run.
pub trait Run {
    /// Runs the command; returns how it ended.
    fn run(self, session: &mut Session) -> Result<Exit, Error>;
}

impl<T: Run> Run for Deferred<T> {
    fn run(self, session: &mut Session) -> Result<Exit, Error> {
        self.0.run(session)
    }
}

impl Run for Command {
    fn run(self, session: &mut Session) -> Result<Exit, Error> {
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
            Command::Help(_) => unreachable!("it is read as the option --help"),
        }
    }
}
