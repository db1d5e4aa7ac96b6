//! Reads tables of `AsciiDoc`. Their cells follow one another on a line or on the next line, and
//! may cover several rows and columns.

use super::{BlocksUntil, PageLines, delimited, split_at_bars};
use crate::import::block::{Cell, Grid, MAX_COLUMNS};

/// The most bytes of the fence that a table begins and ends with.
const MAX_FENCE: usize = 80;
/// Starts of lines that are not text.
const DIRECTIVES: [&str; 4] = ["ifdef::", "ifndef::", "endif::", "include::"];
/// The most lines of attributes above a table.
const MAX_ATTRIBUTES: usize = 4;

/// The most columns or rows that a cell covers.
const MAX_SPAN: usize = 32;

/// Whether a line is the fence that a table begins and ends with: `|===`, perhaps longer, or `,===`
/// and `:===` around values with commas or colons between them.
pub(super) fn is_fence(line: &str) -> bool {
    let line = line.trim_end();
    let rest = line.strip_prefix(['|', ',', ':']).unwrap_or_default();
    rest.starts_with("===") && line.len() <= MAX_FENCE && rest.chars().all(|c| c == '=')
}

/// Reads the table that begins on the line `at`, counted from 0.
pub(super) fn read(lines: &PageLines, at: usize) -> Option<BlocksUntil> {
    let fence = lines.get(at).filter(|line| is_fence(line))?.trim_end();
    let end = (at + 1..lines.all.len()).find(|end| lines.all[*end].trim_end() == fence)?;
    let delimiter = match attribute(lines, at, "format") {
        Some("csv") => ',',
        Some("tsv") => '\t',
        Some("dsv") => ':',
        _ => fence.chars().next()?,
    };
    if delimiter != '|' {
        let grid = delimited::rows(&lines.all[at + 1..end], at + 1, delimiter).collect();
        return Some((lines.table(grid, 0), end + 1));
    }
    let (mut cells, mut is_commented) = (Vec::<Cell>::new(), false);
    for (number, line) in (at + 2..).zip(&lines.all[at + 1..end]) {
        is_commented ^= line.starts_with("////");
        if is_commented
            || line.starts_with("//")
            || DIRECTIVES.iter().any(|it| line.starts_with(it))
        {
            continue;
        }
        let mut spans = None;
        let mut texts = split_at_bars(line)?.peekable();
        while let Some(text) = texts.next() {
            let is_before_bar = texts.peek().is_some();
            let split = if is_before_bar { split_off_spans(text, spans.is_none()) } else { None };
            let (text, next_spans) = split.unwrap_or((text, (1, 1)));
            let cell = |(columns, rows)| Cell { rows, columns, ..Cell::new("", number) };
            cells.extend(spans.map(cell));
            if let Some(last) = cells.last_mut() {
                last.add_line(text.strip_suffix(" +").unwrap_or(text));
            }
            spans = Some(next_spans);
        }
    }
    let in_first_line = cells.iter().take_while(|cell| cell.line == cells[0].line);
    let columns_of_first_line = || in_first_line.map(|cell| cell.columns).sum();
    let columns =
        attribute(lines, at, "cols").map_or_else(columns_of_first_line, number_of_columns);
    if !(2..=MAX_COLUMNS).contains(&columns) {
        return None;
    }
    Some((lines.table(rows(cells, columns), 0), end + 1))
}

/// The value of an attribute of the table on the line `at`: `4` for `[cols=4]`, also in quotes.
fn attribute<'p>(lines: &PageLines<'p>, at: usize, name: &str) -> Option<&'p str> {
    let above = lines.all[..at].iter().rev().take(MAX_ATTRIBUTES);
    let mut attributes = above.take_while(|line| line.starts_with(['[', '.']));
    let value = attributes.find_map(|line| line.split_once(name)?.1.strip_prefix('='))?;
    match value.strip_prefix(['"', '\'']) {
        Some(quoted) => quoted.split(['"', '\'']).next(),
        None => value.split([',', ']']).next(),
    }
}

/// The number of columns that `cols` gives: 4 for `1,2*,3a` and for `4`.
fn number_of_columns(cols: &str) -> usize {
    let number = |text: &str| text.trim().parse::<u8>().ok().map(usize::from);
    let count =
        |column: &str| column.split_once('*').and_then(|(times, _)| number(times)).unwrap_or(1);
    number(cols).unwrap_or_else(|| cols.split([',', ';']).map(count).sum())
}

/// Splits a text before a bar into the text and the specifier of the next cell, and returns how
/// many columns and rows that cell covers: two and three after `2.3+^a`. A specifier begins the
/// line or follows a space.
fn split_off_spans(text: &str, begins_line: bool) -> Option<(&str, (usize, usize))> {
    let start = text.rfind(' ').map(|space| space + 1).or(begins_line.then_some(0))?;
    let (before, specifier) = text.split_at(start);
    let (numbers, style) = specifier.split_once('+').unwrap_or(("", specifier));
    let (columns, rows) = numbers.split_once('.').unwrap_or((numbers, ""));
    let letter = style.trim_start_matches(['<', '^', '>', '.']);
    let is_style = letter.len() <= 1 && letter.chars().all(|c| "adehlmsv".contains(c));
    let number = |digits: &str| match digits {
        "" => Some(1),
        _ => digits.parse().ok().filter(|number| (1..=MAX_SPAN).contains(number)),
    };
    Some((before, (number(columns)?, number(rows)?))).filter(|_| is_style)
}

/// Arranges cells that follow one another in rows.
fn rows(cells: Vec<Cell>, columns: usize) -> Grid {
    let mut grid = Grid::from([Vec::new()]);
    // For each column, how many rows a cell covers there, from this row on.
    let mut covered = vec![0; columns];
    for cell in cells {
        while covered.iter().all(|rows| *rows > 0) {
            covered = covered.into_iter().map(|rows| rows - 1).collect();
            grid.push(Vec::new());
        }
        let place = covered.iter().position(|rows| *rows == 0).unwrap_or(0);
        for rows in covered.iter_mut().skip(place).take(cell.columns) {
            *rows = cell.rows;
        }
        grid.last_mut().expect("there is a first row").push(cell);
    }
    grid
}
