//! From a documentation page with error tables to a catalog.
//!
//! Bytes become text (`page`). A reader for each form makes blocks of it: texts, and
//! tables of cells that know which rows and columns they cover (`readers`). From there
//! on all forms are one: `column_headings` and `columns` decide which column is what, `rows` reads
//! each row with the help of `codes_and_statuses`, and `catalog_writer` makes services and
//! entries of the rows, with what pages never have filled in by rule. Whatever was not read goes
//! to `page_notes`: each lost row, and each code that stands in no row.

mod block;
mod catalog_writer;
mod codes_and_statuses;
mod column_headings;
mod columns;
mod page;
mod page_notes;
mod readers;
mod rows;

use crate::data::Problem;
use crate::data::schema::is_name;
use block::Block;
use page_notes::PageNotes;

/// A page turned into a catalog.
///
/// ```
/// let imported = orgerr::import(b"no table here", None);
/// assert_eq!((imported.rows, &*imported.toml), (0, ""));
/// assert_eq!(imported.notes.len(), 1);
/// ```
#[derive(Debug)]
#[non_exhaustive]
pub struct Imported {
    /// The catalog's TOML, always valid; empty where the page has no entry.
    pub toml: String,
    /// How many rows the error tables of the page have.
    pub rows: usize,
    /// How many of them are in the catalog.
    pub imported: usize,
    /// What could not be read, was filled in or left out, in the order of the page.
    pub notes: Vec<Problem>,
}

/// Turns a documentation page into the TOML of a catalog. A row that cannot be read
/// whole is left out, and a note says so. Codes that name no service, such as
/// `NoSuchBucket`, are of `service`.
///
/// ```
/// let page = "Error Code\tStatus\tError Message\tSolution\n\
///             Demo.0001\t404\tno such demo.\tCheck the name of the demo.\n";
/// let imported = orgerr::import(page.as_bytes(), None);
/// assert_eq!((imported.imported, imported.rows), (1, 1));
/// let source = orgerr::parse_catalog(&imported.toml).unwrap();
/// assert_eq!(source.entries()[0].code(), "Demo.0001");
/// ```
#[must_use]
pub fn import(page: &[u8], service: Option<&str>) -> Imported {
    let service = service.filter(|name| is_name(name));
    let mut notes = PageNotes::default();
    let page = page::text(page, &mut notes);
    let mut blocks = readers::blocks(&page);
    for block in &mut blocks {
        if let Block::Table(grid) = block {
            columns::turn_upright(grid);
        }
    }
    let (rows, mut notes) = rows::rows(&blocks, page.len(), service, notes);
    let count = rows.len() + notes.lost;
    let updated = page::updated(&page).unwrap_or("unknown");
    let toml = catalog_writer::catalog(&rows, updated, &mut notes);
    Imported { toml, rows: count, imported: count - notes.lost, notes: notes.into_list() }
}
