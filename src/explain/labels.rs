//! The names of values, and what they mean, however they are spelled.

use super::values::{Role, can_be, is_error_code, is_id};

/// The labels in lower case without `-`, `_` and spaces, in order; and 0 for one that says
/// exactly this, more for one that may mean another thing.
const LABELS: [(&str, Role, u8); 72] = [
    ("apigwrequestid", Role::RequestId, 1),
    ("body", Role::Other, 0),
    ("code", Role::HttpStatus, 2),
    ("description", Role::Message, 2),
    ("detail", Role::Message, 2),
    ("details", Role::Message, 2),
    ("encodedauthmessage", Role::Authorization, 1),
    ("encodedauthmsg", Role::Authorization, 1),
    ("encodedauthorizationmessage", Role::Authorization, 0),
    ("encodedauthzmessage", Role::Authorization, 0),
    ("errcode", Role::Code, 0),
    ("errmsg", Role::Message, 0),
    ("errorcode", Role::Code, 0),
    ("errordescription", Role::Message, 2),
    ("errormessage", Role::Message, 0),
    ("errormsg", Role::Message, 0),
    ("errormsgs", Role::Message, 0),
    ("field", Role::Name, 0),
    ("headers", Role::Other, 0),
    ("host", Role::Host, 1),
    ("httpcode", Role::HttpStatus, 0),
    ("httpmethod", Role::Method, 0),
    ("httpresponsecode", Role::HttpStatus, 0),
    ("httpresponsestatus", Role::HttpStatus, 0),
    ("httpresponsestatuscode", Role::HttpStatus, 0),
    ("httpstatus", Role::HttpStatus, 0),
    ("httpstatuscode", Role::HttpStatus, 0),
    ("http状态", Role::HttpStatus, 0),
    ("http状态码", Role::HttpStatus, 0),
    ("key", Role::Name, 0),
    ("level", Role::Other, 0),
    ("message", Role::Message, 1),
    ("method", Role::Method, 1),
    ("msg", Role::Message, 1),
    ("name", Role::Name, 0),
    ("reqid", Role::RequestId, 1),
    ("requestid", Role::RequestId, 0),
    ("requestmethod", Role::Method, 0),
    ("requesturi", Role::Url, 1),
    ("requesturl", Role::Url, 0),
    ("responsebody", Role::Other, 0),
    ("responsecode", Role::HttpStatus, 1),
    ("responsestatus", Role::HttpStatus, 1),
    ("responsestatuscode", Role::HttpStatus, 0),
    ("rid", Role::RequestId, 2),
    ("status", Role::HttpStatus, 1),
    ("statuscode", Role::HttpStatus, 0),
    ("timestamp", Role::Other, 0),
    ("title", Role::Name, 1),
    ("traceid", Role::Other, 0),
    ("uri", Role::Url, 2),
    ("url", Role::Url, 1),
    ("value", Role::Value, 0),
    ("values", Role::Value, 0),
    ("xrequestid", Role::RequestId, 0),
    ("描述", Role::Message, 2),
    ("消息", Role::Message, 1),
    ("状态", Role::HttpStatus, 1),
    ("状态码", Role::HttpStatus, 0),
    ("请求id", Role::RequestId, 0),
    ("请求url", Role::Url, 1),
    ("请求地址", Role::Url, 1),
    ("请求方法", Role::Method, 1),
    ("请求标识", Role::RequestId, 0),
    ("请求编号", Role::RequestId, 0),
    ("错误信息", Role::Message, 0),
    ("错误原因", Role::Message, 2),
    ("错误描述", Role::Message, 1),
    ("错误消息", Role::Message, 0),
    ("错误码", Role::Code, 0),
    ("错误编码", Role::Code, 0),
    ("错误详情", Role::Message, 2),
];

/// Words that a label has at most, as in `HTTP response status code`.
const MAX_WORDS: usize = 4;
/// Bytes that a label and the marks around it have at most.
pub const MAX_MARKUP: usize = 96;
/// Bytes of the longest label without its marks.
const MAX_NAME: usize = 32;

/// What stands before a value.
#[derive(Debug, Clone, Copy)]
pub struct Label {
    /// Where it starts.
    pub start: usize,
    pub role: Role,
    /// 0 where it says exactly this, more where it may mean another thing.
    pub rank: u8,
    /// Whether it is in quotes.
    pub is_quoted: bool,
}

/// The label that ends at `end` with all its marks: quotes, `**`, `]`.
pub fn label_before(text: &str, end: usize) -> Option<Label> {
    let bytes = &text.as_bytes()[..end];
    let reach = &bytes[end.saturating_sub(MAX_MARKUP)..];
    let marks = reach
        .iter()
        .rev()
        .take_while(|byte| b" \t\"'`\\*])|".contains(byte))
        .count();
    let name_end = end - marks;
    // Most separators stand behind a digit or nothing.
    let last = bytes[..name_end].last()?;
    if !(last.is_ascii_alphabetic() || last.is_ascii_digit() && marks > 0 || *last >= 0x80) {
        return None;
    }
    let mut from = end.saturating_sub(MAX_MARKUP).min(name_end);
    while !text.is_char_boundary(from) {
        from += 1;
    }
    let is_quoted = bytes[name_end..].iter().any(|byte| b"\"'".contains(byte));
    let mut label = label(&text[from..name_end], is_quoted)?;
    label.start += from;
    Some(label)
}

/// The label at the end of a text. One in quotes is one word.
pub fn label(text: &str, is_quoted: bool) -> Option<Label> {
    let mut best = None;
    // The name is put together from its end.
    let mut name = [0; MAX_NAME];
    let mut name_start = MAX_NAME;
    let mut start = text.len();
    for words in 0..MAX_WORDS {
        let end = start;
        let letters = text[..end].char_indices().rev();
        for (at, c) in letters.take_while(|(_, c)| is_of_label(*c)) {
            start = at;
            if matches!(c, '-' | '_') {
                continue;
            }
            name_start = match name_start.checked_sub(c.len_utf8()) {
                Some(start) => start,
                None => return best,
            };
            c.to_ascii_lowercase().encode_utf8(&mut name[name_start..]);
        }
        // `error` is none of the label in `level=error msg=`.
        let before = text.as_bytes()[..start].last();
        if start == end || words > 0 && matches!(before, Some(b'=' | b':')) {
            break;
        }
        let known = std::str::from_utf8(&name[name_start..]).ok();
        let known =
            known.and_then(|name| meaning(name).or_else(|| meaning_of_end(name, words == 0)));
        if let Some((role, rank)) = known {
            best = Some(Label {
                start,
                role,
                rank,
                is_quoted,
            });
        }
        if is_quoted || before != Some(&b' ') {
            break;
        }
        start -= 1;
    }
    best
}

/// What a name means, and with which rank.
pub fn meaning(name: &str) -> Option<(Role, u8)> {
    let first = usize::from(*name.as_bytes().first()?);
    let (from, to) = (STARTS[first], STARTS[first + 1]);
    let mut alike = LABELS[from..to].iter();
    let known = alike.find(|(label, ..)| label.len() == name.len() && *label == name)?;
    Some((known.1, known.2))
}

/// Where the labels start whose first byte is not before each.
const STARTS: [usize; 257] = {
    let mut starts = [0; 257];
    let mut byte = 0;
    let mut label = 0;
    while byte < 257 {
        while label < LABELS.len() && (LABELS[label].0.as_bytes()[0] as usize) < byte {
            label += 1;
        }
        starts[byte] = label;
        byte += 1;
    }
    starts
};

/// What a name means by its end: services add words of their own before `request-id`, and
/// Chinese has no spaces.
fn meaning_of_end(name: &str, is_one_word: bool) -> Option<(Role, u8)> {
    if is_one_word && name.len() > 9 && name.ends_with("requestid") {
        return Some((Role::RequestId, 1));
    }
    if name.is_ascii() {
        return None;
    }
    let chinese = LABELS.iter().filter(|(label, ..)| !label.is_ascii());
    let known = chinese.filter(|(label, ..)| name.ends_with(label));
    let longest = known.max_by_key(|(label, ..)| label.len())?;
    Some((longest.1, longest.2 + 1))
}

/// What a whole text means as a label, whatever its marks.
pub fn meaning_of(text: &str) -> Option<(Role, u8)> {
    if text.len() > MAX_MARKUP {
        return None;
    }
    let text = text.trim_matches(|c: char| !c.is_alphanumeric());
    let found = label(text, false)?;
    (found.start == 0).then_some((found.role, found.rank))
}

/// Where the label of an error code may end: `code`, `Code` or `CODE`.
pub fn may_label_code(text: &[u8]) -> bool {
    text.windows(3).any(|end| end == b"ode" || end == b"ODE")
        || memchr::memmem::find(text, "码".as_bytes()).is_some()
}

/// Whether a line says no more than a value and perhaps its label: `status: 400`, a status,
/// a request ID, an error code. And so a line that goes on with others like it.
pub fn is_lone(line: &str) -> bool {
    let line = line.trim();
    let marked = |c: char| matches!(c, '-' | '*' | '`' | '"' | '\'' | ' ' | '{' | '>');
    let text = line.trim_start_matches(marked);
    let end = text
        .bytes()
        .take(MAX_MARKUP)
        .position(|byte| byte == b':' || byte == b'=');
    if let Some(end) = end {
        let label = label_before(text, end);
        if label.is_some_and(|label| text[..label.start].trim_matches(marked).is_empty()) {
            return true;
        }
    }
    is_bare(text)
}

/// Whether a text is a status, a request ID or an error code, and nothing else.
pub fn is_bare(text: &str) -> bool {
    let text = text.trim_matches(['"', '\'', '`', ',', ' ']);
    let is_status = text.len() == 3 && can_be(Role::HttpStatus, text);
    is_status
        || is_error_code(text)
        || (text.len() >= 16 && text.chars().all(is_id) && can_be(Role::RequestId, text))
}

pub fn is_of_label(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, '_' | '-') || (!c.is_ascii() && c.is_alphanumeric())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn role(text: &str) -> Option<(usize, Role)> {
        label_before(text, text.len()).map(|label| (label.start, label.role))
    }

    #[test]
    fn the_labels_are_in_order() {
        assert!(LABELS.is_sorted_by(|a, b| a.0 < b.0));
        assert!(LABELS.iter().all(|(label, ..)| label.len() <= MAX_NAME));
    }

    #[test]
    fn labels_are_known_however_they_are_spelled() {
        for (text, known) in [
            ("X-Request-Id", (0, Role::RequestId)),
            ("a HTTP status code ", (2, Role::HttpStatus)),
            ("\\\"errorMsg\\\"", (2, Role::Message)),
            ("**Error code", (2, Role::Code)),
            ("- **Status**", (4, Role::HttpStatus)),
            ("[\"request_id\"]", (2, Role::RequestId)),
            ("level=error msg", (12, Role::Message)),
            ("x-sdk-request-id", (0, Role::RequestId)),
            ("接口返回错误码", (0, Role::Code)),
            ("http.status_code", (5, Role::HttpStatus)),
        ] {
            assert_eq!(role(text), Some(known), "{text}");
        }
        for text in ["", "x", "statuses", "my code names", &"é".repeat(99)] {
            assert_eq!(role(text), None, "{text}");
        }
    }

    #[test]
    fn a_lone_line_says_one_value() {
        for line in [
            "status: 400",
            "- **Request ID**: `7f3c9a1e5b2d4086`",
            "400",
            "7f3c9a1e-5b2d-4086-a1c7-e9f0b3d5a7c1",
            "Organizations.1305",
        ] {
            assert!(is_lone(line), "{line}");
        }
        for line in [
            "failed: x",
            "GET /health status=200",
            "quota exceeded.",
            "12",
        ] {
            assert!(!is_lone(line), "{line}");
        }
    }
}
