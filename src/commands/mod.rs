//! One file a command, but for those that print a file. A command turns its arguments into
//! records and hands them to the output; it never prints.

mod catalog;
mod code_arguments;
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
use std::path::PathBuf;

use crate::cli::{Catalog, Cli, Codes, Command, Deferred, Explain, load_catalogs, usage_error};
use crate::error::Error;
use crate::exit::Exit;
use crate::options::Format;
use crate::render::Output;
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

impl<'a> Session<'a> {
    fn new(catalogs: &[PathBuf], output: &'a mut Output) -> Result<Self, Error> {
        let catalog = load_catalogs::load(catalogs, output)?;
        Ok(Session { catalog, output })
    }
}

/// Runs a command with the catalog that it answers from.
pub fn run(cli: Cli) -> Exit {
    let mut output = Output::new(&cli.options);
    let asks_nothing = cli.command.is_none() && cli.first_codes.is_empty();
    if asks_nothing && io::stdin().is_terminal() {
        return usage_error::nothing_asked(output);
    }
    let outcome = answer(cli, &mut output);
    output.finish(outcome)
}

fn answer(cli: Cli, output: &mut Output) -> Result<Exit, Error> {
    let codes = cli.first_codes;
    let is_implied = cli.command.is_none();
    let command = match (cli.command, codes.first()) {
        (Some(command), None) => command,
        (Some(_), Some(code)) => {
            let message = format!("a command must stand in front of {}", quoted(code));
            return Err(Error::usage(message, None));
        }
        (None, Some(_)) => Command::Show(Deferred(Codes { codes })),
        (None, None) => Command::Explain(Deferred(Explain::default())),
    };
    if cli.options.format() == Some(Format::Github) && !matches!(command, Command::Explain(_)) {
        let message = "'--output github' is for explain, which finds errors in files to annotate";
        return Err(Error::usage(message, None));
    }
    let session = |output| Session::new(&cli.options.catalogs, output);
    match command {
        Command::Show(Deferred(Codes { codes })) => {
            let mut session = session(output)?;
            if is_implied && !code_arguments::begin_with_code(&codes, session.catalog) {
                return Err(usage_error::unknown_command(session.catalog, &codes));
            }
            show::run(&codes, &mut session)
        }
        Command::Fix(Deferred(Codes { codes })) => fix::run(&codes, &mut session(output)?),
        Command::Search(Deferred(search)) => search::run(&search, &mut session(output)?),
        Command::List(Deferred(filters)) => list::run(&filters, &mut session(output)?),
        Command::Status(Deferred(status)) => status::run(status, &mut session(output)?),
        Command::Explain(Deferred(explain)) => explain::run(explain, &mut session(output)?),
        Command::Catalog(Deferred(Catalog { tool })) => catalog::run(tool, output),
        Command::Completions(Deferred(it)) => output.print(completions::script(it.shell)),
        Command::Man(_) => output.print(MANUAL_PAGE),
    }
}
