//! Notes that `explain` prints about its inputs and findings.

use std::path::Path;

use orgerr::{Catalog, Finding, Report, parse_code};

use crate::render::Output;
use crate::source::source_name;

/// The most codes of other services that a note names.
const MAX_FOREIGN_SHOWN: usize = 5;

/// Suggests `show` if the name of an unreadable file is a code.
pub(super) fn suggest_show(path: &Path, catalog: &Catalog, output: &Output) {
    if let Ok(code) = parse_code(catalog, path.to_str().unwrap_or_default()) {
        output.note(&format!("to look up the error code {code}: orgerr show {code}"));
    }
}

/// Notes that a code has several entries, if the one shown may not be the right one: the
/// input fits several, or the code was met `again`, where another entry may fit.
pub(super) fn note_other_entries(
    finding: &Finding,
    again: bool,
    catalog: &Catalog,
    output: &Output,
) {
    let Some(code) = &finding.code else {
        return;
    };
    let entries = catalog.get_all(code).count();
    if entries < 2 || finding.is_unambiguous && !again {
        return;
    }
    let shown = if finding.is_unambiguous {
        "; the one shown fits its first occurrence"
    } else {
        ", and the input does not show which it is; the one shown is the first that fits"
    };
    output.note(&format!("{code} has {entries} entries{shown}: orgerr show {code} prints all"));
}

/// Notes what was not read or searched, or is not shown.
pub(super) fn note_left_out(report: &Report, output: &Output) {
    for (source, unread) in &report.unread {
        output.note(&format!("{} {unread}", source_name(Path::new(source))));
    }
    if report.dropped_unknown {
        output.note("only the first undocumented codes are shown; there are more");
    }
}

/// Names the codes of services that no catalog has, the most frequent first.
pub(super) fn note_foreign_codes(report: &Report, output: &Output) {
    let all = report.foreign_codes.iter().map(|foreign| match foreign.count {
        1 => foreign.code.clone(),
        count => format!("{} ({count} times)", foreign.code),
    });
    let mut named = all.take(MAX_FOREIGN_SHOWN).collect::<Vec<_>>().join(", ");
    let more = report.foreign_codes.len().saturating_sub(MAX_FOREIGN_SHOWN);
    if more > 0 {
        named = format!("{named} and {more} more");
    }
    output.note(&if report.findings.is_empty() {
        format!(
            "no error code of a known service in the input; \
             for {named}, add a catalog of its service with --catalog"
        )
    } else {
        format!(
            "also found codes of other services: {named}; \
             to explain them, add their catalogs with --catalog"
        )
    });
}

/// Notes that the input is empty or has no code.
pub(super) fn note_nothing_found(is_empty: bool, output: &Output) {
    output.note(if is_empty { "the input is empty" } else { "no error code in the input" });
}
