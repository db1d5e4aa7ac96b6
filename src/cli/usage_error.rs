//! What is printed instead of running a command: help, the version, usage errors.

use std::ffi::OsString;

use clap::error::{ContextKind, ContextValue, ErrorKind};
use orgerr::{Catalog, parse_code};

use super::partial_line::PartialLine;
use super::prints_records;
use crate::error::Error;
use crate::exit::Exit;
use crate::render::Output;

/// Prints what clap has to say instead of reading the words, and reports how to exit.
pub fn print(refused: &clap::Error, words: &[OsString]) -> Exit {
    let line = PartialLine::read(words);
    let mut output = Output::new(line.options.settings(prints_records(&line.words)));
    if refused.kind() == ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand {
        output.results_to_stderr();
    } else if refused.use_stderr() {
        return output.finish(Err(vec![explained(refused)]));
    }
    let outcome = output.help(&refused.render()).map(|()| {
        if refused.use_stderr() {
            Exit::Failed
        } else {
            Exit::Found
        }
    });
    output.finish(outcome.map_err(|error| vec![error]))
}

fn explained(refused: &clap::Error) -> Error {
    if let Some(code) = code_in_place_of_command(refused) {
        return Error::Usage {
            message: format!("'{code}' is an error code, not a command"),
            help: vec![String::new(), format!("To look it up: orgerr show {code}")],
        };
    }
    let text = refused.render().to_string();
    let mut lines = text.lines().map(str::to_owned);
    let message = lines.next().unwrap_or_default();
    let message = message
        .strip_prefix("error: ")
        .unwrap_or(&message)
        .to_owned();
    Error::Usage {
        message,
        help: lines.collect(),
    }
}

/// The code that was given where a command is expected, as in `orgerr 1305`.
fn code_in_place_of_command(refused: &clap::Error) -> Option<String> {
    if refused.kind() != ErrorKind::InvalidSubcommand {
        return None;
    }
    let ContextValue::String(word) = refused.get(ContextKind::InvalidSubcommand)? else {
        return None;
    };
    let code = parse_code(Catalog::embedded(), word).ok()?;
    Some(code.to_string())
}
