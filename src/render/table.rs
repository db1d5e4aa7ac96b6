//! Records as a table.

use std::iter::repeat_n;

use comfy_table::{
    CellAlignment, ColumnConstraint, ContentArrangement, ContentLineStyle, LineStyle, Table,
    TableStyle, Width,
};

use super::column_widths::{Column, ROWS_FOR_A_LONG_ONE, columns, widths};
use super::record::{Field, Fit, places};
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
        let optional = columns
            .iter()
            .position(|it| it.field.places & places::WIDE != 0);
        match (widths(&columns, width), optional) {
            (Some(widths), Some(_)) if are_short(&columns, &widths) => {
                return Some(written(&columns, &widths, mode));
            }
            (Some(widths), None) => return Some(written(&columns, &widths, mode)),
            (None, None) => return None,
            (_, Some(optional)) => columns.remove(optional),
        };
    }
}

/// Whether most rows take few lines.
fn are_short(columns: &[Column], widths: &[usize]) -> bool {
    let is_long = |row: &usize| {
        let mut cells = columns.iter().zip(widths);
        cells.any(|(it, width)| it.lines(*row, *width, ColorMode::Plain).len() > MAX_SHORT_LINES)
    };
    let rows = columns.first().map_or(0, |column| column.cells.len());
    (0..rows).filter(is_long).count() <= rows / ROWS_FOR_A_LONG_ONE
}

fn written(columns: &[Column], widths: &[usize], mode: ColorMode) -> String {
    let mut table = Table::new();
    table.load_style(STYLE);
    // The cells are wrapped already, so that commands stay whole.
    table.set_content_arrangement(ContentArrangement::Disabled);
    let heading = |column: &Column| Text::styled(Style::Label, column.field.heading).marked(mode);
    table.set_header(columns.iter().map(heading));
    // Heading and rule lead nowhere; each line of a row leads to the page of its code.
    let mut pages = vec![None; 2];
    for row in 0..columns[0].cells.len() {
        let cells = columns.iter().zip(widths);
        let cells: Vec<_> = cells
            .map(|(it, width)| it.lines(row, *width, mode))
            .collect();
        let height = cells.iter().map(Vec::len).max().unwrap_or(0).max(1);
        let mut texts = columns.iter().flat_map(|column| &column.cells[row]);
        pages.extend(repeat_n(texts.find_map(Text::url), height));
        table.add_row(cells.iter().map(|lines| lines.join("\n")));
    }
    for (shown, (column, width)) in table.column_iter_mut().zip(columns.iter().zip(widths)) {
        let width = u16::try_from(width + 2).unwrap_or(u16::MAX);
        shown.set_constraint(ColumnConstraint::LowerBoundary(Width::Fixed(width)));
        if column.field.fit == Fit::Number {
            shown.set_cell_alignment(CellAlignment::Right);
        }
    }
    let lines = table.lines().zip(pages);
    let lines =
        lines.map(|(line, page)| paint(line.trim_end(), mode, page).trim_end().to_owned() + "\n");
    lines.collect()
}
