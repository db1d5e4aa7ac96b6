//! The columns of an error table, and which cell of a row stands in which.

use std::borrow::Borrow;

use super::block::{Cell, MAX_COLUMNS};
use super::headings::{Column, is_sentence, kind, looks_like_heading, normalized};
use super::value;

/// Headings that mean the status where another column is the error code.
const STATUS_BESIDE_A_CODE: &str =
    "code|http code|return code|returned code|response code|返回码|响应码|返回代码";

/// The columns of an error table.
#[derive(Debug, Clone)]
pub struct Columns {
    pub headings: Vec<Cell>,
    kinds: Vec<Option<Column>>,
    /// The places of the code and of the status.
    pub code: usize,
    pub status: Option<usize>,
    /// Whether two headings name the status, the code or the message.
    pub repeats: bool,
    /// Whether codes may be words, as they are of a service that the user named.
    has_words: bool,
}

impl Columns {
    /// The columns that cells are the headings of, if these are the headings of an
    /// error table: one of a code, and one of a message or a description.
    pub fn of(headings: &[Cell], has_words: bool) -> Option<Self> {
        if !(2..=MAX_COLUMNS).contains(&headings.len()) {
            return None;
        }
        let names: Vec<_> = headings.iter().map(|cell| normalized(&cell.text)).collect();
        let mut kinds: Vec<_> = names.iter().map(|name| kind(name)).collect();
        let is_vague = |name: &String| STATUS_BESIDE_A_CODE.split('|').any(|it| it == name);
        let mut columns = names.iter().zip(&kinds);
        let has_code = columns.any(|(name, kind)| *kind == Some(Column::Code) && !is_vague(name));
        let has_status = kinds.contains(&Some(Column::Status));
        let vague = names.iter().position(is_vague);
        if let Some(place) = vague.filter(|_| has_code && !has_status) {
            kinds[place] = Some(Column::Status);
        }
        let mut repeats = false;
        for column in [Column::Status, Column::Code, Column::Message] {
            repeats |= keep_best(&mut kinds, &names, column);
        }
        let place = |column| kinds.iter().position(|kind| *kind == Some(column));
        place(Column::Message).or_else(|| place(Column::Description))?;
        Some(Columns {
            code: place(Column::Code)?,
            status: place(Column::Status),
            headings: headings.to_vec(),
            kinds,
            repeats,
            has_words,
        })
    }

    /// As [`of`](Self::of), for cells that nothing but their texts shows to be headings.
    pub fn of_short_texts(cells: &[Cell], has_words: bool) -> Option<Self> {
        let mut texts = cells.iter().map(|cell| &*cell.text);
        let are_short = texts.all(|text| text.is_empty() || looks_like_heading(text));
        are_short.then(|| Self::of(cells, has_words))?
    }

    /// Takes for that of the status the first column that nobody else reads and whose
    /// cells are statuses, whatever its heading.
    pub fn take_for_status(&mut self, are_statuses: impl Fn(usize) -> bool) {
        let status = self.unread().find(|(place, _)| are_statuses(*place));
        if let Some(place) = status.map(|(place, _)| place) {
            self.kinds[place] = Some(Column::Status);
            self.status = Some(place);
        }
    }

    pub fn line(&self) -> usize {
        self.headings.first().map_or(1, |cell| cell.line)
    }

    pub fn has(&self, column: Column) -> bool {
        self.kinds.contains(&Some(column))
    }

    /// Each heading that no field of an entry is for, with its place.
    pub fn unread(&self) -> impl Iterator<Item = (usize, &Cell)> {
        let columns = self.headings.iter().zip(&self.kinds).enumerate();
        columns.filter_map(|(place, (cell, kind))| kind.is_none().then_some((place, cell)))
    }

    /// The places of the columns that are about this.
    pub fn places(&self, column: Column) -> impl Iterator<Item = usize> {
        let places = self.kinds.iter().enumerate();
        places.filter_map(move |(place, kind)| (*kind == Some(column)).then_some(place))
    }

    /// Which cell of a row stands in each column. A row that is too short lacks cells
    /// before its code, which were merged with those above.
    ///
    /// # Errors
    /// How the number of cells differs from that of the headings.
    pub fn align(&self, cells: &[&Cell]) -> Result<Layout, String> {
        let headings = self.kinds.len();
        if cells.len() == headings {
            return Ok((0..headings).map(Some).collect());
        }
        self.layout(cells, true).ok_or_else(|| {
            let count = cells.len();
            let cells = if count == 1 { "cell" } else { "cells" };
            format!("{count} {cells} under {headings} headings")
        })
    }

    /// The place of the code and the length of the row that starts with these cells, if
    /// one does: a code stands where one should be, and a status, unless it was merged
    /// with the one above.
    pub fn row_start(&self, cells: &[Cell]) -> Option<(usize, usize)> {
        let layout = self.layout(cells, false)?;
        Some((layout[self.code]?, length(&layout)))
    }

    /// How many cells a row has that starts with these.
    pub fn row_length(&self, cells: &[Cell]) -> Option<usize> {
        Some(self.row_start(cells)?.1)
    }

    /// Whether these cells start a row or are all those of one.
    pub fn starts_row(&self, cells: &[Cell]) -> bool {
        let has_layout = |is_whole| self.layout(cells, is_whole).is_some();
        has_layout(false) || has_layout(true)
    }

    /// The layout of the row that starts with these cells, or has no others. Cells that
    /// nobody reads may be missing before the code; that of the status only where no cell
    /// is one.
    fn layout<C: Borrow<Cell>>(&self, cells: &[C], is_whole: bool) -> Option<Layout> {
        let mut first = cells
            .iter()
            .take(self.code + 1)
            .map(|cell| &*cell.borrow().text);
        if !first.any(|text| value::is_word(text) || value::full_code(text).is_some()) {
            return None;
        }
        let unread = (0..self.code).filter(|at| self.kinds[*at].is_none());
        let unread: Vec<_> = unread.collect();
        let layouts = [None, self.status].into_iter().flat_map(|merged| {
            let unread = &unread;
            (0..=unread.len()).map(move |count| {
                let is_missing = |at| merged == Some(at) || unread[..count].contains(&at);
                let mut next = 0..;
                let columns = 0..self.kinds.len();
                let places = columns.map(|at| if is_missing(at) { None } else { next.next() });
                places.collect()
            })
        });
        let mut layouts = layouts.filter(|layout| !is_whole || length(layout) == cells.len());
        layouts.find(|layout| self.fits(layout, cells, is_whole))
    }

    fn fits<C: Borrow<Cell>>(&self, layout: &Layout, cells: &[C], is_whole: bool) -> bool {
        let text = |at: usize| Some(&*cells.get(layout[at]?)?.borrow().text);
        let Some(code) = text(self.code) else {
            return false;
        };
        // A plain word is a code only if its row has as many cells as it should.
        let is_word = value::may_be_bare_code(code) || is_whole && value::is_word(code);
        let is_certain = value::full_code(code).is_some() || self.has_words && is_word;
        // No status stands under another heading, no other code behind the code, and no
        // sentence where nobody reads.
        let is_wrong = |at: usize| {
            let text = text(at).unwrap_or_default();
            let is_unread = at < self.code && self.kinds[at].is_none();
            Some(at) != self.status && value::is_status(text)
                || is_unread && is_sentence(text)
                || at > self.code && value::full_code(text).is_some()
        };
        let is_merged = self.status.is_some_and(|status| layout[status].is_none());
        let is_checked = |at: &usize| *at < self.code || is_merged || is_whole;
        if (0..layout.len()).filter(is_checked).any(is_wrong) {
            return false;
        }
        match self.status.and_then(text).unwrap_or_default() {
            "" => is_certain,
            status => value::is_status(status) && (is_certain || value::is_word(code)),
        }
    }
}

/// For each column the place of its cell in a row; none where it was merged with the
/// one above.
pub type Layout = Vec<Option<usize>>;

fn length(layout: &Layout) -> usize {
    layout.iter().flatten().count()
}

/// Keeps, of the columns of a kind, the one whose name is plainest: `error code` before
/// `original error code`. Returns whether there were more.
fn keep_best(kinds: &mut [Option<Column>], names: &[String], column: Column) -> bool {
    let places: Vec<_> = (0..names.len())
        .filter(|at| kinds[*at] == Some(column))
        .collect();
    let words = |at: &usize| names[*at].split(' ').count();
    let specific: &[&str] = match column {
        Column::Status => &["status", "code", "状态"],
        _ => &["error", "错误"],
    };
    let is_specific = |at: &usize| specific.iter().any(|word| names[*at].contains(word));
    let best = places.iter().min_by_key(|at| (!is_specific(at), words(at)));
    for other in places.iter().filter(|at| Some(*at) != best) {
        kinds[*other] = None;
    }
    places.len() > 1
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cells(texts: &[&str]) -> Vec<Cell> {
        texts.iter().map(|text| Cell::new(text, 1)).collect()
    }

    fn kinds(headings: &[&str]) -> Option<Vec<Option<Column>>> {
        Some(Columns::of(&cells(headings), false)?.kinds)
    }

    #[test]
    fn a_table_needs_a_code_and_a_message_or_a_description() {
        assert_eq!(kinds(&["Status Code", "Message", "Solution"]), None);
        assert_eq!(kinds(&["Error Code", "Solution"]), None);
        assert!(kinds(&["Error Code", "Description"]).is_some());
    }

    #[test]
    fn of_two_columns_with_nearly_the_same_name_the_plainest_is_read() {
        let (status, code) = (Some(Column::Status), Some(Column::Code));
        let message = Some(Column::Message);
        let of = |heading| kinds(&[heading, "Error Code", "Message"]).unwrap();
        assert_eq!(of("Return Code"), [status, code, message]);
        assert_eq!(of("返回码"), [status, code, message]);
        assert_eq!(of("Original Error Code"), [None, code, message]);
        assert_eq!(kinds(&["Return Code", "Message"]).unwrap(), [code, message]);
        let messages = kinds(&["Error Code", "Error Message in Logs", "Error Message"]);
        assert_eq!(messages.unwrap(), [code, None, message]);
    }

    #[test]
    fn a_short_row_has_its_own_status_if_it_has_any() {
        let columns = Columns::of(
            &cells(&["Module", "Status", "Error Code", "Message"]),
            false,
        );
        let columns = columns.unwrap();
        let layout = |row: &[&str]| {
            let cells = cells(row);
            let cells: Vec<_> = cells.iter().collect();
            columns.align(&cells)
        };
        let (code, message) = (Some(1), Some(2));
        assert_eq!(
            layout(&["404", "Demo.0001", "Gone."]),
            Ok(vec![None, Some(0), code, message])
        );
        assert_eq!(
            layout(&["Public", "Demo.0001", "Gone."]),
            Ok(vec![Some(0), None, code, message])
        );
        assert_eq!(
            layout(&["Demo.0001", "Gone."]),
            Ok(vec![None, None, Some(0), Some(1)])
        );
        assert_eq!(
            layout(&["404", "Demo.0001"]).unwrap_err(),
            "2 cells under 4 headings"
        );
    }

    #[test]
    fn a_row_starts_with_a_status_and_a_code() {
        let columns = Columns::of(&cells(&["Status", "Error Code", "Message"]), false).unwrap();
        for (row, length) in [
            (["404", "Demo.0001", "Gone."], Some(3)),
            (["404", "NotFound", "Gone."], Some(3)),
            (["", "Demo.0001", "Gone."], Some(3)),
            (["Demo.0001", "Gone.", "404"], Some(2)),
            (["404", "Not found", "Gone."], None),
            (["Gone.", "404", "Demo.0001"], None),
        ] {
            let cells = cells(&row);
            assert_eq!(columns.row_length(&cells), length, "{row:?}");
        }
    }
}
