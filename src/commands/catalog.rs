//! `orgerr catalog check`, `import` and `schema`.

use std::path::PathBuf;

use orgerr::import;

use super::{Run, Session};
use crate::cli::load_catalogs;
use crate::cli::{Catalog, CatalogTool, SchemaOf};
use crate::error::Error;
use crate::exit::Exit;
use crate::input;
use crate::render::{CatalogProblem, View};
use crate::source::{STDIN, is_stdin, source_name};

impl Run for Catalog {
    fn run(self, session: &mut Session) -> Result<Exit, Error> {
        match self.tool {
            CatalogTool::Check { files } => check(&files, session),
            CatalogTool::Import { file, service } => import_page(file, service.as_deref(), session),
            CatalogTool::Schema { of } => {
                session.output.write_out(schema(of).as_bytes())?;
                Ok(Exit::Found)
            }
        }
    }
}

/// A JSON Schema, made from the types by tests of the library.
fn schema(of: SchemaOf) -> &'static str {
    match of {
        SchemaOf::Catalog => include_str!("../../docs/catalog.schema.json"),
        SchemaOf::Entry => include_str!("../../docs/entry.schema.json"),
        SchemaOf::Hit => include_str!("../../docs/hit.schema.json"),
        SchemaOf::Finding => include_str!("../../docs/finding.schema.json"),
    }
}

/// Reports every problem of every file.
fn check(files: &[PathBuf], session: &mut Session) -> Result<Exit, Error> {
    let mut records = Vec::new();
    let mut failed = false;
    for (path, checked) in files.iter().zip(load_catalogs::check(files)?) {
        match checked {
            Ok(count) => {
                let valid = format!("{} is valid: {}", source_name(path), entries(count));
                session.output.note(&valid);
            }
            Err(Error::InvalidCatalog { path, problems }) => {
                let file = path.to_string_lossy();
                let record = |problem| CatalogProblem::new(&file, problem);
                records.extend(problems.into_iter().map(record));
            }
            Err(failure) => {
                failed = true;
                session.output.error(&failure);
            }
        }
    }
    session.output.records(View::TABLE, &records)?;
    Ok(if failed || !records.is_empty() {
        Exit::Failed
    } else {
        Exit::Found
    })
}

/// Prints the catalog of a page, and notes what could not be read.
fn import_page(
    file: Option<PathBuf>,
    service: Option<&str>,
    session: &mut Session,
) -> Result<Exit, Error> {
    let path = file.unwrap_or_else(|| PathBuf::from(STDIN));
    if is_stdin(&path) {
        input::announce("a documentation page", session.output);
    }
    let imported = import(&input::read(&path)?, service);
    session.output.write_out(imported.toml.as_bytes())?;
    for note in imported.notes {
        let name = source_name(&path);
        session.output.note(&format!("{name}:{note}"));
    }
    let (read, rows) = (imported.imported, imported.rows);
    session
        .output
        .note(&format!("imported {read} of {rows} rows"));
    Ok(Exit::found(read > 0 && read == rows))
}

fn entries(count: usize) -> String {
    match count {
        1 => "1 entry".to_owned(),
        _ => format!("{count} entries"),
    }
}
