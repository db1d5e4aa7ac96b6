//! From filter options to a filter whose values exist.

use orgerr::{Action, Catalog, Filter, StatusFilter};

use crate::cli::Filters;
use crate::error::Error;

/// The filter that the options describe; a value that no entry has is refused
/// with the ones that exist. A valid HTTP status needs no entry.
pub fn read(catalog: &Catalog, options: &Filters, statuses: &[String]) -> Result<Filter, Error> {
    let trimmed = |values: &[String]| -> Vec<_> {
        let trimmed = values.iter().map(|value| value.trim().to_owned());
        // As after a last comma.
        trimmed.filter(|value| !value.is_empty()).collect()
    };
    // An alias means the service.
    let canonical = |name: String| {
        catalog
            .service(&name)
            .map_or(name, |s| s.name().to_string())
    };
    let services: Vec<_> = trimmed(&options.services)
        .into_iter()
        .map(canonical)
        .collect();
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
            value: text.clone(),
            valid: catalog
                .statuses()
                .iter()
                .map(u16::to_string)
                .collect::<Vec<_>>()
                .join(", "),
        })
    };
    texts.iter().map(read).collect()
}
