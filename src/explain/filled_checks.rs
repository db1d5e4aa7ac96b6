//! Check commands with the values of the request filled in: `--policy_id=p-7x2k`.
//! Which values are safe in a command is decided in `Check::fill` (`src/data/check_call.rs`).

use std::borrow::Cow;

use super::Request;
use crate::catalog::{Catalog, Entry};
use crate::data::path_parameter;

/// The entry with the values that the request has for parameters filled into its checks.
pub fn filled_in<'c>(catalog: &Catalog, entry: &'c Entry, request: &Request) -> Cow<'c, Entry> {
    let url = request.url.as_deref().unwrap_or_default();
    let address = url.split(['?', '#']).next().unwrap_or_default();
    let path = match address.split_once("://") {
        Some((_, rest)) => rest.find('/').map_or("", |at| &rest[at..]),
        None => address,
    };
    let mut operations = catalog.operations().iter();
    let parameters = operations.find_map(|it| parameters_in(it.path(), path));
    let mut entry = Cow::Borrowed(entry);
    for (parameter, value) in parameters.unwrap_or_default() {
        entry.to_mut().fill_checks(parameter, value);
    }
    entry
}

/// The parameters of a path with their values, where it is made so.
fn parameters_in<'t>(template: &'t str, path: &'t str) -> Option<Vec<(&'t str, &'t str)>> {
    let (mut parts, mut segments) = (template.split('/'), path.trim_end_matches('/').split('/'));
    let mut parameters = Vec::new();
    loop {
        match (parts.next(), segments.next()) {
            (None, None) => return Some(parameters),
            (part, segment) if part == segment => {}
            (part, segment) => {
                parameters.push((path_parameter(part?)?, segment?));
            }
        }
    }
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
