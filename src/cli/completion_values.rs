//! The values that complete what is typed, with what helps to choose.

use clap_complete::engine::CompletionCandidate;
use orgerr::{Action, Catalog, DEFAULT_SERVICE, Service, status_name};

use crate::sanitize::escape;

/// The candidates for an argument, by its name in the definition of the command line.
pub fn candidates(argument: &str, catalog: &Catalog, typed: &str) -> Vec<CompletionCandidate> {
    match argument {
        "codes" => codes(catalog, typed),
        // A command may stand there, too.
        "first_codes" if !typed.is_empty() => codes(catalog, typed),
        "statuses" => {
            let statuses = catalog.statuses().into_iter();
            let named = statuses.map(|status| (status.to_string(), status_name(status)));
            beginning_with(typed, named)
        }
        "services" => {
            let services = catalog.services().iter();
            beginning_with(typed, services.map(|it| (it.name(), it.title())))
        }
        "categories" => {
            let names = catalog.category_names().into_iter();
            beginning_with(typed, names.map(|name| (name, "")))
        }
        "actions" => {
            let named = Action::ALL.map(|action| (action.name(), action.meaning()));
            beginning_with(typed, named.into_iter())
        }
        _ => Vec::new(),
    }
}

/// Codes with their messages: full ones, with the service as it is typed, or bare digits
/// where digits are typed.
fn codes(catalog: &Catalog, typed: &str) -> Vec<CompletionCandidate> {
    let (as_typed, service) = match typed.rsplit_once(['.', '-', '_']) {
        _ if typed.starts_with(|c: char| c.is_ascii_digit()) => ("", Some(DEFAULT_SERVICE)),
        Some((name, _)) => {
            let service = catalog.service_meant(name).map(Service::name);
            (&typed[..=name.len()], service)
        }
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
    beginning_with(typed, named)
}

/// The names that begin with what is typed, in any case, each once and with the letters as
/// they were typed: shells take no others.
fn beginning_with<'a>(
    typed: &str,
    named: impl Iterator<Item = (impl AsRef<str>, &'a str)>,
) -> Vec<CompletionCandidate> {
    let candidates = named.filter_map(|(name, help)| {
        let (start, rest) = name.as_ref().split_at_checked(typed.len())?;
        let help = (!help.is_empty()).then(|| escape(help).into_owned().into());
        let candidate = CompletionCandidate::new([typed, rest].concat()).help(help);
        start.eq_ignore_ascii_case(typed).then_some(candidate)
    });
    let mut candidates: Vec<_> = candidates.collect();
    // The entries of one code follow each other.
    candidates.dedup_by(|next, kept| next.get_value() == kept.get_value());
    candidates
}
