//! Mistakes in catalogs of your own.

use std::path::Path;

use orgerr::Problem;
use serde::Serialize;

use super::Fit::{Prose, Word};
use super::slots::{LINE, ROW_CARD, TABLE, TITLE};
use super::{Field, Record, Style};
use crate::source::source_name;

/// A mistake in a catalog of your own.
#[derive(Serialize)]
pub struct CatalogProblem {
    file: String,
    line: usize,
    column: usize,
    message: String,
}

impl CatalogProblem {
    pub fn new(file: &Path, problem: Problem) -> Self {
        CatalogProblem {
            file: file.to_string_lossy().into_owned(),
            line: problem.line,
            column: problem.column,
            message: problem.message,
        }
    }
}

impl Record for CatalogProblem {
    const KEYS: &'static str = "file line column message";

    fn fields(&self) -> Vec<Field<'_>> {
        let file = source_name(self.file.as_ref());
        let place = format!("{file}:{}:{}", self.line, self.column);
        let place = Style::Code.text(place);
        let problem = TABLE | ROW_CARD | LINE;
        vec![
            Field::new("Place", Word, TITLE | TABLE, [place]),
            Field::new("Problem", Prose, problem, [&*self.message]),
        ]
    }
}
