//! Takes off the frames that tools draw around an error, with `│` and corners, or with `|` as
//! PowerShell does. Joins the lines that were broken to fit into a frame.

use super::line::{LineKind, RawLine};
use crate::explain::values::BARS;
use crate::explain::values::labels::is_label_char;
use crate::substrings::{split_while, start_among};

/// PowerShell's mark before each line of an error.
const POWERSHELL: &str = "     | ";
/// How the first line of a frame starts.
pub(crate) const CORNERS: [char; 5] = ['╷', '╭', '┌', '┏', '╔'];
/// Branches of a tree: debuggers draw them before each member of a value, loguru before the value
/// of a name above.
const BRANCHES: [&str; 2] = ["├ ", "└ "];

/// The text of a line in a frame; for an edge of the frame, the title in it.
pub(crate) fn unframed(line: &str) -> Option<&str> {
    if let Some(text) = line.strip_prefix(POWERSHELL) {
        return Some(text.trim());
    }
    let rest = line.trim_start_matches([' ', '\t']);
    let is_bar = |c: char| matches!(c, '│' | '┃' | '║');
    let is_edge = |c: char| ('\u{2500}'..='\u{257f}').contains(&c) || c == ' ';
    let first = rest.chars().next()?;
    // A branch of a tree is no edge, and the bars beside it are no frame.
    let inside = rest.trim_start_matches(|c| is_bar(c) || c == ' ');
    let branch = start_among(&BRANCHES, inside).map(|branch| &inside[branch.len()..]);
    let is_value = |text: &str| {
        text.starts_with(['<', '"', '\'', '{', '[', '('])
            || text.trim_start_matches(is_label_char).starts_with(" = ")
    };
    if branch.is_some_and(is_value) {
        return None;
    }
    if !is_bar(first) {
        return is_edge(first).then(|| rest.trim_matches(is_edge));
    }
    // Another frame may be inside, or in the last column: then two bars end the line.
    if let Some((before, inside)) = rest.split_once("│ │") {
        let inner = inside.trim_end().trim_end_matches(is_bar).trim_end();
        if before.is_empty() || inner.ends_with(is_bar) {
            return Some(inside.trim_matches(['│', ' ']));
        }
    }
    let text = rest[first.len_utf8()..].trim();
    Some(text.strip_suffix(is_bar).unwrap_or(text).trim_end())
}

/// The text that joins a line to the line above, if it is joined. In a frame every line is joined,
/// except an empty line, `...`, a row of a table, a value below another, a label below the end of a
/// sentence and the first line of a log record.
pub(crate) fn joint(above: &RawLine, line: &RawLine) -> Option<&'static str> {
    if ![above, line].iter().all(|it| it.kind == LineKind::Framed) {
        return line.joint;
    }
    let is_value = line.text.starts_with(['"', '\'']) && above.text.ends_with(['\'', '"', '}']);
    let (_, value) = split_while(line.text, |c| c.is_alphabetic() || c == ' ');
    let is_labelled = above.text.ends_with('.') && (value == ":" || value.starts_with(": "));
    let stands_alone = |text: &str| text.is_empty() || text == "..." || text.contains(&BARS[1..]);
    // The line above is the last cell of a row that was joined (`wrapped_cells`).
    let is_below_cells = above.joint == Some(" ");
    let is_wrapped = !line.starts_log_record
        && !is_below_cells
        && !is_value
        && !is_labelled
        && ![above, line].iter().any(|it| stands_alone(it.text));
    line.joint.or(is_wrapped.then_some(" "))
}
