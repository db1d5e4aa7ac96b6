//! Decides what a column is about, by the words of its heading.

use crate::data::words::{is_ideograph, words};

/// The most characters and words of a heading; longer texts are prose.
const MAX_HEADING_LENGTH: usize = 40;
const MAX_HEADING_WORDS: usize = 6;
pub(super) const COLONS: [char; 2] = [':', '：'];

/// What a column is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Column {
    Status,
    Code,
    Message,
    Description,
    Solution,
}

/// The words of headings, by what their columns are about. The most specific come first:
/// `error code description` is a description, and `more information` is none of the columns.
const HEADING_WORDS: [(Option<Column>, &str); 6] = [
    (None, "additional more other related 其他 更多 备注"),
    (
        Some(Column::Solution),
        "solution measure handling troubleshooting suggestion action procedure fix remedy resolution \
         remediation workaround rectification recommendation countermeasure mitigation \
         maßnahme maßnahmen lösung abhilfe behebung tun oplossing solución acción remedio \
         resolución corregir resolver solução ação correção corrigir fazer remède résoudre faire \
         résolution soluzione azione rimedio решение устранение устранения исправить делать действие \
         действия рекомендация рекомендации rozwiązanie çözüm 对策 排查 措施 建议 办法 方案 处理 解决 建議 辦法 處理 \
         解決 対処 対応 対策 処置 해결 조치 대처",
    ),
    (
        Some(Column::Description),
        "description desc cause reason meaning means explanation detail semantics condition definition interpretation bedeutung \
         beschreibung ursache omschrijving beschrijving oorzaak descripción causa motivo significado descrição \
         raison signification explication descrizione significato описание причина причины значение \
         opis przyczyna açıklama 描述 说明 原因 含义 释义 触发条件 错误详情 解释 解析 语义 說明 含義 解釋 説明 内容 意味 詳細 설명 원인 의미",
    ),
    (
        Some(Column::Message),
        "message msg errmsg information info prompt text meldung meldungstext fehlermeldung fehlertext \
         bezeichnung libellé melding foutmelding bericht foutbericht mensaje \
         mensagem messaggio сообщение текст komunikat mesaj mesajı 信息 消息 提示 訊息 メッセージ 메시지",
    ),
    (
        Some(Column::Status),
        "status http https estado statut stato статус durum 状态 狀態 ステータス 상태",
    ),
    (
        Some(Column::Code),
        "code errorcode errcode fehlercode foutcode código codigo codice код kod kodu 码 碼 コード 코드",
    ),
];
/// Headings that are known only as a whole: none of the words above is in them.
const WHOLE_HEADINGS: [(Column, &str); 4] = [
    (Column::Code, "error number|error no|error id|error identifier|fehlernummer"),
    (Column::Message, "response|error|error name"),
    (
        Column::Description,
        "when|when it occurs|when it happens|occurs when|returned when|why|what happened|problem|diagnosis",
    ),
    (
        Column::Solution,
        "how to resolve|how to handle|how to handle it|what to do|what should i do|next step|next steps|\
         hint|hints|tip|tips|advice|user response|operator response|programmer response|\
         administrator response",
    ),
];

/// Whether a text ends in a mark such as `.` or `,`, as a sentence or a part of one does but a
/// title does not.
pub(super) fn is_sentence(text: &str) -> bool {
    let text = text.trim_end_matches(['"', '”', ')', '）']);
    text.ends_with(['.', '。', ';', '；', '!', '！', ',', '，']) || text.ends_with(COLONS)
}

/// Whether a line is a heading of a page in Markdown or `AsciiDoc`.
pub(super) fn is_heading_of_page(line: &str) -> bool {
    let heading = line.trim_start_matches(['#', '=']);
    heading.len() < line.len() && heading.starts_with(' ')
}

/// Whether a text could be the heading of some column: short, without digits, and not a sentence.
pub(super) fn looks_like_heading(text: &str) -> bool {
    !text.is_empty()
        && text.chars().nth(MAX_HEADING_LENGTH).is_none()
        && text.split_whitespace().count() <= MAX_HEADING_WORDS
        && (!is_sentence(text.trim_end_matches(COLONS)) || is_number_of_error(text))
        && !text.contains(|c: char| c.is_ascii_digit())
}

/// Whether a text ends with the abbreviation `no.` and not with a sentence: `Error no.`.
fn is_number_of_error(text: &str) -> bool {
    let words = text.split(' ').count();
    words < 3 && text.to_lowercase().ends_with("no.")
}

/// What the column under a heading is about, if that is known.
pub(super) fn kind_of_heading(text: &str) -> Option<Column> {
    kind(&normalized(text))
}

/// Same as [`kind_of_heading`], for a heading that is normalized already.
pub(super) fn kind(name: &str) -> Option<Column> {
    let is = |word: &str, known: &str| word == known || word.strip_suffix('s') == Some(known);
    let has = |known: &str| {
        // Some scripts have no spaces between words.
        let is_part = known.chars().all(is_ideograph) && name.contains(known);
        name.split(' ').any(|word| is(word, known)) || is_part
    };
    let found = HEADING_WORDS.iter().find(|(_, known)| known.split(' ').any(has));
    let column = found.map_or_else(|| whole_heading(name), |(column, _)| *column)?;
    // A `reason code` is a code.
    let is_code = column != Column::Status && name.ends_with(" code");
    Some(if is_code { Column::Code } else { column })
}

/// What the column is about if the normalized heading is one of `WHOLE_HEADINGS`.
pub(super) fn whole_heading(name: &str) -> Option<Column> {
    let mut known = WHOLE_HEADINGS.iter();
    let (column, _) = known.find(|(_, known)| known.split('|').any(|known| known == name))?;
    Some(*column)
}

/// A heading in lower-case words, up to the first bracket: `error code` for `ErrorCode`,
/// `error_code` and `Error Code (errorCode)`. Empty if the text is not a heading.
pub(super) fn normalized(text: &str) -> String {
    let text = text.trim_matches(|c: char| c.is_whitespace() || "*#:：".contains(c));
    let mut name = String::new();
    if !looks_like_heading(text) {
        return name;
    }
    for (word, ..) in words(text.split(['(', '（', '[']).next().unwrap_or_default()) {
        if !(word.starts_with(is_ideograph) && name.ends_with(is_ideograph)) {
            name.push(' ');
        }
        name += &word;
    }
    name.trim_start().to_owned()
}
