//! `orgerr explain`.

use std::fs::File;
use std::io::{self, IsTerminal as _, Read};
use std::path::{Path, PathBuf};

use orgerr::{Explainer, Finding, Report, parse_code};

use super::{Run, Session};
use crate::cli::Explain;
use crate::error::Error;
use crate::exit::Exit;
use crate::input::{self, STDIN};
use crate::render::{Output, View, summary};
use crate::tee::Tee;

/// Codes of other services that a note names.
const MAX_FOREIGN_SHOWN: usize = 5;

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
        let mut explainer = Explainer::new(session.catalog);
        let mut failed = false;
        let mut passed_on = Ok(());
        for path in &self.files {
            match self.read(path, &mut explainer, session) {
                Err(unread @ Error::Read { .. }) => {
                    failed = true;
                    session.output.error(&unread);
                    say_if_code(path, session);
                }
                // All of the input was read: it is explained first.
                Err(failure @ Error::PassOn(_)) => passed_on = Err(failure),
                result => result?,
            }
            if self.may_stop(session.output) {
                break;
            }
        }
        let report = explainer.finish();
        say_what_was_left_out(&report, session.output);
        let findings = &report.findings;
        if self.follow {
            session.output.end_of_stream()?;
        } else {
            for finding in findings {
                say_which_entry(finding, finding.count > 1, session);
            }
            if self.summary {
                session.output.records(View::TABLE, &summary(findings))?;
            } else {
                session.output.records(View::CARDS, findings)?;
            }
        }
        passed_on?;
        if failed {
            return Ok(Exit::Failed);
        }
        say_foreign_codes(&report, session.output);
        Ok(Exit::found(!findings.is_empty()))
    }
}

impl Explain {
    /// Whether nobody waits for what is still to come: with --follow that may be without
    /// end, and with --tee it has another reader.
    fn may_stop(&self, output: &Output) -> bool {
        output.reader_left() && !self.tee
    }

    /// Reads a file, or standard input, to its end.
    fn read(
        &self,
        path: &Path,
        explainer: &mut Explainer,
        session: &mut Session,
    ) -> Result<(), Error> {
        if input::is_stdin(path) {
            return self.read_stdin(path, explainer, session);
        }
        let mut file = File::open(path).map_err(|cause| unreadable(path, cause))?;
        self.explain(path, &mut file, explainer, session)
    }

    fn read_stdin(
        &self,
        path: &Path,
        explainer: &mut Explainer,
        session: &mut Session,
    ) -> Result<(), Error> {
        let mut stdin = io::stdin().lock();
        if stdin.is_terminal() {
            session
                .output
                .note("reading standard input; paste the response and end it with Ctrl-D");
        }
        if !self.tee {
            return self.explain(path, &mut stdin, explainer, session);
        }
        let mut tee = Tee::new(stdin);
        self.explain(path, &mut tee, explainer, session)?;
        tee.outcome()
    }

    fn explain(
        &self,
        path: &Path,
        input: &mut dyn Read,
        explainer: &mut Explainer,
        session: &mut Session,
    ) -> Result<(), Error> {
        let source = path.to_string_lossy();
        let mut written = Ok(());
        let read = if self.follow {
            explainer.follow(&source, input, &mut |finding| {
                if written.is_ok() {
                    written = session.output.stream(View::CARDS, finding);
                }
                let is_over = written.is_err() || session.output.reader_left();
                if !is_over {
                    say_which_entry(finding, true, session);
                } else if !self.tee {
                    // Ends the reading, which then has not failed by itself.
                    return Err(io::ErrorKind::BrokenPipe.into());
                }
                Ok(())
            })
        } else {
            explainer.read(&source, input)
        };
        written?;
        if self.may_stop(session.output) {
            return Ok(());
        }
        read.map_err(|cause| unreadable(path, cause))
    }
}

/// What cannot be read as a file may be meant as a code.
fn say_if_code(path: &Path, session: &Session) {
    let text = path.to_str().unwrap_or_default();
    if let Ok(code) = parse_code(session.catalog, text) {
        let hint = format!("to look up the error code {code}: orgerr show {code}");
        session.output.note(&hint);
    }
}

fn unreadable(path: &Path, cause: io::Error) -> Error {
    Error::Read {
        path: path.to_owned(),
        cause,
    }
}

/// A code is told once, by the entry that fits where it was first met. Where it is met
/// `again`, another of its entries may fit.
fn say_which_entry(finding: &Finding, again: bool, session: &Session) {
    let code = &finding.code;
    let entries = session.catalog.get_all(code).count();
    if entries < 2 || (finding.is_unambiguous && !again) {
        return;
    }
    let shown = if finding.is_unambiguous {
        "; shown is the one that fits where it was first met"
    } else {
        ", and the input does not tell which it is; shown is the first that fits"
    };
    session.output.note(&format!(
        "{code} has {entries} entries{shown}: orgerr show {code} prints all"
    ));
}

fn say_what_was_left_out(report: &Report, output: &Output) {
    for source in &report.unsearched {
        output.note(&format!(
            "{source} names no code; only its first 64 MiB were searched for documented messages"
        ));
    }
    if report.dropped_unknown {
        output.note("there are more undocumented codes than are shown");
    }
}

/// Names the codes of services that no catalog has, the most frequent first; and says where
/// there is nothing else.
fn say_foreign_codes(report: &Report, output: &Output) {
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
