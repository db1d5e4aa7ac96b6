//! Labels, however they are spelled, and the roles that they give to their values.

use std::collections::HashMap;
use std::sync::LazyLock;

use super::Rank::{self, Exact, Usual, Vague};
use super::Role;
use crate::catalog::CODE_LABELS;
use crate::string_escapes::unescaped;
use crate::substrings::{end_of, has_any, is_word_of, last_word};

/// Labels by the role that they give, and its rank. Labels are separated by spaces; they are in
/// lower case, without `-`, `_` and spaces of their own. `Other` is for values that must not be
/// taken for one of another role.
#[rustfmt::skip]
const LABELS: [(Role, Rank, &str); 23] = [
    (Role::Authorization, Exact, "encodedauthorizationmessage encodedauthzmessage"),
    (Role::Authorization, Usual, "encodedauthmessage encodedauthmsg"),
    (Role::Code, Exact, CODE_LABELS),
    (Role::Host, Usual, "host"),
    (Role::HttpStatus, Exact, "httpcode httperror httpresponsecode httpresponsestatus httpresponsestatuscode \
        httpstatus httpstatuscode responsestatuscode statuscode upstreamstatus http状态 http状态码 状态码 状态代码 \
        狀態碼 ステータスコード 상태코드 estadohttp códigohttp códigodeestado codigodeestado \
        códigodeestadohttp códigodestatus codigodestatus statushttp statuthttp codehttp \
        codedestatut codedétat codicedistato codicehttp кодсостояния кодответа"),
    (Role::HttpStatus, Usual, "responsecode responsestatus 响应码 响应代码 返回码 respcode rspcode códigoderespuesta codigoderespuesta \
        códigoderesposta codederéponse codicedirisposta status 状态 狀態 ステータス antwortcode \
        antwortstatus 상태 estado statut stato статус"),
    (Role::HttpStatus, Vague, "code http"),
    (Role::Message, Exact, "errmsg errormessage errormsg errormsgs 错误信息 错误消息 錯誤訊息 \
        エラーメッセージ 오류메시지 fehlermeldung fehlernachricht fehlertext mensajedeerror \
        mensagemdeerro messagederreur messaggiodierrore сообщениеобошибке"),
    (Role::Message, Usual, "message msg 消息 訊息 错误描述 返回信息 报错信息 提示信息 异常信息 错误提示 メッセージ 메시지 meldung nachricht \
        mensaje mensagem messaggio сообщение"),
    (Role::Message, Vague, "description detail details errordescription 描述 错误原因 错误详情 \
        beschreibung descripción descrição descrizione описание"),
    (Role::Method, Exact, "httpmethod requestmethod httpverb"),
    (Role::Method, Usual, "method verb 方法 请求方式 método metodo methode méthode メソッド метод"),
    (Role::Name, Exact, "field key name"),
    (Role::Name, Usual, "title"),
    (Role::Other, Exact, "body client clientrequestid xclientrequestid headers level responsebody statusdescription statuscodedescription \
        timestamp traceid"),
    (Role::Path, Usual, "path requestpath urlpath 请求路径 接口路径 接口"),
    (Role::RequestId, Exact, "requestid xrequestid upstreamhttpxrequestid 请求id 请求标识 请求编号 請求id 請求編號 要求id \
        リクエストid 요청id anfrageid anforderungsid iddesolicitud iddelasolicitud \
        identificadordesolicitud iddepetición iddelapetición iddasolicitação iddesolicitação \
        identificadordelapetición identificadordepetición identificadordelasolicitud \
        identificadordarequisição identificadordasolicitação identifiantdelarequête \
        identifiantdelademande идентификаторзапроса \
        iddarequisição idderequête iddelarequête idrequête iddelademande idrichiesta \
        iddellarichiesta idзапроса"),
    (Role::RequestId, Usual, "apigwrequestid reqid"),
    (Role::RequestId, Vague, "rid urid xrid rqid"),
    (Role::Url, Exact, "absoluteuri requesturl"),
    (Role::Url, Usual, "requesturi url httpurl posturl urlfull 请求url 请求地址 请求网址 接口地址"),
    (Role::Url, Vague, "uri full raw 地址"),
    (Role::Value, Exact, "value values intvalue stringvalue"),
];

/// Ends of longer labels, such as `x-apigw-requestid`; the first that fits counts.
#[rustfmt::skip]
const LABEL_ENDS: [(&str, Role); 12] = [
    ("clientrequestid", Role::Other), ("parentrequestid", Role::Other),
    ("previousrequestid", Role::Other), ("prevrequestid", Role::Other), ("requestid", Role::RequestId), ("statuscode", Role::HttpStatus), ("httpstatus", Role::HttpStatus),
    ("accesscontrolrequestmethod", Role::Other), ("method", Role::Method), ("errorcode", Role::Code), ("errormsg", Role::Message), ("errormessage", Role::Message),
];
/// Words before a label whose value is that of another response.
const WORDS_BEFORE_OTHER: &str = "expected parent prev previous wanted";
/// The same in Chinese, where they are parts of the label.
const CHINESE_BEFORE_OTHER: [&str; 8] =
    ["期望", "预期", "預期", "上游", "网关", "客户端", "上次", "父请求"];
/// Labels that AWS Lambda puts before the ID of a call of the function itself.
const FUNCTION_LABELS: [&str; 3] = ["START RequestId", "END RequestId", "REPORT RequestId"];
/// The most words of a label, as in `HTTP response status code`.
const MAX_WORDS_OF_LABEL: usize = 4;
/// The most bytes of a label and the marks around it.
pub(crate) const MAX_MARKUP: usize = 96;

/// What PHP writes after the name of a property that is not public: `[code:protected]`.
const VISIBILITIES: [&str; 2] = ["protected", "private"];

/// The role that a label gives its value, and its rank.
pub(crate) type LabelMeaning = (Role, Rank);

/// A name before a value.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Label {
    /// Where it starts.
    pub start: usize,
    pub role: Role,
    pub rank: Rank,
    /// Whether it is in quotes.
    pub is_quoted: bool,
}

impl Label {
    /// A label at `start` that means this, without quotes.
    pub(crate) fn new(start: usize, (role, rank): LabelMeaning) -> Self {
        Label { start, role, rank, is_quoted: false }
    }
}

/// The label before `end`; between them are only marks, such as quotes, `**` or `]`.
pub(crate) fn label_before(text: &str, end: usize) -> Option<Label> {
    // An address names no value.
    if text[end..].starts_with("://") {
        return None;
    }
    let whole = end_of(&text[..end], MAX_MARKUP);
    let is_mark = |c: char| {
        matches!(
            c,
            ' ' | '\u{3000}' | '\t' | '"' | '\'' | '`' | '\\' | '*' | ']' | ')' | '】' | '|'
        )
    };
    // A form may fill the space behind a label with dots.
    let name = if whole.ends_with("..") { whole.trim_end_matches('.') } else { whole };
    let name = without_visibility(name.trim_end_matches(is_mark)).trim_end_matches(is_mark);
    let is_quoted = whole[name.len()..].contains(['"', '\'']);
    let mut label = label(name, is_quoted).or_else(|| id_of_request(name))?;
    label.start += end - whole.len();
    Some(label)
}

/// The label at the end of a text that is the key `id` in an object of a request, as in the Elastic
/// Common Schema: `"request": {"method": "GET", "id`.
fn id_of_request(text: &str) -> Option<Label> {
    let is_mark = |c: char| c.is_whitespace() || "\"'\\:".contains(c);
    let (object, members) = text.strip_suffix("id")?.rsplit_once('{')?;
    let before = members.trim_end_matches(is_mark);
    let is_key = before.is_empty() || before.ends_with(',') && !before.contains('}');
    let before_request = object.trim_end_matches(is_mark).strip_suffix("request");
    let is_request = before_request.is_some_and(|before| !before.ends_with(is_label_char));
    (is_key && is_request).then(|| Label::new(text.len() - "id".len(), (Role::RequestId, Vague)))
}

/// The role that the label before `at` gives its value, if the value may be an error code:
/// `Role::Code`, or `Role::HttpStatus` if the label may also be that of a status (`code`).
pub(crate) fn role_of_code(text: &[u8], at: usize) -> Option<Role> {
    let markup = &text[at.saturating_sub(MAX_MARKUP)..at];
    let markup = unescaped(String::from_utf8_lossy(markup).into_owned(), b'&');
    let is_quote = |c: char| c.is_whitespace() || "\"'`\\*".contains(c);
    let label = markup.trim_end_matches(is_quote);
    let label = label.strip_suffix([':', '=', '>', '：', '|'])?;
    let label = label.strip_suffix('=').unwrap_or(label);
    let known = label_before(label, label.len())?;
    // `?code=` in an address is often something else; in the data of a form it is the error's.
    let word = label[..known.start].rsplit(char::is_whitespace).next().unwrap_or_default();
    let is_parameter = word.contains('?') && word.ends_with(['?', '&']);
    match (known.role, known.rank) {
        (Role::Code, _) => Some(Role::Code),
        (Role::HttpStatus, Vague) if !is_parameter => Some(Role::HttpStatus),
        _ => None,
    }
}

/// A name without what PHP adds to it, the class of the property and who may see it:
/// `[code:Acme\\Error:private]`, `["code":protected]`.
fn without_visibility(name: &str) -> &str {
    let mut seen = VISIBILITIES.iter();
    let Some(before) = seen.find_map(|seen| name.strip_suffix(seen)?.strip_suffix(':')) else {
        return name;
    };
    let is_class_char = |c: char| c.is_ascii_alphanumeric() || "_\\\"".contains(c);
    let outside = before.trim_end_matches(is_class_char).strip_suffix(':');
    outside.unwrap_or(before)
}

/// The label at the end of a text. A label in quotes is one word, or the whole text in the quotes.
pub(crate) fn label(text: &str, is_quoted: bool) -> Option<Label> {
    if last_letters(text).is_some_and(|end| !LAST_LETTERS[end]) {
        return None;
    }
    let mut best = None;
    let mut start = text.len();
    for words in 0..MAX_WORDS_OF_LABEL {
        let end = start;
        start = text[..end].trim_end_matches(is_label_char).len();
        // In `level=error msg=`, `error` is no part of the label, nor is the letter of an escape.
        let before = text[..start].chars().next_back();
        let is_escaped = before == Some('\\') && text[start..].starts_with(['n', 'r', 't']);
        start += usize::from(is_escaped);
        if start == end || words > 0 && matches!(before, Some('=' | ':')) {
            break;
        }
        let mut name = text[start..].to_lowercase();
        name.retain(char::is_alphanumeric);
        let is_of_function = FUNCTION_LABELS.contains(&&text[start..]);
        let of_function = is_of_function.then_some((Role::Other, Exact));
        let has_space = || text[start..].contains(' ');
        let is_one = !is_quoted || matches!(before, Some('"' | '\'')) || !has_space();
        if is_one && let Some(meaning) = of_function.or_else(|| meaning_of_name(&name, words == 0))
        {
            let label = Label::new(start, meaning);
            best = Some(Label { is_quoted, ..label });
        }
        // French joins an article to its noun.
        let follows_word = before == Some(' ') || text[..start].ends_with(" d'");
        if before != Some('.') && !follows_word {
            break;
        }
        start -= 1;
    }
    let is_of_other = |label: &Label| {
        let (before, name) = text.split_at(label.start);
        matches!(label.role, Role::HttpStatus | Role::RequestId)
            && (is_word_of(WORDS_BEFORE_OTHER, last_word(before.trim_end()))
                || !name.is_ascii() && has_any(name, &CHINESE_BEFORE_OTHER))
    };
    best.map(|it| if is_of_other(&it) { Label { role: Role::Other, ..it } } else { it })
}

/// The meaning of each label.
static MEANINGS: LazyLock<HashMap<&str, LabelMeaning>> = LazyLock::new(|| {
    let named = |(role, rank, names): &(Role, Rank, &'static str)| {
        let meaning = (*role, *rank);
        names.split(' ').map(move |name| (name, meaning))
    };
    LABELS.iter().flat_map(named).collect()
});

/// Which last letters labels have: most words have others, and need not be looked up.
static LAST_LETTERS: LazyLock<[bool; 1 << 10]> = LazyLock::new(|| {
    let mut ends = [false; 1 << 10];
    MEANINGS.keys().filter_map(|name| last_letters(name)).for_each(|end| ends[end] = true);
    ends
});

/// The last two letters or digits of a text as a number, in any case; none for other scripts.
fn last_letters(text: &str) -> Option<usize> {
    let letters = text.bytes().rev().filter(|it| it.is_ascii_alphanumeric() || !it.is_ascii());
    let number = |end, letter: u8| letter.is_ascii().then_some(end << 5 | usize::from(letter & 31));
    letters.take(2).try_fold(0, number)
}

/// The meaning of a name, or of its end: services add words of their own before `request-id`, and
/// Chinese has no spaces.
fn meaning_of_name(name: &str, is_one_word: bool) -> Option<LabelMeaning> {
    if let Some(meaning) = MEANINGS.get(name) {
        return Some(*meaning);
    }
    let mut ends = LABEL_ENDS.iter().filter(|(end, _)| is_one_word && name.ends_with(end));
    // Clients name the methods of other requests, too: `retry_method`.
    let rank = |role: &Role| if *role == Role::Method { Vague } else { Usual };
    let of_service = ends.next().map(|(_, role)| (*role, rank(role)));
    let mut starts = name.char_indices().skip(1).filter(|_| is_one_word && !name.is_ascii());
    of_service.or_else(|| {
        let (role, rank) = starts.find_map(|(start, _)| MEANINGS.get(&name[start..]))?;
        Some((*role, (*rank).max(Usual)))
    })
}

/// Whether a text is the label of a method or an address of a request.
pub(crate) fn names_part_of_request(text: &str) -> bool {
    matches!(meaning_of(text), Some((Role::Method | Role::Url | Role::Path, _)))
}

/// The meaning of a text that is a label, perhaps with marks around it, or names and a dot before
/// it.
pub(crate) fn meaning_of(text: &str) -> Option<LabelMeaning> {
    if text.len() > MAX_MARKUP {
        return None;
    }
    let text = text.trim_matches(|c: char| !c.is_alphanumeric());
    let found = label(text, false)?;
    let is_whole = found.start == 0 || text[..found.start].ends_with('.');
    is_whole.then_some((found.role, found.rank))
}

pub(crate) fn is_label_char(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '_' | '-')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn role(text: &str) -> Option<(usize, Role)> {
        label_before(text, text.len()).map(|label| (label.start, label.role))
    }

    #[test]
    fn each_label_has_one_meaning() {
        let labels = || LABELS.iter().flat_map(|(.., names)| names.split(' '));
        let distinct: std::collections::HashSet<_> = labels().collect();
        assert_eq!(distinct.len(), labels().count());
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
            ("http.status_code", (0, Role::HttpStatus)),
            ("\"http.request.id\"", (6, Role::RequestId)),
            ("failed. Status", (8, Role::HttpStatus)),
            ("Código de estado", (0, Role::HttpStatus)),
            ("  Code d'erreur", (2, Role::Code)),
            ("Код ошибки", (0, Role::Code)),
            ("Anfrage-ID", (0, Role::RequestId)),
        ] {
            assert_eq!(role(text), Some(known), "{text}");
        }
        for text in ["", "x", "statuses", "my code names", &"é".repeat(99)] {
            assert_eq!(role(text), None, "{text}");
        }
    }
}
