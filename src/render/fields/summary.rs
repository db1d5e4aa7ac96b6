//! `explain --summary`: a row a finding, the most frequent first.

use std::cmp::Reverse;

use orgerr::{Entry, Finding};
use serde::Serialize;

use super::Fit::{Number, Prose, Word};
use super::finding_fields::{code_or_candidates, fix_texts};
use super::slots::{ANNOTATION, LINE, ROW, ROW_CARD, TABLE, TITLE};
use super::{Field, Record, Text, named_status, status_text};

/// Width of the longest bar on the screen.
const MAX_BAR: usize = 10;

/// A row of the summary: a code, or the candidates for it; how often it was met; the fix.
#[derive(Serialize)]
pub(crate) struct SummaryRow<'a> {
    count: usize,
    code: Option<&'a str>,
    /// The codes that may be meant, where the client left the code out.
    candidates: Vec<&'a str>,
    status: Option<u16>,
    /// The fix for the cause that the first message names, else that of the entry, or those of the
    /// candidates that are shown.
    solution: Option<String>,
    #[serde(skip)]
    finding: &'a Finding<'a>,
    /// The count of the most frequent code.
    #[serde(skip)]
    max_count: usize,
}

/// A row for each of the findings, the most frequent first.
pub(crate) fn summary<'a>(findings: &[&'a Finding<'a>]) -> Vec<SummaryRow<'a>> {
    let max_count = findings.iter().map(|finding| finding.count).max().unwrap_or(1);
    let row = |finding: &&'a Finding<'a>| SummaryRow {
        count: finding.count,
        code: finding.code.as_deref(),
        candidates: finding.candidates.iter().map(|entry| entry.code()).collect(),
        status: finding.entry().map(Entry::status).or(finding.first.http_status),
        solution: solution(finding),
        finding,
        max_count,
    };
    let mut rows: Vec<_> = findings.iter().map(row).collect();
    rows.sort_by_key(|row| Reverse(row.count));
    rows
}

/// The fix, or the fixes of the candidates that are shown, as one text.
fn solution(finding: &Finding) -> Option<String> {
    let fixes: Vec<_> = fix_texts(finding).iter().map(Text::unstyled).collect();
    (!fixes.is_empty()).then(|| fixes.join(" "))
}

impl Record for SummaryRow<'_> {
    const TSV_KEYS: &'static str = "count code candidates status solution";

    fn fields(&self) -> Vec<Field<'_>> {
        let bar = "█".repeat((self.count * MAX_BAR / self.max_count).max(1));
        let count_and_bar = format!("{} {bar}", self.count);
        let seen = match self.count {
            1 => "Seen once.".to_owned(),
            count => format!("Seen {count} times."),
        };
        let mut fix = fix_texts(self.finding);
        if fix.is_empty() {
            fix = vec!["Not documented.".into()];
        }
        // In a table the bar has a column of its own.
        vec![
            Field::new("Count", Number, TABLE, [self.count.to_string()]),
            Field::new("", Word, TABLE, [bar]),
            Field::new("Code", Word, TABLE | TITLE, [code_or_candidates(self.finding)]),
            Field::new("Status", Number, TABLE, self.status.map(status_text)),
            Field::new("Status", Word, TITLE, self.status.map(named_status)),
            Field::new("Count", Word, ROW_CARD | LINE, [count_and_bar]),
            Field::new("Count", Word, ANNOTATION, [seen]),
            Field::new("Fix", Prose, ROW | ANNOTATION, fix),
        ]
    }

    fn finding(&self) -> Option<&Finding<'_>> {
        Some(self.finding)
    }
}
