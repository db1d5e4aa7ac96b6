//! Completion by the tool itself: the shell's script asks the binary, so that codes
//! come with their messages and are those of the catalog in use.
//!
//! A script runs `ORGERR_COMPLETE=SHELL orgerr -- WORD...`, the last word being the one
//! to complete. The answer is a line that says whether files or values follow, and then
//! a line for each: the value, and where there is one a tab and its description. How to
//! quote it is left to the script, because only the shell knows.

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
use super::partial_line::PartialLine;
use super::{Explain, definition_for, load_catalogs};
use crate::exit::Exit;
use crate::sanitize::is_safe;

/// What the scripts set to the name of the shell when they ask.
const VARIABLE: &str = "ORGERR_COMPLETE";
/// What stands in front of the words to complete.
const SEPARATOR: &str = "--";
/// The tag of candidates that are files.
const FILES: &str = "files";

/// Answers a completion script; `None` where the tool was not called by one.
pub fn answer(arguments: &[OsString]) -> Option<Exit> {
    let shell = env::var_os(VARIABLE)?;
    let [_, separator, words @ ..] = arguments else {
        return None;
    };
    if separator != SEPARATOR {
        return None;
    }
    let is_raw = |number: usize| shell == "bash" || (shell == "fish" && number + 1 == words.len());
    let words = words
        .iter()
        .enumerate()
        .map(|(number, word)| match word.to_str() {
            Some(text) if is_raw(number) => unquoted(text).into(),
            _ => word.clone(),
        });
    let mut words: Vec<_> = words.collect();
    if shell == "bash" {
        join_values(&mut words);
    }
    let answer = offered(words, shell == "bash");
    // A shell that no longer listens needs no answer.
    let _ = io::stdout().write_all(answer.as_bytes());
    Some(Exit::Found)
}

/// The answer for the last of the words; with `value_alone`, only the `value` of
/// `--option=value`, which is a word of its own in bash.
fn offered(words: Vec<OsString>, value_alone: bool) -> String {
    let typed = words.last().cloned().unwrap_or_default();
    let typed = typed.to_string_lossy();
    let line = PartialLine::read(&words);
    let catalogs = line.options.catalogs.into_iter().map(in_home_folder);
    let catalog = load_catalogs::load_readable(&catalogs.collect::<Vec<_>>());
    let command = line.words.first();
    let mut definition = definition_for(command);
    if command.is_none_or(|it| definition.find_subcommand(it).is_none()) {
        // `explain`'s options also work without its name.
        let explain = Explain::augment_args(Command::new(""));
        let options = explain.get_opts().cloned();
        definition = definition.args(options);
    }
    definition.build();
    let mut definition = with_candidates(definition, catalog);
    let index = words.len().saturating_sub(1);
    let folder = env::current_dir().ok();
    let Ok(candidates) = complete(&mut definition, words, index, folder.as_deref()) else {
        return String::new();
    };
    let mut tags = candidates.iter().filter_map(CompletionCandidate::get_tag);
    let are_files = tags.any(|tag| tag.to_string() == FILES);
    let kind = if are_files { FILES } else { "values" };
    let front = match typed.split_once('=') {
        Some((option, _)) if value_alone && option.starts_with("--") => option.len() + 1,
        _ => 0,
    };
    let mut answer = format!("{kind}\n");
    for candidate in &candidates {
        // Options are offered only after a `-`, and values only without one.
        let value = candidate.get_value().to_str();
        let value = value.filter(|value| value.starts_with('-') == typed.starts_with('-'));
        let Some(value) = value.and_then(|value| value.get(front..)) else {
            continue;
        };
        // Descriptions are escaped where they are made; a value cannot be.
        if !is_safe(value) {
            continue;
        }
        answer += value;
        if let Some(help) = candidate.get_help() {
            answer.extend(["\t", &help.to_string()]);
        }
        answer.push('\n');
    }
    answer
}

/// The command with what is offered for its arguments.
fn with_candidates(command: Command, catalog: &'static Catalog) -> Command {
    let command = command.mut_args(|argument| {
        if matches!(argument.get_value_hint(), ValueHint::FilePath) {
            return argument.add(ArgValueCompleter::new(files));
        }
        if !argument.get_possible_values().is_empty() {
            return argument;
        }
        let name = argument.get_id().to_string();
        argument.add(ArgValueCompleter::new(move |typed: &OsStr| {
            candidates(&name, catalog, &typed.to_string_lossy())
        }))
    });
    command.mut_subcommands(|command| with_candidates(command, catalog))
}

fn files(typed: &OsStr) -> Vec<CompletionCandidate> {
    let files = PathCompleter::any()
        .filter(|path| !path.is_dir())
        .complete(typed)
        .into_iter();
    files.map(|file| file.tag(Some(FILES.into()))).collect()
}

/// The file with `~/` as the home folder, where no shell has done that already.
fn in_home_folder(file: PathBuf) -> PathBuf {
    match (file.strip_prefix("~"), env::home_dir()) {
        (Ok(rest), Some(home)) => home.join(rest),
        _ => file,
    }
}

/// Joins the `--option=value` that bash has cut in three.
fn join_values(words: &mut Vec<OsString>) {
    let mut at = 2;
    while at < words.len() {
        let is_option = words[at - 1].as_encoded_bytes().starts_with(b"--");
        if words[at] == "=" && is_option {
            words.remove(at);
            words[at - 1].push("=");
            if at < words.len() {
                let value = words.remove(at);
                words[at - 1].push(value);
            }
        }
        at += 1;
    }
}

/// A word as it was typed, without its quotes and backslashes.
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
