//! Rows of a page as the TOML of a catalog: services of the names in codes, and entries.
//! What a page does not say is filled in by plain rules.

use std::collections::{BTreeMap, HashMap};

use super::report::PageReport;
use super::rows::Row;
use super::value::Code;
use crate::catalog::{Action, Catalog, Service};
use crate::data::{begins_with_retry, opening};
use crate::hidden::is_hidden;

const HEAD: &str = "\
# Imported from a documentation page. Category and action are filled in by rule:
# read them over.
";
const VARIANTS: &str = "a code with several statuses or messages: its service gets variants = true";

/// How solutions begin that leave the error to somebody else.
const CONTACTING: [&str; 4] = ["contact", "submit a service ticket", "联系", "提交工单"];
/// Words of messages and descriptions of a quota that is used up.
const QUOTA: [&str; 5] = ["quota", "maximum number", "配额", "最大数量", "数量上限"];

/// The catalog of rows, each once; empty without them. Reports the rows that contradict
/// others. It holds no character that a terminal does not show.
pub fn catalog(rows: &[Row], updated: &str, report: &mut PageReport) -> String {
    let mut services = BTreeMap::new();
    let mut entries = String::new();
    for row in rows {
        let mut added = row.codes.iter().map(|code| add(row, code, &mut services, report));
        let lost = added.find_map(|added| added.map(|toml| entries += &toml).err());
        lost.into_iter().for_each(|reason| report.lost(row.line, reason));
    }
    let services = services.values().map(|service: &PageService| {
        let (name, categories) = (&service.name, &service.categories);
        let variants = ["", "variants = true\n"][usize::from(service.has_variants)];
        format!(
            "\n[[service]]\nname = \"{name}\"\ntitle = \"{name}\"\nurl = \"unknown\"\n\
             updated = \"{updated}\"\ncategories = {categories:?}\n{variants}"
        )
    });
    let head = if rows.is_empty() { "" } else { HEAD };
    head.to_owned() + &services.collect::<String>() + &entries
}

#[derive(Default)]
struct PageService<'r> {
    name: &'r str,
    categories: Vec<&'static str>,
    /// Whether a code of it has several entries.
    has_variants: bool,
    /// The rows of each number in lower case, by what distinguishes its entries: status
    /// and message.
    rows: HashMap<String, HashMap<(u16, &'r str), &'r Row<'r>>>,
}

/// The entries of a code of a row, which its service gets, too.
///
/// # Errors
/// How the row contradicts another.
fn add<'r>(
    row: &'r Row,
    (name, number): &Code<'r>,
    services: &mut BTreeMap<String, PageService<'r>>,
    report: &mut PageReport,
) -> Result<String, String> {
    // Names that differ in case, or that are those of one service of the embedded
    // catalog, are one.
    let meant = Catalog::embedded().service(name).map_or(*name, Service::name).to_ascii_lowercase();
    let service = services.entry(meant).or_default();
    if service.name.is_empty() {
        service.name = name;
    }
    let written = service.name;
    if written != *name {
        report.row_has(row.line, format!("a code of '{name}', which is written as '{written}'"));
    }
    let code = format!("{written}.{number}");
    let same_code = service.rows.entry(number.to_ascii_lowercase()).or_default();
    let texts = |row: &'r Row<'r>| (&row.description, &row.solution);
    let mut others = row.statuses.iter().filter_map(|it| same_code.get(&(*it, &*row.message)));
    if let Some(first) = others.find(|first| texts(first) != texts(row)) {
        return Err(format!(
            "{code}: another description or solution than on line {} with the same status and \
             message",
            first.line
        ));
    }
    let mut entries = Vec::new();
    for status in &row.statuses {
        if let Some(first) = same_code.insert((*status, &row.message), row) {
            report.remark(row.line, format!("{code}: the same row as on line {}", first.line));
            continue;
        }
        let (category, action) = category_and_action(*status, row);
        if !service.categories.contains(&category) {
            service.categories.push(category);
        }
        entries.push(format!(
            "\n[[entry]]\ncode = \"{code}\"\nstatus = {status}\nmessage = {}\n\
             description = {}\nsolution = {}\ncategory = \"{category}\"\naction = \"{action}\"\n",
            quoted(&row.message),
            quoted(&row.description),
            quoted(&row.solution)
        ));
    }
    if same_code.len() > 1 && !entries.is_empty() {
        report.row_has(row.line, VARIANTS);
        service.has_variants = true;
    }
    Ok(entries.concat())
}

/// The category and the action of an imported entry: what its HTTP status is about. The
/// action is trying again or contacting somebody where the solution begins with it, and
/// using less where the texts name a quota.
fn category_and_action(status: u16, row: &Row) -> (&'static str, Action) {
    let (category, action) = match status {
        401 | 403 => ("permission", Action::CheckPermission),
        404 => ("not-found", Action::FixRequest),
        409 => ("conflict", Action::ChangeState),
        429 => ("quota", Action::ReduceUsage),
        500.. => ("server", Action::ContactSupport),
        _ => ("request", Action::FixRequest),
    };
    let opening = opening(&row.solution);
    let about = format!("{} {}", row.message, row.description).to_lowercase();
    let action = if begins_with_retry(&row.solution) {
        Action::Retry
    } else if CONTACTING.iter().any(|words| opening.starts_with(words)) {
        Action::ContactSupport
    } else if QUOTA.iter().any(|words| about.contains(words)) {
        Action::ReduceUsage
    } else {
        action
    };
    (category, action)
}

/// A TOML string, with escapes for what a terminal does not show.
fn quoted(text: &str) -> String {
    let is_shown = |c: char| c == ' ' || !c.is_whitespace() && !is_hidden(c);
    let escaped = text.chars().map(|c| match c {
        '"' | '\\' => format!("\\{c}"),
        c if is_shown(c) => c.to_string(),
        c => format!("\\U{:08x}", u32::from(c)),
    });
    format!("\"{}\"", escaped.collect::<String>())
}
