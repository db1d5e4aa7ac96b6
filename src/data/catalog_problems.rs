//! The problems of a catalog with their lines and columns: how they are ordered and how many are
//! reported. `schema` decides what is a problem.

use std::ops::Deref;

use serde::Serialize;

use super::truncate::truncated;

/// One problem of a catalog, with the place where it stands.
///
/// ```
/// let problems = orgerr::parse_catalog("[[entry]]\ncode = 1305\n").unwrap_err();
/// for problem in problems.iter() {
///     eprintln!("catalog.toml:{problem}");
/// }
/// let first: Box<dyn std::error::Error> = problems[0].clone().into();
/// assert_eq!(first.to_string(), "1:1: the catalog has no [[service]]");
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Serialize, thiserror::Error)]
#[error("{line}:{column}: {message}")]
#[non_exhaustive]
pub struct Problem {
    /// Line, counted from 1.
    pub line: usize,
    /// Column in characters, counted from 1.
    pub column: usize,
    /// What is wrong and what would be right; names the entry and the field.
    pub message: String,
}

/// The problems of a catalog in the order of the text: the first 1,000, then a last one that says
/// how many more there are.
///
/// ```
/// # fn main() {
/// #     assert!(count("[[entry]]").is_err());
/// # }
/// fn count(toml: &str) -> Result<usize, Box<dyn std::error::Error>> {
///     Ok(orgerr::CatalogBuilder::new().add(toml)?)
/// }
/// ```
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{}", .0.iter().map(Problem::to_string).collect::<Vec<_>>().join("\n"))]
pub struct Problems(Vec<Problem>);

impl Deref for Problems {
    type Target = [Problem];

    fn deref(&self) -> &[Problem] {
        &self.0
    }
}

/// A mark that editors put in front of a file. It takes up no column, wherever it is.
pub(super) const BYTE_ORDER_MARK: char = '\u{feff}';

/// The most names that one problem lists.
const MAX_LISTED: usize = 12;

/// The most problems that are reported one by one.
const MAX_PROBLEMS: usize = 1_000;

/// Turns the bytes at which problems are into lines and columns, and sorts the problems by place.
/// Reads the text once, however many problems there are.
pub(super) fn by_line_and_column(text: &str, mut problems: Vec<(usize, String)>) -> Problems {
    problems.sort_by_key(|(start, _)| *start);
    // Keeps one problem for each place, except at byte 0, where every missing table is reported.
    problems.dedup_by(|next, kept| next.0 == kept.0 && next.0 > 0);
    let more = problems.len().saturating_sub(MAX_PROBLEMS);
    if let Some((_, message)) = problems.get_mut(MAX_PROBLEMS) {
        *message = format!("{more} more problems from here on");
        problems.truncate(MAX_PROBLEMS + 1);
    }
    let mut place = Place::at_start(text);
    let problems = problems.into_iter().map(|(start, message)| {
        place.go_to(start);
        Problem { line: place.line, column: place.column, message }
    });
    Problems(problems.collect())
}

/// A place in a text, which moves only towards the end.
pub(super) struct Place<'t> {
    text: &'t str,
    /// The byte offset of the place.
    at: usize,
    pub(super) line: usize,
    column: usize,
}

impl<'t> Place<'t> {
    pub(super) fn at_start(text: &'t str) -> Self {
        Place { text, at: 0, line: 1, column: 1 }
    }

    /// Moves forward to a byte.
    pub(super) fn go_to(&mut self, byte: usize) {
        let end = byte.clamp(self.at, self.text.len().max(self.at));
        for c in self.text[self.at..end].chars() {
            match c {
                '\n' => (self.line, self.column) = (self.line + 1, 1),
                BYTE_ORDER_MARK => {}
                _ => self.column += 1,
            }
        }
        self.at = end;
    }
}

/// The first names, separated by commas, with `…` if there are more than `MAX_LISTED`.
pub(super) fn listed<'n>(names: impl Iterator<Item = &'n str>) -> String {
    let mut names = names.map(truncated);
    let mut list: Vec<_> = names.by_ref().take(MAX_LISTED).collect();
    if names.next().is_some() {
        list.push("…".into());
    }
    list.join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_count_lines_and_characters() {
        let text = "\u{feff}é = 1, ü = 2\n\n\u{feff}x\ny";
        let at = |what: char| (text.find(what).unwrap(), what.to_string());
        let problems = by_line_and_column(text, ['y', 'ü', 'é', 'x'].map(at).to_vec());
        let shown: Vec<_> = problems.iter().map(Problem::to_string).collect();
        assert_eq!(shown, ["1:1: é", "1:8: ü", "3:1: x", "4:1: y"]);
    }
}
