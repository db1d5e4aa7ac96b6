//! What the terminal and the environment say of colour and width.

use std::env;
use std::io::{self, IsTerminal as _};

use crate::cli::ColorWhen;

/// Nothing is laid out narrower than this.
const NARROWEST: usize = 20;

/// A stream whose colour is decided for itself.
#[derive(Debug, Clone, Copy)]
pub enum Stream {
    Stdout,
    Stderr,
}

/// How to print on standard output, and whether in colour on standard error.
pub struct Terminal {
    /// Whether standard output is coloured.
    pub color: bool,
    /// Where to wrap standard output; none for one line an entry.
    pub width: Option<usize>,
    stderr_color: bool,
}

impl Terminal {
    /// Decides by the options, then the environment, then the streams.
    pub fn new(when: ColorWhen, width: Option<u16>) -> Self {
        Terminal {
            color: wants_color(when, Stream::Stdout),
            width: width.map(usize::from).or_else(terminal_width),
            stderr_color: wants_color(when, Stream::Stderr),
        }
    }

    pub fn color_of(&self, stream: Stream) -> bool {
        match stream {
            Stream::Stdout => self.color,
            Stream::Stderr => self.stderr_color,
        }
    }
}

/// Whether the stream gets colour: the option over `CLICOLOR_FORCE` over
/// `NO_COLOR` over `CLICOLOR`, `TERM` and whether the stream is a terminal.
pub fn wants_color(when: ColorWhen, stream: Stream) -> bool {
    let set = |name| env::var_os(name).is_some_and(|value| !value.is_empty());
    let is = |name, value: &str| env::var_os(name).is_some_and(|v| v == *value);
    match when {
        ColorWhen::Always => true,
        ColorWhen::Never => false,
        ColorWhen::Auto if set("CLICOLOR_FORCE") && !is("CLICOLOR_FORCE", "0") => true,
        ColorWhen::Auto if set("NO_COLOR") => false,
        ColorWhen::Auto => !is("CLICOLOR", "0") && !is("TERM", "dumb") && is_terminal(stream),
    }
}

fn is_terminal(stream: Stream) -> bool {
    match stream {
        Stream::Stdout => io::stdout().is_terminal(),
        Stream::Stderr => io::stderr().is_terminal(),
    }
}

/// The terminal's width, else that of `COLUMNS`; none in a pipe without it.
fn terminal_width() -> Option<usize> {
    let terminal = terminal_size::terminal_size_of(io::stdout());
    let columns = terminal.map(|(width, _)| usize::from(width.0)).or_else(|| {
        let columns = env::var("COLUMNS").ok()?;
        columns.trim().parse().ok()
    });
    let columns = columns.filter(|&columns| columns > 0);
    columns.map(|columns| columns.max(NARROWEST))
}
