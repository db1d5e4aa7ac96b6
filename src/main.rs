//! The `orgerr` command: parse the command line, run it, exit.

mod catalogs;
mod cli;
mod commands;
mod complete;
mod failure;
#[cfg(test)]
mod generate;
mod help;
mod render;

use std::process::ExitCode;

use orgerr::Catalog;

use crate::commands::{Run, Session};
use crate::failure::Exit;
use crate::render::Output;

fn main() -> ExitCode {
    match complete::asked_by_shell() {
        Ok(false) => {}
        Ok(true) => return Exit::Found.into(),
        Err(error) => return render::usage(&error).into(),
    }
    let help = help::asked_for(std::env::args_os().skip(1));
    if let Some(exit) = help.and_then(render::help) {
        return exit.into();
    }
    let cli = match cli::parse() {
        Ok(cli) => cli,
        Err(unusual) => return render::usage(&unusual).into(),
    };
    let mut output = Output::new(&cli.options, cli.command.prints_records());
    let catalog = if cli.command.needs_catalog() {
        catalogs::load(cli.options.catalogs(), cli.command.reads_stdin())
    } else {
        Ok(Catalog::embedded())
    };
    let outcome = catalog.and_then(|catalog| {
        let output = &mut output;
        output.link_to(catalog.services());
        let run = cli.command.run(&mut Session { catalog, output });
        run.map_err(|failure| vec![failure])
    });
    output.finish(outcome).into()
}
