//! Records as a table. A table that would be too wide leaves out columns of the slot `OPTIONAL`,
//! the first one first; `fields` says which fields have that slot. If the table is still too wide,
//! `formats` prints cards. `terminal` decides the width.

use comfy_table::{
    CellAlignment, ContentArrangement, ContentLineStyle, LineStyle, Table, TableStyle,
};
use textwrap::core::display_width;

use super::record::{Field, Fit, slots};
use super::style::{ColorMode, Style};
use super::text::Text;

/// The fewest columns of the screen that a column of prose needs; more in a table that still has an
/// optional column, so that rows stay short.
const MIN_TEXT_WIDTH: usize = 18;
const MIN_TEXT_WIDTH_OF_MANY: usize = 60;
/// Columns of the screen between two columns: a line, and a space at both sides.
const BORDER_WIDTH: usize = 3;

const STYLE: TableStyle = TableStyle::new()
    .header_lines(ContentLineStyle::none().junction('│'))
    .header_separator(LineStyle::none().fill('─').junction('┼'))
    .content_lines(ContentLineStyle::none().junction('│'));

/// Fills the place of text that is painted later. An unpainted table has no other letters.
const FILLER: char = 'x';

/// A column of the table: one field of each record.
type TableColumn<'a> = Vec<&'a Field<'a>>;

/// A table of at most `width` columns of the screen; `None` if its words do not fit.
pub(super) fn table(rows: &[Vec<Field>], width: usize, mode: ColorMode) -> Option<String> {
    let column = |at: usize| rows.iter().map(|row| &row[at]).collect();
    let mut columns: Vec<TableColumn> = (0..rows[0].len()).map(column).collect();
    // Leaves out a column that has to vary, if every row says the same.
    let varies = |cells: &TableColumn| cells.iter().any(|it| it.texts != cells[0].texts);
    columns.retain(|it| it[0].slots & slots::VARIED == 0 || it.len() < 2 || varies(it));
    loop {
        if let Some(widths) = widths(&columns, width) {
            let table = laid_out(&columns, &widths, mode);
            // A command may have words that are wider than its column.
            let fits = |line| display_width(line) <= width;
            return table.lines().all(fits).then_some(table);
        }
        columns.remove(columns.iter().position(is_optional)?);
    }
}

fn is_optional(column: &TableColumn) -> bool {
    column[0].slots & slots::OPTIONAL != 0
}

/// The widths of the columns; `None` if they do not fit. A column that does not wrap gets what it
/// needs. The others share the rest equally, the narrowest first, and none gets more than it needs.
fn widths(columns: &[TableColumn], width: usize) -> Option<Vec<usize>> {
    let full_width = |column: &TableColumn| {
        let texts = column.iter().flat_map(|cell| &cell.texts);
        texts.map(Text::width).max().unwrap_or(0).max(column[0].heading.len())
    };
    let full: Vec<_> = columns.iter().map(full_width).collect();
    let min_text_width =
        if columns.iter().any(is_optional) { MIN_TEXT_WIDTH_OF_MANY } else { MIN_TEXT_WIDTH };
    let least = |(column, full): (&TableColumn, &usize)| match column[0].fit {
        Fit::Prose => min_text_width.min(*full),
        _ => *full,
    };
    let mut widths: Vec<_> = columns.iter().zip(&full).map(least).collect();
    let borders = (BORDER_WIDTH * columns.len()).saturating_sub(1);
    let mut spare = width.checked_sub(borders + widths.iter().sum::<usize>())?;
    let mut wanting: Vec<_> = (0..columns.len()).collect();
    wanting.retain(|at| widths[*at] < full[*at]);
    wanting.sort_by_key(|at| full[*at]);
    for (index, at) in wanting.iter().enumerate() {
        let more = (full[*at] - widths[*at]).min(spare / (wanting.len() - index));
        widths[*at] += more;
        spare -= more;
    }
    Some(widths)
}

/// The table, laid out without colours and then painted.
fn laid_out(columns: &[TableColumn], widths: &[usize], mode: ColorMode) -> String {
    let mut table = Table::new();
    table.load_style(STYLE);
    // The cells are wrapped already, so that commands stay whole.
    table.set_content_arrangement(ContentArrangement::Disabled);
    let headings = columns.iter().map(|column| Style::Label.text(column[0].heading));
    let mut lines: Vec<Vec<Text>> = vec![headings.collect()];
    for row in 0..columns[0].len() {
        let cells = columns.iter().zip(widths);
        let cells = cells.map(|(column, width)| column[row].lines(*width).into_iter());
        let mut cells: Vec<_> = cells.collect();
        while cells.iter().any(|cell| cell.len() > 0) {
            lines.push(cells.iter_mut().map(|cell| cell.next().unwrap_or_default()).collect());
        }
    }
    let filled = |line: &Text| {
        let width = if line.is_empty() { 0 } else { line.width().max(1) };
        FILLER.to_string().repeat(width)
    };
    table.set_header(lines[0].iter().map(filled));
    table.add_rows(lines[1..].iter().map(|cells| cells.iter().map(filled)));
    for (column, cells) in table.column_iter_mut().zip(columns) {
        if cells[0].fit == Fit::Number {
            column.set_cell_alignment(CellAlignment::Right);
        }
    }
    let table = table.trim_fmt();
    let (mut text, mut rest) = (String::new(), &*table);
    for line in lines.iter().flatten().filter(|line| !line.is_empty()) {
        let (before, after) = rest.split_once(FILLER).unwrap_or((rest, ""));
        text.extend([before, &line.painted(mode)]);
        rest = after.trim_start_matches(FILLER);
    }
    text + rest + "\n"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_keeps_its_colour_where_it_looks_like_a_border() {
        let cell =
            |style: Style, text| Field::new("A", Fit::Word, slots::TABLE, [style.text(text)]);
        let rows = vec![vec![cell(Style::Plain, "a"), cell(Style::Fix, "│")]];
        let table = table(&rows, 80, ColorMode::Colored).unwrap();
        assert!(table.ends_with(" a │ \u{1b}[32m│\u{1b}[0m\n"), "{table:?}");
    }
}
