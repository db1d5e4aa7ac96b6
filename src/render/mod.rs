//! The one place that knows of formats, tables, colours, widths and terminals.

mod card;
#[cfg(test)]
#[path = "../../tests/support/colors.rs"]
mod colors;
mod json;
mod markdown;
mod pager;
mod record;
mod style;
mod table;
mod terminal;
mod text;

use std::io::{self, Write};

use clap::builder::StyledStr;
use orgerr::Service;
use serde::Serialize;

use crate::cli::{Format, Options};
use crate::error::Error;
use crate::exit::Exit;
use crate::render::style::Style;
use crate::render::terminal::{Stream, Terminal};
use crate::render::text::Text;
use crate::sanitize::escape;

pub use record::{
    CatalogProblem, EntryRow, FullEntry, Kind, Record, StatusCount, SuggestedFix, VariantFix,
};

/// Where results, notes and errors go, and in which form.
pub struct Output {
    format: Format,
    terminal: Terminal,
    quiet: bool,
    may_page: bool,
    /// Where results go.
    results: Stream,
    written: Written,
    /// Whether more records may follow those written.
    streaming: bool,
}

/// How far the results have come.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Written {
    Nothing,
    Something,
    /// The reader had enough, and reads no more.
    ReaderLeft,
}

impl Output {
    /// The output that the options and the environment ask for. What is no records has no
    /// format.
    pub fn new(options: &Options, prints_records: bool) -> Self {
        Output {
            format: if prints_records {
                options.format()
            } else {
                Format::Plain
            },
            terminal: Terminal::new(options.color(), options.width),
            quiet: options.quiet,
            may_page: !options.no_pager,
            results: Stream::Stdout,
            written: Written::Nothing,
            streaming: false,
        }
    }

    /// Lets codes lead to the documentation of these services, where the terminal
    /// knows links.
    pub fn link_to(&mut self, services: &'static [Service]) {
        self.terminal.link_to(services);
    }

    /// Sends results to standard error, where standard output carries the input.
    pub fn results_to_stderr(&mut self) {
        self.results = Stream::Stderr;
        self.terminal.use_stderr();
    }

    /// Writes records in the chosen format.
    pub fn records<R: Record + Serialize>(&mut self, records: &[R]) -> Result<(), Error> {
        let rendered = self.rendered(records);
        self.write_out(rendered.as_bytes())
    }

    /// Writes one of many records in the chosen format as soon as it is there.
    pub fn stream<R: Record + Serialize>(&mut self, record: &R) -> Result<(), Error> {
        self.may_page = false;
        self.streaming = true;
        let rendered = self.rendered(std::slice::from_ref(record));
        let is_first = self.written == Written::Nothing;
        let next = match self.format {
            Format::Json => json::next_of_array(&rendered, is_first),
            _ if is_first => rendered,
            Format::Tsv => without_lines(&rendered, 1),
            Format::Markdown => without_lines(&rendered, 2),
            Format::Table if self.terminal.width.is_none() => without_lines(&rendered, 2),
            Format::Table => format!("\n{rendered}"),
            Format::Jsonl | Format::Plain => rendered,
        };
        self.write_out(next.as_bytes())
    }

    /// Ends what [`stream`](Self::stream) began.
    pub fn end_of_stream(&mut self) -> Result<(), Error> {
        self.streaming = false;
        match (self.format, self.written) {
            (Format::Json, Written::Nothing) => self.write_out(b"[]\n"),
            (Format::Json, _) => self.write_out(b"]\n"),
            (Format::Table | Format::Jsonl | Format::Tsv | Format::Markdown | Format::Plain, _) => {
                Ok(())
            }
        }
    }

    /// Whether nobody reads what is still to be written.
    pub fn reader_left(&self) -> bool {
        self.written == Written::ReaderLeft
    }

    fn rendered<R: Record + Serialize>(&self, records: &[R]) -> String {
        let Terminal { width, ink, .. } = self.terminal;
        let kind = R::kind();
        // What lays them out knows no types of records, and so is compiled once.
        let any = || -> Vec<&dyn Record> {
            let any = records.iter().map(|record| record as &dyn Record);
            any.collect()
        };
        match self.format {
            Format::Json => json::array(records),
            Format::Jsonl => json::lines(records),
            Format::Tsv => tsv(&kind, &any()),
            Format::Markdown => markdown::table(&kind, &any()),
            Format::Plain => self.plain(&any()),
            Format::Table if records.is_empty() => String::new(),
            Format::Table => table::table(&kind, &any(), width, ink),
        }
    }

    /// Writes records that are rendered, a script or a page.
    pub fn write_out(&mut self, content: &[u8]) -> Result<(), Error> {
        self.written = Written::Something;
        if self.may_page && self.results == Stream::Stdout && pager::page(content) {
            return Ok(());
        }
        let mut stream: Box<dyn Write> = match self.results {
            Stream::Stdout => Box::new(io::stdout().lock()),
            Stream::Stderr => Box::new(io::stderr().lock()),
        };
        self.written = write(&mut *stream, content)?;
        Ok(())
    }

    /// Writes help or the version.
    pub fn help(&mut self, text: &StyledStr) -> Result<(), Error> {
        self.may_page = false;
        let text = if self.terminal.ink.colors() {
            text.ansi().to_string()
        } else {
            text.to_string()
        };
        self.write_out(text.as_bytes())
    }

    /// Says something beside the results, on standard error.
    pub fn note(&self, message: &str) {
        if !self.quiet {
            self.say(Style::Label, "note: ", message);
        }
    }

    /// Says what failed, on standard error, even if notes are not wanted.
    pub fn failure(&self, failure: &Error) {
        self.say(Style::Error, "error: ", &failure.to_string());
        for detail in failure.details() {
            self.say(Style::Plain, "  ", &detail);
        }
    }

    /// Ends the run: completes what a JSON reader expects, and says what failed.
    pub fn finish(mut self, outcome: Result<Exit, Vec<Error>>) -> Exit {
        outcome.unwrap_or_else(|failures| {
            if self.streaming || self.written == Written::Nothing {
                // A failed write here has nobody left to tell.
                let _ = self.end_of_stream();
            }
            for failure in &failures {
                self.failure(failure);
            }
            Exit::Failed
        })
    }

    fn say(&self, style: Style, label: &str, message: &str) {
        let text = Text::new().styled(style, label).plain(message);
        let line = text.painted(self.terminal.stderr_ink);
        // There is no other place to say that standard error is closed.
        let _ = writeln!(io::stderr(), "{line}");
    }

    /// One line a record, wrapped only where a width is asked for.
    fn plain(&self, records: &[&dyn Record]) -> String {
        let width = self.terminal.asked_width.map(usize::from);
        let mut lines = String::new();
        for record in records {
            lines += &text::wrapped(&record.line(), width, self.terminal.ink);
        }
        lines
    }
}

/// Writes all of the text, and tells whether the reader has enough: that is no failure,
/// as in `orgerr list | head -1`.
fn write(stream: &mut dyn Write, text: &[u8]) -> Result<Written, Error> {
    match stream.write_all(text).and_then(|()| stream.flush()) {
        Ok(()) => Ok(Written::Something),
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(Written::ReaderLeft),
        Err(error) => Err(Error::Write(error)),
    }
}

/// The text without its first lines.
fn without_lines(text: &str, count: usize) -> String {
    text.split_inclusive('\n').skip(count).collect()
}

/// A header line, then one row a record; tabs and newlines in fields as spaces.
fn tsv(kind: &Kind, records: &[&dyn Record]) -> String {
    let mut rows = kind.fields.join("\t");
    rows.push('\n');
    for record in records {
        let fields: Vec<_> = record.fields();
        let fields: Vec<_> = fields.iter().map(|field| escape(field)).collect();
        rows += &fields.join("\t");
        rows.push('\n');
    }
    rows
}

#[cfg(test)]
mod tests {
    use orgerr::explain::MatchedBy;
    use orgerr::{Entry, Finding, Hit, Occurrence};
    use proptest::prelude::*;

    use super::colors::without_colors;
    use super::style::Ink;
    use super::*;
    use crate::cli::ColorWhen;
    use crate::sanitize::is_safe;

    const FORMATS: [Format; 6] = [
        Format::Table,
        Format::Json,
        Format::Jsonl,
        Format::Tsv,
        Format::Markdown,
        Format::Plain,
    ];

    fn output(format: Format, width: Option<usize>, ink: Ink) -> Output {
        let mut terminal = Terminal::new(ColorWhen::Never, None);
        terminal.width = width;
        terminal.ink = ink;
        Output {
            format,
            terminal,
            quiet: false,
            may_page: false,
            results: Stream::Stdout,
            written: Written::Nothing,
            streaming: false,
        }
    }

    /// Text with more control and invisible characters than letters.
    fn hostile() -> impl Strategy<Value = String> {
        let c = prop_oneof![
            any::<char>(),
            proptest::char::range('\0', '\u{a0}'),
            proptest::char::range('\u{200b}', '\u{206f}'),
            proptest::char::range('\u{e0000}', '\u{e01ff}'),
            proptest::char::range('\u{fe00}', '\u{fe0f}'),
            Just('❤'),
            Just('\u{3000}'),
            Just('\u{2800}'),
            Just('\u{1b}'),
            Just('|'),
            Just(' '),
        ];
        proptest::collection::vec(c, 0..40).prop_map(String::from_iter)
    }

    fn entry(texts: &[String]) -> Entry {
        let text = |number: usize| &texts[number % texts.len()];
        let entry = serde_json::json!({
            "code": text(0),
            "service": text(1),
            "status": 404,
            "message": text(2),
            "description": text(3),
            "solution": text(4),
            "category": text(5),
            "action": "retry",
            "retryable": true,
            "check": [{"operation": text(0), "method": text(1), "path": text(2), "command": text(3)}],
            "causes": [{"says": text(4), "solution": text(5)}],
            "wordings": [text(6)],
            "documented": false,
            "note": text(6),
            "url": text(0),
        });
        serde_json::from_value(entry).expect("every field of an entry")
    }

    fn finding<'a>(texts: &[String], entry: Option<&'a Entry>, near: &'a str) -> Finding<'a> {
        let text = |number: usize| texts[number % texts.len()].clone();
        Finding {
            code: text(0),
            known: entry.is_some(),
            matched_by: MatchedBy::Code,
            count: 2,
            first: Occurrence {
                source: text(1),
                line: 1,
                http_status: Some(400),
                request_id: Some(text(2)),
                message: Some(text(3)),
                args: vec![text(4)],
            },
            status_differs: true,
            suggestions: vec![near],
            entry,
            told_apart: true,
        }
    }

    /// Everything rendered, in one string; none of it may hold an unsafe character.
    fn rendered_safely<R: Record + Serialize>(record: R) {
        let records = [record];
        for format in FORMATS {
            for width in [None, Some(20), Some(80)] {
                let separates = |c: char| c == '\n' || (c == '\t' && format == Format::Tsv);
                for ink in [Ink::Plain, Ink::Colored] {
                    let text = without_colors(&output(format, width, ink).rendered(&records));
                    let mut cells = text.split(separates);
                    let found = cells.find(|cell| !is_safe(cell));
                    assert_eq!(found, None, "{format:?} at {width:?}: {text:?}");
                }
            }
        }
        let json = output(Format::Json, None, Ink::Plain).rendered(&records);
        let read: serde_json::Value = serde_json::from_str(&json).expect("valid JSON");
        assert_eq!(read, serde_json::to_value(&records).unwrap());
        let tsv = output(Format::Tsv, None, Ink::Plain).rendered(&records);
        let columns: Vec<_> = tsv.lines().map(|line| line.split('\t').count()).collect();
        assert_eq!(columns, [R::kind().fields.len(); 2]);
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn no_format_lets_hostile_text_through(texts in proptest::collection::vec(hostile(), 7)) {
            let entry = entry(&texts);
            rendered_safely(FullEntry(&entry));
            rendered_safely(EntryRow(&entry));
            rendered_safely(SuggestedFix(&entry));
            rendered_safely(VariantFix(&entry));
            let length = entry.message().chars().count();
            let matches = [("message", vec![[length / 2, length]])];
            let matches = matches.into_iter().filter(|_| length > 1).collect();
            rendered_safely(Hit { entry: &entry, score: 1, matches });
            rendered_safely(finding(&texts, Some(&entry), ""));
            rendered_safely(finding(&texts, None, &texts[0]));
        }
    }
}
