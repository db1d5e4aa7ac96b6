//! Rows of a page as the TOML of a catalog: services of the names in codes, and entries.

use std::collections::HashMap;

use super::report::PageReport;
use super::rows::Row;
use super::rules;
use super::value::Code;
use crate::catalog::{Catalog, Service};
use crate::hidden::is_hidden;

const HEAD: &str = "\
# Imported from a documentation page. Category and action are filled in by rule:
# read them over.
";

/// The catalog of rows, each once; empty without them. Reports the rows that contradict
/// others. It holds no character that a terminal does not show.
pub fn catalog(rows: &[Row], updated: &str, report: &mut PageReport) -> String {
    let mut catalog = PageCatalog::default();
    for row in rows {
        let mut codes = row.codes.iter();
        let added = codes.try_for_each(|code| catalog.add(row, code, report));
        if let Err(reason) = added {
            report.lost(row.line, reason);
        }
    }
    if rows.is_empty() {
        return String::new();
    }
    let services = catalog.services.iter().map(|service| {
        let (name, categories) = (&service.name, &service.categories);
        let variants = if service.has_variants {
            "variants = true\n"
        } else {
            ""
        };
        format!(
            "\n[[service]]\nname = \"{name}\"\ntitle = \"{name}\"\nurl = \"unknown\"\n\
             updated = \"{updated}\"\ncategories = {categories:?}\n{variants}"
        )
    });
    HEAD.to_owned() + &services.collect::<String>() + &catalog.entries
}

#[derive(Default)]
struct PageCatalog<'r> {
    services: Vec<PageService>,
    entries: String,
    /// Places of services, by what their names mean.
    places: HashMap<String, usize>,
    /// The rows of each code in lower case, by what distinguishes its entries: status and
    /// message.
    rows: HashMap<String, HashMap<(u16, &'r str), &'r Row>>,
}

#[derive(Default)]
struct PageService {
    name: String,
    categories: Vec<&'static str>,
    /// Whether a code of it has several entries.
    has_variants: bool,
}

impl<'r> PageCatalog<'r> {
    /// Adds the entries of a code of a row.
    ///
    /// # Errors
    /// How the row contradicts another.
    fn add(
        &mut self,
        row: &'r Row,
        (name, number): &Code,
        report: &mut PageReport,
    ) -> Result<(), String> {
        // Names that differ in case, or that are those of one service of the embedded
        // catalog, are one.
        let meant = Catalog::embedded()
            .service(name)
            .map_or(&**name, Service::name);
        let place = *self
            .places
            .entry(meant.to_ascii_lowercase())
            .or_insert_with(|| {
                self.services.push(PageService {
                    name: name.clone(),
                    ..PageService::default()
                });
                self.services.len() - 1
            });
        let service = &mut self.services[place];
        let written = &service.name;
        if written != name {
            let message = format!("the service '{name}' is written as '{written}'");
            report.remark_once(row.line, &message);
        }
        let code = format!("{written}.{number}");
        let same_code = self.rows.entry(code.to_ascii_lowercase()).or_default();
        for status in &row.statuses {
            if let Some(first) = same_code.get(&(*status, &*row.message)) {
                let line = first.line;
                if (&first.description, &first.solution) != (&row.description, &row.solution) {
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
            same_code.insert((*status, &row.message), row);
            let category = rules::category(*status);
            if !service.categories.contains(&category) {
                service.categories.push(category);
            }
            let action = rules::action(*status, row).name();
            let texts = [&row.message, &row.description, &row.solution];
            let [message, description, solution] = texts.map(|text| quoted(text));
            let entry = format!(
                "\n[[entry]]\ncode = \"{code}\"\nstatus = {status}\nmessage = {message}\n\
                 description = {description}\nsolution = {solution}\n\
                 category = \"{category}\"\naction = \"{action}\"\n"
            );
            self.entries.push_str(&entry);
        }
        Ok(())
    }
}

/// A TOML string, with escapes for what a terminal does not show.
fn quoted(text: &str) -> String {
    let mut quoted = String::from("\"");
    for c in text.chars() {
        match c {
            '"' | '\\' => quoted.extend(['\\', c]),
            ' ' => quoted.push(c),
            _ if c.is_whitespace() || is_hidden(c) => {
                let escaped = format!("\\U{:08x}", u32::from(c));
                quoted.push_str(&escaped);
            }
            _ => quoted.push(c),
        }
    }
    quoted + "\""
}
