//! What a page does not say is filled in by plain rules.

use super::rows::Row;
use crate::catalog::Action;
use crate::data::{begins_with_retry, opening};

/// How solutions begin that leave the error to somebody else.
const CONTACTING: [&str; 4] = ["contact", "submit a service ticket", "联系", "提交工单"];
/// Words of messages and descriptions of a quota that is used up.
const QUOTA: [&str; 5] = ["quota", "maximum number", "配额", "最大数量", "数量上限"];

/// The category and the action of an imported entry: what its HTTP status is about. The
/// action is trying again or contacting somebody where the solution begins with it, and
/// using less where the texts name a quota.
pub fn category_and_action(status: u16, row: &Row) -> (&'static str, Action) {
    let (category, action) = match status {
        401 | 403 => ("permission", Action::CheckPermission),
        404 => ("not-found", Action::FixRequest),
        409 => ("conflict", Action::ChangeState),
        429 => ("quota", Action::ReduceUsage),
        500.. => ("server", Action::ContactSupport),
        _ => ("request", Action::FixRequest),
    };
    let opening = opening(&row.solution);
    let about = format!("{} {}", row.message, row.description).to_lowercase();
    let action = if begins_with_retry(&row.solution) {
        Action::Retry
    } else if CONTACTING.iter().any(|words| opening.starts_with(words)) {
        Action::ContactSupport
    } else if QUOTA.iter().any(|words| about.contains(words)) {
        Action::ReduceUsage
    } else {
        action
    };
    (category, action)
}
