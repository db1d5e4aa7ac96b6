//! What notes say of the inputs of `orgerr explain` and of what was found in them.

use std::path::Path;

use orgerr::{Catalog, Finding, Report, Unread, parse_code};

use crate::render::Output;
use crate::source::source_name;

/// Codes of other services that a note names.
const MAX_FOREIGN_SHOWN: usize = 5;

/// A file that cannot be read may be a code that was meant for `show`.
pub fn note_code(path: &Path, catalog: &Catalog, output: &Output) {
    let text = path.to_str().unwrap_or_default();
    if let Ok(code) = parse_code(catalog, text) {
        let hint = format!("to look up the error code {code}: orgerr show {code}");
        output.note(&hint);
    }
}

/// Notes that a code has several entries, if the one shown may not be the right one: the
/// input fits several, or the code was met `again`, where another entry may fit.
pub fn note_other_entries(finding: &Finding, again: bool, catalog: &Catalog, output: &Output) {
    let Some(code) = &finding.code else {
        return;
    };
    let entries = catalog.get_all(code).count();
    if entries < 2 || (finding.is_unambiguous && !again) {
        return;
    }
    let shown = if finding.is_unambiguous {
        "; shown is the one that fits where it was first met"
    } else {
        ", and the input does not show which it is; shown is the first that fits"
    };
    output.note(&format!(
        "{code} has {entries} entries{shown}: orgerr show {code} prints all"
    ));
}

/// Notes what was not read or searched, or is not shown.
pub fn note_left_out(report: &Report, output: &Output) {
    let of = |source: &str, note: &str| {
        output.note(&format!("{} {note}", source_name(Path::new(source))));
    };
    for source in &report.unsearched {
        let why = "names no code; only its first 64 MiB were searched for documented messages";
        of(source, why);
    }
    for (source, unread) in &report.unread {
        match unread {
            Unread::NoText(format) => {
                let is_page = format.contains("picture") || format.contains("PDF");
                let first = if is_page {
                    "copy the text out of it"
                } else {
                    "unpack it"
                };
                of(source, &format!("looks like {format}; {first} first"));
            }
            Unread::AfterGzip => {
                of(
                    source,
                    "has more after what gzip compressed; that was left out",
                );
            }
            _ => of(
                source,
                "begins like a gzip file but is none; it was read as it is",
            ),
        }
    }
    if report.dropped_unknown {
        output.note("there are more undocumented codes than are shown");
    }
}

/// Names the codes of services that no catalog has, the most frequent first, or notes that
/// the input has no code at all.
pub fn note_foreign_codes(report: &Report, is_empty: bool, output: &Output) {
    let is_found = !report.findings.is_empty();
    let shown = report.foreign_codes.iter().take(MAX_FOREIGN_SHOWN);
    let named = shown.map(|foreign| match foreign.count {
        1 => foreign.code.clone(),
        count => format!("{} ({count} times)", foreign.code),
    });
    let named = named.collect::<Vec<_>>().join(", ");
    let named = match report.foreign_codes.len().saturating_sub(MAX_FOREIGN_SHOWN) {
        0 => named,
        more => format!("{named} and {more} more"),
    };
    match (is_found, named.is_empty()) {
        (true, true) => {}
        (true, false) => output.note(&format!(
            "the input has codes of other services, too: {named}; \
             add their catalogs to explain them (--catalog)"
        )),
        (false, false) => output.note(&format!(
            "no error code of a known service in the input; \
             for {named}, add a catalog of its service (--catalog)"
        )),
        (false, true) if is_empty => output.note("the input is empty"),
        (false, true) => output.note("no error code in the input"),
    }
}
