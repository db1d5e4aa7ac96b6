//! The catalog that a run answers from: the embedded one, with those that the
//! command line and the environment name.

use std::env;
use std::path::{Path, PathBuf};

use orgerr::{Catalog, CatalogBuilder};

use crate::render::Output;
use crate::source::is_stdin;
use crate::{Error, input};

/// A path list of catalogs, separated as in `PATH`.
const CATALOG_VARIABLE: &str = "ORGERR_CATALOG";

/// The embedded catalog with those of `files` added, `-` for the one on standard input.
///
/// # Errors
/// Returns the last file's error; prints the earlier ones.
pub fn load(files: Vec<PathBuf>, output: &Output) -> Result<&'static Catalog, Error> {
    for path in &files {
        input::announce("a catalog", path, output);
    }
    let (catalog, mut failures) = catalog_with(files.into_iter());
    for failure in &mut failures {
        if let Error::Read { path, hint, .. } = failure
            && of_environment().any(|it| it == *path)
        {
            *hint = Some(format!("{CATALOG_VARIABLE} names it"));
        }
    }
    let last = failures.pop();
    for failure in &failures {
        output.error(failure);
    }
    last.map_or(Ok(catalog), Err)
}

/// As [`load`] of the [`named`] ones, for a shell that completes a command line: leaves out standard
/// input and what cannot be read, which is reported when the line runs.
pub fn load_readable(files: &[PathBuf]) -> &'static Catalog {
    catalog_with(named(files).into_iter().filter(|path| !is_stdin(path))).0
}

/// The embedded catalog with those of `files` that are valid, and what is wrong with the
/// others.
fn catalog_with(files: impl Iterator<Item = PathBuf>) -> (&'static Catalog, Vec<Error>) {
    let mut files = files.peekable();
    if files.peek().is_none() {
        return (Catalog::embedded(), Vec::new());
    }
    let mut catalog = CatalogBuilder::new();
    let failures = files.filter_map(|path| add(&mut catalog, &path).err()).collect();
    // It lasts as long as the process.
    (Box::leak(Box::new(catalog.build())), failures)
}

/// The number of entries of each catalog, or what is wrong with it beside those before it.
pub fn check(files: &[PathBuf]) -> impl Iterator<Item = Result<usize, Error>> {
    let mut catalog = CatalogBuilder::new();
    files.iter().map(move |path| add(&mut catalog, path))
}

/// The catalogs of the environment, then `files`.
pub fn named(files: &[PathBuf]) -> Vec<PathBuf> {
    of_environment().chain(files.iter().cloned()).collect()
}

/// The catalogs that the environment names.
fn of_environment() -> impl Iterator<Item = PathBuf> {
    let variable = env::var_os(CATALOG_VARIABLE).unwrap_or_default();
    let paths: Vec<_> = env::split_paths(&variable).collect();
    paths.into_iter().filter(|path| !path.as_os_str().is_empty())
}

fn add(catalog: &mut CatalogBuilder, path: &Path) -> Result<usize, Error> {
    let toml = input::read(path).map_err(|error| match error {
        Error::Read { path, cause, hint, .. } => {
            Error::Read { what: "the catalog ", path, cause, hint }
        }
        error => error,
    });
    let added = catalog.add(&toml?);
    added.map_err(|problems| Error::InvalidCatalog { path: path.to_owned(), problems })
}
