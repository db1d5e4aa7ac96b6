//! `orgerr list`, and the listing that `orgerr status STATUS` shares.

use orgerr::{Catalog, Filter};

use super::filters;
use crate::cli::Filters;
use crate::error::Error;
use crate::exit::Exit;
use crate::render::{Output, View};

pub fn run(filters: &Filters, catalog: &Catalog, output: &mut Output) -> Result<Exit, Error> {
    let filter = filters::read(catalog, filters)?;
    matching(&filter, catalog, output)
}

/// Lists the entries that the filter keeps; notes the statuses there are, if one without
/// entries may be why there is none.
pub fn matching(filter: &Filter, catalog: &Catalog, output: &mut Output) -> Result<Exit, Error> {
    let entries = catalog.entries().iter();
    let entries: Vec<_> = entries.filter(|entry| filter.keeps(entry)).collect();
    let is_found = !entries.is_empty();
    output.records(View::List, entries)?;
    if !is_found && !filter.statuses.is_empty() {
        let statuses = filters::statuses(catalog);
        output.note(&format!(
            "no entry matches; the HTTP statuses there are: {statuses}"
        ));
    } else if !is_found {
        output.note("no entry matches");
    }
    Ok(Exit::found(is_found))
}
