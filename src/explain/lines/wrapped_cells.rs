//! Rows of a table drawn with bars whose cells a program has wrapped onto several lines.

use super::line::RawLine;
use crate::explain::values::{BARS, Role, can_be, is_error_code};
use crate::substrings::{place_in, start_of_line};

/// What tables have that are drawn with rules.
pub const RULES: [&str; 4] = ["+--", "──", "━━", "══"];
/// Characters of a request ID that is whole.
const WHOLE_ID: usize = 32;

/// A cell of a row, as it was wrapped, and the bar behind it.
struct Cell<'t> {
    lines: Vec<RawLine<'t>>,
    bar: RawLine<'t>,
}

/// Joins the lines of each wrapped row, cell by cell.
pub fn join_cells<'t>(lines: &mut Vec<RawLine<'t>>, original: &'t str) {
    let mut row: Vec<Cell> = Vec::new();
    let mut above = Vec::new();
    let mut is_in_table = false;
    for line in std::mem::take(lines) {
        let start = start_of_line(original, place_in(original, line.text).start);
        let whole = original[start..].lines().next().unwrap_or_default().trim();
        let is_rule = separates_rows(whole);
        is_in_table = is_rule && columns(whole) > 1 || is_in_table && whole.starts_with(BARS);
        let texts = if is_in_table && !is_rule { cells(whole) } else { Vec::new() };
        if goes_on(&above, &texts) {
            if row.is_empty() {
                let first = lines.pop().unwrap_or(line);
                row = above.iter().map(|text| cell(text, first)).collect();
            }
            for ((own, above), text) in row.iter_mut().zip(&above).zip(&texts) {
                let text = without_bar(text).trim();
                // A word that is longer than the cell is wide has no space before it.
                let above = without_bar(above);
                let is_broken =
                    !above.trim().contains(' ') && above.trim().len() + 2 >= above.len();
                let joint = Some(if is_broken { "" } else { " " });
                if !text.is_empty() {
                    own.lines.push(RawLine { text, joint, ..line });
                }
            }
        } else {
            add_row(lines, &mut row);
            lines.push(line);
        }
        above = texts;
    }
    add_row(lines, &mut row);
}

fn cell<'t>(text: &'t str, line: RawLine<'t>) -> Cell<'t> {
    let inside = without_bar(text);
    let part = |text| RawLine { text, joint: Some(" "), ..line };
    Cell { lines: vec![part(inside.trim())], bar: part(&text[inside.len()..]) }
}

/// Adds the cells of a row that was joined.
fn add_row<'t>(lines: &mut Vec<RawLine<'t>>, row: &mut Vec<Cell<'t>>) {
    let first = lines.len();
    for cell in row.drain(..) {
        lines.extend(cell.lines);
        lines.push(cell.bar);
    }
    if lines.len() > first {
        lines[first].joint = None;
        // The frame ends in a bar.
        lines.pop();
    }
}

/// Whether a line goes on with the row above: some of its cells are empty, and above each of the others
/// is no room for its first word, and no value that is whole.
fn goes_on(above: &[&str], cells: &[&str]) -> bool {
    let goes_on = |(above, cell): (&&str, &&str)| {
        let (above, word) = (without_bar(above), cell.split_whitespace().next());
        let Some(word) = word.filter(|word| !word.starts_with(BARS)) else { return true };
        let text = above.trim();
        let [width, length, more] = [above, text, word].map(|it| it.chars().count());
        let has_room = length + 1 + more <= width.saturating_sub(2);
        !text.is_empty() && !has_room && ![text, word].into_iter().any(is_whole)
    };
    let is_empty = |cell: &&&str| without_bar(cell).trim().is_empty();
    !cells.is_empty()
        && cells.len() == above.len()
        && cells.iter().any(|cell| is_empty(&cell))
        && above.iter().zip(cells).all(goes_on)
}

/// Whether a text is a value that is never wrapped, or not yet.
fn is_whole(text: &str) -> bool {
    is_error_code(text)
        || can_be(Role::HttpStatus, text)
        || text.len() >= WHOLE_ID && can_be(Role::RequestId, text)
}

/// The cells of a row, each with the bar behind it; none where a line is no row.
fn cells(line: &str) -> Vec<&str> {
    let mut cells = line.split_inclusive(BARS);
    let is_first_empty = cells.next().is_some_and(|cell| without_bar(cell).is_empty());
    if is_first_empty { cells.collect() } else { Vec::new() }
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
