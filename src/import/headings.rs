//! What a column is about, by the words of its heading.

/// Characters and words of a heading; longer texts are prose.
const MAX_HEADING_LENGTH: usize = 40;
const MAX_HEADING_WORDS: usize = 6;
const COLONS: [char; 2] = [':', '：'];

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
/// description. Chinese has no spaces, so its words are looked for anywhere.
const VOCABULARY: [(Column, &str); 5] = [
    (
        Column::Solution,
        "solution measure handling troubleshooting suggestion action procedure fix remedy resolution \
         workaround rectification recommendation countermeasure 措施 建议 办法 方案 处理 解决",
    ),
    (
        Column::Description,
        "description desc cause reason meaning explanation detail semantics 描述 说明 原因 含义 解释 语义",
    ),
    (
        Column::Message,
        "message msg information info prompt 信息 消息 提示",
    ),
    (Column::Status, "status http https 状态"),
    (Column::Code, "code errorcode errcode 码"),
];
/// Words that make a heading mean something else than it seems to.
const MISLEADING: &str = "additional more other related 其他 更多 备注";
/// Headings of the message that none of its words is in.
const MESSAGES: [&str; 2] = ["response", "error"];

/// Whether a text ends as a sentence or a part of one does, and a title does not.
pub fn is_sentence(text: &str) -> bool {
    let text = text.trim_end_matches(['"', '”', ')', '）']);
    text.ends_with(['.', '。', ';', '；', '!', '！', ',', '，']) || text.ends_with(COLONS)
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
    let words: Vec<_> = name.split(' ').collect();
    let is = |word: &str, name: &str| word == name || word.strip_suffix('s') == Some(name);
    let has_any = |names: &str| {
        names.split(' ').any(|known| {
            let is_chinese = !known.is_ascii();
            words.iter().any(|word| is(word, known)) || is_chinese && name.contains(known)
        })
    };
    if has_any(MISLEADING) {
        return None;
    }
    let found = VOCABULARY.iter().find(|(_, names)| has_any(names));
    let is_message = || MESSAGES.contains(&name).then_some(Column::Message);
    found.map(|(column, _)| *column).or_else(is_message)
}

/// A heading in lower-case words, without what stands in brackets: `error code` of
/// `ErrorCode`, `error_code` and `Error Code (errorCode)`. Empty if it is no heading.
pub fn normalized(text: &str) -> String {
    let text = text.trim_matches(|c: char| c.is_whitespace() || "*#:：".contains(c));
    if !looks_like_heading(text) {
        return String::new();
    }
    let mut words = String::new();
    let mut brackets = 0_usize;
    let mut before = ' ';
    for c in text.chars() {
        match c {
            '(' | '（' | '[' => brackets += 1,
            ')' | '）' | ']' => brackets = brackets.saturating_sub(1),
            _ if brackets > 0 => {}
            c if c.is_alphanumeric() => {
                let is_other_script = c.is_ascii() != before.is_ascii();
                if before.is_lowercase() && c.is_uppercase() || is_other_script {
                    words.push(' ');
                }
                words.extend(c.to_lowercase());
            }
            _ => words.push(' '),
        }
        before = c;
    }
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_are_known_by_their_words() {
        for (column, headings) in [
            (
                Column::Status,
                "Status|HTTP Status Codes|Http Code|HTTPS Status Code|HTTP状态码|HTTP响应码",
            ),
            (
                Column::Code,
                "Code|Error Code|ErrorCode|error_code|API Error Code|Return Code|错误码",
            ),
            (
                Column::Message,
                "Message|Error Msg|error_msg|Returned Message|Error Info|Prompt|Response|Error",
            ),
            (
                Column::Message,
                "Error Message (error_msg)|错误信息|错误码信息|**Message**|Message:",
            ),
            (
                Column::Description,
                "Description|Error Desc|Possible Causes|Reason|Error Code Description|错误描述|语义",
            ),
            (
                Column::Solution,
                "Solution|Handling Measures|Corrective Action|How to Fix|建议解决方法",
            ),
        ] {
            for heading in headings.split('|') {
                assert_eq!(kind_of_heading(heading), Some(column), "{heading}");
            }
        }
        for text in [
            "Remarks",
            "More Information",
            "No.",
            "Error code.",
            "Error 404 code",
            "If an error occurs, an error code is returned with its message",
        ] {
            assert_eq!(kind_of_heading(text), None, "{text}");
        }
    }
}
