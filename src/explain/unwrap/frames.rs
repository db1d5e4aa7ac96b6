//! Frames that tools draw around texts.

use crate::explain::values::BARS;

/// The line without the frame around it, and whether it had one.
pub fn unframed(line: &str) -> (&str, bool) {
    let rest = line.trim_start_matches([' ', '\t']);
    let is_bar = |c: char| matches!(c, '│' | '┃' | '║');
    let is_edge = |c: char| ('\u{2500}'..='\u{257f}').contains(&c) || c == ' ';
    match rest.chars().next() {
        Some(c) if is_bar(c) => {
            let inside = &rest[c.len_utf8()..];
            let text = inside.trim();
            let text = text.strip_suffix(is_bar).unwrap_or(text).trim_end();
            // Another frame may be in it; the first and last cell of a row are wider.
            let is_nested = inside.starts_with(" │ ") && text.ends_with(" │");
            let is_edge = |c: char| is_nested && matches!(c, '│' | ' ');
            (text.trim_matches(is_edge), true)
        }
        // The edges of a frame may have a title in them.
        Some(c) if is_edge(c) => (rest.trim_matches(is_edge), true),
        _ => (line, false),
    }
}

/// Whether a line in a frame has cells of a table.
pub fn is_row(line: &str) -> bool {
    line.contains(&BARS[1..])
}

/// Whether a line only separates the rows of a table.
pub fn is_rule(line: &str) -> bool {
    let is_of_rule = |c: char| "+-=|: ".contains(c) || ('\u{2500}'..='\u{257f}').contains(&c);
    line.chars().all(is_of_rule) && line.contains(['-', '=', '─', '━', '═', '╌'])
}
