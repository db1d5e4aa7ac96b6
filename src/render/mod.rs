//! The one place that knows of formats, tables, colours, widths and terminals.

mod card;
mod json;
mod markdown;
mod record;
mod sanitize;
mod style;
mod table;
mod terminal;
mod text;
mod usage;

use std::io::{self, Write as _};

use crate::cli::{Format, Options};
use crate::failure::{Exit, Failure};
use crate::render::sanitize::escape;
use crate::render::style::Style;
use crate::render::terminal::{Stream, Terminal};
use crate::render::text::Text;

pub use record::{EntryRow, FullEntry, Record, StatusCount, SuggestedFix};
pub use usage::usage;

/// Where results, notes and errors go, and in which form.
pub struct Output {
    format: Format,
    terminal: Terminal,
    quiet: bool,
    /// Whether anything of the results has been written.
    written: bool,
}

impl Output {
    /// The output that the options and the environment ask for.
    pub fn new(options: &Options) -> Self {
        Output {
            format: options.format(),
            terminal: Terminal::new(options.color, options.width),
            quiet: options.quiet,
            written: false,
        }
    }

    /// Writes records to standard output in the chosen format.
    pub fn records<R: Record>(&mut self, records: &[R]) -> Result<(), Failure> {
        let rendered = match self.format {
            Format::Json => json::array(records),
            Format::Jsonl => json::lines(records),
            Format::Tsv => tsv(records),
            Format::Markdown => markdown::table(records),
            Format::Plain => self.plain(records),
            Format::Table if records.is_empty() => String::new(),
            Format::Table => table::table(records, self.terminal.width, self.terminal.color),
        };
        self.file(rendered.as_bytes())
    }

    /// Writes a script or a page to standard output as it is.
    pub fn file(&mut self, content: &[u8]) -> Result<(), Failure> {
        self.written = true;
        let mut stdout = io::stdout().lock();
        match stdout.write_all(content).and_then(|()| stdout.flush()) {
            // The reader has enough, as in `orgerr list | head -1`.
            Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
            written => written.map_err(Failure::Write),
        }
    }

    /// Says something beside the results, on standard error.
    pub fn note(&self, message: &str) {
        if !self.quiet {
            self.say(Style::Label, "note: ", message);
        }
    }

    /// Says what failed, on standard error, even if notes are not wanted.
    pub fn failure(&self, failure: &Failure) {
        self.say(Style::Error, "error: ", &failure.to_string());
    }

    /// Ends the run: says what failed, and completes what a JSON reader expects.
    pub fn finish(mut self, outcome: Result<Exit, Failure>) -> Exit {
        outcome.unwrap_or_else(|failure| {
            self.failure(&failure);
            if self.format == Format::Json && !self.written {
                // A failed write here has nobody left to tell.
                let _ = self.file(b"[]\n");
            }
            Exit::Failed
        })
    }

    fn say(&self, style: Style, label: &str, message: &str) {
        let text = Text::new().styled(style, label).plain(message);
        let line = text.painted(self.terminal.color_of(Stream::Stderr));
        // There is no other place to say that standard error is closed.
        let _ = writeln!(io::stderr(), "{line}");
    }

    fn plain<R: Record>(&self, records: &[R]) -> String {
        let mut lines = String::new();
        for record in records {
            lines += &text::wrapped(&record.line(), self.terminal.width, self.terminal.color);
        }
        lines
    }
}

/// A header line, then one row a record; tabs and newlines in fields as spaces.
fn tsv<R: Record>(records: &[R]) -> String {
    let mut rows = R::FIELDS.join("\t");
    rows.push('\n');
    for record in records {
        let fields: Vec<_> = record.fields();
        let fields: Vec<_> = fields.iter().map(|field| escape(field)).collect();
        rows += &fields.join("\t");
        rows.push('\n');
    }
    rows
}
