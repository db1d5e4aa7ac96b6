//! Lines without marks of their own: comma- and tab-separated values, and text as
//! copied from a browser, which has tabs or paragraphs where the page has cells.
//!
//! Nothing in a copied text says where a row ends: one goes from its status and code to
//! those of the next. What may be of a row or not stays in it as one cell too many, so
//! that the row is reported.

use std::iter::Peekable;
use std::mem::take;

use super::chunk::{Chunk, chunks, join};
use super::{Line, delimited, paragraphs, prose};
use crate::import::block::{Block, Cell, Grid};
use crate::import::columns::Columns;
use crate::import::headings::{is_sentence, looks_like_heading};

/// The blocks of consecutive lines.
pub fn blocks(lines: &[Line], has_words: bool) -> Vec<Block> {
    let has_tabs = lines.iter().any(|line| line.text.contains('\t'));
    if !has_tabs && let Some((start, delimiter)) = delimited::start(lines) {
        let (before, values) = lines.split_at(start);
        let mut blocks = paragraphs::blocks(chunks(before), has_words);
        let tables = delimited::tables(values, delimiter);
        blocks.extend(tables.into_iter().map(Block::Table));
        return blocks;
    }
    let mut chunks = chunks(lines).into_iter().peekable();
    let mut blocks = Vec::new();
    let mut outside = Vec::new();
    // A row of another table can look like headings; those stand at its start.
    let mut after_row = false;
    while let Some(chunk) = chunks.next() {
        let headings = Columns::of_short_texts(&chunk.cells, has_words).filter(|_| !after_row);
        let mut filled = chunk.cells.iter().filter(|cell| !cell.text.is_empty());
        after_row = filled.nth(1).is_some();
        if !after_row {
            outside.push(chunk);
            continue;
        }
        blocks.extend(paragraphs::blocks(take(&mut outside), has_words));
        let mut grid = vec![chunk.cells];
        if let Some(columns) = headings {
            outside = add_rows(&mut grid, &columns, &mut chunks);
            after_row = false;
        }
        blocks.push(Block::Table(grid));
    }
    blocks.extend(paragraphs::blocks(outside, has_words));
    blocks
}

/// Adds to headings the rows under them. Gives back the texts after the last row, unless
/// others before had some, too.
fn add_rows(
    grid: &mut Grid,
    columns: &Columns,
    chunks: &mut Peekable<impl Iterator<Item = Chunk>>,
) -> Vec<Chunk> {
    // Texts after the last row, which is whole without them.
    let mut tail: Vec<Chunk> = Vec::new();
    let mut had_tail = false;
    while let Some(chunk) = chunks.peek() {
        let cells = &chunk.cells;
        let row = grid.get(1..).and_then(<[_]>::last);
        let length = row.and_then(|row| columns.row_length(row));
        let expected = length.unwrap_or(columns.headings.len());
        let starts_row = !chunk.is_single() && columns.starts_row(cells);
        let has_room =
            |row: &Vec<Cell>| row.len() < expected && row.len() + cells.len() <= expected + 1;
        let is_rest = !starts_row && row.is_some_and(has_room);
        let has_rows = row.is_some();
        let ends_table = if chunk.is_single() {
            !has_rows || prose::ends_table(&cells[0].text)
        } else {
            // The headings of another table.
            let are_short = cells.iter().all(|cell| looks_like_heading(&cell.text));
            let is_other = has_rows && chunk.after_blank && cells.len() != expected;
            Columns::of_short_texts(cells, false).is_some()
                || is_other && are_short && !starts_row && !is_rest
        };
        let Some(chunk) = chunks.next_if(|_| !ends_table) else {
            break;
        };
        if let Some(row) = grid.last_mut().filter(|_| has_rows && !starts_row) {
            let last = row.last().map_or("", |last| &*last.text);
            let may_be_item = chunk.is_single() && tail.is_empty();
            if is_rest || may_be_item && prose::goes_on(last, &chunk.cells[0].text) {
                join(row, chunk.cells);
                continue;
            }
            if chunk.is_single() {
                let after_blank = true;
                tail.push(Chunk {
                    after_blank,
                    ..chunk
                });
                continue;
            }
        }
        had_tail |= !tail.is_empty();
        end_row(grid, take(&mut tail));
        grid.push(chunk.cells);
    }
    if let Some(row) = grid.last_mut().filter(|_| had_tail) {
        row.extend(tail.drain(..).flat_map(|chunk| chunk.cells));
    }
    tail
}

/// Adds texts in the middle of a table to the row above them: sentences are of its last
/// cell, a title may be of none.
fn end_row(grid: &mut Grid, tail: Vec<Chunk>) {
    let is_sentence = |chunk: &Chunk| is_sentence(&chunk.cells[0].text);
    let (sentences, titles): (Vec<_>, Vec<_>) = tail.into_iter().partition(is_sentence);
    if let Some(row) = grid.last_mut() {
        for sentence in sentences {
            join(row, sentence.cells);
        }
        row.extend(titles.into_iter().flat_map(|chunk| chunk.cells));
    }
}
