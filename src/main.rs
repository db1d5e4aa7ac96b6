//! The `orgerr` command: parse the command line, run it, exit.

mod cli;
mod commands;
mod complete;
mod failure;
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
    let cli = match cli::parse() {
        Ok(cli) => cli,
        Err(unusual) => return render::usage(&unusual).into(),
    };
    let mut output = Output::new(&cli.options);
    let mut session = Session {
        catalog: Catalog::embedded(),
        output: &mut output,
    };
    let outcome = cli.command.run(&mut session);
    output.finish(outcome).into()
}
