//! `orgerr list`, and the listing that `orgerr status STATUS` shares.

use orgerr::{Catalog, Filter};

use super::{Run, Session, filters};
use crate::cli::List;
use crate::error::Error;
use crate::exit::Exit;
use crate::render::View;

impl Run for List {
    fn run(self, session: &mut Session) -> Result<Exit, Error> {
        let filter = filters::read(session.catalog, &self.filters, &self.status.statuses)?;
        matching(session, &filter)
    }
}

/// Lists the entries that the filter keeps.
pub fn matching(session: &mut Session, filter: &Filter) -> Result<Exit, Error> {
    let entries = session.catalog.entries().iter();
    let kept: Vec<_> = entries.filter(|entry| filter.keeps(entry)).collect();
    let is_found = !kept.is_empty();
    session.output.records(View::LIST, kept)?;
    if !is_found {
        session.output.note(&why_none(session.catalog, filter));
    }
    Ok(Exit::found(is_found))
}

/// Why no entry is kept; names the statuses there are, if it is because of the status.
fn why_none(catalog: &Catalog, filter: &Filter) -> String {
    let of_status = Filter {
        statuses: filter.statuses.clone(),
        ..Filter::default()
    };
    if catalog.entries().iter().any(|entry| of_status.keeps(entry)) {
        return "no entry matches".to_owned();
    }
    let statuses = filters::statuses(catalog);
    format!("no entry has such an HTTP status; there are: {statuses}")
}
