//! `orgerr show` and the reading of codes that `orgerr fix` shares.

use std::collections::HashSet;
use std::path::Path;

use orgerr::{CodeError, Entry, parse_code};

use super::{Run, Session, quoted, shell_word};
use crate::cli::{Codes, Show};
use crate::error::Error;
use crate::exit::Exit;
use crate::input::{self, STDIN};
use crate::render::View;

/// Bytes of a text for which a hint names a command line at most.
const LONGEST_HINT: usize = 80;

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
        let mut seen = HashSet::new();
        let mut missing = false;
        let texts = self.texts()?;
        if texts.is_empty() {
            session.output.note("no error code on standard input");
        }
        for text in &texts {
            let code = match parse_code(session.catalog, text) {
                Ok(code) => code,
                Err(CodeError::Empty) if !self.codes.contains(text) => continue,
                Err(CodeError::Empty | CodeError::Shape) => {
                    missing = true;
                    // A word of the command line may be a query, one of many read is none.
                    let hint = if self.codes.contains(text) && text.len() < LONGEST_HINT {
                        format!("; to search for it: orgerr search {}", shell_word(text))
                    } else {
                        String::new()
                    };
                    let text = quoted(text);
                    session
                        .output
                        .note(&format!("{text} is not an error code{hint}"));
                    continue;
                }
            };
            if !seen.insert(code.to_ascii_lowercase()) {
                continue;
            }
            let known = entries.len();
            entries.extend(session.catalog.get_all(&code));
            if entries.len() > known {
                continue;
            }
            missing = true;
            let near = session.catalog.near(&code);
            session.output.note(&match near[..] {
                [] => format!("{code} is not a documented error code"),
                _ => format!(
                    "{code} is not a documented error code; near ones: {}",
                    near.join(", ")
                ),
            });
        }
        let exit = Exit::found(!missing && !entries.is_empty());
        Ok((entries, exit))
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

/// The codes of a list with commas, as of statuses.
fn listed(codes: &str) -> impl Iterator<Item = String> {
    let codes = codes.split(',').filter(|code| !code.is_empty());
    codes.map(str::to_owned)
}
