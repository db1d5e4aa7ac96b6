//! What can be read of a command line that clap refuses or that is not finished: clap
//! itself stops at the first mistake.

use std::ffi::{OsStr, OsString};

use clap::{Args as _, Command, FromArgMatches as _};

use super::is_option;
use crate::options::Options;

/// Such a line.
#[derive(Default)]
pub struct PartialLine {
    /// The words that are neither options nor values of the options everywhere, the command
    /// first.
    pub words: Vec<String>,
    /// Those of the options everywhere that can be read.
    pub options: Options,
}

impl PartialLine {
    /// Reads a command line, the name of the tool first.
    pub fn read(line: &[OsString]) -> Self {
        let definition = Command::new("orgerr").version("").no_binary_name(true);
        let definition = definition
            .disable_help_flag(true)
            .disable_version_flag(true);
        let definition = Options::augment_args(definition);
        let options = |word: &OsStr| {
            let matches = definition.clone().try_get_matches_from([word]);
            Options::from_arg_matches(&matches.ok()?).ok()
        };
        let mut read = PartialLine::default();
        let mut words = line.iter().skip(1).map(OsString::as_os_str).peekable();
        while let Some(word) = words.next().filter(|word| *word != "--") {
            if !is_option(word) {
                read.words.push(word.to_string_lossy().into_owned());
            } else if let Some(options) = options(word) {
                read.options.add(options);
            } else if let Some(value) = words.peek()
                && let Some(options) = options(&OsString::from_iter([word, "=".as_ref(), value]))
            {
                read.options.add(options);
                words.next();
            }
        }
        read
    }
}
