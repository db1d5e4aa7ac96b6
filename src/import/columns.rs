//! Decides whether a table is an error table, and finds the column of each cell in a row.
//! `column_headings` knows what a heading means.

use std::borrow::Borrow;

use super::block::{Cell, Grid, MAX_COLUMNS, transposed, with_spans_filled};
use super::codes_and_statuses::{
    full_code, has_form_of_code, is_status, may_be_any_code, may_be_code,
    may_be_code_without_service,
};
use super::column_headings::{
    Column, is_sentence, kind, looks_like_heading, normalized, whole_heading,
};
use crate::substrings::{has_any, is_word_of};

/// Headings that mean the status if another column has the code: `HTTP Code` beside `Error Code`.
const STATUS_CODES: &str =
    "code|http code|return code|returned code|response code|返回码|响应码|返回代码";

/// Headings that mean a code only if most cells under them are codes.
const CODE_HEADINGS: &str = "error errno exception";

/// Words for an error, or parts of them: `erro` is in `error`, too.
const ERROR_WORDS: &[&str] = &[
    "errcode",
    "errno",
    "erreur",
    "erro",
    "fehler",
    "fout",
    "ошибк",
    "错误",
    "錯誤",
    "エラー",
    "오류",
    "에러",
];

/// Headings that mean the message if another column has descriptions.
const NAMES: &str =
    "name title título titre titel titolo название заголовок 名称 标题 タイトル 名前 제목 이름";

/// The columns of an error table.
#[derive(Debug, Clone)]
pub(super) struct ErrorColumns {
    pub headings: Vec<Cell>,
    kinds: Vec<Option<Column>>,
    /// The indexes of the columns of the code and of the status.
    pub code: usize,
    pub status: Option<usize>,
}

impl ErrorColumns {
    /// Reads cells as the headings of an error table. `None` unless one is for a code and another
    /// for a message or a description.
    pub(super) fn of(headings: &[Cell]) -> Option<Self> {
        Self::of_names(headings, &names_of(headings))
    }

    /// Same as [`of`](Self::of), but reads the headings as these names.
    fn of_names(headings: &[Cell], names: &[String]) -> Option<Self> {
        if !(2..=MAX_COLUMNS).contains(&headings.len()) {
            return None;
        }
        let mut kinds: Vec<_> = names.iter().map(|name| kind(name)).collect();
        let others = keep_best(&mut kinds, names, Column::Code);
        let is_status = |at: &usize| STATUS_CODES.split('|').any(|it| it == names[*at]);
        let beside_code = others.into_iter().find(is_status);
        if let Some(at) = beside_code.filter(|_| !kinds.contains(&Some(Column::Status))) {
            kinds[at] = Some(Column::Status);
        }
        keep_best(&mut kinds, names, Column::Status);
        keep_best(&mut kinds, names, Column::Message);
        // Without a message, a column of names is the message, else the first of two descriptions.
        if !kinds.contains(&Some(Column::Message)) {
            let is_name = |at: &usize| kinds[*at].is_none() && is_word_of(NAMES, &names[*at]);
            let is_description = |at: &usize| kinds[*at] == Some(Column::Description);
            let mut descriptions = (0..kinds.len()).filter(is_description);
            let first = descriptions.next();
            let first_of_two = first.filter(|_| descriptions.next().is_some());
            if let Some(at) = first.and((0..kinds.len()).find(is_name).or(first_of_two)) {
                kinds[at] = Some(Column::Message);
            }
        }
        let place = |column| kinds.iter().position(|kind| *kind == Some(column));
        place(Column::Message).or_else(|| place(Column::Description))?;
        let (code, status) = (place(Column::Code)?, place(Column::Status));
        Some(ErrorColumns { headings: headings.to_vec(), kinds, code, status })
    }

    /// Same as [`of`](Self::of), for cells that only short texts show to be headings.
    pub(super) fn of_short_texts(cells: &[Cell]) -> Option<Self> {
        let mut texts = cells.iter().map(|cell| &*cell.text);
        let are_short = texts.all(|text| text.is_empty() || looks_like_heading(text));
        are_short.then(|| Self::of(cells))?
    }

    /// The columns of a table if it is an error table, and the index of the row below its headings.
    pub(super) fn of_table(grid: &Grid) -> Option<(Self, usize)> {
        let (headings, start) = headings_of(grid)?;
        let filled_cells = |place: usize| {
            let rows = with_spans_filled(grid).skip(start);
            let cells = rows.filter_map(move |cells| cells.get(place).map(|cell| &*cell.text));
            cells.filter(|text| !text.is_empty())
        };
        let are_mostly = |place: usize, is_such: fn(&str) -> bool| {
            let count = filled_cells(place).filter(|text| is_such(text)).count();
            count * 2 > filled_cells(place).count()
        };
        let mut names = names_of(&headings);
        let mut columns = Self::of_names(&headings, &names).or_else(|| {
            let is_named = |at: &usize| is_word_of(CODE_HEADINGS, &names[*at]);
            let of_codes = |is_code: fn(&str) -> bool| {
                (0..names.len()).filter(is_named).find(|at| are_mostly(*at, is_code))
            };
            let codes = of_codes(may_be_code).or_else(|| of_codes(has_form_of_code))?;
            names[codes].push_str(" code");
            Self::of_names(&headings, &names)
        })?;
        let are_statuses = |place: &usize| {
            let mut cells = filled_cells(*place).peekable();
            cells.peek().is_some() && cells.all(is_status)
        };
        // Statuses may stand under a heading whose meaning is unknown.
        let is_unnamed = |place: &usize| columns.kinds[*place].is_none() && are_statuses(place);
        let unnamed = (0..headings.len()).find(is_unnamed).filter(|_| columns.status.is_none());
        if let Some(place) = unnamed {
            columns.status = unnamed;
            columns.kinds[place] = Some(Column::Status);
        }
        // Statuses alone are not codes of errors.
        (!are_statuses(&columns.code)).then_some((columns, start))
    }

    /// The headings that become no field of an entry, each with the text of a row under it.
    pub(super) fn unread<'c>(&self, texts: &[&'c str]) -> impl Iterator<Item = (&Cell, &'c str)> {
        let columns = self.headings.iter().zip(texts).zip(&self.kinds);
        columns.filter_map(|((cell, text), kind)| kind.is_none().then_some((cell, *text)))
    }

    /// The texts of a row in the columns about `column`, joined with spaces.
    pub(super) fn text(&self, column: Column, texts: &[&str]) -> String {
        let columns = self.kinds.iter().zip(texts);
        let texts = columns.filter(|(kind, text)| **kind == Some(column) && !text.is_empty());
        let mut texts: Vec<&str> = texts.map(|(_, text)| *text).collect();
        texts.dedup();
        texts.join(" ")
    }

    /// The text of a row in each column. A row that is too short lacks its status or cells before
    /// its code, which were merged with the cells above.
    ///
    /// # Errors
    /// Says how many cells stand under how many headings.
    pub(super) fn align<'c>(&self, cells: &[&'c Cell]) -> Result<Vec<&'c str>, String> {
        let (count, headings) = (cells.len(), self.kinds.len());
        let whole = (count == headings).then(|| (0..headings).collect());
        let layout = whole.or_else(|| self.layout(cells, true));
        let cells_are = if count == 1 { "cell" } else { "cells" };
        let wrong = || format!("{count} {cells_are} under {headings} headings");
        let mut texts = vec![""; headings];
        for (column, cell) in layout.ok_or_else(wrong)?.into_iter().zip(cells) {
            texts[column] = &cell.text;
        }
        Ok(texts)
    }

    /// The index of the code and the length of the row, if a row starts with these cells: a code
    /// and a status are where they should be, or the status was merged with the one above.
    pub(super) fn row_start(&self, cells: &[Cell]) -> Option<(usize, usize)> {
        let layout = self.layout(cells, false)?;
        Some((layout.iter().position(|column| *column == self.code)?, layout.len()))
    }

    /// Whether these cells are one whole row.
    pub(super) fn is_row(&self, cells: &[Cell]) -> bool {
        self.layout(cells, true).is_some()
    }

    /// The column of each cell in the row that starts with these cells, or consists of them if
    /// `is_whole`. The status may be missing, and the first of the unread columns before the code.
    fn layout<C: Borrow<Cell>>(&self, cells: &[C], is_whole: bool) -> Option<Vec<usize>> {
        let unread: Vec<_> = (0..self.code).filter(|at| self.kinds[*at].is_none()).collect();
        [None, self.status].into_iter().find_map(|merged| {
            let mut layouts = (0..=unread.len()).map(|count| -> Vec<usize> {
                let is_missing = |at: &usize| merged == Some(*at) || unread[..count].contains(at);
                (0..self.kinds.len()).filter(|at| !is_missing(at)).collect()
            });
            layouts.find(|layout| self.fits(layout, cells, is_whole))
        })
    }

    /// Whether, in this layout, a code and a status are where they should be and nowhere else.
    fn fits<C: Borrow<Cell>>(&self, layout: &[usize], cells: &[C], is_whole: bool) -> bool {
        let cells = cells.iter().map(|cell| &*cell.borrow().text);
        if is_whole && cells.len() != layout.len() {
            return false;
        }
        let (mut status, mut code) = ("", "");
        for (column, text) in layout.iter().zip(cells) {
            let is_before = *column < self.code;
            if Some(*column) == self.status {
                status = text;
            } else if *column == self.code {
                code = text;
            } else if is_before || is_whole {
                // An unread column before the code has no sentences.
                let is_prose = is_before && self.kinds[*column].is_none() && is_sentence(text);
                let is_code = !is_before && full_code(text).is_some();
                if is_prose || is_code || is_status(text) {
                    return false;
                }
            }
        }
        // Without a status, a plain word is a code only in a row with the full number of cells.
        let is_code = may_be_any_code(code)
            || is_whole && may_be_code_without_service(code) && !is_status(code);
        let is_certain = full_code(code).is_some() || is_code;
        is_certain && status.is_empty()
            || (is_certain || may_be_code_without_service(code)) && is_status(status)
    }
}

/// The headings of a table, and the index of the first row below them.
fn headings_of(grid: &Grid) -> Option<(Vec<Cell>, usize)> {
    let is_caption = |cells: &Vec<&Cell>| {
        cells.iter().all(|cell| cell.text.is_empty() || cell.text == cells[0].text)
    };
    let mut start = with_spans_filled(grid).take_while(is_caption).count() + 1;
    let mut rows = with_spans_filled(grid).skip(start - 1);
    let mut headings: Vec<Cell> = rows.next()?.into_iter().cloned().collect();
    let length = headings.len();
    let is_marked = |row: &Vec<&Cell>| row.iter().all(|cell| cell.is_heading);
    let goes_on = |row: &Vec<&Cell>| row.len() == length && is_marked(row) && !is_caption(row);
    for more in rows.take_while(goes_on) {
        start += 1;
        for (heading, cell) in headings.iter_mut().zip(more) {
            if heading.text != cell.text {
                heading.extend(&cell.text);
            }
        }
    }
    Some((headings, start))
}

/// The headings, normalized.
fn names_of(headings: &[Cell]) -> Vec<String> {
    headings.iter().map(|cell| normalized(&cell.text)).collect()
}

/// Swaps rows and columns of a table whose headings are in its first column, if that makes it an
/// error table with codes.
pub(super) fn turn_upright(grid: &mut Grid) {
    let turned = transposed(grid);
    let names = turned.first().map(|headings| names_of(headings)).unwrap_or_default();
    let is_one = names.iter().filter(|name| kind(name) == Some(Column::Code)).count() == 1;
    let has_codes = |(columns, start): (ErrorColumns, usize)| {
        let mut rows = turned[start..].iter().peekable();
        rows.peek().is_some() && rows.all(|row| has_form_of_code(&row[columns.code].text))
    };
    if is_one && ErrorColumns::of_table(&turned).is_some_and(has_codes) {
        *grid = turned;
    }
}

/// The line of the headings, if they name error codes but neither a message nor a description.
pub(super) fn heading_line_of_codes_alone(grid: &Grid) -> Option<usize> {
    let [headings, _, ..] = &grid[..] else { return None };
    let is_of_codes = |cell: &&Cell| {
        let name = normalized(&cell.text);
        kind(&name) == Some(Column::Code) && has_any(&name, ERROR_WORDS)
    };
    let of_codes = headings.iter().find(is_of_codes);
    of_codes.filter(|_| ErrorColumns::of(headings).is_none()).map(|cell| cell.line)
}

/// Of the columns of a kind, keeps that with the plainest name: `error code`, not
/// `original error code`. The others lose their kind; returns their indexes.
fn keep_best(kinds: &mut [Option<Column>], names: &[String], column: Column) -> Vec<usize> {
    let plain: &[&str] = match column {
        Column::Status => &["status", "code", "状态"],
        _ => ERROR_WORDS,
    };
    let places = (0..names.len()).filter(|at| kinds[*at] == Some(column));
    let is_plain = |at: usize| has_any(&names[at], plain);
    // `Error Message` means a message, `Error` may mean anything.
    let is_guess = |at: usize| whole_heading(&names[at]) == Some(Column::Message);
    let rank = |at: &usize| (is_guess(*at), !is_plain(*at), names[*at].split(' ').count());
    let best = places.clone().min_by_key(rank);
    let others: Vec<_> = places.filter(|at| Some(*at) != best).collect();
    for at in &others {
        kinds[*at] = None;
    }
    others
}
