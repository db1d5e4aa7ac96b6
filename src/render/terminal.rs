//! Colour and width, as the terminal and the environment ask for them.

use std::env;
use std::io::{self, IsTerminal as _, Write};

use supports_hyperlinks::Stream;

use super::settings::{ColorWhen, MIN_WIDTH, Settings};
use super::style::ColorMode;

/// The width where neither a terminal nor the environment has one.
const DEFAULT_WIDTH: usize = 80;

/// A stream, whose colour and width are decided for itself, and how to write on it.
#[derive(Debug, Clone, Copy)]
pub struct Terminal {
    stream: Stream,
    pub mode: ColorMode,
    /// Where to wrap.
    pub width: usize,
    /// Whether a person looks at it.
    pub is_interactive: bool,
}

impl Terminal {
    /// Decides by the options, then the environment, then the stream.
    pub fn new(stream: Stream, settings: Settings) -> Self {
        // Older Windows consoles show colours only once that is switched on.
        #[cfg(windows)]
        anstyle_query::windows::enable_ansi_colors();
        let is_interactive = match stream {
            Stream::Stdout => io::stdout().is_terminal(),
            Stream::Stderr => io::stderr().is_terminal(),
        };
        let mode = match wants_color(settings.color, is_interactive) {
            true if supports_hyperlinks::on(stream) => ColorMode::Linked,
            true => ColorMode::Colored,
            false => ColorMode::Plain,
        };
        let width = settings.width.map(usize::from);
        Terminal {
            stream,
            mode,
            width: width.unwrap_or_else(|| width_of(stream)),
            is_interactive,
        }
    }

    /// Writes all of a text at once.
    pub fn write(&self, text: &[u8]) -> io::Result<()> {
        let mut stream: Box<dyn Write> = match self.stream {
            Stream::Stdout => Box::new(io::stdout().lock()),
            Stream::Stderr => Box::new(io::stderr().lock()),
        };
        stream.write_all(text).and_then(|()| stream.flush())
    }
}

/// The option over `CLICOLOR_FORCE` over `NO_COLOR` over `CLICOLOR`, `TERM` and whether
/// the stream is a terminal.
fn wants_color(when: ColorWhen, is_interactive: bool) -> bool {
    let set = |name| env::var_os(name).is_some_and(|value| !value.is_empty());
    let is = |name, value: &str| env::var_os(name).is_some_and(|v| v == *value);
    match when {
        ColorWhen::Always => true,
        ColorWhen::Never => false,
        ColorWhen::Auto if set("CLICOLOR_FORCE") && !is("CLICOLOR_FORCE", "0") => true,
        ColorWhen::Auto if set("NO_COLOR") => false,
        ColorWhen::Auto => !is("CLICOLOR", "0") && !is("TERM", "dumb") && is_interactive,
    }
}

/// The width of the stream's terminal, else that of `COLUMNS`, else 80.
fn width_of(stream: Stream) -> usize {
    let terminal = match stream {
        Stream::Stdout => terminal_size::terminal_size_of(io::stdout()),
        Stream::Stderr => terminal_size::terminal_size_of(io::stderr()),
    };
    let of_terminal = terminal.map(|(width, _)| usize::from(width.0));
    let columns = of_terminal.or_else(|| env::var("COLUMNS").ok()?.trim().parse().ok());
    let columns = columns.filter(|columns| *columns > 0);
    columns.unwrap_or(DEFAULT_WIDTH).max(usize::from(MIN_WIDTH))
}
