//! Reads HTML: a saved page, or a table inside Markdown. Merged cells are filled in later
//! (`block::with_spans_filled`).

use std::borrow::Cow;
use std::mem::{replace, take};

use html5gum::{DefaultEmitter, StartTag, Token, Tokenizer};

use super::{BlocksUntil, PageLines};
use crate::data::words::is_number;
use crate::import::block::{Block, Cell, Grid};
use crate::import::codes_and_statuses::full_code;
use crate::substrings::{end_of, is_word_of, place_in};

/// Tags that a page begins with.
const PAGE: [&str; 4] = ["<!doctype html", "<html", "<head", "<body"];
/// The most tables inside one another. A deeper table is text of the cell that it is in.
const MAX_NESTED_TABLES: usize = 8;
/// The most rows that a cell covers: the limit of browsers.
const MAX_ROWS: usize = 65_534;
/// Elements of tables that end the open row, at their start and at their end.
const ROW_ELEMENTS: &str = "tr thead tbody tfoot caption";
/// Elements that can be in the middle of a text. All others begin and end a text.
const INLINE_ELEMENTS: &str = "a abbr acronym b bdi bdo big cite code del em font i img ins kbd label mark \
                      q s samp small span strike strong sub sup tt u var wbr";
/// Elements of blocks that Markdown allows in the middle of a text.
const BLOCK_ELEMENTS: &str = "br p div ul ol li pre blockquote";
/// The most bytes of the mark of a footnote.
const MAX_FOOTNOTE_MARK: usize = 5;
/// The fewest letters of a word, or digits of a status, that the mark of a footnote may follow.
const MIN_MARKED: usize = 3;
/// The most bytes of the word or the cell before the mark of a footnote.
const MAX_MARKED: usize = 128;
const HEADINGS: &str = "h1 h2 h3 h4 h5 h6";
/// Elements whose text a browser does not show.
const HIDDEN_ELEMENTS: &str = "script style template noscript textarea title";

/// Reads the page or the table that begins on the line `at`, counted from 0. Only the head of an
/// HTTP response may stand before a page. If text follows the tag on its line, the text only
/// mentions the tag.
pub(super) fn read(lines: &PageLines, at: usize) -> Option<BlocksUntil> {
    let line = lines.get(at)?;
    let start = place_in(lines.page, line).start;
    let is_first = || {
        let before = lines.page[..start].trim();
        before.is_empty() || before.starts_with("HTTP/") && !before.contains("\n\n")
    };
    let lower = line.to_ascii_lowercase();
    let is_page = PAGE.iter().any(|tag| lower.trim_start().starts_with(tag)) && is_first();
    let place = if is_page { 0 } else { lower.find("<table")? };
    let (_, after) = line[place..].split_once('>').unwrap_or_default();
    if !after.is_empty() && !after.trim_start().starts_with('<') {
        return None;
    }
    let source = &lines.page[start + place..];
    let mut emitter = DefaultEmitter::<usize>::new_with_span();
    emitter.naively_switch_states(true);
    let mut reader = HtmlReader { line: at + 1, ..HtmlReader::default() };
    reader.add(&line[..place]);
    // Outside of a page, only the rest of the line is read after the last table.
    let (mut counted, mut line_end) = (0, 0);
    for Ok(token) in Tokenizer::new_with_emitter(source, emitter) {
        let span = match &token {
            Token::StartTag(tag) => tag.span,
            Token::EndTag(tag) => tag.span,
            Token::String(text) => text.span,
            _ => continue,
        };
        let passed = source.get(counted..span.start).unwrap_or_default();
        reader.line += passed.matches('\n').count();
        counted += passed.len();
        let is_behind = !is_page && reader.tables.is_empty() && line_end > 0;
        if is_behind && span.start >= line_end {
            break;
        }
        match token {
            Token::StartTag(tag) => reader.start(&tag),
            Token::EndTag(tag) => reader.end(&String::from_utf8_lossy(&tag.name)),
            Token::String(text) if is_behind => {
                let text = String::from_utf8_lossy(&text.value);
                reader.add(text.split('\n').next().unwrap_or_default());
            }
            Token::String(text) => reader.add(&String::from_utf8_lossy(&text.value)),
            _ => {}
        }
        if !is_behind && reader.tables.is_empty() && span.end > line_end {
            line_end = source[span.end..].find('\n').map_or(source.len(), |at| span.end + at);
        }
    }
    // A tag that never ends gives no token, and leaves the table open.
    let is_open = line_end == 0 || !reader.tables.is_empty();
    let length = if is_page || is_open { source.len() } else { line_end };
    while !reader.tables.is_empty() {
        reader.end_table();
    }
    reader.end_text();
    Some((reader.blocks, at + source[..length].lines().count()))
}

/// How the text that is being read is marked.
#[derive(Default, Clone, Copy)]
struct Marks {
    is_raised: bool,
    /// Struck out, so no longer part of the page.
    is_struck_out: bool,
    links_to_footnote: bool,
}

#[derive(Default)]
struct HtmlReader {
    blocks: Vec<Block>,
    /// The line of the tag or the text that is read.
    line: usize,
    /// Tables that are open, the innermost last. A cell is open until the next begins or
    /// its row ends.
    tables: Vec<Grid>,
    /// For each open list, the number of its next item, if it has numbers.
    lists: Vec<Option<usize>>,
    /// The text outside of tables.
    text: Cell,
    /// The open element whose text is not shown.
    hidden: Option<String>,
    marks: Marks,
    in_heading: bool,
}

impl HtmlReader {
    fn start(&mut self, tag: &StartTag<usize>) {
        let name = String::from_utf8_lossy(&tag.name);
        let number = |attribute: &[u8]| -> Option<usize> {
            String::from_utf8_lossy(&tag.attributes.get(attribute)?.value).trim().parse().ok()
        };
        match &*name {
            _ if self.hidden.is_some() => {}
            "table" if self.tables.len() < MAX_NESTED_TABLES => {
                self.end_text();
                self.tables.push(Grid::from([Vec::new()]));
            }
            "td" | "th" => {
                self.marks = Marks::default();
                let row = self.tables.last_mut().and_then(|table| table.last_mut());
                row.unwrap_or(&mut Vec::new()).push(Cell {
                    rows: number(b"rowspan").unwrap_or(1).clamp(1, MAX_ROWS),
                    columns: number(b"colspan").unwrap_or(1).max(1),
                    is_heading: name == "th",
                    ..Cell::new("", self.line)
                });
            }
            "ol" | "ul" => self.lists.push((name == "ol").then(|| number(b"start").unwrap_or(1))),
            "li" => {
                self.end_text();
                let number = self.lists.last_mut().and_then(Option::as_mut);
                let number = number.map(|number| replace(number, number.saturating_add(1)));
                self.add(&number.map_or("- ".to_owned(), |number| format!("{number}. ")));
            }
            "sup" => self.marks.is_raised = true,
            "s" | "del" | "strike" => self.marks.is_struck_out = true,
            "a" => self.marks.links_to_footnote = is_footnote(tag),
            name if is_word_of(HIDDEN_ELEMENTS, name) => self.hidden = Some(name.to_owned()),
            name => {
                self.pass(name);
                self.in_heading |= is_word_of(HEADINGS, name);
            }
        }
    }

    fn end(&mut self, name: &str) {
        match name {
            _ if self.hidden.is_some() => drop(self.hidden.take_if(|hidden| hidden == name)),
            "table" => self.end_table(),
            "ol" | "ul" => {
                self.lists.pop();
                self.end_text();
            }
            "sup" => self.marks.is_raised = false,
            "s" | "del" | "strike" => self.marks.is_struck_out = false,
            "a" => self.marks.links_to_footnote = false,
            name => {
                self.pass(name);
                self.in_heading &= !is_word_of(HEADINGS, name);
            }
        }
    }

    /// Handles the start or the end of another element: an element of rows starts a new row, an
    /// inline element changes nothing, and any other element ends the text.
    fn pass(&mut self, name: &str) {
        match self.tables.last_mut() {
            Some(table) if is_word_of(ROW_ELEMENTS, name) => table.push(Vec::new()),
            _ if is_word_of(INLINE_ELEMENTS, name) => {}
            _ => self.end_text(),
        }
    }

    fn end_table(&mut self) {
        let Some(mut table) = self.tables.pop() else { return };
        table.retain(|row| !row.is_empty());
        for cell in table.iter_mut().flatten() {
            let text = take(&mut cell.text);
            cell.extend(&text);
            // A table in a cell is also a part of what the cell says.
            if !self.tables.is_empty() {
                self.open_cell().text.extend([" ", &cell.text, " "]);
            }
        }
        self.blocks.push(Block::Table(table));
    }

    /// The innermost open cell. Outside of all tables, the text of the page.
    fn open_cell(&mut self) -> &mut Cell {
        let mut tables = self.tables.iter_mut().rev();
        tables.find_map(|table| table.last_mut()?.last_mut()).unwrap_or(&mut self.text)
    }

    fn add(&mut self, text: &str) {
        let Marks { is_raised, is_struck_out, links_to_footnote } = self.marks;
        let trimmed = text.trim();
        let is_footnote = links_to_footnote && trimmed.len() <= MAX_FOOTNOTE_MARK;
        if self.text.text.trim().is_empty() {
            self.text.text.clear();
            self.text.line = self.line;
        }
        if self.hidden.is_none() && !is_struck_out && !is_footnote {
            let cell = self.open_cell();
            let says = if is_raised { raised(text, &cell.text).into() } else { Cow::from(text) };
            cell.text.push_str(&says);
        }
    }

    /// Ends a text. In a cell, this ends only a line.
    fn end_text(&mut self) {
        self.open_cell().text.push(' ');
        let Cell { text, line, .. } = take(&mut self.text);
        if !text.trim().is_empty() {
            let text = Cell { is_heading: self.in_heading, ..Cell::new(&text, line) };
            self.blocks.push(Block::Texts(vec![text]));
        }
    }
}

/// Whether a link leads to a footnote.
fn is_footnote(link: &StartTag<usize>) -> bool {
    let has = |name: &[u8], words: &str| {
        let value = link.attributes.get(name).map(|it| String::from_utf8_lossy(&it.value));
        value.is_some_and(|value| value.split(' ').any(|word| is_word_of(words, word)))
    };
    let leads_to_footnote = |it: &[u8]| it.starts_with(b"#_ftn");
    let target = link.attributes.get(b"href".as_slice());
    has(b"class", "footnote footnote-ref footnote-reference")
        || has(b"role", "doc-noteref")
        || target.is_some_and(|it| leads_to_footnote(&it.value))
}

/// What to write for a raised text after `before`: nothing for the mark of a footnote, `^2` for
/// what may be an exponent, else the text itself.
pub(super) fn raised(text: &str, before: &str) -> String {
    let may_have_exponent = |c: char| c.is_alphanumeric() || ")]".contains(c);
    if is_mark_of_footnote(text.trim(), before) {
        return String::new();
    }
    let is_exponent = is_number(text) && before.ends_with(may_have_exponent);
    format!("{}{text}", if is_exponent { "^" } else { "" })
}

/// Whether a raised text is the mark of a footnote. Digits are a mark after a word, or after a code
/// or a status that is the whole cell. Elsewhere they may be an exponent.
fn is_mark_of_footnote(mark: &str, before: &str) -> bool {
    let near = end_of(before, MAX_MARKED);
    let word = near.rsplit(char::is_whitespace).next().unwrap_or_default();
    let letters = word.trim_end_matches(|c| ".,;:".contains(c)).chars().rev();
    let is_behind_word = letters.take_while(|c| c.is_alphabetic()).count() >= MIN_MARKED;
    let is_cell = near == before && word == near.trim_start();
    let is_behind_cell =
        is_cell && (full_code(word).is_some() || word.len() >= MIN_MARKED && is_number(word));
    mark.starts_with('[') && mark.ends_with(']')
        || mark.chars().all(|c| "*†‡§".contains(c))
        || mark.chars().all(|c| c.is_ascii_digit()) && (is_behind_word || is_behind_cell)
}

/// Whether a tag in Markdown, given without its `>`, is `<sup>`, which raises the text after it.
pub(super) fn is_sup(tag: &str) -> bool {
    let name = tag.split(char::is_whitespace).next();
    name.is_some_and(|name| name.eq_ignore_ascii_case("<sup"))
}

/// What to write for a tag in Markdown, given without its `>`: a space for a block, nothing for an
/// inline element. `None` if it only looks like a tag.
pub(super) fn element(tag: &str) -> Option<&'static str> {
    let name = tag.trim_start_matches(['<', '/']).to_ascii_lowercase();
    let name = name.split(|c: char| !c.is_ascii_alphanumeric()).next()?;
    is_word_of(BLOCK_ELEMENTS, name)
        .then_some(" ")
        .or(is_word_of(INLINE_ELEMENTS, name).then_some(""))
}

/// What an entity such as `&lt;` stands for.
pub(super) fn entity(text: &str) -> Option<String> {
    // Uses the same emitter as above, because the tokenizer is large and would be compiled twice.
    let mut tokens = Tokenizer::new_with_emitter(text, DefaultEmitter::<usize>::new_with_span());
    let Ok(Token::String(decoded)) = tokens.next()? else { return None };
    let decoded = String::from_utf8_lossy(&decoded.value).into_owned();
    (decoded != text).then_some(decoded)
}
