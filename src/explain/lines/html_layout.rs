//! Tags of HTML that lay out a text. The text is read as a page shows it: cells stand behind tabs,
//! items behind bullets.

use crate::substrings::{is_word_of, split_while, start_among, start_of};

/// Tags that show that a text is laid out in HTML. XML has elements of other names, such as
/// `<code>`.
#[rustfmt::skip]
const SIGNS: [&str; 20] = [
    "</b>", "</dd>", "</dt>", "</div>", "</li>", "</p>", "</pre>", "</span>", "</strong>", "</td>", "</th>", "<br",
    "<tr", "</tr", "<table", "</table", "<tbody", "<thead", "<pre>", "<pre ",
];
/// Stands for a tag that adds no character to the text.
pub(crate) const NOTHING: char = '\0';
/// Stands where a table starts.
pub(crate) const TABLE_START: char = '\x0c';
const BULLET: char = '•';

/// Tags around words of a text, around items or rows, around cells, and around everything else that
/// a page sets apart.
const IN_TEXT: &str = "a abbr b em font i kbd small span strong tt u";
const LISTS_AND_ROWS: &str = "dl ol tbody thead ul";
const CELLS: &str = "dd dt td th";
const OTHERS: &str = "article aside blockquote br button center cite details div figure footer form h1 h2 \
    h3 h4 h5 h6 hr img label li main mark nav nobr p pre section sub summary sup table tr";
/// Tags around all of a page.
const PAGE: &str = "body head html";
/// In HTML a tag around words, in XML the name of an element with a value.
const CODE: &str = "code";
/// Starts of lines that go on with a row.
const IN_ROW: [&str; 4] = ["<td", "<th>", "<th ", "</tr"];
/// The most bytes of a tag with its attributes.
const MAX_TAG: usize = 512;

/// Whether a text is laid out in HTML.
pub(crate) fn is_in(text: &str) -> bool {
    let mut tags = memchr::memchr_iter(b'<', text.as_bytes());
    tags.any(|at| start_among(&SIGNS, &text[at..]).is_some())
}

/// Whether a name is that of a tag which lays out a text. `code` is not: XML has it, too.
pub(crate) fn is_layout(name: &str) -> bool {
    [IN_TEXT, LISTS_AND_ROWS, CELLS, OTHERS, PAGE].iter().any(|names| is_word_of(names, name))
}

/// Whether a line is a tag around rows or items, and no more.
pub(crate) fn is_around_rows(line: &str) -> bool {
    let tag = line.trim().strip_prefix('<').and_then(|tag| tag.strip_suffix('>'));
    tag.is_some_and(|tag| !tag.contains('<') && is_word_of(LISTS_AND_ROWS, name(tag)))
}

/// Whether a line goes on with a row of a table that started above.
pub(crate) fn is_in_row(line: &str) -> bool {
    start_among(&IN_ROW, line.trim_start()).is_some()
}

/// The character that the tag at the start of a text stands for, and the tag's length.
pub(crate) fn tag_character(text: &str) -> Option<(char, usize)> {
    let name = name(&text[1..]);
    if name != CODE && (!is_layout(name) || is_word_of(PAGE, name)) {
        return None;
    }
    let end = start_of(text, MAX_TAG).find('>')?;
    let (is_end, behind) = (text.starts_with("</"), &text[end + 1..]);
    let is_in_text = name == CODE || is_word_of(IN_TEXT, name);
    // A label and its value may stand in two elements, one right behind the other.
    let is_between = is_end && behind.starts_with('<') && !behind.starts_with("</");
    let c = match name {
        _ if is_in_text && !is_between => NOTHING,
        "table" => TABLE_START,
        _ if is_end => ' ',
        _ if is_word_of(CELLS, name) => '\t',
        "li" => BULLET,
        _ => ' ',
    };
    Some((c, end + 1))
}

/// The name in a tag; `inside` is the text behind the opening bracket.
fn name(inside: &str) -> &str {
    split_while(inside.trim_start_matches('/'), |c| c.is_ascii_alphanumeric()).0
}
