//! Turns a documentation page with error tables into a catalog.
//!
//! `page` decodes the bytes. `readers` splits the text into blocks, with one reader for each form
//! of table. A block is texts or a table, whose cells know which rows and columns they cover. From
//! here on the form does not matter: `column_headings` and `columns` decide what each column is
//! about, `rows` reads each row with the help of `codes_and_statuses`, and `catalog_writer` makes
//! services and entries of the rows and fills in by rule what pages never say. `page_notes`
//! collects what was not read: each lost row, and each code that is in no row.

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
    /// How many rows the error tables of the page have. Each code that is in no row counts as one.
    pub rows: usize,
    /// How many of these rows are in the catalog.
    pub imported: usize,
    /// What could not be read, was filled in or left out, in the order of the page.
    pub notes: Vec<Problem>,
}

/// Turns a documentation page into the TOML of a catalog. A row that cannot be read whole is left
/// out, and a note says so. `service` is the service of codes that name none, such as
/// `NoSuchBucket`.
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
