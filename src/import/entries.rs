//! Rows of a page as the services and entries of a catalog.

use std::collections::HashMap;

use super::report::Report;
use super::rows::Row;
use super::{NO_SOLUTION, Settings};
use crate::catalog::{Catalog, Service as Known};

/// A service of the codes of a page.
#[derive(Debug)]
pub struct Service {
    pub name: String,
    /// Whether a code of it has several entries.
    pub has_variants: bool,
    pub statuses: Vec<u16>,
}

/// What a page says of one error code.
#[derive(Debug, PartialEq, Eq)]
pub struct Entry {
    pub code: String,
    pub status: u16,
    pub message: String,
    pub description: String,
    pub solution: String,
}

/// Makes entries of rows, each once, and services of the names in their codes. Reports
/// the rows that contradict others.
pub fn entries(rows: &[Row], settings: &Settings, report: &mut Report) -> Builder {
    let mut builder = Builder::default();
    for row in rows {
        builder.add(row, settings, report);
    }
    builder
}

/// The status and message of an entry, which distinguish it from others of its code.
type Variant = (u16, String);

/// The services and entries so far.
#[derive(Debug, Default)]
pub struct Builder {
    pub services: Vec<Service>,
    pub entries: Vec<Entry>,
    /// Places of services, by what their names mean.
    by_name: HashMap<String, usize>,
    /// The entries of each code in lower case: lines and places, by status and message.
    by_code: HashMap<String, HashMap<Variant, (usize, usize)>>,
}

impl Builder {
    fn add(&mut self, row: &Row, settings: &Settings, report: &mut Report) {
        for code in &row.codes {
            let place = self.service(&code.service, row.line, settings, report);
            let code = format!("{}.{}", self.services[place].name, code.number);
            for status in &row.statuses {
                if let Err(message) =
                    self.add_entry(entry(row, &code, *status), place, row.line, report)
                {
                    // The row was counted as read.
                    report.rows -= 1;
                    return report.lost(row.line, message);
                }
            }
        }
    }

    fn add_entry(
        &mut self,
        entry: Entry,
        service: usize,
        line: usize,
        report: &mut Report,
    ) -> Result<(), String> {
        let code = &entry.code;
        let same_code = self.by_code.entry(code.to_ascii_lowercase()).or_default();
        let variant = (entry.status, entry.message.clone());
        if let Some(&(first_line, place)) = same_code.get(&variant) {
            if entry != self.entries[place] {
                return Err(format!(
                    "{code}: another description or solution than on line {first_line} with the \
                     same status and message"
                ));
            }
            report.remark(
                line,
                format!("{code}: the same row as on line {first_line}"),
            );
            return Ok(());
        }
        let service = &mut self.services[service];
        if !same_code.is_empty() && !service.has_variants {
            service.has_variants = true;
            let message = format!(
                "{code}: another status or message than before: {} gets variants = true",
                service.name
            );
            report.remark(line, message);
        }
        if !service.statuses.contains(&entry.status) {
            service.statuses.push(entry.status);
        }
        same_code.insert(variant, (line, self.entries.len()));
        self.entries.push(entry);
        Ok(())
    }

    /// The place of the service with this name. Names that differ in case, or that are
    /// those of one service of the embedded catalog, are one.
    fn service(
        &mut self,
        name: &str,
        line: usize,
        settings: &Settings,
        report: &mut Report,
    ) -> usize {
        let meant = Catalog::embedded().service(name);
        let meant = meant.map_or(name, Known::name).to_ascii_lowercase();
        let named = settings
            .service
            .filter(|named| named.eq_ignore_ascii_case(name));
        let place = *self.by_name.entry(meant).or_insert_with(|| {
            self.services.push(Service {
                name: named.unwrap_or(name).to_owned(),
                has_variants: false,
                statuses: Vec::new(),
            });
            self.services.len() - 1
        });
        let written = &self.services[place].name;
        if written != name {
            let message = format!("the service '{name}' is written as '{written}'");
            report.remark_once(line, &message);
        }
        place
    }
}

fn entry(row: &Row, code: &str, status: u16) -> Entry {
    let or = |text: &str, other: &str| if text.is_empty() { other } else { text }.to_owned();
    Entry {
        code: code.to_owned(),
        status,
        message: or(&row.message, &row.description),
        description: or(&row.description, &row.message),
        solution: or(&row.solution, NO_SOLUTION),
    }
}
