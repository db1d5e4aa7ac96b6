//! `orgerr status`.

use orgerr::status_name;

use super::{Run, Session, filters, list};
use crate::cli::Status;
use crate::error::Error;
use crate::exit::Exit;
use crate::render::{StatusCount, View};

impl Run for Status {
    fn run(self, session: &mut Session) -> Result<Exit, Error> {
        let filter = filters::read(session.catalog, &self.filters, &self.statuses)?;
        if !filter.statuses.is_empty() {
            return list::matching(session, &filter);
        }
        let entries = session.catalog.entries().iter();
        let counts: Vec<_> = session
            .catalog
            .statuses()
            .into_iter()
            .map(|status| StatusCount {
                status,
                reason: status_name(status),
                entries: entries
                    .clone()
                    .filter(|entry| entry.status() == status && filter.keeps(entry))
                    .count(),
            })
            .filter(|count| count.entries > 0)
            .collect();
        session.output.records(View::LIST, &counts)?;
        if counts.is_empty() {
            session.output.note("no entry matches");
        }
        Ok(Exit::found(!counts.is_empty()))
    }
}
