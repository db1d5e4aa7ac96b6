//! The columns of a table, and how wide each is.

use textwrap::core::display_width;

use super::record::{Field, Fit, slots};
use super::style::ColorMode;
use super::text::Text;

/// Columns of the screen that a column of text needs, at least and at most.
const MIN_TEXT_WIDTH: usize = 16;
const ENOUGH_TEXT_WIDTH: usize = 24;
/// Lines of most of its texts, if it has not as much as that.
const MAX_TEXT_LINES: usize = 3;
/// One row in so many may be longer.
pub const ROWS_FOR_A_LONG_ONE: usize = 10;
/// Columns of the screen between two columns: a line, and a space at both sides.
const BORDER_WIDTH: usize = 3;

/// What stands below one heading, and the widths that it needs.
pub struct Column<'a> {
    /// A field of each record.
    pub cells: Vec<Field<'a>>,
    /// For all of its cells to stay on a line.
    full_width: usize,
    /// For most of them.
    typical_width: usize,
    min_width: usize,
}

/// The columns of the rows, but those that should vary and do not.
pub fn columns(rows: Vec<Vec<Field>>) -> Vec<Column> {
    let mut rows: Vec<_> = rows.into_iter().map(Vec::into_iter).collect();
    let next_cells = || {
        rows.iter_mut()
            .map(Iterator::next)
            .collect::<Option<Vec<_>>>()
    };
    let columns = std::iter::from_fn(next_cells).filter(|cells| {
        let varies = cells.len() < 2 || cells.iter().any(|it| it.texts != cells[0].texts);
        varies || cells[0].slots & slots::VARIED == 0
    });
    columns.map(Column::new).collect()
}

impl<'a> Column<'a> {
    fn new(cells: Vec<Field<'a>>) -> Self {
        let width = |text: &Text| display_width(&text.marked(ColorMode::Plain));
        let width_of_cell = |cell: &Field| cell.texts.iter().map(width).max().unwrap_or(0);
        let mut widths: Vec<_> = cells.iter().map(width_of_cell).collect();
        widths.sort_unstable();
        let full_width = widths[widths.len() - 1].max(cells[0].heading.len());
        let long = widths.len() / ROWS_FOR_A_LONG_ONE + 1;
        let typical_width = widths[widths.len() - long].max(1);
        let few_lines = typical_width / MAX_TEXT_LINES;
        let min_width = match cells[0].fit {
            Fit::Prose => full_width.min(few_lines.clamp(MIN_TEXT_WIDTH, ENOUGH_TEXT_WIDTH)),
            _ => full_width,
        };
        Column {
            cells,
            full_width,
            typical_width,
            min_width,
        }
    }

    /// The first of its cells, which has what all have in common.
    pub fn head(&self) -> &Field<'a> {
        &self.cells[0]
    }
}

/// The widths of the columns: what does not wrap gets what it needs, the others share
/// the rest in proportion to what they need.
pub fn widths(columns: &[Column], width: usize) -> Option<Vec<usize>> {
    let borders = (BORDER_WIDTH * columns.len()).saturating_sub(1);
    let mut widths: Vec<_> = columns.iter().map(|column| column.min_width).collect();
    let mut spare = width.checked_sub(borders + widths.iter().sum::<usize>())?;
    let columns = columns.iter().zip(&mut widths);
    let mut wrapped: Vec<_> = columns
        .filter(|(it, _)| it.head().fit == Fit::Prose)
        .collect();
    wrapped.sort_by_key(|(column, _)| column.full_width);
    let mut needs: usize = wrapped.iter().map(|(it, _)| it.typical_width).sum();
    for (column, width) in wrapped {
        let need = column.typical_width;
        let more = (column.full_width - *width).min(spare * need / needs);
        *width += more;
        spare -= more;
        needs -= need;
    }
    Some(widths)
}
