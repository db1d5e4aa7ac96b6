//! `orgerr catalog check`, `import` and `schema`.

use std::path::{Path, PathBuf};

use orgerr::import;

use crate::cli::{CatalogTool, SchemaOf, load_catalogs};
use crate::render::{CatalogProblem, Output, View};
use crate::source::source_name;
use crate::{Error, Exit, input};

pub(super) fn run(tool: CatalogTool, output: &mut Output) -> Result<Exit, Error> {
    match tool {
        CatalogTool::Check { files } => check(&files, output),
        CatalogTool::Import { file, service } => import_page(&file, service.as_deref(), output),
        CatalogTool::Schema { of } => output.print(schema(of)),
    }
}

/// A JSON Schema, which tests of the library make from the types.
fn schema(of: SchemaOf) -> &'static str {
    match of {
        SchemaOf::Catalog => include_str!("../../docs/catalog.schema.json"),
        SchemaOf::Entry => include_str!("../../docs/entry.schema.json"),
        SchemaOf::Hit => include_str!("../../docs/hit.schema.json"),
        SchemaOf::Finding => include_str!("../../docs/finding.schema.json"),
    }
}

/// Reports every problem of every file.
fn check(files: &[PathBuf], output: &mut Output) -> Result<Exit, Error> {
    let (mut records, mut are_valid) = (Vec::new(), true);
    for (path, checked) in files.iter().zip(load_catalogs::check(files, output)) {
        are_valid &= checked.is_ok();
        match checked {
            Ok(count) => {
                let entries = if count == 1 { "entry" } else { "entries" };
                output.note(&format!("{} is valid: {count} {entries}", source_name(path)));
            }
            Err(Error::InvalidCatalog { problems, .. }) => {
                let file = path.to_string_lossy();
                let record = |problem| CatalogProblem { file: file.clone(), problem };
                records.extend(problems.iter().cloned().map(record));
            }
            Err(failure) => output.error(&failure),
        }
    }
    output.records(View::Table, &records)?;
    Ok(if are_valid { Exit::Found } else { Exit::Failed })
}

/// Prints the catalog of a page, and notes what could not be read.
fn import_page(page: &Path, service: Option<&str>, output: &mut Output) -> Result<Exit, Error> {
    input::announce("a documentation page", page, output);
    let imported = import(&input::read(page)?, service);
    output.print(&imported.toml)?;
    for note in imported.notes {
        output.note(&format!("{}:{note}", source_name(page)));
    }
    let (read, rows) = (imported.imported, imported.rows);
    output.note(&format!("imported {read} of {rows} rows"));
    Ok(Exit::found(read > 0 && read == rows))
}
