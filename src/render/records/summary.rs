//! How often each code was met.

use orgerr::{Entry, Finding};
use serde::Serialize;

use super::entry::page;
use super::finding::{name, solution};
use super::{named_status, one, plain, status};
use crate::render::record::places::{ANNOTATION, LINE, NARROW, TABLE, TITLE};
use crate::render::record::{Annotation, Field, Fit, Record};
use crate::render::style::Style;
use crate::render::text::Text;

/// Columns of the longest bar.
const MAX_BAR: usize = 10;

/// A code, how often it was met, and what to do about it.
#[derive(Serialize)]
pub struct CodeCount<'a> {
    count: usize,
    code: Option<&'a str>,
    /// The codes that it can be, where the client left it out.
    candidates: Vec<&'a str>,
    status: Option<u16>,
    solution: Option<&'a str>,
    #[serde(skip)]
    finding: &'a Finding<'a>,
    /// The count of the most frequent code.
    #[serde(skip)]
    max: usize,
}

/// The findings with the most frequent first.
pub fn summary<'a>(findings: &[&'a Finding<'a>]) -> Vec<CodeCount<'a>> {
    let max = findings.iter().map(|finding| finding.count).max();
    let count = |finding: &&'a Finding<'a>| CodeCount {
        count: finding.count,
        code: finding.code.as_deref(),
        candidates: finding
            .candidates
            .iter()
            .map(|entry| entry.code())
            .collect(),
        status: finding
            .entry()
            .map(Entry::status)
            .or(finding.first.http_status),
        solution: finding.entry().map(Entry::solution),
        finding,
        max: max.unwrap_or(0),
    };
    let mut counts: Vec<_> = findings.iter().map(count).collect();
    counts.sort_by_key(|code| std::cmp::Reverse(code.count));
    counts
}

impl Record for CodeCount<'_> {
    const KEYS: &'static str = "count code candidates status solution";

    fn fields() -> Vec<Field<Self>> {
        vec![
            Field::new("Count", Fit::Number, TABLE, |code| {
                plain(code.count.to_string())
            }),
            Field::new("", Fit::Word, TABLE, |code| plain(bar(code))),
            Field::new("Code", Fit::Word, TABLE | TITLE, |code| {
                let page = code.finding.entry().and_then(page);
                one(Text::styled(Style::Code, name(code.finding)).linked_to(page))
            }),
            Field::new("Status", Fit::Number, TABLE, |code| {
                code.status.map(status).unwrap_or_default()
            }),
            Field::new("Status", Fit::Word, TITLE, |code| {
                code.status.map(named_status).unwrap_or_default()
            }),
            Field::new("Count", Fit::Word, NARROW | LINE, |code| {
                plain(format!("{} {}", code.count, bar(code)))
            }),
            Field::new(
                "Fix",
                Fit::Text,
                TABLE | NARROW | LINE | ANNOTATION,
                |code| {
                    let fix = solution(code.finding);
                    if fix.is_empty() {
                        plain("Not documented.")
                    } else {
                        fix
                    }
                },
            ),
        ]
    }

    fn annotation(&self) -> Annotation<'_> {
        self.finding.annotation()
    }
}

/// A bar as long as the count is large, and never none.
fn bar(code: &CodeCount) -> String {
    "█".repeat((code.count * MAX_BAR / code.max.max(1)).max(1))
}
