//! Mistakes in catalogs of your own.

use orgerr::Problem;
use serde::Serialize;

use crate::render::record::Fit::{Prose, Word};
use crate::render::record::places::{LINE, NARROW, TABLE, TITLE};
use crate::render::record::{Field, Record};
use crate::render::style::Style;
use crate::render::text::Text;
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
    pub fn new(file: &str, problem: Problem) -> Self {
        CatalogProblem {
            file: file.to_owned(),
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
        let place = Text::styled(Style::Code, place);
        let message = &*self.message;
        vec![
            Field::new("Place", Word, TITLE | TABLE, [place]),
            Field::new("Problem", Prose, TABLE | NARROW | LINE, [message]),
        ]
    }
}
