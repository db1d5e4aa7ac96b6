//! `orgerr man`: one page with every command, examples, exit codes and environment.

use std::io::{self, Write};

use clap::{Arg, Command};
use clap_mangen::roff::{Roff, bold, italic, roman};

use super::{Run, Session};
use crate::cli::{self, Man};
use crate::failure::{Exit, Failure};

impl Run for Man {
    fn run(self, session: &mut Session) -> Result<Exit, Failure> {
        let mut page = Vec::new();
        write_page(&mut page).map_err(Failure::Write)?;
        session.output.file(&page)?;
        Ok(Exit::Found)
    }
}

fn write_page(page: &mut dyn Write) -> io::Result<()> {
    let mut definition = cli::definition();
    definition.build();
    let man = clap_mangen::Man::new(definition.clone()).manual("User Commands");
    man.render_title(page)?;
    man.render_name_section(page)?;
    man.render_synopsis_section(page)?;
    section("DESCRIPTION", cli::DESCRIPTION).to_writer(page)?;
    commands(&definition).to_writer(page)?;
    man.render_options_section(page)?;
    examples(&definition).to_writer(page)?;
    table("EXIT STATUS", &cli::EXIT_CODES).to_writer(page)?;
    table("ENVIRONMENT", &cli::ENVIRONMENT).to_writer(page)
}

fn section(heading: &str, text: &str) -> Roff {
    let mut roff = Roff::new();
    roff.control("SH", [heading]);
    for paragraph in text.split("\n\n") {
        roff.control("PP", []);
        roff.text([roman(paragraph)]);
    }
    roff
}

/// Terms with what they mean.
fn table(heading: &str, rows: &[(&str, &str)]) -> Roff {
    let mut roff = Roff::new();
    roff.control("SH", [heading]);
    for (term, meaning) in rows {
        roff.control("TP", []);
        roff.text([bold(*term)]);
        roff.text([roman(*meaning)]);
    }
    roff
}

/// Every command with the arguments that it does not share with all others.
fn commands(definition: &Command) -> Roff {
    let mut roff = Roff::new();
    roff.control("SH", ["COMMANDS"]);
    for command in definition
        .get_subcommands()
        .filter(|command| command.get_name() != "help")
    {
        roff.control("TP", []);
        let mut synopsis = vec![bold(command.get_name())];
        for argument in command.get_positionals() {
            synopsis.extend([roman(" "), italic(positional(argument))]);
        }
        roff.text(synopsis);
        let about = command.get_about().map(ToString::to_string);
        roff.text([roman(about.unwrap_or_default())]);
        let own = |argument: &&Arg| {
            !argument.is_global_set()
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
            let help = argument.get_help().map(ToString::to_string);
            roff.text([roman(help.unwrap_or_default())]);
            roff.control("RE", []);
        }
        for tool in command
            .get_subcommands()
            .filter(|tool| tool.get_name() != "help")
        {
            roff.control("RS", []);
            roff.control("TP", []);
            let mut synopsis = vec![bold(tool.get_name())];
            for argument in tool.get_positionals() {
                synopsis.extend([roman(" "), italic(positional(argument))]);
            }
            roff.text(synopsis);
            let about = tool.get_about().map(ToString::to_string);
            roff.text([roman(about.unwrap_or_default())]);
            roff.control("RE", []);
        }
    }
    roff
}

fn positional(argument: &Arg) -> String {
    let name = argument.get_value_names().and_then(|names| names.first());
    let name = name.map_or_else(|| argument.get_id().to_string(), ToString::to_string);
    let several = argument.get_num_args().is_some_and(|n| n.max_values() > 1);
    let dots = if several { "..." } else { "" };
    if argument.is_required_set() {
        format!("{name}{dots}")
    } else {
        format!("[{name}{dots}]")
    }
}

fn option(argument: &Arg, long: &str) -> Vec<clap_mangen::roff::Inline> {
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
    let of_commands = definition
        .get_subcommands()
        .filter_map(Command::get_after_help);
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
