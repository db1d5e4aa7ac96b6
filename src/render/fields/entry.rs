//! Entries of the catalog.

use orgerr::{Action, Entry};

use super::{named_status, status};
use crate::render::record::Fit::{Below, Number, Prose, Word};
use crate::render::record::places::{
    BARE_LINE, CARD, FIX, LINE, NARROW, NARROW_FIX, SINGLE, TABLE, TICKET, TITLE, VARIANT, VARIED,
    WIDE,
};
use crate::render::record::{Field, Record};
use crate::render::style::Style;
use crate::render::text::Text;

impl Record for Entry {
    const KEYS: &'static str = HIT_KEYS.split_at(HIT_KEYS.len() - " score".len()).0;

    fn fields(&self) -> Vec<Field<'_>> {
        let everywhere = CARD | TICKET | LINE;
        let fixes = everywhere | WIDE | FIX | NARROW_FIX | BARE_LINE;
        let messages = everywhere | TABLE | NARROW | VARIANT;
        let advice = CARD | TICKET | FIX | NARROW_FIX;
        let code = Text::styled(Style::Code, self.code()).linked_to(page(self));
        let marked = [code.clone()].into_iter().chain(mark(self));
        let action = match self.action() {
            action if self.retryable() && action != Action::Retry => {
                format!("{action}, after trying again")
            }
            action => action.to_string(),
        };
        // What the message may go on with, and what to do then.
        let causes = self.causes().iter().map(|cause| {
            let says = Text::plain(cause.says()).and(Style::Plain, ": ");
            says.and(Style::Fix, cause.solution())
        });
        let page = page(self).map(|url| Text::styled(Style::Address, url));
        vec![
            Field::new("Code", Word, TITLE, [code]),
            Field::new("Code", Word, TABLE | FIX, marked),
            Field::new("Status", Word, TITLE, documented_status(self)),
            Field::new("Status", Number, VARIED, [status(self.status())]),
            Field::new("Meaning", Prose, everywhere | WIDE, [self.description()]),
            Field::new("Fix", Prose, fixes, [fix(self)]),
            Field::new("Check", Below, advice, checks(self)),
            Field::new("Note", Below, advice | LINE, note(self)),
            Field::new("Causes", Below, CARD | TICKET, causes),
            Field::new("Message", Prose, messages, [self.message()]),
            Field::new("Category", Word, CARD, [self.category()]),
            Field::new("Action", Word, CARD, [action]),
            Field::new("Page", Prose, SINGLE, page),
        ]
    }
}

/// The keys of an entry's JSON, and the score of a hit.
pub const HIT_KEYS: &str = "code service status message description solution category action \
    retryable check.command causes.says causes.solution wordings documented note url score";

/// What the documentation does not have.
pub const NOT_DOCUMENTED: &str = "not documented";

/// What stands after a code that the documentation does not have.
fn mark(entry: &Entry) -> Option<Text<'_>> {
    (!entry.documented()).then(|| NOT_DOCUMENTED.into())
}

/// The page that has the entry.
pub fn page(entry: &Entry) -> Option<&str> {
    entry.url().filter(|_| entry.documented())
}

/// The status, and whether the documentation has it at all.
pub fn documented_status(entry: &Entry) -> impl Iterator<Item = Text<'_>> {
    [named_status(entry.status())]
        .into_iter()
        .chain(mark(entry))
}

pub fn fix(entry: &Entry) -> Text<'_> {
    Text::styled(Style::Fix, entry.solution())
}

pub fn checks(entry: &Entry) -> impl Iterator<Item = Text<'_>> {
    let checks = entry.check().iter();
    checks.map(|check| Text::styled(Style::Command, check.command()))
}

pub fn note(entry: &Entry) -> Option<Text<'_>> {
    entry.note().map(|note| Text::styled(Style::Note, note))
}
