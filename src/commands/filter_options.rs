//! Turns filter options into a filter. An unknown value is a usage error that lists the valid ones.

use orgerr::{Action, Catalog, Entry, Filter, Finding, Service, StatusFilter};

use crate::Error;
use crate::cli::Filters;
use crate::cli::near_names::near_name;

/// The filter that the options describe. Refuses a service or category that no entry has. An action
/// or an HTTP status only has to be valid.
pub(super) fn read(
    catalog: &Catalog,
    Filters { statuses, others }: &Filters,
) -> Result<Filter, Error> {
    // A service may be named as in a code: by an alias, or abbreviated.
    let service = |name| catalog.service_meant(name).map_or(name, Service::name);
    let services = given(&others.services).map(service);
    let categories = given(&others.categories);
    let status = |text: &str| {
        let valid = || {
            let statuses = self::statuses(catalog);
            format!("100 to 599, or a class such as 4xx; entries have {statuses}")
        };
        text.parse().map_err(|_| unknown("HTTP status", text, None, &valid()))
    };
    let all_actions = || Action::ALL.iter().map(|action| action.name());
    let actions = known("action", given(&others.actions), || all_actions().collect())?;
    let is_asked_for = |action: &Action| actions.iter().any(|name| name == action.name());
    let mut filter = Filter::default();
    filter.services = known("service", services, || catalog.service_names())?;
    filter.statuses = given(statuses).map(status).collect::<Result<_, _>>()?;
    filter.categories = known("category", categories, || catalog.category_names())?;
    filter.actions = Action::ALL.iter().copied().filter(is_asked_for).collect();
    filter.retryable = others.retryable;
    Ok(filter)
}

/// The values of an option without empty ones, such as the one after a last comma. A lone empty
/// value stays, to be refused: it may be an unset variable of a script, which does not ask for all.
fn given(values: &[String]) -> impl Iterator<Item = &str> {
    let values = values.iter().map(|value| value.trim());
    let is_empty = values.clone().all(str::is_empty);
    values.filter(move |value| is_empty || !value.is_empty())
}

/// The values as the catalog spells them; refuses a value that is not `valid`.
fn known<'v>(
    what: &str,
    values: impl Iterator<Item = &'v str>,
    valid: impl Fn() -> Vec<&'v str>,
) -> Result<Vec<String>, Error> {
    let spelled = |value: &str| {
        let valid = valid();
        let names = || valid.iter().copied();
        let known = names().find(|name| name.eq_ignore_ascii_case(value)).map(str::to_owned);
        let near = || near_name(value, names());
        known.ok_or_else(|| {
            let meant = near().map(|near| format!("did you mean: {near}"));
            let other = || "for another service, add its catalog: --catalog FILE".to_owned();
            let hint = meant.or_else(|| (what == "service").then(other));
            unknown(what, value, hint, &valid.join(", "))
        })
    };
    values.map(spelled).collect()
}

fn unknown(what: &str, value: &str, hint: Option<String>, valid: &str) -> Error {
    Error::usage(format!("unknown {what} '{value}'; valid: {valid}"), hint)
}

/// The HTTP statuses that entries have, separated by commas.
pub(super) fn statuses(catalog: &Catalog) -> String {
    let statuses: Vec<_> = catalog.statuses().iter().map(u16::to_string).collect();
    statuses.join(", ")
}

/// A filter in words, for a note: `status 404 or 4xx, category tag`.
pub(super) fn in_words(filter: &Filter) -> String {
    let statuses: Vec<_> = filter.statuses.iter().map(StatusFilter::to_string).collect();
    let actions: Vec<_> = filter.actions.iter().map(Action::to_string).collect();
    let lists = [
        ("service", &filter.services),
        ("status", &statuses),
        ("category", &filter.categories),
        ("action", &actions),
    ];
    let given = lists.into_iter().filter(|(_, values)| !values.is_empty());
    let given = given.map(|(name, values)| format!("{name} {}", values.join(" or ")));
    let retryable = filter.retryable.then(|| "retryable".to_owned());
    given.chain(retryable).collect::<Vec<_>>().join(", ")
}

/// Whether a finding passes. Either the received status or the documented one has to match. A
/// finding without an entry can only match by status and service.
pub(super) fn keeps(filter: &Filter, finding: &Finding) -> bool {
    let entry = finding.entry();
    let mut statuses = finding.first.http_status.into_iter().chain(entry.map(Entry::status));
    let is_kept = |status| filter.statuses.iter().any(|kept| kept.keeps(status));
    if !filter.statuses.is_empty() && !statuses.any(is_kept) {
        return false;
    }
    let mut others = filter.clone();
    others.statuses.clear();
    if let Some(entry) = entry {
        return others.keeps(entry);
    }
    let likeliest = finding.candidates.first().map(|entry| entry.code());
    let code = finding.code.as_deref().or(likeliest).unwrap_or_default();
    let service = code.rsplit_once('.').map_or("", |(service, _)| service);
    let services = std::mem::take(&mut others.services);
    others == Filter::default()
        && (services.is_empty() || services.iter().any(|it| it.eq_ignore_ascii_case(service)))
}
