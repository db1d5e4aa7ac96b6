//! Mistakes in catalogs of the user's own.

use std::borrow::Cow;

use orgerr::catalog::Problem;
use serde::Serialize;

use super::{Kind, Record, long, short};
use crate::render::card::Card;
use crate::render::style::Style;
use crate::render::text::Text;

/// A mistake in a catalog of the user's own.
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

    fn place(&self) -> String {
        format!("{}:{}:{}", self.file, self.line, self.column)
    }
}

impl Record for CatalogProblem {
    fn kind() -> Kind {
        Kind {
            fields: &["file", "line", "column", "message"],
            columns: const { &[short("Place"), long("Problem")] },
            prefers_cards: false,
        }
    }

    fn fields(&self) -> Vec<Cow<'_, str>> {
        vec![
            self.file.as_str().into(),
            self.line.to_string().into(),
            self.column.to_string().into(),
            self.message.as_str().into(),
        ]
    }

    fn cells(&self) -> Vec<Text<'_>> {
        vec![
            Text::new().styled(Style::Code, self.place()),
            Text::new().plain(self.message.as_str()),
        ]
    }

    fn line(&self) -> Text<'_> {
        Text::new().plain(format!("{}: {}", self.place(), self.message))
    }

    fn card(&self) -> Card<'_> {
        Card {
            title: Text::new().styled(Style::Code, self.place()),
            fields: vec![("Problem", Text::new().plain(self.message.as_str()))],
        }
    }
}
