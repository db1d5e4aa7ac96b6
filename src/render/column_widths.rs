//! The columns of a table, and how wide each is.

use textwrap::core::display_width;

use super::record::{Field, Fit, places};
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

/// A column with what stands in it, and the widths that it needs.
pub struct Column<'a> {
    /// Its field, of which the paragraphs are in the cells.
    pub field: Field<'a>,
    pub cells: Vec<Vec<Text<'a>>>,
    /// For all of its cells to stay on a line.
    full_width: usize,
    /// For most of them.
    typical_width: usize,
    min_width: usize,
}

/// The columns of the rows, but those that should vary and do not.
pub fn columns(rows: Vec<Vec<Field>>) -> Vec<Column> {
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
        .map(|(field, cells)| Column::new(field, cells))
        .collect()
}

impl<'a> Column<'a> {
    fn new(field: Field<'a>, cells: Vec<Vec<Text<'a>>>) -> Self {
        let width = |text: &Text| display_width(&text.marked(ColorMode::Plain));
        let width_of_cell = |cell: &Vec<Text>| cell.iter().map(width).max().unwrap_or(0);
        let mut widths: Vec<_> = cells.iter().map(width_of_cell).collect();
        widths.sort_unstable();
        let widest = widths[widths.len() - 1];
        let full_width = widest.max(field.heading.len());
        let long = widths.len() / ROWS_FOR_A_LONG_ONE + 1;
        let typical_width = widths[widths.len() - long].max(1);
        let few_lines = typical_width / MAX_TEXT_LINES;
        let min_width = match field.fit {
            Fit::Prose => full_width.min(few_lines.clamp(MIN_TEXT_WIDTH, ENOUGH_TEXT_WIDTH)),
            _ => full_width,
        };
        Column {
            field,
            cells,
            full_width,
            typical_width,
            min_width,
        }
    }

    /// A cell in lines.
    pub fn lines(&self, row: usize, width: usize, mode: ColorMode) -> Vec<String> {
        let texts = self.cells[row].iter();
        texts
            .flat_map(|text| text.marked_lines(width, mode))
            .collect()
    }
}

/// The widths of the columns: what does not wrap gets what it needs, the others share
/// the rest in proportion to what they need.
pub fn widths(columns: &[Column], width: usize) -> Option<Vec<usize>> {
    let borders = (BORDER_WIDTH * columns.len()).saturating_sub(1);
    let mut widths: Vec<_> = columns.iter().map(|column| column.min_width).collect();
    let mut spare = width.checked_sub(borders + widths.iter().sum::<usize>())?;
    let is_wrapped = |at: &usize| columns[*at].field.fit == Fit::Prose;
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
