//! Rows of a table drawn with bars whose cells a program has wrapped onto several lines.

use super::line::RawLine;
use crate::explain::values::{BARS, has_error_code};
use crate::substrings::{has_any, place_in, start_of_line};

/// What every table with rules has.
pub const RULES: [&str; 4] = ["+--", "──", "━━", "══"];
/// Rules of a table with one below each row, at least.
const MIN_RULES: usize = 4;

/// Joins the lines of each wrapped row, cell by cell.
pub fn join_cells<'t>(lines: &mut Vec<RawLine<'t>>, original: &'t str) {
    let whole = |line: &RawLine| {
        let start = start_of_line(original, place_in(original, line.text).start);
        original[start..].lines().next().unwrap_or_default().trim()
    };
    let all: Vec<_> = lines.iter().map(|line| (*line, whole(line))).collect();
    lines.clear();
    let is_of_table = |text: &str| bars(text) > 1 || is_rule(text);
    for part in all.chunk_by(|above, line| is_of_table(above.1) == is_of_table(line.1)) {
        let rules = part.iter().filter(|line| is_rule(line.1));
        let is_ruled = rules.clone().count() >= MIN_RULES;
        // A table in a cell is read line by line.
        let has_table_in_cell = part.iter().any(|line| is_rule_in_cell(line.1));
        let is_table = !has_table_in_cell && rules.clone().any(|rule| columns(rule.1) > 1);
        let goes_on = |above: &str, line: &str| is_table && goes_on(above, line, is_ruled);
        for row in part.chunk_by(|above, line| goes_on(above.1, line.1)) {
            if row.len() == 1 {
                lines.push(row[0].0);
            } else {
                lines.extend(cells_of(row));
            }
        }
    }
}

/// Whether a line only separates the rows of a table.
pub fn separates_rows(line: &str) -> bool {
    line.chars().all(|c| "+-=|: ".contains(c) || ('\u{2500}'..='\u{257f}').contains(&c))
}

fn is_rule_in_cell(line: &str) -> bool {
    line.strip_prefix(BARS).is_some_and(|it| it.starts_with(' ')) && has_any(line, &RULES)
}

fn is_rule(line: &str) -> bool {
    line.len() > 2 && separates_rows(line)
}

/// Between how many columns a rule has marks.
pub fn columns(rule: &str) -> usize {
    let is_line = |c: char| "-=─━═".contains(c);
    rule.split(|c| !is_line(c)).filter(|column| column.len() > 1).count()
}

/// How many bars a row has; none where a line is no row.
fn bars(line: &str) -> usize {
    let is_row = line.starts_with(BARS) && line.ends_with(BARS) && !is_rule(line);
    if is_row { line.matches(BARS).count() } else { 0 }
}

/// Whether a line goes on with the row above. In a table without rules between its rows the first cell
/// is empty then.
fn goes_on(above: &str, line: &str, is_ruled: bool) -> bool {
    let is_first_empty = || line.split(BARS).nth(1).is_some_and(|it| it.trim().is_empty());
    bars(line) > 1
        && bars(line) == bars(above)
        && (is_ruled || is_first_empty() && !has_error_code(line))
}

/// The cells of a row, each with a bar before it, and what the lines below add to it.
fn cells_of<'t>(row: &[(RawLine<'t>, &'t str)]) -> Vec<RawLine<'t>> {
    let first = row[0].0;
    let mut parts = vec![RawLine { text: &first.text[..0], ..first }];
    let mut cells: Vec<_> = row.iter().map(|line| line.1.split_inclusive(BARS).skip(1)).collect();
    while let Some(cell) = cells[0].next() {
        let mut above = cell.trim_end_matches(BARS);
        let bar = &cell[above.len()..];
        parts.push(RawLine { text: above.trim(), joint: Some(" "), ..first });
        for below in cells[1..].iter_mut().filter_map(Iterator::next) {
            let below = below.trim_end_matches(BARS);
            // A word that is longer than the cell is wide has no space before it.
            let is_broken = !above.trim().contains(' ') && above.trim().len() + 2 >= above.len();
            if !below.trim().is_empty() {
                let joint = Some(if is_broken { "" } else { " " });
                parts.push(RawLine { text: below.trim(), joint, ..first });
            }
            above = below;
        }
        parts.push(RawLine { text: bar, joint: Some(" "), ..first });
    }
    parts.pop();
    parts
}
