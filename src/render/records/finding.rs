//! Findings: what an error in the input means, and where it was seen.

use std::borrow::Cow;

use orgerr::{Action, Entry, Finding, MatchedBy, Request};

use super::entry::{self, checks, fix, note};
use super::{one, plain, status_text};
use crate::render::record::places::{ANNOTATION, CARD, LINE, TICKET, TITLE};
use crate::render::record::{Annotation, Field, Fit, Record};
use crate::render::style::Style;
use crate::render::text::Text;

/// Where what matters most of a finding stands.
const EVERYWHERE: u16 = CARD | TICKET | LINE;

/// What the service wrote is too long for a command, and not to be trusted in one.
const DECODE: &str = "hcloud STS DecodeAuthorizationMessage --encoded_message=ENCODED_MESSAGE";

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
        "first.request.method",
        "first.request.url",
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
            is_warning: self.entry().is_some_and(Entry::retryable),
            place: place(self),
        }
    }

    /// What the catalog says of it, then what the input says.
    fn fields() -> Vec<Field<Self>> {
        vec![
            Field::new("Code", Fit::Word, TITLE, code),
            Field::new("Status", Fit::Word, TITLE, documented_status),
            Field::new("Meaning", Fit::Text, EVERYWHERE, meaning),
            Field::new("Fix", Fit::Text, EVERYWHERE | ANNOTATION, solution),
            Field::new(
                "Near codes",
                Fit::Below,
                EVERYWHERE | ANNOTATION,
                near_codes,
            ),
            Field::new("Check", Fit::Below, CARD | TICKET, |f| of_entry(f, checks)),
            Field::new("Note", Fit::Below, EVERYWHERE, |f| of_entry(f, note)),
            Field::new("Message", Fit::Text, CARD | TICKET, |f| {
                given(f.first.message.as_ref())
            }),
            Field::new("Argument", Fit::Text, CARD, |f| args(f, false)),
            Field::new("Permission", Fit::Text, CARD, |f| args(f, true)),
            Field::new("Decode", Fit::Below, CARD, decode),
            Field::new("Received", Fit::Below, EVERYWHERE, received_status),
            Field::new("Request", Fit::Text, CARD, request),
            Field::new("Seen", Fit::Text, EVERYWHERE, |f| plain(seen(f))),
            Field::new("Request ID", Fit::Word, EVERYWHERE, |f| {
                given(f.first.request_id.as_ref())
            }),
        ]
    }
}

/// What the input may say.
fn given(text: Option<&String>) -> Vec<Text<'_>> {
    text.map(|text| Text::plain(&**text)).into_iter().collect()
}

/// What the catalog says of it, if anything.
fn of_entry<'a>(finding: &'a Finding, get: fn(&'a Entry) -> Vec<Text<'a>>) -> Vec<Text<'a>> {
    finding.entry().map(get).unwrap_or_default()
}

fn meaning<'a>(finding: &'a Finding) -> Vec<Text<'a>> {
    of_entry(finding, |entry| plain(entry.description()))
}

fn solution<'a>(finding: &'a Finding) -> Vec<Text<'a>> {
    of_entry(finding, fix)
}

/// Its place in the input, if that is a file.
fn place<'a>(finding: &'a Finding) -> Option<(&'a str, u64)> {
    let first = &finding.first;
    (first.source != STDIN).then_some((&*first.source, first.line))
}

fn code<'a>(finding: &'a Finding) -> Vec<Text<'a>> {
    let page = finding.entry().and_then(|entry| entry.url());
    one(Text::styled(Style::Code, name(finding)).linked_to(page))
}

/// The code, or those that it may be.
pub fn name<'a>(finding: &'a Finding) -> Cow<'a, str> {
    match &finding.code {
        Some(code) => Cow::Borrowed(code),
        None if finding.candidates.is_empty() => Cow::Borrowed("unknown"),
        None => Cow::Owned(finding.candidates.join(" or ")),
    }
}

fn documented_status<'a>(finding: &'a Finding) -> Vec<Text<'a>> {
    match finding.entry() {
        Some(entry) => entry::documented_status(entry),
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

/// The arguments of the message: permissions to ask for, or others.
fn args<'a>(finding: &'a Finding, as_permissions: bool) -> Vec<Text<'a>> {
    let action = finding.entry().map(Entry::action);
    let are_permissions = action == Some(Action::CheckPermission);
    let args = finding.first.args.iter();
    let args = args.filter(|_| are_permissions == as_permissions);
    args.map(|arg| Text::plain(&**arg)).collect()
}

/// The command that decodes what the service wrote about a refused permission.
fn decode<'a>(finding: &'a Finding) -> Vec<Text<'a>> {
    let message = finding.first.encoded_authorization_message.iter();
    message
        .map(|_| Text::styled(Style::Command, DECODE))
        .collect()
}

fn request<'a>(finding: &'a Finding) -> Vec<Text<'a>> {
    let request = finding.first.request.iter();
    let text = |request: &'a Request| Text::plain(format!("{} {}", request.method, request.url));
    request.map(text).collect()
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
        MatchedBy::Sentence => "; the client left out the code",
    };
    match finding.count {
        1 => format!("once, at {place}{recognised}"),
        count => format!("{count} times, first at {place}{recognised}"),
    }
}
