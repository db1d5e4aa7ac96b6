//! Rows of a page as the services and entries of a catalog.

use std::collections::HashMap;

use super::report::PageReport;
use super::rows::Row;
use super::rules;
use crate::catalog::{Catalog, Service};

/// A service of the codes of a page.
#[derive(Debug)]
pub struct PageService {
    pub name: String,
    /// Whether a code of it has several entries.
    pub has_variants: bool,
    /// Those of its entries, each once.
    pub categories: Vec<&'static str>,
}

/// What a page says of one error code.
#[derive(Debug)]
pub struct PageEntry<'r> {
    pub code: String,
    pub status: u16,
    pub row: &'r Row,
}

/// Makes entries of rows, each once, and services of the names in their codes. Reports
/// the rows that contradict others.
pub fn entries<'r>(
    rows: &'r [Row],
    service: Option<&str>,
    report: &mut PageReport,
) -> Contents<'r> {
    let mut contents = Contents::default();
    for row in rows {
        if let Err(message) = contents.add(row, service, report) {
            report.lost(row.line, message);
        }
    }
    contents
}

/// The status and message of an entry, which distinguish it from others of its code.
type Variant<'r> = (u16, &'r str);

/// The services and entries so far.
#[derive(Debug, Default)]
pub struct Contents<'r> {
    pub services: Vec<PageService>,
    pub entries: Vec<PageEntry<'r>>,
    /// Places of services, by what their names mean.
    by_name: HashMap<String, usize>,
    /// The rows of each code in lower case, by status and message.
    by_code: HashMap<String, HashMap<Variant<'r>, &'r Row>>,
}

impl<'r> Contents<'r> {
    fn add(
        &mut self,
        row: &'r Row,
        named: Option<&str>,
        report: &mut PageReport,
    ) -> Result<(), String> {
        for (name, number) in &row.codes {
            let service = self.service(name, named);
            let service = &mut self.services[service];
            let written = &service.name;
            if written != name {
                let message = format!("the service '{name}' is written as '{written}'");
                report.remark_once(row.line, &message);
            }
            let code = format!("{written}.{number}");
            let same_code = self.by_code.entry(code.to_ascii_lowercase()).or_default();
            for status in &row.statuses {
                let texts = |row: &'r Row| (&row.description, &row.solution);
                let variant = (*status, &*row.message);
                if let Some(first) = same_code.get(&variant) {
                    let line = first.line;
                    if texts(first) != texts(row) {
                        return Err(format!(
                            "{code}: another description or solution than on line {line} with the \
                             same status and message"
                        ));
                    }
                    report.remark(row.line, format!("{code}: the same row as on line {line}"));
                    continue;
                }
                if !same_code.is_empty() && !service.has_variants {
                    service.has_variants = true;
                    let remark = "another status or message than before";
                    let remark = format!("{code}: {remark}: {written} gets variants = true");
                    report.remark(row.line, remark);
                }
                same_code.insert(variant, row);
                let category = rules::category(*status);
                if !service.categories.contains(&category) {
                    service.categories.push(category);
                }
                self.entries.push(PageEntry {
                    code: code.clone(),
                    status: *status,
                    row,
                });
            }
        }
        Ok(())
    }

    /// The place of the service with this name. Names that differ in case, or that are
    /// those of one service of the embedded catalog, are one.
    fn service(&mut self, name: &str, named: Option<&str>) -> usize {
        let meant = Catalog::embedded().service(name);
        let meant = meant.map_or(name, Service::name).to_ascii_lowercase();
        let named = named.filter(|named| named.eq_ignore_ascii_case(name));
        *self.by_name.entry(meant).or_insert_with(|| {
            self.services.push(PageService {
                name: named.unwrap_or(name).to_owned(),
                has_variants: false,
                categories: Vec::new(),
            });
            self.services.len() - 1
        })
    }
}
