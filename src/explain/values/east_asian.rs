//! How Chinese, Japanese and Korean sentences state a status or a request ID: `返回了409`,
//! `请求ID是7f3c…`. No space separates their words from digits or Latin letters.

use super::labels::label;
use super::unlabelled::has_unlabelled_status;
use super::unlabelled_id::leading_id;
use super::{Field, Rank, Role, has_error_code, is_error_code, is_id_char, starts_at};
use crate::data::words::is_ideograph;
use crate::substrings::{end_of, place_in, split_while};

/// Words for `is` between a name and its value.
const IS: &str = "是 为 為 は 는 은";
/// Particles that may stand between a word before a status and the number: `返回了409`.
const PARTICLES: &str = "了 个 個 的 一 会";
/// Words before a status.
const BEFORE_STATUS: &str = "返回 返回码 报错 報錯 回應 状态码 狀態碼 响应码 状态代码 响应代码 ステータスコード \
    レスポンスコード 코드";
/// Words before a number that is a status only if the catalog documents it for the code.
const BEFORE_POSSIBLE: &str = "报 報 一直 变成 出现 实际 收到 得到 遇到 看到 仍 又 次 响应 響應 回应 状态 \
    ステータス";
/// Words for `is` before such a number, where nothing but one of these says what it is.
const LINKS: &str = "是 为 都 が 가 이";
const BEFORE_LINKS: &str =
    "也 还 就 仍 又 都 一直 现在 结果 接口 错误 这里 HTTP http 응답 오류 エラー";
/// Words right before a number that is no status.
const BEFORE_OTHER: &str = "第 端口 退出码 ポート";
/// Words that deny a status unless its code stands right behind it: before a word that introduces
/// one, or right before the number: `预期返回404`.
const DENIALS: &str =
    "预期 期望 期待 預期 期待値 希望 正确 应该 应当 應該 应 没有 没 不 不再 文档说 想定 예상";
/// Words for an earlier or possible status, which may have its code behind a comma, too.
const EARLIER: &str = "之前 以前 原来 上次 昨天 本来 如果 可能 이전";
/// Words that end like one of these or of `BEFORE_POSSIBLE`, and mean something else.
const LOOKALIKES: &str =
    "不正确 没有响应 没响应 对应 反应 相应 供应 上报 日报 汇报 举报 预报 申报 情报 周报";
/// And those that end like `应`, before a status.
const RESPONSES: &str = "响应 回应 响應 対応";
/// What makes the number right before it an amount, if no word goes on behind it but one of the
/// others.
const UNITS: &str =
    "条 條 个 個 件 秒 毫秒 分钟 次 行 名 万 人 天 页 以上 左右 건 개 초 円 字节 字符";
const AMOUNTS_OF: &str = "的 记录 数据 结果 历史 账号 错误 策略 用户";
/// Words in or before a name that say that the ID is another request's.
const OTHER_REQUESTS: &str =
    "之前 另一 其它 下一 客户端 上次 上一 上游 前一 前回 父 其他 重试的 跟踪 链路 成功 正常";
/// Words that say that a request succeeded or failed, and those that deny either.
const SUCCESS: &str = "成功 正常 好了 通过 完成 没问题 可以了 没报错 没有报错 성공 200 201 202 204";
const FAILURE: &str = "失败 失敗 报错 報錯 出错 错误 異常 异常 拒绝 无法 실패 오류 エラー";
/// What stands behind such a word that names no failure: `错误数`.
const NO_FAILURE: &str = "数 码 日志 信息";
const NEGATIONS: &str = "没有 没 未 不 非 无";
/// Bytes of a sentence before a value that are looked at.
const MAX_BEFORE: usize = 96;
/// What ends a clause, and a sentence.
const CLAUSE_ENDS: [char; 6] = ['，', '。', '；', ';', ',', '\n'];
const SENTENCE_ENDS: [char; 4] = ['。', '；', ';', '\n'];

/// What the words before a number say of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Introduced {
    Status,
    PossibleStatus,
    /// It is no status, or not that of the error.
    Denied,
}

/// What words of an East Asian language at the end of a text say of the number behind it, which
/// stands before `after`.
pub(super) fn introduced(before: &str, after: &str) -> Option<Introduced> {
    let is_mark = |c: char| " \u{3000}:：=\"'([<（【「“".contains(c);
    let text = before.trim_end_matches(is_mark);
    if !text.ends_with(is_ideograph) {
        return None;
    }
    let word = without_particles(text);
    let is_lookalike = ends_with_any(word, LOOKALIKES);
    let of_link = || word_before(text, LINKS).filter(|rest| may_be_linked(rest));
    let (rest, kind) = if let Some(rest) = word_before(word, BEFORE_STATUS) {
        (rest, Some(Introduced::Status))
    } else if is_lookalike {
        return None;
    } else if let Some(rest) = word_before(word, BEFORE_POSSIBLE).or_else(of_link) {
        (rest, Some(Introduced::PossibleStatus))
    } else {
        (word, None)
    };
    let rest = without_particles(rest.trim_end_matches(is_mark));
    let is_plain = !ends_with_any(rest, LOOKALIKES) && !ends_with_any(rest, RESPONSES);
    let is_denied = is_plain
        && (ends_with_any(rest, DENIALS) && !starts_with_code(after)
            || ends_with_any(rest, EARLIER) && !starts_with_code_of_clause(after));
    if is_denied || ends_with_any(word, BEFORE_OTHER) { Some(Introduced::Denied) } else { kind }
}

/// Whether an error code stands right behind a number: ` Organizations.1305`, `（Organizations.1305`.
fn starts_with_code(after: &str) -> bool {
    let text = after.trim_start_matches([' ', '(', '（', '`']);
    is_error_code(split_while(text, is_id_char).0)
}

/// The same behind a comma and a label: `，错误码：Organizations.1305`.
fn starts_with_code_of_clause(after: &str) -> bool {
    let text = after.trim_start_matches([' ', ',', '，']);
    let text = word_behind(text, "错误码 錯誤碼 error_code code").unwrap_or(text);
    let text = text.trim_start_matches([' ', ':', '：', '=']);
    starts_with_code(word_behind(text, IS).unwrap_or(text))
}

/// Whether a number behind a word for `is` may be a status: before that stands no name of another
/// thing, as in `配额是400`.
fn may_be_linked(before: &str) -> bool {
    let before = before.trim_end_matches(' ');
    !before.ends_with(char::is_alphanumeric) || ends_with_any(before, BEFORE_LINKS)
}

/// Whether a text starts with what makes the number before it an amount: `条记录`, `毫秒`.
pub(super) fn starts_with_unit(after: &str) -> bool {
    let text = after.trim_start_matches(' ');
    // Most numbers stand before other things.
    if !text.starts_with(is_ideograph) {
        return false;
    }
    let mut units = UNITS.split(' ').filter_map(|unit| text.strip_prefix(unit));
    units.any(|rest| {
        !rest.starts_with(char::is_alphanumeric) || word_behind(rest, AMOUNTS_OF).is_some()
    })
}

/// The request ID after its name, whose `ID` starts at `at`: `请求ID 7f3c9a1e…`, `请求ID是7f3c9a1e…`,
/// `请求ID（7f3c9a1e…）`, `ID是7f3c9a1e…的请求`. None where the name or the sentence says that it is
/// another request's, or that the request succeeded.
pub(super) fn id_after_name(text: &str, at: usize) -> Option<Field> {
    let before = &text[..at];
    let after = starts_at(text, at, "id").then(|| &text[at + "id".len()..])?;
    let is_named = before.trim_end_matches(' ').ends_with(is_ideograph);
    if !is_named && word_behind(after.trim_start(), IS).is_none() {
        return None;
    }
    let is_mark = |c: char| c.is_whitespace() || "（(「“\"`".contains(c);
    let id = id_after_is(after).or_else(|| leading_id(after.trim_start_matches(is_mark)))?;
    let behind = &after[place_in(after, id).end..];
    let near = end_of(before, MAX_BEFORE).len() + "id".len();
    let near = &text[at + "id".len() - near..at + "id".len()];
    let name = label(near, false).filter(|it| it.role == Role::RequestId && is_named);
    let name = name.map(|it| place_in(text, near).start + it.start);
    let is_of_request = || behind.starts_with("的请求") && !before.ends_with(char::is_alphanumeric);
    let start = name.or_else(|| is_of_request().then_some(at))?;
    let field = Field::new(Role::RequestId, Rank::Said, place_in(text, id));
    (!is_of_other(before, behind)).then_some(Field { start, ..field })
}

/// The request ID behind a word for `is`.
pub(super) fn id_after_is(after: &str) -> Option<&str> {
    let after = after.trim_start();
    let value = word_behind(after, IS)?;
    leading_id(value.trim_start())
}

/// Whether the sentence around a request ID says that it is another request's, or that the request
/// succeeded: in or before its name, if no failure is told since, or behind it.
pub(super) fn is_of_other(before: &str, behind: &str) -> bool {
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
    has_word(clause, OTHER_REQUESTS) && !is_negated()
        || since_success.is_some_and(|since| !says_failure(since))
        || behind.split(CLAUSE_ENDS).next().and_then(success_in).is_some()
}

/// Where the last word ends in a text that says that a request succeeded.
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

/// A text without the particles and words for `is` at its end.
fn without_particles(text: &str) -> &str {
    let mut text = text;
    while let Some(before) = word_before(text, IS).or_else(|| word_before(text, PARTICLES)) {
        text = before.trim_end_matches(' ');
    }
    text
}

/// What stands before one of some words at the end of a text.
fn word_before<'t>(text: &'t str, words: &str) -> Option<&'t str> {
    words.split(' ').find_map(|it| text.strip_suffix(it))
}

/// What stands behind one of some words at the start of a text.
fn word_behind<'t>(text: &'t str, words: &str) -> Option<&'t str> {
    words.split(' ').find_map(|it| text.strip_prefix(it))
}

fn has_word(text: &str, words: &str) -> bool {
    words.split(' ').any(|it| text.contains(it))
}

fn ends_with_any(text: &str, words: &str) -> bool {
    word_before(text, words).is_some()
}
