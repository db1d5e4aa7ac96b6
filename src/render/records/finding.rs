//! Findings: what an error in the input means, and where it was seen.

use std::borrow::Cow;

use orgerr::{Action, Entry, Finding, MatchedBy, Occurrence, Resource};

use super::entry::{self, checks, fix, note};
use super::{named_status, plain, status_text};
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
    fn fields(&self) -> Vec<Field<'_>> {
        let Occurrence {
            http_status,
            request_id,
            message,
            args,
            request,
            resource,
            ..
        } = &self.first;
        let code = Text::styled(Style::Code, name(self));
        let page = self.entry().and_then(entry::page).or(self.url.as_deref());
        let near = self.suggestions.iter();
        let near = near.map(|entry| under_code(entry, Text::plain(entry.message())));
        let remarks = self.remarks.iter();
        let remarks = remarks.map(|text| Text::styled(Style::Note, *text));
        let notes = self.entry().map(note).unwrap_or_default();
        let notes = notes.into_iter().chain(remarks);
        let args = args.iter().map(|arg| Text::plain(&**arg));
        let is_refused = self.entry().map(Entry::action) == Some(Action::CheckPermission);
        let (argument, permission) = if is_refused { (0, CARD) } else { (CARD, 0) };
        let received = http_status.filter(|_| self.status_differs).map(|status| {
            let differs = format!("{}, not the documented status", status_text(status));
            Text::styled(Style::of_status(status), differs)
        });
        let request = request.as_ref();
        let request = request.map(|it| Text::plain(format!("{} {}", it.method, it.url)));
        let fixes = EVERYWHERE | ANNOTATION;
        let meaning = of_entries(self, |entry| plain(entry.description()));
        vec![
            Field::new("Code", Fit::Word, TITLE, [code.linked_to(page)]),
            Field::new("Status", Fit::Word, TITLE, documented_status(self)),
            Field::new("Meaning", Fit::Text, EVERYWHERE, meaning),
            Field::new("Fix", Fit::Text, fixes, solution(self)),
            Field::new("Near codes", Fit::Below, fixes, near),
            Field::new("Check", Fit::Below, CARD | TICKET, calls(self)),
            Field::new("Note", Fit::Below, EVERYWHERE, notes),
            Field::new(
                "Page",
                Fit::Text,
                CARD,
                given(Style::Address, self.url.as_ref()),
            ),
            Field::new(
                "Message",
                Fit::Text,
                CARD | TICKET,
                given(Style::Plain, message.as_ref()),
            ),
            Field::new("Argument", Fit::Text, argument, args.clone()),
            Field::new("Permission", Fit::Text, permission, args),
            Field::new(
                "Decode",
                Fit::Below,
                CARD,
                given(Style::Command, self.decode.as_ref()),
            ),
            Field::new("Received", Fit::Below, EVERYWHERE, received),
            Field::new("Request", Fit::Text, CARD, request),
            Field::new(
                "Resource",
                Fit::Text,
                EVERYWHERE,
                resource.as_ref().map(declared),
            ),
            Field::new("Seen", Fit::Text, EVERYWHERE, plain(seen(self))),
            Field::new(
                "Request ID",
                Fit::Word,
                EVERYWHERE,
                given(Style::Plain, request_id.as_ref()),
            ),
        ]
    }
}

/// A value that may be there.
fn given(style: Style, text: Option<&String>) -> Option<Text<'_>> {
    text.map(|text| Text::styled(style, &**text))
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

/// The fix for the cause that the message says, else that of the entry.
pub fn solution<'a>(finding: &'a Finding) -> Vec<Text<'a>> {
    match &finding.first.cause {
        Some(cause) => vec![Text::styled(Style::Fix, cause.solution())],
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

/// Its place in the files of Terraform, else in the input, if that is a file.
fn place<'a>(finding: &'a Finding) -> Option<(&'a str, u64)> {
    let first = &finding.first;
    let declared = first.resource.as_ref();
    let declared = declared.and_then(|it| Some((it.file.as_deref()?, it.line?)));
    let found = (first.source != STDIN).then_some((&*first.source, first.line));
    declared.or(found)
}

/// The code, or those that it may be.
pub fn name<'a>(finding: &'a Finding) -> Cow<'a, str> {
    match (&finding.code, finding.candidates.len()) {
        (Some(code), _) => Cow::Borrowed(code),
        (None, 0) => Cow::Borrowed("code left out"),
        (None, all) => {
            let codes = likeliest(finding).map(Entry::code);
            let codes = codes.chain((all > MAX_CANDIDATES).then_some("another"));
            Cow::Owned(codes.collect::<Vec<_>>().join(" or "))
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

/// What Terraform was working on, and where it is declared.
fn declared(resource: &Resource) -> Text<'_> {
    let file = resource.file.as_ref().map(|file| format!(" ({file}"));
    let line = resource.line.map(|line| format!(":{line}"));
    let place = file.map(|file| file + &line.unwrap_or_default() + ")");
    Text::plain(resource.address.clone() + &place.unwrap_or_default())
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
