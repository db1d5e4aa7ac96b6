//! The columns of an error table, and which cell of a row stands in which.

use super::Settings;
use super::block::{Cell, MAX_COLUMNS};
use super::headings::{Column, kind, looks_like_heading, normalized};
use super::value;
use crate::data::words::is_number;

/// Digits from which on a bare number may be a code; shorter ones count rows.
const MIN_DIGITS: usize = 4;
/// Headings that mean the status where another column is the error code.
const STATUS_BESIDE_A_CODE: [&str; 8] = [
    "code",
    "http code",
    "return code",
    "returned code",
    "response code",
    "返回码",
    "响应码",
    "返回代码",
];

/// The columns of an error table.
#[derive(Debug, Clone)]
pub struct Columns {
    pub headings: Vec<Cell>,
    kinds: Vec<Option<Column>>,
    /// The places of the code and of the status.
    code: usize,
    status: Option<usize>,
    /// Whether two headings name the status, the code or the message.
    pub repeats: bool,
}

impl Columns {
    /// The columns that cells are the headings of, if these are the headings of an
    /// error table: one of a code, and one of a message or a description.
    pub fn of(headings: &[Cell]) -> Option<Self> {
        if !(2..=MAX_COLUMNS).contains(&headings.len()) {
            return None;
        }
        let names: Vec<_> = headings.iter().map(|cell| normalized(&cell.text)).collect();
        let mut kinds: Vec<_> = names.iter().map(|name| kind(name)).collect();
        let may_be_status = |place: &usize| STATUS_BESIDE_A_CODE.contains(&&*names[*place]);
        let is_code = |place: &usize| kinds[*place] == Some(Column::Code);
        let mut places = 0..names.len();
        if !kinds.contains(&Some(Column::Status))
            && places
                .clone()
                .any(|place| is_code(&place) && !may_be_status(&place))
            && let Some(place) = places.find(may_be_status)
        {
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
        })
    }

    /// As [`of`](Self::of), for cells that nothing but their texts shows to be headings.
    pub fn of_short_texts(cells: &[Cell]) -> Option<Self> {
        let is_heading = |cell: &Cell| cell.text.is_empty() || looks_like_heading(&cell.text);
        cells.iter().all(is_heading).then(|| Self::of(cells))?
    }

    pub fn len(&self) -> usize {
        self.kinds.len()
    }

    pub fn line(&self) -> usize {
        self.headings
            .iter()
            .map(|cell| cell.line)
            .min()
            .unwrap_or(1)
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
    /// Says how the number of cells differs from that of the headings.
    pub fn align(&self, cells: &[&Cell], settings: &Settings) -> Result<Layout, String> {
        if cells.len() == self.len() {
            return Ok((0..cells.len()).map(Some).collect());
        }
        let fits = |layout: &Layout| length(layout) == cells.len();
        let text = |place: usize| cells.get(place).map(|cell| cell.text.as_str());
        let layout = self.layout(text, Some(cells.len()), settings);
        layout.filter(fits).ok_or_else(|| {
            let cells = match cells.len() {
                1 => "1 cell".to_owned(),
                count => format!("{count} cells"),
            };
            format!("{cells} under {} headings", self.len())
        })
    }

    /// The row that starts with these cells, if one does: a code stands where one should
    /// be, and a status, unless it was merged with the one above.
    pub fn row_start(&self, cells: &[Cell], settings: &Settings) -> Option<RowStart> {
        let text = |place: usize| cells.get(place).map(|cell| cell.text.as_str());
        let layout = self.layout(text, None, settings)?;
        Some(RowStart {
            code: layout[self.code]?,
            length: length(&layout),
        })
    }

    /// Whether these cells are all those of a row.
    pub fn is_row(&self, cells: &[Cell], settings: &Settings) -> bool {
        let text = |place: usize| cells.get(place).map(|cell| cell.text.as_str());
        let layout = self.layout(text, Some(cells.len()), settings);
        layout.is_some_and(|layout| length(&layout) == cells.len())
    }

    /// How many cells a row has that starts with these.
    pub fn row_length(&self, cells: &[Cell], settings: &Settings) -> Option<usize> {
        Some(self.row_start(cells, settings)?.length)
    }

    /// The layout of the row that starts with these texts, of which `count` are all it
    /// has. Cells that nobody reads may be missing before the code; that of the status
    /// only where no cell is one.
    fn layout<'t>(
        &self,
        text: impl Fn(usize) -> Option<&'t str>,
        count: Option<usize>,
        settings: &Settings,
    ) -> Option<Layout> {
        let unread: Vec<_> = (0..self.code)
            .filter(|at| self.kinds[*at].is_none())
            .collect();
        let status = self.status.filter(|status| *status < self.code);
        let statuses = [None, status];
        let statuses = &statuses[..if status.is_some() { 2 } else { 1 }];
        let missing = statuses.iter().flat_map(|status| {
            (0..=unread.len()).map(|count| unread[..count].iter().copied().chain(*status).collect())
        });
        missing
            .map(|missing: Vec<usize>| {
                let mut next = 0..;
                let columns = 0..self.len();
                columns
                    .map(|at| (!missing.contains(&at)).then(|| next.next())?)
                    .collect()
            })
            .find(|layout: &Layout| {
                let cell = |column: usize| text(layout[column]?);
                let Some(code) = layout[self.code].and_then(&text) else {
                    return false;
                };
                // A word is a code only if its row has as many cells as it should.
                let has_count = count == Some(length(layout));
                let is_certain = value::full_code(code).is_some()
                    || settings.service.is_some() && has_count && value::is_word(code)
                    || settings.service.is_some() && is_number(code) && code.len() >= MIN_DIGITS;
                match self.status.filter(|status| layout[*status].is_some()) {
                    // What is a status is not under another heading.
                    None => {
                        let before = 0..layout[self.code].unwrap_or(0);
                        is_certain && !before.filter_map(&text).any(value::is_status)
                    }
                    Some(status) => match cell(status) {
                        Some("") | None => is_certain,
                        Some(status) => {
                            value::is_status(status) && (is_certain || value::is_word(code))
                        }
                    },
                }
            })
    }
}

/// What the first cells of a row show.
#[derive(Debug, Clone, Copy)]
pub struct RowStart {
    /// The place of its code.
    pub code: usize,
    /// How many cells it has.
    pub length: usize,
}

/// For each column the place of its cell in a row; none where it was merged with the
/// one above.
pub type Layout = Vec<Option<usize>>;

fn length(layout: &Layout) -> usize {
    layout.iter().flatten().count()
}

/// Leaves of the columns of a kind the one whose name is plainest: `error code` before
/// `original error code`. Says whether there were more.
fn keep_best(kinds: &mut [Option<Column>], names: &[String], column: Column) -> bool {
    let places = || (0..names.len()).filter(|at| kinds[*at] == Some(column));
    let words = |at: &usize| names[*at].split(' ').count();
    let telling: &[&str] = match column {
        Column::Status => &["status", "code", "状态"],
        _ => &["error", "错误"],
    };
    let is_telling = |at: &usize| telling.iter().any(|word| names[*at].contains(word));
    let Some(best) = places().min_by_key(|at| (!is_telling(at), words(at))) else {
        return false;
    };
    let others: Vec<_> = places().filter(|at| *at != best).collect();
    for other in &others {
        kinds[*other] = None;
    }
    !others.is_empty()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cells(texts: &[&str]) -> Vec<Cell> {
        texts.iter().map(|text| Cell::new(text, 1)).collect()
    }

    fn kinds(headings: &[&str]) -> Option<Vec<Option<Column>>> {
        Some(Columns::of(&cells(headings))?.kinds)
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
        let columns = Columns::of(&cells(&["Module", "Status", "Error Code", "Message"]));
        let columns = columns.unwrap();
        let layout = |row: &[&str]| {
            let cells = cells(row);
            let cells: Vec<_> = cells.iter().collect();
            columns.align(&cells, &Settings::default())
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
        let columns = Columns::of(&cells(&["Status", "Error Code", "Message"])).unwrap();
        for (row, length) in [
            (["404", "Demo.0001", "Gone."], Some(3)),
            (["404", "NotFound", "Gone."], Some(3)),
            (["", "Demo.0001", "Gone."], Some(3)),
            (["Demo.0001", "Gone.", "404"], Some(2)),
            (["404", "Not found", "Gone."], None),
            (["Gone.", "404", "Demo.0001"], None),
        ] {
            let cells = cells(&row);
            assert_eq!(
                columns.row_length(&cells, &Settings::default()),
                length,
                "{row:?}"
            );
        }
    }
}
