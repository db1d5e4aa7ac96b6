//! Mistakes in catalogs of your own.

use orgerr::Problem;
use serde::Serialize;

use super::{one, plain};
use crate::render::record::places::{LINE, NARROW, TABLE, TITLE};
use crate::render::record::{Field, Fit, Record};
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

    fn fields() -> Vec<Field<Self>> {
        vec![
            Field::new("Place", Fit::Word, TITLE | TABLE, |problem| {
                let file = source_name(problem.file.as_ref());
                let place = format!("{file}:{}:{}", problem.line, problem.column);
                one(Text::styled(Style::Code, place))
            }),
            Field::new("Problem", Fit::Text, TABLE | NARROW | LINE, |problem| {
                plain(&*problem.message)
            }),
        ]
    }
}
