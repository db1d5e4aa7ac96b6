//! Width and height of the terminal, and what it can show: colours by `--color`, `NO_COLOR`,
//! `CLICOLOR`, `CLICOLOR_FORCE` and `TERM`.

use std::env;
use std::io::{self, IsTerminal as _, Write};

use supports_hyperlinks::Stream;
use terminal_size::terminal_size_of;

use super::style::ColorMode;
use crate::output_options::{ColorWhen, MIN_WIDTH, Options};

/// The width where neither a terminal nor the environment has one.
const DEFAULT_WIDTH: usize = 80;

/// Standard output or standard error, each with its own colours and width.
#[derive(Debug, Clone, Copy)]
pub(super) struct Terminal {
    stream: Stream,
    pub mode: ColorMode,
    /// The width at which text is wrapped.
    pub width: usize,
    /// Whether the stream is a terminal.
    pub is_tty: bool,
    /// The number of lines of the terminal.
    pub height: Option<usize>,
}

impl Terminal {
    /// Decides by the options, the environment and what the stream is. The width of a terminal
    /// counts before `COLUMNS`.
    pub(super) fn new(stream: Stream, options: &Options) -> Self {
        // Older Windows consoles show colours only once that is switched on.
        #[cfg(windows)]
        anstyle_query::windows::enable_ansi_colors();
        let (stdout, stderr) = (io::stdout(), io::stderr());
        let (is_tty, size) = match stream {
            Stream::Stdout => (stdout.is_terminal(), terminal_size_of(stdout)),
            Stream::Stderr => (stderr.is_terminal(), terminal_size_of(stderr)),
        };
        let mode = match wants_color(options.color, is_tty) {
            true if supports_hyperlinks::on(stream) => ColorMode::Linked,
            true => ColorMode::Colored,
            false => ColorMode::Plain,
        };
        let of_terminal = || size.map(|(width, _)| usize::from(width.0));
        let columns = || env::var("COLUMNS").ok()?.trim().parse().ok();
        let found = options.width.map(usize::from).or_else(of_terminal).or_else(columns);
        let width = found.filter(|width| *width > 0).unwrap_or(DEFAULT_WIDTH);
        Terminal {
            stream,
            mode,
            width: width.max(usize::from(MIN_WIDTH)),
            is_tty,
            height: size.map(|(_, height)| usize::from(height.0)),
        }
    }

    /// Writes all of a text at once.
    pub(super) fn write(&self, text: &[u8]) -> io::Result<()> {
        let mut stream: Box<dyn Write> = match self.stream {
            Stream::Stdout => Box::new(io::stdout().lock()),
            Stream::Stderr => Box::new(io::stderr().lock()),
        };
        stream.write_all(text).and_then(|()| stream.flush())
    }
}

/// Whether a stream gets colours. The option decides first, then `CLICOLOR_FORCE`, then `NO_COLOR`;
/// last `CLICOLOR`, `TERM` and whether the stream is a terminal.
fn wants_color(when: Option<ColorWhen>, is_terminal: bool) -> bool {
    let set = |name| env::var_os(name).is_some_and(|value| !value.is_empty());
    let is = |name, value: &str| env::var_os(name).is_some_and(|v| v == *value);
    match when {
        Some(ColorWhen::Always) => true,
        Some(ColorWhen::Never) => false,
        _ if set("CLICOLOR_FORCE") && !is("CLICOLOR_FORCE", "0") => true,
        _ if set("NO_COLOR") => false,
        _ => !is("CLICOLOR", "0") && !is("TERM", "dumb") && is_terminal,
    }
}
