//! `orgerr explain`.

use std::fs;
use std::io::{self, IsTerminal as _, Read as _};
use std::path::{Path, PathBuf};

use super::{Run, Session};
use crate::cli::Explain;
use crate::failure::{Exit, Failure};

impl Run for Explain {
    fn run(mut self, session: &mut Session) -> Result<Exit, Failure> {
        if self.files.is_empty() {
            self.files.push(PathBuf::from("-"));
        }
        let mut failed = false;
        let mut findings = Vec::new();
        for path in &self.files {
            match read(path, session) {
                Ok(input) => {
                    let source = path.to_string_lossy();
                    findings.extend(orgerr::explain(session.catalog, &source, &input));
                }
                Err(cause) => {
                    failed = true;
                    let path = path.clone();
                    session.output.failure(&Failure::Read { path, cause });
                }
            }
        }
        session.output.records(&findings)?;
        if failed {
            return Ok(Exit::Failed);
        }
        if findings.is_empty() {
            session.output.note("no error code in the input");
        }
        Ok(Exit::found(!findings.is_empty()))
    }
}

fn read(path: &Path, session: &mut Session) -> io::Result<Vec<u8>> {
    if path != Path::new("-") {
        return fs::read(path);
    }
    let mut stdin = io::stdin().lock();
    if stdin.is_terminal() {
        session
            .output
            .note("reading standard input; paste the response and end it with Ctrl-D");
    }
    let mut input = Vec::new();
    stdin.read_to_end(&mut input)?;
    Ok(input)
}
