//! How problems of your own catalogs are shown. `src/data/schema` decides what is a problem.

use std::borrow::Cow;
use std::path::Path;

use orgerr::Problem;
use serde::Serialize;

use super::Fit::{Prose, Word};
use super::slots::{ROW, TABLE, TITLE};
use super::{Field, Record, Style};
use crate::source::source_name;

/// A problem of a catalog of your own.
#[derive(Serialize)]
pub(crate) struct CatalogProblem<'a> {
    pub file: Cow<'a, str>,
    #[serde(flatten)]
    pub problem: Problem,
}

impl Record for CatalogProblem<'_> {
    const TSV_KEYS: &'static str = "file line column message";

    fn fields(&self) -> Vec<Field<'_>> {
        let file = source_name(Path::new(&*self.file));
        let place = format!("{file}:{}:{}", self.problem.line, self.problem.column);
        vec![
            Field::new("Place", Word, TITLE | TABLE, [Style::Code.text(place)]),
            Field::new("Problem", Prose, ROW, [&*self.problem.message]),
        ]
    }
}
