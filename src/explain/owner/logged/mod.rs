//! What other log records say of the code's request, if the code's own does not say all of it:
//!
//! | missing | asked | if | taken |
//! | --- | --- | --- | --- |
//! | the request | all log records with the same request ID and no code (`add_request_with_same_id`) | none shows a success, and all their requests are the same, to the service | that request; the status they agree on, if the code has none |
//! | the method, or the request ID | the exchanges that the lines above show (`exchange_above`) | only one may have failed and fits the code's log record, and all lines between belong to it | its request; its status and ID, if the code has none |
//!
//! `exchanges` reads exchanges from lines, by what each line says of one (`steps`); `threads` tells
//! which lines are of another thread.

mod exchange_above;
mod exchanges;
mod steps;
mod threads;

use super::{CodeInTree, Found};
use crate::catalog::Entry;
use crate::explain::values::Role;
use crate::explain::values::addresses::is_of_service;
use crate::explain::values::http::known_statuses_in;
use crate::explain::{Occurrence, Request};
use crate::substrings::{offsets_in, start_of};

/// The most bytes of a log record in which a success is looked for.
const MAX_LINE: usize = 1024;

impl CodeInTree<'_> {
    /// Adds what other log records say of the same request, if the code's own lacks a part of it.
    pub(super) fn add_from_other_log_records(
        &self,
        occurrence: &mut Occurrence,
        variants: &[&Entry],
    ) {
        if occurrence.request.is_none() {
            self.add_request_with_same_id(occurrence);
        }
        let has_method = occurrence.request.as_ref().is_some_and(|it| it.method.is_some());
        if !has_method || occurrence.request_id.is_none() {
            self.add_exchange_above(occurrence, variants);
        }
    }

    /// Adds the request to the service in other log records with the same request ID, if it is the
    /// only one there and none of them shows a success. Also adds the status on which they agree,
    /// if the code has none.
    fn add_request_with_same_id(&self, occurrence: &mut Occurrence) {
        let Some(id) = self.request_id.and_then(Found::value) else { return };
        let (region, tree) = (self.region, self.region.tree());
        let all = 0..region.text().len();
        let (mut requests, mut statuses, mut host) = (Vec::new(), Vec::new(), None);
        for same in tree.near(Role::RequestId, &all, self.place.start) {
            if self.differ(same, id) {
                continue;
            }
            let log_record = region.log_record(same.start);
            if !offsets_in(region.all_codes(), &log_record).is_empty() {
                continue;
            }
            let line = start_of(&region.text()[log_record.clone()], MAX_LINE);
            // Numbers in an address are no statuses.
            let words = line.split_whitespace().filter(|word| !word.contains("://"));
            if words.flat_map(known_statuses_in).any(|status| (200..400).contains(&status)) {
                return;
            }
            let said = |role| tree.near(role, &log_record, same.start);
            requests.extend(said(Role::Request).filter_map(|field| self.parts(field)));
            if said(Role::Request).next().is_some() {
                host = host.or_else(|| said(Role::Host).next());
            }
            statuses.extend(said(Role::HttpStatus).filter_map(|field| self.number(field)));
        }
        if let Some((method, url)) = only(&requests).filter(|(_, url)| is_of_service(url)) {
            let url = Some(self.with_server(url.clone(), host));
            occurrence.request = Some(Request { method: Some(method.clone()), url });
            occurrence.http_status = occurrence.http_status.or_else(|| only(&statuses).copied());
        }
    }
}

/// The value, if all are equal.
fn only<T: PartialEq>(all: &[T]) -> Option<&T> {
    all.first().filter(|first| all.iter().all(|it| it == *first))
}
