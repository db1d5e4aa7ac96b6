//! The one place that knows of formats, tables, colours, widths and terminals.

mod card;
#[cfg(test)]
#[path = "../../tests/support/colors.rs"]
mod colors;
mod column_widths;
mod fields;
mod github;
#[cfg(test)]
#[path = "../../tests/unit/hostile_text.rs"]
mod hostile_text;
mod json;
mod layout;
mod markdown;
mod pager;
mod progress;
mod record;
mod settings;
mod style;
mod table;
mod terminal;
mod text;
mod tsv;

use std::io;

use clap::builder::StyledStr;
use supports_hyperlinks::Stream;

use crate::error::Error;
use crate::exit::Exit;
use layout::Layout;
use record::Record;
use style::Style;
use terminal::Terminal;
use text::Text;

pub use fields::{CatalogProblem, StatusCount, summary};
pub use record::View;
pub use settings::{ColorWhen, Format, MIN_WIDTH, Settings};

/// Columns by which the further lines of a note or an error are indented, at least.
const MIN_NOTE_INDENT: usize = 4;

/// Where results, notes and errors go, and in which form.
pub struct Output {
    settings: Settings,
    /// Where results go.
    results: Terminal,
    /// Where notes and errors go.
    notes: Terminal,
    written: Written,
    /// Whether more records may follow those written.
    streaming: bool,
}

/// How far the results have come.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Written {
    Nothing,
    Something,
    /// The reader has closed the pipe.
    ReaderLeft,
}

impl Output {
    /// The output that the settings and the environment ask for.
    pub fn new(settings: Settings) -> Self {
        Output {
            settings,
            results: Terminal::new(Stream::Stdout, settings),
            notes: Terminal::new(Stream::Stderr, settings),
            written: Written::Nothing,
            streaming: false,
        }
    }

    /// Sends results to standard error, where standard output carries the input.
    pub fn results_to_stderr(&mut self) {
        self.results = self.notes;
        self.settings.may_page = false;
    }

    /// Writes records in the chosen format.
    pub fn records<'r, R: Record + 'r>(
        &mut self,
        view: View,
        records: impl IntoIterator<Item = &'r R>,
    ) -> Result<(), Error> {
        let records: Vec<_> = records.into_iter().collect();
        let text = self.layout(view).all(view, &records);
        self.write_out(text.as_bytes())
    }

    /// Writes one of many records in the chosen format as soon as it is there.
    pub fn stream<R: Record>(&mut self, view: View, record: &R) -> Result<(), Error> {
        self.settings.may_page = false;
        self.streaming = true;
        let is_first = self.written == Written::Nothing;
        let next = self.layout(view).next(view, record, is_first);
        self.write_out(next.as_bytes())
    }

    /// Ends what [`stream`](Self::stream) began.
    pub fn end_of_stream(&mut self) -> Result<(), Error> {
        self.streaming = false;
        match (self.settings.format, self.written) {
            (Some(Format::Json), Written::Nothing) => self.write_out(b"[]\n"),
            (Some(Format::Json), _) => self.write_out(b"]\n"),
            _ => Ok(()),
        }
    }

    /// Whether the reader of the results has left, so that writing more is useless.
    pub fn reader_left(&self) -> bool {
        self.written == Written::ReaderLeft
    }

    fn layout(&self, view: View) -> Layout {
        let Terminal {
            width,
            mode,
            is_interactive,
            ..
        } = self.results;
        let default = if view == View::List && !is_interactive {
            Format::Plain
        } else {
            Format::Table
        };
        Layout {
            format: self.settings.format.unwrap_or(default),
            width,
            mode,
            wraps_lines: self.settings.width.is_some(),
        }
    }

    /// Writes records that are rendered, a script or a page. That the reader has enough is
    /// no failure, as in `orgerr list | head -1`.
    pub fn write_out(&mut self, content: &[u8]) -> Result<(), Error> {
        self.written = Written::Something;
        if self.settings.may_page && pager::page(content) {
            return Ok(());
        }
        match self.results.write(content) {
            Err(error) if error.kind() == io::ErrorKind::BrokenPipe => {
                self.written = Written::ReaderLeft;
                Ok(())
            }
            written => written.map_err(Error::Write),
        }
    }

    /// Writes help or the version, made for a width.
    pub fn help(&mut self, text: impl Fn(usize) -> StyledStr) -> Result<(), Error> {
        self.settings.may_page = false;
        self.write_out(help_for(self.results, text).as_bytes())
    }

    /// Writes help to standard error, if there is nothing else to do.
    pub fn short_help(self, text: impl Fn(usize) -> StyledStr) -> Exit {
        // Nothing is left to report a closed standard error to.
        let _ = self.notes.write(help_for(self.notes, text).as_bytes());
        self.finish(Err(Vec::new()))
    }

    /// Prints a note on standard error.
    pub fn note(&self, message: &str) {
        self.note_with(message, &[]);
    }

    /// Prints a note with further lines.
    pub fn note_with(&self, message: &str, lines: &[String]) {
        if !self.settings.quiet {
            self.say(Style::Label, "note: ", message, lines);
        }
    }

    /// Reports an error on standard error, even with --quiet.
    pub fn error(&self, error: &Error) {
        self.say(
            Style::Error,
            "error: ",
            &error.to_string(),
            &error.details(),
        );
    }

    /// Ends the run: completes the JSON array, and reports the errors.
    pub fn finish(mut self, outcome: Result<Exit, Vec<Error>>) -> Exit {
        outcome.unwrap_or_else(|errors| {
            if self.streaming || self.written == Written::Nothing {
                // If this write fails, too, the errors below still report the run as failed.
                let _ = self.end_of_stream();
            }
            for error in &errors {
                self.error(error);
            }
            Exit::Failed
        })
    }

    fn say(&self, style: Style, label: &str, message: &str, lines: &[String]) {
        let Terminal { width, mode, .. } = self.notes;
        let lines = lines.iter().map(|line| (Style::Plain, "  ", line.as_str()));
        for (style, label, message) in [(style, label, message)].into_iter().chain(lines) {
            let indent = label.len().max(MIN_NOTE_INDENT);
            let lines = Text::plain(message).whole_words(width.saturating_sub(indent));
            let lines = lines.join(&format!("\n{}", " ".repeat(indent)));
            let line = Text::styled(style, label).painted(mode) + &lines;
            // Nothing is left to report a closed standard error to.
            let _ = self
                .notes
                .write(format!("{}\n", line.trim_end()).as_bytes());
        }
    }
}

/// Help for a terminal's width, coloured where it shows colours.
fn help_for(terminal: Terminal, text: impl Fn(usize) -> StyledStr) -> String {
    let text = text(terminal.width);
    if terminal.mode.colors() {
        text.ansi().to_string()
    } else {
        text.to_string()
    }
}
