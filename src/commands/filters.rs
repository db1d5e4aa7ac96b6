//! From filter options to a filter whose values exist.

use orgerr::{Action, Catalog, Filter, Finding, StatusFilter, status_name};

use crate::cli::Filters;
use crate::cli::suggestions::near_name;
use crate::error::Error;

/// Digits of an HTTP status.
const MAX_STATUS_DIGITS: usize = 3;

/// The filter that the options describe; a value that no entry has is refused
/// with the ones that exist. A valid HTTP status needs no entry.
pub fn read(catalog: &Catalog, options: &Filters, statuses: &[String]) -> Result<Filter, Error> {
    let trimmed = |values: &[String]| -> Vec<_> {
        let trimmed = values.iter().map(|value| value.trim().to_owned());
        // As after a last comma.
        trimmed.filter(|value| !value.is_empty()).collect()
    };
    // As in a code.
    let canonical = |name: String| match catalog.service_meant(&name) {
        Some(service) => service.name().to_owned(),
        None => name,
    };
    let services = trimmed(&options.services).into_iter().map(canonical);
    let services: Vec<_> = services.collect();
    let categories = trimmed(&options.categories);
    // A lone empty one may be the unset variable of a script, which does not ask for all.
    let given = trimmed(statuses);
    let statuses = if given.is_empty() { statuses } else { &given };
    known("service", &services, || catalog.service_names())?;
    known("category", &categories, || catalog.category_names())?;
    Ok(Filter {
        services,
        statuses: read_statuses(catalog, statuses)?,
        categories,
        actions: read_actions(&trimmed(&options.actions))?,
        retryable: options.retryable,
    })
}

/// Whether a finding passes. The status that was received counts as well as the
/// documented one; without an entry there is nothing else but the service to go by.
pub fn keeps(filter: &Filter, finding: &Finding) -> bool {
    let Filter {
        services, statuses, ..
    } = filter;
    let is_kept = |status: Option<u16>| {
        let of_status = |status| statuses.iter().any(|kept| kept.keeps(status));
        statuses.is_empty() || status.is_some_and(of_status)
    };
    let received = finding.first.http_status;
    let rest = Filter {
        statuses: Vec::new(),
        ..filter.clone()
    };
    if let Some(entry) = finding.entry() {
        return rest.keeps(entry) && (is_kept(received) || is_kept(Some(entry.status())));
    }
    let likeliest = || finding.candidates.first().map(|entry| entry.code());
    let code = finding.code.as_deref().or_else(likeliest);
    let service = code.and_then(|code| code.rsplit_once('.'));
    let is_meant =
        |name: &String| service.is_some_and(|(service, _)| name.eq_ignore_ascii_case(service));
    let only_services = Filter {
        services: services.clone(),
        ..Filter::default()
    };
    let is_of_services = services.is_empty() || services.iter().any(is_meant);
    rest == only_services && is_kept(received) && is_of_services
}

fn known<'n>(
    what: &'static str,
    values: &[String],
    valid: impl FnOnce() -> Vec<&'n str>,
) -> Result<(), Error> {
    if values.is_empty() {
        return Ok(());
    }
    let valid = valid();
    let unknown = values
        .iter()
        .find(|value| !valid.iter().any(|valid| valid.eq_ignore_ascii_case(value)));
    match unknown {
        None => Ok(()),
        Some(value) => Err(Error::UnknownValue {
            near: near_name(value, valid.iter().copied()).map(str::to_owned),
            what,
            value: value.clone(),
            valid: valid.join(", "),
        }),
    }
}

fn read_actions(names: &[String]) -> Result<Vec<Action>, Error> {
    known("action", names, || Action::ALL.map(Action::name).to_vec())?;
    let is_named = |action: &Action| {
        names
            .iter()
            .any(|name| name.eq_ignore_ascii_case(action.name()))
    };
    Ok(Action::ALL.into_iter().filter(is_named).collect())
}

fn read_statuses(catalog: &Catalog, texts: &[String]) -> Result<Vec<StatusFilter>, Error> {
    let read = |text: &String| {
        text.parse().map_err(|_| Error::NotAStatus {
            near: near_status(catalog, text),
            value: text.clone(),
            valid: statuses(catalog),
        })
    };
    texts.iter().map(read).collect()
}

/// The HTTP statuses that entries have, separated by commas.
pub fn statuses(catalog: &Catalog) -> String {
    let statuses: Vec<_> = catalog.statuses().iter().map(u16::to_string).collect();
    statuses.join(", ")
}

/// The status or the class that is meant by its name, by a number with something else behind
/// it, or by the start of a number.
fn near_status(catalog: &Catalog, text: &str) -> Option<String> {
    let number: String = text.chars().take_while(char::is_ascii_digit).collect();
    let class = || format!("{}xx", number.get(..1).unwrap_or_default());
    for near in [number.clone(), class()] {
        if number.len() <= MAX_STATUS_DIGITS && near.parse::<StatusFilter>().is_ok() {
            return Some(near);
        }
    }
    let statuses = catalog.statuses();
    let names = statuses.iter().map(|status| status_name(*status));
    let meant = near_name(text, names)?;
    let mut statuses = statuses.iter();
    let status = statuses.find(|status| status_name(**status) == meant)?;
    Some(status.to_string())
}
