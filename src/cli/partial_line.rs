//! What can be read of a command line that clap refuses or that is not finished: clap
//! itself stops at the first error.

use std::ffi::{OsStr, OsString};

use clap::{Args as _, Command, FromArgMatches as _};

use super::is_option;
use crate::output_options::Options;

/// Reads such a line, the name of the tool first: the words that are neither options nor
/// values of the global options, the command first; and those of the global options that can
/// be read.
pub fn read(line: &[OsString]) -> (Vec<String>, Options) {
    let tool = Command::new("orgerr").version("").no_binary_name(true);
    let tool = Options::augment_args(tool.disable_help_flag(true).disable_version_flag(true));
    let read = |word: &OsStr| {
        let matches = tool.clone().try_get_matches_from([word]);
        Options::from_arg_matches(&matches.ok()?).ok()
    };
    let (mut others, mut options) = (Vec::new(), Options::default());
    let mut words = line.iter().skip(1).map(OsString::as_os_str).peekable();
    while let Some(word) = words.next().filter(|word| *word != "--") {
        if !is_option(word) {
            others.push(word.to_string_lossy().into_owned());
        } else if let Some(option) = read(word) {
            options.add(option);
        } else if let Some(value) = words.peek()
            && let Some(option) = read(&OsString::from_iter([word, "=".as_ref(), value]))
        {
            options.add(option);
            words.next();
        }
    }
    (others, options)
}
