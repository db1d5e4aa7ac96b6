//! What is printed instead of running a command: help, the version, usage errors.

use std::io::{self, Write as _};

use clap::error::{ContextKind, ContextValue, ErrorKind};
use orgerr::{Catalog, parse_code};

use super::style::{Ink, Style};
use super::terminal::{Stream, wants_color, width_of_help};
use super::text::Text;
use crate::cli::{ColorWhen, prints_records};
use crate::failure::Exit;
use crate::help;
use crate::sanitize::escape;

/// Prints what clap has to say and tells how to exit.
pub fn usage(unusual: &clap::Error) -> Exit {
    let arguments: Vec<_> = std::env::args_os()
        .skip(1)
        .map(|a| a.to_string_lossy().into_owned())
        .collect();
    let when = color_option(&arguments);
    if !unusual.use_stderr() {
        let styled = unusual.render();
        return if wants_color(when, Stream::Stdout) {
            print(&styled.ansi().to_string())
        } else {
            print(&styled.to_string())
        };
    }
    let color = wants_color(when, Stream::Stderr);
    let message = match code_in_place_of_command(unusual) {
        Some(code) => format!(
            "'{code}' is an error code, not a command\n\n  To look it up: orgerr show {code}\n"
        ),
        None => unusual.render().to_string(),
    };
    let (label, message) = match message.strip_prefix("error: ") {
        None if unusual.kind() == ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => {
            ("", &*message)
        }
        None => ("error: ", &*message),
        Some(message) => ("error: ", message),
    };
    let ink = if color { Ink::Colored } else { Ink::Plain };
    let mut text = Text::new().styled(Style::Error, label).painted(ink);
    for line in message.lines() {
        // It may repeat an argument.
        text.extend([&*escape(line), "\n"]);
    }
    // There is no other place to say that standard error is closed.
    let _ = io::stderr().write_all(text.as_bytes());
    if wants_json(&arguments) {
        let _ = io::stdout().write_all(b"[]\n");
    }
    Exit::Failed
}

/// Prints help that is ready made and tells how to exit; nothing where it is to be
/// coloured or has too little room.
pub fn help(text: &str) -> Option<Exit> {
    let has_room = width_of_help().is_none_or(|width| width >= help::WIDTH);
    (has_room && !wants_color(ColorWhen::Auto, Stream::Stdout)).then(|| print(text))
}

fn print(text: &str) -> Exit {
    match super::write(&mut io::stdout().lock(), text.as_bytes()) {
        Ok(_) => Exit::Found,
        Err(failure) => {
            // There is no other place to say that standard error is closed.
            let _ = writeln!(io::stderr(), "error: {failure}");
            Exit::Failed
        }
    }
}

/// The code that was given where a command is expected, as in `orgerr 1305`.
fn code_in_place_of_command(unusual: &clap::Error) -> Option<String> {
    if unusual.kind() != ErrorKind::InvalidSubcommand {
        return None;
    }
    let ContextValue::String(word) = unusual.get(ContextKind::InvalidSubcommand)? else {
        return None;
    };
    parse_code(Catalog::embedded(), word).ok()
}

/// The `--color` of a command line that could not be read as a whole.
fn color_option(arguments: &[String]) -> ColorWhen {
    match option_value(arguments, &["--color"]) {
        Some("always") => ColorWhen::Always,
        Some("never") => ColorWhen::Never,
        _ => ColorWhen::Auto,
    }
}

/// Whether a command line that could not be read as a whole asks for one JSON
/// array, so that its reader gets one.
fn wants_json(arguments: &[String]) -> bool {
    let mut words = words_beside_options(arguments);
    if !prints_records(words.next(), words.next()) {
        return false;
    }
    let is_flags = |argument: &&String| argument.starts_with('-') && !argument.starts_with("--");
    let mut clustered = arguments.iter().filter(is_flags);
    arguments.iter().any(|argument| argument == "--json")
        || option_value(arguments, &["--output", "-o", "-qo"]) == Some("json")
        || clustered.any(|flags| flags.ends_with("ojson") || flags.ends_with("o=json"))
}

/// The words that are no options and no values of those that may stand before a command.
fn words_beside_options(arguments: &[String]) -> impl Iterator<Item = &str> {
    const WITH_VALUE: [&str; 6] = ["--catalog", "--color", "--width", "--output", "-o", "-qo"];
    let mut is_value = false;
    let words = arguments.iter().map(String::as_str);
    words.filter(move |word| {
        let was_value = std::mem::replace(&mut is_value, WITH_VALUE.contains(word));
        !was_value && !word.starts_with('-')
    })
}

fn option_value<'a>(arguments: &'a [String], names: &[&str]) -> Option<&'a str> {
    let value = |(at, argument): (usize, &'a String)| {
        if names.contains(&argument.as_str()) {
            return arguments.get(at + 1).map(String::as_str);
        }
        names
            .iter()
            .find_map(|name| argument.strip_prefix(name)?.strip_prefix('='))
    };
    // The last one counts.
    arguments.iter().enumerate().rev().find_map(value)
}
