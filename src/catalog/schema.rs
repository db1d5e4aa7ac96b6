//! The TOML of a catalog: which tables and fields it has and what makes it valid.
//!
//! The build script compiles this file too: it is the one reader of catalogs.

use std::collections::HashSet;
use std::fmt;
use std::ops::Range;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::entry::{Action, Entry, Service};
use super::indexing::Vocabulary;

/// A valid catalog, as read from its TOML.
#[derive(Debug)]
pub struct Source {
    /// The services, in the order of the file.
    pub services: Vec<Service>,
    /// The entries, in the order of the file.
    pub entries: Vec<Entry>,
    /// Words that a search of the entries is helped by.
    pub vocabulary: Vocabulary,
}

/// One mistake in a catalog, with the place where it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// Line, counted from 1.
    pub line: usize,
    /// Column in characters, counted from 1.
    pub column: usize,
    /// What is wrong and what would be right; names the entry and the field.
    pub message: String,
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: {}", self.line, self.column, self.message)
    }
}

/// Reads a catalog from its TOML.
///
/// # Errors
/// Every problem of the text at once, in the order of the file.
pub fn parse(text: &str) -> Result<Source, Vec<Problem>> {
    let mut reader = Reader {
        text,
        problems: Vec::new(),
    };
    let (root, syntax_errors) = DeTable::parse_recoverable(text);
    for error in syntax_errors {
        reader.problem(error.span().unwrap_or(0..0), error.message().to_owned());
    }
    if !reader.problems.is_empty() {
        // What a broken file says further on is guesswork.
        return Err(reader.problems);
    }
    let source = reader.catalog(root.get_ref());
    if reader.problems.is_empty() {
        return Ok(source);
    }
    reader.problems.sort_by_key(|p| (p.line, p.column));
    Err(reader.problems)
}

/// The fields of a `[[service]]`; all but the last three are required.
pub const SERVICE_FIELDS: [&str; 8] = [
    "name",
    "title",
    "url",
    "updated",
    "categories",
    "aliases",
    "variants",
    "search_weight",
];
/// The fields of `[search]`.
pub const SEARCH_FIELDS: [&str; 2] = ["ignored", "synonyms"];
/// The fields of an `[[entry]]`; all but `note` are required.
pub const ENTRY_FIELDS: [&str; 8] = [
    "code",
    "status",
    "message",
    "description",
    "solution",
    "category",
    "action",
    "note",
];

struct Reader<'t> {
    text: &'t str,
    problems: Vec<Problem>,
}

/// One `[[service]]` or `[[entry]]`, with how to name it in a problem.
struct Record<'a> {
    table: &'a DeTable<'a>,
    span: Range<usize>,
    label: String,
}

impl Reader<'_> {
    fn problem(&mut self, span: Range<usize>, message: String) {
        let before = &self.text[..span.start.min(self.text.len())];
        let line_start = before.rfind('\n').map_or(0, |newline| newline + 1);
        self.problems.push(Problem {
            line: before.matches('\n').count() + 1,
            column: before[line_start..].chars().count() + 1,
            message,
        });
    }

    fn catalog(&mut self, root: &DeTable) -> Source {
        for (key, _) in root {
            if !["service", "search", "entry"].contains(&key.get_ref().as_ref()) {
                let message = format!(
                    "unknown table '{}'; a catalog has [[service]], [search] and [[entry]]",
                    key.get_ref()
                );
                self.problem(key.span(), message);
            }
        }
        let services: Vec<Service> = self
            .records(root, "service", "name")
            .into_iter()
            .filter_map(|record| self.service(&record))
            .collect();
        let records = self.records(root, "entry", "code");
        if records.is_empty() {
            self.problem(0..0, "the catalog has no [[entry]]".to_owned());
        }
        let mut codes = HashSet::new();
        let mut entries = Vec::with_capacity(records.len());
        for record in records {
            let Some(entry) = self.entry(&record, &services) else {
                continue;
            };
            let has_variants = services
                .iter()
                .any(|service| service.name == entry.service && service.variants);
            let variant = has_variants.then(|| (entry.status, entry.message.clone()));
            if !codes.insert((entry.code.to_ascii_lowercase(), variant)) {
                let message = format!("{}: the field 'code' names an entry again", record.label);
                self.problem(record.span, message);
            }
            entries.push(entry);
        }
        Source {
            services,
            entries,
            vocabulary: self.vocabulary(root),
        }
    }

    /// The optional table `[search]`.
    fn vocabulary(&mut self, root: &DeTable) -> Vocabulary {
        let mut vocabulary = Vocabulary::default();
        let Some(value) = root.get("search") else {
            return vocabulary;
        };
        let Some(table) = value.get_ref().as_table() else {
            self.problem(value.span(), "'search' must be a [search] table".to_owned());
            return vocabulary;
        };
        let record = Record {
            table,
            span: value.span(),
            label: "[search]".to_owned(),
        };
        self.refuse_unknown_fields(&record, &SEARCH_FIELDS);
        if table.contains_key("ignored") {
            vocabulary.ignored = self.names(&record, "ignored").unwrap_or_default();
        }
        let Some(synonyms) = table.get("synonyms") else {
            return vocabulary;
        };
        let Some(synonyms) = synonyms.get_ref().as_table() else {
            self.wrong(
                &record,
                "synonyms",
                synonyms.span(),
                "must be a table of lists",
            );
            return vocabulary;
        };
        let record = Record {
            table: synonyms,
            label: "[search.synonyms]".to_owned(),
            span: record.span,
        };
        for (said, _) in synonyms {
            let said = said.get_ref().as_ref();
            let meant = self.names(&record, said).unwrap_or_default();
            vocabulary.synonyms.push((said.to_owned(), meant));
        }
        vocabulary
    }

    /// The tables of the array `name`; `key` is the field that names one of them.
    fn records<'a>(&mut self, root: &'a DeTable<'a>, name: &str, key: &str) -> Vec<Record<'a>> {
        let Some(value) = root.get(name) else {
            return Vec::new();
        };
        let Some(array) = value.get_ref().as_array() else {
            self.problem(value.span(), format!("'{name}' must be [[{name}]] tables"));
            return Vec::new();
        };
        let mut records = Vec::with_capacity(array.len());
        for item in array {
            let Some(table) = item.get_ref().as_table() else {
                self.problem(item.span(), format!("'{name}' must be [[{name}]] tables"));
                continue;
            };
            let named = table.get(key).and_then(|value| value.get_ref().as_str());
            records.push(Record {
                table,
                span: item.span(),
                label: named.map_or_else(|| format!("[[{name}]]"), str::to_owned),
            });
        }
        records
    }

    fn service(&mut self, record: &Record) -> Option<Service> {
        self.refuse_unknown_fields(record, &SERVICE_FIELDS);
        let name = self.text_field(record, "name");
        let title = self.text_field(record, "title");
        let url = self.text_field(record, "url");
        let updated = self.text_field(record, "updated");
        let categories = self.names(record, "categories");
        let aliases = if record.table.contains_key("aliases") {
            self.names(record, "aliases")?
        } else {
            Vec::new()
        };
        let variants = self.flag(record, "variants");
        let search_weight = self.percent(record, "search_weight");
        Some(Service {
            name: name?.into(),
            aliases: aliases.into_iter().map(Into::into).collect(),
            variants: variants?,
            search_weight: search_weight?,
            title: title?.into(),
            url: url?.into(),
            updated: updated?.into(),
            categories: categories?.into_iter().map(Into::into).collect(),
        })
    }

    /// A field that may hold a percentage; 100 where it is not there.
    fn percent(&mut self, record: &Record, field: &str) -> Option<u8> {
        let Some(value) = record.table.get(field) else {
            return Some(100);
        };
        let number = value.get_ref().as_integer();
        let percent = number
            .and_then(|number| u8::from_str_radix(number.as_str(), number.radix()).ok())
            .filter(|percent| (1..=100).contains(percent));
        if percent.is_none() {
            self.wrong(
                record,
                field,
                value.span(),
                "must be a number from 1 to 100",
            );
        }
        percent
    }

    /// A field that may hold true or false; false where it is not there.
    fn flag(&mut self, record: &Record, field: &str) -> Option<bool> {
        let Some(value) = record.table.get(field) else {
            return Some(false);
        };
        let flag = value.get_ref().as_bool();
        if flag.is_none() {
            self.wrong(record, field, value.span(), "must be true or false");
        }
        flag
    }

    /// A field that must hold a list of names.
    fn names(&mut self, record: &Record, field: &str) -> Option<Vec<String>> {
        let value = self.field(record, field)?;
        let name = |item: &Spanned<DeValue>| item.get_ref().as_str().map(str::to_owned);
        let array = value.get_ref().as_array();
        let names = array.and_then(|array| array.iter().map(name).collect());
        if names.is_none() {
            self.wrong(
                record,
                field,
                value.span(),
                "must be a list of texts in quotes",
            );
        }
        names
    }

    fn entry(&mut self, record: &Record, services: &[Service]) -> Option<Entry> {
        self.refuse_unknown_fields(record, &ENTRY_FIELDS);
        let service = self.code_service(record, services);
        let status = self.status(record);
        let message = self.text_field(record, "message");
        let description = self.text_field(record, "description");
        let solution = self.text_field(record, "solution");
        let category = self.category(record, service);
        let action = self.action(record);
        let note = match record.table.get("note") {
            Some(_) => Some(self.text_field(record, "note")?.into()),
            None => None,
        };
        let solution = solution?;
        Some(Entry {
            code: record.label.clone().into(),
            service: service?.name.clone(),
            status: status?,
            message: message?.into(),
            description: description?.into(),
            category: category?.into(),
            action: action?,
            retryable: solution.to_ascii_lowercase().starts_with("try again"),
            note,
            solution: solution.into(),
        })
    }

    /// The service that the entry's code starts with.
    fn code_service<'s>(
        &mut self,
        record: &Record,
        services: &'s [Service],
    ) -> Option<&'s Service> {
        let code = self.text_field(record, "code")?;
        let number = |service: &Service| {
            let rest = code.strip_prefix(service.name.as_ref())?;
            rest.strip_prefix('.').map(str::as_bytes)
        };
        let service = services.iter().find(|service| {
            let digits = number(service).unwrap_or_default();
            !digits.is_empty() && digits.iter().all(u8::is_ascii_digit)
        });
        if service.is_none() {
            let names: Vec<_> = services
                .iter()
                .map(|service| service.name.as_ref())
                .collect();
            let expected = format!(
                "must be the name of a [[service]] ({}), a dot and digits",
                names.join(", ")
            );
            self.wrong_value(record, "code", &expected);
        }
        service
    }

    fn status(&mut self, record: &Record) -> Option<u16> {
        let value = self.field(record, "status")?;
        let status = value
            .get_ref()
            .as_integer()
            .and_then(|integer| u16::from_str_radix(integer.as_str(), integer.radix()).ok())
            .filter(|status| (100..600).contains(status));
        if status.is_none() {
            let expected = "must be an HTTP status, a number from 100 to 599";
            self.wrong(record, "status", value.span(), expected);
        }
        status
    }

    fn category(&mut self, record: &Record, service: Option<&Service>) -> Option<String> {
        let category = self.text_field(record, "category")?;
        let known = &service?.categories;
        if !known.iter().any(|name| *name == category) {
            let expected = format!("must be one of {}", known.join(", "));
            self.wrong_value(record, "category", &expected);
            return None;
        }
        Some(category)
    }

    fn action(&mut self, record: &Record) -> Option<Action> {
        let name = self.text_field(record, "action")?;
        let action = Action::ALL.into_iter().find(|action| action.name() == name);
        if action.is_none() {
            let expected = format!(
                "must be one of {}",
                Action::ALL.map(Action::name).join(", ")
            );
            self.wrong_value(record, "action", &expected);
        }
        action
    }

    fn refuse_unknown_fields(&mut self, record: &Record, known: &[&str]) {
        for (key, _) in record.table {
            let name = key.get_ref();
            if !known.contains(&name.as_ref()) {
                let expected = format!("is unknown; there are {}", known.join(", "));
                self.wrong(record, name, key.span(), &expected);
            }
        }
    }

    fn field<'a>(&mut self, record: &Record<'a>, field: &str) -> Option<&'a Spanned<DeValue<'a>>> {
        let value = record.table.get(field);
        if value.is_none() {
            self.wrong(record, field, record.span.clone(), "is missing");
        }
        value
    }

    /// A field that must hold text and not be blank.
    fn text_field(&mut self, record: &Record, field: &str) -> Option<String> {
        let value = self.field(record, field)?;
        match value.get_ref().as_str() {
            Some(text) if !text.trim().is_empty() => Some(text.to_owned()),
            Some(_) => {
                self.wrong(record, field, value.span(), "is empty");
                None
            }
            None => {
                self.wrong(record, field, value.span(), "must be text in quotes");
                None
            }
        }
    }

    /// Says that the value that `field` has is not one that it may have.
    fn wrong_value(&mut self, record: &Record, field: &str, expected: &str) {
        let span = record
            .table
            .get(field)
            .map_or(record.span.clone(), Spanned::span);
        self.wrong(record, field, span, expected);
    }

    fn wrong(&mut self, record: &Record, field: &str, span: Range<usize>, what: &str) {
        self.problem(
            span,
            format!("{}: the field '{field}' {what}", record.label),
        );
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SERVICE: &str = r#"
[[service]]
name = "Demo"
title = "Demo service"
url = "https://demo.example/errors"
updated = "2024-05-28"
categories = ["one", "two"]
"#;
    const ENTRY: &str = r#"
[[entry]]
code = "Demo.0001"
status = 404
message = "no such demo."
description = "Demo not found."
solution = "Try again later."
category = "two"
action = "retry"
"#;

    fn problems(text: &str) -> Vec<String> {
        let problems = parse(text).expect_err("an invalid catalog");
        problems.iter().map(Problem::to_string).collect()
    }

    #[test]
    fn a_valid_catalog_is_read_as_it_stands() {
        let source = parse(&format!("{SERVICE}{ENTRY}")).unwrap();
        assert_eq!(source.services[0].name, "Demo");
        let entry = &source.entries[0];
        assert_eq!(
            (entry.code.as_ref(), entry.service.as_ref()),
            ("Demo.0001", "Demo")
        );
        assert_eq!(
            (entry.status, entry.action, entry.retryable),
            (404, Action::Retry, true)
        );
        assert_eq!((entry.category.as_ref(), &entry.note), ("two", &None));
    }

    #[test]
    fn words_for_the_search_are_optional_lists() {
        let search = "[search]\nignored = [\"the\"]\n[search.synonyms]\nou = [\"unit\"]\n";
        let source = parse(&format!("{search}{SERVICE}{ENTRY}")).unwrap();
        assert_eq!(source.vocabulary.ignored, ["the"]);
        assert_eq!(
            source.vocabulary.synonyms,
            [("ou".to_owned(), vec!["unit".to_owned()])]
        );

        let wrong = search
            .replace("[\"unit\"]", "\"unit\"")
            .replace("ignored", "ignore");
        assert_eq!(
            problems(&format!("{wrong}{SERVICE}{ENTRY}")),
            [
                "2:1: [search]: the field 'ignore' is unknown; there are ignored, synonyms",
                "4:6: [search.synonyms]: the field 'ou' must be a list of texts in quotes",
            ]
        );
    }

    #[test]
    fn a_wrong_value_is_named_with_its_place_entry_and_field() {
        for (right, wrong, problem) in [
            (
                "404",
                "604",
                "11:10: Demo.0001: the field 'status' must be an HTTP status",
            ),
            (
                "404",
                "0x404",
                "11:10: Demo.0001: the field 'status' must be an HTTP status",
            ),
            (
                "404",
                "\"404\"",
                "11:10: Demo.0001: the field 'status' must be an HTTP status",
            ),
            (
                "\"no such demo.\"",
                "\" \"",
                "12:11: Demo.0001: the field 'message' is empty",
            ),
            (
                "\"no such demo.\"",
                "7",
                "12:11: Demo.0001: the field 'message' must be text",
            ),
            (
                "= \"two\"",
                "= \"six\"",
                "15:12: Demo.0001: the field 'category' must be one of one, two",
            ),
            (
                "\"retry\"",
                "\"pray\"",
                "16:10: Demo.0001: the field 'action' must be one of retry, ",
            ),
            (
                "Demo.0001",
                "Demo.x1",
                "10:8: Demo.x1: the field 'code' must be the name of a [[service]] (Demo)",
            ),
            (
                "action",
                "acton",
                "16:1: Demo.0001: the field 'acton' is unknown; there are code, ",
            ),
        ] {
            let text = format!("{SERVICE}{ENTRY}").replace(right, wrong);
            let found = problems(&text);
            assert!(
                found.iter().any(|found| found.starts_with(problem)),
                "{found:#?}"
            );
        }
    }

    #[test]
    fn a_missing_field_is_named_with_its_entry() {
        let text = format!("{SERVICE}{ENTRY}").replace("status = 404\n", "");
        assert_eq!(
            problems(&text),
            ["9:1: Demo.0001: the field 'status' is missing"]
        );
    }

    #[test]
    fn a_code_stands_for_one_entry() {
        let text = format!("{SERVICE}{ENTRY}{ENTRY}");
        assert_eq!(
            problems(&text),
            ["18:1: Demo.0001: the field 'code' names an entry again"]
        );
    }

    #[test]
    fn every_problem_is_told_at_once() {
        let broken = ENTRY.replace("404", "0").replace("retry", "pray");
        assert_eq!(problems(&format!("{SERVICE}{broken}{broken}")).len(), 4);
    }

    #[test]
    fn broken_toml_is_told_with_its_place() {
        assert!(problems(&format!("{SERVICE}[[entry]\n"))[0].starts_with("8:"));
        assert_eq!(problems(""), ["1:1: the catalog has no [[entry]]"]);
    }
}
