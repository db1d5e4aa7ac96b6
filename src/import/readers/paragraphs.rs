//! Tables in texts of which each may be a cell: text as copied from a browser whose
//! cells hold paragraphs, or one saved with a cell on each line.
//!
//! Nothing says where a row ends: one goes from its status and code to those of the next.
//! The headings are those texts before the first row under which the most rows are whole.

use std::cmp::Reverse;
use std::ops::Range;

use super::copied::Chunk;
use super::prose;
use crate::import::Settings;
use crate::import::block::{Block, Cell, Grid};
use crate::import::columns::Columns;
use crate::import::headings::{Column, kind_of_heading, looks_like_heading};
use crate::import::value;

/// Headings of a table.
const MAX_HEADINGS: usize = 16;
/// Texts that decide which of several are the headings.
const MAX_COMPARED: usize = 500;

/// Texts of which each may be a cell.
pub struct Paragraphs {
    cells: Vec<Cell>,
}

impl Paragraphs {
    /// The texts of lines. Those without a blank line between them are one, if lines
    /// are `joined`; the items of a list always are.
    pub fn new(chunks: &[Chunk], are_joined: bool) -> Self {
        let mut cells: Vec<Cell> = Vec::new();
        let mut is_open = false;
        for chunk in chunks {
            for cell in &chunk.cells {
                // A caption right above the headings is none of them.
                let is_after_title = cells.last().is_some_and(|it| looks_like_heading(&it.text));
                let is_heading = is_after_title && kind_of_heading(&cell.text).is_some();
                let is_alone = is_heading || stands_alone(&cell.text);
                let joined = are_joined && is_open && !chunk.after_blank;
                match cells.last_mut().filter(|_| !is_alone) {
                    Some(last) if joined || prose::goes_on(&last.text, &cell.text) => {
                        last.extend(&cell.text);
                    }
                    _ => cells.push(cell.clone()),
                }
                is_open = !is_alone;
            }
        }
        Paragraphs { cells }
    }

    pub fn blocks(self, settings: &Settings) -> Vec<Block> {
        let tables = self.tables(settings);
        let mut blocks = Vec::new();
        let mut at = 0;
        for (place, (start, columns)) in tables.iter().enumerate() {
            let end = tables
                .get(place + 1)
                .map_or(self.cells.len(), |(next, _)| *next);
            blocks.extend(self.cells[at..*start].iter().cloned().map(Block::Text));
            let first = start + columns.len();
            let (mut rows, mut after) = self.rows(first..end, columns, settings);
            // Where no cell has several paragraphs, a title after the last is outside.
            if let Some((last, others)) = rows.split_last_mut()
                && let Some(length) = columns.row_length(last, settings)
                && last
                    .get(length)
                    .is_some_and(|cell| looks_like_heading(&cell.text))
                && others.len() > 1
                && others.iter().all(|row| is_whole(row, columns, settings))
            {
                after -= last.len() - length;
                last.truncate(length);
            }
            let headings = self.cells[*start..first].to_vec();
            let rows = std::iter::once(headings).chain(rows).collect();
            blocks.push(Block::Table(Grid { rows }));
            at = after;
        }
        blocks.extend(self.cells[at..].iter().cloned().map(Block::Text));
        blocks
    }

    /// The tables: where their headings start, and their columns.
    fn tables(&self, settings: &Settings) -> Vec<(usize, Columns)> {
        let mut candidates: Vec<Vec<(usize, Columns)>> = Vec::new();
        let mut at = 0;
        while at < self.cells.len() {
            let rest = self.cells[at..].iter();
            let length = rest
                .take_while(|cell| looks_like_heading(&cell.text))
                .count();
            let found = self.candidates(at..at + length, settings);
            if !found.is_empty() {
                candidates.push(found);
            }
            at += length + 1;
        }
        let starts: Vec<_> = candidates.iter().map(|found| found[0].0).collect();
        let ends = starts.iter().copied().skip(1).chain([self.cells.len()]);
        let best = candidates.into_iter().zip(ends).filter_map(|(found, end)| {
            let score = |(start, columns): &(usize, Columns)| {
                let first = start + columns.len();
                let (rows, _) = self.rows(first..end.min(first + MAX_COMPARED), columns, settings);
                let whole: Vec<_> = rows
                    .iter()
                    .filter(|row| is_whole(row, columns, settings))
                    .collect();
                let missing = whole.iter().map(|row| columns.len() - row.len());
                // Under the right headings no status stands where a text should.
                let has_status = usize::from(columns.has(Column::Status));
                let is_status = |cell: &&Cell| value::is_status(&cell.text);
                let statuses = |row: &Vec<Cell>| row.iter().filter(is_status).count();
                let first = rows.first().map_or(0, statuses);
                let missing = missing.sum::<usize>();
                let whole = if first <= has_status { whole.len() } else { 0 };
                (whole, Reverse(missing))
            };
            let scores: Vec<_> = found.iter().map(score).collect();
            let best = scores
                .iter()
                .copied()
                .max()
                .filter(|(whole, _)| *whole > 0)?;
            let mut best = scores
                .iter()
                .enumerate()
                .filter(|(_, score)| **score == best);
            let (place, _) = best.next()?;
            // Nobody can be sure of the headings if others fit as well.
            best.next().is_none().then(|| found[place].clone())
        });
        best.collect()
    }

    /// Which of these short texts may be the headings of the row after them.
    fn candidates(&self, texts: Range<usize>, settings: &Settings) -> Vec<(usize, Columns)> {
        let kinds = |range: Range<usize>| {
            self.cells[range]
                .iter()
                .map(|cell| kind_of_heading(&cell.text))
        };
        let first = texts.start.max(texts.end.saturating_sub(2 * MAX_HEADINGS));
        if !kinds(first..texts.end).any(|kind| kind == Some(Column::Code)) {
            return Vec::new();
        }
        let mut found = Vec::new();
        for start in first..texts.end {
            let ends = start + 2..=texts.end.min(start + MAX_HEADINGS);
            found.extend(ends.filter_map(|end| {
                let columns = Columns::of(&self.cells[start..end]).filter(|it| !it.repeats)?;
                let row = columns.row_start(&self.cells[end..], settings)?;
                let is_known = kinds(end..end + row.code).any(|kind| kind.is_some());
                (!is_known).then_some((start, columns))
            }));
        }
        found
    }

    /// The rows in a range of texts, and where the last of them ends.
    fn rows(
        &self,
        range: Range<usize>,
        columns: &Columns,
        settings: &Settings,
    ) -> (Vec<Vec<Cell>>, usize) {
        let mut rows: Vec<Vec<Cell>> = Vec::new();
        let mut missing = 0_usize;
        let mut at = range.start;
        while at < range.end {
            let rest = &self.cells[at..range.end];
            // What nobody reads starts a row only where the one before is whole.
            let start = columns.row_start(rest, settings);
            let start = start.filter(|_| missing == 0 || is_status_or_code(&rest[0].text));
            if prose::ends_table(&rest[0].text) || rows.is_empty() && start.is_none() {
                break;
            }
            let count = start.map_or(1, |start| start.code + 1).min(rest.len());
            if let Some(start) = start {
                rows.push(Vec::new());
                missing = start.length;
            }
            if let Some(row) = rows.last_mut() {
                row.extend_from_slice(&rest[..count]);
            }
            missing = missing.saturating_sub(count);
            at += count;
        }
        (rows, at)
    }
}

fn is_whole(row: &[Cell], columns: &Columns, settings: &Settings) -> bool {
    columns.row_length(row, settings) == Some(row.len())
}

fn is_status_or_code(text: &str) -> bool {
    value::full_code(text).is_some() || value::is_status(text)
}

/// Whether a text is a cell of its own wherever it stands.
fn stands_alone(text: &str) -> bool {
    is_status_or_code(text) || prose::ends_table(text)
}
