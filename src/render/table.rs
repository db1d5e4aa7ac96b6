//! Records as a table, or as cards where a table has no room.

use comfy_table::{
    ColumnConstraint, ContentArrangement, ContentLineStyle, LineStyle, Table, TableStyle,
};

use super::card;
use super::record::{Kind, Record};
use super::style::{Ink, Style, mark, paint};

/// Columns of text that a table needs for each of its wrapped columns, at least.
const NARROWEST_TEXT: usize = 16;

const STYLE: TableStyle = TableStyle::new()
    .header_lines(ContentLineStyle::none().junction('│'))
    .header_separator(LineStyle::none().fill('─').junction('┼'))
    .content_lines(ContentLineStyle::none().junction('│'));

/// A heading over a column of a table.
pub struct Column {
    pub heading: &'static str,
    /// Whether its content may be wrapped.
    pub wraps: bool,
}

/// The records as text of at most `width` columns; without a width, one line a
/// record.
pub fn table(kind: &Kind, records: &[&dyn Record], width: Option<usize>, ink: Ink) -> String {
    let rows: Vec<Vec<String>> = records
        .iter()
        .map(|record| record.cells().iter().map(|cell| cell.marked(ink)).collect())
        .collect();
    if let Some(width) = width
        && (kind.prefers_cards || needed_width(kind, &rows) > width)
    {
        return card::cards(records, width, ink);
    }
    let mut table = Table::new();
    table.load_style(STYLE);
    table.set_content_arrangement(ContentArrangement::Disabled);
    table.set_header(kind.columns.iter().map(|column| heading(column, ink)));
    table.add_rows(rows);
    for (column, spec) in table.column_iter_mut().zip(kind.columns) {
        if !spec.wraps {
            column.set_constraint(ColumnConstraint::ContentWidth);
        }
    }
    if let Some(width) = width {
        table.set_content_arrangement(ContentArrangement::Dynamic);
        table.set_width(u16::try_from(width).unwrap_or(u16::MAX));
    }
    let mut text = String::new();
    for line in table.lines() {
        text += paint(&line, ink).trim_end();
        text.push('\n');
    }
    text
}

fn heading(column: &Column, ink: Ink) -> String {
    if ink.colors() {
        mark(column.heading, Style::Label)
    } else {
        column.heading.to_owned()
    }
}

/// The columns of text that a table of these rows needs so as to be readable.
fn needed_width(kind: &Kind, rows: &[Vec<String>]) -> usize {
    let columns = kind.columns.iter().enumerate();
    let content: usize = columns
        .map(|(index, column)| {
            let cells = rows
                .iter()
                .map(|row| textwrap::core::display_width(&row[index]));
            let widest = cells.chain([column.heading.len()]).max().unwrap_or(0);
            if column.wraps {
                widest.min(NARROWEST_TEXT)
            } else {
                widest
            }
        })
        .sum();
    // A space at both sides of each cell, and a line between two.
    content + 3 * kind.columns.len() - 1
}
