//! From a documentation page with an error table to a catalog.
//!
//! Reads text as copied from a browser (one cell a paragraph), Markdown tables and
//! TSV. Columns are recognised by their headings. What the page does not say is
//! filled in by plain rules: [`category`] by the HTTP status, [`action`] by the
//! words of the solution and the status.

use std::fmt::Write as _;

use super::{Action, Problem};

/// A page turned into a catalog.
#[derive(Debug)]
pub struct Imported {
    /// The catalog's TOML; empty where the page has no error table.
    pub toml: String,
    /// How many entries it has.
    pub entries: usize,
    /// What could not be read, in the order of the page.
    pub problems: Vec<Problem>,
}

/// What a column is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Column {
    Status,
    Code,
    Message,
    Description,
    Solution,
}

/// Headings in lower case, without a plural's `s`.
const HEADINGS: [(&str, Column); 22] = [
    ("status code", Column::Status),
    ("http status code", Column::Status),
    ("http status", Column::Status),
    ("http code", Column::Status),
    ("status", Column::Status),
    ("error code", Column::Code),
    ("code", Column::Code),
    ("error message", Column::Message),
    ("message", Column::Message),
    ("error information", Column::Message),
    ("error info", Column::Message),
    ("description", Column::Description),
    ("error description", Column::Description),
    ("cause", Column::Description),
    ("possible cause", Column::Description),
    ("meaning", Column::Description),
    ("solution", Column::Solution),
    ("measure", Column::Solution),
    ("handling measure", Column::Solution),
    ("troubleshooting", Column::Solution),
    ("handling suggestion", Column::Solution),
    ("suggestion", Column::Solution),
];

/// A cell of a table with the line that it starts on.
#[derive(Debug, Clone)]
struct Cell {
    text: String,
    line: usize,
}

/// An entry as the page has it.
#[derive(Debug, Default)]
struct Row {
    status: String,
    code: String,
    message: String,
    description: String,
    solution: String,
}

/// Turns a documentation page into the TOML of a catalog. Nothing of an error table
/// is dropped in silence: what is no entry is among the problems.
#[must_use]
pub fn import(page: &str) -> Imported {
    let page = page.trim_start_matches('\u{feff}');
    let mut problems = Vec::new();
    let mut rows = lined_rows(page, &mut problems);
    if rows.is_empty() {
        rows = paragraph_rows(page, &mut problems);
    }
    if rows.is_empty() && problems.is_empty() {
        problem(
            &mut problems,
            1,
            "no error table: no headings such as Status Code and Error Code",
        );
    }
    let toml = if rows.is_empty() {
        String::new()
    } else {
        toml(page, &rows)
    };
    Imported {
        entries: rows.len(),
        toml,
        problems,
    }
}

fn problem(problems: &mut Vec<Problem>, line: usize, message: impl Into<String>) {
    problems.push(Problem {
        line,
        column: 1,
        message: message.into(),
    });
}

fn heading(text: &str) -> Option<Column> {
    let text = text
        .trim()
        .trim_matches(['*', ':', '#', ' '])
        .to_lowercase();
    let known = |name: &str| HEADINGS.iter().find(|(heading, _)| *heading == name);
    let found = known(&text).or_else(|| known(text.strip_suffix('s')?));
    found.map(|(_, column)| *column)
}

/// The columns that cells are the headings of, if they are those of an error table.
fn columns(cells: &[Cell]) -> Option<Vec<Option<Column>>> {
    let columns: Vec<_> = cells.iter().map(|cell| heading(&cell.text)).collect();
    let has = |column| columns.contains(&Some(column));
    (has(Column::Code) && (has(Column::Message) || has(Column::Description))).then_some(columns)
}

/// The rows of Markdown tables and of TSV: a line is a row.
fn lined_rows(page: &str, problems: &mut Vec<Problem>) -> Vec<Row> {
    let mut rows = Vec::new();
    let mut table: Option<Vec<Option<Column>>> = None;
    for (number, line) in (1..).zip(page.lines()) {
        let Some(cells) = line_cells(line, number) else {
            // An empty line or text ends a table.
            table = None;
            continue;
        };
        let is_rule = cells
            .iter()
            .all(|cell| cell.text.chars().all(|c| matches!(c, '-' | ':' | ' ')));
        if let Some(headings) = columns(&cells) {
            table = Some(headings);
        } else if let Some(columns) = table.as_ref().filter(|_| !is_rule) {
            match row(columns, &cells) {
                Ok(row) => rows.push(row),
                Err(reason) => problem(problems, number, reason),
            }
        }
    }
    rows
}

/// The cells of a line of a Markdown table or of TSV.
fn line_cells(line: &str, number: usize) -> Option<Vec<Cell>> {
    let line = line.trim_matches(['\r', ' ']);
    let texts: Vec<String> = if let Some(inside) = line.strip_prefix('|') {
        let inside = inside
            .strip_suffix('|')
            .unwrap_or(inside)
            .replace("\\|", "\u{0}");
        inside
            .split('|')
            .map(|text| text.replace('\u{0}', "|").replace("<br>", " "))
            .collect()
    } else if line.contains('\t') {
        line.split('\t').map(str::to_owned).collect()
    } else {
        return None;
    };
    let cell = |text: String| Cell {
        text: text.trim().to_owned(),
        line: number,
    };
    Some(texts.into_iter().map(cell).collect())
}

fn row(columns: &[Option<Column>], cells: &[Cell]) -> Result<Row, String> {
    if cells.len() != columns.len() {
        return Err(format!(
            "{} cells under {} headings",
            cells.len(),
            columns.len()
        ));
    }
    let mut row = Row::default();
    for (column, cell) in columns.iter().zip(cells) {
        let field = match column {
            Some(Column::Status) => &mut row.status,
            Some(Column::Code) => &mut row.code,
            Some(Column::Message) => &mut row.message,
            Some(Column::Description) => &mut row.description,
            Some(Column::Solution) => &mut row.solution,
            None => continue,
        };
        field.clone_from(&cell.text);
    }
    if split_code(&row.code).is_none() {
        return Err(format!(
            "'{}' is not an error code: a name, a dot and digits",
            row.code
        ));
    }
    if columns.contains(&Some(Column::Status)) && !is_status(&row.status) {
        return Err(format!(
            "{}: '{}' is not an HTTP status",
            row.code, row.status
        ));
    }
    if row.message.is_empty() && row.description.is_empty() {
        return Err(format!("{}: neither a message nor a description", row.code));
    }
    Ok(row)
}

/// The rows of text as copied from a browser: a paragraph is a cell.
fn paragraph_rows(page: &str, problems: &mut Vec<Problem>) -> Vec<Row> {
    let cells = paragraphs(page);
    let mut rows = Vec::new();
    let mut at = 0;
    while at < cells.len() {
        let run = cells[at..]
            .iter()
            .take_while(|cell| heading(&cell.text).is_some())
            .count();
        let Some(columns) = columns(&cells[at..at + run]) else {
            at += run.max(1);
            continue;
        };
        at += run;
        // Rows go on to the end of the page or to the headings of another table.
        while at < cells.len() {
            let end = (at + columns.len()).min(cells.len());
            match row(&columns, &cells[at..end]) {
                Ok(row) => {
                    rows.push(row);
                    at = end;
                }
                Err(_) if self::columns(&cells[at..end]).is_some() => break,
                Err(_) => {
                    let cell = &cells[at];
                    problem(
                        problems,
                        cell.line,
                        format!("'{}' is not in a row of the table", shortened(&cell.text)),
                    );
                    at += 1;
                }
            }
        }
    }
    rows
}

/// Paragraphs, each on one line; lines where the page has no empty ones.
fn paragraphs(page: &str) -> Vec<Cell> {
    let mut cells: Vec<Cell> = Vec::new();
    let has_empty_lines = page.lines().any(|line| line.trim().is_empty());
    let mut open = false;
    for (line, text) in (1..).zip(page.lines()) {
        let text = text.trim();
        if text.is_empty() {
            open = false;
            continue;
        }
        match cells.last_mut().filter(|_| open) {
            Some(cell) => cell.text.extend([" ", text]),
            None => cells.push(Cell {
                text: text.to_owned(),
                line,
            }),
        }
        open = has_empty_lines;
    }
    cells
}

fn shortened(text: &str) -> String {
    match text.char_indices().nth(60) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}

/// A code's service and digits.
fn split_code(code: &str) -> Option<(&str, &str)> {
    let (service, digits) = code.rsplit_once('.')?;
    let is_name = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_');
    let is_code = !service.is_empty()
        && service.chars().all(is_name)
        && !digits.is_empty()
        && digits.bytes().all(|b| b.is_ascii_digit());
    is_code.then_some((service, digits))
}

fn is_status(text: &str) -> bool {
    text.parse()
        .is_ok_and(|status: u16| (100..600).contains(&status))
}

/// The category of an imported entry: what its HTTP status is about.
#[must_use]
pub const fn category(status: u16) -> &'static str {
    match status {
        401 | 403 => "permission",
        404 => "not-found",
        409 => "conflict",
        429 => "quota",
        500.. => "server",
        _ => "request",
    }
}

/// The action of an imported entry: trying again or contacting somebody where the
/// solution begins with it, else what the status or the word quota suggest.
#[must_use]
pub fn action(status: u16, message: &str, description: &str, solution: &str) -> Action {
    let solution = solution.to_lowercase();
    let about = format!("{message} {description}").to_lowercase();
    if solution.starts_with("try again") || solution.starts_with("retry") {
        Action::Retry
    } else if solution.starts_with("contact") {
        Action::ContactSupport
    } else if ["quota", "exceed", "maximum"]
        .iter()
        .any(|word| about.contains(word))
        || status == 429
    {
        Action::ReduceUsage
    } else {
        match status {
            401 | 403 => Action::CheckPermission,
            409 => Action::ChangeState,
            500.. => Action::ContactSupport,
            _ => Action::FixRequest,
        }
    }
}

fn toml(page: &str, rows: &[Row]) -> String {
    let mut toml =
        "# Imported from a documentation page. Category and action are filled in by rule:\n\
         # read them over.\n"
            .to_owned();
    let status = |row: &Row| row.status.parse().unwrap_or(DEFAULT_STATUS);
    let mut services: Vec<(&str, Vec<&str>)> = Vec::new();
    for row in rows {
        let (service, _) = split_code(&row.code).unwrap_or((&row.code, ""));
        let category = category(status(row));
        match services.iter_mut().find(|(name, _)| *name == service) {
            Some((_, categories)) if categories.contains(&category) => {}
            Some((_, categories)) => categories.push(category),
            None => services.push((service, vec![category])),
        }
    }
    let updated = updated(page).unwrap_or("unknown");
    for (service, categories) in services {
        let name = quoted(service);
        let categories: Vec<_> = categories.into_iter().map(quoted).collect();
        let _ = write!(
            toml,
            "\n[[service]]\nname = {name}\ntitle = {name}\nurl = \"unknown\"\nupdated = {}\ncategories = [{}]\n",
            quoted(updated),
            categories.join(", "),
        );
    }
    for row in rows {
        let or = |text: &str, other: &str| quoted(if text.is_empty() { other } else { text });
        let status = status(row);
        let _ = write!(
            toml,
            "\n[[entry]]\ncode = {}\nstatus = {status}\nmessage = {}\ndescription = {}\nsolution = {}\n\
             category = {}\naction = {}\n",
            quoted(&row.code),
            or(&row.message, &row.description),
            or(&row.description, &row.message),
            or(&row.solution, "Not documented."),
            quoted(category(status)),
            quoted(action(status, &row.message, &row.description, &row.solution).name()),
        );
    }
    toml
}

/// The status of entries of a page that has none.
const DEFAULT_STATUS: u16 = 400;

/// The date in `Updated on 2024-05-28`.
fn updated(page: &str) -> Option<&str> {
    let at = page.find("Updated on ")? + "Updated on ".len();
    page.get(at..at + 10)
        .filter(|date| date.bytes().all(|b| b.is_ascii_digit() || b == b'-'))
}

/// A TOML string. Its escapes are those of JSON, but that it knows no raw DEL.
fn quoted(text: &str) -> String {
    serde_json::to_string(text)
        .expect("every text is a JSON string")
        .replace('\u{7f}', "\\u007f")
}
