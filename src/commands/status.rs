//! `orgerr status`.

use std::collections::BTreeMap;

use orgerr::{Catalog, status_name};

use super::{filter_options, list};
use crate::cli::{Filters, Status};
use crate::render::{Output, StatusCount, View};
use crate::{Error, Exit};

pub fn run(status: Status, catalog: &Catalog, output: &mut Output) -> Result<Exit, Error> {
    let Status { statuses, others } = status;
    let filter = filter_options::read(catalog, &Filters { statuses, others })?;
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
        output.note("no entry matches");
    }
    Ok(Exit::found(!counts.is_empty()))
}
