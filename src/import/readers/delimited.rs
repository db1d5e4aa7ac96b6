//! Reads the rows of tables with a delimiter between their cells, such as a comma, a semicolon or a
//! tab, as programs export them and people copy them.

use std::io::Cursor;

use csv::ReaderBuilder;

use crate::import::block::{Cell, MAX_COLUMNS};
use crate::import::columns::ErrorColumns;

/// Finds the line with the headings of comma- or semicolon-separated values, where the rows start.
/// Returns the index of the line, and the delimiter.
pub(super) fn start(lines: &[&str]) -> Option<(usize, char)> {
    [',', ';'].into_iter().find_map(|delimiter| {
        let is_start = |at: &usize| {
            let next = || lines[at + 1..].iter().find(|line| !line.trim().is_empty());
            let headings = || rows(&lines[*at..=*at], *at, delimiter).next();
            // A sentence with commas does not have headings of an error table.
            (1..MAX_COLUMNS).contains(&lines[*at].matches(delimiter).count())
                && next().is_none_or(|line| line.contains(delimiter))
                && headings().is_some_and(|cells| ErrorColumns::of_short_texts(&cells).is_some())
        };
        Some(((0..lines.len()).find(is_start)?, delimiter))
    })
}

/// Reads consecutive lines as rows of at least one cell. Quotes are taken as a program's only if
/// all of them can be. Otherwise they are characters of the texts, and a row ends before a text
/// that may be only part of a cell. `at` is the first line, counted from 0.
pub(super) fn rows(lines: &[&str], at: usize, delimiter: char) -> impl Iterator<Item = Vec<Cell>> {
    let text = lines.join("\n");
    let quoted = without_space_before_quotes(&text, delimiter);
    let is_quoted = quoted.is_some();
    let reader = ReaderBuilder::new()
        .delimiter(u8::try_from(delimiter).unwrap_or(b','))
        .has_headers(false)
        .flexible(true)
        .quoting(is_quoted)
        .from_reader(Cursor::new(quoted.unwrap_or(text)));
    reader.into_records().filter_map(Result::ok).map(move |row| {
        let line = row.position().map_or(1, csv::Position::line);
        let index = usize::try_from(line).unwrap_or(1) - 1;
        // Skips lines without text, which belong to no row.
        let empty = lines.iter().skip(index).take_while(|line| line.trim().is_empty()).count();
        let line = at + index + empty + 1;
        let is_sure = |text: &&str| is_quoted || !may_be_part(text);
        let count = row.iter().take_while(is_sure).count().max(1);
        let texts = row.iter().take(count).enumerate();
        let cells_of_line = |index| if index == 0 { count } else { 0 };
        let cell =
            |(index, text)| Cell { cells_of_line: cells_of_line(index), ..Cell::new(text, line) };
        texts.map(cell).collect()
    })
}

/// Whether a text begins with a quote that nothing closes before its end. If quotes are characters,
/// the text may be only part of a cell: `"a, b"` gives `"a` and ` b"`.
fn may_be_part(text: &str) -> bool {
    let inside = text.trim().strip_prefix('"');
    inside.is_some_and(|inside| inside.find('"').is_none_or(|end| end + 1 == inside.len()))
}

/// Which part of a text is being read.
enum QuoteState {
    BeforeText,
    InText,
    InQuotes,
    AfterQuotes,
}

/// The text without spaces before and after quoted texts, because `csv` knows a quoted text
/// only right after a delimiter. `None` if a quote is never closed or a text goes on after its
/// quotes: then quotes are characters.
fn without_space_before_quotes(text: &str, delimiter: char) -> Option<String> {
    use QuoteState::{AfterQuotes, BeforeText, InQuotes, InText};
    let mut result = String::with_capacity(text.len());
    let mut state = BeforeText;
    for c in text.chars() {
        if c == ' ' && matches!(state, BeforeText | AfterQuotes) {
            continue;
        }
        state = match (state, c) {
            (InQuotes, '"') => AfterQuotes,
            // After quotes, this is the second of two quotes that stand for one.
            (InQuotes, _) | (BeforeText | AfterQuotes, '"') => InQuotes,
            _ if c == delimiter || c == '\n' => BeforeText,
            (AfterQuotes, _) => return None,
            (BeforeText | InText, _) => InText,
        };
        result.push(c);
    }
    (!matches!(state, InQuotes)).then_some(result)
}
