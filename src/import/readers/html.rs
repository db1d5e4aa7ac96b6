//! HTML: a saved page, or a table inside Markdown.

use std::mem::take;

use html5gum::{DefaultEmitter, StartTag, Token, Tokenizer};

use crate::import::block::{Block, Cell, Grid};

/// Tables inside of one another; a deeper one is text of the cell that it stands in.
const MAX_DEPTH: usize = 8;
/// Rows that a cell covers, as browsers have it.
const MAX_ROWS: usize = 65_534;
/// Elements of tables before and after which no row is open.
const ROWS: &str = "tr thead tbody tfoot caption";
/// Elements that stand in the middle of a text; all others begin and end one.
const INLINE: &str = "a abbr acronym b bdi bdo big cite code del em font i img ins kbd label mark \
                      q s samp small span strike strong sub sup tt u var";
/// Elements of blocks that Markdown has in the middle of a text.
const BLOCKS: &str = "br p div ul ol li pre blockquote";
/// Elements whose text a browser does not show.
const HIDDEN: &str = "script style template noscript textarea title";

fn is_one(name: &str, names: &str) -> bool {
    names.split(' ').any(|known| known == name)
}

/// The blocks of HTML that begins on a line, and how many bytes they take. `only_table`
/// is for a table inside of something else: reads until it is closed.
pub fn read(source: &str, only_table: bool, mut line: usize) -> (Vec<Block>, usize) {
    let mut emitter = DefaultEmitter::<usize>::new_with_span();
    emitter.naively_switch_states(true);
    let mut reader = HtmlReader::default();
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
            Token::String(text) => reader.add(&String::from_utf8_lossy(&text.value), line),
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
    /// Whether the last cell is open.
    in_cell: bool,
    in_head: bool,
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
        let number = |name: &[u8]| {
            let value = String::from_utf8_lossy(&tag.attributes.get(name)?.value);
            let digits = value.trim().trim_end_matches(|c: char| !c.is_ascii_digit());
            digits.parse::<usize>().ok()
        };
        match &*name {
            _ if self.hidden.is_some() => {}
            "table" if self.tables.len() < MAX_DEPTH => {
                self.separate();
                self.tables.push(OpenTable::default());
            }
            "td" | "th" => {
                let Some(table) = self.tables.last_mut() else {
                    return;
                };
                let covered = |name, max| number(name).unwrap_or(1).clamp(1, max);
                let cell = Cell {
                    rows: covered(b"rowspan", MAX_ROWS),
                    columns: covered(b"colspan", usize::MAX),
                    is_heading: table.in_head || name == "th",
                    ..Cell::new("", line)
                };
                match table.grid.last_mut() {
                    Some(row) => row.push(cell),
                    None => table.grid.push(vec![cell]),
                }
                table.in_cell = true;
            }
            "ol" => self.lists.push(Some(number(b"start").unwrap_or(1))),
            "ul" => self.lists.push(None),
            "li" => {
                self.separate();
                let number = self.lists.last_mut().and_then(Option::as_mut);
                let mark = number.map_or("- ".to_owned(), |number| {
                    *number = number.saturating_add(1);
                    format!("{}. ", *number - 1)
                });
                self.add(&mark, line);
            }
            "sup" => self.in_footnote = true,
            name if is_one(name, HIDDEN) => self.hidden = Some(name.to_owned()),
            name => self.pass(name, name == "thead"),
        }
    }

    fn end(&mut self, name: &str) {
        match name {
            _ if self.hidden.is_some() => drop(self.hidden.take_if(|hidden| hidden == name)),
            "table" => self.end_table(),
            "td" | "th" => self
                .tables
                .iter_mut()
                .rev()
                .take(1)
                .for_each(|table| table.in_cell = false),
            "ol" | "ul" => {
                self.lists.pop();
                self.separate();
            }
            "sup" => self.in_footnote = false,
            name => self.pass(name, false),
        }
    }

    /// Passes the start or the end of an element: that of a row or of several, of a part of
    /// a text, or one that ends a text.
    fn pass(&mut self, name: &str, starts_head: bool) {
        match self.tables.last_mut() {
            Some(table) if is_one(name, ROWS) => {
                table.in_cell = false;
                table.in_head = starts_head || name == "tr" && table.in_head;
                table.grid.push(Vec::new());
            }
            _ if is_one(name, INLINE) => {}
            _ => self.separate(),
        }
    }

    fn end_table(&mut self) {
        let Some(mut table) = self.tables.pop() else {
            return;
        };
        table.grid.retain(|row| !row.is_empty());
        let in_cell = self.in_cell();
        for cell in table.grid.iter_mut().flatten() {
            let text = take(&mut cell.text);
            cell.extend(&text);
            // A table in a cell is also a part of what the cell says.
            if in_cell {
                self.add(&format!(" {} ", cell.text), cell.line);
            }
        }
        self.blocks.push(Block::Table(table.grid));
    }

    fn in_cell(&self) -> bool {
        self.tables.iter().any(|table| table.in_cell)
    }

    /// Adds to the text of the innermost open cell, or of the page.
    fn add(&mut self, text: &str, line: usize) {
        let mark = text.trim();
        let is_footnote = self.in_footnote && mark.starts_with('[') && mark.ends_with(']');
        if self.hidden.is_some() || is_footnote {
            return;
        }
        let open = self.tables.iter_mut().rev().find(|table| table.in_cell);
        let cell = open.and_then(|table| table.grid.last_mut()?.last_mut());
        let cell = cell.unwrap_or(&mut self.text);
        if cell.line == 0 {
            cell.line = line;
        }
        cell.text.push_str(text);
    }

    /// A line ends here.
    fn separate(&mut self) {
        if self.in_cell() {
            return self.add(" ", 0);
        }
        let text = take(&mut self.text);
        if !text.text.trim().is_empty() {
            self.blocks
                .push(Block::Text(Cell::new(&text.text, text.line)));
        }
    }
}

/// What an element of Markdown, from its first bracket to its last, is in a text: nothing
/// or a space. None for what only looks like an element.
pub fn element(tag: &str) -> Option<&'static str> {
    let name = tag.trim_start_matches(['<', '/']).to_ascii_lowercase();
    let name = name.split(|c: char| !c.is_ascii_alphanumeric()).next()?;
    let space = is_one(name, BLOCKS).then_some(" ");
    space.or(is_one(name, INLINE).then_some(""))
}

/// What an entity such as `&lt;` stands for.
pub fn entity(text: &str) -> Option<String> {
    match Tokenizer::new(text).next() {
        Some(Ok(Token::String(decoded))) => {
            let decoded = String::from_utf8_lossy(&decoded.value).into_owned();
            (decoded != text).then_some(decoded)
        }
        _ => None,
    }
}
