//! What the terminal and the environment say of colour and width.

use std::env;
use std::io::{self, IsTerminal as _};

use orgerr::{Catalog, Service};

use super::style::Ink;
use crate::cli::{ColorWhen, MIN_WIDTH};

/// A stream whose colour is decided for itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stream {
    Stdout,
    Stderr,
}

/// How to print results, and whether in colour on standard error.
pub struct Terminal {
    /// What results are written with.
    pub ink: Ink,
    /// Where to wrap results; none for one line an entry.
    pub width: Option<usize>,
    /// What notes and errors are written with.
    pub stderr_ink: Ink,
    /// The width that the command line asks for.
    pub asked_width: Option<u16>,
}

impl Terminal {
    /// Decides by the options, then the environment, then the streams.
    pub fn new(when: ColorWhen, width: Option<u16>) -> Self {
        // Older consoles of Windows show colours only once they are told to.
        #[cfg(windows)]
        anstyle_query::windows::enable_ansi_colors();
        Terminal {
            ink: ink(when, Stream::Stdout),
            width: width_of(Stream::Stdout, width),
            stderr_ink: ink(when, Stream::Stderr),
            asked_width: width,
        }
    }

    /// Codes lead to the documentation of these services, where links are known.
    pub fn link_to(&mut self, services: &'static [Service]) {
        for ink in [&mut self.ink, &mut self.stderr_ink] {
            if let Ink::Linked(known) = ink {
                *known = services;
            }
        }
    }

    /// Results go to standard error from now on.
    pub fn use_stderr(&mut self) {
        self.ink = self.stderr_ink;
        self.width = width_of(Stream::Stderr, self.asked_width);
    }
}

fn ink(when: ColorWhen, stream: Stream) -> Ink {
    let of_links = match stream {
        Stream::Stdout => supports_hyperlinks::Stream::Stdout,
        Stream::Stderr => supports_hyperlinks::Stream::Stderr,
    };
    match wants_color(when, stream) {
        true if supports_hyperlinks::on(of_links) => Ink::Linked(Catalog::embedded().services()),
        true => Ink::Colored,
        false => Ink::Plain,
    }
}

/// Whether the stream gets colour: the option over `CLICOLOR_FORCE` over
/// `NO_COLOR` over `CLICOLOR`, `TERM` and whether the stream is a terminal.
fn wants_color(when: ColorWhen, stream: Stream) -> bool {
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

/// The width asked for, else that of the stream's terminal, else that of `COLUMNS`;
/// none in a pipe without it.
fn width_of(stream: Stream, asked: Option<u16>) -> Option<usize> {
    if let Some(width) = asked {
        return Some(usize::from(width));
    }
    let terminal = match stream {
        Stream::Stdout => terminal_size::terminal_size_of(io::stdout()),
        Stream::Stderr => terminal_size::terminal_size_of(io::stderr()),
    };
    let columns = terminal.map(|(width, _)| usize::from(width.0)).or_else(|| {
        let columns = env::var("COLUMNS").ok()?;
        columns.trim().parse().ok()
    });
    let columns = columns.filter(|&columns| columns > 0);
    columns.map(|columns| columns.max(usize::from(MIN_WIDTH)))
}
