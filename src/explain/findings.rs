//! Findings as they are met first, with the command that decodes an authorization message.

use std::borrow::Cow;

use super::filled_checks::filled_in;
use super::{Finding, MatchedBy, Occurrence};
use crate::catalog::{Catalog, Entry, Operation};

/// The finding of what is met for the first time, given the entries that fit it; without the
/// suggestions and the address that an unknown code has.
pub fn met_once<'a>(
    catalog: &'a Catalog,
    code: Option<String>,
    matched_by: MatchedBy,
    fitting: &[&'a Entry],
    mut first: Occurrence,
) -> Finding<'a> {
    let entry = fitting.first().copied();
    let message = first.message.as_deref().unwrap_or_default().to_lowercase();
    let mut causes = entry.iter().flat_map(|entry| entry.causes());
    let cause = causes.find(|cause| message.contains(&cause.says().to_lowercase()));
    first.cause = cause.cloned();
    let filled = entry.map(|entry| match &first.request {
        Some(request) => filled_in(catalog, entry, request),
        None => Cow::Borrowed(entry),
    });
    let decode = first.encoded_authorization_message.as_ref();
    let decode = decode.and_then(|_| decoding(catalog));
    let status = first.http_status.zip(entry);
    Finding {
        known: entry.is_some(),
        matched_by,
        count: 1,
        status_differs: status.is_some_and(|(status, entry)| status != entry.status()),
        first,
        candidates: Vec::new(),
        remarks: Vec::new(),
        suggestions: Vec::new(),
        url: None,
        entry: filled,
        is_unambiguous: fitting.len() < 2,
        decode,
        code,
    }
}

/// The command that makes readable what the service wrote about a refused permission.
fn decoding(catalog: &Catalog) -> Option<String> {
    let mut operations = catalog.operations().iter();
    let decodes = |it: &&Operation| it.decodes() == Some("encoded_authorization_message");
    operations.find(decodes).map(Operation::full_command)
}
