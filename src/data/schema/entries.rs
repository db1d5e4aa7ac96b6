//! The `[[entry]]` tables.

use std::collections::HashSet;

use toml::Spanned;
use toml::de::DeValue;

use super::super::problem::listed;
use super::super::{Entry, Text, begins_with_retry};
use super::Names;
use super::table_reader::TableReader;

/// Checks of an entry: nobody runs more.
const MAX_CHECKS: usize = 3;

pub(super) struct EntryReader<'n> {
    names: &'n Names<'n>,
    /// The categories of the services, with the names of these.
    categories: HashSet<(&'n str, &'n str)>,
    /// The codes that were read, in lower case; of a service with variants with what
    /// distinguishes its entries.
    seen: HashSet<(String, Option<(u16, Text)>)>,
    pub(super) entries: Vec<Entry>,
}

impl<'n> EntryReader<'n> {
    pub(super) fn new(names: &'n Names) -> Self {
        let services = names.own.services.iter();
        let categories = services.flat_map(|it| it.categories().map(|name| (it.name(), name)));
        EntryReader {
            names,
            categories: categories.collect(),
            seen: HashSet::new(),
            entries: Vec::new(),
        }
    }

    pub(super) fn add(&mut self, tables: Option<Spanned<DeValue>>, reader: &mut TableReader) {
        let names = self.names;
        for table in reader.tables(tables, "entry", "code") {
            let Some(mut entry) = reader.record::<Entry>(&table) else {
                continue;
            };
            let service_of = names.service_of(&entry.code);
            let Some((own, number)) = reader.meant(&table, "code", [service_of]).pop() else {
                continue;
            };
            let variant = own.variants.then(|| (entry.status, entry.message.clone()));
            if !self.seen.insert((entry.code.to_ascii_lowercase(), variant)) {
                reader.wrong(&table, "code", 0, "names an entry again");
            }
            let category = (own.name(), &*entry.category);
            if !own.categories.is_empty() && !self.categories.contains(&category) {
                let what = format!("must be one of {}", listed(own.categories()));
                reader.wrong(&table, "category", 0, &what);
            }
            let service = names.canonical(&own.name);
            let checks = entry.check.iter();
            let checks = checks.map(|check| names.check(&check.operation, &service));
            let checks = reader.meant(&table, "check", checks);
            if checks.len() > MAX_CHECKS {
                let what = format!("has more than {MAX_CHECKS}");
                reader.wrong(&table, "check", MAX_CHECKS, &what);
            }
            let operations = entry.returned_by();
            let operations = operations.map(|name| names.operation(&service, name));
            reader.meant(&table, "returned_by", operations);
            entry.code = format!("{service}.{number}").into();
            entry.service = service;
            entry.retryable = begins_with_retry(&entry.solution);
            entry.check = checks.into();
            entry.url = own.page_text().cloned();
            self.entries.push(entry);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::parse;
    use super::super::tests::{ENTRY, SERVICE, problems};

    #[test]
    fn a_wrong_value_is_named_with_its_place_entry_and_field() {
        for (right, wrong, problem) in [
            (
                "404",
                "604",
                "11:10: Demo.0001: the field 'status' must be a number from 100 to 599",
            ),
            (
                "404",
                "\"404\"",
                "11:10: Demo.0001: the field 'status' must be a number from 100 to 599",
            ),
            (
                "\"no such demo.\"",
                "\" \"",
                "12:11: Demo.0001: the field 'message' must be text that is not blank",
            ),
            (
                "\"no such demo.\"",
                "7",
                "12:11: Demo.0001: the field 'message': invalid type: integer `7`, expected a string",
            ),
            (
                "= \"two\"",
                "= \"six\"",
                "15:12: Demo.0001: the field 'category' must be one of one, two",
            ),
            (
                "\"retry\"",
                "\"pray\"",
                "16:10: Demo.0001: the field 'action': unknown variant `pray`, expected one of \
                 `retry`, ",
            ),
            (
                "action",
                "acton",
                "16:1: Demo.0001: unknown field `acton`, expected one of `code`, ",
            ),
        ] {
            let text = format!("{SERVICE}{ENTRY}").replace(right, wrong);
            let found = problems(&text);
            assert!(
                found.len() == 1 && found[0].starts_with(problem),
                "{found:#?}"
            );
        }
    }

    #[test]
    fn a_code_stands_for_one_entry() {
        let again = "19:8: Demo.0001: the field 'code' names an entry again";
        assert_eq!(problems(&format!("{SERVICE}{ENTRY}{ENTRY}")), [again]);
        let word = ENTRY.replace("0001", "NoSuchDemo");
        let again = "19:8: Demo.nosuchdemo: the field 'code' names an entry again";
        let other = word.replace("NoSuchDemo", "nosuchdemo");
        assert_eq!(problems(&format!("{SERVICE}{word}{other}")), [again]);
        let service = format!("{SERVICE}variants = true\n");
        let other = ENTRY.replace("404", "410");
        assert!(parse(&format!("{service}{ENTRY}{other}")).is_ok());
    }

    #[test]
    fn a_code_is_of_a_service_as_that_is_spelled() {
        let service = format!("{SERVICE}aliases = [\"DM\"]\n");
        let problem = |code: &str| {
            let entry = ENTRY.replace("Demo.0001", code);
            problems(&format!("{service}{entry}")).remove(0)
        };
        for code in [
            "demo.0001",
            "DM.0001",
            "Demo.",
            "Demo",
            "Demo-0001",
            "Other.0001",
            "Demo. 1",
            "Demo.-",
            "Demo.a$b",
        ] {
            let expected = format!(
                "11:8: {code}: the field 'code' must be the name of a [[service]] as it is \
                 spelled there (Demo), a dot, and 1 to 32 digits or a word of at most 64 letters, \
                 digits, '-', '_' and single dots"
            );
            assert_eq!(problem(code), expected);
        }
    }

    #[test]
    fn a_code_is_a_number_or_a_word() {
        let entry = |code: &str| format!("{SERVICE}{}", ENTRY.replace("0001", code));
        for code in [
            "NoSuchBucket",
            "M00002",
            "Auth.TokenExpired",
            "no-such_thing",
            "7",
            &"1".repeat(32),
            &"x".repeat(64),
        ] {
            let source = parse(&entry(code)).unwrap();
            assert_eq!(source.entries()[0].code(), format!("Demo.{code}"));
        }
        assert_eq!(problems(&entry(&"1".repeat(33))).len(), 1);
        assert_eq!(problems(&entry(&"x".repeat(65))).len(), 1);
    }

    #[test]
    fn causes_wordings_and_what_else_is_ours_are_optional() {
        let more = "causes = [{ says = 'no token', solution = 'Get one.' }]\n\
                    wordings = ['No such {0}.']\ndocumented = false\n";
        let source = parse(&format!("{SERVICE}{ENTRY}{more}")).unwrap();
        let entry = &source.entries()[0];
        let [cause] = entry.causes() else {
            panic!("one cause")
        };
        assert_eq!((cause.says(), cause.solution()), ("no token", "Get one."));
        assert_eq!(entry.wordings().collect::<Vec<_>>(), ["No such {0}."]);
        assert!(!entry.documented());
        let wrong = more.replace("solution", "fix").replace("No such {0}.", "");
        assert_eq!(
            problems(&format!("{SERVICE}{ENTRY}{wrong}")),
            [
                "17:32: Demo.0001: the field 'causes': unknown field `fix`, expected `says` or `solution`",
                "18:13: Demo.0001: the field 'wordings' must be text that is not blank",
            ]
        );
    }
}
