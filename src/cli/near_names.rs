//! What may be meant by a word that cannot be read; `usage_error` words the answer.

use orgerr::{Catalog, DEFAULT_SERVICE, Entry};

/// Edits by which a misspelt name differs.
const MAX_NAME_EDITS: usize = 2;

/// The commands and options, with what other tools call them.
const NAMES_ELSEWHERE: &str = include_str!("names_elsewhere.txt");

/// Up to three documented codes that a misspelt one may mean, with their messages.
pub fn codes_meant(catalog: &Catalog, typed: &str) -> Vec<String> {
    // Quotes, brackets and commas around it are no slips.
    let typed = typed.trim_matches(|c: char| !c.is_alphanumeric());
    let mut near = catalog.near(typed);
    // A slip among bare digits, such as the letter O.
    if near.is_empty() && typed.contains(|c: char| c.is_ascii_digit()) {
        near = catalog.near(&format!("{DEFAULT_SERVICE}.{typed}"));
    }
    let line = |entry: &Entry| format!("{}  {}", entry.code(), entry.message());
    near.into_iter().map(line).collect()
}

/// The name that is spelled most like the `typed` one, or that goes on from it.
pub fn near_name<'n>(typed: &str, names: impl IntoIterator<Item = &'n str>) -> Option<&'n str> {
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
pub fn name_here(typed: &str) -> Option<&'static str> {
    let is_typed = |name: &str| name.eq_ignore_ascii_case(typed);
    let mut lines = NAMES_ELSEWHERE.lines().filter_map(|line| line.split_once(": "));
    let (meant, _) = lines.find(|(_, names)| names.split(' ').any(is_typed))?;
    Some(meant)
}

/// A command line that searches for a text.
pub fn search_for(text: &str) -> String {
    let end_of_options = if text.starts_with('-') { "-- " } else { "" };
    format!("orgerr search {end_of_options}{}", in_quotes(text))
}

/// A text as a word for a POSIX shell.
pub fn shell_word(text: &str) -> String {
    let is_plain = |c: char| c.is_ascii_alphanumeric() || "._-/:=,@%+".contains(c);
    if !text.is_empty() && text.chars().all(is_plain) { text.to_owned() } else { in_quotes(text) }
}

fn in_quotes(text: &str) -> String {
    format!("'{}'", text.replace('\'', "'\\''"))
}
