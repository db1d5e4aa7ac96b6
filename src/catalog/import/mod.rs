//! From a documentation page with an error table to a catalog.
//!
//! Bytes become text (`page`). Tables are found in it: those whose rows are lines,
//! Markdown and tab-separated values (`lined`), then those of text as copied from a
//! browser, one cell a paragraph or a line (`text`). Each is a list of rows of cells
//! under columns, which are recognised by their `headings`. From there on all formats
//! are one: `rows` reads what each says of an error code, `entries` makes services and
//! entries of that and fills in by `rules` what no page says, `toml` writes them.

mod cell;
mod entries;
mod headings;
mod lined;
mod list;
mod markdown;
mod page;
mod report;
mod rows;
mod rules;
mod text;
mod toml;
mod tsv;
mod unread;
mod value;

use super::Problem;
use report::Report;

/// The status of entries of a page that has none.
const DEFAULT_STATUS: u16 = 400;
/// The solution of entries without one.
const NO_SOLUTION: &str = "Not documented.";

/// A page turned into a catalog.
///
/// ```
/// let imported = orgerr::import(b"no table here");
/// assert_eq!((imported.entries, &*imported.toml), (0, ""));
/// assert_eq!(imported.problems.len(), 1);
/// ```
#[derive(Debug)]
pub struct Imported {
    /// The catalog's TOML, always valid; empty where the page has no entry.
    pub toml: String,
    /// How many entries it has.
    pub entries: usize,
    /// What could not be read or not with certainty, in the order of the page.
    pub problems: Vec<Problem>,
    /// What was filled in or left out for a reason, in the order of the page.
    pub remarks: Vec<Problem>,
}

/// Turns a documentation page into the TOML of a catalog. Nothing of an error table
/// is dropped in silence: what is no entry is among the problems.
///
/// ```
/// let page = "Error Code\tStatus\tError Message\tSolution\n\
///             Demo.0001\t404\tno such demo.\tCheck the name of the demo.\n";
/// let imported = orgerr::import(page.as_bytes());
/// assert_eq!((imported.entries, imported.problems), (1, vec![]));
/// let source = orgerr::parse_catalog(&imported.toml).unwrap();
/// assert_eq!(source.entries()[0].code(), "Demo.0001");
/// ```
#[must_use]
pub fn import(page: &[u8]) -> Imported {
    let mut report = Report::default();
    let page = page::text(page, &mut report);
    let lines: Vec<_> = page.lines().collect();

    let mut in_lines = lined::tables(&lines, &mut report);
    let text = text::tables(&lines, &in_lines.taken, &mut report);
    let mut tables = text.tables;
    tables.append(&mut in_lines.tables);
    tables.sort_by_key(|table| table.columns.line());
    if tables.is_empty() {
        report.problem(1, NO_TABLE);
    }

    let rows: Vec<_> = tables
        .iter()
        .flat_map(|table| rows::rows(table, &mut report))
        .collect();
    let made = entries::entries(&rows, updated(&page).unwrap_or("unknown"), &mut report);
    if !tables.is_empty() {
        unread::codes(&lines, &in_lines.taken, &text.loose, &rows, &mut report);
    }
    let (problems, remarks) = report.in_order();
    Imported {
        toml: if rows.is_empty() {
            String::new()
        } else {
            toml::toml(&made)
        },
        entries: made.entries.len(),
        problems,
        remarks,
    }
}

const NO_TABLE: &str = "no error table: no headings such as Error Code and Error Message in text, \
    a Markdown table or tab-separated values (HTML and CSV are not read: copy the table from a \
    browser or a spreadsheet)";

/// The date in `Updated on 2024-05-28` or `更新时间：2024-05-28`.
fn updated(page: &str) -> Option<&str> {
    let label = ["Updated on", "更新时间"];
    let after = label
        .iter()
        .find_map(|label| Some(page.split_once(label)?.1))?;
    let date = after.trim_start_matches([' ', ':', '：']).get(..10)?;
    let is_date = date.bytes().enumerate().all(|(at, byte)| match at {
        4 | 7 => byte == b'-',
        _ => byte.is_ascii_digit(),
    });
    is_date.then_some(date)
}
