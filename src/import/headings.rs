//! Says what a column is about, by the words of its heading.

use crate::data::words::{is_ideograph, words};

/// Characters and words of a heading; longer texts are prose.
const MAX_HEADING_LENGTH: usize = 40;
const MAX_HEADING_WORDS: usize = 6;
pub const COLONS: [char; 2] = [':', '：'];

/// What a column is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Column {
    Status,
    Code,
    Message,
    Description,
    Solution,
}

/// The words of headings, the most specific first: an `error code description` is a
/// description, and `more information` is none of these.
const HEADING_WORDS: [(Option<Column>, &str); 6] = [
    (None, "additional more other related 其他 更多 备注"),
    (
        Some(Column::Solution),
        "solution measure handling troubleshooting suggestion action procedure fix remedy resolution \
         workaround rectification recommendation countermeasure mitigation \
         maßnahme maßnahmen lösung abhilfe behebung 措施 建议 办法 方案 处理 解决",
    ),
    (
        Some(Column::Description),
        "description desc cause reason meaning explanation detail semantics bedeutung beschreibung \
         ursache 描述 说明 原因 含义 解释 语义",
    ),
    (
        Some(Column::Message),
        "message msg information info prompt meldung fehlermeldung 信息 消息 提示",
    ),
    (Some(Column::Status), "status http https 状态"),
    (Some(Column::Code), "code errorcode errcode fehlercode 码"),
];
/// Headings that none of these words is in.
const WHOLE_HEADINGS: [(Column, &str); 2] = [
    (Column::Message, "response|error"),
    (Column::Solution, "what to do|what should i do|next step|next steps|hint|hints|advice"),
];

/// Whether a text ends as a sentence or a part of one does, and a title does not.
pub fn is_sentence(text: &str) -> bool {
    let text = text.trim_end_matches(['"', '”', ')', '）']);
    text.ends_with(['.', '。', ';', '；', '!', '！', ',', '，']) || text.ends_with(COLONS)
}

/// Whether a line is a heading of a page in Markdown.
pub fn is_heading_of_page(line: &str) -> bool {
    let heading = line.trim_start_matches('#');
    heading.len() < line.len() && heading.starts_with(' ')
}

/// Whether a text could be the heading of some column: short, and no sentence.
pub fn looks_like_heading(text: &str) -> bool {
    !text.is_empty()
        && text.chars().nth(MAX_HEADING_LENGTH).is_none()
        && text.split_whitespace().count() <= MAX_HEADING_WORDS
        && (!is_sentence(text.trim_end_matches(COLONS)) || text.eq_ignore_ascii_case("no."))
        && !text.contains(|c: char| c.is_ascii_digit())
}

/// What the column of a heading is about, if that is known.
pub fn kind_of_heading(text: &str) -> Option<Column> {
    kind(&normalized(text))
}

/// What the column of a normalized heading is about.
pub fn kind(name: &str) -> Option<Column> {
    let is = |word: &str, known: &str| word == known || word.strip_suffix('s') == Some(known);
    let has = |known: &str| {
        // Chinese has no spaces between words.
        let is_chinese = known.chars().all(is_ideograph);
        name.split(' ').any(|word| is(word, known)) || is_chinese && name.contains(known)
    };
    let found = HEADING_WORDS.iter().find(|(_, known)| known.split(' ').any(has));
    let whole = || {
        let mut known = WHOLE_HEADINGS.iter();
        known.find(|(_, known)| known.split('|').any(|known| known == name))
    };
    found.map_or_else(|| Some(whole()?.0), |(column, _)| *column)
}

/// A heading in lower-case words, without what stands in brackets: `error code` of
/// `ErrorCode`, `error_code` and `Error Code (errorCode)`; empty for a text that is none.
pub fn normalized(text: &str) -> String {
    let text = text.trim_matches(|c: char| c.is_whitespace() || "*#:：".contains(c));
    let mut name = String::new();
    if !looks_like_heading(text) {
        return name;
    }
    for (word, ..) in words(text.split(['(', '（', '[']).next().unwrap_or_default()) {
        if word.is_ascii() || name.ends_with(|c: char| c.is_ascii()) {
            name.push(' ');
        }
        name += &word;
    }
    name.trim_start().to_owned()
}
