//! `orgerr fix`.

use orgerr::Catalog;

use super::code_arguments;
use crate::render::{Fix, Output, View};
use crate::{Error, Exit};

pub(super) fn run(codes: &[String], catalog: &Catalog, output: &mut Output) -> Result<Exit, Error> {
    let (entries, exit) = code_arguments::entries("fix", codes, catalog, output)?;
    // Entries of one code are adjacent.
    let any_code_has_several = entries.windows(2).any(|pair| pair[0].code() == pair[1].code());
    let fixes: Vec<_> =
        entries.into_iter().map(|entry| Fix { entry, any_code_has_several }).collect();
    output.records(View::Table, &fixes)?;
    Ok(exit)
}
