//! What a paragraph is beside its neighbours: an item of a list, the foot of a page.

/// How texts begin that a page has around its tables, in lower case.
const AROUND_TABLES: [&str; 5] = [
    "parent topic",
    "previous topic",
    "next topic",
    "父主题",
    "上一篇",
];
/// Characters before an item in which the one before it is looked for.
const MAX_ITEM_LENGTH: usize = 1000;
const BULLETS: [char; 7] = ['-', '*', '•', '·', '●', '○', '–'];

/// Whether a text belongs to the page around its tables: a Markdown heading, the
/// caption of the next table, a link to another page.
pub fn ends_table(text: &str) -> bool {
    let lower = text.to_lowercase();
    let is_caption = ["table", "表"].iter().any(|word| {
        let number = lower.strip_prefix(word).map(str::trim_start);
        number.is_some_and(|number| number.starts_with(|c: char| c.is_ascii_digit()))
    });
    let heading = lower.trim_start_matches('#');
    let is_heading = heading.len() < lower.len() && heading.starts_with(' ');
    is_caption || is_heading || AROUND_TABLES.iter().any(|start| lower.starts_with(start))
}

/// Whether a text ends as a sentence does, and a title does not.
pub fn is_sentence(text: &str) -> bool {
    text.ends_with(['.', '。', ';', '；', ':', '：', '!', '！'])
}

/// Whether a text is the next item of the list that the text before it has, or the
/// first of a list that it announces.
pub fn goes_on(before: &str, text: &str) -> bool {
    let announced = before.ends_with([':', '：']);
    let mut ends = before.char_indices().rev();
    let before = ends
        .nth(MAX_ITEM_LENGTH)
        .map_or(before, |(at, _)| &before[at..]);
    if let Some(number) = item_number(text) {
        return number == 1 && announced
            || number > 1 && item_starts(before).any(|start| start == number - 1);
    }
    let bullet = text.chars().next().filter(|c| BULLETS.contains(c));
    let Some(bullet) = bullet.filter(|c| text[c.len_utf8()..].starts_with(' ')) else {
        return false;
    };
    let has_items = before.starts_with(bullet) || item_starts(before).next().is_some();
    announced || has_items || before.contains(&format!(": {bullet} "))
}

/// The numbers that could start an item in a text: those of its words that do.
fn item_starts(text: &str) -> impl Iterator<Item = u32> {
    text.split(' ')
        .filter_map(|word| item_number(&format!("{word} ")))
}

/// The number of an item such as `2. text`, `2) text`, `（2）text` or `2、text`.
fn item_number(text: &str) -> Option<u32> {
    let inside = text.trim_start_matches(['(', '（']);
    let digits = inside.len()
        - inside
            .trim_start_matches(|c: char| c.is_ascii_digit())
            .len();
    let (number, rest) = inside.split_at(digits.min(3));
    let mut rest = rest.chars();
    match (rest.next()?, rest.next()?) {
        ('.' | ')', ' ') | ('）' | '、', _) => number.parse().ok(),
        ('.', c) if !c.is_ascii() => number.parse().ok(),
        _ => None,
    }
}
