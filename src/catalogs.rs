//! The catalog that a run answers from: the embedded one, with those that the
//! command line and the environment name.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};

use orgerr::catalog::Problem;
use orgerr::{Catalog, CatalogBuilder};

use crate::failure::Failure;

/// A path list of catalogs, separated as in `PATH`.
const VARIABLE: &str = "ORGERR_CATALOG";

/// The embedded catalog with those of `ORGERR_CATALOG` and then `files` added. Of a
/// file with a mistake nothing is taken.
///
/// # Errors
/// What is wrong with any of them.
pub fn load(files: &[PathBuf]) -> Result<&'static Catalog, Vec<Failure>> {
    let variable = env::var_os(VARIABLE).unwrap_or_default();
    let named = env::split_paths(&variable).filter(|path| !path.as_os_str().is_empty());
    let mut named = named.chain(files.iter().cloned()).peekable();
    if named.peek().is_none() {
        return Ok(Catalog::embedded());
    }
    let mut catalog = CatalogBuilder::new();
    let failures: Vec<_> = named
        .filter_map(|path| add(&mut catalog, &path).err())
        .collect();
    if failures.is_empty() {
        // It lasts as long as the process.
        Ok(Box::leak(Box::new(catalog.build())))
    } else {
        Err(failures)
    }
}

/// How many entries a valid catalog in a file has.
pub fn check(path: &Path) -> Result<usize, Failure> {
    add(&mut CatalogBuilder::new(), path)
}

fn add(catalog: &mut CatalogBuilder, path: &Path) -> Result<usize, Failure> {
    let invalid = |problems| Failure::InvalidCatalog {
        path: path.to_owned(),
        problems,
    };
    let bytes = fs::read(path).map_err(|cause| Failure::Read {
        path: path.to_owned(),
        cause,
    })?;
    let text = String::from_utf8(bytes).map_err(|error| {
        let valid = error.utf8_error().valid_up_to();
        let before = String::from_utf8_lossy(&error.as_bytes()[..valid]);
        let message = "a catalog is UTF-8, and this is not; save it as UTF-8".to_owned();
        invalid(vec![Problem::behind(&before, message)])
    })?;
    // The entries are places in it, and last as long as the process.
    catalog.add_static(text.leak()).map_err(invalid)
}
