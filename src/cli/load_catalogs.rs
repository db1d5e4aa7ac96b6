//! The catalog that a run answers from: the embedded one, plus those that the command line and the
//! environment name.

use std::env;
use std::path::{Path, PathBuf};

use orgerr::{Catalog, CatalogBuilder};

use crate::render::Output;
use crate::source::is_stdin;
use crate::{Error, input};

/// A path list of catalogs, separated as in `PATH`.
const CATALOG_VARIABLE: &str = "ORGERR_CATALOG";

/// The path of a catalog, and whether the environment names it.
type Source = (PathBuf, bool);

/// Adds the catalogs of the environment and then `files` to the embedded one. The file `-` is
/// standard input.
///
/// # Errors
/// Returns the last error and prints the earlier ones.
pub(crate) fn load(files: &[PathBuf], output: &Output) -> Result<&'static Catalog, Error> {
    let (catalog, mut failures) = catalog_with(sources(files), Some(output));
    let last = failures.pop();
    for failure in &failures {
        output.error(failure);
    }
    last.map_or(Ok(catalog), Err)
}

/// As [`load`], for completion: leaves out standard input and every catalog that has an error,
/// which is reported when the line runs.
pub(crate) fn load_readable(files: &[PathBuf]) -> &'static Catalog {
    catalog_with(sources(files).filter(|(path, _)| !is_stdin(path)), None).0
}

/// The embedded catalog with the valid catalogs of `sources`, and the errors of the others.
fn catalog_with(
    sources: impl Iterator<Item = Source>,
    output: Option<&Output>,
) -> (&'static Catalog, Vec<Error>) {
    let mut sources = sources.peekable();
    if sources.peek().is_none() {
        return (Catalog::embedded(), Vec::new());
    }
    let mut catalog = CatalogBuilder::new();
    let mut failure = |(path, is_in_variable): Source| {
        let mut failure = add(&mut catalog, &path, output).err()?;
        if let Error::Read { hint, .. } | Error::InvalidCatalog { hint, .. } = &mut failure
            && is_in_variable
        {
            let before = hint.take().map(|hint| hint + "; ").unwrap_or_default();
            *hint = Some(format!("{before}{CATALOG_VARIABLE} names it"));
        }
        Some(failure)
    };
    let failures = sources.filter_map(&mut failure).collect();
    // The catalog is needed until the process ends, so it may leak.
    (Box::leak(Box::new(catalog.build())), failures)
}

/// The number of entries of each catalog, or why it cannot be added to those before it.
pub(crate) fn check(
    files: &[PathBuf],
    output: &Output,
) -> impl Iterator<Item = Result<usize, Error>> {
    let mut catalog = CatalogBuilder::new();
    files.iter().map(move |path| add(&mut catalog, path, Some(output)))
}

/// The paths of all catalogs that the environment and the command line name.
pub(crate) fn catalog_paths(files: &[PathBuf]) -> Vec<PathBuf> {
    sources(files).map(|(path, _)| path).collect()
}

/// The catalogs of the environment, then `files`.
fn sources(files: &[PathBuf]) -> impl Iterator<Item = Source> {
    let variable = env::var_os(CATALOG_VARIABLE).unwrap_or_default();
    let of_environment: Vec<_> = env::split_paths(&variable).collect();
    let of_environment = of_environment.into_iter().filter(|path| !path.as_os_str().is_empty());
    let files = files.iter().cloned().map(|path| (path, false));
    of_environment.map(|path| (path, true)).chain(files)
}

fn add(catalog: &mut CatalogBuilder, path: &Path, output: Option<&Output>) -> Result<usize, Error> {
    if let Some(output) = output {
        input::announce("a catalog", path, output);
    }
    let toml = input::read(path).map_err(|mut error| {
        if let Error::Read { is_catalog, .. } = &mut error {
            *is_catalog = true;
        }
        error
    });
    let added = catalog.add(&toml?);
    added.map_err(|problems| Error::InvalidCatalog { path: path.to_owned(), problems, hint: None })
}
