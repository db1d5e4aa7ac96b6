//! From a page to its blocks: one reader for each form of a table.

mod copied;
mod delimited;
mod directive;
mod grid_tables;
mod html;
mod markup;
mod paragraphs;
mod pipes;
mod prose;
mod ruled;

use std::mem::take;
use std::ops::Range;

use unicode_width::UnicodeWidthChar as _;

use super::block::{Block, Cell, Grid};
use markup::Syntax;

/// Tags that a page of HTML begins with.
const PAGE: [&str; 4] = ["<!doctype html", "<html", "<head", "<body"];

const MISFIT: &str = "the table does not fit its frame here: none of it is read";

/// The blocks of a page.
pub fn blocks(page: &str) -> Vec<Block> {
    let lines = Lines::new(page);
    let readers = [html, grid_tables::read, ruled::read, directive::read, pipes::read, code];
    let mut blocks = Vec::new();
    // From here on no line belongs to a table of a form with marks of its own.
    let mut loose = 0;
    let mut at = 0;
    while at < lines.all.len() {
        if let Some((found, end)) = readers.iter().find_map(|read| read(&lines, at)) {
            blocks.extend(copied::blocks(&lines.all[loose..at]));
            blocks.extend(found);
            at = end.min(lines.all.len());
            loose = at;
        } else {
            at += 1;
        }
    }
    blocks.extend(copied::blocks(&lines.all[loose..]));
    blocks
}

/// What a reader finds on a line, and the line after it, counted from 0.
type Found = (Vec<Block>, usize);

/// A line of a page with its number, counted from 1.
#[derive(Debug, Clone, Copy)]
struct Line<'p> {
    number: usize,
    text: &'p str,
}

/// A page by lines.
struct Lines<'p> {
    page: &'p str,
    all: Vec<Line<'p>>,
    syntax: Syntax,
}

impl<'p> Lines<'p> {
    fn new(page: &'p str) -> Self {
        let lines = (1..).zip(page.lines());
        let lines = lines.map(|(number, text)| {
            // A table may stand in a block quote of Markdown.
            let text = text.trim_start_matches("> ");
            Line { number, text }
        });
        let mut all = Vec::with_capacity(page.lines().count());
        all.extend(lines);
        Lines { page, all, syntax: Syntax::of(page) }
    }

    fn get(&self, at: usize) -> Option<&'p str> {
        Some(self.all.get(at)?.text)
    }

    fn is_blank(&self, at: usize) -> bool {
        self.get(at).is_none_or(|line| line.trim().is_empty())
    }

    /// A table of cells as the page has them, whose first rows are headings.
    fn table(&self, mut grid: Grid, headings: usize) -> Vec<Block> {
        for (row, cells) in grid.iter_mut().enumerate() {
            for cell in cells {
                let lines = take(&mut cell.text);
                cell.extend(&self.syntax.plain_lines(&lines));
                cell.is_heading = row < headings;
            }
        }
        vec![Block::Table(grid)]
    }

    /// The words of a table of which one line does not fit its frame.
    fn misfit(&self, range: Range<usize>, wrong: usize) -> Found {
        let end = range.end;
        let words =
            self.all.iter().take(end).skip(range.start).flat_map(|line| {
                line.text.split(['|', ' ']).map(|word| Cell::new(word, line.number))
            });
        (vec![Block::Unread(words.collect(), wrong + 1, MISFIT)], end)
    }
}

/// The columns of a screen that a character takes.
fn width(c: char) -> usize {
    c.width().unwrap_or(0)
}

/// The parts of a line that begin at these columns of the screen, after what stands
/// before the first of them.
fn split_at_columns<'l>(line: &'l str, columns: &[usize]) -> Vec<&'l str> {
    let mut parts = Vec::with_capacity(columns.len() + 1);
    let (mut start, mut column) = (0, 0);
    for (at, c) in line.char_indices() {
        while columns.get(parts.len()).is_some_and(|next| column >= *next) {
            parts.push(&line[start..at]);
            start = at;
        }
        column += width(c);
    }
    parts.push(&line[start..]);
    parts.resize(columns.len() + 1, "");
    parts
}

/// The page or the table of HTML that begins on the line. Before a page nothing stands but
/// the head of its response. What only mentions one goes on with text.
fn html(lines: &Lines, at: usize) -> Option<Found> {
    let line = lines.get(at)?;
    let start = line.as_ptr().addr() - lines.page.as_ptr().addr();
    let before = lines.page[..start].trim();
    let is_first = before.is_empty() || before.starts_with("HTTP/") && !before.contains("\n\n");
    let lower = line.to_ascii_lowercase();
    let is_tag = |tag: &&str| {
        let after = lower.trim_start().strip_prefix(*tag);
        after.is_some_and(|after| !after.starts_with(|c: char| c.is_ascii_alphanumeric()))
    };
    let is_page = is_first && PAGE.iter().any(is_tag);
    let place = if is_page { 0 } else { lower.find("<table")? };
    let (_, after) = line[place..].split_once('>').unwrap_or_default();
    if !after.is_empty() && !after.trim_start().starts_with('<') {
        return None;
    }
    let source = &lines.page[start + place..];
    let (blocks, length) = html::read(source, !is_page, at + 1);
    Some((blocks, at + source[..length].lines().count()))
}

/// The fenced block of code that begins on the line, of which nothing is read.
fn code(lines: &Lines, at: usize) -> Option<Found> {
    let fence = |at| {
        let line = lines.get(at)?.trim_start();
        ["```", "~~~"].into_iter().find(|mark| line.starts_with(mark))
    };
    let start = fence(at)?;
    let close = (at + 1..lines.all.len()).find(|at| fence(*at) == Some(start))?;
    Some((Vec::new(), close + 1))
}
