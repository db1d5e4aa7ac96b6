//! `orgerr show`.

use orgerr::Catalog;

use super::code_arguments;
use crate::render::{Output, View};
use crate::{Error, Exit};

pub(super) fn run(codes: &[String], catalog: &Catalog, output: &mut Output) -> Result<Exit, Error> {
    let (entries, exit) = code_arguments::entries("show", codes, catalog, output)?;
    output.records(View::Cards, entries)?;
    Ok(exit)
}
