//! `orgerr status`.

use std::collections::BTreeMap;

use orgerr::{Catalog, CodeQuery, StatusFilter, parse_code, status_name};

use super::{filter_options, list};
use crate::cli::near_names::status_meant;
use crate::cli::{Filters, Status};
use crate::render::{Output, StatusCount, View};
use crate::{Error, Exit};

pub(super) fn run(status: Status, catalog: &Catalog, output: &mut Output) -> Result<Exit, Error> {
    let Status { statuses, others } = status;
    let is_wrong = statuses.iter().any(|status| status.parse::<StatusFilter>().is_err());
    let hint = is_wrong.then(|| hint_for(catalog, &statuses.join(" "))).flatten();
    let filter = filter_options::read(catalog, &Filters { statuses, others });
    let filter = filter.map_err(|error| match error {
        Error::Usage { message, hints } if hints.is_empty() => Error::usage(message, hint),
        error => error,
    })?;
    if !filter.statuses.is_empty() {
        return list::matching(&filter, catalog, output);
    }
    let mut counts = BTreeMap::new();
    for entry in catalog.entries().iter().filter(|entry| filter.keeps(entry)) {
        *counts.entry(entry.status()).or_default() += 1;
    }
    let row = |(status, entries)| StatusCount { status, reason: status_name(status), entries };
    let counts: Vec<_> = counts.into_iter().map(row).collect();
    output.records(View::List, &counts)?;
    if counts.is_empty() {
        list::note_none_passes(&filter, output);
    }
    Ok(Exit::found(!counts.is_empty()))
}

/// Suggests a command for words that are no statuses.
fn hint_for(catalog: &Catalog, words: &str) -> Option<String> {
    let is_known = |code: &CodeQuery| !catalog.find(code).is_empty();
    let code = parse_code(catalog, words).ok().filter(is_known);
    let lookup = code.map(|code| format!("to look up the error code {code}: orgerr show {code}"));
    lookup.or_else(|| Some(format!("did you mean: orgerr status {}", status_meant(words)?)))
}
