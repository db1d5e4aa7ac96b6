//! Prints help, the version or a usage error instead of running a command. A usage error has hints
//! at what may be meant.

use std::ffi::OsString;
use std::path::Path;

use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{Arg, Command};
use orgerr::{Catalog, parse_code};

use super::near_names::{are_alike, codes_meant, commands_for, name_here, near_name, shell_word};
use super::{Cli, NotRun, help, is_option, partial_line};
use crate::input::hint_for_misplaced_text;
use crate::render::Output;
use crate::truncate::{quoted, truncated, truncated_to};
use crate::{Error, Exit};

/// The most characters of a message of clap: it repeats the argument, which may be long.
const MAX_MESSAGE: usize = 300;

/// Prints what clap answers instead of running the line: help, the version or an error.
pub(crate) fn print(not_run: &NotRun) -> Exit {
    let NotRun { answer, words } = not_run;
    let (others, options) = partial_line::read(words);
    let output = Output::new(&options);
    let exit = match answer.kind() {
        ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => Exit::Failed,
        ErrorKind::DisplayHelp | ErrorKind::DisplayVersion => Exit::Found,
        _ => return output.finish(Err(with_hints(not_run, &others))),
    };
    output.help(exit, |width| {
        // Clap lays out help while it parses, so a new width needs a new parse.
        let again = help::for_width(Cli::definition(), width).try_get_matches_from(words).err();
        again.as_ref().unwrap_or(answer).render()
    })
}

/// Prints short help for a line that asks for nothing.
pub(crate) fn nothing_asked(output: Output) -> Exit {
    output.help(Exit::Failed, |width| help::for_width(Cli::definition(), width).render_help())
}

/// The error for a first word that is neither a command nor a code, with hints at what may be
/// meant. `line` is the whole line, the name of the tool first; `words` are its words that are no
/// options.
pub(crate) fn unknown_command(catalog: &Catalog, words: &[String], line: &[OsString]) -> Error {
    let first = words.first().expect("a line has a first word");
    let mut hints = Vec::new();
    let definition = Cli::definition();
    let names = definition.get_subcommands().map(Command::get_name);
    let called_here = name_here(first);
    let command = called_here.or_else(|| near_name(first, names));
    // A line with options is no text to search for.
    let mut is_command = called_here.is_some();
    if let Some(command) = command
        && let Some(place) = partial_line::place_of(first, line)
    {
        let mut meant = "orgerr".to_owned();
        for (index, word) in line.iter().enumerate().skip(1) {
            is_command |= is_option(word);
            let word = shell_word(&word.to_string_lossy());
            meant.extend([" ", if index == place { command } else { &word }]);
        }
        hints.push(format!("did you mean: {}", truncated(&meant)));
    }
    let near = codes_meant(catalog, first);
    if !near.is_empty() {
        hints.push("near codes:".to_owned());
        hints.extend(near);
    } else if Path::new(first).is_file() || first == "-" {
        let file = shell_word(first);
        hints.push(format!("to explain what it holds: orgerr explain {file}"));
    } else {
        let is_data = first.contains("://") || first.starts_with(['{', '[']);
        if !is_command && !is_data {
            hints.extend(commands_for(catalog, &words.join(" ")));
        }
        hints.extend(hint_for_misplaced_text(first));
    }
    let what = format!("{} is neither a command nor an error code", quoted(first));
    Error::usage(what, hints)
}

/// The error for a line that clap refuses, with what may be meant.
fn with_hints(not_run: &NotRun, others: &[String]) -> Error {
    let error = &not_run.answer;
    let mut definition = Cli::definition();
    definition.build();
    let mut names = others.iter();
    let mut command = &definition;
    while let Some(called) = names.next().and_then(|it| command.find_subcommand(it)) {
        command = called;
    }
    let program = command.get_bin_name().unwrap_or_default();
    let is_unknown = error.kind() == ErrorKind::UnknownArgument;
    let has_no_command = program == definition.get_name();
    let begins_with_option = not_run.words.get(1).is_some_and(|word| is_option(word));
    if let Some(first) = others.first()
        && (is_unknown && has_no_command && !begins_with_option)
        && parse_code(Catalog::embedded(), first).is_err()
    {
        // Uses the embedded catalog, because loading those that the line names may fail, too. Words
        // after the first option are left out: they may be its values.
        let is_text = |word: &&OsString| !is_option(word);
        let number = not_run.words[1..].iter().take_while(is_text).count();
        return unknown_command(Catalog::embedded(), &others[..number], &not_run.words);
    }
    let context = |kind| match error.get(kind)? {
        ContextValue::String(text) => Some(text.clone()),
        // The likeliest suggestion is the last.
        ContextValue::Strings(texts) => texts.last().cloned(),
        _ => None,
    };
    let argument = context(ContextKind::InvalidArg).filter(|_| is_unknown).unwrap_or_default();
    let meant = name_here(&argument)
        .map(str::to_owned)
        .or_else(|| {
            context(ContextKind::SuggestedArg).filter(|option| are_alike(&argument, option))
        })
        .or_else(|| Some(format!("{program} {}", context(ContextKind::SuggestedSubcommand)?)))
        .or_else(|| context(ContextKind::SuggestedValue));
    let commands = commands_with(&argument, &definition);
    let example = || match error.kind() {
        ErrorKind::MissingRequiredArgument => help::examples(command.get_name()).next(),
        _ => None,
    };
    let hint = match meant {
        _ if is_unknown && program == "orgerr list" && !argument.starts_with('-') => {
            Some("list takes only options, such as --category policy".to_owned())
        }
        _ if !commands.is_empty() => {
            let mut line = not_run.words.iter().map(|word| word.to_string_lossy());
            let is_before = line.any(|word| word.starts_with(&argument))
                && line.any(|word| commands.contains(&&*word));
            let behind = if is_before { "; it stands behind the command" } else { "" };
            Some(format!("it is an option of: {}{behind}", commands.join(", ")))
        }
        Some(meant) => Some(format!("did you mean: {meant}")),
        None => example().map(|example| format!("for example: {example}")),
    };
    let more = format!("for more: {program} --help");
    Error::usage(message_of_clap(error), hint.into_iter().chain([more]))
}

/// The commands that have this option.
fn commands_with<'d>(option: &str, definition: &'d Command) -> Vec<&'d str> {
    let is_it = |own: &Arg| {
        own.get_long().is_some_and(|name| option.strip_prefix("--") == Some(name))
            || own.get_short().is_some_and(|name| option == format!("-{name}"))
    };
    let commands = definition.get_subcommands();
    commands.filter(|command| command.get_arguments().any(is_it)).map(Command::get_name).collect()
}

/// What clap says is wrong. That is its first paragraph; tips of its own and the usage follow.
fn message_of_clap(error: &clap::Error) -> String {
    let text = error.render().to_string();
    let message = text.trim_start_matches("error: ").split("\n\n").next().unwrap_or_default();
    let words: Vec<_> = message.split_whitespace().collect();
    truncated_to(&words.join(" "), MAX_MESSAGE).into_owned()
}
