//! Records as a table, and the widths of its columns.

use std::iter::repeat_n;

use comfy_table::{
    CellAlignment, ColumnConstraint, ContentArrangement, ContentLineStyle, LineStyle, Table,
    TableStyle, Width,
};
use textwrap::core::display_width;

use super::record::{Field, Fit, places};
use super::style::{ColorMode, Style, paint};
use super::text::Text;

/// Columns of the screen that a column of text needs, at least and at most.
const MIN_TEXT_WIDTH: usize = 16;
const ENOUGH_TEXT_WIDTH: usize = 24;
/// Lines of most of its texts, if it has not as much as that.
const MAX_TEXT_LINES: usize = 3;
/// Lines of most rows, if a column stands only where there is room.
const MAX_SHORT_LINES: usize = 2;
/// One row in so many may be longer.
const ROWS_FOR_A_LONG_ONE: usize = 10;
/// Columns of the screen between two columns: a line, and a space at both sides.
const BORDER_WIDTH: usize = 3;

const STYLE: TableStyle = TableStyle::new()
    .header_lines(ContentLineStyle::none().junction('│'))
    .header_separator(LineStyle::none().fill('─').junction('┼'))
    .content_lines(ContentLineStyle::none().junction('│'));

/// A column with what stands in it, and the widths that it needs.
struct Column<'a> {
    heading: &'static str,
    fit: Fit,
    places: u16,
    cells: Vec<Vec<Text<'a>>>,
    /// For all of its cells to stay on a line.
    full_width: usize,
    /// For most of them.
    typical_width: usize,
    min_width: usize,
}

/// A table of at most `width` columns of the screen; none where its words would not fit.
pub fn table(rows: Vec<Vec<Field>>, width: usize, mode: ColorMode) -> Option<String> {
    let mut columns = columns(rows);
    loop {
        let optional = columns.iter().position(|it| it.places & places::WIDE != 0);
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

/// The columns of the rows, but those that should vary and do not.
fn columns(rows: Vec<Vec<Field>>) -> Vec<Column> {
    let mut columns: Vec<(Field, Vec<Vec<Text>>)> = Vec::new();
    for row in rows {
        for (number, mut field) in row.into_iter().enumerate() {
            let cell = std::mem::take(&mut field.texts);
            match columns.get_mut(number) {
                Some((_, cells)) => cells.push(cell),
                None => columns.push((field, vec![cell])),
            }
        }
    }
    columns.retain(|(field, cells)| {
        let varies = cells.len() < 2 || cells.iter().any(|cell| *cell != cells[0]);
        field.places & places::VARIED == 0 || varies
    });
    let columns = columns.into_iter();
    columns
        .map(|(field, cells)| Column::new(&field, cells))
        .collect()
}

impl<'a> Column<'a> {
    fn new(field: &Field, cells: Vec<Vec<Text<'a>>>) -> Self {
        let Field {
            heading,
            fit,
            places,
            ..
        } = *field;
        let width = |text: &Text| display_width(&text.marked(ColorMode::Plain));
        let width_of_cell = |cell: &Vec<Text>| cell.iter().map(width).max().unwrap_or(0);
        let mut widths: Vec<_> = cells.iter().map(width_of_cell).collect();
        widths.sort_unstable();
        let widest = widths[widths.len() - 1];
        let full_width = widest.max(heading.len());
        let long = widths.len() / ROWS_FOR_A_LONG_ONE + 1;
        let typical_width = widths[widths.len() - long].max(1);
        let few_lines = typical_width / MAX_TEXT_LINES;
        let min_width = match fit {
            Fit::Text => full_width.min(few_lines.clamp(MIN_TEXT_WIDTH, ENOUGH_TEXT_WIDTH)),
            _ => full_width,
        };
        Column {
            heading,
            fit,
            places,
            cells,
            full_width,
            typical_width,
            min_width,
        }
    }

    /// A cell in lines.
    fn lines(&self, row: usize, width: usize, mode: ColorMode) -> Vec<String> {
        let texts = self.cells[row].iter();
        texts
            .flat_map(|text| text.marked_lines(width, mode))
            .collect()
    }
}

/// The widths of the columns: what does not wrap gets what it needs, the others share
/// the rest in proportion to what they need.
fn widths(columns: &[Column], width: usize) -> Option<Vec<usize>> {
    let borders = (BORDER_WIDTH * columns.len()).saturating_sub(1);
    let mut widths: Vec<_> = columns.iter().map(|column| column.min_width).collect();
    let mut spare = width.checked_sub(borders + widths.iter().sum::<usize>())?;
    let is_wrapped = |at: &usize| columns[*at].fit == Fit::Text;
    let mut wrapped: Vec<_> = (0..columns.len()).filter(is_wrapped).collect();
    wrapped.sort_by_key(|&at| columns[at].full_width);
    let mut needs: usize = wrapped.iter().map(|&at| columns[at].typical_width).sum();
    for at in wrapped {
        let need = columns[at].typical_width;
        let missing = columns[at].full_width - widths[at];
        let more = missing.min(spare * need / needs);
        widths[at] += more;
        spare -= more;
        needs -= need;
    }
    Some(widths)
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
    let heading = |column: &Column| Text::styled(Style::Label, column.heading).marked(mode);
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
        if column.fit == Fit::Number {
            shown.set_cell_alignment(CellAlignment::Right);
        }
    }
    let lines = table.lines().zip(pages);
    let lines =
        lines.map(|(line, page)| paint(line.trim_end(), mode, page).trim_end().to_owned() + "\n");
    lines.collect()
}
