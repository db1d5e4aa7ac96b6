//! Reads what it can of a command line that clap refuses or that is not finished: clap itself stops
//! at the first error.

use std::ffi::{OsStr, OsString};

use clap::{Args as _, Command, FromArgMatches as _};

use super::is_option;
use crate::output_options::Options;

/// Reads a line, which starts with the name of the tool, up to `--`. Returns the words that are
/// neither options nor values of global options, and the global options that can be read.
pub(super) fn read(line: &[OsString]) -> (Vec<String>, Options) {
    let (others, options) = read_with_places(line);
    (others.into_iter().map(|(_, word)| word).collect(), options)
}

/// The place in such a line of a word that is neither an option nor a global option's value.
pub(super) fn place_of(word: &str, line: &[OsString]) -> Option<usize> {
    let mut others = read_with_places(line).0.into_iter();
    Some(others.find(|(_, other)| other == word)?.0)
}

fn read_with_places(line: &[OsString]) -> (Vec<(usize, String)>, Options) {
    // One of the options prints the version; clap allows it only if there is a version.
    let parser = Command::new("orgerr").version("").no_binary_name(true);
    let parser = Options::augment_args(parser.disable_help_flag(true).disable_version_flag(true));
    let option_in = |word: &OsStr| {
        let matches = parser.clone().try_get_matches_from([word]);
        Options::from_arg_matches(&matches.ok()?).ok()
    };
    let (mut others, mut options) = (Vec::new(), Options::default());
    let mut words = line.iter().map(OsString::as_os_str).enumerate().skip(1).peekable();
    while let Some((place, word)) = words.next().filter(|(_, word)| *word != "--") {
        if !is_option(word) {
            others.push((place, word.to_string_lossy().into_owned()));
        } else if let Some(option) = option_in(word) {
            options.add(option);
        // The value of the option may be the next word.
        } else if let Some((_, value)) = words.peek()
            && let Some(option) = option_in(&OsString::from_iter([word, "=".as_ref(), value]))
        {
            options.add(option);
            words.next();
        }
    }
    (others, options)
}
