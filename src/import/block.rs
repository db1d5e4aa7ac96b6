//! What every reader splits a page into: texts and tables.

/// The most columns of a table. A cell to the right of them covers no other row or column.
pub(super) const MAX_COLUMNS: usize = 64;
/// Characters without a width that browsers copy along.
const INVISIBLE: [char; 4] = ['\u{200b}', '\u{2060}', '\u{feff}', '\u{ad}'];

/// A part of a page, in the order of the page.
#[derive(Debug)]
pub(super) enum Block {
    /// Headings and paragraphs.
    Texts(Vec<Cell>),
    /// The texts of a table that cannot be read, the line that shows this, and the reason.
    Unread(Vec<Cell>, usize, &'static str),
    Table(Grid),
}

/// A cell of a table, or a text outside of tables.
#[derive(Debug, Clone, Default)]
pub(super) struct Cell {
    /// Its text on one line, with single spaces.
    pub text: String,
    /// The line that the cell starts on, counted from 1.
    pub line: usize,
    /// How many rows and columns the cell covers.
    pub rows: usize,
    pub columns: usize,
    /// Whether the page marks it as a heading.
    pub is_heading: bool,
    /// For the first cell of a line, how many cells the line has. 0 for all other cells.
    pub cells_of_line: usize,
}

impl Cell {
    pub(super) fn new(text: &str, line: usize) -> Self {
        let mut cell = Cell { line, rows: 1, columns: 1, cells_of_line: 1, ..Cell::default() };
        cell.extend(text);
        cell
    }

    /// Adds more text, after a space.
    pub(super) fn extend(&mut self, text: &str) {
        for word in text.replace(INVISIBLE, "").split_whitespace() {
            if !self.text.is_empty() {
                self.text.push(' ');
            }
            self.text.push_str(word);
        }
    }

    /// Adds a line as the page has it, markup and all.
    pub(super) fn add_line(&mut self, line: &str) {
        self.text.extend([line, "\n"]);
    }
}

/// A table as the page has it: the cells that begin in each row.
pub(super) type Grid = Vec<Vec<Cell>>;

/// The rows with a cell for every column: a merged cell is in each place that it covers.
pub(super) fn with_spans_filled(grid: &Grid) -> impl Iterator<Item = Vec<&Cell>> {
    // The row above: each cell, and how many more rows it covers.
    let mut above: Vec<(&Cell, usize)> = Vec::new();
    grid.iter().map(move |cells| {
        let mut row = Vec::new();
        let mut cells = cells.iter();
        loop {
            if let Some((cell, rows @ 1..)) = above.get(row.len()) {
                row.push((*cell, rows - 1));
            } else if let Some(cell) = cells.next() {
                let room = MAX_COLUMNS.saturating_sub(row.len());
                let rows = if room > 0 { cell.rows - 1 } else { 0 };
                row.resize(row.len() + cell.columns.min(room).max(1), (cell, rows));
            } else {
                break;
            }
        }
        above = row;
        above.iter().map(|(cell, _)| *cell).collect()
    })
}

/// The table with its columns as rows. Empty if a cell covers several rows or columns, if a
/// cell is missing, or if the table has too many rows or columns.
pub(super) fn transposed(grid: &Grid) -> Grid {
    let columns = grid.first().map_or(0, Vec::len);
    let is_plain = |row: &Vec<Cell>| {
        row.len() == columns && row.iter().all(|cell| (cell.rows, cell.columns) == (1, 1))
    };
    if columns.max(grid.len()) > MAX_COLUMNS || !grid.iter().all(is_plain) {
        return Grid::new();
    }
    (0..columns).map(|at| grid.iter().map(|row| row[at].clone()).collect()).collect()
}
