//! What can be read of a command line that clap refuses or that is not finished, by
//! clap's definition of it: clap itself stops at the first mistake.

use std::ffi::{OsStr, OsString};

use clap::{Arg, ValueEnum as _};
use clap_lex::{ArgCursor, RawArgs};

use super::options::{Options, width};
use super::{definition, subcommand};
use crate::render::{ColorWhen, Format};

/// Such a line.
#[derive(Default)]
pub struct PartialLine {
    /// The command, and the tool of `catalog` behind it.
    pub path: Vec<String>,
    /// The further words that are no options and no values of options.
    pub words: Vec<String>,
    /// Whether it begins with an option.
    pub begins_with_option: bool,
    /// Those of its options that matter all the same.
    pub options: Options,
}

impl PartialLine {
    /// Reads a command line, the name of the tool first.
    pub fn read(words: &[OsString]) -> Self {
        let first = words.get(1).map(|word| word.as_encoded_bytes());
        let mut line = PartialLine {
            begins_with_option: first.is_some_and(|first| first.starts_with(b"-")),
            ..PartialLine::default()
        };
        let mut command = definition();
        let raw = RawArgs::new(words);
        let mut cursor = raw.cursor();
        raw.next(&mut cursor);
        while let Some(word) = raw.next(&mut cursor) {
            let option = |is_named: &dyn Fn(&Arg) -> bool| {
                let mut options = command.get_arguments();
                options.find(|option| is_named(option))
            };
            if word.is_escape() {
                break;
            } else if let Some((name, value)) = word.to_long() {
                if let Some(option) = option(&|option| option.get_long() == name.ok()) {
                    line.add(option, value, &raw, &mut cursor);
                }
            } else if let Some(mut flags) = word.to_short() {
                while let Some(Ok(flag)) = flags.next_flag() {
                    let option = option(&|option| option.get_short() == Some(flag));
                    let Some(option) = option else { continue };
                    let takes_value = option.get_action().takes_values();
                    let value = takes_value.then(|| flags.next_value_os()).flatten();
                    line.add(option, value.map(without_equals_sign), &raw, &mut cursor);
                }
            } else {
                let name = word.to_value_os().to_string_lossy().into_owned();
                match subcommand(&command, &name).filter(|_| line.words.is_empty()) {
                    Some(found) => {
                        command = found;
                        line.path.push(name);
                    }
                    None => line.words.push(name),
                }
            }
        }
        line
    }

    /// Adds an option with the value in its word, else that in the next.
    fn add(
        &mut self,
        option: &Arg,
        attached: Option<&OsStr>,
        raw: &RawArgs,
        cursor: &mut ArgCursor,
    ) {
        let takes_value = option.get_action().takes_values();
        let next = || takes_value.then(|| raw.next_os(cursor)).flatten();
        let value = attached.or_else(next).unwrap_or_default();
        let text = value.to_str().unwrap_or_default();
        let options = &mut self.options;
        match option.get_id().as_str() {
            "json" => options.json = true,
            "output" => {
                options.json = false;
                options.output = Format::from_str(text, true).ok();
            }
            "width" => options.width = width(text).ok(),
            "color" => options.color = ColorWhen::from_str(text, true).ok(),
            "catalogs" => options.catalogs.push(value.into()),
            _ => {}
        }
    }
}

/// The value of `-o=json`.
fn without_equals_sign(value: &OsStr) -> &OsStr {
    let text = value.to_str().and_then(|text| text.strip_prefix('='));
    text.map_or(value, OsStr::new)
}
