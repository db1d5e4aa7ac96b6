//! Entries of the catalog.

use orgerr::{Action, Cause, Entry};

use super::{named_status, plain, status};
use crate::render::record::places::{
    BARE_LINE, CARD, FIX, LINE, NARROW, NARROW_FIX, SINGLE, TABLE, TICKET, TITLE, VARIANT, VARIED,
    WIDE,
};
use crate::render::record::{Field, Fit, Record};
use crate::render::style::Style;
use crate::render::text::Text;

impl Record for Entry {
    const KEYS: &'static str = HIT_KEYS.split_at(HIT_KEYS.len() - " score".len()).0;

    fn fields(&self) -> Vec<Field<'_>> {
        let fixes = CARD | TICKET | WIDE | FIX | NARROW_FIX | LINE | BARE_LINE;
        let messages = CARD | TICKET | TABLE | NARROW | VARIANT | LINE;
        let advice = CARD | TICKET | FIX | NARROW_FIX;
        vec![
            Field::new("Code", Fit::Word, TITLE, [code(self)]),
            Field::new("Code", Fit::Word, TABLE | FIX, marked_code(self)),
            Field::new("Status", Fit::Word, TITLE, documented_status(self)),
            Field::new("Status", Fit::Number, VARIED, status(self.status())),
            Field::new(
                "Meaning",
                Fit::Text,
                CARD | TICKET | WIDE | LINE,
                plain(self.description()),
            ),
            Field::new("Fix", Fit::Text, fixes, fix(self)),
            Field::new("Check", Fit::Below, advice, checks(self)),
            Field::new("Note", Fit::Below, advice | LINE, note(self)),
            Field::new("Causes", Fit::Below, CARD | TICKET, causes(self)),
            Field::new("Message", Fit::Text, messages, plain(self.message())),
            Field::new("Category", Fit::Word, CARD, plain(self.category())),
            Field::new("Action", Fit::Word, CARD, plain(action(self))),
            Field::new("Page", Fit::Text, SINGLE, page(self).map(address)),
        ]
    }
}

/// The keys of an entry's JSON, and the score of a hit.
pub const HIT_KEYS: &str = "code service status message description solution category action \
    retryable check.command causes.says causes.solution wordings documented note url score";

/// What the documentation does not have.
pub const NOT_DOCUMENTED: &str = "not documented";

fn code(entry: &Entry) -> Text<'_> {
    Text::styled(Style::Code, entry.code()).linked_to(page(entry))
}

/// The code, and whether the documentation has it at all.
fn marked_code(entry: &Entry) -> Vec<Text<'_>> {
    let mark = (!entry.documented()).then(|| Text::plain(NOT_DOCUMENTED));
    [code(entry)].into_iter().chain(mark).collect()
}

/// The page that has the entry.
pub fn page(entry: &Entry) -> Option<&str> {
    entry.url().filter(|_| entry.documented())
}

/// An address, which is of use only as a whole.
fn address(url: &str) -> Text<'_> {
    Text::styled(Style::Address, url)
}

/// The status, and whether the documentation has it at all.
pub fn documented_status(entry: &Entry) -> Vec<Text<'_>> {
    let mut status = named_status(entry.status());
    if !entry.documented() {
        status.push(Text::plain(NOT_DOCUMENTED));
    }
    status
}

pub fn fix(entry: &Entry) -> Vec<Text<'_>> {
    vec![Text::styled(Style::Fix, entry.solution())]
}

pub fn checks(entry: &Entry) -> Vec<Text<'_>> {
    let checks = entry.check().iter();
    checks
        .map(|check| Text::styled(Style::Command, check.command()))
        .collect()
}

pub fn note(entry: &Entry) -> Vec<Text<'_>> {
    let note = entry.note().into_iter();
    note.map(|note| Text::styled(Style::Note, note)).collect()
}

/// What the message may go on with, and what to do then.
fn causes<'a>(entry: &'a Entry) -> Vec<Text<'a>> {
    let text = |cause: &'a Cause| {
        Text::plain(cause.says())
            .and(Style::Plain, ": ")
            .and(Style::Fix, cause.solution())
    };
    entry.causes().iter().map(text).collect()
}

fn action(entry: &Entry) -> String {
    if entry.retryable() && entry.action() != Action::Retry {
        format!("{}, after trying again", entry.action())
    } else {
        entry.action().to_string()
    }
}
