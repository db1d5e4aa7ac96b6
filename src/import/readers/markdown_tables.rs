//! Reads tables of Markdown: one row per line, with pipes between the cells.

use super::{BlocksUntil, PageLines, is_key, prose, split_at_bars};
use crate::import::block::{Cell, Grid};
use crate::substrings::indent;

/// The fewest marks that a rule has. A dash alone is an empty cell.
const MIN_MARKS: usize = 3;

/// Reads the table that begins on the line `at`, counted from 0. It begins with a pipe, or has a
/// rule under its headings.
pub(super) fn read(lines: &PageLines, at: usize) -> Option<BlocksUntil> {
    let headings = cells(lines, at)?;
    let has_rule = is_rule(lines, at + 1, headings.len());
    if !has_rule && !lines.get(at)?.trim_start().starts_with('|') {
        return None;
    }
    let (mut grid, mut next) = (Grid::from([headings]), at + 1);
    while let Some(line) = lines.get(next) {
        match cells(lines, next) {
            Some(row) if is_rule(lines, next, row.len()) => {}
            // These are the headings of another table.
            Some(row) if is_rule(lines, next + 1, row.len()) => break,
            Some(row) => grid.push(row),
            // The table goes on behind tags of a site generator, or ends at them.
            None if is_tag(line.trim()) => {
                let tags = lines.all[next..].iter().take_while(|line| is_tag(line.trim())).count();
                if cells(lines, next + tags).is_none() {
                    break;
                }
                next += tags - 1;
            }
            None if ends_table(line.trim()) => break,
            // The table stands in a text of YAML.
            None if indent(line) < indent(lines.get(at)?) && is_key(line) => break,
            // A line right below a row may be the rest of it. As one cell too many, the line puts
            // the row in doubt.
            None => grid.last_mut().into_iter().for_each(|row| row.push(Cell::new(line, next + 1))),
        }
        next += 1;
    }
    Some((lines.table(grid, usize::from(has_rule)), next))
}

/// Whether a line is a tag of a site generator: `{% endtab %}`, `{{< /table >}}`, `{: .wide}`.
fn is_tag(line: &str) -> bool {
    ["{%", "{{", "{:"].iter().any(|start| line.starts_with(start)) && line.ends_with('}')
}

/// Whether a line without pipes is outside of the table above it.
fn ends_table(line: &str) -> bool {
    line.is_empty() || line.starts_with(['#', '<', '>', '`', '~', ':']) || prose::ends_table(line)
}

/// The cells of a line with pipes between them. Pipes at its ends are optional.
fn cells(lines: &PageLines, at: usize) -> Option<Vec<Cell>> {
    let line = lines.get(at)?.trim();
    let mut parts: Vec<_> = split_at_bars(line)?.collect();
    if parts.len() < 2 {
        return None;
    }
    parts.pop_if(|part| part.trim().is_empty());
    let edge = usize::from(parts.first().is_some_and(|part| part.trim().is_empty()));
    Some(parts[edge..].iter().map(|part| Cell::new(part, at + 1)).collect())
}

/// Whether a line is the rule between headings and rows, with this number of columns.
fn is_rule(lines: &PageLines, at: usize, columns: usize) -> bool {
    let line = lines.get(at).unwrap_or_default().trim();
    line.matches(['-', '=', '|']).count() >= MIN_MARKS
        && line.chars().all(|c| "-=:|+ ".contains(c))
        && line.contains(['-', '='])
        && cells(lines, at).is_some_and(|cells| cells.len() == columns)
}
