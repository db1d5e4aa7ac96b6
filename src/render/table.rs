//! Records as a table.

use std::iter::repeat_n;

use comfy_table::{
    CellAlignment, ColumnConstraint, ContentArrangement, ContentLineStyle, LineStyle, Table,
    TableStyle, Width,
};
use textwrap::core::display_width;

use super::record::{Column, Fit, Row, merged, own, places};
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

/// A column with what stands in it.
struct Filled<'a> {
    column: Column,
    cells: Vec<Vec<Text<'a>>>,
    /// The widths of its cells, ascending.
    widths: Vec<usize>,
}

/// A table of at most `width` columns of the screen; none where its words would not fit.
pub fn table(columns: &[Column], rows: Vec<Row>, width: usize, mode: ColorMode) -> Option<String> {
    let mut cells: Vec<Vec<_>> = own(columns).map(|_| Vec::new()).collect();
    for row in rows {
        for (cells, cell) in cells.iter_mut().zip(merged(columns, row)) {
            cells.push(cell);
        }
    }
    let filled = own(columns).zip(cells);
    let mut filled: Vec<_> = filled
        .map(|(column, cells)| Filled::new(column, cells))
        .collect();
    filled.retain(|column| !column.stands_in(places::VARIED) || column.varies());
    loop {
        let optional = filled
            .iter()
            .position(|column| column.stands_in(places::WIDE));
        match (widths(&filled, width), optional) {
            (Some(widths), Some(_)) if are_short(&filled, &widths) => {
                return Some(written(&filled, &widths, mode));
            }
            (Some(widths), None) => return Some(written(&filled, &widths, mode)),
            (None, None) => return None,
            (_, Some(optional)) => filled.remove(optional),
        };
    }
}

impl<'a> Filled<'a> {
    fn new(column: Column, cells: Vec<Vec<Text<'a>>>) -> Self {
        let width = |text: &Text| display_width(&text.marked(ColorMode::Plain));
        let width_of_cell = |cell: &Vec<Text>| cell.iter().map(width).max().unwrap_or(0);
        let mut widths: Vec<_> = cells.iter().map(width_of_cell).collect();
        widths.sort_unstable();
        Filled {
            column,
            cells,
            widths,
        }
    }

    fn stands_in(&self, place: u16) -> bool {
        self.column.places & place != 0
    }

    /// Whether its cells are not all the same.
    fn varies(&self) -> bool {
        let text = |cell: &Vec<Text>| -> String {
            cell.iter()
                .map(|text| text.marked(ColorMode::Plain))
                .collect()
        };
        let texts: Vec<_> = self.cells.iter().map(text).collect();
        texts.len() < 2 || texts.iter().any(|text| *text != texts[0])
    }

    /// The width that it needs for all of its cells to stay on a line.
    fn full_width(&self) -> usize {
        let widest = self.widths.last().copied().unwrap_or(0);
        widest.max(self.column.heading.len())
    }

    /// The width that it needs for most of them.
    fn typical_width(&self) -> usize {
        let typical = self
            .widths
            .len()
            .saturating_sub(self.widths.len() / ROWS_FOR_A_LONG_ONE + 1);
        self.widths.get(typical).map_or(1, |width| *width.max(&1))
    }

    fn wraps(&self) -> bool {
        self.column.fit == Fit::Text
    }

    fn min_width(&self) -> usize {
        let full = self.full_width();
        if self.wraps() {
            let few_lines = self.typical_width() / MAX_TEXT_LINES;
            full.min(few_lines.clamp(MIN_TEXT_WIDTH, ENOUGH_TEXT_WIDTH))
        } else {
            full
        }
    }
}

/// The widths of the columns: what does not wrap gets what it needs, the others share
/// the rest in proportion to what they need.
fn widths(columns: &[Filled], width: usize) -> Option<Vec<usize>> {
    let borders = (BORDER_WIDTH * columns.len()).saturating_sub(1);
    let least: usize = columns.iter().map(Filled::min_width).sum();
    let mut spare = width.checked_sub(borders + least)?;
    let mut widths: Vec<_> = columns.iter().map(Filled::min_width).collect();
    let mut wrapping: Vec<_> = (0..columns.len())
        .filter(|&at| columns[at].wraps())
        .collect();
    wrapping.sort_by_key(|&at| columns[at].full_width());
    let mut needs: usize = wrapping.iter().map(|&at| columns[at].typical_width()).sum();
    for at in wrapping {
        let need = columns[at].typical_width();
        let missing = columns[at].full_width() - widths[at];
        let more = missing.min(spare * need / needs);
        widths[at] += more;
        spare -= more;
        needs -= need;
    }
    Some(widths)
}

/// Whether most rows take few lines.
fn are_short(columns: &[Filled], widths: &[usize]) -> bool {
    let is_long = |row: &usize| {
        let mut cells = columns
            .iter()
            .zip(widths)
            .map(|(column, width)| (&column.cells[*row], width));
        cells.any(|(cell, width)| {
            let lines = cell
                .iter()
                .map(|text| text.marked_lines(*width, ColorMode::Plain).len());
            lines.sum::<usize>() > MAX_SHORT_LINES
        })
    };
    let rows = columns.first().map_or(0, |column| column.cells.len());
    (0..rows).filter(is_long).count() <= rows / ROWS_FOR_A_LONG_ONE
}

fn written(columns: &[Filled], widths: &[usize], mode: ColorMode) -> String {
    let mut table = Table::new();
    table.load_style(STYLE);
    // The cells are wrapped already, so that commands stay whole.
    table.set_content_arrangement(ContentArrangement::Disabled);
    let heading = |column: &Filled| Text::styled(Style::Label, column.column.heading).marked(mode);
    table.set_header(columns.iter().map(heading));
    // Heading and rule lead nowhere; each line of a row leads to the page of its code.
    let mut pages = vec![None; 2];
    for row in 0..columns[0].cells.len() {
        let cells = columns.iter().zip(widths);
        let cells = cells.map(|(column, width)| -> Vec<_> {
            let lines = column.cells[row].iter();
            lines
                .flat_map(|text| text.marked_lines(*width, mode))
                .collect()
        });
        let cells: Vec<_> = cells.collect();
        let height = cells.iter().map(Vec::len).max().unwrap_or(0).max(1);
        let mut texts = columns.iter().flat_map(|column| &column.cells[row]);
        pages.extend(repeat_n(texts.find_map(Text::url), height));
        table.add_row(cells.iter().map(|lines| lines.join("\n")));
    }
    for (column, (filled, width)) in table.column_iter_mut().zip(columns.iter().zip(widths)) {
        let width = u16::try_from(width + 2).unwrap_or(u16::MAX);
        column.set_constraint(ColumnConstraint::LowerBoundary(Width::Fixed(width)));
        if filled.column.fit == Fit::Number {
            column.set_cell_alignment(CellAlignment::Right);
        }
    }
    let mut text = String::new();
    for (line, page) in table.lines().zip(pages) {
        text += paint(line.trim_end(), mode, page).trim_end();
        text.push('\n');
    }
    text
}
