//! Findings: what an error in the input means, and where it was seen.

use orgerr::{Entry, Finding, MatchedBy};

use super::entry::{checks, fix, note};
use super::{named_status, one, plain, status_text};
use crate::render::github::Annotation;
use crate::render::record::places::{ANNOTATION, CARD, LINE, TICKET, TITLE};
use crate::render::record::{Field, Fit, Record};
use crate::render::style::Style;
use crate::render::text::Text;

/// How standard input is called as a source.
const STDIN: &str = "-";

impl Record for Finding<'_> {
    const KEYS: &'static [&'static str] = &[
        "code",
        "known",
        "matched_by",
        "count",
        "first.source",
        "first.line",
        "first.http_status",
        "first.request_id",
        "first.message",
        "first.args",
        "status_differs",
        "suggestions",
        "entry.status",
        "entry.description",
        "entry.solution",
        "entry.category",
        "entry.action",
        "entry.retryable",
        "entry.check.command",
        "entry.note",
        "entry.url",
    ];

    fn annotation(&self) -> Annotation<'_> {
        Annotation {
            is_warning: self.entry.is_some_and(Entry::retryable),
            place: place(self),
        }
    }

    /// What the catalog says of it, then what the input says.
    fn fields() -> Vec<Field<Self>> {
        vec![
            Field::new("Code", Fit::Word, TITLE, code),
            Field::new("Status", Fit::Word, TITLE, documented_status),
            Field::new("Meaning", Fit::Text, CARD | TICKET | LINE, |finding| {
                plain(finding.entry.map_or("", |entry| entry.description()))
            }),
            Field::new(
                "Fix",
                Fit::Text,
                CARD | TICKET | LINE | ANNOTATION,
                |finding| finding.entry.map(fix).unwrap_or_default(),
            ),
            Field::new(
                "Near codes",
                Fit::Below,
                CARD | TICKET | LINE | ANNOTATION,
                near_codes,
            ),
            Field::new("Check", Fit::Below, CARD | TICKET, |finding| {
                finding.entry.map(checks).unwrap_or_default()
            }),
            Field::new("Note", Fit::Below, CARD | TICKET | LINE, |finding| {
                finding.entry.map(note).unwrap_or_default()
            }),
            Field::new("Message", Fit::Text, CARD | TICKET, |finding| {
                plain(finding.first.message.as_deref().unwrap_or_default())
            }),
            Field::new("Argument", Fit::Text, CARD, |finding| {
                finding
                    .first
                    .args
                    .iter()
                    .map(|arg| Text::plain(&**arg))
                    .collect()
            }),
            Field::new(
                "Received",
                Fit::Below,
                CARD | TICKET | LINE,
                received_status,
            ),
            Field::new("Seen", Fit::Text, CARD | TICKET | LINE, |finding| {
                plain(seen(finding))
            }),
            Field::new("Request ID", Fit::Word, CARD | TICKET | LINE, |finding| {
                plain(finding.first.request_id.as_deref().unwrap_or_default())
            }),
        ]
    }
}

/// Its place in the input, if that is a file.
fn place<'a>(finding: &'a Finding) -> Option<(&'a str, u64)> {
    let first = &finding.first;
    (first.source != STDIN).then_some((&*first.source, first.line))
}

fn code<'a>(finding: &'a Finding) -> Vec<Text<'a>> {
    let page = finding.entry.and_then(|entry| entry.url());
    one(Text::styled(Style::Code, &*finding.code).linked_to(page))
}

fn documented_status<'a>(finding: &'a Finding) -> Vec<Text<'a>> {
    match finding.entry {
        Some(entry) => named_status(entry.status()),
        None => plain("not documented"),
    }
}

/// What may be meant by a code that is not documented.
fn near_codes<'a>(finding: &'a Finding) -> Vec<Text<'a>> {
    let near = finding.suggestions.iter().enumerate();
    let text = near.fold(Text::default(), |text, (number, code)| {
        let between = if number > 0 { ", " } else { "" };
        text.and(Style::Plain, between).and(Style::Code, *code)
    });
    one(text)
}

/// The HTTP status of the input, where it is not the documented one.
fn received_status<'a>(finding: &'a Finding) -> Vec<Text<'a>> {
    let status = finding.first.http_status.filter(|_| finding.status_differs);
    let differs = |status| {
        let differs = format!("{}, not the documented status", status_text(status));
        Text::styled(Style::of_status(status), differs)
    };
    status.map(differs).into_iter().collect()
}

/// How often and where, e.g. `3 times, first at app.log:17`.
fn seen(finding: &Finding) -> String {
    let source = match &*finding.first.source {
        STDIN => "<stdin>",
        file => file,
    };
    let place = format!("{source}:{}", finding.first.line);
    let recognised = match finding.matched_by {
        MatchedBy::Code => "",
        MatchedBy::Message => "; recognised by its message",
    };
    match finding.count {
        1 => format!("once, at {place}{recognised}"),
        count => format!("{count} times, first at {place}{recognised}"),
    }
}
