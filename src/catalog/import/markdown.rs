//! Rows of Markdown tables, and the text of a cell without its markup.

use std::iter;

use super::cell::Cell;

/// Elements of HTML that Markdown tables hold; true for those that start a line.
const ELEMENTS: [(&str, bool); 16] = [
    ("br", true),
    ("p", true),
    ("div", true),
    ("ul", true),
    ("ol", true),
    ("li", true),
    ("b", false),
    ("strong", false),
    ("i", false),
    ("em", false),
    ("u", false),
    ("code", false),
    ("span", false),
    ("a", false),
    ("sup", false),
    ("sub", false),
];
const ENTITIES: [(&str, char); 6] = [
    ("lt", '<'),
    ("gt", '>'),
    ("amp", '&'),
    ("quot", '"'),
    ("apos", '\''),
    ("nbsp", ' '),
];
/// Bytes of a link, an emphasised text, ... at most.
const LONGEST_CONSTRUCT: usize = 1000;
/// Marks of a rule at least; a dash alone is an empty cell.
const FEWEST_MARKS: usize = 3;
/// Characters of an entity's name at most.
const LONGEST_ENTITY: usize = 8;

/// The cells of a line of a Markdown table, with pipes at its ends or without, in a
/// block quote or not.
pub fn cells(line: &str, number: usize) -> Option<Vec<Cell>> {
    let line = without_quote(line.trim());
    let mut parts = split(line);
    if parts.len() < 2 {
        return None;
    }
    if parts[0].trim().is_empty() {
        parts.remove(0);
    }
    if parts.len() > 1 && parts[parts.len() - 1].trim().is_empty() {
        parts.pop();
    }
    let cell = |part: &&str| Cell::new(&plain(part.trim()), number);
    Some(parts.iter().map(cell).collect())
}

/// Whether a line starts with a pipe, as in a table that has them at both ends.
pub fn has_outer_pipe(line: &str) -> bool {
    without_quote(line.trim()).starts_with('|')
}

/// Whether a line is the rule between the headings of a table and its rows.
pub fn is_rule(line: &str) -> bool {
    let line = without_quote(line.trim());
    let marks = line.matches(['-', '=', '|']).count();
    marks >= FEWEST_MARKS && line.chars().all(|c| "-=:|+ ".contains(c)) && line.contains(['-', '='])
}

/// The line without the marks of a block quote before a table.
fn without_quote(line: &str) -> &str {
    let rest = line.trim_start_matches(['>', ' ']);
    if rest.starts_with('|') { rest } else { line }
}

/// The parts between pipes that no backslash stands before.
fn split(line: &str) -> Vec<&str> {
    let mut parts = Vec::new();
    let mut start = 0;
    let mut escaped = false;
    for (at, c) in line.char_indices() {
        if c == '|' && !escaped {
            parts.push(&line[start..at]);
            start = at + 1;
        }
        escaped = c == '\\' && !escaped;
    }
    parts.push(&line[start..]);
    parts
}

/// A cell's text without emphasis, code marks, links, HTML elements, entities and
/// escapes.
fn plain(markdown: &str) -> String {
    let mut text = String::new();
    let mut rest = markdown;
    while let Some(c) = rest.chars().next() {
        let (piece, length) = construct(rest, text.chars().next_back())
            .unwrap_or_else(|| (c.to_string(), c.len_utf8()));
        text.push_str(&piece);
        rest = &rest[length..];
    }
    text
}

/// The start of a text, so that marks that nothing closes cost little.
fn start(text: &str) -> &str {
    let ends = (0..=text.len().min(LONGEST_CONSTRUCT)).rev();
    let end = ends.into_iter().find(|end| text.is_char_boundary(*end));
    &text[..end.unwrap_or(0)]
}

/// What the markup at the start of a text stands for, and its length in bytes.
/// `before` is the character before it.
fn construct(text: &str, before: Option<char>) -> Option<(String, usize)> {
    if !text.starts_with(['\\', '`', '*', '!', '[', '<', '&']) {
        return None;
    }
    let text = start(text);
    match text.as_bytes()[0] {
        b'\\' => escape(text),
        b'`' => code_span(text),
        b'*' => emphasis(text, before),
        b'!' if text.starts_with("![") => {
            link(&text[1..]).map(|(label, length)| (label, length + 1))
        }
        b'[' => link(text),
        b'<' => element(text),
        b'&' => entity(text),
        _ => None,
    }
}

fn escape(text: &str) -> Option<(String, usize)> {
    let c = text[1..]
        .chars()
        .next()
        .filter(char::is_ascii_punctuation)?;
    Some((c.to_string(), 2))
}

fn code_span(text: &str) -> Option<(String, usize)> {
    let marks = &text[..text.len() - text.trim_start_matches('`').len()];
    let inside = &text[marks.len()..];
    let end = inside.find(marks)?;
    let code = inside[..end].replace("\\|", "|");
    Some((code, marks.len() + end + marks.len()))
}

/// Stars around a text that starts and ends without spaces.
fn emphasis(text: &str, before: Option<char>) -> Option<(String, usize)> {
    let marks = ["***", "**", "*"]
        .into_iter()
        .find(|marks| text.starts_with(marks))?;
    let inside = &text[marks.len()..];
    let end = inside.find(marks)?;
    let inside = &inside[..end];
    let after = text[marks.len() + end + marks.len()..].chars().next();
    let is_word = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric() || c == '*');
    let is_emphasis =
        !inside.is_empty() && inside.trim() == inside && !is_word(before) && !is_word(after);
    is_emphasis.then(|| (plain(inside), marks.len() + end + marks.len()))
}

/// A link `[text](address)`.
fn link(text: &str) -> Option<(String, usize)> {
    let label_end = text.find("](")?;
    let label = &text[1..label_end];
    let address = &text[label_end + 2..];
    let end = address.find(')')?;
    let is_link = !label.contains('[') && !address[..end].trim_end_matches('"').contains('|');
    is_link.then(|| (plain(label), label_end + 2 + end + 1))
}

fn element(text: &str) -> Option<(String, usize)> {
    let end = text.find('>')?;
    let inside = text[1..end].trim_start_matches('/');
    let name_end = inside.find(|c: char| !c.is_ascii_alphanumeric());
    let name = inside[..name_end.unwrap_or(inside.len())].to_ascii_lowercase();
    let (_, starts_line) = ELEMENTS.iter().find(|(known, _)| *known == name)?;
    let space = if *starts_line { " " } else { "" };
    Some((space.to_owned(), end + 1))
}

fn entity(text: &str) -> Option<(String, usize)> {
    let end = text.find(';').filter(|end| *end <= LONGEST_ENTITY + 1)?;
    let name = &text[1..end];
    let c = match name.strip_prefix('#') {
        Some(number) => {
            let hexadecimal = number.strip_prefix(['x', 'X']);
            let number = match hexadecimal {
                Some(digits) => u32::from_str_radix(digits, 16),
                None => number.parse(),
            };
            char::from_u32(number.ok()?)?
        }
        None => ENTITIES.iter().find(|(known, _)| *known == name)?.1,
    };
    Some((iter::once(c).collect(), end + 1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn assert_plain(markdown: &str, text: &str) {
        assert_eq!(plain(markdown), text, "{markdown}");
    }

    #[test]
    fn markup_is_taken_off() {
        assert_plain("**IAM.0001** `a*b*` *c*, **_d_**", "IAM.0001 a*b* c, _d_");
        assert_plain("[IAM.0003](#x \"y\") ![icon](i.png)", "IAM.0003 icon");
        assert_plain(
            "Fix<br/>4.<br />Then<BR>go. <b>now</b>",
            "Fix 4. Then go. now",
        );
        assert_plain(
            "a &lt; b &amp; c&nbsp;d &#124; e &#x7c;",
            "a < b & c d | e |",
        );
        assert_plain(r"a\_b \* \\ `c\|d`", r"a_b * \ c|d");
    }

    #[test]
    fn what_is_no_markup_stays() {
        for text in [
            "2 * 3 * 4",
            "a*b*c",
            "**",
            "`open",
            "[a] (b)",
            "<name> is XXX",
            "a < b",
            "${name} {0} %s snake_case_name __x",
            "&unknown; & co; &#x110000;",
            "C:\\dir",
        ] {
            assert_plain(text, text);
        }
    }

    #[test]
    fn pipes_separate_cells_unless_escaped() {
        let texts = |line| -> Option<Vec<_>> {
            Some(cells(line, 1)?.into_iter().map(|cell| cell.text).collect())
        };
        let two = Some(vec!["a".to_owned(), "b | c".to_owned()]);
        for line in [
            "| a | b \\| c |",
            "a | b \\| c",
            "> | a | b \\| c",
            "|a|b \\| c|",
        ] {
            assert_eq!(texts(line), two, "{line}");
        }
        assert_eq!(texts("|| a |").unwrap(), ["", "a"]);
        assert_eq!(texts("| a | |").unwrap(), ["a", ""]);
        assert_eq!(texts("> 100 accounts"), None);
        assert!(is_rule("|:---|---:|") && is_rule("--- | ---") && is_rule("|-|"));
        assert!(!is_rule("| a |") && !is_rule("-") && !is_rule("| | |"));
    }
}
