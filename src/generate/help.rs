//! The help of each command, as clap lays it out.

use clap::Command;

use super::{NAME, is_in_step};
use crate::{cli, help};

#[test]
fn the_help_is_in_step() {
    for (name, text) in help::TEXTS {
        let command = Some(name).filter(|name| *name != NAME);
        let line = [NAME].into_iter().chain(command).chain(["--help"]);
        let definition = cli::definition().term_width(help::WIDTH);
        let printed = definition.try_get_matches_from(line).unwrap_err();
        let path = format!("docs/help/{name}.txt");
        is_in_step(&path, text, &printed.render().to_string());
    }
}

#[test]
fn every_command_has_its_help() {
    let definition = cli::definition();
    let commands = definition.get_subcommands().map(Command::get_name);
    let names: Vec<_> = help::TEXTS.iter().map(|(name, _)| *name).collect();
    assert_eq!(
        names,
        [NAME].into_iter().chain(commands).collect::<Vec<_>>()
    );
}
