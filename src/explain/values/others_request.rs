//! Whether a sentence of Chinese, Japanese or Korean says that a request ID belongs to another
//! request than the failed one.

use super::east_asian::{ends_with_any, word_behind};
use super::has_error_code;
use super::unlabelled_status::has_unlabelled_status;
use crate::substrings::{end_of, has_word};

/// Words in or before a name that say that the ID is another request's.
const OTHER_REQUESTS: &str =
    "之前 另一 其它 下一 客户端 上次 上一 上游 前一 前回 父 其他 重试的 跟踪 链路 成功 正常";
/// Words that say that a request succeeded or failed, and words that deny that.
const SUCCESS: &str = "成功 正常 好了 通过 完成 没问题 可以了 没报错 没有报错 성공 200 201 202 204";
const FAILURE: &str = "失败 失敗 报错 報錯 出错 错误 異常 异常 拒绝 无法 실패 오류 エラー";
/// What may follow a word for a failure, so that it names no failure: `错误数`.
const NO_FAILURE: &str = "数 码 日志 信息";
const NEGATIONS: &str = "没有 没 未 不 非 无";
/// The most bytes of a sentence before a value that are read.
const MAX_BEFORE: usize = 96;
/// What ends a clause, and a sentence.
const CLAUSE_ENDS: [char; 6] = ['，', '。', '；', ';', ',', '\n'];
const SENTENCE_ENDS: [char; 4] = ['。', '；', ';', '\n'];

/// Whether a request ID may be that of the failed request: the sentence around the ID says neither
/// that it is another request's, nor that the request succeeded. A success before the ID does not
/// count if a failure stands between them.
pub(super) fn may_be_of_failed_request(before: &str, behind: &str) -> bool {
    let near = end_of(before, MAX_BEFORE);
    let sentence = near.rsplit(SENTENCE_ENDS).next().unwrap_or_default();
    let clause = sentence.rsplit(CLAUSE_ENDS).next().unwrap_or_default();
    let since_success = success_in(sentence).map(|end| &sentence[end..]);
    let says_failure = |text: &str| {
        let found = FAILURE.split(' ').flat_map(|it| text.match_indices(it));
        let mut failures = found.filter(|(at, word)| {
            !ends_with_any(&text[..*at], NEGATIONS)
                && word_behind(&text[at + word.len()..], NO_FAILURE).is_none()
        });
        failures.next().is_some() || has_error_code(text) || has_unlabelled_status(text)
    };
    let is_negated = || has_word(clause, NEGATIONS);
    let is_of_other = has_word(clause, OTHER_REQUESTS) && !is_negated()
        || since_success.is_some_and(|since| !says_failure(since))
        || behind.split(CLAUSE_ENDS).next().and_then(success_in).is_some();
    !is_of_other
}

/// Where the last word ends that says that a request succeeded.
fn success_in(text: &str) -> Option<usize> {
    let found = SUCCESS.split(' ').flat_map(|it| text.match_indices(it));
    let ends = found.filter_map(|(at, word)| {
        let (before, after) = (&text[..at], &text[at + word.len()..]);
        let is_part = word.is_ascii()
            && (before.ends_with(|c: char| c.is_ascii_alphanumeric() || c == '-')
                || after.starts_with(|c: char| c.is_ascii_alphanumeric()));
        (!is_part && !ends_with_any(before, NEGATIONS)).then_some(at + word.len())
    });
    ends.max()
}
