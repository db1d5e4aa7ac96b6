//! Colour and width, as the terminal and the environment ask for them.

use std::env;
use std::io::{self, IsTerminal as _};

use super::settings::{ColorWhen, MIN_WIDTH};
use super::style::ColorMode;

/// The width where neither a terminal nor the environment has one.
const DEFAULT_WIDTH: usize = 80;

/// A stream whose colour and width are decided for itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stream {
    Stdout,
    Stderr,
}

/// How to write on a stream.
#[derive(Debug, Clone, Copy)]
pub struct Terminal {
    pub mode: ColorMode,
    /// Where to wrap.
    pub width: usize,
    /// Whether a person looks at it.
    pub is_interactive: bool,
}

impl Terminal {
    /// Decides by the options, then the environment, then the stream.
    pub fn new(stream: Stream, when: ColorWhen, width: Option<u16>) -> Self {
        // Older Windows consoles show colours only once that is switched on.
        #[cfg(windows)]
        anstyle_query::windows::enable_ansi_colors();
        let is_interactive = match stream {
            Stream::Stdout => io::stdout().is_terminal(),
            Stream::Stderr => io::stderr().is_terminal(),
        };
        Terminal {
            mode: color_mode(when, stream, is_interactive),
            width: width.map_or_else(|| width_of(stream), usize::from),
            is_interactive,
        }
    }
}

/// The option over `CLICOLOR_FORCE` over `NO_COLOR` over `CLICOLOR`, `TERM` and whether
/// the stream is a terminal.
fn color_mode(when: ColorWhen, stream: Stream, is_interactive: bool) -> ColorMode {
    let set = |name| env::var_os(name).is_some_and(|value| !value.is_empty());
    let is = |name, value: &str| env::var_os(name).is_some_and(|v| v == *value);
    let wants_color = match when {
        ColorWhen::Always => true,
        ColorWhen::Never => false,
        ColorWhen::Auto if set("CLICOLOR_FORCE") && !is("CLICOLOR_FORCE", "0") => true,
        ColorWhen::Auto if set("NO_COLOR") => false,
        ColorWhen::Auto => !is("CLICOLOR", "0") && !is("TERM", "dumb") && is_interactive,
    };
    let of_links = match stream {
        Stream::Stdout => supports_hyperlinks::Stream::Stdout,
        Stream::Stderr => supports_hyperlinks::Stream::Stderr,
    };
    match wants_color {
        true if supports_hyperlinks::on(of_links) => ColorMode::Linked,
        true => ColorMode::Colored,
        false => ColorMode::Plain,
    }
}

/// The width of the stream's terminal, else that of `COLUMNS`, else 80.
fn width_of(stream: Stream) -> usize {
    let terminal = match stream {
        Stream::Stdout => terminal_size::terminal_size_of(io::stdout()),
        Stream::Stderr => terminal_size::terminal_size_of(io::stderr()),
    };
    let columns = terminal.map(|(width, _)| usize::from(width.0)).or_else(|| {
        let columns = env::var("COLUMNS").ok()?;
        columns.trim().parse().ok()
    });
    let columns = columns
        .filter(|&columns| columns > 0)
        .unwrap_or(DEFAULT_WIDTH);
    columns.max(usize::from(MIN_WIDTH))
}
