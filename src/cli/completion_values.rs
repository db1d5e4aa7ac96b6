//! The values that complete what is typed, with descriptions that help to choose. If an argument
//! takes a list, clap passes only the text after the last comma (`value_delimiter` in `arguments`).

use clap_complete::engine::CompletionCandidate;
use orgerr::{Action, Catalog, DEFAULT_SERVICE, Service, status_name};

use crate::sanitize::sanitized;

/// The candidates for an argument, which is named as in the definition of the command line: each
/// value that begins with `typed`, in any case, once. Candidates keep the case of `typed`, because
/// shells accept no other.
pub(super) fn candidates(
    argument: &str,
    catalog: &Catalog,
    typed: &str,
) -> Vec<CompletionCandidate> {
    let named: Vec<(String, &str)> = match argument {
        "codes" => codes(catalog, typed),
        // With nothing typed, only commands are offered.
        "first_codes" if !typed.is_empty() => codes(catalog, typed),
        "statuses" => {
            catalog.statuses().into_iter().map(|it| (it.to_string(), status_name(it))).collect()
        }
        "services" => {
            catalog.services().iter().map(|it| (it.name().to_owned(), it.title())).collect()
        }
        "categories" => {
            catalog.category_names().into_iter().map(|it| (it.to_owned(), "")).collect()
        }
        "actions" => Action::ALL.iter().map(|it| (it.name().to_owned(), it.meaning())).collect(),
        _ => Vec::new(),
    };
    let candidates = named.iter().filter_map(|(name, help)| {
        let (start, rest) = name.split_at_checked(typed.len())?;
        let help = (!help.is_empty()).then(|| sanitized(help).into_owned().into());
        let candidate = CompletionCandidate::new([typed, rest].concat()).help(help);
        start.eq_ignore_ascii_case(typed).then_some(candidate)
    });
    let mut candidates: Vec<_> = candidates.collect();
    // Entries of one code are adjacent.
    candidates.dedup_by(|next, kept| next.get_value() == kept.get_value());
    candidates
}

/// Codes with their messages. A full code has its service as typed; where digits are typed, only
/// numbers of the default service are offered.
fn codes<'c>(catalog: &'c Catalog, typed: &str) -> Vec<(String, &'c str)> {
    let (as_typed, service) = match typed.rsplit_once(['.', '-', '_']) {
        _ if typed.starts_with(|c: char| c.is_ascii_digit()) => ("", Some(DEFAULT_SERVICE)),
        Some((name, _)) => (&typed[..=name.len()], catalog.service_meant(name).map(Service::name)),
        None => ("", None),
    };
    let named = catalog.entries().iter().filter_map(|entry| {
        let name = match service {
            Some(service) if entry.service() != service => return None,
            Some(service) => [as_typed, entry.code().get(service.len() + 1..)?].concat(),
            None => entry.code().to_owned(),
        };
        Some((name, entry.message()))
    });
    named.collect()
}
