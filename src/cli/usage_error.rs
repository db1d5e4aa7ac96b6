//! What is printed instead of running a command: help, the version, usage errors.

use std::ffi::OsString;
use std::path::Path;

use clap::error::{ContextKind, ContextValue, ErrorKind};
use orgerr::{Action, Catalog, StatusFilter, parse_code};

use super::partial_line::PartialLine;
use super::suggestions::{near_codes, near_name, search_for, shell_word};
use super::{Refused, definition, definition_along, help, prints_records, subcommand};
use crate::error::Error;
use crate::exit::Exit;
use crate::input::hint_for_text;
use crate::render::Output;
use crate::truncate::{quoted, truncated_to};

/// Characters of what clap says, which repeats the argument.
const MAX_MESSAGE: usize = 300;

/// The commands, with what other tools call them.
const COMMANDS: [(&str, &str); 9] = [
    ("search", "find grep query"),
    ("show", "get lookup describe info"),
    ("list", "ls all"),
    ("explain", "parse analyze read"),
    ("catalog check", "check validate"),
    ("catalog import", "import"),
    ("catalog schema", "schema"),
    ("completions", "completion"),
    ("--version", "version"),
];

/// The options, with what other tools call them.
const OPTIONS: [(&str, &str); 8] = [
    ("--output", "--format --fmt"),
    ("--json", "-j"),
    ("--color never", "--no-color --no-colour"),
    ("--color", "--colour"),
    ("--limit", "--max --top"),
    ("--follow", "-f"),
    ("--quiet", "--silent"),
    ("--version", "-v"),
];

/// Prints what clap answers instead of running the line: help, the version or an error.
pub fn print(refused: &Refused) -> Exit {
    let line = PartialLine::read(&refused.words);
    let mut output = Output::new(line.options.settings(prints_records(&line.path)));
    let error = &refused.error;
    let help = |width| {
        let definition = help::with_layout_for(definition_along(&line.path), width);
        let help = definition.try_get_matches_from(&refused.words).err();
        let help = help.filter(|help| help.kind() == error.kind());
        help::with_plain_spaces(&help.map_or(error.render(), |help| help.render()))
    };
    let outcome = match error.kind() {
        ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => return output.short_help(help),
        ErrorKind::DisplayHelp => output.help(help),
        ErrorKind::DisplayVersion => output.help(|_| error.render()),
        _ => return output.finish(Err(vec![explained(refused, &line)])),
    };
    let outcome = outcome.map(|()| Exit::Found);
    output.finish(outcome.map_err(|error| vec![error]))
}

/// Prints short help where there is nothing else to do.
pub fn nothing_asked(output: Output) -> Exit {
    output.short_help(|width| {
        let mut definition = help::with_layout_for(definition_along(&[]), width);
        help::with_plain_spaces(&definition.render_help())
    })
}

/// The error of a first word that is neither a command nor a code, with what may be meant.
pub fn unknown_command(catalog: &Catalog, words: &[String]) -> Error {
    let (first, behind) = words.split_first().expect("a word that is no command");
    let mut help = Vec::new();
    let definition = definition();
    let names = definition.get_subcommands().map(clap::Command::get_name);
    let known = called(first, &COMMANDS);
    if let Some(command) = known.or_else(|| near_name(first, names)) {
        let behind = with_spaces(behind.iter().map(String::as_str));
        help.push(format!("did you mean: orgerr {command}{behind}"));
    }
    let near = near_codes(catalog, first);
    if !near.is_empty() {
        help.push("near codes:".to_owned());
        help.extend(near);
    } else if first == "-" {
        help.push("to explain standard input: orgerr explain".to_owned());
        help.push("to look up the codes on it: orgerr show -".to_owned());
    } else if Path::new(first).is_file() {
        let file = shell_word(first);
        help.push(format!("to explain the file: orgerr explain {file}"));
    } else {
        let query = words.join(" ");
        let is_query =
            !query.trim().is_empty() && !first.contains("://") && !first.starts_with(['{', '[']);
        if known.is_none() && is_query {
            let search = search_for(&query);
            help.push(format!("to search for it: {search}"));
        }
        help.extend(hint_for_text(first));
    }
    let message = format!("{} is neither a command nor an error code", quoted(first));
    Error::Usage { message, help }
}

/// What a name that other tools have means here.
fn called(typed: &str, names: &[(&'static str, &str)]) -> Option<&'static str> {
    let is_typed = |name: &str| name.eq_ignore_ascii_case(typed);
    let mut names = names.iter();
    let (meant, _) = names.find(|(_, names)| names.split(' ').any(is_typed))?;
    Some(meant)
}

/// The error of a code in front of a command.
pub fn code_before_command(code: &str) -> Error {
    Error::Usage {
        message: format!("a command must stand in front of {}", quoted(code)),
        help: Vec::new(),
    }
}

/// What clap refuses, with what may be meant.
fn explained(refused: &Refused, line: &PartialLine) -> Error {
    let error = &refused.error;
    if error.kind() == ErrorKind::UnknownArgument && begins_with_no_code(line) {
        return unknown_command(Catalog::embedded(), &line.words);
    }
    let mut command = definition();
    let mut program = "orgerr".to_owned();
    for name in &line.path {
        program.extend([" ", name]);
        command = subcommand(&command, name).unwrap_or(command);
    }
    let argument = context(error, ContextKind::InvalidArg).unwrap_or_default();
    let is_option = argument.starts_with('-');
    let (message, meant) = match error.kind() {
        ErrorKind::UnknownArgument if is_option => (
            format!("{program} has no option {}", quoted(&argument)),
            instead_of_option(&argument, &command, &refused.words, line),
        ),
        ErrorKind::UnknownArgument => (
            format!("{program} does not take {}", quoted(&argument)),
            (command.get_name() == "list").then(|| instead_of_word(&argument, &line.words)),
        ),
        ErrorKind::MissingRequiredArgument => {
            let name = argument.trim_matches(['<', '>', '.']);
            let example = help::examples(command.get_name()).next();
            let example = example.map(|example| format!("for example: {example}"));
            (format!("{program} needs a {name}"), example)
        }
        ErrorKind::InvalidSubcommand => {
            let word = context(error, ContextKind::InvalidSubcommand).unwrap_or_default();
            let tools = command.get_subcommands().map(clap::Command::get_name);
            let tools = tools.collect::<Vec<_>>().join(", ");
            let meant = context(error, ContextKind::SuggestedSubcommand);
            (
                format!("{program} has no {}; it has: {tools}", quoted(&word)),
                meant.map(|name| format!("did you mean: {program} {name}")),
            )
        }
        _ => {
            let meant = context(error, ContextKind::SuggestedValue);
            let meant = meant.map(|value| format!("did you mean: {value}"));
            (said_by_clap(error), meant)
        }
    };
    Error::Usage {
        message,
        help: meant
            .into_iter()
            .chain([format!("for more: {program} --help")])
            .collect(),
    }
}

/// What clap says is wrong. Behind its first paragraph it has tips of its own, and how the
/// command is used.
fn said_by_clap(error: &clap::Error) -> String {
    let said = error.render().to_string();
    let said = said.split("\n\n").next().unwrap_or_default();
    let said = said.trim_start_matches("error: ").split_whitespace();
    let said = said.collect::<Vec<_>>().join(" ");
    truncated_to(&said, MAX_MESSAGE).into_owned()
}

fn context(error: &clap::Error, kind: ContextKind) -> Option<String> {
    match error.get(kind)? {
        ContextValue::String(text) => Some(text.clone()),
        // The likeliest is the last.
        ContextValue::Strings(texts) => texts.last().cloned(),
        _ => None,
    }
}

/// What may be meant by an option that the command does not have.
fn instead_of_option(
    option: &str,
    command: &clap::Command,
    typed: &[OsString],
    line: &PartialLine,
) -> Option<String> {
    if let Some(meant) = called(option, &OPTIONS) {
        return Some(format!("did you mean: {meant}"));
    }
    let has_option = |command: &&clap::Command| {
        command.get_arguments().any(|argument| {
            let long = argument.get_long().map(|long| format!("--{long}"));
            let short = argument.get_short().map(|short| format!("-{short}"));
            [long, short].iter().flatten().any(|own| own == option)
        })
    };
    let mut definition = definition();
    definition.build();
    let others = definition.get_subcommands().filter(has_option);
    let others: Vec<_> = others.map(clap::Command::get_name).collect();
    match &*others {
        [] => {}
        [other] if line.begins_with_option => {
            let typed = typed.iter().skip(1).filter_map(|word| word.to_str());
            let mut typed: Vec<_> = typed.collect();
            // The command itself may stand behind its option.
            if let Some(at) = typed.iter().position(|word| word == other) {
                typed.remove(at);
            }
            let typed = with_spaces(typed.into_iter());
            return Some(format!("did you mean: orgerr {other}{typed}"));
        }
        _ => return Some(format!("it is an option of: {}", others.join(", "))),
    }
    let words = line.words.iter().map(String::as_str);
    let name = option.trim_start_matches('-');
    if option == format!("--{name}") && definition.find_subcommand(name).is_some() {
        let words = with_spaces(words);
        return Some(format!("did you mean: orgerr {name}{words}"));
    }
    let longs = command.get_arguments().filter_map(clap::Arg::get_long);
    if let Some(near) = near_name(name, longs) {
        return Some(format!("did you mean: --{near}"));
    }
    (command.get_name() == "search").then(|| {
        let text = with_spaces(words.chain([option]));
        format!("to search for it: orgerr search --{text}")
    })
}

/// Words of a command line, each behind a space.
fn with_spaces<'w>(words: impl Iterator<Item = &'w str>) -> String {
    let words = words.flat_map(|word| [" ".to_owned(), shell_word(word)]);
    words.collect()
}

/// What may be meant by words that `list` does not take.
fn instead_of_word(word: &str, words: &[String]) -> String {
    let catalog = Catalog::embedded();
    let is = |names: &[&str]| names.iter().any(|name| name.eq_ignore_ascii_case(word));
    let meant = if word.parse::<StatusFilter>().is_ok() {
        "status"
    } else if parse_code(catalog, word).is_ok() {
        "show"
    } else if is(&catalog.category_names()) {
        "list --category"
    } else if is(&Action::ALL.map(Action::name)) {
        "list --action"
    } else if is(&catalog.service_names()) {
        "list --service"
    } else {
        return format!("to search for it: {}", search_for(&words.join(" ")));
    };
    format!("did you mean: orgerr {meant} {}", shell_word(word))
}

/// Whether the line begins with a word that is neither a command nor a code.
fn begins_with_no_code(line: &PartialLine) -> bool {
    let is_code = |word: &String| parse_code(Catalog::embedded(), word).is_ok();
    let first = line.words.first().filter(|_| line.path.is_empty());
    !line.begins_with_option && first.is_some_and(|first| !is_code(first))
}
