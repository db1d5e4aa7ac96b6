//! Writes the rows of a page as the TOML of a catalog. What a page does not say is filled in
//! by plain rules.

use std::collections::{BTreeMap, HashMap};

use super::codes_and_statuses::Code;
use super::page_notes::PageNotes;
use super::rows::Row;
use crate::catalog::{Action, Catalog, Service};
use crate::data::{begins_with_retry, first_sentence};
use crate::hidden::is_hidden;

const HEAD: &str = "\
# Imported from a documentation page. Category and action are filled in by rule:
# read them over.
";
const VARIANTS: &str = "a code with several statuses or messages: its service gets variants = true";

/// How solutions begin that send the user to somebody else.
const CONTACTING: [&str; 4] = ["contact", "submit a service ticket", "联系", "提交工单"];
/// Words in messages and descriptions which show that a quota is used up.
const QUOTA: [&str; 5] = ["quota", "maximum number", "配额", "最大数量", "数量上限"];

/// A catalog with each row once, or an empty text without rows. Notes the rows that
/// contradict others. The text has no character that a terminal does not show.
pub(super) fn catalog(rows: &[Row], updated: &str, notes: &mut PageNotes) -> String {
    let mut writer = CatalogWriter { services: BTreeMap::new(), entries: Vec::new(), notes };
    for row in rows {
        match row.codes.iter().find_map(|code| writer.contradicted_line(row, code)) {
            Some(line) => writer.note_lost_row(row, line),
            None => row.codes.iter().for_each(|code| writer.add(row, code)),
        }
    }
    let services = writer.services.values().map(|PageService { name, categories, rows }| {
        let has_variants = rows.values().any(|same_code| same_code.len() > 1);
        let variants = if has_variants { "variants = true\n" } else { "" };
        format!(
            "\n[[service]]\nname = \"{name}\"\ntitle = \"{name}\"\nurl = \"unknown\"\n\
             updated = \"{updated}\"\ncategories = {categories:?}\n{variants}"
        )
    });
    let head = if rows.is_empty() { "" } else { HEAD };
    head.to_owned() + &services.collect::<String>() + &writer.entries.concat()
}

#[derive(Default)]
struct PageService<'r> {
    name: &'r str,
    categories: Vec<&'static str>,
    /// For each number in lower case, its rows by what distinguishes entries: status and message.
    rows: HashMap<String, HashMap<(u16, &'r str), &'r Row<'r>>>,
}

struct CatalogWriter<'r, 'p> {
    services: BTreeMap<String, PageService<'r>>,
    /// The TOML of the entries.
    entries: Vec<String>,
    notes: &'p mut PageNotes,
}

impl<'r> CatalogWriter<'r, '_> {
    /// The line of an earlier row that this row contradicts: it has the same code, status and
    /// message, but another description or solution.
    fn contradicted_line(&self, row: &'r Row<'r>, (name, number): &Code<'r>) -> Option<usize> {
        let service = self.services.get(&service_key(name))?;
        let same_code = service.rows.get(&number.to_ascii_lowercase())?;
        let texts = |row: &'r Row<'r>| (&row.description, &row.solution);
        let mut others = row.statuses.iter().filter_map(|it| same_code.get(&(*it, &*row.message)));
        others.find(|other| texts(other) != texts(row)).map(|other| other.line)
    }

    /// Notes a row, with all its codes, that contradicts the row on another line.
    fn note_lost_row(&mut self, row: &Row, line: usize) {
        let codes: Vec<_> =
            row.codes.iter().map(|(name, number)| format!("{name}.{number}")).collect();
        let reason = format!(
            "{}: another description or solution than on line {line} with the same status \
             and message",
            codes.join(", ")
        );
        self.notes.remark_loss(row.line, reason);
    }

    /// Adds the entries for one code of a row: one for each status.
    fn add(&mut self, row: &'r Row<'r>, (name, number): &Code<'r>) {
        let new = || PageService { name, ..PageService::default() };
        let service = self.services.entry(service_key(name)).or_insert_with(new);
        let written = service.name;
        if written != *name {
            let what = format!("a code of '{name}', which is written as '{written}'");
            self.notes.row_has(row.line, what);
        }
        let code = format!("{written}.{number}");
        let same_code = service.rows.entry(number.to_ascii_lowercase()).or_default();
        let [message, description, solution] =
            [&row.message, &row.description, &row.solution].map(|text| toml_string(text));
        let count_before = self.entries.len();
        for status in &row.statuses {
            if let Some(Row { line, .. }) = same_code.insert((*status, &row.message), row) {
                self.notes.remark(row.line, format!("{code}: the same row as on line {line}"));
                continue;
            }
            let (category, action) = category_and_action(*status, row);
            if !service.categories.contains(&category) {
                service.categories.push(category);
            }
            self.entries.push(format!(
                "\n[[entry]]\ncode = \"{code}\"\nstatus = {status}\nmessage = {message}\n\
                 description = {description}\nsolution = {solution}\n\
                 category = \"{category}\"\naction = \"{action}\"\n"
            ));
        }
        if same_code.len() > 1 && self.entries.len() > count_before {
            self.notes.row_has(row.line, VARIANTS);
        }
    }
}

/// The key of a service. Names that differ only in case have the same key, and so do all names of a
/// service in the embedded catalog.
fn service_key(name: &str) -> String {
    Catalog::embedded().service(name).map_or(name, Service::name).to_ascii_lowercase()
}

/// Chooses the category and the action of an imported entry by its HTTP status. The action is
/// another one if the solution begins with a retry, else if it begins with contacting somebody,
/// else if the message or the description names a quota.
fn category_and_action(status: u16, row: &Row) -> (&'static str, Action) {
    let (category, action) = match status {
        401 | 403 => ("permission", Action::CheckPermission),
        404 => ("not-found", Action::FixRequest),
        409 => ("conflict", Action::ChangeState),
        429 => ("quota", Action::ReduceUsage),
        500.. => ("server", Action::ContactSupport),
        _ => ("request", Action::FixRequest),
    };
    let solution = first_sentence(&row.solution);
    let about = format!("{} {}", row.message, row.description).to_lowercase();
    let action = if begins_with_retry(&row.solution) {
        Action::Retry
    } else if CONTACTING.iter().any(|words| solution.starts_with(words)) {
        Action::ContactSupport
    } else if QUOTA.iter().any(|words| about.contains(words)) {
        Action::ReduceUsage
    } else {
        action
    };
    (category, action)
}

/// A TOML string, with escapes for what a terminal does not show.
fn toml_string(text: &str) -> String {
    let mut quoted = String::from("\"");
    for c in text.chars() {
        match c {
            '"' | '\\' => quoted.extend(['\\', c]),
            _ if c != ' ' && (c.is_whitespace() || is_hidden(c)) => {
                quoted.extend(format!("\\U{:08x}", u32::from(c)).chars());
            }
            _ => quoted.push(c),
        }
    }
    quoted + "\""
}
