//! `orgerr list`, and the listing that `orgerr status STATUS` shares.

use orgerr::Filter;

use super::{Session, filters};
use crate::cli::Filters;
use crate::error::Error;
use crate::exit::Exit;
use crate::render::View;

pub fn run(filters: &Filters, session: &mut Session) -> Result<Exit, Error> {
    let filter = filters::read(session.catalog, &filters.others, &filters.statuses)?;
    matching(session, &filter)
}

/// Lists the entries that the filter keeps; notes the statuses there are, if there is none
/// because of the status.
pub fn matching(session: &mut Session, filter: &Filter) -> Result<Exit, Error> {
    let entries = || session.catalog.entries().iter();
    let kept: Vec<_> = entries().filter(|entry| filter.keeps(entry)).collect();
    let of_status = Filter {
        statuses: filter.statuses.clone(),
        ..Filter::default()
    };
    let note = if !kept.is_empty() {
        None
    } else if entries().any(|entry| of_status.keeps(entry)) {
        Some("no entry matches".to_owned())
    } else {
        let statuses = filters::statuses(session.catalog);
        Some(format!(
            "no entry has such an HTTP status; there are: {statuses}"
        ))
    };
    let is_found = !kept.is_empty();
    session.output.records(View::List, kept)?;
    if let Some(note) = note {
        session.output.note(&note);
    }
    Ok(Exit::found(is_found))
}
