//! `orgerr explain`.

use std::fs::File;
use std::io::{self, IsTerminal as _, Read};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};

use orgerr::{Explainer, Filter};

use super::filters::keeps;
use super::notes::{is_no_text, note_code, note_foreign_codes, note_left_out, note_other_entries};
use super::{Run, Session, filters};
use crate::cli::Explain;
use crate::error::Error;
use crate::exit::Exit;
use crate::input::{self, UntilEnd, unreadable};
use crate::render::{Output, View, summary};
use crate::source::{STDIN, is_stdin, source_name};
use crate::tee::Tee;

/// What all inputs share.
struct Reading<'c> {
    filter: Filter,
    explainer: Explainer<'c>,
    /// Whether a note has said that an input is no text.
    has_remark: bool,
    /// Whether any input has a byte.
    has_bytes: bool,
    /// Whether a file could not be read.
    has_failed: bool,
    /// Whether all of the input went on to the other reader of `--tee`.
    passed_on: Result<(), Error>,
}

impl Run for Explain {
    fn run(mut self, session: &mut Session) -> Result<Exit, Error> {
        if self.files.is_empty() {
            self.files.push(PathBuf::from(STDIN));
        }
        if self.tee {
            if self.files != [Path::new(STDIN)] {
                return Err(Error::TeeWithFiles);
            }
            session.output.results_to_stderr();
        }
        let mut reading = Reading {
            filter: filters::read(session.catalog, &self.filters, &self.status.statuses)?,
            explainer: Explainer::new(session.catalog),
            has_remark: false,
            has_bytes: false,
            has_failed: false,
            passed_on: Ok(()),
        };
        for path in &self.files {
            match self.read(path, &mut reading, session) {
                Err(unread @ Error::Read { .. }) => {
                    reading.has_failed = true;
                    session.output.error(&unread);
                    note_code(path, session);
                }
                // All of the input was read: it is explained first.
                Err(failure @ Error::PassOn(_)) => reading.passed_on = Err(failure),
                result => result?,
            }
            if self.may_stop(session.output) {
                break;
            }
        }
        self.report(reading, session)
    }
}

impl Explain {
    /// Prints the findings that pass, and notes what else there is to know of the inputs.
    fn report(&self, reading: Reading, session: &mut Session) -> Result<Exit, Error> {
        let report = reading.explainer.finish();
        note_left_out(&report, session.output);
        let found = report.findings.iter();
        let kept: Vec<_> = found
            .filter(|finding| keeps(&reading.filter, finding))
            .collect();
        let is_found = !kept.is_empty();
        if self.follow {
            session.output.end_of_stream()?;
        } else {
            for finding in &kept {
                note_other_entries(finding, finding.count > 1, session);
            }
            if self.summary {
                session.output.records(View::TABLE, &summary(&kept))?;
            } else {
                session.output.records(View::CARDS, kept)?;
            }
        }
        let has_codes = !report.findings.is_empty() || !report.foreign_codes.is_empty();
        let is_all_read = reading.passed_on.is_ok() && !reading.has_failed;
        let is_text = !reading.has_remark && !report.unread.iter().any(is_no_text);
        if has_codes || is_all_read && is_text {
            note_foreign_codes(&report, !reading.has_bytes, session.output);
        }
        if !is_found && !report.findings.is_empty() {
            session.output.note(&format!(
                "no error in the input passes the filters; without them there are {}",
                report.findings.len()
            ));
        }
        reading.passed_on?;
        Ok(if reading.has_failed {
            Exit::Failed
        } else {
            Exit::found(is_found)
        })
    }

    /// Whether to stop reading because nobody reads the results. With --tee the input still
    /// has a reader.
    fn may_stop(&self, output: &Output) -> bool {
        output.reader_left() && !self.tee
    }

    /// Reads a file, or standard input, to its end.
    fn read(&self, path: &Path, reading: &mut Reading, session: &mut Session) -> Result<(), Error> {
        if !is_stdin(path) {
            let mut file = File::open(path).map_err(|cause| unreadable(path, cause))?;
            return self.explain(path, &mut file, reading, session);
        }
        let mut stdin = io::stdin().lock();
        input::announce("a response or a log", session.output);
        if !self.tee {
            return self.explain(path, &mut stdin, reading, session);
        }
        let mut tee = Tee::new(stdin);
        let explained = self.explain(path, &mut tee, reading, session);
        let passed_on = tee.finish();
        explained.and(passed_on)
    }

    fn explain(
        &self,
        path: &Path,
        input: &mut dyn Read,
        reading: &mut Reading,
        session: &mut Session,
    ) -> Result<(), Error> {
        let source = path.to_string_lossy();
        let count = AtomicU64::new(0);
        let mut input = UntilEnd::new(input, &count);
        let Reading {
            filter, explainer, ..
        } = reading;
        let mut written = Ok(());
        let read = if self.follow {
            explainer.follow(&source, &mut input, &mut |finding| {
                if !keeps(filter, finding) {
                    return Ok(());
                }
                if written.is_ok() {
                    written = session.output.stream(View::CARDS, finding);
                }
                let is_over = written.is_err() || session.output.reader_left();
                if !is_over {
                    note_other_entries(finding, true, session);
                } else if !self.tee {
                    // Ends the reading, which then has not failed by itself.
                    return Err(io::ErrorKind::BrokenPipe.into());
                }
                Ok(())
            })
        } else if self.tee || is_stdin(path) && io::stdin().is_terminal() {
            explainer.read(&source, &mut input)
        } else {
            let read = || explainer.read(&source, &mut input);
            session
                .output
                .with_progress(&source_name(path), &count, read)
        };
        reading.has_bytes |= count.load(Ordering::Relaxed) > 0;
        if let Some(order) = input.unmarked_utf16() {
            reading.has_remark = true;
            session.output.note(&format!(
                "{} looks like UTF-16 without a byte order mark; convert it with iconv -f \
                 UTF-16{order} -t UTF-8 first",
                source_name(path)
            ));
        }
        written?;
        if self.may_stop(session.output) {
            return Ok(());
        }
        match read {
            Err(cause) if cause.kind() == io::ErrorKind::UnexpectedEof => {
                let name = source_name(path);
                let note = format!("{name} is cut off; what is there was read");
                session.output.note(&note);
                Ok(())
            }
            read => read.map_err(|cause| unreadable(path, cause)),
        }
    }
}
