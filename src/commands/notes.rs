//! What notes say of the inputs of `orgerr explain` and of what was found in them.

use std::path::Path;

use orgerr::{Catalog, Finding, Report, parse_code};

use crate::render::Output;
use crate::source::source_name;

/// Codes of other services that a note names.
const MAX_FOREIGN_SHOWN: usize = 5;

/// A file that cannot be read may be a code that was meant for `show`.
pub fn note_code(path: &Path, catalog: &Catalog, output: &Output) {
    if let Ok(code) = parse_code(catalog, path.to_str().unwrap_or_default()) {
        output.note(&format!("to look up the error code {code}: orgerr show {code}"));
    }
}

/// Notes that a code has several entries, if the one shown may not be the right one: the
/// input fits several, or the code was met `again`, where another entry may fit.
pub fn note_other_entries(finding: &Finding, again: bool, catalog: &Catalog, output: &Output) {
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
pub fn note_left_out(report: &Report, output: &Output) {
    for (source, unread) in &report.unread {
        output.note(&format!("{} {unread}", source_name(Path::new(source))));
    }
    if report.dropped_unknown {
        output.note("only the first undocumented codes are shown; there are more");
    }
}

/// Names the codes of services that no catalog has, the most frequent first, or notes that
/// the input has no code at all.
pub fn note_codes_not_found(report: &Report, is_empty: bool, output: &Output) {
    let all = report.foreign_codes.iter().map(|foreign| match foreign.count {
        1 => foreign.code.clone(),
        count => format!("{} ({count} times)", foreign.code),
    });
    let mut named = all.take(MAX_FOREIGN_SHOWN).collect::<Vec<_>>().join(", ");
    let more = report.foreign_codes.len().saturating_sub(MAX_FOREIGN_SHOWN);
    if more > 0 {
        named = format!("{named} and {more} more");
    }
    output.note(&match (report.findings.is_empty(), named.is_empty()) {
        (false, true) => return,
        (false, false) => format!(
            "the input has codes of other services, too: {named}; \
             add their catalogs to explain them (--catalog)"
        ),
        (true, false) => format!(
            "no error code of a known service in the input; \
             for {named}, add a catalog of its service (--catalog)"
        ),
        (true, true) if is_empty => "the input is empty".to_owned(),
        (true, true) => "no error code in the input".to_owned(),
    });
}
