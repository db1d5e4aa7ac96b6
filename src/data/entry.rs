//! What the catalog says about an error code: its entry, the action that resolves the error, and
//! whether the solution begins with a retry.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::{CatalogList, CatalogText, Cause, Check};

/// What the catalog says of one error code.
///
/// Code, status, message, description and solution are the words of the service's
/// documentation, verbatim; the rest is the catalog's own. Serialised, the fields are
/// the keys of the JSON, in this order.
///
/// ```
/// let entry = orgerr::Catalog::embedded().get("Organizations.1305").unwrap();
/// assert_eq!((entry.status(), entry.category()), (400, "account"));
/// let json = serde_json::to_value(entry).unwrap();
/// assert_eq!(json["action"], "reduce-usage");
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Entry {
    pub(crate) code: CatalogText,
    pub(crate) service: CatalogText,
    pub(crate) status: u16,
    pub(crate) message: CatalogText,
    pub(crate) description: CatalogText,
    pub(crate) solution: CatalogText,
    pub(crate) category: CatalogText,
    pub(crate) action: Action,
    pub(crate) retryable: bool,
    pub(crate) check: CatalogList<Check>,
    pub(crate) causes: CatalogList<Cause>,
    pub(crate) wordings: CatalogList<CatalogText>,
    pub(crate) documented: bool,
    pub(crate) note: Option<CatalogText>,
    pub(crate) url: Option<CatalogText>,
    /// Not in the JSON.
    #[serde(skip)]
    pub(crate) returned_by: CatalogList<CatalogText>,
}

getters! { Entry:
    /// The full code, e.g. `Organizations.1305`.
    pub code(self) -> &str = &self.code;

    /// The service that the code starts with, e.g. `Organizations`.
    pub service(self) -> &str = &self.service;

    /// The part of the code after the service and the dot: digits or a word, e.g. `NoSuchKey`.
    pub(crate) number(self) -> &str = self.code.get(self.service.len() + 1..).unwrap_or_default();

    /// The HTTP status of a response with this code, 100 to 599.
    pub status(self) -> u16 = self.status;

    /// The message of the response; `{0}` stands for a value filled in by the service.
    pub message(self) -> &str = &self.message;

    /// What went wrong.
    pub description(self) -> &str = &self.description;

    /// The suggested fix.
    pub solution(self) -> &str = &self.solution;

    /// The block of codes that the entry belongs to, e.g. `account`.
    pub category(self) -> &str = &self.category;

    /// Who or what resolves the error.
    pub action(self) -> Action = self.action;

    /// Whether the first sentence of the documented solution asks to try again, at once or after
    /// a while.
    pub retryable(self) -> bool = self.retryable;

    /// Read-only calls that show the state behind the error, the most informative first. Empty if
    /// nothing can be checked.
    pub check(self) -> &[Check] = &self.check;

    /// Details that a received message may add to the documented one, e.g. `decrypt token fail`,
    /// each with the fix for that cause.
    pub causes(self) -> &[Cause] = &self.causes;

    /// Other documented messages of the code.
    pub wordings(self) -> impl ExactSizeIterator<Item = &str> =
        self.wordings.iter().map(AsRef::as_ref);

    /// Whether the service's documentation lists the code. If not, the code is known only from
    /// public source code.
    pub documented(self) -> bool = self.documented;

    /// A remark, if the documentation contradicts itself, misleads, or says less than is known.
    pub note(self) -> Option<&str> = self.note.as_deref();

    /// The address of the service's documentation page, where it has one.
    pub url(self) -> Option<&str> = self.url.as_deref();

    /// The operations that can return the error. Empty if any operation of the service can.
    pub returned_by(self) -> impl ExactSizeIterator<Item = &str> =
        self.returned_by.iter().map(AsRef::as_ref);

    /// The texts that a search looks through, in the order of the index's `FIELDS`.
    pub(crate) searched_texts(self) -> [&str; 4] =
        [&self.message, &self.description, &self.solution, &self.category];
}

impl Entry {
    /// Fills the value of a parameter into the commands of the checks.
    pub(crate) fn fill_checks(&mut self, parameter: &str, value: &str) {
        for check in self.check.to_mut() {
            check.fill(parameter, value);
        }
    }
}

/// Who or what resolves an error. Exactly one per entry, read from its solution.
///
/// ```
/// use orgerr::{Action, Catalog};
///
/// let entry = Catalog::embedded().get("Organizations.1305").unwrap();
/// assert_eq!(entry.action(), Action::ReduceUsage);
/// assert_eq!(entry.action().to_string(), "reduce-usage");
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[cfg_attr(test, schemars(description = "Who or what resolves the error."))]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Action {
    /// Send the same request again later.
    Retry,
    /// Send a corrected request.
    FixRequest,
    /// Call from another account, or have a permission granted.
    CheckPermission,
    /// Bring a resource or an account into another state first.
    ChangeState,
    /// Delete something, or do less of it: a quota is used up.
    ReduceUsage,
    /// Only the provider or an administrator can resolve it.
    ContactSupport,
}

impl Action {
    /// Every action, in the order in which help texts list them.
    ///
    /// ```
    /// let names = orgerr::Action::ALL.iter().map(|action| action.name());
    /// assert!(names.take(3).eq(["retry", "fix-request", "check-permission"]));
    /// ```
    pub const ALL: &[Action] = &[
        Action::Retry,
        Action::FixRequest,
        Action::CheckPermission,
        Action::ChangeState,
        Action::ReduceUsage,
        Action::ContactSupport,
    ];

    /// The name in catalogs, filters and JSON, e.g. `fix-request`.
    ///
    /// ```
    /// assert_eq!(orgerr::Action::FixRequest.name(), "fix-request");
    /// ```
    pub const fn name(self) -> &'static str {
        match self {
            Action::Retry => "retry",
            Action::FixRequest => "fix-request",
            Action::CheckPermission => "check-permission",
            Action::ChangeState => "change-state",
            Action::ReduceUsage => "reduce-usage",
            Action::ContactSupport => "contact-support",
        }
    }

    /// What the action asks of the caller, in a few words.
    ///
    /// ```
    /// assert_eq!(orgerr::Action::FixRequest.meaning(), "send a corrected request");
    /// ```
    pub const fn meaning(self) -> &'static str {
        match self {
            Action::Retry => "send the same request again later",
            Action::FixRequest => "send a corrected request",
            Action::CheckPermission => "call from another account or get a permission",
            Action::ChangeState => "bring a resource or an account into another state",
            Action::ReduceUsage => "delete something or do less: a quota is used up",
            Action::ContactSupport => "only the provider or an administrator can help",
        }
    }
}

impl fmt::Display for Action {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

/// Words that ask to send the same request again.
const TRYING_AGAIN: [&str; 4] = ["try again", "retry", "重试", "再试"];
/// Words that mean the opposite right before a word of `TRYING_AGAIN`: `do not retry`.
const NEGATIONS: [&str; 5] = ["not", "never", "n't", "不要", "请勿"];
/// Words that ask to wait first.
const WAITING: [&str; 5] = ["wait", "later", "稍后", "稍候", "等待"];

/// Whether the first sentence of a solution asks to try again, at once or after a while. If it
/// does, the entry is [`retryable`](Entry::retryable).
pub(crate) fn begins_with_retry(solution: &str) -> bool {
    let sentence = first_sentence(solution);
    // `retryable` does not begin with the word `retry`. Only ASCII letters continue a word, because
    // Chinese has no spaces between words.
    let is_end_of_word = |rest: &str| !rest.starts_with(|c: char| c.is_ascii_alphabetic());
    let begins_with = |known: &[&str]| {
        known.iter().filter_map(|words| sentence.strip_prefix(words)).any(is_end_of_word)
    };
    // `do not retry` advises against a retry. A `not` elsewhere in the sentence does not.
    let is_not_negated = |words: &&str| {
        let before = sentence.split_once(*words).map(|(before, _)| before.trim_end());
        before.is_some_and(|before| !NEGATIONS.iter().any(|negation| before.ends_with(negation)))
    };
    let asks_later = || TRYING_AGAIN.iter().any(is_not_negated);
    begins_with(&TRYING_AGAIN) || begins_with(&WAITING) && asks_later()
}

/// The first sentence of a solution in lower case, without the number of a list and without
/// a `please`: `try again later` for `1. Please try again later.`
pub(crate) fn first_sentence(solution: &str) -> String {
    let is_mark =
        |c: char| c.is_whitespace() || c.is_ascii_digit() || "-*•·.,:()、，：（）".contains(c);
    let lower = solution.to_lowercase();
    let mut rest = lower.trim_start_matches(is_mark);
    while let Some(after) =
        ["please", "kindly", "请"].iter().find_map(|polite| rest.strip_prefix(polite))
    {
        rest = after.trim_start_matches(is_mark);
    }
    let is_end = |c: char| !c.is_ascii_alphanumeric() && ".;。；\n".contains(c);
    rest.split(is_end).next().unwrap_or_default().to_owned()
}

/// The indexes of the entries, sorted by the lower-case form of what `text` takes from
/// each.
pub(crate) fn indexes_by(entries: &[Entry], text: impl Fn(&Entry) -> &str) -> Vec<usize> {
    let lower = |entry| text(entry).to_ascii_lowercase();
    let mut sorted: Vec<_> = entries.iter().map(lower).zip(0..).collect();
    // A stable sort is fast if the catalog lists its entries in this order already.
    sorted.sort();
    sorted.into_iter().map(|(_, index)| index).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_solution_begins_with_trying_again_politely_or_after_a_while_too() {
        for solution in [
            "Try again later. If it goes on, contact the administrator.",
            "Please try again later.",
            "Retry the request.",
            "1. Please, retry later.",
            "请稍后重试。",
            "请重试",
            "重试，请勿重复提交。",
            "Try again later, or contact support if the problem cannot be resolved.",
            "Wait until the job is not running, then retry.",
            "Wait a few minutes and try again.",
        ] {
            assert!(begins_with_retry(solution), "{solution}");
        }
        for solution in [
            "",
            "Retrieve the token again.",
            "Wait, do not retry.",
            "Don't try again: wait for the administrator.",
            "Retryable errors only.",
            "Check the name, then try again.",
            "Contact technical support, then try again.",
            "Wait for the next period, or have the quota raised.",
            "Wait until the account is there. Then try again.",
            "请联系管理员，不要重试。",
        ] {
            assert!(!begins_with_retry(solution), "{solution}");
        }
    }
}
