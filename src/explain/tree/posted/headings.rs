//! Reads headings and introductions in posts: which part of an exchange they name.

use self::Shown::{NameOfHeaders, NameOfOther, NameOfRequest, NameOfResponse};
use crate::substrings::{has_word, is_word_of, words};

/// Words by which a heading names what was expected or works, the request, the headers of the
/// response, or the response. The first row with a word of the heading counts.
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
    (NameOfHeaders, "header headers 响应头 返回头 响应标头"),
    (
        NameOfResponse,
        "response actual instead got 响应 返回 实际 実際 실제 antwort tatsächlich réponse reponse obtenu \
        respuesta resposta obtenido ответ ответа фактически фактический レスポンス 応答 응답",
    ),
];
/// Words that turn a heading about what works into one about what does not, or no longer.
const DENIALS: &str = "no not nothing never but got now until 不 非 nicht";
/// The most words of a heading, and of an introduction, which ends in a colon.
const MAX_WORDS: usize = 5;
const MAX_WORDS_OF_INTRODUCTION: usize = 16;

/// What a line shows of an exchange, or which part a heading names.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum Shown {
    Request,
    /// The status of a response that failed, or the error code in its body.
    Response,
    /// The request ID in the head of a response, and a request ID in a sentence below the body.
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

/// What a line names, if the line is a heading or an introduction.
pub(super) fn names_in_heading(line: &str, may_be_heading: bool) -> Option<Shown> {
    let line = line.split("</").next()?;
    // What stands behind `: ` is a value.
    let words = words(line.split(": ").next()?);
    let is_introduction = ends_in_colon(line);
    let max = if is_introduction { MAX_WORDS_OF_INTRODUCTION } else { MAX_WORDS };
    if line.ends_with('?')
        || !is_introduction && !may_be_heading
        || words.clone().nth(max).is_some()
    {
        return None;
    }
    let words: Vec<_> = words.map(str::to_lowercase).collect();
    let has_one = |known: &str, max| words.iter().take(max).any(|word| is_among(known, word));
    let is_named = |(named, known): &&(Shown, &str)| match named {
        // Further on in an introduction, a word about what works is said in passing.
        NameOfOther => has_one(known, MAX_WORDS) && !has_one(DENIALS, words.len()),
        _ => has_one(known, words.len()),
    };
    HEADINGS.iter().find(is_named).map(|(named, _)| *named)
}

/// Whether a word in small letters is among the known words. Chinese has no spaces: a known word
/// within it counts, too.
fn is_among(known: &str, word: &str) -> bool {
    is_word_of(known, word) || !word.is_ascii() && has_word(word, known)
}

pub(super) fn ends_in_colon(line: &str) -> bool {
    line.trim_end().ends_with([':', '：'])
}
