//! What notes say of the inputs of `orgerr explain` and of what was found in them.

use std::path::Path;

use orgerr::{Finding, Report, Unread, parse_code};

use super::Session;
use crate::render::Output;
use crate::source::source_name;

/// Codes of other services that a note names.
const MAX_FOREIGN_SHOWN: usize = 5;

/// A file that cannot be read may be a code that was meant for `show`.
pub fn note_code(path: &Path, session: &Session) {
    let text = path.to_str().unwrap_or_default();
    if let Ok(code) = parse_code(session.catalog, text) {
        let hint = format!("to look up the error code {code}: orgerr show {code}");
        session.output.note(&hint);
    }
}

/// Notes that a code has several entries, if the one shown may not be the right one: the
/// input fits several, or the code was met `again`, where another entry may fit.
pub fn note_other_entries(finding: &Finding, again: bool, session: &Session) {
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

/// Notes what was not read or searched, or is not shown.
pub fn note_left_out(report: &Report, output: &Output) {
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

/// Whether an input looks like something other than text.
pub fn is_no_text((_, unread): &(String, Unread)) -> bool {
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
pub fn note_foreign_codes(report: &Report, is_empty: bool, output: &Output) {
    let shown = report.foreign_codes.iter().take(MAX_FOREIGN_SHOWN);
    let named: Vec<_> = shown
        .map(|foreign| match foreign.count {
            1 => foreign.code.clone(),
            count => format!("{} ({count} times)", foreign.code),
        })
        .collect();
    let more = match report.foreign_codes.len().saturating_sub(MAX_FOREIGN_SHOWN) {
        0 => String::new(),
        more => format!(" and {more} more"),
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
