//! Frames that tools draw around texts.

use crate::explain::values::BARS;

/// The line without the frame around it, and whether it had one.
pub fn unframed(line: &str) -> (&str, bool) {
    let rest = line.trim_start_matches([' ', '\t']);
    let is_bar = |c: char| matches!(c, '│' | '┃' | '║');
    let is_edge = |c: char| ('\u{2500}'..='\u{257f}').contains(&c) || c == ' ';
    match rest.chars().next() {
        Some(c) if is_bar(c) => {
            let text = rest[c.len_utf8()..].trim();
            let text = text.strip_suffix(is_bar).unwrap_or(text).trim_end();
            // Another frame may be in it; the first and last cell of a row are wider.
            let is_nested = rest[c.len_utf8()..].starts_with(" │ ") && text.ends_with(" │");
            let inner = text.strip_prefix('│').filter(|_| is_nested);
            let inner = inner.and_then(|inner| inner.strip_suffix('│'));
            (inner.map_or(text, str::trim), true)
        }
        // The edges of a frame may have a title in them.
        Some(c) if is_edge(c) => (rest.trim_matches(is_edge), true),
        _ => (line, false),
    }
}

/// Whether a line in a frame is no more of the one before: empty, in a list or a table.
pub fn starts_paragraph(line: &str) -> bool {
    let text = line.trim_start();
    text.is_empty() || text.starts_with("* ") || text.starts_with("- ") || is_row(text)
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
