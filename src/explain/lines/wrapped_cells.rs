//! Tables drawn with bars: rows whose cells were wrapped onto several lines.

use super::line::RawLine;
use crate::explain::values::{BARS, FULL_ID_LENGTH, Role, can_be, is_error_code};
use crate::substrings::{place_in, start_of_line};

/// Parts of the rules that a table is drawn with.
pub(crate) const RULES: [&str; 4] = ["+--", "──", "━━", "══"];
/// Spaces around the text of a cell, one on each side.
const PADDING: usize = 2;

/// A cell of a row, as it was wrapped, and the bar behind it.
struct WrappedCell<'t> {
    lines: Vec<RawLine<'t>>,
    bar: RawLine<'t>,
}

/// Joins the lines of each wrapped row, cell by cell.
pub(crate) fn join_cells<'t>(lines: &mut Vec<RawLine<'t>>, original: &'t str) {
    let mut row: Vec<WrappedCell> = Vec::new();
    let mut above = Vec::new();
    let mut is_in_table = false;
    for line in std::mem::take(lines) {
        let start = start_of_line(original, place_in(original, line.text).start);
        let whole = original[start..].lines().next().unwrap_or_default().trim();
        let is_rule = shows_no_text(whole);
        is_in_table = is_rule && column_count(whole) > 1 || is_in_table && whole.starts_with(BARS);
        let texts = if is_in_table && !is_rule { split_cells(whole) } else { Vec::new() };
        if row_goes_on(&above, &texts) {
            if row.is_empty() {
                let first = lines.pop().unwrap_or(line);
                row = above.iter().map(|text| WrappedCell::new(text, first)).collect();
            }
            for ((cell, upper), text) in row.iter_mut().zip(&above).zip(&texts) {
                let (upper, text) = (without_bar(upper), without_bar(text).trim());
                // A word wider than its cell was cut: its parts are joined without a space.
                let was_cut =
                    !upper.trim().contains(' ') && upper.trim().len() + PADDING >= upper.len();
                let joint = Some(if was_cut { "" } else { " " });
                if !text.is_empty() {
                    cell.lines.push(RawLine { text, joint, ..line });
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

impl<'t> WrappedCell<'t> {
    fn new(text: &'t str, line: RawLine<'t>) -> Self {
        let inside = without_bar(text);
        let part = |text| RawLine { text, joint: Some(" "), ..line };
        WrappedCell { lines: vec![part(inside.trim())], bar: part(&text[inside.len()..]) }
    }
}

/// Adds the cells of a row that was joined, if there is one.
fn add_row<'t>(lines: &mut Vec<RawLine<'t>>, row: &mut Vec<WrappedCell<'t>>) {
    let first = lines.len();
    for cell in row.drain(..) {
        lines.extend(cell.lines);
        lines.push(cell.bar);
    }
    if lines.len() > first {
        lines[first].joint = None;
        // The last bar belongs to the frame, which was taken off the other rows.
        lines.pop();
    }
}

/// Whether a line goes on with the row above. Some of its cells are empty. Above each other cell
/// stands a text that leaves no room for the cell's first word, and neither that text nor the word
/// is a whole value.
fn row_goes_on(above: &[&str], cells: &[&str]) -> bool {
    let cell_goes_on = |(above, cell): (&&str, &&str)| {
        let (above, cell) = (without_bar(above), without_bar(cell));
        let Some(word) = cell.split_whitespace().next() else { return true };
        let text = above.trim();
        let [width, length, more] = [above, text, word].map(|it| it.chars().count());
        let has_room = length + 1 + more <= width.saturating_sub(PADDING);
        !text.is_empty() && !has_room && ![text, word].into_iter().any(is_complete)
    };
    let is_empty = |cell: &&str| without_bar(cell).trim().is_empty();
    !cells.is_empty()
        && cells.len() == above.len()
        && cells.iter().any(is_empty)
        && above.iter().zip(cells).all(cell_goes_on)
}

/// Whether a text is a whole value: a code, a status, an ID of full length.
fn is_complete(text: &str) -> bool {
    is_error_code(text)
        || can_be(Role::HttpStatus, text)
        || text.len() >= FULL_ID_LENGTH && can_be(Role::RequestId, text)
}

/// The cells of a row, each with the bar behind it; none if the line is no row.
fn split_cells(line: &str) -> Vec<&str> {
    let inside = line.strip_prefix(BARS);
    inside.map_or(Vec::new(), |inside| inside.split_inclusive(BARS).collect())
}

fn without_bar(cell: &str) -> &str {
    cell.strip_suffix(BARS).unwrap_or(cell)
}

/// Whether a line shows no text, but perhaps a rule or an empty row.
pub(crate) fn shows_no_text(line: &str) -> bool {
    line.chars().all(|c| "+-=|: ".contains(c) || ('\u{2500}'..='\u{257f}').contains(&c))
}

/// How many columns a rule has, by the marks between them.
pub(crate) fn column_count(rule: &str) -> usize {
    let is_line = |c: char| "-=─━═".contains(c);
    rule.split(|c| !is_line(c)).filter(|column| column.len() > 1).count()
}
