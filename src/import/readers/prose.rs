//! What a paragraph is beside its neighbours: an item of a list, the foot of a page.

/// How texts begin that a page has around its tables, in lower case.
const AROUND_TABLES: &str = "parent topic|previous topic|next topic|父主题|上一篇";
/// Characters of a text that show whether it does.
const MAX_START: usize = 20;
/// Characters before an item in which the one before it is looked for.
const MAX_ITEM_LENGTH: usize = 1000;
const BULLETS: [char; 7] = ['-', '*', '•', '·', '●', '○', '–'];

/// Whether a text belongs to the page around its tables: a Markdown heading, the
/// caption of the next table, a link to another page.
pub fn ends_table(text: &str) -> bool {
    let start: String = text.chars().take(MAX_START).collect();
    let start = start.to_lowercase();
    let is_caption = ["table", "表"].iter().any(|word| {
        let number = start.strip_prefix(word).map(str::trim_start);
        number.is_some_and(|number| number.starts_with(|c: char| c.is_ascii_digit()))
    });
    let heading = start.trim_start_matches('#');
    let is_heading = heading.len() < start.len() && heading.starts_with(' ');
    let mut around = AROUND_TABLES.split('|');
    is_caption || is_heading || around.any(|text| start.starts_with(text))
}

/// Whether a text is the next item of the list that the text before it has, or the
/// first of a list that it announces.
pub fn goes_on(before: &str, text: &str) -> bool {
    let announced = before.ends_with([':', '：']);
    let mut ends = before.char_indices().rev().skip(MAX_ITEM_LENGTH);
    let before = ends.next().map_or(before, |(at, _)| &before[at..]);
    if let Some(number) = item_number(text) {
        let mut starts = item_starts(before);
        return number == 1 && announced || starts.any(|start| start + 1 == number);
    }
    let mut chars = text.chars();
    let Some(bullet) = chars.next().filter(|c| BULLETS.contains(c)) else {
        return false;
    };
    let has_items = before.starts_with(bullet) || item_starts(before).next().is_some();
    let after_colon = |colon| before.contains(&format!("{colon} {bullet} "));
    let is_item = announced || has_items || [':', '：'].into_iter().any(after_colon);
    is_item && chars.next() == Some(' ')
}

/// The numbers that could start an item in a text: those of its words that do.
fn item_starts(text: &str) -> impl Iterator<Item = u32> {
    text.split(' ')
        .filter_map(|word| item_number(&format!("{word} ")))
}

/// The number of an item such as `2. text`, `2) text`, `（2）text` or `2、text`.
fn item_number(text: &str) -> Option<u32> {
    let inside = text.trim_start_matches(['(', '（']);
    let rest = inside.trim_start_matches(|c: char| c.is_ascii_digit());
    let number = Some(&inside[..inside.len() - rest.len()]).filter(|it| it.len() <= 3)?;
    let mut rest = rest.chars();
    match (rest.next()?, rest.next()?) {
        ('.' | ')', ' ') | ('）' | '、', _) => number.parse().ok(),
        ('.', c) if !c.is_ascii() => number.parse().ok(),
        _ => None,
    }
}
