//! Fields of the catalog's entries: of an entry itself, of a hit of a search, of a fix alone.

use orgerr::{Action, Entry, Hit, Matches};
use serde::Serialize;

use super::Fit::{Below, Number, Prose, Word};
use super::slots::{
    CARD, CARD_TITLE, LINE, OPTIONAL, ROW_CARD, SINGLE, TABLE, TICKET, TITLE, VARIED, WHOLE,
};
use super::{Field, Record, Style, Text, named_status, status_text};

/// The JSON keys of an entry, and those of a hit, which has a score as well.
const ENTRY_TSV_KEYS: &str = "code service status message description solution category action \
    retryable check.command causes.says causes.solution wordings documented note url";
const HIT_TSV_KEYS: &str = "code service status message description solution category action \
    retryable check.command causes.says causes.solution wordings documented note url score";

/// Marks an entry that the documentation lacks.
pub(super) const NOT_DOCUMENTED: &str = "not documented";
/// In a table, or on the card that stands for a row where the table does not fit.
const TABLE_AND_CARD: u16 = TABLE | ROW_CARD;

impl Record for Entry {
    const TSV_KEYS: &'static str = ENTRY_TSV_KEYS;

    fn fields(&self) -> Vec<Field<'_>> {
        fields(self, None)
    }
}

impl Record for Hit<'_> {
    const TSV_KEYS: &'static str = HIT_TSV_KEYS;

    fn fields(&self) -> Vec<Field<'_>> {
        fields(self.entry, Some(&self.matches))
    }
}

/// The fields of an entry. A hit shows fewer, with its matches highlighted.
fn fields<'a>(entry: &'a Entry, matches: Option<&'a Matches>) -> Vec<Field<'a>> {
    let slots_unless_hit = |slots| if matches.is_none() { slots } else { 0 };
    let text = |name, style, text| {
        let ranges = matches.and_then(|matches| matches.get(name));
        Text::highlighted(style, text, ranges.map_or(&[], |ranges| ranges))
    };
    let code = text("code", Style::Code, entry.code()).linked_to(page(entry));
    let meaning = text("description", Style::Plain, entry.description());
    let fix = text("solution", Style::Fix, entry.solution());
    let message = text("message", Style::Plain, entry.message());
    // Known causes, each with its own fix.
    let causes = entry.causes().iter().map(|cause| {
        Style::Plain.text(cause.says()).and(Style::Plain, ": ").and(Style::Fix, cause.solution())
    });
    let action = match entry.action() {
        action if entry.retryable() && action != Action::Retry => {
            format!("{action}, after trying again")
        }
        action => action.to_string(),
    };
    let address = page(entry).map(|url| Style::Copyable.text(url));
    let advice = slots_unless_hit(CARD | TICKET);
    vec![
        Field::new("Code", Word, TITLE, [code.clone()]),
        Field::new("Code", Word, TABLE, with_undocumented_mark(entry, code)),
        Field::new("Status", Word, TITLE, documented_status(entry)),
        Field::new("Status", Number, VARIED, [status_text(entry.status())]),
        Field::new("Meaning", Prose, WHOLE | OPTIONAL, [meaning]),
        Field::new("Fix", Prose, WHOLE | OPTIONAL, [fix]),
        Field::new("Check", Below, advice, checks(entry)),
        Field::new("Note", Below, slots_unless_hit(CARD) | TICKET | LINE, note(entry)),
        Field::new("Causes", Below, advice, causes),
        Field::new("Message", Prose, WHOLE | TABLE_AND_CARD, [message]),
        Field::new("Category", Word, slots_unless_hit(CARD), [entry.category()]),
        Field::new("Action", Word, slots_unless_hit(CARD), [action]),
        Field::new("Page", Prose, slots_unless_hit(SINGLE), address),
    ]
}

/// The suggested fix of an entry; its JSON is that of the entry.
#[derive(Serialize)]
#[serde(transparent)]
pub(crate) struct Fix<'a> {
    pub entry: &'a Entry,
    /// Whether any code shown has several entries: each is then shown with what distinguishes them.
    #[serde(skip)]
    pub any_code_has_several: bool,
}

impl Record for Fix<'_> {
    const TSV_KEYS: &'static str = ENTRY_TSV_KEYS;

    fn fields(&self) -> Vec<Field<'_>> {
        let entry = self.entry;
        let slots_if_several = |slots| if self.any_code_has_several { slots } else { 0 };
        let code = Style::Code.text(entry.code()).linked_to(page(entry));
        vec![
            Field::new("Code", Word, CARD_TITLE, [code.clone()]),
            Field::new("Code", Word, TABLE, with_undocumented_mark(entry, code)),
            Field::new("Status", Word, CARD_TITLE, documented_status(entry)),
            Field::new("Status", Number, slots_if_several(VARIED), [status_text(entry.status())]),
            Field::new("Fix", Prose, TABLE_AND_CARD | LINE, [fix(entry)]),
            Field::new("Check", Below, TABLE_AND_CARD, checks(entry)),
            Field::new("Note", Below, TABLE_AND_CARD, note(entry)),
            Field::new("Message", Prose, slots_if_several(TABLE_AND_CARD), [entry.message()]),
        ]
    }
}

/// The text, followed by a mark if the entry is undocumented.
fn with_undocumented_mark<'a>(entry: &Entry, text: Text<'a>) -> impl Iterator<Item = Text<'a>> {
    let mark = (!entry.documented()).then(|| NOT_DOCUMENTED.into());
    [text].into_iter().chain(mark)
}

pub(super) fn documented_status(entry: &Entry) -> impl Iterator<Item = Text<'_>> {
    with_undocumented_mark(entry, named_status(entry.status()))
}

/// The page that documents the entry, if it is documented.
pub(super) fn page(entry: &Entry) -> Option<&str> {
    entry.url().filter(|_| entry.documented())
}

pub(super) fn fix(entry: &Entry) -> Text<'_> {
    Style::Fix.text(entry.solution())
}

pub(super) fn checks(entry: &Entry) -> impl Iterator<Item = Text<'_>> {
    entry.check().iter().map(|check| Style::Command.text(check.command()))
}

pub(super) fn note(entry: &Entry) -> Option<Text<'_>> {
    entry.note().map(|note| Style::Note.text(note))
}
