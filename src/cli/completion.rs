//! Completion by the tool itself: the shell's script asks the binary, so that codes
//! come with their messages and are those of the catalog in use.
//!
//! A script runs `ORGERR_COMPLETE=SHELL orgerr -- WORD...`; the last word is the one to complete.
//! The answer starts with a line that says whether files or values follow. Each of them is on a
//! line of its own: the value and, if there is a description, a tab and the description. The script
//! quotes the values, because only the shell knows how.

use std::env;
use std::ffi::{OsStr, OsString};
use std::io::{self, Write as _};
use std::path::PathBuf;

use clap::{Args as _, Command, ValueHint};
use clap_complete::engine::{
    ArgValueCompleter, CompletionCandidate, PathCompleter, ValueCompleter as _, complete,
};
use orgerr::Catalog;

use super::completion_values::candidates;
use super::{Cli, Explain, load_catalogs, partial_line};
use crate::Exit;
use crate::sanitize::is_safe;

/// The variable that the scripts set to the name of the shell when they ask.
const COMPLETION_VARIABLE: &str = "ORGERR_COMPLETE";
/// The argument before the words to complete.
const WORDS_FOLLOW: &str = "--";
/// The tag of candidates that are files.
const FILES_TAG: &str = "files";

/// Answers a completion script; returns `None` if no script has called the tool.
pub(crate) fn answer(arguments: &[OsString]) -> Option<Exit> {
    let is_asked = arguments.get(1).is_some_and(|word| word == WORDS_FOLLOW);
    let shell = env::var_os(COMPLETION_VARIABLE).filter(|_| is_asked)?;
    let words = &arguments[2..];
    let (is_bash, is_fish) = (shell == "bash", shell == "fish");
    let last = words.len().saturating_sub(1);
    let is_for_help = words.len() > 2 && words[1] == "help";
    let words = words.iter().enumerate().filter(|(index, _)| !is_for_help || *index != 1);
    let words = words.filter_map(|(index, word)| match word.to_str() {
        // Bash cuts `--option=value` in three words. Without the `=`, clap reads the other two.
        Some("=") if is_bash => (index == last).then(OsString::new),
        Some(text) if is_bash || is_fish && index == last => Some(unquoted(text).into()),
        _ => Some(word.clone()),
    });
    // The shell may be gone; there is nobody to report that to.
    let _ = io::stdout().write_all(offered(words.collect()).as_bytes());
    Some(Exit::Found)
}

/// The answer to a script: what completes the last of the words.
fn offered(words: Vec<OsString>) -> String {
    let begins_option = |word: &OsStr| word.as_encoded_bytes().starts_with(b"-");
    let is_option = words.last().is_some_and(|typed| begins_option(typed));
    let mut definition = definition(&words);
    let index = words.len().saturating_sub(1);
    let candidates = complete(&mut definition, words, index, env::current_dir().ok().as_deref());
    let candidates = candidates.unwrap_or_default();
    let mut tags = candidates.iter().filter_map(CompletionCandidate::get_tag);
    let are_files = tags.any(|tag| tag.to_string() == FILES_TAG);
    let mut answer = format!("{}\n", if are_files { FILES_TAG } else { "values" });
    for candidate in &candidates {
        // Options are offered only after a `-`, and values only without one. Descriptions are
        // already escaped; a value cannot be escaped, so one that is not safe is left out.
        let value = candidate.get_value().to_str().filter(|value| is_safe(value));
        if let Some(value) = value.filter(|it| begins_option(it.as_ref()) == is_option) {
            let help = candidate.get_help().map(|help| format!("\t{help}")).unwrap_or_default();
            answer.extend([value, &help, "\n"]);
        }
    }
    answer
}

/// The definition of the command line, with candidates for the arguments. Only the command that is
/// called gets the global options: adding them to all commands takes most of the time.
fn definition(words: &[OsString]) -> Command {
    let (words, options) = partial_line::read(words);
    let catalogs: Vec<_> = options.catalogs.into_iter().map(in_home_folder).collect();
    let catalog = load_catalogs::load_readable(&catalogs);
    let called = words.first().map(String::as_str);
    let mut definition = Cli::definition();
    if called.is_none_or(|it| definition.find_subcommand(it).is_none()) {
        // `explain`'s options also work without its name.
        definition = definition.args(Explain::augment_args(Command::new("")).get_opts());
    }
    definition = definition.mut_subcommands(|command| {
        let is_called = called == Some(command.get_name());
        if is_called { command } else { command.defer(|command| command) }
    });
    definition.build();
    with_candidates(definition, catalog)
}

/// Adds candidates to the arguments of a command and of its subcommands.
fn with_candidates(command: Command, catalog: &'static Catalog) -> Command {
    let command = command.mut_args(|argument| {
        if !argument.get_possible_values().is_empty() {
            return argument;
        }
        let is_file = argument.get_value_hint() == ValueHint::FilePath;
        let name = argument.get_id().to_string();
        argument.add(ArgValueCompleter::new(move |typed: &OsStr| {
            if is_file {
                files(typed)
            } else {
                candidates(&name, catalog, &typed.to_string_lossy())
            }
        }))
    });
    command.mut_subcommands(|command| with_candidates(command, catalog))
}

fn files(typed: &OsStr) -> Vec<CompletionCandidate> {
    let files = PathCompleter::any().filter(|path| !path.is_dir()).complete(typed).into_iter();
    files.map(|file| file.tag(Some(FILES_TAG.into()))).collect()
}

/// The path with the home folder in place of `~`, if no shell has replaced it already.
fn in_home_folder(file: PathBuf) -> PathBuf {
    match (file.strip_prefix("~"), env::home_dir()) {
        (Ok(rest), Some(home)) => home.join(rest),
        _ => file,
    }
}

/// The word without the quotes and backslashes with which it was typed.
fn unquoted(typed: &str) -> String {
    let mut word = String::with_capacity(typed.len());
    let mut quote = None;
    let mut characters = typed.chars();
    while let Some(c) = characters.next() {
        match (quote, c) {
            (None, '\'' | '"') => quote = Some(c),
            (Some(open), c) if open == c => quote = None,
            (None | Some('"'), '\\') => word.extend(characters.next()),
            _ => word.push(c),
        }
    }
    word
}
