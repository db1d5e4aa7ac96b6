//! From a page to its blocks: one reader for each form of a table.

mod chunk;
mod copied;
mod delimited;
mod directive;
mod grid;
mod html;
mod markup;
mod paragraphs;
mod pipes;
mod prose;
mod ruled;

use unicode_width::UnicodeWidthChar as _;

use super::block::{Block, Cell, Grid};
use super::report::PageReport;
use markup::Syntax;

/// The blocks of a page. Reports the tables that are not well-formed.
pub fn blocks(page: &str, has_words: bool, report: &mut PageReport) -> Vec<Block> {
    if is_html(page) {
        return html::read(page, false, 1).0;
    }
    let lines = Lines::new(page);
    let mut blocks = Vec::new();
    // Lines that belong to no table of a form with marks of its own.
    let mut loose: Vec<Line> = Vec::new();
    let mut at = 0;
    while let Some(line) = lines.all.get(at) {
        let table = html_table(&lines, at)
            .or_else(|| grid::read(&lines, at))
            .or_else(|| ruled::read(&lines, at))
            .or_else(|| directive::read(&lines, at))
            .or_else(|| pipes::read(&lines, at));
        let Some((table, end)) = table else {
            let after_code = end_of_code(&lines, at);
            if after_code.is_none() {
                loose.push(*line);
            }
            at = after_code.unwrap_or(at + 1);
            continue;
        };
        blocks.extend(copied::blocks(&std::mem::take(&mut loose), has_words));
        match table {
            Ok(read) => blocks.extend(read),
            Err(line) => {
                let message = "the table does not fit its frame here: none of it is read";
                report.remark(line + 1, message);
                let parts = |separator: char| {
                    let parts = lines.all[at..].iter().take(end - at).flat_map(move |line| {
                        let texts = line.text.split(separator);
                        texts.map(move |text| Cell::new(text, line.number))
                    });
                    parts.filter(|cell| !cell.text.is_empty())
                };
                blocks.push(Block::Unread(parts('|').collect()));
                blocks.extend(parts(' ').map(Block::Text));
            }
        }
        at = end;
    }
    blocks.extend(copied::blocks(&loose, has_words));
    blocks
}

/// What a reader makes of a table, or the line at which it is not well-formed; and the
/// line after it. Lines are counted from 0.
type Read = (Result<Vec<Block>, usize>, usize);

/// A line of a page with its number, counted from 1.
#[derive(Debug, Clone, Copy)]
struct Line<'p> {
    number: usize,
    /// Where it starts in the page.
    start: usize,
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
        let mut next = 0;
        let line = |(at, text): (usize, &'p str)| {
            let (number, start) = (at + 1, next);
            next += text.len() + 1;
            Line {
                number,
                start,
                text,
            }
        };
        Lines {
            page,
            all: page.lines().enumerate().map(line).collect(),
            syntax: Syntax::of(page),
        }
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
                let text = self.syntax.plain_lines(&cell.text);
                cell.text.clear();
                cell.extend(&text);
                cell.is_heading = row < headings;
            }
        }
        vec![Block::Table(grid)]
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

/// Whether the page is HTML as a whole.
fn is_html(page: &str) -> bool {
    let page = page.trim_start_matches(|c: char| c.is_whitespace() || c == '\u{feff}');
    let starts = ["<!doctype html", "<html", "<head", "<body"];
    starts.iter().any(|tag| starts_with(page, tag))
}

/// Whether a text starts with a tag, in any case.
fn starts_with(text: &str, tag: &str) -> bool {
    let start = text.get(..tag.len());
    start.is_some_and(|start| start.eq_ignore_ascii_case(tag))
}

/// The table of HTML that begins on the line.
fn html_table(lines: &Lines, at: usize) -> Option<Read> {
    let line = lines.get(at)?;
    let mut tags = line.match_indices('<').map(|(place, _)| place);
    let place = tags.find(|place| starts_with(&line[*place..], "<table"))?;
    // What only mentions a table goes on with text.
    let after = line[place..]
        .split_once('>')
        .map_or("", |(_, after)| after.trim_start());
    if !after.is_empty() && !after.starts_with('<') {
        return None;
    }
    let start = lines.all[at].start + place;
    let (blocks, read) = html::read(&lines.page[start..], true, at + 1);
    let next = lines.all.partition_point(|line| line.start < start + read);
    Some((Ok(blocks), next))
}

/// The line after the fenced block of code that begins on the line.
fn end_of_code(lines: &Lines, at: usize) -> Option<usize> {
    let fence = |at| {
        let line = lines.get(at)?.trim_start();
        let mut fences = ["```", "~~~"].into_iter();
        fences.find(|fence| line.starts_with(fence))
    };
    let opened = fence(at)?;
    let mut rest = at + 1..lines.all.len();
    rest.find(|at| fence(*at) == Some(opened))
        .map(|close| close + 1)
}
