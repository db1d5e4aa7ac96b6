//! How Chinese, Japanese and Korean sentences state a status: `返回了409`. No space separates their
//! words from digits or Latin letters.

use super::{is_error_code, is_id_char};
use crate::data::words::is_ideograph;
use crate::substrings::split_while;

/// Words for `is` between a name and its value.
pub(super) const IS: &str = "是 为 為 は 는 은";
/// Particles that may stand between a word before a status and the number: `返回了409`.
const PARTICLES: &str = "了 个 個 的 一 会";
/// Words before a status.
const BEFORE_STATUS: &str = "返回 返回码 报错 報錯 回應 状态码 狀態碼 响应码 状态代码 响应代码 ステータスコード \
    レスポンスコード 코드";
/// Words before a number that is a status only if the catalog documents it for the code.
const BEFORE_POSSIBLE: &str = "报 報 一直 变成 出现 实际 收到 得到 遇到 看到 仍 又 次 响应 響應 回应 状态 \
    ステータス";
/// Words for `is` before such a number. No other word may stand before them than one of
/// `BEFORE_LINKS`.
const LINKS: &str = "是 为 都 が 가 이";
const BEFORE_LINKS: &str =
    "也 还 就 仍 又 都 一直 现在 结果 接口 错误 这里 HTTP http 응답 오류 エラー";
/// Words right before a number that is no status.
const BEFORE_OTHER: &str = "第 端口 退出码 ポート";
/// Words that deny a status: before one of the words above (`预期返回404`), or right before the number.
/// They do not count if an error code follows the number.
const DENIALS: &str =
    "预期 期望 期待 預期 期待値 希望 正确 应该 应当 應該 应 没有 没 不 不再 文档说 想定 예상";
/// Words for an earlier or possible status. A code may also follow such a status behind a comma.
const EARLIER: &str = "之前 以前 原来 上次 昨天 本来 如果 可能 이전";
/// Words that end like one of `DENIALS` or `BEFORE_POSSIBLE`, and mean something else.
const LOOKALIKES: &str =
    "不正确 没有响应 没响应 对应 反应 相应 供应 上报 日报 汇报 举报 预报 申报 情报 周报";
/// Words that end like the denial `应` before a status, and deny nothing.
const NO_DENIALS: &str = "响应 回应 响應 対応";
/// Units that make the number right before them an amount. The only words that may follow a unit
/// are those of `AMOUNTS_OF`.
const UNITS: &str =
    "条 條 个 個 件 秒 毫秒 分钟 次 行 名 万 人 天 页 以上 左右 건 개 초 円 字节 字符";
const AMOUNTS_OF: &str = "的 记录 数据 结果 历史 账号 错误 策略 用户";

/// What the words before a number say about it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Introduced {
    Status,
    PossibleStatus,
    /// The number is no status, or not that of the error.
    Denied,
}

/// What Chinese, Japanese or Korean words at the end of `before` say about the number between
/// `before` and `after`.
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
    let is_plain = !ends_with_any(rest, LOOKALIKES) && !ends_with_any(rest, NO_DENIALS);
    let is_denied = is_plain
        && (ends_with_any(rest, DENIALS) && !starts_with_code(after)
            || ends_with_any(rest, EARLIER) && !starts_with_code_of_clause(after));
    if is_denied || ends_with_any(word, BEFORE_OTHER) { Some(Introduced::Denied) } else { kind }
}

/// Whether an error code stands right behind a number: ` Organizations.1305`,
/// `（Organizations.1305`.
fn starts_with_code(after: &str) -> bool {
    let text = after.trim_start_matches([' ', '(', '（', '`']);
    is_error_code(split_while(text, is_id_char).0)
}

/// The same, perhaps behind a comma and a label: `，错误码：Organizations.1305`.
fn starts_with_code_of_clause(after: &str) -> bool {
    let text = after.trim_start_matches([' ', ',', '，']);
    let text = word_behind(text, "错误码 錯誤碼 error_code code").unwrap_or(text);
    let text = text.trim_start_matches([' ', ':', '：', '=']);
    starts_with_code(word_behind(text, IS).unwrap_or(text))
}

/// Whether a number behind a word for `is` may be a status: no name of another thing stands before
/// that word, as in `配额是400`.
fn may_be_linked(before: &str) -> bool {
    let before = before.trim_end_matches(' ');
    !before.ends_with(char::is_alphanumeric) || ends_with_any(before, BEFORE_LINKS)
}

/// Whether a text starts with a unit that makes the number before it an amount: `条记录`, `毫秒`.
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

/// A text without the particles and words for `is` at its end.
fn without_particles(text: &str) -> &str {
    let mut text = text;
    while let Some(before) = word_before(text, IS).or_else(|| word_before(text, PARTICLES)) {
        text = before.trim_end_matches(' ');
    }
    text
}

/// The text before the one of `words` that it ends with.
fn word_before<'t>(text: &'t str, words: &str) -> Option<&'t str> {
    words.split(' ').find_map(|it| text.strip_suffix(it))
}

/// The text behind the one of `words` that it starts with.
pub(super) fn word_behind<'t>(text: &'t str, words: &str) -> Option<&'t str> {
    words.split(' ').find_map(|it| text.strip_prefix(it))
}

pub(super) fn ends_with_any(text: &str, words: &str) -> bool {
    word_before(text, words).is_some()
}
