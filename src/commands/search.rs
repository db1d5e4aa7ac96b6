//! `orgerr search`.

use super::{Run, Session, filters};
use crate::cli::Search;
use crate::failure::{Exit, Failure};

impl Run for Search {
    fn run(self, session: &mut Session) -> Result<Exit, Failure> {
        let filter = filters::read(session.catalog, &self.filters, &self.status.statuses)?;
        let query = self.text.join(" ");
        let mut hits = orgerr::search(session.catalog, &query);
        hits.retain(|hit| filter.keeps(hit.entry));
        let found = hits.len();
        if self.limit > 0 {
            hits.truncate(self.limit);
        }
        session.output.records(&hits)?;
        if found == 0 {
            session.output.note(&format!("no entry matches '{query}'"));
        } else if hits.len() < found {
            session
                .output
                .note(&format!("{} of {found}, -n 0 for all", hits.len()));
        }
        Ok(Exit::found(found > 0))
    }
}
