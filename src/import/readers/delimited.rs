//! Reads comma- and tab-separated values.

use std::io::Cursor;

use csv::ReaderBuilder;

use crate::import::block::{Cell, MAX_COLUMNS};
use crate::import::columns::Columns;

/// The line with the headings of comma-separated values, and what separates these.
pub fn start(lines: &[&str]) -> Option<(usize, char)> {
    [',', ';'].into_iter().find_map(|delimiter| {
        let is_start = |at: &usize| {
            let next = || lines[at + 1..].iter().find(|line| !line.trim().is_empty());
            let headings = || records(&lines[*at..=*at], *at, delimiter).next();
            // A sentence with commas is none.
            (1..MAX_COLUMNS).contains(&lines[*at].matches(delimiter).count())
                && next().is_none_or(|line| line.contains(delimiter))
                && headings().is_some_and(|cells| Columns::of_short_texts(&cells).is_some())
        };
        Some(((0..lines.len()).find(is_start)?, delimiter))
    })
}

/// The records of consecutive lines, each with a cell at least. Quotes count only where all
/// of them are as a program writes them; else they are characters of the texts, and a record
/// ends before a text that may be meant otherwise. The first line is `at`, counted from 0.
pub fn records(lines: &[&str], at: usize, delimiter: char) -> impl Iterator<Item = Vec<Cell>> {
    let text = lines.join("\n");
    let quoted = without_space_before_quotes(&text, delimiter);
    let is_quoted = quoted.is_some();
    let reader = ReaderBuilder::new()
        .delimiter(u8::try_from(delimiter).unwrap_or(b','))
        .has_headers(false)
        .flexible(true)
        .quoting(is_quoted)
        .from_reader(Cursor::new(quoted.unwrap_or(text)));
    reader.into_records().filter_map(Result::ok).map(move |record| {
        let line = record.position().map_or(1, csv::Position::line);
        let line = usize::try_from(line).unwrap_or(1) - 1;
        // Lines without a character belong to no record.
        let empty = lines.iter().skip(line).take_while(|line| line.is_empty()).count();
        let line = at + line + empty + 1;
        let are_sure = |text: &&str| is_quoted || !may_be_quoted(text);
        let count = record.iter().take_while(are_sure).count().max(1);
        // Most lines of a page are one text: no room for more.
        let mut cells = Vec::with_capacity(count);
        cells.extend(record.iter().take(count).map(|text| Cell::new(text, line)));
        cells
    })
}

/// Whether a text that begins with a quote has none that closes it before its end: where
/// quotes are characters, it may be only a part of what was meant.
fn may_be_quoted(text: &str) -> bool {
    let inside = text.trim().strip_prefix('"');
    inside.is_some_and(|inside| inside.find('"').is_none_or(|end| end + 1 == inside.len()))
}

/// The text without the space that stands between a delimiter and a quote. None if a
/// quote does not close, or a text goes on after its quotes.
fn without_space_before_quotes(text: &str, delimiter: char) -> Option<String> {
    // In front of a text, in one, inside of quotes, after a quote.
    let (start, inside, quoted, quote) = (0, 1, 2, 3);
    let mut result = String::with_capacity(text.len());
    let mut at = start;
    for c in text.chars() {
        if c == ' ' && (at == start || at == quote) {
            continue;
        }
        at = match c {
            '"' if at == quoted => quote,
            '"' if at != inside => quoted,
            _ if at == quoted => quoted,
            _ if c == delimiter || c == '\n' => start,
            _ if at == quote => return None,
            _ => inside,
        };
        result.push(c);
    }
    (at != quoted).then_some(result)
}
