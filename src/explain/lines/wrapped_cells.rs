//! Rows of a table drawn with bars whose cells a program has wrapped onto several lines.

use super::line::RawLine;
use crate::explain::values::{BARS, has_error_code};
use crate::substrings::{place_in, start_of_line};

/// What every table with rules has.
pub const RULES: [&str; 4] = ["+--", "──", "━━", "══"];
/// Rules of a table with one below each row, at least.
const MIN_RULES: usize = 4;

/// Lines of a table in which rules are counted.
const MAX_LINES: usize = 64;

/// Joins the lines of each wrapped row, cell by cell. In a table without rules between its rows the
/// first cell of what goes on is empty.
pub fn join_cells<'t>(lines: &mut Vec<RawLine<'t>>, original: &'t str) {
    let whole = |line: &RawLine| {
        let start = start_of_line(original, place_in(original, line.text).start);
        original[start..].lines().next().unwrap_or_default().trim()
    };
    let whole: Vec<&str> = lines.iter().map(whole).collect();
    // The texts of each cell of the row above, and its bar.
    let mut row: Vec<Vec<RawLine>> = Vec::new();
    let mut rules = 0;
    for (number, line) in std::mem::take(lines).into_iter().enumerate() {
        let text = whole[number];
        let cells = if rules > 0 { cells(text) } else { Vec::new() };
        let is_first_empty = || cells[0].trim_matches([' ', '|', '│']).is_empty();
        let goes_on = !cells.is_empty()
            && cells.len() == row.len()
            && (rules >= MIN_RULES || is_first_empty() && !has_error_code(text));
        if !goes_on {
            row.drain(..).for_each(|cell| lines.extend(cell));
        }
        if cells.is_empty() {
            lines.push(line);
            if rules == 0 || !separates_rows(text) {
                rules = rules_of_table(&whole[number..]);
            }
        }
        for (number, cell) in cells.into_iter().enumerate() {
            let inside = without_bar(cell);
            let part = RawLine { text: inside.trim(), joint: Some(" "), ..line };
            if !goes_on {
                let bar = RawLine { text: &cell[inside.len()..], ..part };
                let joint = if number == 0 { line.joint } else { part.joint };
                row.push(vec![RawLine { joint, ..part }, bar]);
            } else if !part.text.is_empty() {
                let parts = &mut row[number];
                let above = parts[parts.len() - 2].text;
                // A word that is longer than the cell is wide has no space before it.
                let is_broken = !above.contains(' ') && above.len() + 2 >= inside.len();
                let joint = Some(if is_broken { "" } else { " " });
                parts.insert(parts.len() - 1, RawLine { joint, ..part });
            }
        }
    }
    row.into_iter().for_each(|cell| lines.extend(cell));
}

/// How many rules the table has whose first rule is the first of some lines; none where there is no
/// table, or one with another in a cell.
fn rules_of_table(lines: &[&str]) -> usize {
    if !separates_rows(lines[0]) || columns(lines[0]) < 2 {
        return 0;
    }
    let table = lines.iter().take(MAX_LINES);
    let table = table.take_while(|line| separates_rows(line) || line.starts_with(BARS));
    let rules = table.filter(|line| separates_rows(line));
    let is_in_cell = |rule: &&str| rule.starts_with(['│', '┃', '║']);
    if rules.clone().any(|rule| is_in_cell(rule)) { 0 } else { rules.count() }
}

/// The cells of a row, each with the bar behind it; none where a line is no row.
fn cells(line: &str) -> Vec<&str> {
    let mut cells: Vec<_> = line.split_inclusive(BARS).collect();
    let is_row = cells.len() > 2 && without_bar(cells[0]).is_empty() && !separates_rows(line);
    if !is_row {
        cells.clear();
    }
    cells.drain(..cells.len().min(1));
    cells
}

fn without_bar(cell: &str) -> &str {
    cell.strip_suffix(BARS).unwrap_or(cell)
}

/// Whether a line only separates the rows of a table.
pub fn separates_rows(line: &str) -> bool {
    line.chars().all(|c| "+-=|: ".contains(c) || ('\u{2500}'..='\u{257f}').contains(&c))
}

/// Between how many columns a rule has marks.
pub fn columns(rule: &str) -> usize {
    let is_line = |c: char| "-=─━═".contains(c);
    rule.split(|c| !is_line(c)).filter(|column| column.len() > 1).count()
}
