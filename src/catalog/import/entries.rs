//! Rows of a page as the services and entries of a catalog.

use std::collections::HashMap;

use super::rows::Row;
use super::{NO_SOLUTION, Report, rules, value};
use crate::catalog::{Catalog, Entry, Service, begins_with_retry};
use crate::data::List;

/// What a page has: a valid catalog, unless it is empty.
#[derive(Debug, Default)]
pub struct Entries {
    pub services: Vec<Service>,
    pub entries: Vec<Entry>,
}

/// Makes entries of rows, each once, and services of the names in their codes.
/// `updated` is the day of the page.
pub fn entries(rows: &[Row], updated: &str, report: &mut Report) -> Entries {
    let mut builder = Builder {
        made: Entries::default(),
        services: HashMap::new(),
        known: HashMap::new(),
        report,
    };
    for row in rows {
        builder.add(row, updated);
    }
    builder.made
}

/// What tells the entries of a code apart: status and message.
type Variant = (u16, String);

struct Builder<'r> {
    made: Entries,
    /// Places of services, by what their names mean.
    services: HashMap<String, usize>,
    /// The entries of each code in lower case: lines and places, by status and message.
    known: HashMap<String, HashMap<Variant, (usize, usize)>>,
    report: &'r mut Report,
}

impl Builder<'_> {
    fn add(&mut self, row: &Row, updated: &str) {
        let Some((name, digits)) = value::split_code(&row.code) else {
            return;
        };
        let place = self.service(name, updated, row.line);
        let entry = entry(row, &self.made.services[place].name, digits);
        let same_code = self
            .known
            .entry(entry.code.to_ascii_lowercase())
            .or_default();
        let key = (entry.status, entry.message.to_string());
        if let Some(&(line, place)) = same_code.get(&key) {
            let first = &self.made.entries[place];
            tell_again(&entry, row.line, first, line, self.report);
            return;
        }
        let service = &mut self.made.services[place];
        if !same_code.is_empty() && !service.variants {
            service.variants = true;
            let message = format!(
                "{}: another status or message than before: {} gets variants = true",
                entry.code, service.name
            );
            self.report.remark(row.line, message);
        }
        if !service.categories.contains(&entry.category) {
            service.categories.to_mut().push(entry.category.clone());
        }
        same_code.insert(key, (row.line, self.made.entries.len()));
        self.made.entries.push(entry);
    }

    /// The place of the service with this name. Names that differ in case, or that are
    /// those of one service of the embedded catalog, are one.
    fn service(&mut self, name: &str, updated: &str, line: usize) -> usize {
        let meant = Catalog::embedded().service(name);
        let meant = meant.map_or(name, Service::name).to_ascii_lowercase();
        let services = &mut self.made.services;
        let place = *self.services.entry(meant).or_insert_with(|| {
            services.push(service(name, updated));
            services.len() - 1
        });
        let written = &services[place].name;
        if written != name {
            let message = format!("the service '{name}' is written as '{written}'");
            self.report.remark_once(line, message);
        }
        place
    }
}

fn service(name: &str, updated: &str) -> Service {
    Service {
        name: name.to_owned().into(),
        aliases: Vec::new().into(),
        variants: false,
        search_weight: None,
        title: name.to_owned().into(),
        url: "unknown".into(),
        updated: updated.to_owned().into(),
        categories: Vec::new().into(),
    }
}

fn entry(row: &Row, service: &str, digits: &str) -> Entry {
    let or = |text: &str, other: &str| if text.is_empty() { other } else { text }.to_owned();
    let solution = or(&row.solution, NO_SOLUTION);
    Entry {
        code: format!("{service}.{digits}").into(),
        service: service.to_owned().into(),
        status: row.status,
        message: or(&row.message, &row.description).into(),
        description: or(&row.description, &row.message).into(),
        category: rules::category(row.status).into(),
        action: rules::action(row.status, &row.message, &row.description, &row.solution),
        retryable: begins_with_retry(&solution),
        check: List::default(),
        causes: List::default(),
        wordings: List::default(),
        documented: true,
        note: None,
        url: None,
        returned_by: List::default(),
        solution: solution.into(),
    }
}

/// Tells of an entry that has the code, status and message of another.
fn tell_again(again: &Entry, line: usize, first: &Entry, first_line: usize, report: &mut Report) {
    let code = &again.code;
    if again == first {
        report.remark(
            line,
            format!("{code}: the same row as on line {first_line}"),
        );
    } else {
        let message = format!(
            "{code}: another description or solution than on line {first_line} with the same \
             status and message"
        );
        report.problem(line, message);
    }
}
