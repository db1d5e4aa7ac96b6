//! The closing net: error codes of a page that stand in no table.

use std::collections::HashSet;
use std::ops::Range;

use super::cell::Cell;
use super::rows::Row;
use super::{Report, markdown, value};

/// Digits from which on something that starts a line is taken for a code; `V1.2` is
/// none.
const FEWEST_DIGITS: usize = 3;

/// Tells the codes that start a line, or a cell of one, outside of the tables. In
/// prose those of the `rows` may stand.
pub fn codes(
    lines: &[&str],
    taken: &[bool],
    loose: &[Range<usize>],
    rows: &[Row],
    report: &mut Report,
) {
    let mut told: HashSet<_> = rows
        .iter()
        .map(|row| row.code.to_ascii_lowercase())
        .collect();
    let numbers = loose
        .iter()
        .flat_map(|range| range.start..range.end.min(lines.len() + 1));
    for number in numbers.filter(|number| !taken[number - 1]) {
        for cell in cells(lines[number - 1], number) {
            let Some(code) = first_code(&cell.text) else {
                continue;
            };
            let is_new = told.insert(code.to_ascii_lowercase());
            if is_new || code == cell.text {
                report.problem(number, format!("{code}: not in a table that could be read"));
            }
        }
    }
}

fn cells(line: &str, number: usize) -> Vec<Cell> {
    markdown::cells(line, number).unwrap_or_else(|| {
        line.split('\t')
            .map(|text| Cell::new(text, number))
            .collect()
    })
}

/// The code that a text starts with.
fn first_code(text: &str) -> Option<&str> {
    let code = value::code(text.split([' ', ',']).next()?)?;
    let (name, digits) = value::split_code(code)?;
    let has_letter = name.contains(|c: char| c.is_ascii_alphabetic());
    (has_letter && digits.len() >= FEWEST_DIGITS).then_some(code)
}
