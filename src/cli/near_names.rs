//! Guesses what is meant by a word that cannot be read; `usage_error` words the answer.

use std::path::Path;

use orgerr::{Catalog, DEFAULT_SERVICE, Entry, Service, StatusFilter, status_name};

use crate::truncate::truncated;

/// The most edits by which a misspelt name may differ.
const MAX_NAME_EDITS: usize = 2;

/// The commands and options, with what other tools call them.
const NAMES_ELSEWHERE: &str = include_str!("names_elsewhere.txt");

/// Up to three documented codes that a misspelt one may mean, with their messages.
pub(crate) fn codes_meant(catalog: &Catalog, typed: &str) -> Vec<String> {
    // Quotes, brackets and commas around a code are no slips.
    let typed = typed.trim_matches(|c: char| !c.is_alphanumeric());
    let mut near = catalog.near(typed);
    // Bare digits may have a slip, such as the letter O.
    if near.is_empty() && typed.contains(|c: char| c.is_ascii_digit()) {
        near = catalog.near(&format!("{DEFAULT_SERVICE}.{typed}"));
    }
    let line = |entry: &Entry| format!("{}  {}", entry.code(), entry.message());
    near.into_iter().map(line).collect()
}

/// The name that begins with `typed`, else the one spelled most like it, if any is near.
pub(crate) fn near_name<'n>(
    typed: &str,
    names: impl IntoIterator<Item = &'n str>,
) -> Option<&'n str> {
    let typed = typed.to_lowercase();
    let near = names.into_iter().filter_map(|name| {
        let lower = name.to_lowercase();
        let begins = typed.len() > 1 && lower.starts_with(&typed);
        let edits = strsim::osa_distance(&typed, &lower);
        let is_near = begins || (edits <= MAX_NAME_EDITS && edits * 2 < name.len());
        is_near.then_some((!begins, edits, name))
    });
    near.min().map(|(_, _, name)| name)
}

/// Our name for what other tools call `typed`.
pub(crate) fn name_here(typed: &str) -> Option<&'static str> {
    let is_typed = |name: &str| name.eq_ignore_ascii_case(typed);
    let mut lines = NAMES_ELSEWHERE.lines().filter_map(|line| line.split_once(": "));
    let (meant, _) = lines.find(|(_, names)| names.split(' ').any(is_typed))?;
    Some(meant)
}

/// Whether an option may be a misspelt form of another one.
pub(crate) fn are_alike(one: &str, other: &str) -> bool {
    let [one, other] = [one, other].map(|option| option.trim_start_matches('-'));
    let is_part = one.contains(other) || other.contains(one);
    is_part || strsim::osa_distance(one, other) * 2 < one.len().min(other.len())
}

/// Suggests commands for words that are no code. A search finds nothing without a letter.
pub(crate) fn commands_for(catalog: &Catalog, words: &str) -> Vec<String> {
    let has = |is: fn(char) -> bool| words.contains(is);
    if Path::new(words).is_file() {
        return vec![format!("to explain what it holds: orgerr explain {}", shell_word(words))];
    }
    let status = status_meant(words).filter(|_| has(char::is_numeric));
    let status = status.map(|it| format!("for the errors with an HTTP status: orgerr status {it}"));
    let service = catalog.service_meant(words).map(Service::name);
    let service = service.map(|it| format!("for all its error codes: orgerr list --service {it}"));
    let end_of_options = if words.starts_with('-') { "-- " } else { "" };
    let search =
        format!("to search for it: orgerr search {end_of_options}{}", in_quotes(&truncated(words)));
    let search = has(char::is_alphabetic).then_some(search);
    status.into_iter().chain(service).chain(search).collect()
}

/// The HTTP status that a text names: `404 Not Found`, `HTTP/1.1 429`, `forbidden`.
pub(crate) fn status_meant(text: &str) -> Option<u16> {
    let (first, rest) = text.split_once(' ').unwrap_or((text, ""));
    let is_protocol = first.get(..4).is_some_and(|it| it.eq_ignore_ascii_case("http"));
    let text = if is_protocol { rest } else { text }.trim();
    match text.parse() {
        Ok(StatusFilter::One(status)) => Some(status),
        _ => (100..600).find(|it| !text.is_empty() && status_name(*it).eq_ignore_ascii_case(text)),
    }
}

/// A text as a word for a POSIX shell.
pub(crate) fn shell_word(text: &str) -> String {
    let is_plain = |c: char| c.is_ascii_alphanumeric() || "._-/:=,@%+".contains(c);
    // Zsh replaces `=name` by the path of that command.
    let is_word = !text.is_empty() && !text.starts_with('=');
    if is_word && text.chars().all(is_plain) { text.to_owned() } else { in_quotes(text) }
}

fn in_quotes(text: &str) -> String {
    format!("'{}'", text.replace('\'', "'\\''"))
}
