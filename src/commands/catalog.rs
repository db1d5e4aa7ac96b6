//! `orgerr catalog check`, `import` and `schema`.

use std::io::{self, Read as _};
use std::path::{Path, PathBuf};

use orgerr::Action;
use orgerr::catalog::import::import;
use orgerr::catalog::{ENTRY_FIELDS, SEARCH_FIELDS, SERVICE_FIELDS};
use serde_json::{Map, Value, json};

use super::{Run, Session};
use crate::catalogs;
use crate::cli::{Catalog, CatalogTool};
use crate::failure::{Exit, Failure};
use crate::render::CatalogProblem;

const STDIN: &str = "-";
/// The fields of a service that must be there, the first of all.
const REQUIRED_OF_SERVICE: usize = 5;

impl Run for Catalog {
    fn run(self, session: &mut Session) -> Result<Exit, Failure> {
        match self.tool {
            CatalogTool::Check { files } => check(&files, session),
            CatalogTool::Import { file } => import_page(file, session),
            CatalogTool::Schema => {
                let schema = format!("{:#}\n", schema());
                session.output.file(schema.as_bytes())?;
                Ok(Exit::Found)
            }
        }
    }
}

/// Tells every problem of every file.
fn check(files: &[PathBuf], session: &mut Session) -> Result<Exit, Failure> {
    let mut records = Vec::new();
    let mut failed = false;
    for path in files {
        match catalogs::read(path) {
            Ok(source) => session.output.note(&format!(
                "{} is valid: {}",
                path.display(),
                entries(source.entries.len())
            )),
            Err(Failure::InvalidCatalog { path, problems }) => {
                let file = path.to_string_lossy();
                let record = |problem| CatalogProblem::new(&file, problem);
                records.extend(problems.into_iter().map(record));
            }
            Err(failure) => {
                failed = true;
                session.output.failure(&failure);
            }
        }
    }
    session.output.records(&records)?;
    Ok(if failed || !records.is_empty() {
        Exit::Failed
    } else {
        Exit::Found
    })
}

/// Prints the catalog of a page, and says what of it could not be read.
fn import_page(file: Option<PathBuf>, session: &mut Session) -> Result<Exit, Failure> {
    let path = file.unwrap_or_else(|| PathBuf::from(STDIN));
    let page = read(&path).map_err(|cause| Failure::Read {
        path: path.clone(),
        cause,
    })?;
    let imported = import(&String::from_utf8_lossy(&page));
    session.output.file(imported.toml.as_bytes())?;
    for problem in &imported.problems {
        session
            .output
            .note(&format!("{}:{problem}", path.display()));
    }
    session
        .output
        .note(&format!("{} entries imported", imported.entries));
    Ok(Exit::found(imported.entries > 0))
}

fn entries(count: usize) -> String {
    match count {
        1 => "1 entry".to_owned(),
        _ => format!("{count} entries"),
    }
}

fn read(path: &Path) -> io::Result<Vec<u8>> {
    if path != Path::new(STDIN) {
        return std::fs::read(path);
    }
    let mut page = Vec::new();
    io::stdin().read_to_end(&mut page)?;
    Ok(page)
}

/// The JSON Schema of a catalog's TOML.
fn schema() -> Value {
    let texts = json!({ "type": "array", "items": { "type": "string" } });
    let mut search = properties(&SEARCH_FIELDS);
    search["ignored"] = texts.clone();
    search["synonyms"] = json!({ "type": "object", "additionalProperties": texts });
    let mut service = properties(&SERVICE_FIELDS);
    service["categories"] = texts.clone();
    service["aliases"] = texts;
    service["variants"] = json!({ "type": "boolean" });
    service["search_weight"] = json!({ "type": "integer", "minimum": 1, "maximum": 100 });
    let mut entry = properties(&ENTRY_FIELDS);
    entry["code"]["description"] = json!("The name of a service, a dot and digits");
    entry["status"] = json!({ "type": "integer", "minimum": 100, "maximum": 599 });
    entry["action"]["enum"] = Action::ALL.map(Action::name).into();
    entry["category"]["description"] = json!("One of the categories of the service");
    let required = ENTRY_FIELDS.iter().filter(|field| **field != "note");
    let required: Vec<_> = required.collect();
    json!({
        "$schema": "http://json-schema.org/draft-07/schema#",
        "title": "Catalog of error codes for orgerr",
        "type": "object",
        "additionalProperties": false,
        "required": ["service", "entry"],
        "properties": {
            "service": { "type": "array", "items": object(&service, &json!(SERVICE_FIELDS[..REQUIRED_OF_SERVICE])) },
            "search": object(&search, &json!([])),
            "entry": { "type": "array", "minItems": 1, "items": object(&entry, &json!(required)) },
        },
    })
}

fn object(properties: &Value, required: &Value) -> Value {
    json!({
        "type": "object",
        "additionalProperties": false,
        "required": required,
        "properties": properties,
    })
}

/// Fields as texts that are not empty.
fn properties(fields: &[&str]) -> Value {
    let text = json!({ "type": "string", "minLength": 1 });
    let named = fields
        .iter()
        .map(|field| ((*field).to_owned(), text.clone()));
    Value::Object(named.collect::<Map<_, _>>())
}
