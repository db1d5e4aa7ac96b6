//! What is printed instead of running a command: help, the version, usage errors with what
//! may be meant.

use std::path::Path;

use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{Command, CommandFactory as _};
use orgerr::{Catalog, parse_code};

use super::did_you_mean::{name_here, near_codes, near_name, search_for, shell_word};
use super::partial_line::PartialLine;
use super::{Cli, Refused, definition_for, help, is_option, prints_records};
use crate::error::Error;
use crate::exit::Exit;
use crate::input::hint_for_text;
use crate::render::Output;
use crate::truncate::{quoted, truncated_to};

/// Characters of what clap says, which repeats the argument.
const MAX_MESSAGE: usize = 300;

/// Prints what clap answers instead of running the line: help, the version or an error.
pub fn print(refused: &Refused) -> Exit {
    let Refused { error, words } = refused;
    let line = PartialLine::read(words);
    let mut output = Output::new(line.options.settings(prints_records(&line.words)));
    let help = |width| {
        let definition = help::with_examples(definition_for(line.words.first()), width);
        let help = definition.try_get_matches_from(words).err();
        let help = help.filter(|help| help.kind() == error.kind());
        help.map_or(error.render(), |help| help.render())
    };
    let outcome = match error.kind() {
        ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => return output.short_help(help),
        ErrorKind::DisplayHelp => output.help(help),
        ErrorKind::DisplayVersion => output.help(|_| error.render()),
        _ => Err(explained(refused, &line)),
    };
    let outcome = outcome.map(|()| Exit::Found);
    output.finish(outcome.map_err(|error| vec![error]))
}

/// Prints short help where there is nothing else to do.
pub fn nothing_asked(output: Output) -> Exit {
    output.short_help(|width| help::with_examples(definition_for(None), width).render_help())
}

/// The error of a first word that is neither a command nor a code, with what may be meant.
pub fn unknown_command(catalog: &Catalog, words: &[String]) -> Error {
    let first = &words[0];
    let mut help = Vec::new();
    let definition = Cli::command();
    let names = definition.get_subcommands().map(Command::get_name);
    let known = name_here(first);
    if let Some(command) = known.or_else(|| near_name(first, names)) {
        let after = words[1..]
            .iter()
            .map(|word| format!(" {}", shell_word(word)));
        help.push(format!(
            "did you mean: orgerr {command}{}",
            after.collect::<String>()
        ));
    }
    let near = near_codes(catalog, first);
    if !near.is_empty() {
        help.push("near codes:".to_owned());
        help.extend(near);
    } else if Path::new(first).is_file() || first == "-" {
        let file = shell_word(first);
        help.push(format!("to explain what it holds: orgerr explain {file}"));
    } else {
        let is_data = first.contains("://") || first.starts_with(['{', '[']);
        if known.is_none() && !is_data && !first.trim().is_empty() {
            let search = search_for(&words.join(" "));
            help.push(format!("to search for it: {search}"));
        }
        help.extend(hint_for_text(first));
    }
    let message = format!("{} is neither a command nor an error code", quoted(first));
    Error::Usage { message, help }
}

/// What clap refuses, with what may be meant.
fn explained(refused: &Refused, line: &PartialLine) -> Error {
    let error = &refused.error;
    let mut definition = Cli::command();
    definition.build();
    let mut command = &definition;
    let mut program = "orgerr".to_owned();
    for name in &line.words {
        let Some(called) = command.find_subcommand(name) else {
            break;
        };
        command = called;
        program.extend([" ", name]);
    }
    let is_unknown = error.kind() == ErrorKind::UnknownArgument;
    let is_tool = program == "orgerr";
    let begins_with_option = refused.words.get(1).is_some_and(|word| is_option(word));
    if let Some(first) = line.words.first()
        && (is_unknown && is_tool && !begins_with_option)
        && parse_code(Catalog::embedded(), first).is_err()
    {
        return unknown_command(Catalog::embedded(), &line.words);
    }
    let context = |kind| match error.get(kind)? {
        ContextValue::String(text) => Some(text.clone()),
        // The likeliest is the last.
        ContextValue::Strings(texts) => texts.last().cloned(),
        _ => None,
    };
    let mut help = Vec::new();
    let argument = context(ContextKind::InvalidArg).filter(|_| is_unknown);
    let argument = argument.unwrap_or_default();
    let meant = [
        name_here(&argument).map(str::to_owned),
        context(ContextKind::SuggestedArg),
        context(ContextKind::SuggestedSubcommand).map(|name| format!("{program} {name}")),
        context(ContextKind::SuggestedValue),
    ];
    let others = commands_with(&argument, &definition);
    if let Some(meant) = meant.into_iter().flatten().next() {
        help.push(format!("did you mean: {meant}"));
    } else if !others.is_empty() {
        help.push(format!("it is an option of: {}", others.join(", ")));
    } else if error.kind() == ErrorKind::MissingRequiredArgument {
        let examples = help::examples(command.get_name());
        help.extend(
            examples
                .take(1)
                .map(|example| format!("for example: {example}")),
        );
    }
    help.push(format!("for more: {program} --help"));
    Error::Usage {
        message: said_by_clap(error),
        help,
    }
}

/// The commands that have an option.
fn commands_with<'d>(option: &str, definition: &'d Command) -> Vec<&'d str> {
    let has_option = |command: &&Command| {
        command.get_arguments().any(|own| {
            let long = own.get_long().map(|long| format!("--{long}"));
            let short = own.get_short().map(|short| format!("-{short}"));
            [long, short].iter().flatten().any(|name| name == option)
        })
    };
    let others = definition.get_subcommands().filter(has_option);
    others.map(Command::get_name).collect()
}

/// What clap says is wrong. After its first paragraph it has tips of its own, and how the
/// command is used.
fn said_by_clap(error: &clap::Error) -> String {
    let said = error.render().to_string();
    let said = said.split("\n\n").next().unwrap_or_default();
    let said = said.trim_start_matches("error: ").split_whitespace();
    let said = said.collect::<Vec<_>>().join(" ");
    truncated_to(&said, MAX_MESSAGE).into_owned()
}
