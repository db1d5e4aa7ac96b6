//! `orgerr list`, and the listing that `orgerr status STATUS` shares. `Output::layout` decides that
//! a pipe gets the lines of `plain`.

use orgerr::{Catalog, Filter, StatusFilter};

use super::filter_options;
use crate::cli::Filters;
use crate::render::{Output, View};
use crate::{Error, Exit};

pub(super) fn run(
    filters: &Filters,
    catalog: &Catalog,
    output: &mut Output,
) -> Result<Exit, Error> {
    matching(&filter_options::read(catalog, filters)?, catalog, output)
}

/// Lists the entries that the filter keeps. If no entry has any of the statuses, notes which there
/// are; if only some statuses are missing, notes those.
pub(super) fn matching(
    filter: &Filter,
    catalog: &Catalog,
    output: &mut Output,
) -> Result<Exit, Error> {
    let kept = |filter: &Filter| -> Vec<_> {
        catalog.entries().iter().filter(|entry| filter.keeps(entry)).collect()
    };
    let entries = kept(filter);
    let is_found = !entries.is_empty();
    output.records(View::List, entries)?;
    let mut of_status = Filter::default();
    of_status.statuses.clone_from(&filter.statuses);
    if !is_found && kept(&of_status).is_empty() {
        let statuses = filter_options::statuses(catalog);
        output.note(&format!("no entry has such an HTTP status; there are: {statuses}"));
    } else if !is_found {
        note_none_passes(filter, output);
    }
    let all = catalog.statuses();
    let is_missing = |status: &&StatusFilter| !all.iter().any(|it| status.keeps(*it));
    let missing = filter.statuses.iter().filter(is_missing);
    let missing: Vec<_> = missing.map(StatusFilter::to_string).collect();
    if is_found && !missing.is_empty() {
        output.note(&format!("no entry has the HTTP status {}", missing.join(" or ")));
    }
    Ok(Exit::found(is_found))
}

/// Notes that no entry passes all the filters, and names the filters.
pub(super) fn note_none_passes(filter: &Filter, output: &Output) {
    output.note(&format!("no entry matches all filters: {}", filter_options::in_words(filter)));
}
