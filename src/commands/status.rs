//! `orgerr status`.

use orgerr::status_name;

use super::{Session, filters, list};
use crate::cli::Status;
use crate::error::Error;
use crate::exit::Exit;
use crate::render::{StatusCount, View};

pub fn run(status: &Status, session: &mut Session) -> Result<Exit, Error> {
    let filter = filters::read(session.catalog, &status.others, &status.statuses)?;
    if !filter.statuses.is_empty() {
        return list::matching(session, &filter);
    }
    let count = |status| {
        let entries = session.catalog.entries().iter();
        StatusCount {
            status,
            reason: status_name(status),
            entries: entries
                .filter(|entry| entry.status() == status && filter.keeps(entry))
                .count(),
        }
    };
    let counts = session.catalog.statuses().into_iter().map(count);
    let counts: Vec<_> = counts.filter(|count| count.entries > 0).collect();
    session.output.records(View::List, &counts)?;
    if counts.is_empty() {
        session.output.note("no entry matches");
    }
    Ok(Exit::found(!counts.is_empty()))
}
