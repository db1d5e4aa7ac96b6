//! The reading of codes that `orgerr show` and `orgerr fix` share.

use std::collections::HashSet;
use std::path::Path;

use orgerr::{
    Catalog, CodeError, CodeQuery, Entry, MatchedBy, StatusFilter, parse_code, split_codes,
};

use super::Session;
use crate::cli::Codes;
use crate::cli::suggestions::{near_codes, search_for};
use crate::error::Error;
use crate::exit::Exit;
use crate::input;
use crate::render::Output;
use crate::source::STDIN;
use crate::truncate::quoted;

/// Words of standard input that are no codes and are named in the note.
const MAX_NAMED: usize = 3;
/// Arguments that one code is spread over, at most: `error code 1305`.
const MAX_PARTS: usize = 3;
/// Words without a digit that make a pasted text of an argument with a code in it.
const MIN_PROSE: usize = 2;
/// Digits of a whole code.
const CODE_DIGITS: usize = 4;
/// Texts that are not found and reported one by one, at most.
const MAX_REPORTED: usize = 20;
/// Bytes of a text for which a note names a command line.
const MAX_HINT: usize = 80;

impl Codes {
    /// The entries of the codes in the order given, duplicates once. What is not found
    /// is reported with what may be meant.
    pub fn entries<'c>(&self, session: &mut Session<'c>) -> Result<(Vec<&'c Entry>, Exit), Error> {
        let mut found = Found::new(session.catalog, &*session.output);
        let mut arguments = Vec::new();
        for text in &self.codes {
            let pasted = pasted_codes(session.catalog, text);
            if text != STDIN && pasted.is_empty() {
                arguments.push(&**text);
                continue;
            }
            found.add_arguments(&std::mem::take(&mut arguments));
            if text == STDIN {
                input::announce("error codes", session.output);
                let input = input::read(Path::new(STDIN))?;
                found.add_piped(&String::from_utf8_lossy(&input));
            }
            for code in pasted {
                found.add(code);
            }
        }
        found.add_arguments(&arguments);
        found.report_rest();
        let exit = Exit::found(!found.is_missing && !found.entries.is_empty());
        Ok((found.entries, exit))
    }

    /// Whether the first of them reads as a code.
    pub fn begin_with_code(&self, catalog: &Catalog) -> bool {
        let first = self.codes.iter().take(MAX_PARTS).map(String::as_str);
        let words = split_codes(catalog, first);
        let is_pasted = |text: &String| !pasted_codes(catalog, text).is_empty();
        let is_code = |word: &String| parse_code(catalog, word).is_ok();
        words.first().is_some_and(is_code) || self.codes.first().is_some_and(is_pasted)
    }
}

/// The codes of an argument that is a pasted text, such as a line of a log: the one that it
/// begins with, and those that name their service. None where it is a list of codes.
fn pasted_codes(catalog: &Catalog, argument: &str) -> Vec<CodeQuery> {
    let has_digit = |word: &&str| word.contains(|c: char| c.is_ascii_digit());
    let words = argument.split_whitespace();
    if words.filter(|word| !has_digit(word)).count() < MIN_PROSE {
        return Vec::new();
    }
    let words = split_codes(catalog, [argument]);
    let first = words.first().map(|word| parse_code(catalog, word));
    // A number in prose may be anything, such as an HTTP status.
    let first = first.and_then(Result::ok);
    let first = first.filter(|code| !catalog.find(code).is_empty());
    let findings = orgerr::explain(catalog, STDIN, argument.as_bytes());
    let named = findings.into_iter().filter_map(|it| match it.matched_by {
        MatchedBy::Code => it.code.map(CodeQuery::Code),
        _ => None,
    });
    first.into_iter().chain(named).collect()
}

/// What was found so far.
struct Found<'a, 'c> {
    catalog: &'c Catalog,
    output: &'a Output,
    entries: Vec<&'c Entry>,
    asked: HashSet<CodeQuery>,
    shown: HashSet<*const Entry>,
    is_missing: bool,
    /// How many texts were not found.
    unknown: usize,
}

impl<'a, 'c> Found<'a, 'c> {
    fn new(catalog: &'c Catalog, output: &'a Output) -> Self {
        Found {
            catalog,
            output,
            entries: Vec::new(),
            asked: HashSet::new(),
            shown: HashSet::new(),
            is_missing: false,
            unknown: 0,
        }
    }

    /// Adds words of the command line. Those in a row that are no codes may be a query.
    fn add_arguments(&mut self, arguments: &[&str]) {
        let mut query: Vec<String> = Vec::new();
        for word in split_codes(self.catalog, arguments.iter().copied()) {
            match parse_code(self.catalog, &word) {
                Ok(code) => {
                    self.report_query(&std::mem::take(&mut query));
                    self.add(code);
                }
                Err(_) => query.push(word),
            }
        }
        self.report_query(&query);
    }

    /// Adds words of standard input, of which few may be codes.
    fn add_piped(&mut self, input: &str) {
        let mut words = input.split_whitespace().peekable();
        if words.peek().is_none() {
            self.output.note("no error code on standard input");
        }
        let mut others = Vec::new();
        for word in split_codes(self.catalog, words) {
            match parse_code(self.catalog, &word) {
                Ok(code) => self.add(code),
                Err(CodeError::Empty) => {}
                Err(_) => others.push(word),
            }
        }
        self.report_others(&others);
        self.is_missing |= !others.is_empty();
    }

    fn add(&mut self, code: CodeQuery) {
        if self.asked.contains(&code) {
            return;
        }
        let found = self.catalog.find(&code);
        if found.is_empty() && self.is_to_report() {
            self.report_unknown(&code);
        }
        self.asked.insert(code);
        let shown = &mut self.shown;
        let new = found.into_iter().filter(|entry| shown.insert(*entry));
        self.entries.extend(new);
    }

    /// Counts what is not found; returns whether to report it by itself.
    fn is_to_report(&mut self) -> bool {
        self.is_missing = true;
        self.unknown += 1;
        self.unknown <= MAX_REPORTED
    }

    /// Reports a code that no entry has, with what may be meant.
    fn report_unknown(&self, code: &CodeQuery) {
        let (CodeQuery::Code(text) | CodeQuery::Start(text)) = code;
        let (service, number) = text.rsplit_once('.').unwrap_or(("", text));
        let CodeQuery::Code(_) = code else {
            let hint = status_hint(&format!("{number}xx")).unwrap_or_default();
            let note = format!("no documented error code starts with {text}{hint}");
            return self.output.note(&note);
        };
        let what = format!("{text} is not a documented error code");
        let near = near_codes(self.catalog, text);
        let missing = CODE_DIGITS.saturating_sub(number.len());
        let begins = missing > 0 && self.catalog.starting_with(text).next().is_some();
        let is_status = |status: &u16| status.to_string() == number;
        let hint = if begins && !self.catalog.statuses().iter().any(is_status) {
            let rest = "x".repeat(missing);
            format!("; for the codes that start so: orgerr show {text}{rest}")
        } else if let Some(hint) = status_hint(number) {
            hint
        } else if let Some(other) = self.catalog.with_number(number).next() {
            format!("; {other} is: orgerr show {other}", other = other.code())
        } else if near.is_empty() && self.catalog.service(service).is_none() {
            "; no catalog has its service: add one with --catalog FILE".to_owned()
        } else {
            return self.note_with_near(&what, &near);
        };
        self.output.note(&(what + &hint));
    }

    /// Reports arguments that are no codes.
    fn report_query(&mut self, words: &[String]) {
        if words.is_empty() || !self.is_to_report() {
            return;
        }
        let query = words.join(" ");
        let what = format!("{} is not an error code", quoted(&query));
        let near = near_codes(self.catalog, &query);
        if !near.is_empty() || query.trim().is_empty() || query.len() > MAX_HINT {
            self.note_with_near(&what, &near);
        } else {
            let search = search_for(&query);
            self.output
                .note(&format!("{what}; to search for it: {search}"));
        }
    }

    /// Reports how many more were not found.
    fn report_rest(&self) {
        let rest = self.unknown.saturating_sub(MAX_REPORTED);
        if rest > 0 {
            let note = format!("{rest} more are not documented error codes");
            self.output.note(&note);
        }
    }

    /// Reports words of standard input that are no codes.
    fn report_others(&mut self, words: &[String]) {
        if words.len() <= MAX_NAMED {
            return self.report_query(words);
        }
        let named: Vec<_> = words[..MAX_NAMED].iter().map(|word| quoted(word)).collect();
        self.output.note(&format!(
            "{} words on standard input are no error codes, such as {}; to find the codes in a \
             log: orgerr explain",
            words.len(),
            named.join(", ")
        ));
    }

    fn note_with_near(&self, what: &str, near: &[String]) {
        if near.is_empty() {
            return self.output.note(what);
        }
        self.output.note(&format!("{what}; near ones:"));
        for line in near {
            self.output.detail(line);
        }
    }
}

/// Where to look for a number that is an HTTP status.
fn status_hint(number: &str) -> Option<String> {
    number.parse::<StatusFilter>().ok()?;
    Some(format!(
        "; for the errors with an HTTP status: orgerr status {number}"
    ))
}
