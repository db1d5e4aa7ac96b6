//! Rows of tab-separated values, as browsers and spreadsheets copy them.

use super::cell::Cell;

/// The cells of the row that starts on the line `at`, counted from 0, and the line
/// after it. A cell in quotes may go over several lines.
pub fn record(lines: &[&str], at: usize) -> Option<(Vec<Cell>, usize)> {
    if !separates(lines[at]) {
        return None;
    }
    let mut cells = Vec::new();
    let mut line = at;
    let mut rest = Some(lines[at]);
    while let Some(from) = rest {
        let number = line + 1;
        let text = if let Some(quoted) = quoted(lines, line, from) {
            (line, rest) = (quoted.line, quoted.rest);
            quoted.text
        } else {
            let (text, after) = match from.split_once('\t') {
                Some((text, after)) => (text, Some(after)),
                None => (from, None),
            };
            rest = after;
            text.to_owned()
        };
        cells.push(Cell::new(&text, number));
    }
    Some((cells, line + 1))
}

/// Whether a line has a tab that separates; indented text has none.
fn separates(line: &str) -> bool {
    let text = line.trim();
    !text.is_empty() && (text.contains('\t') || line.ends_with('\t'))
}

/// A cell in quotes.
struct Quoted<'t> {
    text: String,
    /// The line that it ends on.
    line: usize,
    /// What follows the tab after it.
    rest: Option<&'t str>,
}

/// The cell at the start of `from`, on the line `line`, if quotes stand around it. A
/// quote inside is doubled.
fn quoted<'t>(lines: &[&'t str], mut line: usize, from: &'t str) -> Option<Quoted<'t>> {
    let mut text = String::new();
    let mut rest = from.strip_prefix('"')?;
    loop {
        let end = rest.find(['"', '\t']).unwrap_or(rest.len());
        text.push_str(&rest[..end]);
        rest = &rest[end..];
        if let Some(after) = rest.strip_prefix("\"\"") {
            text.push('"');
            rest = after;
        } else if let Some(after) = rest.strip_prefix('"') {
            let separated = after.strip_prefix('\t');
            let is_closed = after.trim().is_empty() || separated.is_some();
            return is_closed.then_some(Quoted {
                text,
                line,
                rest: separated,
            });
        } else if rest.is_empty() {
            text.push('\n');
            line += 1;
            rest = lines.get(line)?;
        } else {
            // A tab: the quote at the start was a character of the text.
            return None;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(text: &str) -> Vec<Vec<String>> {
        let lines: Vec<_> = text.lines().collect();
        let mut rows = Vec::new();
        let mut at = 0;
        while let Some((cells, next)) = lines.get(at).and_then(|_| record(&lines, at)) {
            rows.push(cells.into_iter().map(|cell| cell.text).collect());
            at = next;
        }
        rows
    }

    #[test]
    fn quotes_hold_quotes_and_line_ends() {
        assert_eq!(
            rows("1\t\"Too \"\"many\"\" x.\"\t\"a\n\nb\"\n2\tc\t\"\"\n"),
            [["1", "Too \"many\" x.", "a b"], ["2", "c", ""]]
        );
    }

    #[test]
    fn a_quote_that_does_not_close_is_text() {
        assert_eq!(
            rows("1\t\"a\" is b\n2\t\"c\n"),
            [["1", "\"a\" is b"], ["2", "\"c"]]
        );
    }

    #[test]
    fn empty_cells_are_cells_and_indentation_is_none() {
        assert_eq!(rows("\ta\t\n"), [["", "a", ""]]);
        assert!(rows("\tindented\n").is_empty());
    }
}
