//! How often each code was met.

use std::cmp::Reverse;

use orgerr::{Entry, Finding};
use serde::Serialize;

use super::Fit::{Number, Prose, Word};
use super::finding::{name, solution};
use super::slots::{ANNOTATION, LINE, ROW, ROW_CARD, TABLE, TITLE};
use super::{Field, Record, named_status, status};

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
        candidates: finding.candidates.iter().map(|entry| entry.code()).collect(),
        status: finding.entry().map(Entry::status).or(finding.first.http_status),
        solution: finding.entry().map(Entry::solution),
        finding,
        max: max.unwrap_or(1),
    };
    let mut counts: Vec<_> = findings.iter().map(count).collect();
    counts.sort_by_key(|code| Reverse(code.count));
    counts
}

impl Record for CodeCount<'_> {
    const TSV_KEYS: &'static str = "count code candidates status solution";

    fn fields(&self) -> Vec<Field<'_>> {
        let bar = "█".repeat((self.count * MAX_BAR / self.max).max(1));
        let count = format!("{} {bar}", self.count);
        let mut fix = solution(self.finding);
        if fix.is_empty() {
            fix = vec!["Not documented.".into()];
        }
        vec![
            Field::new("Count", Number, TABLE, [self.count.to_string()]),
            Field::new("", Word, TABLE, [bar]),
            Field::new("Code", Word, TABLE | TITLE, [name(self.finding)]),
            Field::new("Status", Number, TABLE, self.status.map(status)),
            Field::new("Status", Word, TITLE, self.status.map(named_status)),
            Field::new("Count", Word, ROW_CARD | LINE, [count]),
            Field::new("Fix", Prose, ROW | ANNOTATION, fix),
        ]
    }

    fn finding(&self) -> Option<&Finding<'_>> {
        Some(self.finding)
    }
}
