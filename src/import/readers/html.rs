//! HTML: a saved page, or a table inside Markdown.

use std::mem::take;

use html5gum::{DefaultEmitter, EndTag, StartTag, Token, Tokenizer};

use crate::import::block::{Block, Cell, Grid};

/// Tables inside of one another; a deeper one is text of the cell that it stands in.
const MAX_DEPTH: usize = 8;
/// Rows that a cell covers, as browsers have it.
const MAX_ROWS: usize = 65_534;
/// Elements of tables before and after which no row is open.
const ROWS: [&str; 5] = ["tr", "thead", "tbody", "tfoot", "caption"];
/// Elements that stand in the middle of a text; all others begin and end one.
const INLINE: [&str; 30] = [
    "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "del", "em", "font", "i",
    "img", "ins", "kbd", "label", "mark", "q", "s", "samp", "small", "span", "strike", "strong",
    "sub", "sup", "tt", "u", "var",
];
/// Elements of blocks that Markdown has in the middle of a text.
const BLOCKS: [&str; 8] = ["br", "p", "div", "ul", "ol", "li", "pre", "blockquote"];
/// Elements whose text a browser does not show.
const HIDDEN: [&str; 6] = [
    "script", "style", "template", "noscript", "textarea", "title",
];

/// The blocks of HTML that begins on a line, and how many bytes they take. `only_table`
/// is for a table inside of something else: reads until it is closed.
pub fn read(source: &str, only_table: bool, mut line: usize) -> (Vec<Block>, usize) {
    let mut emitter = DefaultEmitter::<usize>::new_with_span();
    emitter.naively_switch_states(true);
    let mut reader = HtmlReader {
        text: Cell::new("", line),
        ..HtmlReader::default()
    };
    let mut counted = 0;
    for Ok(token) in Tokenizer::new_with_emitter(source, emitter) {
        let span = match &token {
            Token::StartTag(tag) => tag.span,
            Token::EndTag(tag) => tag.span,
            Token::String(text) => text.span,
            _ => continue,
        };
        let passed = source.get(counted..span.start).unwrap_or_default();
        line += passed.matches('\n').count();
        counted += passed.len();
        match token {
            Token::StartTag(tag) => reader.start(&tag, line),
            Token::EndTag(tag) => reader.end(&String::from_utf8_lossy(&tag.name)),
            Token::String(text) => reader.text(&String::from_utf8_lossy(&text.value), line),
            _ => {}
        }
        if only_table && reader.tables.is_empty() {
            return (reader.blocks, span.end.min(source.len()));
        }
    }
    reader.hidden = None;
    while !reader.tables.is_empty() {
        reader.end("table");
    }
    reader.separate();
    (reader.blocks, source.len())
}

#[derive(Default)]
struct OpenTable {
    grid: Grid,
    row: Vec<Cell>,
    cell: Option<Cell>,
    in_head: bool,
}

impl OpenTable {
    fn end_cell(&mut self) {
        if let Some(mut cell) = self.cell.take() {
            let text = take(&mut cell.text);
            cell.extend(&text);
            self.row.push(cell);
        }
    }

    fn end_row(&mut self) {
        self.end_cell();
        if !self.row.is_empty() {
            self.grid.push(take(&mut self.row));
        }
    }
}

#[derive(Default)]
struct HtmlReader {
    blocks: Vec<Block>,
    /// Those that are open, the innermost last.
    tables: Vec<OpenTable>,
    /// For each open list the number of its next item, if it has numbers.
    lists: Vec<Option<usize>>,
    /// The text outside of tables.
    text: Cell,
    /// The open element whose text is not shown.
    hidden: Option<String>,
    in_footnote: bool,
}

impl HtmlReader {
    fn start(&mut self, tag: &StartTag<usize>, line: usize) {
        let name = String::from_utf8_lossy(&tag.name);
        let attribute = |name: &[u8]| {
            let value = String::from_utf8_lossy(&tag.attributes.get(name)?.value);
            let digits = value.trim().trim_end_matches(|c: char| !c.is_ascii_digit());
            digits.parse::<usize>().ok()
        };
        let in_table = !self.tables.is_empty();
        match &*name {
            _ if self.hidden.is_some() => {}
            "table" if self.tables.len() < MAX_DEPTH => {
                self.separate();
                self.tables.push(OpenTable::default());
            }
            _ if in_table && ROWS.contains(&&*name) => self.end_row(&name, name == "thead"),
            "td" | "th" => {
                let Some(table) = self.tables.last_mut() else {
                    return;
                };
                table.end_cell();
                let covered = |name, max| attribute(name).unwrap_or(1).clamp(1, max);
                table.cell = Some(Cell {
                    rows: covered(b"rowspan", MAX_ROWS),
                    columns: covered(b"colspan", usize::MAX),
                    is_heading: table.in_head || name == "th",
                    ..Cell::new("", line)
                });
            }
            "ol" => self.lists.push(Some(attribute(b"start").unwrap_or(1))),
            "ul" => self.lists.push(None),
            "li" => {
                self.separate();
                let number = self.lists.last_mut().and_then(Option::as_mut);
                let mark = number.map_or("- ".to_owned(), |number| {
                    *number = number.saturating_add(1);
                    format!("{}. ", *number - 1)
                });
                self.text(&mark, line);
            }
            "sup" => self.in_footnote = true,
            _ if HIDDEN.contains(&&*name) => self.hidden = Some(name.into_owned()),
            _ if INLINE.contains(&&*name) => {}
            _ => self.separate(),
        }
    }

    fn end(&mut self, name: &str) {
        match name {
            _ if self.hidden.is_some() => drop(self.hidden.take_if(|hidden| hidden == name)),
            "table" => self.end_table(),
            "td" | "th" => drop(self.tables.last_mut().map(OpenTable::end_cell)),
            _ if ROWS.contains(&name) => self.end_row(name, false),
            "ol" | "ul" => {
                self.lists.pop();
                self.separate();
            }
            "sup" => self.in_footnote = false,
            _ if INLINE.contains(&name) => {}
            _ => self.separate(),
        }
    }

    /// No row is open before and after an element, whose rows may be headings.
    fn end_row(&mut self, name: &str, in_head: bool) {
        if let Some(table) = self.tables.last_mut() {
            table.end_row();
            table.in_head = in_head || name == "tr" && table.in_head;
        }
    }

    fn end_table(&mut self) {
        let Some(mut table) = self.tables.pop() else {
            return;
        };
        table.end_row();
        // A table in a cell is also a part of what the cell says.
        if self.in_cell() {
            for cell in table.grid.iter().flatten() {
                self.text(&format!(" {} ", cell.text), cell.line);
            }
        }
        self.blocks.push(Block::Table(table.grid));
    }

    fn in_cell(&self) -> bool {
        self.tables.iter().any(|table| table.cell.is_some())
    }

    /// Adds to the text of the innermost open cell, or of the page.
    fn text(&mut self, text: &str, line: usize) {
        let mark = text.trim();
        let is_footnote = self.in_footnote && mark.starts_with('[') && mark.ends_with(']');
        if self.hidden.is_some() || is_footnote {
            return;
        }
        let mut tables = self.tables.iter_mut().rev();
        if let Some(cell) = tables.find_map(|table| table.cell.as_mut()) {
            cell.text.push_str(text);
            return;
        }
        if self.text.text.is_empty() {
            self.text.line = line;
        }
        self.text.text.push_str(text);
    }

    /// A line ends here.
    fn separate(&mut self) {
        if self.in_cell() {
            return self.text(" ", 0);
        }
        let text = take(&mut self.text.text);
        if !text.trim().is_empty() {
            let text = Cell::new(&text, self.text.line);
            self.blocks.push(Block::Text(text));
        }
    }
}

/// A text of Markdown without the elements and entities that it has of HTML. What only
/// looks like an element stays.
pub fn without_elements(markdown: &str) -> String {
    if !markdown.contains(['<', '&']) {
        return markdown.to_owned();
    }
    let mut text = String::new();
    let emitter = DefaultEmitter::<usize>::new_with_span();
    for Ok(token) in Tokenizer::new_with_emitter(markdown, emitter) {
        match token {
            Token::String(string) => text.push_str(&String::from_utf8_lossy(&string.value)),
            Token::StartTag(StartTag { name, span, .. }) | Token::EndTag(EndTag { name, span }) => {
                let name = String::from_utf8_lossy(&name);
                if BLOCKS.contains(&&*name) {
                    text.push(' ');
                } else if !INLINE.contains(&&*name) {
                    text.push_str(markdown.get(span.start..span.end).unwrap_or_default());
                }
            }
            _ => {}
        }
    }
    text
}
