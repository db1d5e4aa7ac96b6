//! `orgerr show` and the reading of codes that `orgerr fix` shares.

use std::collections::HashSet;
use std::path::Path;

use orgerr::{CodeError, CodeQuery, Entry, StatusFilter, join_codes, parse_code};

use super::{Run, Session, quoted, shell_word};
use crate::cli::{Codes, Show};
use crate::error::Error;
use crate::exit::Exit;
use crate::input::{self, STDIN};
use crate::render::View;

/// Bytes of a text for which a hint names a command line.
const MAX_HINT_LENGTH: usize = 80;

impl Run for Show {
    fn run(self, session: &mut Session) -> Result<Exit, Error> {
        let (entries, exit) = self.codes.entries(session)?;
        session.output.records(View::CARDS, entries)?;
        Ok(exit)
    }
}

impl Codes {
    /// The entries of the codes in the order given, duplicates once. What is not
    /// found goes to standard error with what may be meant.
    pub fn entries<'a>(&self, session: &mut Session<'a>) -> Result<(Vec<&'a Entry>, Exit), Error> {
        let mut entries = Vec::new();
        let mut asked = HashSet::new();
        let mut seen = HashSet::new();
        let mut missing = false;
        let texts = join_codes(session.catalog, self.texts()?);
        if texts.is_empty() {
            session.output.note("no error code on standard input");
        }
        for text in &texts {
            let code = match parse_code(session.catalog, text) {
                Ok(code) => code,
                Err(CodeError::Empty) if !self.is_argument(text) => continue,
                Err(_) => {
                    missing = true;
                    self.say_no_code(text, session);
                    continue;
                }
            };
            if !asked.insert(code.to_string().to_ascii_lowercase()) {
                continue;
            }
            let found = session.catalog.find(&code);
            if found.is_empty() {
                missing = true;
                say_unknown(&code, session);
            }
            let mut new = found.into_iter();
            entries.extend(
                new.by_ref()
                    .filter(|entry| seen.insert(std::ptr::from_ref(*entry))),
            );
        }
        let exit = Exit::found(!missing && !entries.is_empty());
        Ok((entries, exit))
    }

    fn is_argument(&self, text: &str) -> bool {
        self.codes.iter().any(|code| code == text)
    }

    fn say_no_code(&self, text: &str, session: &Session) {
        // A word of the command line may be a query, one of many read is none.
        let hint = if self.is_argument(text) && text.len() < MAX_HINT_LENGTH {
            format!("; to search for it: orgerr search {}", shell_word(text))
        } else {
            String::new()
        };
        let text = quoted(text);
        session
            .output
            .note(&format!("{text} is not an error code{hint}"));
    }

    /// The codes as given, lists taken apart, with `-` replaced by the words of standard
    /// input.
    fn texts(&self) -> Result<Vec<String>, Error> {
        let mut texts = Vec::new();
        for code in &self.codes {
            if code == STDIN {
                let input = input::read(Path::new(STDIN))?;
                let input = String::from_utf8_lossy(&input);
                texts.extend(input.split_whitespace().flat_map(listed));
            } else if listed(code).next().is_none() {
                texts.push(code.clone());
            } else {
                texts.extend(listed(code));
            }
        }
        Ok(texts)
    }
}

/// Says that no entry has the code, and what may be meant.
fn say_unknown(code: &CodeQuery, session: &Session) {
    let catalog = session.catalog;
    let (whole, number) = match code {
        CodeQuery::Code(code) => (code, code.rsplit('.').next().unwrap_or_default()),
        CodeQuery::Start(start) => {
            let number = start.rsplit('.').next().unwrap_or_default();
            let hint = status_hint(&format!("{number}xx"));
            let note = format!("no documented error code starts with {start}{hint}");
            return session.output.note(&note);
        }
    };
    let elsewhere: Vec<_> = catalog.with_number(number).map(Entry::code).collect();
    let near = catalog.near(whole);
    let hint = match (&elsewhere[..], &near[..]) {
        _ if !status_hint(number).is_empty() => status_hint(number),
        ([other, ..], _) => format!("; {other} is: orgerr show {other}"),
        ([], []) => String::new(),
        ([], _) => "; near ones:".to_owned(),
    };
    session
        .output
        .note(&format!("{whole} is not a documented error code{hint}"));
    if elsewhere.is_empty() && status_hint(number).is_empty() {
        for entry in near.iter().filter_map(|code| catalog.get(code)) {
            let line = format!("{}  {}", entry.code(), entry.message());
            session.output.detail(&line);
        }
    }
}

/// Where to look for a number that is an HTTP status.
fn status_hint(number: &str) -> String {
    match number.parse::<StatusFilter>() {
        Ok(_) => format!("; for the errors with an HTTP status: orgerr status {number}"),
        Err(_) => String::new(),
    }
}

/// The codes of a list with commas, as of statuses.
fn listed(codes: &str) -> impl Iterator<Item = String> {
    let codes = codes.split(',').filter(|code| !code.is_empty());
    codes.map(str::to_owned)
}
