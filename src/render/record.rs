//! What each kind of record looks like in each form.

use std::borrow::Cow;

use orgerr::catalog::{Problem, reason};
use orgerr::explain::MatchedBy;
use orgerr::{Entry, Finding, Hit};
use serde::Serialize;

use super::card::Card;
use super::style::Style;
use super::table::Column;
use super::text::Text;

/// What the records of one kind have in common.
pub struct Kind {
    /// The headings of the TSV.
    pub fields: &'static [&'static str],
    /// The columns of tables.
    pub columns: &'static [Column],
    /// Whether cards serve a reader better than a table even where both fit.
    pub prefers_cards: bool,
}

/// Something that a command found. Its JSON is what serde makes of it.
pub trait Record {
    /// What it has in common with its like.
    fn kind() -> Kind
    where
        Self: Sized;

    /// The values under [`Kind::fields`].
    fn fields(&self) -> Vec<Cow<'_, str>>;
    /// The cells under [`Kind::columns`].
    fn cells(&self) -> Vec<Text<'_>>;
    /// The record on a line of its own, without padding.
    fn line(&self) -> Text<'_>;
    /// The record for reading.
    fn card(&self) -> Card<'_>;
}

/// A column whose content stays on one line.
const fn short(heading: &'static str) -> Column {
    Column {
        heading,
        wraps: false,
    }
}

/// A column whose content may be wrapped.
const fn long(heading: &'static str) -> Column {
    Column {
        heading,
        wraps: true,
    }
}

const HIT_FIELDS: &[&str] = &[
    "code",
    "service",
    "status",
    "message",
    "description",
    "solution",
    "category",
    "action",
    "retryable",
    "note",
    "score",
];
/// Those of a hit but for its score.
const ENTRY_FIELDS: &[&str] = HIT_FIELDS.split_at(HIT_FIELDS.len() - 1).0;
const ENTRY_COLUMNS: &[Column] = &[short("Code"), short("Status"), long("Message"), long("Fix")];

fn entry_fields(entry: &Entry) -> Vec<Cow<'_, str>> {
    vec![
        entry.code.as_ref().into(),
        entry.service.as_ref().into(),
        entry.status.to_string().into(),
        entry.message.as_ref().into(),
        entry.description.as_ref().into(),
        entry.solution.as_ref().into(),
        entry.category.as_ref().into(),
        entry.action.name().into(),
        entry.retryable.to_string().into(),
        entry.note.as_deref().unwrap_or_default().into(),
    ]
}

fn entry_cells(entry: &Entry) -> Vec<Text<'_>> {
    vec![
        Text::new().styled(Style::Code, entry.code.as_ref()),
        Text::new().styled(Style::Status, entry.status.to_string()),
        Text::new().plain(entry.message.as_ref()),
        Text::new().styled(Style::Fix, entry.solution.as_ref()),
    ]
}

fn entry_line(entry: &Entry) -> Text<'_> {
    let line = Text::new()
        .styled(Style::Code, entry.code.as_ref())
        .plain(" (")
        .styled(Style::Status, status_text(entry.status))
        .plain("): ")
        .plain(entry.message.as_ref())
        .styled(Style::Label, " Meaning: ")
        .plain(entry.description.as_ref())
        .styled(Style::Label, " Fix: ")
        .styled(Style::Fix, entry.solution.as_ref());
    match &entry.note {
        Some(note) => line.styled(Style::Label, " Note: ").plain(note.as_ref()),
        None => line,
    }
}

fn entry_card(entry: &Entry) -> Card<'_> {
    let code = Text::new().styled(Style::Code, entry.code.as_ref());
    Card {
        title: entry_title(entry, code),
        fields: vec![
            ("Message", Text::new().plain(entry.message.as_ref())),
            (
                "Fix",
                Text::new().styled(Style::Fix, entry.solution.as_ref()),
            ),
        ],
    }
}

fn entry_title<'a>(entry: &'a Entry, code: Text<'a>) -> Text<'a> {
    code.plain("  ")
        .styled(Style::Status, status_text(entry.status))
}

fn status_text(status: u16) -> String {
    format!("{status} {}", reason(status)).trim_end().to_owned()
}

/// An entry of which everything is wanted.
#[derive(Serialize)]
#[serde(transparent)]
pub struct FullEntry<'a>(pub &'a Entry);

impl Record for FullEntry<'_> {
    fn kind() -> Kind {
        Kind {
            fields: ENTRY_FIELDS,
            columns: const {
                &[
                    short("Code"),
                    short("Status"),
                    long("Message"),
                    long("Meaning"),
                    long("Fix"),
                    long("Note"),
                ]
            },
            prefers_cards: true,
        }
    }

    fn fields(&self) -> Vec<Cow<'_, str>> {
        entry_fields(self.0)
    }

    fn cells(&self) -> Vec<Text<'_>> {
        let mut cells = entry_cells(self.0);
        cells.insert(3, Text::new().plain(self.0.description.as_ref()));
        cells.push(Text::new().plain(self.0.note.as_deref().unwrap_or_default()));
        cells
    }

    fn line(&self) -> Text<'_> {
        entry_line(self.0)
    }

    fn card(&self) -> Card<'_> {
        let entry = self.0;
        let action = if entry.retryable && entry.action.name() != "retry" {
            format!("{}, after trying again", entry.action)
        } else {
            entry.action.to_string()
        };
        let mut fields = vec![
            ("Meaning", Text::new().plain(entry.description.as_ref())),
            (
                "Fix",
                Text::new().styled(Style::Fix, entry.solution.as_ref()),
            ),
            ("Message", Text::new().plain(entry.message.as_ref())),
            ("Category", Text::new().plain(entry.category.as_ref())),
            ("Action", Text::new().plain(action)),
        ];
        if let Some(note) = &entry.note {
            fields.insert(2, ("Note", Text::new().plain(note.as_ref())));
        }
        let code = Text::new().styled(Style::Code, entry.code.as_ref());
        Card {
            title: entry_title(entry, code),
            fields,
        }
    }
}

/// An entry among others.
#[derive(Serialize)]
#[serde(transparent)]
pub struct EntryRow<'a>(pub &'a Entry);

impl Record for EntryRow<'_> {
    fn kind() -> Kind {
        Kind {
            fields: ENTRY_FIELDS,
            columns: ENTRY_COLUMNS,
            prefers_cards: false,
        }
    }

    fn fields(&self) -> Vec<Cow<'_, str>> {
        entry_fields(self.0)
    }

    fn cells(&self) -> Vec<Text<'_>> {
        entry_cells(self.0)
    }

    fn line(&self) -> Text<'_> {
        entry_line(self.0)
    }

    fn card(&self) -> Card<'_> {
        entry_card(self.0)
    }
}

/// An entry of which only the suggested fix is wanted.
#[derive(Serialize)]
#[serde(transparent)]
pub struct SuggestedFix<'a>(pub &'a Entry);

impl Record for SuggestedFix<'_> {
    fn kind() -> Kind {
        Kind {
            fields: &["code", "solution"],
            columns: const { &[short("Code"), long("Fix")] },
            prefers_cards: false,
        }
    }

    fn fields(&self) -> Vec<Cow<'_, str>> {
        vec![self.0.code.as_ref().into(), self.0.solution.as_ref().into()]
    }

    fn cells(&self) -> Vec<Text<'_>> {
        vec![
            Text::new().styled(Style::Code, self.0.code.as_ref()),
            Text::new().styled(Style::Fix, self.0.solution.as_ref()),
        ]
    }

    fn line(&self) -> Text<'_> {
        Text::new().plain(self.0.solution.as_ref())
    }

    fn card(&self) -> Card<'_> {
        Card {
            title: Text::new().styled(Style::Code, self.0.code.as_ref()),
            fields: vec![(
                "Fix",
                Text::new().styled(Style::Fix, self.0.solution.as_ref()),
            )],
        }
    }
}

/// One of several entries of a code, of which only the suggested fix is wanted: with
/// what tells it from the others.
#[derive(Serialize)]
#[serde(transparent)]
pub struct VariantFix<'a>(pub &'a Entry);

impl Record for VariantFix<'_> {
    fn kind() -> Kind {
        Kind {
            // Those of [`SuggestedFix`] first, for who counts columns.
            fields: &["code", "solution", "status", "message"],
            columns: ENTRY_COLUMNS,
            prefers_cards: false,
        }
    }

    fn fields(&self) -> Vec<Cow<'_, str>> {
        vec![
            self.0.code.as_ref().into(),
            self.0.solution.as_ref().into(),
            self.0.status.to_string().into(),
            self.0.message.as_ref().into(),
        ]
    }

    fn cells(&self) -> Vec<Text<'_>> {
        entry_cells(self.0)
    }

    fn line(&self) -> Text<'_> {
        Text::new().plain(self.0.solution.as_ref())
    }

    fn card(&self) -> Card<'_> {
        entry_card(self.0)
    }
}

/// A hit, with the words that the query matched.
trait Highlighted {
    /// A field of the entry in `style`, its matches highlighted.
    fn highlighted<'t>(&self, name: &str, style: Style, text: &'t str) -> Text<'t>;
}

impl Highlighted for Hit<'_> {
    fn highlighted<'t>(&self, name: &str, style: Style, text: &'t str) -> Text<'t> {
        Text::new().highlighted(style, text, self.matches.get(name))
    }
}

impl Record for Hit<'_> {
    fn kind() -> Kind {
        Kind {
            fields: HIT_FIELDS,
            columns: const {
                &[
                    short("Code"),
                    short("Status"),
                    long("Message"),
                    long("Meaning"),
                    long("Fix"),
                ]
            },
            prefers_cards: true,
        }
    }

    fn fields(&self) -> Vec<Cow<'_, str>> {
        let mut fields = entry_fields(self.entry);
        fields.push(self.score.to_string().into());
        fields
    }

    fn cells(&self) -> Vec<Text<'_>> {
        let entry = self.entry;
        vec![
            self.highlighted("code", Style::Code, &entry.code),
            Text::new().styled(Style::Status, entry.status.to_string()),
            self.highlighted("message", Style::Plain, &entry.message),
            self.highlighted("description", Style::Plain, &entry.description),
            self.highlighted("solution", Style::Fix, &entry.solution),
        ]
    }

    fn line(&self) -> Text<'_> {
        entry_line(self.entry)
    }

    /// The message and the fix, and further fields where the query matched them.
    fn card(&self) -> Card<'_> {
        let entry = self.entry;
        let field = |label, name, style, text| (label, self.highlighted(name, style, text));
        let mut fields = vec![field("Message", "message", Style::Plain, &entry.message)];
        if self.matches.contains_key("description") {
            fields.push(field(
                "Meaning",
                "description",
                Style::Plain,
                &entry.description,
            ));
        }
        fields.push(field("Fix", "solution", Style::Fix, &entry.solution));
        if self.matches.contains_key("category") && !self.matches.contains_key("message") {
            fields.push(field("Category", "category", Style::Plain, &entry.category));
        }
        let code = self.highlighted("code", Style::Code, &entry.code);
        Card {
            title: entry_title(entry, code),
            fields,
        }
    }
}

/// How many entries have an HTTP status.
#[derive(Serialize)]
pub struct StatusCount {
    /// The HTTP status.
    pub status: u16,
    /// Its standard name.
    pub reason: &'static str,
    /// The number of entries with it.
    pub entries: usize,
}

impl Record for StatusCount {
    fn kind() -> Kind {
        Kind {
            fields: &["status", "reason", "entries"],
            columns: const { &[short("Status"), long("Reason"), short("Entries")] },
            prefers_cards: false,
        }
    }

    fn fields(&self) -> Vec<Cow<'_, str>> {
        vec![
            self.status.to_string().into(),
            self.reason.into(),
            self.entries.to_string().into(),
        ]
    }

    fn cells(&self) -> Vec<Text<'_>> {
        vec![
            Text::new().styled(Style::Status, self.status.to_string()),
            Text::new().plain(self.reason),
            Text::new().plain(self.entries.to_string()),
        ]
    }

    fn line(&self) -> Text<'_> {
        Text::new().plain(format!("{} {}: {}", self.status, self.reason, self.entries))
    }

    fn card(&self) -> Card<'_> {
        Card {
            title: Text::new().styled(Style::Status, status_text(self.status)),
            fields: vec![("Entries", Text::new().plain(self.entries.to_string()))],
        }
    }
}

/// A mistake in a catalog of the user's own.
#[derive(Serialize)]
pub struct CatalogProblem {
    file: String,
    line: usize,
    column: usize,
    message: String,
}

impl CatalogProblem {
    pub fn new(file: &str, problem: Problem) -> Self {
        CatalogProblem {
            file: file.to_owned(),
            line: problem.line,
            column: problem.column,
            message: problem.message,
        }
    }

    fn place(&self) -> String {
        format!("{}:{}:{}", self.file, self.line, self.column)
    }
}

impl Record for CatalogProblem {
    fn kind() -> Kind {
        Kind {
            fields: &["file", "line", "column", "message"],
            columns: const { &[short("Place"), long("Problem")] },
            prefers_cards: false,
        }
    }

    fn fields(&self) -> Vec<Cow<'_, str>> {
        vec![
            self.file.as_str().into(),
            self.line.to_string().into(),
            self.column.to_string().into(),
            self.message.as_str().into(),
        ]
    }

    fn cells(&self) -> Vec<Text<'_>> {
        vec![
            Text::new().styled(Style::Code, self.place()),
            Text::new().plain(self.message.as_str()),
        ]
    }

    fn line(&self) -> Text<'_> {
        Text::new().plain(format!("{}: {}", self.place(), self.message))
    }

    fn card(&self) -> Card<'_> {
        Card {
            title: Text::new().styled(Style::Code, self.place()),
            fields: vec![("Problem", Text::new().plain(self.message.as_str()))],
        }
    }
}

/// What to do about a finding, documented or not.
fn finding_fix<'a>(finding: &'a Finding) -> Text<'a> {
    match (finding.entry, &finding.suggestions[..]) {
        (Some(entry), _) => Text::new().styled(Style::Fix, entry.solution.as_ref()),
        (None, []) => Text::new().plain("Not documented."),
        (None, near) => near.iter().enumerate().fold(
            Text::new().plain("Not documented; near codes: "),
            |text, (number, code)| {
                let text = if number > 0 { text.plain(", ") } else { text };
                text.styled(Style::Code, *code)
            },
        ),
    }
}

fn finding_place(finding: &Finding) -> String {
    format!("{}:{}", finding.first.source, finding.first.line)
}

/// How often and where, e.g. `3 times, first at app.log:17`.
fn finding_count(finding: &Finding) -> String {
    let place = finding_place(finding);
    match finding.count {
        1 => format!("once, at {place}"),
        count => format!("{count} times, first at {place}"),
    }
}

impl Record for Finding<'_> {
    fn kind() -> Kind {
        Kind {
            fields: &[
                "code",
                "known",
                "matched_by",
                "count",
                "source",
                "line",
                "http_status",
                "request_id",
                "message",
                "args",
                "status_differs",
                "suggestions",
                "status",
                "description",
                "solution",
                "category",
                "action",
                "retryable",
                "note",
            ],
            columns: const {
                &[
                    short("Code"),
                    long("Meaning"),
                    long("Fix"),
                    long("Message"),
                    short("Count"),
                    short("First"),
                    short("Request ID"),
                ]
            },
            prefers_cards: true,
        }
    }

    fn fields(&self) -> Vec<Cow<'_, str>> {
        let of_entry = |field: fn(&Entry) -> String| self.entry.map(field).unwrap_or_default();
        let matched_by = match self.matched_by {
            MatchedBy::Code => "code",
            MatchedBy::Message => "message",
        };
        let status = self.first.http_status.map(|status| status.to_string());
        vec![
            self.code.as_str().into(),
            self.known.to_string().into(),
            matched_by.into(),
            self.count.to_string().into(),
            self.first.source.as_str().into(),
            self.first.line.to_string().into(),
            status.unwrap_or_default().into(),
            self.first.request_id.as_deref().unwrap_or_default().into(),
            self.first.message.as_deref().unwrap_or_default().into(),
            self.first.args.join(", ").into(),
            self.status_differs.to_string().into(),
            self.suggestions.join(", ").into(),
            of_entry(|entry| entry.status.to_string()).into(),
            of_entry(|entry| entry.description.to_string()).into(),
            of_entry(|entry| entry.solution.to_string()).into(),
            of_entry(|entry| entry.category.to_string()).into(),
            of_entry(|entry| entry.action.to_string()).into(),
            of_entry(|entry| entry.retryable.to_string()).into(),
            of_entry(|entry| entry.note.as_deref().unwrap_or_default().to_owned()).into(),
        ]
    }

    fn cells(&self) -> Vec<Text<'_>> {
        let meaning = self.entry.map_or("", |entry| &entry.description);
        vec![
            Text::new().styled(Style::Code, self.code.as_str()),
            Text::new().plain(meaning),
            finding_fix(self),
            Text::new().plain(self.first.message.as_deref().unwrap_or_default()),
            Text::new().plain(self.count.to_string()),
            Text::new().plain(finding_place(self)),
            Text::new().plain(self.first.request_id.as_deref().unwrap_or_default()),
        ]
    }

    fn line(&self) -> Text<'_> {
        let mut line = Text::new()
            .styled(Style::Code, self.code.as_str())
            .plain(": ");
        if let Some(entry) = self.entry {
            line = line
                .plain(entry.description.as_ref())
                .styled(Style::Label, " Fix: ");
        }
        let mut line = line.append(finding_fix(self));
        line = line
            .styled(Style::Label, " Seen: ")
            .plain(finding_count(self));
        if let Some(id) = &self.first.request_id {
            line = line
                .styled(Style::Label, " Request ID: ")
                .plain(id.as_str());
        }
        line
    }

    /// The meaning and the fix first, then what the input says.
    fn card(&self) -> Card<'_> {
        let code = Text::new().styled(Style::Code, self.code.as_str());
        let title = match self.entry {
            Some(entry) => entry_title(entry, code),
            None => code.plain("  not documented"),
        };
        let mut fields = Vec::new();
        let mut field = |label, text| fields.push((label, text));
        if let Some(entry) = self.entry {
            field("Meaning", Text::new().plain(entry.description.as_ref()));
        }
        field("Fix", finding_fix(self));
        if let Some(note) = self.entry.and_then(|entry| entry.note.as_deref()) {
            field("Note", Text::new().plain(note));
        }
        if let (Some(status), true) = (self.first.http_status, self.status_differs) {
            let differs = format!(
                "received {}, not the documented status",
                status_text(status)
            );
            field("Status", Text::new().styled(Style::Status, differs));
        }
        if let Some(message) = &self.first.message {
            field("Message", Text::new().plain(message.as_str()));
        }
        for arg in &self.first.args {
            field("Argument", Text::new().plain(arg.as_str()));
        }
        let count = Text::new().plain(finding_count(self));
        field(
            "Seen",
            match self.matched_by {
                MatchedBy::Code => count,
                MatchedBy::Message => count.plain("; recognised by its message"),
            },
        );
        if let Some(id) = &self.first.request_id {
            field("Request ID", Text::new().plain(id.as_str()));
        }
        Card { title, fields }
    }
}
