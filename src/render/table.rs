//! Records as a table.

use comfy_table::{
    CellAlignment, ContentArrangement, ContentLineStyle, LineStyle, Table, TableStyle,
};
use textwrap::core::display_width;

use super::record::{Field, Fit, slots};
use super::style::{ColorMode, Style};

/// Columns of the screen that a column of text needs, and each in a table with one that it
/// could do without, so that rows stay short.
const MIN_TEXT_WIDTH: usize = 18;
const MIN_TEXT_WIDTH_OF_MANY: usize = 60;
/// Columns of the screen between two columns: a line, and a space at both sides.
const BORDER_WIDTH: usize = 3;

const STYLE: TableStyle = TableStyle::new()
    .header_lines(ContentLineStyle::none().junction('│'))
    .header_separator(LineStyle::none().fill('─').junction('┼'))
    .content_lines(ContentLineStyle::none().junction('│'));

/// What stands below one heading: a field of each record.
type Column<'a> = Vec<Field<'a>>;

/// A table of at most `width` columns of the screen; none where its words would not fit.
pub fn table(rows: Vec<Vec<Field>>, width: usize, mode: ColorMode) -> Option<String> {
    let mut columns = columns(rows);
    loop {
        if let Some(widths) = widths(&columns, width) {
            let table = written(&columns, &widths, mode);
            // A command may have words that are longer.
            let fits = |line| display_width(line) <= width;
            return table.lines().all(fits).then_some(table);
        }
        columns.remove(columns.iter().position(is_optional)?);
    }
}

/// The columns of the rows, but those that should vary and do not.
fn columns(rows: Vec<Vec<Field>>) -> Vec<Column> {
    let mut rows: Vec<_> = rows.into_iter().map(Vec::into_iter).collect();
    let next = || rows.iter_mut().map(Iterator::next).collect::<Option<_>>();
    let columns = std::iter::from_fn(next).filter(|cells: &Column| {
        let varies = cells.len() < 2 || cells.iter().any(|it| it.texts != cells[0].texts);
        varies || cells[0].slots & slots::VARIED == 0
    });
    columns.collect()
}

fn is_optional(column: &Column) -> bool {
    column[0].slots & slots::SHORT_TABLE != 0
}

/// The widths of the columns: what does not wrap gets what it needs, and the others, the
/// narrowest first, an equal share of the rest at most.
fn widths(columns: &[Column], width: usize) -> Option<Vec<usize>> {
    let full_width = |column: &Column| {
        let texts = column.iter().flat_map(|cell| &cell.texts);
        let widths = texts.map(|text| display_width(&text.escaped()));
        widths.max().unwrap_or(0).max(column[0].heading.len())
    };
    let full: Vec<_> = columns.iter().map(full_width).collect();
    let min_text_width =
        if columns.iter().any(is_optional) { MIN_TEXT_WIDTH_OF_MANY } else { MIN_TEXT_WIDTH };
    let least = |(column, full): (&Column, &usize)| match column[0].fit {
        Fit::Prose => min_text_width.min(*full),
        _ => *full,
    };
    let mut widths: Vec<_> = columns.iter().zip(&full).map(least).collect();
    let borders = (BORDER_WIDTH * columns.len()).saturating_sub(1);
    let mut spare = width.checked_sub(borders + widths.iter().sum::<usize>())?;
    let mut wanting: Vec<_> = (0..columns.len()).collect();
    wanting.retain(|at| widths[*at] < full[*at]);
    wanting.sort_by_key(|at| full[*at]);
    for (number, at) in wanting.iter().enumerate() {
        let more = (full[*at] - widths[*at]).min(spare / (wanting.len() - number));
        widths[*at] += more;
        spare -= more;
    }
    Some(widths)
}

/// The table, laid out as bare text and then painted.
fn written(columns: &[Column], widths: &[usize], mode: ColorMode) -> String {
    let mut table = Table::new();
    table.load_style(STYLE);
    // The cells are wrapped already, so that commands stay whole.
    table.set_content_arrangement(ContentArrangement::Disabled);
    let headings = columns.iter().map(|column| column[0].heading);
    table.set_header(headings.clone());
    // What stands in the table, in order, bare and painted.
    let painted = |heading: &str| Style::Label.paint(heading, mode, None);
    let mut parts: Vec<_> = headings.map(|it| (it.to_owned(), painted(it))).collect();
    for row in 0..columns[0].len() {
        let cells = columns.iter().map(|column| &column[row]).zip(widths);
        let lines = |mode| cells.clone().map(move |(cell, width)| cell.lines(*width, mode));
        let bare: Vec<_> = lines(ColorMode::Plain).collect();
        table.add_row(bare.iter().map(|lines| lines.join("\n")));
        if mode == ColorMode::Plain {
            continue;
        }
        let pairs = bare.into_iter().zip(lines(mode));
        let mut pairs: Vec<_> = pairs.map(|(bare, it)| bare.into_iter().zip(it)).collect();
        while pairs.iter().any(|pairs| pairs.len() > 0) {
            parts.extend(pairs.iter_mut().filter_map(Iterator::next));
        }
    }
    for (column, cells) in table.column_iter_mut().zip(columns) {
        if cells[0].fit == Fit::Number {
            column.set_cell_alignment(CellAlignment::Right);
        }
    }
    let bare = table.trim_fmt();
    let (mut text, mut rest) = (String::new(), &*bare);
    for (part, painted) in &parts {
        if let Some((before, after)) = rest.split_once(&**part) {
            text.extend([before, painted]);
            rest = after;
        }
    }
    text + rest + "\n"
}
