//! Findings: what an error in the input means, and where it was seen.

use std::borrow::Cow;

use orgerr::{Action, Entry, Finding, MatchedBy, Request, Resource};

use super::entry::{self, checks, fix, note};
use super::{named_status, one, plain, status_text};
use crate::render::record::places::{ANNOTATION, CARD, LINE, TICKET, TITLE};
use crate::render::record::{Annotation, Field, Fit, Record};
use crate::render::style::Style;
use crate::render::text::Text;
use crate::source::{STDIN, source_name};

/// Where what matters most of a finding stands.
const EVERYWHERE: u16 = CARD | TICKET | LINE;

/// Codes that are shown of those that were left out.
const MAX_CANDIDATES: usize = 3;

impl Record for Finding<'_> {
    const KEYS: &'static str = "code known matched_by count first.source first.line \
        first.http_status first.request_id first.message first.args first.request.method \
        first.request.url first.resource.address first.resource.file first.resource.line \
        status_differs candidates suggestions url entry.status entry.description \
        entry.solution entry.category entry.action entry.retryable entry.check.command \
        entry.note entry.url";

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
            Field::new("Check", Fit::Below, CARD | TICKET, calls),
            Field::new("Note", Fit::Below, EVERYWHERE, remarks),
            Field::new("Page", Fit::Text, CARD, page_of_unknown),
            Field::new("Message", Fit::Text, CARD | TICKET, |f| {
                given(f.first.message.as_ref())
            }),
            Field::new("Argument", Fit::Text, CARD, |f| args(f, false)),
            Field::new("Permission", Fit::Text, CARD, |f| args(f, true)),
            Field::new("Decode", Fit::Below, CARD, decode),
            Field::new("Received", Fit::Below, EVERYWHERE, received_status),
            Field::new("Request", Fit::Text, CARD, request),
            Field::new("Resource", Fit::Text, EVERYWHERE, resource),
            Field::new("Seen", Fit::Text, EVERYWHERE, |f| plain(seen(f))),
            Field::new("Request ID", Fit::Word, EVERYWHERE, |f| {
                given(f.first.request_id.as_ref())
            }),
        ]
    }
}

/// A value that the input may have.
fn given(text: Option<&String>) -> Vec<Text<'_>> {
    text.map(|text| Text::plain(&**text)).into_iter().collect()
}

/// What the catalog says of it, or of each code that it may be, under that code.
fn of_entries<'a>(finding: &'a Finding, get: fn(&'a Entry) -> Vec<Text<'a>>) -> Vec<Text<'a>> {
    if let Some(entry) = finding.entry() {
        return get(entry);
    }
    let labelled = |entry: &'a Entry| {
        let texts = get(entry).into_iter();
        texts.map(move |text| under_code(entry, text))
    };
    likeliest(finding).flat_map(labelled).collect()
}

/// A text of an entry, with the entry's code before it.
fn under_code<'a>(entry: &'a Entry, text: Text<'a>) -> Text<'a> {
    let label = Text::styled(Style::Code, entry.code()).and(Style::Plain, ": ");
    label.append(text)
}

/// The entries of the likeliest codes, where the code was withheld.
fn likeliest<'a>(finding: &'a Finding) -> impl Iterator<Item = &'a Entry> {
    finding.candidates.iter().take(MAX_CANDIDATES).copied()
}

fn meaning<'a>(finding: &'a Finding) -> Vec<Text<'a>> {
    of_entries(finding, |entry| plain(entry.description()))
}

/// The fix for the cause that the message says, else that of the entry.
pub fn solution<'a>(finding: &'a Finding) -> Vec<Text<'a>> {
    match &finding.first.cause {
        Some(cause) => one(Text::styled(Style::Fix, cause.solution())),
        None => of_entries(finding, fix),
    }
}

/// The calls that show the state it is about; those of the likeliest code, if it was
/// withheld.
fn calls<'a>(finding: &'a Finding) -> Vec<Text<'a>> {
    let with_checks = || likeliest(finding).find(|entry| !entry.check().is_empty());
    let entry = finding.entry().or_else(with_checks);
    entry.map(checks).unwrap_or_default()
}

fn remarks<'a>(finding: &'a Finding) -> Vec<Text<'a>> {
    let of_entry = finding.entry().map(note).unwrap_or_default();
    let remarks = finding.remarks.iter();
    let remarks = remarks.map(|text| Text::styled(Style::Note, *text));
    of_entry.into_iter().chain(remarks).collect()
}

fn page_of_unknown<'a>(finding: &'a Finding) -> Vec<Text<'a>> {
    let page = finding.url.iter();
    page.map(|url| Text::styled(Style::Address, &**url))
        .collect()
}

/// Its place in the files of Terraform, else in the input, if that is a file.
fn place<'a>(finding: &'a Finding) -> Option<(&'a str, u64)> {
    let first = &finding.first;
    let declared = first.resource.as_ref();
    let declared = declared.and_then(|it| Some((it.file.as_deref()?, it.line?)));
    let found = (first.source != STDIN).then_some((&*first.source, first.line));
    declared.or(found)
}

fn code<'a>(finding: &'a Finding) -> Vec<Text<'a>> {
    let page = finding
        .entry()
        .and_then(entry::page)
        .or(finding.url.as_deref());
    one(Text::styled(Style::Code, name(finding)).linked_to(page))
}

/// The code, or those that it may be.
pub fn name<'a>(finding: &'a Finding) -> Cow<'a, str> {
    match &finding.code {
        Some(code) => Cow::Borrowed(code),
        None if finding.candidates.is_empty() => Cow::Borrowed("code left out"),
        None => {
            let shown = finding.candidates.len().min(MAX_CANDIDATES);
            let more = if shown < finding.candidates.len() {
                " or another"
            } else {
                ""
            };
            let codes: Vec<_> = likeliest(finding).map(Entry::code).collect();
            Cow::Owned(codes.join(" or ") + more)
        }
    }
}

fn documented_status<'a>(finding: &'a Finding) -> Vec<Text<'a>> {
    match finding.entry() {
        Some(entry) => entry::documented_status(entry),
        None if finding.code.is_some() => plain(entry::NOT_DOCUMENTED),
        None => finding
            .first
            .http_status
            .map(named_status)
            .unwrap_or_default(),
    }
}

/// What may be meant by a code that is not documented.
fn near_codes<'a>(finding: &'a Finding) -> Vec<Text<'a>> {
    let near = finding.suggestions.iter();
    near.map(|entry| under_code(entry, Text::plain(entry.message())))
        .collect()
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
    let command = finding.decode.iter();
    command
        .map(|command| Text::styled(Style::Command, &**command))
        .collect()
}

fn request<'a>(finding: &'a Finding) -> Vec<Text<'a>> {
    let request = finding.first.request.iter();
    let text = |request: &'a Request| Text::plain(format!("{} {}", request.method, request.url));
    request.map(text).collect()
}

/// What Terraform was working on, and where it is declared.
fn resource<'a>(finding: &'a Finding) -> Vec<Text<'a>> {
    let text = |resource: &'a Resource| {
        let file = resource.file.as_ref().map(|file| format!(" ({file}"));
        let line = resource.line.map(|line| format!(":{line}"));
        let place = file.map(|file| file + &line.unwrap_or_default() + ")");
        Text::plain(resource.address.clone() + &place.unwrap_or_default())
    };
    finding.first.resource.iter().map(text).collect()
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
    let source = source_name(finding.first.source.as_ref());
    let place = format!("{source}:{}", finding.first.line);
    let recognised = match finding.matched_by {
        MatchedBy::Code | MatchedBy::Sentence => "",
        MatchedBy::Message => "; recognised by its message",
    };
    match finding.count {
        1 => format!("once, at {place}{recognised}"),
        count => format!("{count} times, first at {place}{recognised}"),
    }
}
