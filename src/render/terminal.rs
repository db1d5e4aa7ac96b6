//! Width and height of the terminal, and what it can show. `color` says whether it gets colours.

use std::env;
use std::io::{self, IsTerminal as _, Write};

use supports_hyperlinks::Stream;
use terminal_size::terminal_size_of;

use super::color::wants_color;
use super::style::ColorMode;
use crate::output_options::{MIN_WIDTH, Options};

/// The width where neither a terminal nor the environment has one.
const DEFAULT_WIDTH: usize = 80;

/// Standard output or standard error, with the colour and the width decided for it alone.
#[derive(Debug, Clone, Copy)]
pub struct Terminal {
    stream: Stream,
    pub mode: ColorMode,
    /// Where to wrap.
    pub width: usize,
    /// Whether a person looks at it.
    pub is_watched: bool,
    /// The lines that a person sees at once.
    pub height: Option<usize>,
}

impl Terminal {
    /// Decides by the options, then the environment, then the stream.
    pub fn new(stream: Stream, options: &Options) -> Self {
        // Older Windows consoles show colours only once that is switched on.
        #[cfg(windows)]
        anstyle_query::windows::enable_ansi_colors();
        let (stdout, stderr) = (io::stdout(), io::stderr());
        let (is_watched, size) = match stream {
            Stream::Stdout => (stdout.is_terminal(), terminal_size_of(stdout)),
            Stream::Stderr => (stderr.is_terminal(), terminal_size_of(stderr)),
        };
        let mode = match wants_color(options.color, is_watched) {
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
            is_watched,
            height: size.map(|(_, height)| usize::from(height.0)),
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
