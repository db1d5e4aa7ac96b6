//! What a page does not say is filled in by plain rules.

use super::rows::Row;
use crate::catalog::Action;
use crate::data::{begins_with_retry, opening};

/// How solutions begin that leave the error to somebody else.
const CONTACTING: [&str; 4] = ["contact", "submit a service ticket", "联系", "提交工单"];
/// Words of messages and descriptions of a quota that is used up.
const QUOTA: [&str; 5] = ["quota", "maximum number", "配额", "最大数量", "数量上限"];

/// The category of an imported entry: what its HTTP status is about.
pub fn category(status: u16) -> &'static str {
    match status {
        401 | 403 => "permission",
        404 => "not-found",
        409 => "conflict",
        429 => "quota",
        500.. => "server",
        _ => "request",
    }
}

/// The action of an imported entry: trying again or contacting somebody where the
/// solution begins with it, else what the words for a quota or the status suggest.
pub fn action(status: u16, row: &Row) -> Action {
    let opening = opening(&row.solution);
    let about = format!("{} {}", row.message, row.description).to_lowercase();
    if begins_with_retry(&row.solution) {
        Action::Retry
    } else if CONTACTING.iter().any(|words| opening.starts_with(words)) {
        Action::ContactSupport
    } else if QUOTA.iter().any(|words| about.contains(words)) {
        Action::ReduceUsage
    } else {
        match status {
            401 | 403 => Action::CheckPermission,
            409 => Action::ChangeState,
            429 => Action::ReduceUsage,
            500.. => Action::ContactSupport,
            _ => Action::FixRequest,
        }
    }
}
