//! Decides whether a paragraph continues a list before it, or ends a table.

use crate::import::column_headings::{COLONS, is_heading_of_page};
use crate::substrings::split_while;

/// Starts, in lower case, of texts that a page has around its tables.
const AROUND_TABLES: &str = "parent topic|previous topic|next topic|父主题|上一篇";
/// The most characters of a text that are compared with these starts.
const MAX_START_OF_PARAGRAPH: usize = 20;
const BULLETS: [char; 7] = ['-', '*', '•', '·', '●', '○', '–'];

/// Whether a text stands outside of the table above it: a Markdown heading, the caption of the next
/// table, a link to another page.
pub(super) fn ends_table(text: &str) -> bool {
    let start: String = text.chars().take(MAX_START_OF_PARAGRAPH).collect();
    let start = start.to_lowercase();
    let is_numbered = |word: &str| {
        let rest = start.strip_prefix(word).unwrap_or_default();
        rest.trim_start().starts_with(|c: char| c.is_ascii_digit())
    };
    ["table", "表"].into_iter().any(is_numbered)
        || is_heading_of_page(&start)
        || AROUND_TABLES.split('|').any(|text| start.starts_with(text))
}

/// Whether a text is an item of a list that the text before it contains or announces. An item with
/// the number 1 may start a text of its own, unless a colon announces it.
pub(super) fn goes_on(before: &str, text: &str) -> bool {
    item(text).is_some_and(|number| number != 1 || before.ends_with(COLONS))
}

/// The number of an item such as `2. text`, `2) text`, `（2）text` or `2、text`; 0 with a bullet.
fn item(text: &str) -> Option<u32> {
    let inside = text.trim_start_matches(['(', '（']);
    let (number, mark) = split_while(inside, |c| c.is_ascii_digit());
    let mut mark = mark.chars();
    match (mark.next()?, mark.next()?) {
        (bullet, ' ') if number.is_empty() && BULLETS.contains(&bullet) => Some(0),
        ('.' | ')', ' ') | ('）' | '、', _) => number.parse().ok(),
        ('.', c) if !c.is_ascii() => number.parse().ok(),
        _ => None,
    }
}
