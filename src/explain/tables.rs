//! Tables: rows of a label and its value, and columns with a head.

use std::ops::Range;

use memchr::{memchr, memmem};

use super::frames::{BARS, is_rule};
use super::labels::{Label, may_label_code, meaning_of};
use super::tokens::{Columns, Reader};
use super::tree::{Container, Kind};
use super::values::{Role, Written};

/// Bytes of the head of a table.
const MAX_HEAD: usize = 512;
/// Bytes from the start of a cell on to which rows below may add.
const MAX_CELL: usize = 4 * 1024;
/// Bytes of a row in HTML.
const MAX_ROW: usize = 8 * 1024;
/// Marks around the text of a cell.
const MARKS: [char; 6] = [' ', '\t', '*', '`', '"', '\''];

impl Reader<'_> {
    /// Reads a line that may be a row of a table.
    pub fn line_as_row(&mut self, line: Range<usize>) {
        let text = &self.text[line.clone()];
        if self.columns.separator.is_none() && !self.columns.meanings.is_empty() {
            // Of an HTML table.
            return;
        }
        if is_rule(text) {
            self.columns.above.clear();
            return;
        }
        let words = text.trim_start();
        let goes_on = self.columns.separator == Some('(') && words.starts_with('(');
        if goes_on || words.starts_with("INSERT INTO") {
            self.columns.separator = Some('(');
            self.tuples(line);
            return;
        }
        let has_bar = memchr(b'|', text.as_bytes()).is_some()
            || !text.is_ascii() && text.contains(&BARS[1..]);
        let separator = if has_bar {
            '|'
        } else {
            // Values separated so are a table only below their head.
            let known = self
                .columns
                .separator
                .filter(|separator| *separator != '(' && text.contains(*separator));
            // But for a label and its value, as they are copied from a page.
            let is_pair = || {
                let label = text.split_once('\t').map(|(label, _)| label);
                label.is_some_and(|label| meaning_of(label).is_some())
            };
            let may_be_head = || {
                text.len() <= MAX_HEAD
                    && (may_label_code(text.as_bytes()) || text.contains("tatus") || is_pair())
            };
            let found = || {
                [',', '\t', ';']
                    .into_iter()
                    .find(|mark| text.contains(*mark))
            };
            let Some(separator) = known.or_else(|| found().filter(|_| may_be_head())) else {
                self.columns = Columns::default();
                return;
            };
            separator
        };
        if self.columns.separator != Some(separator) {
            self.columns = Columns {
                separator: Some(separator),
                ..Columns::default()
            };
        }
        let cells = cells(text, line.start, separator);
        self.row(&cells, Written::Plain, line);
        if separator != '|' && self.columns.meanings.is_empty() {
            self.columns = Columns::default();
        }
    }

    /// Reads the rows of an `INSERT` of SQL, whose columns are the first.
    fn tuples(&mut self, line: Range<usize>) {
        let text = self.text;
        let mut cells = Vec::new();
        let (mut open, mut from, mut is_quoted) = (None, 0, false);
        for (at, byte) in text[line.clone()].bytes().enumerate() {
            let at = line.start + at;
            is_quoted ^= byte == b'\'';
            match (byte, open) {
                _ if is_quoted => {}
                (b'(', None) => (open, from) = (Some(at), at + 1),
                (b',' | b')', Some(start)) => {
                    cells.push(place_in(text, text[from..at].trim_matches(MARKS)));
                    from = at + 1;
                    if byte == b')' {
                        self.row(&std::mem::take(&mut cells), Written::Plain, start..from);
                        open = None;
                    }
                }
                _ => {}
            }
        }
    }

    /// Reads a row of an HTML table, whose tag is at `at`.
    pub fn html_row(&mut self, at: usize) {
        if self.columns.separator.is_some() {
            self.columns = Columns::default();
        }
        let end = self.limit().min(at + MAX_ROW).max(at);
        let bytes = &self.text.as_bytes()[at..end];
        let Some(length) = memmem::find(bytes, b"</tr") else {
            return;
        };
        let mut cells = Vec::new();
        let mut from = 0;
        while let Some(tag) = memmem::find(&bytes[from..length], b"<t") {
            let start = from + tag;
            from = start + 2;
            if !matches!(bytes[from], b'd' | b'h') {
                continue;
            }
            let Some(open) = memchr(b'>', &bytes[from..length]) else {
                break;
            };
            let inside = from + open + 1;
            let close = memmem::find(&bytes[inside..length], b"</t").unwrap_or(length - inside);
            from = inside + close;
            cells.push(self.without_tags(at + inside..at + inside + close));
        }
        self.row(&cells, Written::Tagged, at..at + length);
    }

    /// A part of the text without the tags around it.
    fn without_tags(&self, part: Range<usize>) -> Range<usize> {
        let mut text = &self.text[part.clone()];
        while let Some(end) = text
            .trim_start()
            .strip_prefix('<')
            .and_then(|tag| tag.find('>'))
        {
            text = &text.trim_start()[end + 2..];
        }
        let end = text.find('<').unwrap_or(text.len());
        let start = part.end - text.len();
        start..start + end
    }

    /// Reads the cells of a row.
    fn row(&mut self, cells: &[Range<usize>], written: Written, place: Range<usize>) {
        let mut cells = cells;
        let columns = self.columns.meanings.len();
        // The commas of an object in the last cell separate none.
        if self.columns.separator == Some(',')
            && columns > 1
            && cells.len() > columns
            && self.text[cells[columns - 1].clone()].starts_with(['{', '['])
        {
            cells = &cells[..columns];
        }
        if self.goes_on_above(cells) {
            self.extend_row_above(cells, place.end);
            return;
        }
        let mut meanings: Vec<_> = cells
            .iter()
            .map(|cell| column(&self.text[cell.clone()]))
            .collect();
        let separator = self.columns.separator;
        if meanings.iter().flatten().count() > 1 {
            self.columns = Columns {
                meanings,
                separator,
                ..Columns::default()
            };
            return;
        }
        let is_below_head = cells.len() == self.columns.meanings.len();
        let mut label = None;
        if is_below_head {
            meanings.clone_from(&self.columns.meanings);
        } else if let [meaning @ Some(_), None] = meanings[..]
            && matches!(separator, None | Some('|' | '\t'))
        {
            label = Some(cells[0].start);
            meanings = vec![None, meaning];
        } else {
            return;
        }
        let is_of_pairs = meanings
            .iter()
            .flatten()
            .any(|(role, _)| *role == Role::Name);
        let is_item = is_below_head && !is_of_pairs;
        self.columns.row = is_item.then_some(self.containers.len());
        if is_item {
            self.containers.push(Container {
                is_closed: true,
                ..Container::new(Kind::Item, place)
            });
        }
        self.columns.above.clear();
        for (cell, meaning) in cells.iter().zip(meanings) {
            let number = self.fields.len();
            if let Some((role, rank)) = meaning.filter(|_| !cell.is_empty()) {
                let label = Label {
                    start: label.unwrap_or(cell.start),
                    role,
                    rank,
                    is_quoted: false,
                };
                self.add(label, cell.clone(), written, false);
            }
            let field = (self.fields.len() > number).then_some(number);
            self.columns.above.push((cell.is_empty(), field));
        }
    }

    /// Whether a row holds only what has no room in the cells of the row above.
    fn goes_on_above(&self, cells: &[Range<usize>]) -> bool {
        let mut pairs = cells.iter().zip(&self.columns.above);
        cells.len() == self.columns.above.len()
            && pairs
                .next()
                .is_some_and(|(cell, (is_empty, _))| cell.is_empty() && !is_empty)
            && pairs.all(|(cell, (is_empty, _))| cell.is_empty() || !is_empty)
    }

    fn extend_row_above(&mut self, cells: &[Range<usize>], end: usize) {
        for (number, (cell, (_, field))) in cells.iter().zip(&self.columns.above).enumerate() {
            if let Some(field) = field.filter(|_| !cell.is_empty())
                && self.fields[field].place.len() < MAX_CELL
            {
                let field = &mut self.fields[field];
                field.place.end = cell.end;
                field.written = Written::Column(number, field.role == Role::Message);
            }
        }
        if let Some(row) = self.columns.row {
            self.containers[row].place.end = end;
        }
    }
}

/// The cells of a row that starts at `start`, without the marks around their texts.
fn cells(row: &str, start: usize, separator: char) -> Vec<Range<usize>> {
    let mut cells = Vec::new();
    let separators = if separator == '|' {
        &BARS[..]
    } else {
        &[separator]
    };
    let outer = row.trim();
    let framed = separator == '|' && outer.starts_with('|');
    let inner = if framed {
        outer.trim_matches('|')
    } else {
        outer
    };
    let mut from = inner.as_ptr() as usize - row.as_ptr() as usize;
    let end = from + inner.len();
    // Jira writes two bars between the cells of a head.
    let is_jira = outer.starts_with("||") && outer.ends_with("||");
    while from <= end {
        let rest = &row[from..end];
        // A cell in quotes may have the separator in it.
        let quoted = rest.strip_prefix('"').and_then(|inside| inside.find('"'));
        let skipped = quoted.map_or(0, |quoted| quoted + 2);
        let length = rest[skipped..]
            .find(separators)
            .map_or(rest.len(), |at| skipped + at);
        let cell = place_in(row, rest[..length].trim_matches(MARKS));
        if !(is_jira && cell.is_empty()) {
            cells.push(start + cell.start..start + cell.end);
        }
        from += length + rest[length..].chars().next().map_or(1, char::len_utf8);
    }
    cells
}

/// What the name of a column means: as a label, or as a name that is none elsewhere.
fn column(name: &str) -> Option<(Role, u8)> {
    let is_status = name.eq_ignore_ascii_case("http");
    meaning_of(name).or(is_status.then_some((Role::HttpStatus, 1)))
}

/// Where a part of a text stands in it.
fn place_in(text: &str, part: &str) -> Range<usize> {
    let start = part.as_ptr() as usize - text.as_ptr() as usize;
    start..start + part.len()
}
