//! The TOML of a catalog: which tables and fields it has and what makes it valid.
//!
//! Here are the limits and the frame of a file; `service` and `entry` read its tables,
//! `value` their fields, and `problem` says where a mistake stands.
//!
//! The build script compiles these files too: it is the one reader of catalogs.

mod entry;
#[cfg(test)]
mod json_schema;
pub(crate) mod service;
mod value;

use std::borrow::Cow;
use std::ops::Range;

use toml::de::DeTable;

use super::problem::{Problems, placed};
use super::truncate::truncated;
use super::vocabulary::Vocabulary;
use super::{Entry, Operation, Service};
use entry::Codes;
use value::{Field, Record, Text};

/// A valid catalog, as read from its TOML.
///
/// ```
/// let toml = std::fs::read_to_string("catalog.toml").unwrap();
/// let source = orgerr::catalog::parse(&toml).unwrap();
/// assert_eq!(source.services()[0].name(), "Organizations");
/// assert_eq!(source.entries()[0].code(), "Organizations.1001");
/// ```
#[derive(Debug)]
pub struct Source {
    pub(crate) services: Vec<Service>,
    pub(crate) operations: Vec<Operation>,
    pub(crate) entries: Vec<Entry>,
    /// Words that a search of the entries is helped by.
    pub(crate) vocabulary: Vocabulary,
}

impl Source {
    /// The services, in the order of the file.
    #[must_use]
    pub fn services(&self) -> &[Service] {
        &self.services
    }

    /// The operations, in the order of the file.
    #[must_use]
    pub fn operations(&self) -> &[Operation] {
        &self.operations
    }

    /// The entries, in the order of the file.
    #[must_use]
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }
}

/// Gives the service that has a name or another spelling of it, in any case.
pub(crate) type Known<'k> = &'k dyn Fn(&str) -> Option<&'k Service>;

/// Reads a catalog from its TOML.
///
/// # Errors
/// Every problem of the text at once, in the order of the file.
///
/// ```
/// let toml = std::fs::read_to_string("catalog.toml").unwrap();
/// assert!(orgerr::catalog::parse(&toml).is_ok());
/// let problems = orgerr::catalog::parse(&toml.replacen("status = 409", "status = 4090", 1));
/// assert!(problems.unwrap_err()[0].message.contains("'status'"));
/// ```
pub fn parse(text: &str) -> Result<Source, Problems> {
    parse_beside(text, &|_| None)
}

/// Reads a catalog that is to stand beside the known services.
pub(crate) fn parse_beside(text: &str, known: Known) -> Result<Source, Problems> {
    let (root, errors) = DeTable::parse_recoverable(text);
    let mut reader = Reader {
        known,
        problems: Vec::new(),
    };
    for error in errors {
        reader.problem(error.span().unwrap_or(0..0), error.message().to_owned());
    }
    if !reader.problems.is_empty() {
        // What a broken file says further on is guesswork.
        return Err(placed(text, reader.problems));
    }
    let source = reader.catalog(root.get_ref());
    if reader.problems.is_empty() {
        return Ok(source);
    }
    Err(placed(text, reader.problems))
}

/// The text of a file.
pub(crate) fn utf8(file: &[u8]) -> Result<&str, Problems> {
    str::from_utf8(file).map_err(|error| {
        let valid = error.valid_up_to();
        let before = String::from_utf8_lossy(&file[..valid]);
        let message = "a catalog is UTF-8, and this is not; save it as UTF-8".to_owned();
        placed(&before, vec![(valid, message)])
    })
}

/// The fields that a table may have.
struct Fields<const N: usize> {
    names: [&'static str; N],
    /// How many of them, the first ones, it must have.
    required: usize,
}

const SERVICE_FIELDS: Fields<8> = Fields {
    names: [
        "name",
        "title",
        "url",
        "updated",
        "categories",
        "aliases",
        "variants",
        "search_weight",
    ],
    required: 5,
};
const SEARCH_FIELDS: Fields<2> = Fields {
    names: ["ignored", "synonyms"],
    required: 0,
};
const ENTRY_FIELDS: Fields<8> = Fields {
    names: [
        "code",
        "status",
        "message",
        "description",
        "solution",
        "category",
        "action",
        "note",
    ],
    required: 7,
};

/// Characters that the name of a service has at most: text is looked at in blocks, and
/// a code must not be longer than what they overlap.
pub(crate) const MAX_NAME_LENGTH: usize = 64;
/// Digits that a code has at most; a longer number in a log is data.
pub(crate) const MAX_DIGITS: usize = 32;

struct Reader<'k> {
    known: Known<'k>,
    /// What is wrong, with the byte at which it stands.
    problems: Vec<(usize, String)>,
}

impl<'t> Reader<'_> {
    fn problem(&mut self, span: Range<usize>, message: String) {
        self.problems.push((span.start, message));
    }

    fn catalog<'a>(&mut self, root: &'a DeTable<'t>) -> Source {
        for (key, _) in root {
            if !["service", "search", "entry"].contains(&key.get_ref().as_ref()) {
                let message = format!(
                    "unknown table '{}'; a catalog has [[service]], [search] and [[entry]]",
                    truncated(key.get_ref())
                );
                self.problem(key.span(), message);
            }
        }
        let services = self.services(root);
        let (records, _) = self.records(root, "entry", "code");
        let mut codes = Codes::with_capacity(records.len());
        let mut entries = Vec::with_capacity(records.len());
        for record in &records {
            entries.extend(self.entry(record, &services, &mut codes));
        }
        let declared = services.declared.into_iter();
        Source {
            services: declared.filter_map(|declared| declared.service).collect(),
            operations: Vec::new(),
            entries,
            vocabulary: self.vocabulary(root),
        }
    }

    /// The optional table `[search]`.
    fn vocabulary(&mut self, root: &DeTable<'t>) -> Vocabulary {
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
            label: "[search]".into(),
        };
        let [ignored, synonyms] = self.fields(&record, &SEARCH_FIELDS);
        vocabulary.ignored = strings(self.texts(&record, ignored).unwrap_or_default());
        let Some(value) = synonyms.value else {
            return vocabulary;
        };
        let Some(table) = value.get_ref().as_table() else {
            self.wrong(&record, synonyms, "must be a table of lists");
            return vocabulary;
        };
        let record = Record {
            table,
            span: record.span,
            label: "[search.synonyms]".into(),
        };
        for (said, meant) in table {
            let field = Field {
                name: said.get_ref(),
                value: Some(meant),
            };
            let meant = strings(self.texts(&record, field).unwrap_or_default());
            vocabulary.synonyms.insert(field.name.to_owned(), meant);
        }
        vocabulary
    }

    /// The tables of the array `name`, and whether they are all that it has; `key` is
    /// the field that names one of them.
    fn records<'a>(
        &mut self,
        root: &'a DeTable<'t>,
        name: &str,
        key: &str,
    ) -> (Vec<Record<'a, 't>>, bool) {
        let Some(value) = root.get(name) else {
            self.problem(0..0, format!("the catalog has no [[{name}]]"));
            return (Vec::new(), false);
        };
        let wrong = || format!("'{name}' must be [[{name}]] tables, one or more");
        let array = value.get_ref().as_array();
        let Some(array) = array.filter(|array| !array.is_empty()) else {
            self.problem(value.span(), wrong());
            return (Vec::new(), false);
        };
        let mut records = Vec::with_capacity(array.len());
        for item in array {
            let Some(table) = item.get_ref().as_table() else {
                self.problem(item.span(), wrong());
                continue;
            };
            let named = table.get(key).and_then(|value| value.get_ref().as_str());
            records.push(Record {
                table,
                span: item.span(),
                label: named.map_or_else(|| format!("[[{name}]]").into(), truncated),
            });
        }
        let are_all = records.len() == array.len();
        (records, are_all)
    }
}

/// A text of the file that lasts.
fn owned(text: &str) -> super::Text {
    Cow::Owned(text.to_owned())
}

fn strings(texts: Vec<Text>) -> Vec<String> {
    texts
        .into_iter()
        .map(|(_, text)| text.clone().into_owned())
        .collect()
}

#[cfg(test)]
pub(super) mod tests {
    use std::collections::BTreeMap;

    use super::super::{Action, Problem};
    use super::*;

    pub(in crate::data) const SERVICE: &str = r#"
[[service]]
name = "Demo"
title = "Demo service"
url = "https://demo.example/errors"
updated = "2024-05-28"
categories = ["one", "two"]
"#;
    pub(in crate::data) const ENTRY: &str = r#"
[[entry]]
code = "Demo.0001"
status = 404
message = "no such demo."
description = "Demo not found."
solution = "Try again later."
category = "two"
action = "retry"
"#;

    pub(in crate::data) fn problems(text: &str) -> Vec<String> {
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
            BTreeMap::from([("ou".to_owned(), vec!["unit".to_owned()])])
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
    fn every_problem_is_told_at_once() {
        let broken = ENTRY.replace("404", "0").replace("retry", "pray");
        assert_eq!(
            problems(&format!("{SERVICE}{broken}{broken}")),
            [
                "11:10: Demo.0001: the field 'status' must be an HTTP status, a number from 100 to 599",
                "16:10: Demo.0001: the field 'action' must be one of retry, fix-request, \
                 check-permission, change-state, reduce-usage, contact-support",
                "19:8: Demo.0001: the field 'code' names an entry again",
                "20:10: Demo.0001: the field 'status' must be an HTTP status, a number from 100 to 599",
                "25:10: Demo.0001: the field 'action' must be one of retry, fix-request, \
                 check-permission, change-state, reduce-usage, contact-support",
            ]
        );
        let service = format!("{SERVICE}aliases = [1]\nvariants = 3\nsearch_weight = 0\n");
        assert_eq!(
            problems(&format!("{service}{ENTRY}")),
            [
                "8:11: Demo: the field 'aliases' must be a list of texts in quotes",
                "9:12: Demo: the field 'variants' must be true or false",
                "10:17: Demo: the field 'search_weight' must be a number from 1 to 100",
            ]
        );
    }

    #[test]
    fn a_file_that_is_no_text_is_told_with_the_place() {
        let problems = utf8(b"\xef\xbb\xbfone\n\xc3\xa9 \xe9").unwrap_err();
        assert_eq!(
            problems[0].to_string(),
            "2:3: a catalog is UTF-8, and this is not; save it as UTF-8"
        );
        assert_eq!(problems.len(), 1);
    }

    #[test]
    fn broken_toml_is_told_with_its_place() {
        assert!(problems(&format!("{SERVICE}[[entry]\n"))[0].starts_with("8:"));
        assert_eq!(
            problems(""),
            [
                "1:1: the catalog has no [[service]]",
                "1:1: the catalog has no [[entry]]"
            ]
        );
    }
}
