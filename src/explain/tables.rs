//! Tables: rows of a label and its value, and columns with a head.

use std::ops::Range;

use memchr::{memchr, memmem};

use super::labels::{Label, may_label_code, meaning_of};
use super::tokens::{Columns, Reader};
use super::tree::{Container, Kind};
use super::values::{Role, Written};

/// Bytes of the head of a table.
const MAX_HEAD: usize = 512;
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
        let separator = if memchr(b'|', text.as_bytes()).is_some() {
            '|'
        } else if text.contains('│') {
            '│'
        } else {
            // Values separated so are a table only below their head.
            let known = self
                .columns
                .separator
                .filter(|separator| text.contains(*separator));
            let may_be_head = || text.len() <= MAX_HEAD && may_label_code(text.as_bytes());
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
            self.columns = Columns::default();
        }
        let cells = cells(text, line.start, separator);
        self.row(&cells, Written::Plain, Some(separator));
    }

    /// Reads a row of an HTML table, whose tag is at `at`.
    pub fn html_row(&mut self, at: usize) {
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
        self.row(&cells, Written::Tagged, None);
        if !self.columns.meanings.is_empty() && self.columns.separator.is_none() {
            self.containers.push(Container {
                is_closed: true,
                ..Container::new(Kind::Item, at..at + length)
            });
        }
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
    fn row(&mut self, cells: &[Range<usize>], written: Written, separator: Option<char>) {
        let text = self.text;
        let meaning = |cell: &Range<usize>| meaning_of(&text[cell.clone()]);
        if cells.len() == self.columns.meanings.len() {
            let meanings = self.columns.meanings.clone();
            for (cell, meaning) in cells.iter().zip(meanings) {
                if let Some((role, rank)) = meaning.filter(|_| !cell.is_empty()) {
                    self.cell(cell.start, role, rank, cell, written);
                }
            }
            return;
        }
        let meanings: Vec<_> = cells.iter().map(meaning).collect();
        let known = meanings.iter().flatten().count();
        if known > 1 {
            self.columns = Columns {
                meanings,
                separator,
            };
        } else if let ([label, value], [Some((role, rank)), None]) = (cells, &meanings[..])
            && matches!(separator, None | Some('|' | '│'))
        {
            self.cell(label.start, *role, *rank, value, written);
        }
    }

    fn cell(&mut self, start: usize, role: Role, rank: u8, place: &Range<usize>, written: Written) {
        let label = Label {
            start,
            role,
            rank,
            is_quoted: false,
        };
        self.add(label, place.clone(), written, false);
    }
}

/// The cells of a row that starts at `start`, without the marks around their texts.
fn cells(row: &str, start: usize, separator: char) -> Vec<Range<usize>> {
    let mut cells = Vec::new();
    let outer = row.trim();
    let framed = separator == '|' && outer.starts_with('|');
    let inner = if framed {
        outer.trim_matches('|')
    } else {
        outer
    };
    let mut from = inner.as_ptr() as usize - row.as_ptr() as usize;
    let end = from + inner.len();
    while from <= end {
        let rest = &row[from..end];
        // A cell in quotes may have the separator in it.
        let quoted = rest.strip_prefix('"').and_then(|inside| inside.find('"'));
        let skipped = quoted.map_or(0, |quoted| quoted + 2);
        let length = rest[skipped..]
            .find(separator)
            .map_or(rest.len(), |at| skipped + at);
        let cell = rest[..length].trim_matches(MARKS);
        let at = start + (cell.as_ptr() as usize - row.as_ptr() as usize);
        cells.push(at..at + cell.len());
        from += length + separator.len_utf8();
    }
    cells
}
