//! The values that complete what is typed, with what helps to choose.

use clap_complete::engine::CompletionCandidate;
use orgerr::{Action, Catalog, DEFAULT_SERVICE, Service, status_name};

use crate::sanitize::escape;

/// The candidates for an argument, given the catalog and what is typed.
pub type Source = fn(&Catalog, &str) -> Vec<CompletionCandidate>;

/// The source of the values of an argument, by its name in the definition of the
/// command line.
pub fn source(argument: &str) -> Option<Source> {
    Some(match argument {
        "codes" => codes,
        "first_codes" => codes_instead_of_command,
        "statuses" => statuses,
        "services" => services,
        "categories" => categories,
        "actions" => actions,
        _ => return None,
    })
}

/// Codes with their messages: full ones, with the service as it is typed, or bare digits
/// where digits are typed.
fn codes(catalog: &Catalog, typed: &str) -> Vec<CompletionCandidate> {
    let service = |name: &str| catalog.service_meant(name).map(Service::name);
    let (name, number) = match typed.rsplit_once(['.', '-', '_']) {
        _ if typed.starts_with(|c: char| c.is_ascii_digit()) => (Some(DEFAULT_SERVICE), typed),
        Some((name, number)) => (service(name), number),
        None => (None, typed),
    };
    let start = name.map_or(typed.to_owned(), |name| format!("{name}.{number}"));
    let entries = catalog.starting_with(&start);
    let rests = entries.map(|entry| (&entry.code()[start.len()..], entry.message()));
    completed(typed, rests)
}

/// Codes where a command may stand, too: none until something is typed.
fn codes_instead_of_command(catalog: &Catalog, typed: &str) -> Vec<CompletionCandidate> {
    if typed.is_empty() {
        return Vec::new();
    }
    codes(catalog, typed)
}

fn statuses(catalog: &Catalog, typed: &str) -> Vec<CompletionCandidate> {
    let statuses = catalog.statuses().into_iter();
    beginning_with(
        typed,
        statuses.map(|status| (status.to_string(), status_name(status))),
    )
}

fn services(catalog: &Catalog, typed: &str) -> Vec<CompletionCandidate> {
    let services = catalog.services().iter();
    beginning_with(
        typed,
        services.map(|service| (service.name(), service.title())),
    )
}

fn categories(catalog: &Catalog, typed: &str) -> Vec<CompletionCandidate> {
    let names = catalog.category_names().into_iter();
    beginning_with(typed, names.map(|name| (name, "")))
}

fn actions(_: &Catalog, typed: &str) -> Vec<CompletionCandidate> {
    let named = Action::ALL.map(|action| (action.name(), action.meaning()));
    beginning_with(typed, named.into_iter())
}

/// The names that begin with what is typed, in any case.
fn beginning_with<'a>(
    typed: &str,
    named: impl Iterator<Item = (impl AsRef<str>, &'a str)>,
) -> Vec<CompletionCandidate> {
    let rests = named.filter_map(|(name, help)| {
        let (start, rest) = name.as_ref().split_at_checked(typed.len())?;
        let begins = start.eq_ignore_ascii_case(typed);
        begins.then(|| (rest.to_owned(), help))
    });
    completed(typed, rests)
}

/// What is typed with each of the rests behind it, once: shells take only what begins
/// with the letters as they were typed.
fn completed<'a>(
    typed: &str,
    rests: impl Iterator<Item = (impl AsRef<str>, &'a str)>,
) -> Vec<CompletionCandidate> {
    let candidates = rests.map(|(rest, help)| {
        let help = (!help.is_empty()).then(|| escape(help).into_owned().into());
        CompletionCandidate::new([typed, rest.as_ref()].concat()).help(help)
    });
    let mut candidates: Vec<_> = candidates.collect();
    // The entries of one code follow each other.
    candidates.dedup_by(|next, kept| next.get_value() == kept.get_value());
    candidates
}
