//! Lines without marks of their own: comma- and tab-separated values, and text as
//! copied from a browser, which has tabs or paragraphs where the page has cells.
//!
//! Nothing in a copied text says where a row ends: one goes from its status and code to
//! those of the next. What may be of a row or not stays in it as one cell too many, so
//! that the row is reported.

use super::paragraphs::Paragraphs;
use super::{Line, delimited, prose};
use crate::import::Settings;
use crate::import::block::{Block, Cell, Grid};
use crate::import::columns::Columns;
use crate::import::headings::{Column, kind_of_heading, looks_like_heading};

/// Cells on a line, or several lines, of which a delimiter shows the cells.
pub struct Chunk {
    pub cells: Vec<Cell>,
    pub after_blank: bool,
}

/// The blocks of consecutive lines.
pub fn blocks(lines: &[Line], settings: &Settings) -> Vec<Block> {
    let mut reader = Reader {
        settings,
        joins_lines: true,
        blocks: Vec::new(),
        table: None,
        paragraphs: Vec::new(),
    };
    let has_tabs = lines.iter().any(|line| line.text.contains('\t'));
    let chunks = match headings_of_records(lines).filter(|_| !has_tabs) {
        Some((start, delimiter)) => {
            reader.joins_lines = false;
            let (before, records) = lines.split_at(start);
            let before = before
                .iter()
                .map(|line| vec![Cell::new(line.text, line.number)]);
            let records = delimited::records(records, delimiter);
            chunks(before.chain(records).collect(), lines)
        }
        None if has_tabs_between_paragraphs(lines) => chunks_of_paragraphs(lines),
        None => chunks(delimited::records(lines, '\t'), lines),
    };
    reader.read(chunks);
    reader.blocks
}

/// The line with the headings of comma-separated values, and what separates these.
fn headings_of_records(lines: &[Line]) -> Option<(usize, char)> {
    [',', ';'].into_iter().find_map(|delimiter| {
        let is_headings = |line: &Line| {
            if !line.text.contains(delimiter) {
                return false;
            }
            let mut names = line.text.split(delimiter);
            let has_code = names
                .any(|name| kind_of_heading(name.trim_matches(['"', ' '])) == Some(Column::Code));
            let cells = || delimited::records(&[*line], delimiter).pop();
            has_code && cells().is_some_and(|cells| Columns::of_short_texts(&cells).is_some())
        };
        Some((lines.iter().position(is_headings)?, delimiter))
    })
}

fn chunks(records: Vec<Vec<Cell>>, lines: &[Line]) -> Vec<Chunk> {
    let Some(first) = lines.first().map(|line| line.number) else {
        return Vec::new();
    };
    let is_blank = |number: usize| {
        let line = number.checked_sub(first).and_then(|at| lines.get(at));
        line.is_some_and(|line| line.text.trim().is_empty())
    };
    let is_filled = |cells: &Vec<Cell>| cells.iter().any(|cell| !cell.text.is_empty());
    let chunk = |cells: Vec<Cell>| Chunk {
        after_blank: cells
            .first()
            .is_some_and(|cell| is_blank(cell.line.saturating_sub(1))),
        cells,
    };
    records.into_iter().filter(is_filled).map(chunk).collect()
}

/// Whether tabs stand on lines of their own, as where a browser copies cells that hold
/// paragraphs.
fn has_tabs_between_paragraphs(lines: &[Line]) -> bool {
    let is_blank = |line: &Line| line.text.trim().is_empty() && !line.text.contains('\t');
    let mut neighbours = lines.windows(3);
    neighbours.any(|lines| is_blank(&lines[0]) && is_tabs(lines[1].text) && is_blank(&lines[2]))
}

fn is_tabs(line: &str) -> bool {
    line.contains('\t') && line.trim().is_empty()
}

/// The rows of cells that hold paragraphs: a tab on a line of its own separates cells,
/// two blank lines separate rows.
fn chunks_of_paragraphs(lines: &[Line]) -> Vec<Chunk> {
    let mut chunks: Vec<Chunk> = Vec::new();
    let mut blanks = 1;
    let mut after_tab = false;
    for line in lines {
        let cells = line
            .text
            .split('\t')
            .map(|text| Cell::new(text, line.number));
        let mut cells: Vec<_> = cells.collect();
        let is_separator = is_tabs(line.text);
        if !is_separator && line.text.trim().is_empty() {
            blanks += 1;
            continue;
        }
        let goes_on = blanks < 2 && (is_separator || after_tab);
        match chunks.last_mut().filter(|_| goes_on) {
            Some(chunk) => {
                let first = cells.remove(0);
                if let Some(last) = chunk.cells.last_mut() {
                    last.extend(&first.text);
                    if last.text == first.text {
                        last.line = first.line;
                    }
                }
                chunk.cells.extend(cells);
            }
            None => chunks.push(Chunk {
                cells,
                after_blank: blanks > 0,
            }),
        }
        (blanks, after_tab) = (0, is_separator);
    }
    chunks
}

/// A table whose rows are being read.
struct Table {
    columns: Columns,
    grid: Grid,
    /// Texts after the last row, which is whole without them.
    tail: Vec<Cell>,
    /// Whether a row before had such texts.
    had_tail: bool,
}

impl Table {
    /// Adds what may be of the last row to it.
    fn end_row(&mut self) {
        let tail = std::mem::take(&mut self.tail);
        self.had_tail |= !tail.is_empty();
        let Some(row) = self.grid.rows.last_mut() else {
            return;
        };
        // Sentences in the middle of a table are of the cell above, a title may be none.
        let is_title = |cell: &Cell| !prose::is_sentence(&cell.text);
        let (titles, sentences): (Vec<_>, Vec<_>) = tail.into_iter().partition(is_title);
        if let Some(last) = row.last_mut() {
            for cell in sentences {
                last.extend(&cell.text);
            }
        }
        row.extend(titles);
    }
}

struct Reader<'s> {
    settings: &'s Settings<'s>,
    /// Whether a line may be the rest of a cell.
    joins_lines: bool,
    blocks: Vec<Block>,
    table: Option<Table>,
    /// Texts outside of tables: lines that are none of the delimited ones.
    paragraphs: Vec<Chunk>,
}

impl Reader<'_> {
    fn read(&mut self, chunks: Vec<Chunk>) {
        // A row of another table can look like headings; those stand at its start.
        let mut after_row = false;
        for chunk in chunks {
            let is_row = chunk
                .cells
                .iter()
                .filter(|cell| !cell.text.is_empty())
                .count()
                > 1;
            let columns = Columns::of_short_texts(&chunk.cells);
            if let Some(columns) = columns.filter(|_| self.table.is_some() || !after_row) {
                self.end_table();
                self.end_paragraphs();
                self.table = Some(Table {
                    grid: Grid {
                        rows: vec![chunk.cells],
                    },
                    columns,
                    tail: Vec::new(),
                    had_tail: false,
                });
            } else if let Some(rest) = self.add_to_table(chunk) {
                self.end_table();
                if is_row {
                    self.end_paragraphs();
                    let rows = vec![rest.cells];
                    self.blocks.push(Block::Table(Grid { rows }));
                } else {
                    self.paragraphs.push(rest);
                }
            }
            after_row = is_row && self.table.is_none();
        }
        self.end_table();
        self.end_paragraphs();
    }

    /// Gives the chunk back if it is not of the table.
    fn add_to_table(&mut self, mut chunk: Chunk) -> Option<Chunk> {
        let Some(table) = &mut self.table else {
            return Some(chunk);
        };
        let length = |row: &[Cell]| table.columns.row_length(row, self.settings);
        let starts_row =
            |row: &[Cell]| length(row).is_some() || table.columns.is_row(row, self.settings);
        let cells = &mut chunk.cells;
        let is_single = cells.len() == 1;
        let row = table.grid.rows.iter_mut().skip(1).next_back();
        let row = row.filter(|_| self.joins_lines);
        match row {
            _ if is_single && prose::ends_table(&cells[0].text) => return Some(chunk),
            None if is_single => return Some(chunk),
            Some(row) if is_single || !starts_row(cells) => {
                let expected = length(row).unwrap_or(table.columns.len());
                if row.len() < expected && row.len() + cells.len() - 1 <= expected {
                    let mut cells = chunk.cells.into_iter();
                    if let (Some(last), Some(first)) = (row.last_mut(), cells.next()) {
                        last.extend(&first.text);
                    }
                    row.extend(cells);
                    return None;
                }
                if is_single {
                    let last = row.last_mut().filter(|last| {
                        table.tail.is_empty() && prose::goes_on(&last.text, &cells[0].text)
                    });
                    match last {
                        Some(last) => last.extend(&cells[0].text),
                        None => table.tail.append(cells),
                    }
                    return None;
                }
                // The headings of another table.
                let are_short = cells.iter().all(|cell| looks_like_heading(&cell.text));
                if chunk.after_blank && cells.len() != expected && are_short {
                    return Some(chunk);
                }
            }
            _ => {}
        }
        table.end_row();
        table.grid.rows.push(chunk.cells);
        None
    }

    fn end_table(&mut self) {
        let Some(mut table) = self.table.take() else {
            return;
        };
        if table.grid.rows.len() == 1 {
            // Headings alone; the rows may be paragraphs.
            self.paragraphs.extend(
                table
                    .grid
                    .rows
                    .pop()
                    .into_iter()
                    .flatten()
                    .map(|cell| Chunk {
                        cells: vec![cell],
                        after_blank: true,
                    }),
            );
            return;
        }
        let outside = match table.grid.rows.last_mut().filter(|_| table.had_tail) {
            Some(row) => {
                row.append(&mut table.tail);
                Vec::new()
            }
            None => table.tail,
        };
        self.blocks.push(Block::Table(table.grid));
        self.blocks.extend(outside.into_iter().map(Block::Text));
    }

    /// Finds the tables in the texts outside of the others.
    fn end_paragraphs(&mut self) {
        let chunks = std::mem::take(&mut self.paragraphs);
        let by_paragraph = Paragraphs::new(&chunks, true).blocks(self.settings);
        let blocks = if by_paragraph
            .iter()
            .any(|block| matches!(block, Block::Table(_)))
        {
            by_paragraph
        } else {
            Paragraphs::new(&chunks, false).blocks(self.settings)
        };
        self.blocks.extend(blocks);
    }
}
