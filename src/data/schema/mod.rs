//! Reads the TOML of a catalog, and reports what is wrong with it.
//!
//! Each table is read on its own (`table_reader`), so that a problem in one table hides no problem
//! in another. Its values are checked against the rules of their fields (`field_rules`), and serde
//! makes a struct of the table. Then the tables are checked against each other (`services`,
//! `operations`, `entries`).

pub(crate) mod entries;
mod field_rules;
mod operations;
mod services;
mod table_reader;

use toml::de::DeTable;

use super::catalog_problems::{BYTE_ORDER_MARK, Problems, by_line_and_column};
use super::registry::Registry;
use super::truncate::quoted;
use super::vocabulary::Vocabulary;
use super::{Entry, Operation, Service};

use entries::EntryReader;
#[cfg(test)]
pub(crate) use field_rules::Rule;
pub(crate) use field_rules::{MAX_CODE_LENGTH, MAX_DIGITS, MAX_NAME_LENGTH};
#[cfg(feature = "import")]
pub(crate) use field_rules::{MAX_MESSAGE_LENGTH, MAX_PROSE_LENGTH, can_follow_dot};
pub use field_rules::{NAME_RULE, is_name};
use table_reader::TableReader;

/// Hint for a file that is not a catalog.
const NOT_TOML: &str =
    "; this is not TOML; to turn a documentation page into a catalog: orgerr catalog import";

/// A valid catalog, as read from its TOML.
///
/// ```
/// let toml = std::fs::read_to_string("catalog.toml").unwrap();
/// let source = orgerr::parse_catalog(&toml).unwrap();
/// assert_eq!(source.services()[0].name(), "Organizations");
/// assert_eq!(source.entries()[0].code(), "Organizations.1001");
/// ```
#[derive(Debug)]
pub struct ParsedCatalog {
    pub(crate) services: Vec<Service>,
    pub(crate) operations: Vec<Operation>,
    pub(crate) entries: Vec<Entry>,
    /// How people ask for the entries.
    pub(crate) vocabulary: Vocabulary,
}

getters! { ParsedCatalog:
    /// The services, in the order of the file.
    pub services(self) -> &[Service] = &self.services;

    /// The operations, sorted by service and name.
    pub operations(self) -> &[Operation] = &self.operations;

    /// The entries, in the order of the file.
    pub entries(self) -> &[Entry] = &self.entries;
}

/// Reads a catalog from its TOML.
///
/// # Errors
/// At least one problem of each table that has any, in the order of the file. If the text is not
/// TOML, only the first problem.
///
/// ```
/// let toml = std::fs::read_to_string("catalog.toml").unwrap();
/// assert!(orgerr::parse_catalog(&toml).is_ok());
/// let problems = orgerr::parse_catalog(&toml.replacen("\nstatus = 409", "\nstatus = 4090", 1));
/// assert!(problems.unwrap_err()[0].message.contains("'status'"));
/// ```
pub fn parse(toml: &str) -> Result<ParsedCatalog, Problems> {
    parse_beside(toml, &Registry::default())
}

/// Reads a catalog that is added to others. `known` has the names of the others.
pub(crate) fn parse_beside(toml: &str, known: &Registry) -> Result<ParsedCatalog, Problems> {
    // If the text is not TOML, only the first problem is reported. The parser can only guess at
    // what follows, and would need memory for every broken line.
    let root = DeTable::parse(toml).map_err(|error| {
        let start = error.span().map_or(0, |span| span.start);
        let mut lines = toml.trim_start_matches(BYTE_ORDER_MARK).lines().map(str::trim_start);
        let first = lines.find(|line| !line.is_empty() && !line.starts_with('#'));
        let begins_like_toml = first.is_none_or(|line| line.contains(['[', '=']));
        let hint = if begins_like_toml { "" } else { NOT_TOML };
        by_line_and_column(toml, vec![(start, error.message().to_owned() + hint)])
    })?;
    let mut root = root.into_inner();
    let reader = TableReader::default();
    let [services, operations, search, entries] =
        ["service", "operations", "search", "entry"].map(|name| root.remove(name));
    for (key, _) in root {
        let (start, key) = (key.span().start, quoted(key.get_ref()));
        let known = "a catalog has [[service]], [operations], [search] and [[entry]]";
        reader.problem(start, format!("unknown table {key}; {known}"));
    }
    let mut names =
        Names { known, own: Registry::default(), has_all_services: true, has_all_operations: true };
    names.add_services(services, &reader);
    names.add_operations(operations, &reader);
    let mut entry_reader = EntryReader::new(&names, toml);
    let tables = reader.tables(entries, "entry", "code");
    let entries = tables.iter().filter_map(|table| entry_reader.entry(table)).collect();
    let search = search.and_then(|value| reader.table(value, "[search]".to_owned()));
    let vocabulary = search.and_then(|table| table.read()).unwrap_or_default();
    let problems = reader.problems.take();
    if !problems.is_empty() {
        return Err(by_line_and_column(toml, problems));
    }
    let Registry { services, operations, .. } = names.own;
    Ok(ParsedCatalog {
        services,
        operations: operations.into_values().collect(),
        entries,
        vocabulary,
    })
}

/// The services and operations that an entry may name.
struct Names<'k> {
    /// The names in the catalogs that the file is added to.
    known: &'k Registry,
    /// The names in the file itself.
    own: Registry,
    /// Whether all services of the file could be read. If not, a name that is unknown may belong to
    /// an unread service, and is not reported.
    has_all_services: bool,
    /// The same for the operations.
    has_all_operations: bool,
}

/// The file as text, or the place where it is not UTF-8.
pub(crate) fn utf8(file: &[u8]) -> Result<&str, Problems> {
    str::from_utf8(file).map_err(|error| {
        let valid = error.valid_up_to();
        let before = String::from_utf8_lossy(&file[..valid]);
        let message = "a catalog is UTF-8, and this is not; save it as UTF-8".to_owned();
        by_line_and_column(&before, vec![(valid, message)])
    })
}

#[cfg(test)]
mod tests {
    use super::super::{Action, Problem};
    use super::*;

    pub(super) const SERVICE: &str = r#"
[[service]]
name = "Demo"
title = "Demo service"
url = "https://demo.example/errors"
updated = "2024-05-28"
categories = ["one", "two"]
"#;
    pub(super) const ENTRY: &str = r#"
[[entry]]
code = "Demo.0001"
status = 404
message = "no such demo."
description = "Demo not found."
solution = "Try again later."
category = "two"
action = "retry"
"#;

    pub(super) fn problems(text: &str) -> Vec<String> {
        let problems = parse(text).expect_err("an invalid catalog");
        problems.iter().map(Problem::to_string).collect()
    }

    #[test]
    fn a_valid_catalog_is_read_as_it_stands() {
        let source = parse(&format!("{SERVICE}{ENTRY}")).unwrap();
        assert_eq!(source.services[0].name, "Demo");
        let entry = &source.entries[0];
        assert_eq!((entry.code(), entry.service()), ("Demo.0001", "Demo"));
        assert_eq!((entry.status, entry.action, entry.retryable), (404, Action::Retry, true));
        assert_eq!((entry.category(), entry.note()), ("two", None));
        assert_eq!(entry.url(), Some("https://demo.example/errors"));
        assert!(entry.documented());
    }

    #[test]
    fn words_for_the_search_are_optional_lists() {
        let search = "[search]\nignored = [\"the\"]\n[search.synonyms]\nou = [\"unit\"]\n";
        let source = parse(&format!("{search}{SERVICE}{ENTRY}")).unwrap();
        assert_eq!(source.vocabulary.ignored, ["the"]);
        assert_eq!(source.vocabulary.synonyms["ou"], ["unit"]);

        let wrong = search.replace("[\"unit\"]", "\"unit\"");
        assert_eq!(
            problems(&format!("{wrong}{SERVICE}{ENTRY}")),
            ["4:6: [search]: the field 'synonyms.ou' must be a list, not the string \"unit\""]
        );
        let wrong = search.replace("ignored", "ignore");
        assert_eq!(
            problems(&format!("{wrong}{SERVICE}{ENTRY}")),
            [
                "2:1: [search]: unknown field `ignore`, expected one of `ignored`, `synonyms`, `names`, \
                 `phrases`"
            ]
        );
    }

    #[test]
    fn every_table_with_a_problem_is_reported_at_once() {
        let broken = ENTRY.replace("404", "0");
        let blank = ENTRY.replace("0001", "0002").replace("no such demo.", " ");
        let missing = ENTRY.replace("status = 404\n", "");
        let again = ENTRY.replace("Try again later.", "").replace("0001", "0003");
        let service = format!("{SERVICE}aliases = [1]\nvariants = 3\n");
        assert_eq!(
            problems(&format!("{service}{broken}{blank}{missing}{ENTRY}{ENTRY}{again}")),
            [
                "8:12: Demo: the field 'aliases' must be a string, not the integer `1`",
                "13:10: Demo.0001: the field 'status' must be a number from 100 to 599",
                "23:11: Demo.0002: the field 'message' must be text that is not blank",
                "29:1: Demo.0001: missing field `status`",
                "47:8: Demo.0001: the field 'code' repeats the entry on line 38, with its status and message",
                "60:12: Demo.0003: the field 'solution' must be text that is not blank",
            ]
        );
    }

    #[test]
    fn problems_beyond_a_thousand_are_counted() {
        let entries = "[[entry]]\n".repeat(1_500);
        let problems = problems(&format!("{SERVICE}{entries}"));
        assert_eq!(problems.len(), 1_001);
        assert_eq!(problems[999], "1007:1: [[entry]]: missing field `code`");
        assert_eq!(problems[1_000], "1008:1: 500 more problems from here on");
    }

    #[test]
    fn a_file_that_is_no_text_is_reported_with_the_place() {
        let problems = utf8(b"\xef\xbb\xbfone\n\xc3\xa9 \xe9").unwrap_err();
        assert_eq!(
            problems[0].to_string(),
            "2:3: a catalog is UTF-8, and this is not; save it as UTF-8"
        );
        assert_eq!(problems.len(), 1);
    }

    #[test]
    fn broken_toml_is_reported_with_its_place() {
        assert!(problems(&format!("{SERVICE}[[entry]\n"))[0].starts_with("8:"));
        assert_eq!(problems(&"=\n".repeat(250_000)).len(), 1);
        for broken in ["[[entry]\n", "# Ours\n\n[service]]\n", "\u{feff}name = \n", "# Ours\n=\n"] {
            assert!(!problems(broken)[0].contains("import"), "{broken}");
        }
        assert_eq!(
            problems("# Errors\n\n| Code | Status |\n"),
            ["3:3: key with no value, expected `=`; this is not TOML; to turn a documentation \
                 page into a catalog: orgerr catalog import"]
        );
        assert_eq!(
            problems(""),
            ["1:1: the catalog has no [[service]]", "1:1: the catalog has no [[entry]]"]
        );
        assert_eq!(
            problems(&format!("{SERVICE}{ENTRY}[other]")),
            ["17:2: unknown table 'other'; a catalog has [[service]], [operations], [search] \
                 and [[entry]]"]
        );
        assert_eq!(
            problems(&format!("entry = 7\n{SERVICE}")),
            ["1:9: 'entry' must be [[entry]] tables"]
        );
    }

    #[test]
    fn texts_have_limits_that_no_honest_catalog_comes_near() {
        let message = |length| ENTRY.replace("no such demo.", &"x".repeat(length));
        assert!(parse(&format!("{SERVICE}{}", message(4_096))).is_ok());
        assert_eq!(
            problems(&format!("{SERVICE}{}", message(4_097))),
            ["12:11: Demo.0001: the field 'message' is longer than 4096 bytes"]
        );
    }

    #[test]
    fn long_texts_are_not_repeated_whole() {
        let entry = ENTRY.replace("Demo.0001", &"x".repeat(10_000));
        let services: String =
            (0..100).map(|number| SERVICE.replace("Demo", &format!("Demo{number}"))).collect();
        let found = problems(&format!("{services}{entry}"));
        assert!(found.len() == 1 && found[0].len() < 400, "{found:?}");
    }
}
