//! Findings: what an error in the input means, and where it was seen. Their JSON is what serde
//! makes of `Finding` (`explain/mod.rs`).

use std::borrow::Cow;

use orgerr::{Action, Entry, Finding, MatchedBy, Resource};

use super::Fit::{Below, Prose, Word};
use super::entry_fields::{self, checks, fix, note};
use super::slots::{ANNOTATION, CARD, LINE, TICKET, TITLE, WHOLE};
use super::{Field, Record, Style, Text, named_status};
use crate::source::source_name;

/// The most candidates that are shown where the input does not name the code.
const MAX_SHOWN_CANDIDATES: usize = 3;

impl Record for Finding<'_> {
    const TSV_KEYS: &'static str = "code known matched_by count first.source first.line \
        first.http_status first.request_id first.message first.args first.cause.solution \
        first.request.method first.request.url first.resource.address first.resource.file \
        first.resource.line status_differs candidates suggestions url entry.status entry.description \
        entry.solution entry.category entry.action entry.retryable entry.check.command \
        entry.note entry.url";

    fn finding(&self) -> Option<&Finding<'_>> {
        Some(self)
    }

    /// What the catalog says about the error, then what the input says.
    fn fields(&self) -> Vec<Field<'_>> {
        let first = &self.first;
        let entry = self.entry();
        let status: Vec<Text> = match (entry, &self.code) {
            (Some(entry), _) => entry_fields::documented_status(entry).collect(),
            (None, Some(_)) => vec![entry_fields::NOT_DOCUMENTED.into()],
            (None, None) => first.http_status.map(named_status).into_iter().collect(),
        };
        let code = code_or_candidates(self).linked_to(self.url.as_deref());
        let meaning = of_entries(self, |entry| entry.description().into());
        let near = self.suggestions.iter().map(|entry| after_code(entry, entry.message().into()));
        // Where the code was left out, the checks of the likeliest candidate that has any.
        let checked = entries(self).find(|entry| !entry.check().is_empty());
        let remarks = self.remarks.iter().map(|text| Style::Note.text(*text));
        let notes = entry.and_then(note).into_iter().chain(remarks);
        let address = self.url.as_deref().map(|url| Style::Copyable.text(url));
        let is_refused = entry.map(Entry::action) == Some(Action::CheckPermission);
        let argument = if is_refused { "Permission" } else { "Argument" };
        let args = first.args.iter().map(|arg| &**arg);
        let decode = self.decode.as_deref().map(|it| Style::Command.text(it));
        // For an undocumented code, only the input says anything.
        let is_unknown = entry.is_none() && self.code.is_some();
        let of_unknown = if is_unknown { LINE | ANNOTATION } else { 0 };
        let shows_received = self.status_differs || is_unknown;
        let received = first.http_status.filter(|_| shows_received).map(|status| {
            let remark = if self.status_differs { ", not the documented status" } else { "" };
            named_status(status).and(Style::of_status(status), remark)
        });
        let request = first.request.as_ref().map(|it| {
            let parts = [&it.method, &it.url].into_iter().flatten();
            parts.map(String::as_str).collect::<Vec<_>>().join(" ")
        });
        let resource = first.resource.as_ref().map(declared);
        vec![
            Field::new("Code", Word, TITLE, [code]),
            Field::new("Status", Word, TITLE, status),
            Field::new("Meaning", Prose, WHOLE, meaning),
            Field::new("Fix", Prose, WHOLE | ANNOTATION, fix_texts(self)),
            Field::new("Near codes", Below, WHOLE | ANNOTATION, near),
            Field::new("Check", Below, CARD | TICKET, checked.into_iter().flat_map(checks)),
            Field::new("Note", Below, WHOLE, notes),
            Field::new("Page", Prose, CARD, address),
            Field::new("Message", Prose, CARD | TICKET | of_unknown, first.message.as_deref()),
            Field::new(argument, Prose, CARD, args),
            Field::new("Decode", Below, CARD, decode),
            Field::new("Received", Below, WHOLE | of_unknown, received),
            Field::new("Request", Prose, CARD, request),
            Field::new("Resource", Prose, WHOLE, resource),
            Field::new("Seen", Prose, WHOLE, [seen(self)]),
            Field::new("Request ID", Word, WHOLE, first.request_id.as_deref()),
        ]
    }
}

/// The text that `get` takes from the entry; without an entry, from each candidate, after its code.
fn of_entries<'a>(finding: &'a Finding, get: fn(&'a Entry) -> Text<'a>) -> Vec<Text<'a>> {
    let is_known = finding.entry().is_some();
    let shown = |entry| if is_known { get(entry) } else { after_code(entry, get(entry)) };
    entries(finding).map(shown).collect()
}

/// A text of an entry, after the entry's code.
fn after_code<'a>(entry: &'a Entry, text: Text<'a>) -> Text<'a> {
    Style::Code.text(entry.code()).and(Style::Plain, ": ").append(text)
}

/// The entry of the finding; where the code was left out, the entries of the likeliest candidates.
fn entries<'a>(finding: &'a Finding) -> impl Iterator<Item = &'a Entry> {
    let likeliest = finding.candidates.iter().take(MAX_SHOWN_CANDIDATES).copied();
    finding.entry().into_iter().chain(likeliest)
}

/// The fix for the cause that the message names, else the fix of the entry or of each candidate.
pub(super) fn fix_texts<'a>(finding: &'a Finding) -> Vec<Text<'a>> {
    match &finding.first.cause {
        Some(cause) => vec![Style::Fix.text(cause.solution())],
        None => of_entries(finding, fix),
    }
}

/// The code, or the candidates for it: `A or B`.
pub(super) fn code_or_candidates<'a>(finding: &'a Finding) -> Text<'a> {
    let more = (finding.candidates.len() > MAX_SHOWN_CANDIDATES).then_some("another");
    let candidates = entries(finding).map(Entry::code).chain(more);
    let name = match &finding.code {
        Some(code) => code.as_str().into(),
        None if finding.candidates.is_empty() => "code left out".into(),
        None => Cow::Owned(candidates.collect::<Vec<_>>().join(" or ")),
    };
    Style::Code.text(name).linked_to(finding.entry().and_then(entry_fields::page))
}

/// What Terraform was working on, and where it is declared.
fn declared(resource: &Resource) -> String {
    let line = resource.line.map(|line| format!(":{line}"));
    let file = resource.file.as_ref();
    let place = file.map(|file| format!(" ({file}{})", line.unwrap_or_default()));
    resource.address.clone() + &place.unwrap_or_default()
}

/// How often and where, e.g. `3 times, first at app.log:17`.
fn seen(finding: &Finding) -> String {
    let by_message = finding.matched_by == MatchedBy::Message;
    let recognised = if by_message { "; recognised by its message" } else { "" };
    let often = match finding.count {
        1 => "once, at".to_owned(),
        count => format!("{count} times, first at"),
    };
    let source = source_name(finding.first.source.as_ref());
    format!("{often} {source}:{}{recognised}", finding.first.line)
}
