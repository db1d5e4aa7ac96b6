//! `orgerr explain`. `Explainer::follow` decides when `--follow` prints a finding.

use std::io::{self, ErrorKind, IsTerminal as _};
use std::path::Path;
use std::sync::atomic::AtomicU64;

use orgerr::{Catalog, Explainer, Filter, Finding, Unread};

use super::filter_options::{self, keeps};
use super::notes::{
    note_foreign_codes, note_left_out, note_nothing_found, note_other_entries, suggest_show,
};
use crate::cli::Explain;
use crate::input::{self, Input, unreadable};
use crate::render::{Output, View, summary};
use crate::source::{STDIN, is_stdin, source_name};
use crate::{Error, Exit};

pub(super) fn run(
    mut explain: Explain,
    catalog: &Catalog,
    output: &mut Output,
) -> Result<Exit, Error> {
    if explain.files.is_empty() {
        explain.files.push(STDIN.into());
    }
    if explain.tee {
        if explain.files != [Path::new(STDIN)] {
            let message = "--tee reads standard input only: orgerr explain --tee < FILE";
            return Err(Error::usage(message, None));
        }
        output.results_to_stderr();
    }
    let filter = filter_options::read(catalog, &explain.filters)?;
    let mut explainer = Explainer::new(catalog);
    let (mut is_empty, mut has_failed) = (true, false);
    let mut passed_on = Ok(());
    for path in &explain.files {
        let bytes_read = AtomicU64::new(0);
        match explain.read(path, &filter, &mut explainer, &bytes_read, catalog, output) {
            Err(unread @ Error::Read { .. }) => {
                has_failed = true;
                output.error(&unread);
                suggest_show(path, catalog, output);
            }
            // All of the input was read, so it is explained before the error is reported.
            Err(failure @ Error::Tee(_)) => passed_on = Err(failure),
            result => result?,
        }
        is_empty &= bytes_read.into_inner() == 0;
        // With --tee, standard output must get all of the input.
        if output.reader_left() && !explain.tee {
            break;
        }
    }
    let report = explainer.finish();
    let is_all_text = !report.unread.iter().any(|(_, unread)| matches!(unread, Unread::NoText(_)));
    note_left_out(&report, output);
    let kept: Vec<_> = report.findings.iter().filter(|it| keeps(&filter, it)).collect();
    let is_found = !kept.is_empty();
    if explain.follow {
        output.end_of_stream::<Finding>()?;
    } else {
        for finding in &kept {
            note_other_entries(finding, finding.count > 1, catalog, output);
        }
        if explain.summary {
            output.records(View::Table, &summary(&kept))?;
        } else {
            output.records(View::Cards, kept)?;
        }
    }
    let all = report.findings.len();
    if !is_found && all > 0 {
        output.note(&format!("the filters exclude every error in the input ({all})"));
    }
    if !report.foreign_codes.is_empty() {
        note_foreign_codes(&report, output);
    } else if all == 0 && is_all_text && !has_failed {
        note_nothing_found(is_empty, output);
    }
    passed_on?;
    Ok(if has_failed { Exit::Failed } else { Exit::found(is_found) })
}

impl Explain {
    /// Reads a file, or standard input, to its end; with --follow, prints what it finds.
    fn read(
        &self,
        path: &Path,
        filter: &Filter,
        explainer: &mut Explainer,
        bytes_read: &AtomicU64,
        catalog: &Catalog,
        output: &mut Output,
    ) -> Result<(), Error> {
        let mut input = Input::open(path, self.tee, bytes_read)?;
        input::announce("a response or a log", path, output);
        let source = path.to_string_lossy();
        let name = source_name(path);
        let mut written = Ok(());
        let result = if self.follow {
            explainer.follow(&source, &mut input, &mut |finding| {
                if keeps(filter, finding) && written.is_ok() && !output.reader_left() {
                    written = output.stream(View::Cards, finding);
                    note_other_entries(finding, true, catalog, output);
                }
                if self.tee || written.is_ok() && !output.reader_left() {
                    return Ok(());
                }
                // Stops the reading. Below, this error is ignored: it is not the input that failed.
                Err(ErrorKind::BrokenPipe.into())
            })
        } else if self.tee || is_stdin(path) && io::stdin().is_terminal() {
            explainer.read(&source, &mut input)
        } else {
            output.with_progress(&name, bytes_read, || explainer.read(&source, &mut input))
        };
        let passed_on = input.finish();
        written?;
        match result {
            Err(cause) if cause.kind() == ErrorKind::UnexpectedEof => {
                output.note(&format!("{name} is cut off; what is there was read"));
            }
            Err(_) if output.reader_left() => {}
            result => result.map_err(|cause| unreadable(path, cause))?,
        }
        passed_on
    }
}
