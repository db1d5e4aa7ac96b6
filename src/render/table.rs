//! Records as a table.

use std::iter::repeat_n;

use comfy_table::{
    CellAlignment, ColumnConstraint, ContentArrangement, ContentLineStyle, LineStyle, Table,
    TableStyle, Width,
};

use super::column_widths::{Column, ROWS_FOR_A_LONG_ONE, columns, widths};
use super::record::{Field, Fit, slots};
use super::style::{ColorMode, Style, paint};
use super::text::Text;

/// Lines of most rows, if a column stands only where there is room.
const MAX_SHORT_LINES: usize = 2;

const STYLE: TableStyle = TableStyle::new()
    .header_lines(ContentLineStyle::none().junction('│'))
    .header_separator(LineStyle::none().fill('─').junction('┼'))
    .content_lines(ContentLineStyle::none().junction('│'));

/// A table of at most `width` columns of the screen; none where its words would not fit.
pub fn table(rows: Vec<Vec<Field>>, width: usize, mode: ColorMode) -> Option<String> {
    let mut columns = columns(rows);
    loop {
        let is_optional = |it: &Column| it.head().slots & slots::SHORT_TABLE != 0;
        let optional = columns.iter().position(is_optional);
        let widths = widths(&columns, width);
        match widths.filter(|widths| optional.is_none() || are_short(&columns, widths)) {
            Some(widths) => return Some(written(&columns, &widths, mode)),
            None => columns.remove(optional?),
        };
    }
}

/// Whether most rows take few lines.
fn are_short(columns: &[Column], widths: &[usize]) -> bool {
    let lines = |cell: &Field, width| cell.marked_lines(width, ColorMode::Plain).len();
    let is_long = |row: &usize| {
        let mut columns = columns.iter().zip(widths);
        columns.any(|(it, width)| lines(&it.cells[*row], *width) > MAX_SHORT_LINES)
    };
    let rows = columns[0].cells.len();
    (0..rows).filter(is_long).count() <= rows / ROWS_FOR_A_LONG_ONE
}

fn written(columns: &[Column], widths: &[usize], mode: ColorMode) -> String {
    let mut table = Table::new();
    table.load_style(STYLE);
    // The cells are wrapped already, so that commands stay whole.
    table.set_content_arrangement(ContentArrangement::Disabled);
    let heading = |column: &Column| Style::Label.text(column.head().heading).marked(mode);
    table.set_header(columns.iter().map(heading));
    // Heading and rule lead nowhere; each line of a row leads to the page of its code.
    let mut pages = vec![None; 2];
    for row in 0..columns[0].cells.len() {
        let cells = || columns.iter().map(|column| &column.cells[row]);
        let lines = cells().zip(widths);
        let lines = lines.map(|(cell, width)| cell.marked_lines(*width, mode));
        let lines: Vec<_> = lines.collect();
        let height = lines.iter().map(Vec::len).max().unwrap_or(0).max(1);
        let page = cells().flat_map(|cell| &cell.texts).find_map(Text::url);
        pages.extend(repeat_n(page, height));
        table.add_row(lines.iter().map(|lines| lines.join("\n")));
    }
    for (shown, (column, width)) in table.column_iter_mut().zip(columns.iter().zip(widths)) {
        let width = u16::try_from(width + 2).unwrap_or(u16::MAX);
        shown.set_constraint(ColumnConstraint::LowerBoundary(Width::Fixed(width)));
        if column.head().fit == Fit::Number {
            shown.set_cell_alignment(CellAlignment::Right);
        }
    }
    let lines = table.lines().zip(pages);
    let lines = lines.map(|(line, page)| {
        let line = paint(line.trim_end(), mode, page);
        line.trim_end().to_owned() + "\n"
    });
    lines.collect()
}
