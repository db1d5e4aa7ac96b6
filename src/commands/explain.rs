//! `orgerr explain`.

use std::fs::File;
use std::io::{self, IsTerminal as _, Read};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};

use orgerr::{Explainer, Filter, Finding, Report, Unread, parse_code};

use super::{Run, Session, filters};
use crate::cli::Explain;
use crate::error::Error;
use crate::exit::Exit;
use crate::input::{self, UntilEnd, unreadable};
use crate::render::{Output, View, summary};
use crate::source::{STDIN, is_stdin, source_name};
use crate::tee::Tee;

/// Codes of other services that a note names.
const MAX_FOREIGN_SHOWN: usize = 5;

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
        if is_stdin(path) {
            return self.read_stdin(path, reading, session);
        }
        let mut file = File::open(path).map_err(|cause| unreadable(path, cause))?;
        self.explain(path, &mut file, reading, session)
    }

    fn read_stdin(
        &self,
        path: &Path,
        reading: &mut Reading,
        session: &mut Session,
    ) -> Result<(), Error> {
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

/// Whether a finding passes. The status that was received counts as well as the
/// documented one; without an entry there is nothing else but the service to go by.
fn keeps(filter: &Filter, finding: &Finding) -> bool {
    let Filter {
        services, statuses, ..
    } = filter;
    let is_kept = |status: Option<u16>| {
        let of_status = |status| statuses.iter().any(|kept| kept.keeps(status));
        statuses.is_empty() || status.is_some_and(of_status)
    };
    let received = finding.first.http_status;
    let rest = Filter {
        statuses: Vec::new(),
        ..filter.clone()
    };
    if let Some(entry) = finding.entry() {
        return rest.keeps(entry) && (is_kept(received) || is_kept(Some(entry.status())));
    }
    let likeliest = || finding.candidates.first().map(|entry| entry.code());
    let code = finding.code.as_deref().or_else(likeliest);
    let service = code.and_then(|code| code.rsplit_once('.'));
    let is_meant =
        |name: &String| service.is_some_and(|(service, _)| name.eq_ignore_ascii_case(service));
    let only_services = Filter {
        services: services.clone(),
        ..Filter::default()
    };
    let is_of_services = services.is_empty() || services.iter().any(is_meant);
    rest == only_services && is_kept(received) && is_of_services
}

/// A file that cannot be read may be a code that was meant for `show`.
fn note_code(path: &Path, session: &Session) {
    let text = path.to_str().unwrap_or_default();
    if let Ok(code) = parse_code(session.catalog, text) {
        let hint = format!("to look up the error code {code}: orgerr show {code}");
        session.output.note(&hint);
    }
}

/// Notes that a code has several entries, if the one shown may not be the right one: the
/// input fits several, or the code was met `again`, where another entry may fit.
fn note_other_entries(finding: &Finding, again: bool, session: &Session) {
    let Some(code) = &finding.code else {
        return;
    };
    let entries = session.catalog.get_all(code).count();
    if entries < 2 || (finding.is_unambiguous && !again) {
        return;
    }
    let shown = if finding.is_unambiguous {
        "; shown is the one that fits where it was first met"
    } else {
        ", and the input does not show which it is; shown is the first that fits"
    };
    session.output.note(&format!(
        "{code} has {entries} entries{shown}: orgerr show {code} prints all"
    ));
}

fn note_left_out(report: &Report, output: &Output) {
    for source in &report.unsearched {
        let name = source_name(Path::new(source));
        output.note(&format!(
            "{name} names no code; only its first 64 MiB were searched for documented messages"
        ));
    }
    for (source, unread) in &report.unread {
        let name = source_name(Path::new(source));
        output.note(&format!("{name} {}", what_is_unread(*unread)));
    }
    if report.dropped_unknown {
        output.note("there are more undocumented codes than are shown");
    }
}

fn is_no_text((_, unread): &(String, Unread)) -> bool {
    matches!(unread, Unread::NoText(_))
}

/// What a note says of an input that was not read as what it looks like.
fn what_is_unread(unread: Unread) -> String {
    match unread {
        Unread::NoText(format) if format.contains("picture") || format.contains("PDF") => {
            format!("looks like {format}; copy the text out of it first")
        }
        Unread::NoText(format) => format!("looks like {format}; unpack it first"),
        Unread::BehindGzip => "has more behind what gzip compressed; that was left out".to_owned(),
        _ => "begins like a gzip file but is none; it was read as it is".to_owned(),
    }
}

/// Names the codes of services that no catalog has, the most frequent first, or notes that
/// the input has no code at all.
fn note_foreign_codes(report: &Report, is_empty: bool, output: &Output) {
    let shown = report.foreign_codes.iter().take(MAX_FOREIGN_SHOWN);
    let named: Vec<_> = shown
        .map(|foreign| match foreign.count {
            1 => foreign.code.clone(),
            count => format!("{} ({count} times)", foreign.code),
        })
        .collect();
    let more = report.foreign_codes.len().saturating_sub(MAX_FOREIGN_SHOWN);
    let more = if more > 0 {
        format!(" and {more} more")
    } else {
        String::new()
    };
    let named = named.join(", ") + &more;
    match (report.findings.is_empty(), report.foreign_codes.is_empty()) {
        (true, true) if is_empty => output.note("the input is empty"),
        (true, true) => output.note("no error code in the input"),
        (false, true) => {}
        (true, false) => output.note(&format!(
            "no error code of a known service in the input; \
             for {named}, add a catalog of its service (--catalog)"
        )),
        (false, false) => output.note(&format!(
            "the input has codes of other services, too: {named}; \
             add their catalogs to explain them (--catalog)"
        )),
    }
}
