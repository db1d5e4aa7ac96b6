//! The `orgerr` command: parse the command line, run it, exit.

mod catalogs;
mod cli;
mod commands;
mod complete;
mod failure;
#[cfg(test)]
mod generate;
mod help;
mod input;
mod render;
mod sanitize;
mod tee;
#[path = "data/truncate.rs"]
mod truncate;

use std::process::ExitCode;

use orgerr::Catalog;

use crate::cli::Cli;
use crate::commands::{Run, Session};
use crate::failure::{Exit, Failure};
use crate::render::Output;

fn main() -> ExitCode {
    let exit = run().unwrap_or_else(|unusual| render::usage(&unusual));
    exit.into()
}

/// Reads the command line and does what it asks for, or tells what is unusual about it:
/// a mistake, or a wish for help or the version.
fn run() -> Result<Exit, clap::Error> {
    if complete::asked_by_shell()? {
        return Ok(Exit::Found);
    }
    let help = help::asked_for(std::env::args_os().skip(1));
    if let Some(exit) = help.and_then(render::help) {
        return Ok(exit);
    }
    let cli = cli::parse()?;
    let mut output = Output::new(&cli.options, cli.prints_records);
    let outcome = answer(cli, &mut output);
    Ok(output.finish(outcome))
}

/// Runs the command with the catalog that it answers from.
fn answer(cli: Cli, output: &mut Output) -> Result<Exit, Vec<Failure>> {
    let catalog = if cli.command.needs_catalog() {
        catalogs::load(cli.options.catalogs(), cli.command.stdin_reads())?
    } else {
        Catalog::embedded()
    };
    output.link_to(catalog.services());
    let outcome = cli.command.run(&mut Session { catalog, output });
    outcome.map_err(|failure| vec![failure])
}
