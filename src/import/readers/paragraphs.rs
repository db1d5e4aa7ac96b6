//! Tables in texts of which each may be a cell: text as copied from a browser whose
//! cells hold paragraphs, or one saved with a cell on each line.
//!
//! The headings are those short texts under which the most rows are whole. Where fewer
//! than half are, no text can be given to a column, and no row is read.

use std::cmp::Reverse;
use std::mem::take;
use std::ops::Range;

use super::chunk::Chunk;
use super::prose;
use crate::import::block::{Block, Cell};
use crate::import::columns::Columns;
use crate::import::headings::{Column, kind_of_heading, looks_like_heading};
use crate::import::value;

/// Headings of a table.
const MAX_HEADINGS: usize = 16;
/// Texts that decide which of several are the headings.
const MAX_COMPARED: usize = 500;

/// The blocks of texts, of which each is a cell; those without a blank line between them
/// are one, if that gives a table.
pub fn blocks(chunks: Vec<Chunk>, has_words: bool) -> Vec<Block> {
    let joined = Paragraphs::new(chunks.iter().cloned(), true, has_words);
    let headings = joined.headings();
    if headings.iter().any(|found| found.columns.is_some()) {
        return joined.blocks(&headings);
    }
    drop(joined);
    let paragraphs = Paragraphs::new(chunks, false, has_words);
    let headings = paragraphs.headings();
    paragraphs.blocks(&headings)
}

struct Paragraphs {
    cells: Vec<Cell>,
    has_words: bool,
}

/// Texts that look like the headings of a table.
struct Headings {
    start: usize,
    /// None if there are no rows under them, or several ways to read these.
    columns: Option<Columns>,
}

impl Paragraphs {
    fn new(chunks: impl IntoIterator<Item = Chunk>, are_joined: bool, has_words: bool) -> Self {
        let mut cells: Vec<Cell> = Vec::new();
        let mut is_open = false;
        for chunk in chunks {
            for cell in chunk.cells {
                // A caption right above the headings is none of them.
                let is_after_title = cells.last().is_some_and(|it| looks_like_heading(&it.text));
                let is_alone = is_after_title && kind_of_heading(&cell.text).is_some()
                    || is_status_or_code(&cell.text)
                    || prose::ends_table(&cell.text);
                let joined = are_joined && is_open && !chunk.after_blank;
                match cells.last_mut().filter(|_| !is_alone) {
                    Some(last) if joined || prose::goes_on(&last.text, &cell.text) => {
                        last.extend(&cell.text);
                    }
                    _ => cells.push(cell),
                }
                is_open = !is_alone;
            }
        }
        Paragraphs { cells, has_words }
    }

    fn blocks(mut self, headings: &[Headings]) -> Vec<Block> {
        let mut blocks = Vec::new();
        let text = |cell: &mut Cell| Block::Text(take(cell));
        let starts = headings.iter().skip(1).map(|next| next.start);
        let mut at = 0;
        for (found, end) in headings.iter().zip(starts.chain([self.cells.len()])) {
            blocks.extend(self.cells[at..found.start].iter_mut().map(text));
            let cells = &self.cells[found.start..end];
            let Some(columns) = &found.columns else {
                blocks.push(Block::Unread(cells.to_vec()));
                at = end;
                continue;
            };
            let (headings, _) = cells.split_at(columns.headings.len());
            let mut rows;
            (rows, at) = self.rows(found.start + headings.len()..end, columns);
            rows.insert(0, headings.to_vec());
            blocks.push(Block::Table(rows));
        }
        blocks.extend(self.cells[at..].iter_mut().map(text));
        blocks
    }

    /// Where the headings of tables start, and what their columns are.
    fn headings(&self) -> Vec<Headings> {
        let mut runs: Vec<Vec<(usize, Columns)>> = Vec::new();
        let mut at = 0;
        while at < self.cells.len() {
            let rest = self.cells[at..].iter();
            let length = rest
                .take_while(|cell| looks_like_heading(&cell.text))
                .count();
            let found = self.candidates(at..at + length);
            // Where no row begins under any, they are headings only if codes may be words.
            let begins = |(start, columns): &(usize, Columns)| {
                let rest = &self.cells[start + columns.headings.len()..];
                columns.row_start(rest).is_some()
            };
            if self.has_words && !found.is_empty() || found.iter().any(begins) {
                runs.push(found);
            }
            at += length + 1;
        }
        let starts: Vec<_> = runs.iter().map(|found| found[0].0).collect();
        let ends = starts.iter().copied().skip(1).chain([self.cells.len()]);
        let headings = runs.iter().zip(ends).map(|(found, end)| {
            let mut scores: Vec<_> = found
                .iter()
                .filter_map(|(start, columns)| {
                    let score = self.score(start + columns.headings.len()..end, columns)?;
                    Some((score, *start, columns))
                })
                .collect();
            scores.sort_by_key(|(score, ..)| Reverse(*score));
            // Nobody can be sure of the headings if others fit as well.
            let is_sure = scores.get(1).is_none_or(|second| second.0 < scores[0].0);
            let best = scores.first().filter(|_| is_sure);
            Headings {
                start: best.map_or(found[0].0, |(_, start, _)| *start),
                columns: best.map(|(.., columns)| (*columns).clone()),
            }
        });
        headings.collect()
    }

    /// Which of these short texts may be the headings of the rows after them.
    fn candidates(&self, texts: Range<usize>) -> Vec<(usize, Columns)> {
        let first = texts.start.max(texts.end.saturating_sub(2 * MAX_HEADINGS));
        let kinds = self.cells[first..texts.end].iter();
        let mut kinds = kinds.map(|cell| kind_of_heading(&cell.text));
        if !kinds.any(|kind| kind == Some(Column::Code)) {
            return Vec::new();
        }
        let starts = first..texts.end;
        let ranges = starts.flat_map(|start| {
            let ends = start + 2..=texts.end.min(start + MAX_HEADINGS);
            ends.map(move |end| start..end)
        });
        let columns = |range: Range<usize>| {
            let columns = Columns::of(&self.cells[range.clone()], self.has_words)?;
            (!columns.repeats).then_some((range.start, columns))
        };
        ranges.filter_map(columns).collect()
    }

    /// How well the texts are rows of these columns, if at least half of them are whole.
    fn score(&self, range: Range<usize>, columns: &Columns) -> Option<usize> {
        let end = range.end.min(range.start + MAX_COMPARED);
        let (rows, _) = self.rows(range.start..end, columns);
        let is_whole = |row: &&Vec<Cell>| columns.row_length(row) == Some(row.len());
        let count = rows.iter().filter(is_whole).count();
        // Under the right headings no heading stands, and no cell of the first row is
        // merged with one above.
        let (code, length) = columns.row_start(&self.cells[range.start..])?;
        if length < columns.headings.len() {
            return None;
        }
        let mut before = self.cells[range.start..][..code].iter();
        if before.any(|cell| kind_of_heading(&cell.text).is_some()) {
            return None;
        }
        (count * 2 >= rows.len()).then_some(count)
    }

    /// The rows in a range of texts, and where the last of them ends.
    fn rows(&self, range: Range<usize>, columns: &Columns) -> (Vec<Vec<Cell>>, usize) {
        let mut rows: Vec<Vec<Cell>> = Vec::new();
        let mut missing = 0_usize;
        let mut at = range.start;
        while at < range.end {
            let rest = &self.cells[at..range.end];
            // What nobody reads starts a row only where the one before is whole.
            let start = columns.row_start(rest);
            let start = start.filter(|_| missing == 0 || is_status_or_code(&rest[0].text));
            if prose::ends_table(&rest[0].text) || rows.is_empty() && start.is_none() {
                break;
            }
            let count = start.map_or(1, |(code, _)| code + 1).min(rest.len());
            if let Some((_, length)) = start {
                rows.push(Vec::new());
                missing = length;
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

fn is_status_or_code(text: &str) -> bool {
    value::full_code(text).is_some() || value::is_status(text)
}
