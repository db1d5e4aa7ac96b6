//! Writes results, notes and errors: at once, as a stream, or through the pager if they have more
//! lines than the terminal (`Output::print`). If no format is asked for, `Output::layout` chooses
//! it. A reader that closes the pipe is no failure (`Output::write_out`).

use std::io;

use clap::builder::StyledStr;
use supports_hyperlinks::Stream;

use super::formats::Layout;
use super::record::{Record, View};
use super::style::{ColorMode, Style};
use super::terminal::Terminal;
use super::{json, pager};
use crate::output_options::{Format, Options};
use crate::{Error, Exit};

/// The fewest columns by which the wrapped lines of a note or an error are indented.
const MIN_NOTE_INDENT: usize = 4;

/// Where results, notes and errors go, and in which form.
pub(crate) struct Output {
    pub(super) options: Options,
    /// Where results go.
    results: Terminal,
    /// Where notes and errors go.
    pub(super) notes: Terminal,
    state: ResultsState,
}

/// How much of the results was written.
#[derive(Clone, Copy, PartialEq, Eq)]
enum ResultsState {
    Nothing,
    /// Records, of which more may follow.
    Begun,
    All,
    /// The reader has closed the pipe.
    ReaderLeft,
}

impl Output {
    /// The output that the options and the environment ask for.
    pub(crate) fn new(options: &Options) -> Self {
        Output {
            options: options.clone(),
            results: Terminal::new(Stream::Stdout, options),
            notes: Terminal::new(Stream::Stderr, options),
            state: ResultsState::Nothing,
        }
    }

    /// Sends results to standard error, for example where standard output carries the input.
    pub(crate) fn results_to_stderr(&mut self) {
        self.results = self.notes;
        self.options.no_pager = true;
    }

    /// Writes records in the chosen format.
    pub(crate) fn records<'r, R: Record + 'r>(
        &mut self,
        view: View,
        records: impl IntoIterator<Item = &'r R>,
    ) -> Result<(), Error> {
        let records: Vec<_> = records.into_iter().collect();
        let text = self.layout(view).all(&records);
        self.print(&text).map(drop)
    }

    /// Writes one record in the chosen format at once; others may follow.
    pub(crate) fn stream<R: Record>(&mut self, view: View, record: &R) -> Result<(), Error> {
        let is_first = self.state == ResultsState::Nothing;
        let text = self.layout(view).one(record, is_first, false);
        self.write_out(&text, ResultsState::Begun)
    }

    /// Ends what [`stream`](Self::stream) began. If that was nothing, writes what the format has
    /// for no records, such as `[]`.
    pub(crate) fn end_of_stream<R: Record>(&mut self) -> Result<(), Error> {
        match self.state {
            ResultsState::Nothing => self.records::<R>(View::Cards, []),
            _ => self.complete_json(),
        }
    }

    /// Completes the array, if the format is JSON.
    fn complete_json(&mut self) -> Result<(), Error> {
        let is_json = self.options.format() == Some(Format::Json);
        match self.state {
            ResultsState::Nothing if is_json => {
                self.write_out(&json::array::<()>(&[]), ResultsState::All)
            }
            ResultsState::Begun if is_json => self.write_out("]\n", ResultsState::All),
            _ => Ok(()),
        }
    }

    /// Whether the reader of the results has left, so that writing more is useless.
    pub(crate) fn reader_left(&self) -> bool {
        self.state == ResultsState::ReaderLeft
    }

    fn layout(&self, view: View) -> Layout {
        let is_for_grep = view == View::List && !self.results.is_tty;
        let default = if is_for_grep { Format::Plain } else { Format::Table };
        Layout {
            format: self.options.format().unwrap_or(default),
            view,
            width: self.results.width,
            line_width: self.options.width.map_or(usize::MAX, usize::from),
            mode: self.results.mode,
        }
    }

    /// Prints the whole output, through the pager if it has more lines than the terminal.
    pub(crate) fn print(&mut self, text: &str) -> Result<Exit, Error> {
        let lines = || text.split('\n').count();
        let is_long = self.results.height.is_some_and(|height| lines() > height);
        self.state = ResultsState::All;
        if !is_long || self.options.no_pager || !pager::show(text.as_bytes()) {
            self.write_out(text, ResultsState::All)?;
        }
        Ok(Exit::Found)
    }

    /// Writes results. A reader that has enough, as in `orgerr list | head -1`, is no failure.
    fn write_out(&mut self, text: &str, state: ResultsState) -> Result<(), Error> {
        self.state = state;
        let result = self.results.write(text.as_bytes());
        if result.as_ref().is_err_and(|error| error.kind() == io::ErrorKind::BrokenPipe) {
            self.state = ResultsState::ReaderLeft;
            return Ok(());
        }
        result.map_err(Error::Write)
    }

    /// Prints help or the version, which `text` lays out for a width, in colour if the stream has
    /// colours. Prints on standard error if the command line was refused.
    pub(crate) fn help(mut self, exit: Exit, text: impl Fn(usize) -> StyledStr) -> Exit {
        if exit == Exit::Failed {
            // The run fails anyway.
            let _ = self.complete_json();
            self.results_to_stderr();
        }
        let text = text(self.results.width);
        let text = match self.results.mode {
            ColorMode::Plain => text.to_string(),
            _ => text.ansi().to_string(),
        };
        let result = self.write_out(&text, ResultsState::All);
        self.finish(result.map(|()| exit))
    }

    /// Prints a note on standard error.
    pub(crate) fn note(&self, message: &str) {
        self.note_with(message, &[]);
    }

    /// Prints a note with further lines.
    pub(crate) fn note_with(&self, message: &str, lines: &[String]) {
        if !self.options.quiet {
            self.say(Style::Label, "note:", message, lines);
        }
    }

    /// Reports an error on standard error, even with --quiet.
    pub(crate) fn error(&self, error: &Error) {
        self.say(Style::Error, "error:", &error.to_string(), &error.details());
    }

    /// Ends the run. After an error, completes a JSON array and reports the error.
    pub(crate) fn finish(mut self, outcome: Result<Exit, Error>) -> Exit {
        outcome.unwrap_or_else(|error| {
            // The run fails anyway.
            let _ = self.complete_json();
            self.error(&error);
            Exit::Failed
        })
    }

    fn say(&self, style: Style, label: &str, message: &str, details: &[String]) {
        let Terminal { width, mode, .. } = self.notes;
        let mut text = String::new();
        let details = details.iter().map(|detail| (Style::Plain, " ", detail.as_str()));
        for (style, label, message) in [(style, label, message)].into_iter().chain(details) {
            let indent = " ".repeat((label.len() + 1).max(MIN_NOTE_INDENT));
            let message = Style::Copyable.text(message);
            let lines = message.painted_lines(width - indent.len(), ColorMode::Plain);
            let wrapped = lines.join(&format!("\n{indent}"));
            text.extend([&*style.paint(label, mode, None), " ", &wrapped, "\n"]);
        }
        // A closed standard error cannot be reported anywhere.
        let _ = self.notes.write(text.as_bytes());
    }
}
