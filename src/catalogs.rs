//! The catalog that a run answers from: the embedded one, with those that the
//! command line and the environment name.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};

use orgerr::Catalog;
use orgerr::catalog::{Source, parse};

use crate::failure::Failure;

/// A path list of catalogs, separated as in `PATH`.
const VARIABLE: &str = "ORGERR_CATALOG";

/// The embedded catalog with those of `ORGERR_CATALOG` and then `files` added. Of a
/// file with a mistake nothing is taken.
pub fn load(files: &[PathBuf]) -> Result<&'static Catalog, Failure> {
    let variable = env::var_os(VARIABLE).unwrap_or_default();
    let named = env::split_paths(&variable).filter(|path| !path.as_os_str().is_empty());
    let sources: Result<Vec<_>, _> = named
        .chain(files.iter().cloned())
        .map(|path| read(&path))
        .collect();
    let sources = sources?;
    if sources.is_empty() {
        return Ok(Catalog::embedded());
    }
    // It lasts as long as the process.
    Ok(Box::leak(Box::new(Catalog::with(sources))))
}

/// A valid catalog from a file.
pub fn read(path: &Path) -> Result<Source, Failure> {
    let unreadable = |cause| Failure::Read {
        path: path.to_owned(),
        cause,
    };
    let text = fs::read_to_string(path).map_err(unreadable)?;
    parse(&text).map_err(|problems| Failure::InvalidCatalog {
        path: path.to_owned(),
        problems,
    })
}
