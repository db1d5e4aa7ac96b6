//! The frames that tools draw around an error, of `│` and corners, or of `|` as PowerShell.
//! They are taken off here; `super::joint` joins the lines that a frame has broken.

use crate::explain::values::labels::is_of_label;
use crate::substrings::start_among;

/// What PowerShell puts before each line of an error.
const POWERSHELL: &str = "     | ";
/// What the first line of a frame starts with.
pub const CORNERS: [char; 5] = ['╷', '╭', '┌', '┏', '╔'];
/// What debuggers put before each member of a value.
const BRANCHES: [&str; 2] = ["├ ", "└ "];

/// The text of a line in a frame. The edges of a frame may have a title in them.
pub fn unframed(line: &str) -> Option<&str> {
    if let Some(text) = line.strip_prefix(POWERSHELL) {
        return Some(text.trim());
    }
    let rest = line.trim_start_matches([' ', '\t']);
    let is_bar = |c: char| matches!(c, '│' | '┃' | '║');
    let is_edge = |c: char| ('\u{2500}'..='\u{257f}').contains(&c) || c == ' ';
    let first = rest.chars().next()?;
    // A branch of a tree is no edge.
    let branch = start_among(&BRANCHES, rest).map(|branch| &rest[branch.len()..]);
    if branch.is_some_and(|it| it.trim_start_matches(is_of_label).starts_with(" = ")) {
        return None;
    }
    if !is_bar(first) {
        return is_edge(first).then(|| rest.trim_matches(is_edge));
    }
    // Another frame may be in it, or in its last column: then two bars end the line.
    if let Some((before, inside)) = rest.split_once("│ │") {
        let inner = inside.trim_end().trim_end_matches(is_bar).trim_end();
        if before.is_empty() || inner.ends_with(is_bar) {
            return Some(inside.trim_matches(['│', ' ']));
        }
    }
    let text = rest[first.len_utf8()..].trim();
    Some(text.strip_suffix(is_bar).unwrap_or(text).trim_end())
}
