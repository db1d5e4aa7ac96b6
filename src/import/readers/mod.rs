//! Splits a page into blocks, with one reader for each form of table.

mod aligned;
mod asciidoc;
mod delimited;
mod directive;
mod grid_tables;
mod html;
mod markdown_tables;
mod markup;
mod paragraphs;
mod prose;
mod ruled;

use std::mem::{replace, take};
use std::ops::Range;

use unicode_width::UnicodeWidthChar as _;

use super::block::{Block, Cell, Grid, MAX_COLUMNS};
use markup::Syntax;

const MISFIT: &str = "the table does not fit its frame or its columns here: none of it is read";

/// The blocks of a page.
pub(super) fn blocks(page: &str) -> Vec<Block> {
    let lines = PageLines::new(page);
    let readers = [
        html::read,
        grid_tables::read,
        ruled::read,
        directive::read,
        asciidoc::read,
        markdown_tables::read,
        aligned::read,
        code,
    ];
    let mut blocks = Vec::new();
    // From `loose` on, no line belongs to a table that one of these readers found.
    let (mut loose, mut at) = (0, 0);
    while at < lines.all.len() {
        if let Some((found, end)) = readers.iter().find_map(|read| read(&lines, at)) {
            blocks.extend(blocks_without_markup(&lines.all[loose..at], loose));
            blocks.extend(found);
            at = end.min(lines.all.len());
            loose = at;
        } else {
            at += 1;
        }
    }
    blocks.extend(blocks_without_markup(&lines.all[loose..], loose));
    if page.lines().any(|line| line.starts_with("openapi:") || line.starts_with("swagger:")) {
        mark_keys_as_headings(&mut blocks);
    }
    blocks
}

/// Whether a line is a key of YAML with its value on the lines below.
fn is_key(line: &str) -> bool {
    line.trim().strip_suffix(':').is_some_and(|key| !key.contains(' '))
}

/// Marks the keys of YAML with values below them as headings: `'404':`.
fn mark_keys_as_headings(blocks: &mut [Block]) {
    for block in blocks {
        let Block::Texts(cells) = block else { continue };
        for cell in cells {
            cell.is_heading |= is_key(&cell.text);
        }
    }
}

/// The blocks of lines in which the readers above find no table: comma- and tab-separated values,
/// and text as copied from a browser, with tabs or paragraphs in place of cells. `at` is the first
/// line, counted from 0.
fn blocks_without_markup(lines: &[&str], at: usize) -> Vec<Block> {
    let has_tabs = lines.iter().any(|line| line.contains('\t'));
    let (start, delimiter) = delimited::start(lines).filter(|_| !has_tabs).unwrap_or((0, '\t'));
    let copied = delimited::rows(&lines[..start], at, '\t');
    let rows = copied.chain(delimited::rows(&lines[start..], at + start, delimiter));
    let has_text = |row: &Vec<Cell>| row.iter().any(|cell| !cell.text.is_empty());
    paragraphs::blocks(rows.filter(has_text).flatten().collect())
}

/// The blocks that a reader finds, and the line after them, counted from 0.
type BlocksUntil = (Vec<Block>, usize);

/// A page, split into lines.
struct PageLines<'p> {
    page: &'p str,
    all: Vec<&'p str>,
    syntax: Syntax,
}

impl<'p> PageLines<'p> {
    fn new(page: &'p str) -> Self {
        // Removes the mark of a block quote in Markdown, which may have a table.
        let all = page.lines().map(|line| line.trim_start_matches("> ")).collect();
        PageLines { page, all, syntax: Syntax::of(page) }
    }

    fn get(&self, at: usize) -> Option<&'p str> {
        self.all.get(at).copied()
    }

    fn is_blank(&self, at: usize) -> bool {
        self.get(at).is_none_or(|line| line.trim().is_empty())
    }

    /// Makes a table of the page's cells: removes markup, and marks the first rows as headings.
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

    /// Makes an unread block of a table whose line `wrong` does not fit its frame or columns.
    fn misfit(&self, range: Range<usize>, wrong: usize) -> BlocksUntil {
        let end = range.end;
        let lines = range.filter_map(|at| Some((at + 1, self.get(at)?)));
        let words = lines.flat_map(|(number, line)| {
            line.split(['|', ' ']).map(move |word| Cell::new(word, number))
        });
        (vec![Block::Unread(words.collect(), wrong + 1, MISFIT)], end)
    }
}

/// The columns of a screen that a character takes.
fn width(c: char) -> usize {
    c.width().unwrap_or(0)
}

/// The columns of a screen that a text takes.
fn width_of(text: &str) -> usize {
    text.chars().map(width).sum()
}

/// Splits a line at its bars, except escaped ones. `None` if it has too many for an error table.
fn split_at_bars(line: &str) -> Option<impl Iterator<Item = &str>> {
    let mut is_escaped = false;
    let is_bar = move |c| {
        let was_escaped = is_escaped;
        is_escaped = c == '\\' && !was_escaped;
        c == '|' && !was_escaped
    };
    line.matches('|').nth(2 * MAX_COLUMNS).is_none().then(|| line.split(is_bar))
}

/// Splits a line at these columns of the screen. Returns what is before the first column, and the
/// parts that begin at the columns.
fn split_at_columns<'l>(line: &'l str, columns: &[usize]) -> (&'l str, Vec<&'l str>) {
    let mut parts = Vec::with_capacity(columns.len() + 1);
    let (mut start, mut column) = (0, 0);
    for (at, c) in line.char_indices() {
        while columns.get(parts.len()).is_some_and(|next| column >= *next) {
            parts.push(&line[replace(&mut start, at)..at]);
        }
        column += width(c);
    }
    parts.push(&line[start..]);
    parts.resize(columns.len() + 1, "");
    (parts.remove(0), parts)
}

/// Skips the fenced block of code that begins on the line. Below a text, `~~~` is not a fence but
/// makes the text a heading.
fn code(lines: &PageLines, at: usize) -> Option<BlocksUntil> {
    let fence = |at| {
        let line = lines.get(at)?.trim_start();
        ["```", "~~~"].into_iter().find(|mark| line.starts_with(mark))
    };
    let is_under_text = at > 0 && !lines.is_blank(at - 1);
    let start = fence(at).filter(|mark| *mark == "```" || !is_under_text)?;
    let close = (at + 1..lines.all.len()).find(|at| fence(*at) == Some(start))?;
    Some((Vec::new(), close + 1))
}
