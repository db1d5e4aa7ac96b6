//! Check commands with the values of the request filled in: `--policy_id=p-7x2k`.
//! Which values are safe in a command is decided in `Check::fill` (`src/data/check_call.rs`).

use std::borrow::Cow;

use super::Request;
use crate::catalog::{Catalog, Check, Entry};
use crate::data::path_parameter;

/// The entry with the values that the request has for parameters filled into its checks.
pub fn filled_in<'c>(catalog: &Catalog, entry: &'c Entry, request: &Request) -> Cow<'c, Entry> {
    // Most have no value that could be filled in.
    if !entry.check().iter().any(|check| check.command().contains('=')) {
        return Cow::Borrowed(entry);
    }
    let url = request.url.as_deref().unwrap_or_default();
    let address = url.split(['?', '#']).next().unwrap_or_default();
    let path = match address.split_once("://") {
        Some((_, rest)) => rest.find('/').map_or("", |at| &rest[at..]),
        None => address,
    };
    let operations = catalog.operations().iter();
    let is_of_method = |method| request.method.as_deref().is_none_or(|own| own == method);
    let mut operations = operations.filter(|it| is_of_method(it.method()));
    let parameters = operations.find_map(|it| parameters_in(it.path(), path));
    let mut entry = Cow::Borrowed(entry);
    for (parameter, value) in parameters.unwrap_or_default() {
        let placeholder = format!("={}", parameter.to_ascii_uppercase());
        let mut commands = entry.check().iter().map(Check::command);
        if commands.any(|command| command.contains(&placeholder)) {
            entry.to_mut().fill_checks(parameter, value);
        }
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
