//! Findings: what an error in the input means, and where it was seen.

use std::borrow::Cow;

use orgerr::explain::MatchedBy;
use orgerr::{Entry, Finding};

use super::entry::entry_title;
use super::{Kind, Record, long, short, status_text};
use crate::render::card::Card;
use crate::render::style::Style;
use crate::render::text::Text;

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
            of_entry(|entry| entry.status().to_string()).into(),
            of_entry(|entry| entry.description().to_string()).into(),
            of_entry(|entry| entry.solution().to_string()).into(),
            of_entry(|entry| entry.category().to_string()).into(),
            of_entry(|entry| entry.action().to_string()).into(),
            of_entry(|entry| entry.retryable().to_string()).into(),
            of_entry(|entry| entry.note().unwrap_or_default().to_owned()).into(),
        ]
    }

    fn cells(&self) -> Vec<Text<'_>> {
        let meaning = self.entry.map_or("", |entry| entry.description());
        vec![
            Text::new().styled(Style::Code, self.code.as_str()),
            Text::new().plain(meaning),
            finding_fix(self),
            Text::new().plain(self.first.message.as_deref().unwrap_or_default()),
            Text::new().plain(self.count.to_string()),
            Text::new().plain(finding_place(self) + &caveats(self)),
            Text::new().plain(self.first.request_id.as_deref().unwrap_or_default()),
        ]
    }

    fn line(&self) -> Text<'_> {
        let mut line = Text::new()
            .styled(Style::Code, self.code.as_str())
            .plain(": ");
        if let Some(entry) = self.entry {
            line = line
                .plain(entry.description())
                .styled(Style::Label, " Fix: ");
        }
        let mut line = line.append(finding_fix(self));
        line = line
            .styled(Style::Label, " Seen: ")
            .plain(finding_count(self) + &caveats(self));
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
            field("Meaning", Text::new().plain(entry.description()));
        }
        field("Fix", finding_fix(self));
        if let Some(note) = self.entry.and_then(|entry| entry.note()) {
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
        let seen = finding_count(self) + how_recognised(self);
        field("Seen", Text::new().plain(seen));
        if let Some(id) = &self.first.request_id {
            field("Request ID", Text::new().plain(id.as_str()));
        }
        Card { title, fields }
    }
}

/// What to do about a finding, documented or not.
fn finding_fix<'a>(finding: &'a Finding) -> Text<'a> {
    match (finding.entry, &finding.suggestions[..]) {
        (Some(entry), _) => Text::new().styled(Style::Fix, entry.solution()),
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

/// What is said behind where it was seen, if it was not named by its code.
fn how_recognised(finding: &Finding) -> &'static str {
    match finding.matched_by {
        MatchedBy::Code => "",
        MatchedBy::Message => "; recognised by its message",
    }
}

/// Why the entry may not be what was meant, behind where it was seen.
fn caveats(finding: &Finding) -> String {
    let recognised = how_recognised(finding);
    match finding.first.http_status {
        Some(status) if finding.status_differs => {
            format!("{recognised}; received {}", status_text(status))
        }
        _ => recognised.to_owned(),
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
