//! Makes a finding from its first occurrence (`first_finding`): picks the entry's cause that the
//! message names, compares the status with the documented one, fills values of the request into the
//! entry's checks (`--policy_id=p-7x2k`), says whether only one entry fits, and adds the command
//! that decodes an authorization message. For an unknown code, adds near codes and its address in
//! the vendor's error centre. Also says how much memory an occurrence takes (`size_of_occurrence`).

use std::borrow::Cow;

use super::values::addresses::server_and_path;
use super::{Finding, MatchedBy, Occurrence, Request};
use crate::catalog::{Catalog, Entry, Operation};
use crate::data::path_parameter;

/// The vendor's web page that looks up any code.
const ERROR_CENTRE: &str = "https://apierrorcenter.developer.huaweicloud.com/apierrorcenter";

/// Makes a finding from its first occurrence, given the entries that fit it.
pub(super) fn first_finding<'a>(
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
    let status = first.http_status.zip(entry);
    let unknown = code.as_deref().filter(|_| entry.is_none());
    Finding {
        known: entry.is_some(),
        matched_by,
        count: 1,
        status_differs: status.is_some_and(|(status, entry)| status != entry.status()),
        candidates: Vec::new(),
        remarks: Vec::new(),
        suggestions: unknown.map(|code| catalog.near(code)).unwrap_or_default(),
        url: unknown.and_then(in_error_centre),
        entry: entry.map(|entry| filled_in(catalog, entry, first.request.as_ref())),
        is_unambiguous: fitting.len() < 2,
        decode: first.encoded_authorization_message.as_ref().and_then(|_| decoding(catalog)),
        first,
        code,
    }
}

/// A code's address in the vendor's error centre, if the service is the vendor's.
fn in_error_centre(code: &str) -> Option<String> {
    let (service, _) = code.rsplit_once('.')?;
    let is_vendors = Catalog::embedded().service(service).is_some();
    is_vendors.then(|| format!("{ERROR_CENTRE}?keyword={code}&product={service}"))
}

/// The command that decodes an `encoded_authorization_message`.
fn decoding(catalog: &Catalog) -> Option<String> {
    let mut operations = catalog.operations().iter();
    let decodes = |it: &&Operation| it.decodes() == Some("encoded_authorization_message");
    operations.find(decodes).map(Operation::full_command)
}

/// The entry with the parameters in the request's path filled into its checks.
/// `Check::fill` (`src/data/check_call.rs`) decides which values are safe in a command.
fn filled_in<'c>(catalog: &Catalog, entry: &'c Entry, request: Option<&Request>) -> Cow<'c, Entry> {
    let url = request.and_then(|request| request.url.as_deref()).unwrap_or_default();
    let (_, path) = server_and_path(url.split(['?', '#']).next().unwrap_or_default());
    let mut operations = catalog.operations().iter();
    let parameters = operations.find_map(|it| parameters_in(it.path(), path));
    let mut entry = Cow::Borrowed(entry);
    for (parameter, value) in parameters.unwrap_or_default() {
        entry.to_mut().fill_checks(parameter, value);
    }
    entry
}

/// Reads the parameters of a path with their values; none if the path does not fit the template.
fn parameters_in<'t>(template: &'t str, path: &'t str) -> Option<Vec<(&'t str, &'t str)>> {
    let (parts, segments) = (template.split('/'), path.trim_end_matches('/').split('/'));
    if parts.clone().count() != segments.clone().count() {
        return None;
    }
    let differing = parts.zip(segments).filter(|(part, segment)| part != segment);
    differing.map(|(part, segment)| Some((path_parameter(part)?, segment))).collect()
}

/// Estimates the memory that an occurrence takes, in bytes.
pub(super) fn size_of_occurrence(first: &Occurrence) -> usize {
    let request = first.request.as_ref().and_then(|request| request.url.as_ref());
    let resource = first.resource.as_ref().map(|resource| &resource.address);
    let texts = [&first.request_id, &first.message, &first.encoded_authorization_message];
    let texts = texts.into_iter().flatten().chain(request).chain(resource);
    size_of::<Occurrence>() + texts.map(String::len).sum::<usize>()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parameters_are_read_from_a_path() {
        let template = "/v1/organizations/policies/{policy_id}/attach";
        let path = "/v1/organizations/policies/p-7x2k/attach";
        assert_eq!(parameters_in(template, path), Some(vec![("policy_id", "p-7x2k")]));
        assert_eq!(parameters_in(template, "/v1/organizations/policies/p-7x2k"), None);
        assert_eq!(parameters_in("/v1/organizations", path), None);
    }
}
