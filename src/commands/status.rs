//! `orgerr status`.

use orgerr::{Catalog, status_name};

use super::{filters, list};
use crate::cli::{Filters, Status};
use crate::render::{Output, StatusCount, View};
use crate::{Error, Exit};

pub fn run(status: Status, catalog: &Catalog, output: &mut Output) -> Result<Exit, Error> {
    let Status { statuses, others } = status;
    let filter = filters::read(catalog, &Filters { statuses, others })?;
    if !filter.statuses.is_empty() {
        return list::matching(&filter, catalog, output);
    }
    let entries = catalog.entries().iter();
    let kept: Vec<_> = entries.filter(|entry| filter.keeps(entry)).collect();
    let count = |status| StatusCount {
        status,
        reason: status_name(status),
        entries: kept.iter().filter(|it| it.status() == status).count(),
    };
    let counts = catalog.statuses().into_iter().map(count);
    let counts: Vec<_> = counts.filter(|count| count.entries > 0).collect();
    output.records(View::List, &counts)?;
    if counts.is_empty() {
        output.note("no entry matches");
    }
    Ok(Exit::found(!counts.is_empty()))
}
