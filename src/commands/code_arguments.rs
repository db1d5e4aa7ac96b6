//! Reads the codes that `orgerr show` and `orgerr fix` are given, and words the hints for those
//! that no entry has (`unknown_code`).

use std::collections::HashSet;
use std::path::Path;

use orgerr::{
    Catalog, CodeError, CodeQuery, Entry, StatusFilter, decode_text, parse_code, split_codes,
    status_name,
};

use crate::cli::near_names::{codes_meant, commands_for};
use crate::render::Output;
use crate::source::STDIN;
use crate::truncate::quoted;
use crate::{Error, Exit, input};

/// The most arguments that one code may be spread over: `error code 1305`.
const MAX_PARTS: usize = 3;
/// The fewest words that are no codes for a bare code at the start of a pasted text to count.
const MIN_PASTED_WORDS: usize = 2;
/// The fewest digits of an undocumented code in a pasted text.
const MIN_UNKNOWN_DIGITS: usize = 4;
/// The most codes and words that are reported one by one.
const MAX_REPORTED: usize = 20;
/// The most words that are no codes and are compared with all codes: more may be a text.
const MAX_COMPARED: usize = 100;
/// The most words that are no codes and may be queries: more are a text.
const MAX_QUERY_WORDS: usize = 10;

/// The entries of the codes in the order given, each once. Notes what was not found, with hints
/// that suggest `command` or other commands.
pub(super) fn entries<'c>(
    command: &str,
    codes: &[String],
    catalog: &'c Catalog,
    output: &Output,
) -> Result<(Vec<&'c Entry>, Exit), Error> {
    let words = split_codes(catalog, words(codes, catalog, output)?.iter().map(String::as_str));
    let mut parsed = read_words(catalog, words);
    let others: Vec<_> = parsed.iter().filter(|it| is_unlike_any_code(it)).collect();
    let number = others.len();
    if number > MAX_QUERY_WORDS {
        let first = quoted(&others[0].0);
        let explain = "to find the codes in a text: orgerr explain";
        output.note(&format!("{number} words are no error codes, such as {first}; {explain}"));
        parsed.retain(|it| !is_unlike_any_code(it));
    }
    let (mut entries, mut unknown) = (Vec::new(), Vec::new());
    // Codes and words that were found or reported.
    let mut seen = HashSet::new();
    // Words in a row that are no codes may be a query.
    for run in parsed.chunk_by(|one, next| is_unlike_any_code(one) && is_unlike_any_code(next)) {
        match &run[0] {
            (_, Ok(code)) => {
                let found = catalog.find(code);
                if found.is_empty() && seen.insert(code.to_string()) {
                    unknown.push(unknown_code(catalog, code, command));
                }
                entries.extend(found.iter().filter(|it| !seen.contains(it.code())));
                seen.extend(found.iter().map(|entry| entry.code().to_owned()));
            }
            (_, Err(near)) => {
                let words: Vec<_> = run.iter().map(|(word, _)| &**word).collect();
                let words = words.join(" ");
                if seen.insert(words.clone()) {
                    unknown.push((no_code(catalog, &words, near), near.clone()));
                }
            }
        }
    }
    for (what, near) in unknown.iter().take(MAX_REPORTED) {
        let more = if near.is_empty() { "" } else { "; near ones:" };
        output.note_with(&format!("{what}{more}"), near);
    }
    if parsed.is_empty() && number == 0 {
        output.note("no error code is given");
    } else if unknown.len() > MAX_REPORTED {
        let rest = unknown.len() - MAX_REPORTED;
        output.note(&format!("{rest} more are not documented error codes"));
    }
    let is_found = !entries.is_empty() && unknown.is_empty() && number == 0;
    Ok((entries, Exit::found(is_found)))
}

/// A word (or a service and a word), and the code that it is, else near codes with their messages.
type Argument = (String, Result<CodeQuery, Vec<String>>);

/// Whether a word is neither a code nor near one.
fn is_unlike_any_code((_, code): &Argument) -> bool {
    code.as_ref().is_err_and(Vec::is_empty)
}

/// Reads each word. Joins a misspelt code with the word before it, if that is its service.
fn read_words(catalog: &Catalog, words: Vec<String>) -> Vec<Argument> {
    let mut parsed: Vec<Argument> = Vec::new();
    let mut compared = 0;
    for word in words {
        let code = match parse_code(catalog, &word) {
            Ok(code) => Ok(code),
            // Skips marks between codes, as in a list.
            Err(CodeError::Empty) if !word.trim().is_empty() => continue,
            Err(_) if compared == MAX_COMPARED => Err(Vec::new()),
            Err(_) => {
                compared += 1;
                if let Some((before, _)) = parsed.last().filter(|it| is_unlike_any_code(it)) {
                    let near = codes_meant(catalog, &format!("{before}.{word}"));
                    if !near.is_empty() {
                        let both = format!("{before} {word}");
                        parsed.pop();
                        parsed.push((both, Err(near)));
                        continue;
                    }
                }
                Err(codes_meant(catalog, &word))
            }
        };
        parsed.push((word, code));
    }
    parsed
}

/// The arguments, with `-` replaced by the words of standard input, and a pasted text by its codes.
fn words(arguments: &[String], catalog: &Catalog, output: &Output) -> Result<Vec<String>, Error> {
    let mut words = Vec::new();
    for text in arguments {
        let pasted = pasted_codes(catalog, text);
        if text == STDIN {
            input::announce("error codes", Path::new(STDIN), output);
            let read = decode_text(input::read(Path::new(STDIN))?);
            words.extend(String::from_utf8_lossy(&read).split_whitespace().map(str::to_owned));
        } else if pasted.is_empty() {
            words.push(text.clone());
        } else {
            words.extend(pasted);
        }
    }
    Ok(words)
}

/// Whether the texts begin with a code, or the first of them is a pasted text with codes.
pub(super) fn begin_with_code(texts: &[String], catalog: &Catalog) -> bool {
    let words = texts.iter().take(MAX_PARTS).map(String::as_str);
    split_codes(catalog, words).first().is_some_and(|first| parse_code(catalog, first).is_ok())
        || texts.first().is_some_and(|text| !pasted_codes(catalog, text).is_empty())
}

/// The codes in an argument that is a pasted text, such as a line of a log: codes with their
/// service or behind a label, and a code at its start. A list of codes gives all of them. Empty if
/// there is no code, and if the argument is a single word or names a file.
fn pasted_codes(catalog: &Catalog, argument: &str) -> Vec<String> {
    let is_mark = |c: char| !c.is_alphanumeric() && !"._-*".contains(c);
    // In a path, a number does not belong to the word before it.
    let parts = argument.split(['/', '[', ']', '{', '}']);
    let words_of =
        |part: &str| split_codes(catalog, part.split(is_mark).filter(|word| !word.is_empty()));
    let words: Vec<_> = parts.flat_map(words_of).collect();
    if words.len() < 2 || Path::new(argument).exists() {
        return Vec::new();
    }
    let (mut first, mut named, mut others) = (None, Vec::new(), 0);
    for (index, word) in words.iter().enumerate() {
        let query = match parse_code(catalog, word) {
            Ok(query) => query,
            Err(CodeError::Empty) => continue,
            Err(_) => {
                others += 1;
                continue;
            }
        };
        let is_known = !catalog.find(&query).is_empty();
        let (CodeQuery::Code(code) | CodeQuery::Start(code)) = query;
        let number = code.rsplit('.').next().unwrap_or_default();
        // A bare number in prose may be anything, such as an HTTP status.
        let is_named = word.len() > number.len() && !word.starts_with(char::is_numeric);
        let is_full = number.len() >= MIN_UNKNOWN_DIGITS && word.contains(['.', '-', '_']);
        if is_named && (is_known || is_full) {
            named.push(word.clone());
        } else if index == 0 && is_known {
            first = Some(word.clone());
        }
    }
    if others == 0 {
        return words;
    }
    let first = first.filter(|_| others >= MIN_PASTED_WORDS || !named.is_empty());
    first.into_iter().chain(named).collect()
}

/// The note on a code that no entry has, and codes that may be meant.
fn unknown_code(catalog: &Catalog, code: &CodeQuery, command: &str) -> (String, Vec<String>) {
    let (CodeQuery::Code(text) | CodeQuery::Start(text)) = code;
    let (service, number) = text.rsplit_once('.').unwrap_or(("", text));
    let (what, xx) = match code {
        CodeQuery::Code(_) => (format!("{text} is not a documented error code"), ""),
        CodeQuery::Start(_) => (format!("no documented error code starts with {text}"), "xx"),
    };
    let as_status = format!("{number}{xx}");
    let near = codes_meant(catalog, text);
    let is_status = as_status.parse().is_ok_and(|status| match status {
        StatusFilter::One(status) => {
            let has_entry = catalog.statuses().contains(&status);
            near.is_empty() || has_entry || !status_name(status).is_empty()
        }
        _ => true,
    });
    let hint = if is_status {
        format!("; for the errors with an HTTP status: orgerr status {as_status}")
    } else if near.is_empty() && catalog.service(service).is_none() {
        "; no catalog has its service: add one with --catalog FILE".to_owned()
    } else if let Some(other) = catalog.with_number(number).next() {
        format!("; {other} is: orgerr {command} {other}", other = other.code())
    } else {
        return (what, near);
    };
    (what + &hint, Vec::new())
}

/// The note on words that are no code. Suggests commands if no code is near.
fn no_code(catalog: &Catalog, words: &str, near: &[String]) -> String {
    let commands = if near.is_empty() { commands_for(catalog, words) } else { Vec::new() };
    let what = format!("{} is not an error code", quoted(words));
    std::iter::once(what).chain(commands).collect::<Vec<_>>().join("; ")
}
