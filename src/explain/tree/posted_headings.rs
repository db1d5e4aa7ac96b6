//! Headings and introductions in posts: the part of an exchange that they name.

use std::collections::HashMap;
use std::sync::LazyLock;

use self::Shown::{NameOfHeaders, NameOfOther, NameOfRequest, NameOfResponse};
use crate::substrings::words;

/// Words of a heading that name what was expected or works, the request, the headers of the response,
/// or the response. The first that a heading has counts.
const HEADINGS: [(Shown, &str); 4] = [
    (
        NameOfOther,
        "expect expected expecting should works worked working succeeds succeeded passes passed wanted \
        desired docs documentation documented \
        期望 预期 期待 正常 예상 기대 erwartet esperado attendu ожидалось ожидаемый",
    ),
    (
        NameOfRequest,
        "request payload 请求 anfrage requête requete solicitud petición requisição запрос リクエスト 요청",
    ),
    (NameOfHeaders, "header headers 响应头 返回头"),
    (
        NameOfResponse,
        "response actual instead got 响应 返回 实际 実際 실제 antwort tatsächlich réponse reponse obtenu \
        respuesta resposta obtenido ответ ответа фактически фактический レスポンス 応答 응답",
    ),
];
/// With these a heading that names what works is about what does not, or no longer.
const DENIALS: &str = "no not nothing never but got now until 不 非 nicht";
/// Words of a heading, and of an introduction, which ends in a colon.
const MAX_WORDS: usize = 5;
const MAX_WORDS_OF_INTRODUCTION: usize = 16;

/// What a line shows of an exchange, or which part a heading names.
#[derive(Clone, Copy, PartialEq)]
pub enum Shown {
    Request,
    /// The status of a response that failed.
    Response,
    /// The ID in the head of a response, and one that a sentence below the body says.
    RequestId,
    IdInSentence,
    /// The status of a response to a request that succeeded.
    Success,
    Body,
    NameOfRequest,
    NameOfHeaders,
    NameOfResponse,
    NameOfOther,
}

/// What a line names that is a heading or an introduction.
pub fn names_in_heading(line: &str, may_be_heading: bool) -> Option<Shown> {
    let line = line.split("</").next()?;
    // Behind a label stands its value.
    let words = words(line.split(": ").next()?);
    let is_introduction = ends_in_colon(line);
    let max = if is_introduction { MAX_WORDS_OF_INTRODUCTION } else { MAX_WORDS };
    if line.ends_with('?')
        || !is_introduction && !may_be_heading
        || words.clone().nth(max).is_some()
    {
        return None;
    }
    let mut found = Vec::new();
    for (number, word) in words.enumerate() {
        // Further on in an introduction what works is said by the way.
        let counts = |it: &Option<Shown>| *it != Some(NameOfOther) || number < MAX_WORDS;
        found.extend(lists_with(&word.to_lowercase()).into_iter().filter(counts));
    }
    let is_denied = found.contains(&None);
    let is_named =
        |named: &Shown| found.contains(&Some(*named)) && (*named != NameOfOther || !is_denied);
    HEADINGS.iter().map(|(named, _)| *named).find(is_named)
}

/// The words of all lists, each with what those that have it name; none for denials.
static LISTS: LazyLock<HashMap<&str, Vec<Option<Shown>>>> = LazyLock::new(|| {
    let mut lists = HashMap::new();
    let named = HEADINGS.iter().map(|(named, words)| (Some(*named), *words));
    for (named, words) in named.chain([(None, DENIALS)]) {
        for word in words.split(' ').filter(|word| !word.is_empty()) {
            lists.entry(word).or_insert_with(Vec::new).push(named);
        }
    }
    lists
});

/// The names of the lists that have a word, in small letters. Chinese has no spaces: a part of it
/// counts.
fn lists_with(word: &str) -> Vec<Option<Shown>> {
    if word.is_ascii() {
        return LISTS.get(word).cloned().unwrap_or_default();
    }
    let parts = LISTS.iter().filter(|(known, _)| word.contains(**known));
    parts.flat_map(|(_, named)| named).copied().collect()
}

pub fn ends_in_colon(line: &str) -> bool {
    line.trim_end().ends_with([':', '：'])
}
