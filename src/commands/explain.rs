//! `orgerr explain`.

use std::fs::File;
use std::io::{self, IsTerminal as _, Read, Write as _};
use std::path::{Path, PathBuf};

use orgerr::{Explainer, Finding};

use super::{Run, Session};
use crate::cli::Explain;
use crate::failure::{Exit, Failure};
use crate::input::{self, STDIN};
use crate::render::Output;

impl Run for Explain {
    fn run(mut self, session: &mut Session) -> Result<Exit, Failure> {
        if self.files.is_empty() {
            self.files.push(PathBuf::from(STDIN));
        }
        if self.tee {
            if self.files != [Path::new(STDIN)] {
                return Err(Failure::TeeWithFiles);
            }
            session.output.results_to_stderr();
        }
        let mut explainer = Explainer::new(session.catalog);
        let mut failed = false;
        for path in &self.files {
            match self.read(path, &mut explainer, session) {
                Err(unread @ Failure::Read { .. }) => {
                    failed = true;
                    session.output.failure(&unread);
                }
                result => result?,
            }
            if self.may_stop(session.output) {
                break;
            }
        }
        say_what_was_left_out(&explainer, session.output);
        let findings = explainer.into_findings();
        if self.follow {
            session.output.end_of_stream()?;
        } else {
            for finding in &findings {
                say_which_entry(finding, finding.count > 1, session);
            }
            session.output.records(&findings)?;
        }
        if failed {
            return Ok(Exit::Failed);
        }
        if findings.is_empty() {
            session.output.note("no error code in the input");
        }
        Ok(Exit::found(!findings.is_empty()))
    }
}

impl Explain {
    /// Whether nobody waits for what is still to come: with --follow that may be without
    /// end, and with --tee it has another reader.
    fn may_stop(&self, output: &Output) -> bool {
        output.reader_left() && !self.tee
    }

    fn read(
        &self,
        path: &Path,
        explainer: &mut Explainer,
        session: &mut Session,
    ) -> Result<(), Failure> {
        let unreadable = |cause| Failure::Read {
            path: path.to_owned(),
            cause,
        };
        if !input::is_stdin(path) {
            let file = File::open(path).map_err(unreadable)?;
            return self.explain(path, file, explainer, session);
        }
        let stdin = io::stdin().lock();
        if stdin.is_terminal() {
            session
                .output
                .note("reading standard input; paste the response and end it with Ctrl-D");
        }
        if !self.tee {
            return self.explain(path, stdin, explainer, session);
        }
        let mut tee = Tee {
            input: stdin,
            failure: None,
        };
        self.explain(path, &mut tee, explainer, session)?;
        match tee.failure {
            // The reader had enough; the input is explained all the same.
            Some(failure) if failure.kind() != io::ErrorKind::BrokenPipe => {
                Err(Failure::Write(failure))
            }
            _ => Ok(()),
        }
    }

    fn explain(
        &self,
        path: &Path,
        input: impl Read,
        explainer: &mut Explainer,
        session: &mut Session,
    ) -> Result<(), Failure> {
        let source = path.to_string_lossy();
        let mut failure = None;
        let read = if self.follow {
            explainer.follow(&source, input, &mut |finding| {
                session.output.stream(finding).map_err(|cause| {
                    failure = Some(cause);
                    io::Error::other("the results cannot be written")
                })?;
                if self.may_stop(session.output) {
                    return Err(io::ErrorKind::BrokenPipe.into());
                }
                say_which_entry(finding, true, session);
                Ok(())
            })
        } else {
            explainer.read(&source, input)
        };
        match failure {
            Some(failure) => Err(failure),
            None if self.may_stop(session.output) => Ok(()),
            None => read.map_err(|cause| Failure::Read {
                path: path.to_owned(),
                cause,
            }),
        }
    }
}

/// Passes what is read through to standard output, as long as somebody reads it.
struct Tee<R> {
    input: R,
    failure: Option<io::Error>,
}

impl<R: Read> Read for Tee<R> {
    fn read(&mut self, block: &mut [u8]) -> io::Result<usize> {
        let length = self.input.read(block)?;
        if self.failure.is_none() {
            let mut stdout = io::stdout().lock();
            let written = stdout
                .write_all(&block[..length])
                .and_then(|()| stdout.flush());
            self.failure = written.err();
        }
        Ok(length)
    }
}

/// A code is told once, by the entry that fits where it was first met. Where it is met
/// `again`, another of its entries may fit.
fn say_which_entry(finding: &Finding, again: bool, session: &Session) {
    let code = &finding.code;
    let entries = session.catalog.get_all(code).count();
    if entries < 2 || (finding.told_apart && !again) {
        return;
    }
    let shown = if finding.told_apart {
        "; shown is the one that fits where it was first met"
    } else {
        ", and the input does not tell which it is; shown is the first that fits"
    };
    session.output.note(&format!(
        "{code} has {entries} entries{shown}: orgerr show {code} prints all"
    ));
}

fn say_what_was_left_out(explainer: &Explainer, output: &Output) {
    for source in explainer.too_long_for_messages() {
        output.note(&format!(
            "{source} names no code; only its first 64 MiB were searched for documented messages"
        ));
    }
    if explainer.ignored_unknown() {
        output.note("there are more undocumented codes than are shown");
    }
}
