//! Tables in text as copied from a browser: a cell is a paragraph or a line of its
//! own, and nothing says where a row ends. A row goes from its status and code to
//! those of the next.

use std::ops::Range;

use super::cell::{Cell, Table};
use super::headings::{Column, Columns, Heading, looks_like_heading};
use super::{Report, list, markdown, value};

/// Headings that a table has at most.
const MOST_HEADINGS: usize = 16;
/// Cells of a table that tell which of two runs of texts are its headings.
const CELLS_TO_COMPARE: usize = 500;

/// The tables of a text, and what stands around them.
#[derive(Default)]
pub struct Text {
    pub tables: Vec<Table>,
    /// The lines that no table has, counted from 1; the last may go on for ever.
    pub loose: Vec<Range<usize>>,
    report: Report,
}

impl Text {
    /// How many rows and tables were found.
    fn found(&self) -> (usize, usize) {
        let rows = self.tables.iter().map(|table| table.rows.len());
        (rows.sum(), self.tables.len())
    }
}

/// Finds the tables in the lines of a page that are not `taken`.
pub fn tables(lines: &[&str], taken: &[bool], report: &mut Report) -> Text {
    let by_paragraph = split(&cells(lines, taken, Unit::Paragraph));
    let by_line = split(&cells(lines, taken, Unit::Line));
    let mut text = if by_line.found() > by_paragraph.found() {
        by_line
    } else {
        by_paragraph
    };
    report.append(&mut text.report);
    text
}

/// What a cell of a text is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Unit {
    Paragraph,
    Line,
}

/// The cells of the lines that are not `taken`. The items of a list are one cell.
fn cells(lines: &[&str], taken: &[bool], unit: Unit) -> Vec<Cell> {
    let mut cells: Vec<Cell> = Vec::new();
    let mut open = false;
    for (at, line) in lines.iter().enumerate() {
        let line = line.trim();
        if line.is_empty() || taken[at] || markdown::is_rule(line) {
            open = false;
            continue;
        }
        // Some converters end each cell with a pipe.
        let closed = line.strip_suffix('|').filter(|text| !text.contains('|'));
        let text = closed.unwrap_or(line).trim();
        let is_apart = stands_alone(text);
        match cells.last_mut().filter(|_| !is_apart) {
            Some(cell) if open || list::goes_on(&cell.text, text) => cell.extend(text),
            _ => cells.push(Cell::new(text, at + 1)),
        }
        open = unit == Unit::Paragraph && closed.is_none() && !is_apart;
    }
    cells.retain(|cell| !cell.text.is_empty());
    cells
}

/// Whether a text is a cell of its own wherever it stands, and of no other row than
/// its own.
fn stands_alone(text: &str) -> bool {
    value::code(text).is_some() || value::status(text).is_some() || list::ends_table(text)
}

/// Cuts cells into tables with rows.
fn split(cells: &[Cell]) -> Text {
    let finder = Finder::new(cells);
    let mut text = Text::default();
    let mut current: Option<Table> = None;
    let mut is_shifted = false;
    let mut at = 0;
    while at < cells.len() {
        let cell = &cells[at];
        if let Some((columns, has_rows)) = finder.at(at) {
            at += columns.len();
            text.tables.extend(current.take());
            let rows = Vec::new();
            let table = Table { columns, rows };
            if has_rows {
                current = Some(table);
                is_shifted = false;
            } else {
                text.tables.push(table);
            }
            continue;
        }
        if list::ends_table(&cell.text) {
            text.tables.extend(current.take());
        }
        match &mut current {
            Some(table) if table.columns.starts_row(&cells[at..]) => {
                let limit = finder.row_limit(at, &table.columns);
                let end = at + end_of_row(&cells[at..limit], table);
                let row = &cells[at..end];
                // After a row that does not fit, what stands before a code may be of it.
                let lead = table.columns.texts_before_code(row);
                let is_doubtful = is_shifted && lead < row.len();
                let doubtful = if is_doubtful { lead } else { 0 };
                table.rows.push(row[doubtful..].to_vec());
                is_shifted = row.len() != table.columns.row_length(row);
                if end < limit {
                    let title = cells[end].shortened();
                    let message = format!("'{title}' is not in a row of the table");
                    text.report.problem(cells[end].line, message);
                }
                at = end;
            }
            // The start of a row whose code is not where it should be.
            Some(table) if value::status(&cell.text).is_some() => {
                table.rows.push(vec![cell.clone()]);
                at += 1;
            }
            _ => {
                let next = cells.get(at + 1).map_or(usize::MAX, |next| next.line);
                text.loose.push(cell.line..next);
                at += 1;
            }
        }
    }
    text.tables.extend(current);
    text
}

/// How many of the cells are in the row that they start with. A title may follow it.
fn end_of_row(cells: &[Cell], table: &Table) -> usize {
    let length = table.columns.row_length(cells);
    let Some(next) = cells.get(length) else {
        return cells.len();
    };
    // Where rows end with sentences, a text that is none begins something else.
    let last_cells = table.rows.iter().filter_map(|row| row.last());
    let mut last_cells = last_cells.chain([&cells[length - 1]]);
    let is_title = last_cells.all(|cell| list::is_sentence(&cell.text))
        && !list::is_sentence(&next.text)
        && !stands_alone(&next.text);
    if is_title { length } else { cells.len() }
}

/// Finds headings among the cells of a text.
struct Finder<'c> {
    cells: &'c [Cell],
    /// The cells as headings.
    headings: Vec<Heading>,
    kinds: Vec<Option<Column>>,
}

/// Cells that may be headings.
struct Candidate {
    start: usize,
    columns: Columns,
    /// How many of them say nothing that is known, and how many of the rows after them
    /// have too few or too many cells.
    misfits: (usize, usize),
}

impl<'c> Finder<'c> {
    fn new(cells: &'c [Cell]) -> Self {
        let headings: Vec<_> = cells.iter().map(|cell| Heading::of(&cell.text)).collect();
        Finder {
            cells,
            kinds: headings.iter().map(|heading| heading.kind).collect(),
            headings,
        }
    }

    /// The headings from the cell `at` on, and whether rows follow them. Without rows,
    /// nobody can tell a title from the first heading.
    fn at(&self, at: usize) -> Option<(Columns, bool)> {
        let most = self.cells.len().min(at + MOST_HEADINGS);
        let is_short = |place: &usize| looks_like_heading(&self.cells[*place].text);
        let end = at + (at..most).take_while(is_short).count();
        let has = |column| self.kinds[at..end].contains(&Some(column));
        if !has(Column::Code) || !has(Column::Message) && !has(Column::Description) {
            return None;
        }
        if let Some(found) = self.before_rows(at..end) {
            return (found.start == at).then_some((found.columns, true));
        }
        let known = self.kinds[at..end].iter().take_while(|kind| kind.is_some());
        let mut ends = (at..=at + known.count()).rev();
        let columns = ends.find_map(|end| self.columns(at..end))?;
        Some((columns, false))
    }

    /// The headings among short texts under which the rows after them fit best. None
    /// where others could be the headings as well.
    fn before_rows(&self, texts: Range<usize>) -> Option<Candidate> {
        let mut candidates = Vec::new();
        for start in texts.clone() {
            let ends = start + 1..=texts.end;
            candidates.extend(ends.filter_map(|end| self.candidate(start..end)));
            if self.is_needed(start, &texts) {
                break;
            }
        }
        let fewest = candidates.iter().map(|candidate| candidate.misfits).min()?;
        candidates.retain(|candidate| candidate.misfits == fewest);
        candidates.pop().filter(|_| candidates.is_empty())
    }

    /// Whether a text is the one heading of the statuses or messages: if it were left
    /// out, these would be read as something else.
    fn is_needed(&self, place: usize, texts: &Range<usize>) -> bool {
        let kind = self.kinds[place];
        matches!(kind, Some(Column::Status | Column::Message))
            && !self.kinds[place + 1..texts.end].contains(&kind)
    }

    /// The columns that cells name, if a row follows them. Neither a title before the
    /// headings nor a heading before the row is taken for a part of these.
    fn candidate(&self, cells: Range<usize>) -> Option<Candidate> {
        let (start, end) = (cells.start, cells.end);
        let row = &self.cells[end..];
        let columns = self.columns(cells)?;
        if !columns.starts_first_row(row) {
            return None;
        }
        let code = columns.code_index(row);
        let has_heading = self.kinds[end..=end + code].iter().any(Option::is_some);
        let is_title = |place: usize| match self.kinds[start + place] {
            Some(Column::Status | Column::Message) => false,
            Some(_) => true,
            None => !value::is_word(&row[place].text),
        };
        let unknown = columns.named().filter(|(_, kind)| kind.is_none()).count();
        (!has_heading && !(0..code).any(is_title)).then(|| Candidate {
            start,
            misfits: (unknown, self.misfits(end, &columns)),
            columns,
        })
    }

    /// The columns that cells name, if no two are the same.
    fn columns(&self, cells: Range<usize>) -> Option<Columns> {
        let kinds = &self.kinds[cells.clone()];
        let count = |column| kinds.iter().filter(|kind| **kind == Some(column)).count();
        // A code may turn out to be a status.
        let may_be_table = (1..=2).contains(&count(Column::Code))
            && count(Column::Message) <= 1
            && count(Column::Message) + count(Column::Description) > 0;
        let columns = may_be_table
            .then(|| Columns::new(&self.cells[cells.clone()], &self.headings[cells]))?;
        columns.filter(|columns| !columns.repeats())
    }

    /// How many of the rows from the cell `at` on have too few or too many cells.
    fn misfits(&self, mut at: usize, columns: &Columns) -> usize {
        let mut misfits = 0;
        let end = self.cells.len().min(at + CELLS_TO_COMPARE);
        while at < end && columns.starts_row(&self.cells[at..]) {
            let next = self.next_row(at, columns);
            misfits += usize::from(next - at != columns.row_length(&self.cells[at..]));
            at = next;
        }
        misfits
    }

    /// Where the row that starts with the cell `at` ends at the latest: at the next
    /// row, at headings, at what stands around tables.
    fn row_limit(&self, at: usize, columns: &Columns) -> usize {
        let next = self.next_row(at, columns);
        let mut places = at + 1..next;
        places
            .find(|place| self.at(*place).is_some())
            .unwrap_or(next)
    }

    /// The next cell that starts a row, is a code or stands around tables.
    fn next_row(&self, at: usize, columns: &Columns) -> usize {
        let after_code = at + columns.code_index(&self.cells[at..]) + 1;
        let is_next = |place: &usize| {
            let text = &self.cells[*place].text;
            columns.starts_row(&self.cells[*place..])
                || value::code(text).is_some()
                || list::ends_table(text)
        };
        let end = self.cells.len();
        (after_code..end).find(is_next).unwrap_or(end)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The rows of every table of a text with a cell a line.
    fn rows(text: &str) -> Vec<Vec<Vec<String>>> {
        let lines: Vec<_> = text.split('/').collect();
        let found = tables(&lines, &vec![false; lines.len()], &mut Report::default());
        let texts = |row: &Vec<Cell>| row.iter().map(|cell| cell.text.clone()).collect();
        let rows = |table: &Table| table.rows.iter().map(texts).collect();
        found.tables.iter().map(rows).collect()
    }

    #[test]
    fn a_row_goes_to_the_next() {
        let table =
            "Status/Error Code/Message/404/Demo.0001/Gone./Demo.0002/Two./Three./403/Demo.0003";
        let expected = [
            vec!["404", "Demo.0001", "Gone."],
            vec!["Demo.0002", "Two.", "Three."],
            vec!["403", "Demo.0003"],
        ];
        assert_eq!(rows(table), [expected]);
    }

    #[test]
    fn titles_are_no_headings() {
        for title in [
            "Error Codes",
            "Error Code Description",
            "Common errors",
            "Overview",
        ] {
            let text = format!("{title}/Status/Error Code/Message/404/Demo.0001/Gone.");
            assert_eq!(rows(&text), [[["404", "Demo.0001", "Gone."]]], "{title}");
        }
    }

    #[test]
    fn columns_that_are_not_known_are_counted() {
        assert_eq!(
            rows("Error Code/Message/Remarks/Demo.0001/Gone./seldom/Demo.0002/Bad./often"),
            [[
                ["Demo.0001", "Gone.", "seldom"],
                ["Demo.0002", "Bad.", "often"]
            ]]
        );
        assert_eq!(
            rows("No./Error Code/Message/1/Demo.0001/Gone./2/Demo.0002/Bad."),
            [[["1", "Demo.0001", "Gone."], ["2", "Demo.0002", "Bad."]]]
        );
    }

    #[test]
    fn no_row_is_read_under_headings_that_nobody_can_be_sure_of() {
        for text in [
            "Error Code Description/Status/Error Code/Message/Text./404/Demo.0001/Gone.",
            "Status/Error Code/Message/Demo.0001/Gone./404/Demo.0002/Bad.",
            "Error Message/Error Code/Cause/Demo.0001/Gone./bad/Demo.0002/Bad.",
        ] {
            assert_eq!(rows(text), [Vec::<Vec<String>>::new()], "{text}");
        }
    }

    #[test]
    fn no_row_has_two_codes() {
        let text =
            "Error Code/Status/Message/Demo.0001/404/Gone./Demo.0002/Bad./Demo.0003/400/Bad.";
        let expected = [["Demo.0001", "404", "Gone."], ["Demo.0003", "400", "Bad."]];
        assert_eq!(rows(text), [expected]);
    }

    #[test]
    fn what_stands_before_a_code_may_be_of_a_row_that_does_not_fit() {
        assert_eq!(
            rows("Message/Error Code/Cause/gone/Demo.0001/Gone./Demo.0002/Bad./ok/Demo.0003/Ok."),
            [vec![
                vec!["gone", "Demo.0001"],
                vec!["Demo.0002", "Bad."],
                vec!["ok", "Demo.0003", "Ok."]
            ]]
        );
    }
}
