//! The manual page, from the definition of the command line.

use std::io::{self, Write};

use clap::builder::PossibleValue;
use clap::{Arg, Command};
use clap_mangen::roff::{Inline, Roff, bold, italic, roman};

use super::is_in_step;
use crate::cli::{Cli, help};
use crate::commands::MANUAL_PAGE;

/// What the definition of the command line does not have.
const DESCRIPTION: &str = include_str!("description.roff");
const EXIT_AND_ENVIRONMENT: &str = include_str!("exit_and_environment.roff");

#[test]
fn the_manual_page_is_in_step() {
    let mut page = Vec::new();
    write_page(&mut page).unwrap();
    // With LC_ALL=C, roff leaves out every other character.
    let page = String::from_utf8(page).unwrap().replace('…', "...");
    assert!(page.is_ascii());
    is_in_step("docs/orgerr.1", MANUAL_PAGE, &page);
}

fn write_page(page: &mut dyn Write) -> io::Result<()> {
    let definition = help::for_width(Cli::definition(), usize::MAX);
    // Here nothing has to fit a screen.
    let mut definition = definition.mut_args(|argument| argument.hide_short_help(false));
    definition.build();
    let man = clap_mangen::Man::new(definition.clone()).manual("User Commands");
    man.render_title(page)?;
    man.render_name_section(page)?;
    man.render_synopsis_section(page)?;
    page.write_all(DESCRIPTION.as_bytes())?;
    commands(&definition).to_writer(page)?;
    let mut options = Vec::new();
    man.render_options_section(&mut options)?;
    // Roff would join the lines of a list.
    let options = String::from_utf8_lossy(&options).replace("\n\\- ", "\n.br\n\\- ");
    page.write_all(options.as_bytes())?;
    examples(&definition).to_writer(page)?;
    page.write_all(EXIT_AND_ENVIRONMENT.as_bytes())
}

/// Every command with the arguments that it does not share with all others.
fn commands(definition: &Command) -> Roff {
    let mut roff = Roff::new();
    roff.control("SH", ["COMMANDS"]);
    definition.get_subcommands().for_each(|command| arguments(&mut roff, command));
    roff
}

/// A command, its arguments, and the commands within it.
fn arguments(roff: &mut Roff, command: &Command) {
    name_and_purpose(roff, command);
    let own = |argument: &&Arg| {
        !argument.is_hide_long_help_set()
            && argument.get_id() != "help"
            && argument.get_id() != "version"
    };
    for argument in command.get_arguments().filter(own) {
        roff.control("RS", []);
        roff.control("TP", []);
        roff.text(match argument.get_long() {
            None => vec![italic(positional(argument))],
            Some(long) => option(argument, long),
        });
        let help = argument.get_help().map(ToString::to_string).unwrap_or_default();
        let values = argument.get_possible_values();
        let names: Vec<_> = values.iter().map(PossibleValue::get_name).collect();
        let is_chosen = argument.get_action().takes_values() && !names.is_empty();
        let values = if is_chosen { format!(": {}", names.join(", ")) } else { String::new() };
        roff.text([roman(help + &values)]);
        roff.control("RE", []);
    }
    for tool in command.get_subcommands() {
        roff.control("RS", []);
        // What they are for says what their files are.
        arguments(
            roff,
            &tool.clone().mut_args(|it| {
                let is_file = it.is_positional() && it.get_possible_values().is_empty();
                if is_file { it.hide_long_help(true) } else { it }
            }),
        );
        roff.control("RE", []);
    }
}

/// A command with its arguments and what it is for.
fn name_and_purpose(roff: &mut Roff, command: &Command) {
    roff.control("TP", []);
    let mut synopsis = vec![bold(command.get_name())];
    for argument in command.get_positionals() {
        synopsis.extend([roman(" "), italic(positional(argument))]);
    }
    roff.text(synopsis);
    let about = command.get_about().map(ToString::to_string);
    roff.text([roman(about.unwrap_or_default())]);
}

fn positional(argument: &Arg) -> String {
    let name = argument.get_value_names().and_then(|names| names.first());
    let name = name.map_or_else(|| argument.get_id().to_string(), ToString::to_string);
    let several = argument.get_num_args().is_some_and(|n| n.max_values() > 1);
    let dots = if several { "..." } else { "" };
    if argument.is_required_set() { format!("{name}{dots}") } else { format!("[{name}{dots}]") }
}

fn option(argument: &Arg, long: &str) -> Vec<Inline> {
    let mut text = Vec::new();
    if let Some(short) = argument.get_short() {
        text.extend([bold(format!("-{short}")), roman(", ")]);
    }
    text.push(bold(format!("--{long}")));
    if argument.get_action().takes_values()
        && let Some(name) = argument.get_value_names().and_then(|names| names.first())
    {
        text.extend([roman(" "), italic(name.to_string())]);
    }
    text
}

/// The examples of the tool and of every command.
fn examples(definition: &Command) -> Roff {
    let mut roff = Roff::new();
    roff.control("SH", ["EXAMPLES"]);
    let of_commands = definition.get_subcommands().filter_map(Command::get_after_help);
    for help in definition.get_after_help().into_iter().chain(of_commands) {
        let help = help.to_string();
        roff.control("EX", []);
        for line in help.lines().filter(|line| line.starts_with("  ")) {
            roff.text([roman(line)]);
        }
        roff.control("EE", []);
    }
    roff
}
