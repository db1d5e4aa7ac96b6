//! The `[[entry]]` tables.

use std::collections::HashSet;
use std::ops::Range;

use toml::Spanned;
use toml::de::DeValue;

use super::super::problem::listed;
use super::super::truncate::{quoted, truncated};
use super::super::{Cause, Check, Entry, Text, begins_with_retry};
use super::operations::Operations;
use super::reader::CatalogReader;
use super::records::EntryRecord;
use super::rules::{Checked, Code, Prose};
use super::services::{Declared, Services};
use super::{MAX_DIGITS, MAX_NAME_LENGTH, is_number_of_code};

/// Checks of an entry: nobody runs more.
const MAX_CHECKS: usize = 3;
/// What the text of a check must be.
const CHECK: &str = "the name of an operation, that of its service before it where it is another, \
                     and behind it parameters such as --limit or --limit=10";

impl CatalogReader<'_> {
    pub(super) fn entries(
        &mut self,
        value: Option<Spanned<DeValue>>,
        services: &Services,
        operations: &Operations,
    ) -> Vec<Entry> {
        let tables = self.tables(value, "entry", "code");
        let mut entries = Vec::with_capacity(tables.len());
        let mut places = Vec::with_capacity(tables.len());
        for table in tables {
            let label = table.label.clone();
            let Some(record) = self.deserialized::<EntryRecord>(table) else {
                continue;
            };
            let place = record.code.span();
            if let Some(entry) = self.entry(&label, record, services, operations) {
                entries.push(entry);
                places.push(place);
            }
        }
        self.report_doubles(&entries, places, services);
        entries
    }

    /// The entry of a record; `None` where it is unknown which service it is of.
    fn entry(
        &mut self,
        label: &str,
        record: EntryRecord,
        services: &Services,
        operations: &Operations,
    ) -> Option<Entry> {
        let (declared, number) = self.service_of(label, &record.code, services)?;
        let service = declared.canonical.clone();
        if let Some(more) = record.check.get(MAX_CHECKS) {
            let what = format!("has more than {MAX_CHECKS}");
            self.wrong(more.span(), label, "check", &what);
        }
        let checks = record.check.iter();
        let checks: Vec<_> = checks
            .filter_map(|check| self.check(label, check, &service, (services, operations)))
            .collect();
        for name in &record.returned_by {
            if let Err(Some(what)) = self.operation(operations, &service, name.text()) {
                self.wrong(name.span(), label, "returned_by", &what);
            }
        }
        let causes = record.causes.into_iter().map(|cause| Cause {
            says: self.text(label, "causes", cause.says),
            solution: self.text(label, "causes", cause.solution),
        });
        let causes: Vec<_> = causes.collect();
        // Where the service could not be read, any category may be one of it.
        if let Some(service) = &declared.service
            && !service.categories.is_empty()
            && !service
                .categories()
                .any(|name| name == record.category.text())
        {
            let what = format!("must be one of {}", listed(service.categories()));
            self.wrong(record.category.span(), label, "category", &what);
        }
        Some(Entry {
            code: format!("{service}.{number}").into(),
            status: record.status.0,
            message: self.text(label, "message", record.message),
            description: self.text(label, "description", record.description),
            category: record.category.into_text().into(),
            action: record.action,
            retryable: begins_with_retry(record.solution.text()),
            solution: self.text(label, "solution", record.solution),
            check: checks.into(),
            causes: causes.into(),
            wordings: self.texts(label, "wordings", record.wordings),
            documented: record.documented,
            note: record.note.map(|note| self.text(label, "note", note)),
            url: declared
                .service
                .as_ref()
                .and_then(|it| it.page_text().cloned()),
            returned_by: self.texts(label, "returned_by", record.returned_by),
            service,
        })
    }

    /// The service that a code starts with, and what stands behind its name.
    fn service_of<'s>(
        &mut self,
        label: &str,
        code: &Checked<Code>,
        services: &'s Services,
    ) -> Option<(&'s Declared, String)> {
        let text = code.text();
        let dots = text.bytes().enumerate().rev().filter(|(_, c)| *c == b'.');
        let split = dots.map(|(dot, _)| (&text[..dot], &text[dot + 1..]));
        let mut spelled = split
            .filter(|(_, number)| is_number_of_code(number))
            .filter_map(|(name, number)| Some((services.spelled(name)?, name, number)));
        let what = match spelled.next() {
            Some((service, name, number)) if service.name == name => {
                return Some((service, number.to_owned()));
            }
            Some((service, _, number)) => format!(
                "must begin with the name as it is spelled in [[service]]: {}.{number}",
                service.name
            ),
            // It may be of one whose name could not be read.
            None if !services.are_all_named => return None,
            None => format!(
                "must be the name of a [[service]] ({}), a dot, and 1 to {MAX_DIGITS} digits or a \
                 word of at most {MAX_NAME_LENGTH} letters, digits, '-', '_' and single dots",
                listed(services.declared.iter().map(|service| &*service.name))
            ),
        };
        self.wrong(code.span(), label, "code", &what);
        None
    }

    /// The check that a text such as `STS GetCallerIdentity` describes, made by the entry's
    /// own service unless it names another.
    fn check(
        &mut self,
        label: &str,
        check: &Checked<Prose<512>>,
        service: &Text,
        (services, operations): (&Services, &Operations),
    ) -> Option<Check> {
        let words: Vec<_> = check.text().split_whitespace().collect();
        let is_parameter = |word: &&str| word.starts_with("--");
        let names = words.iter().position(is_parameter).unwrap_or(words.len());
        let (names, parameters) = words.split_at(names);
        let made = match names {
            [name] => self.operation(operations, service, name),
            [service, name] => {
                let service = self.canonical(service, services);
                self.operation(operations, &service, name)
            }
            _ => Err(Some(format!(
                "has {}, which must be {CHECK}",
                quoted(check.text())
            ))),
        };
        let made = made.and_then(|operation| Check::new(operation, parameters).map_err(Some));
        made.map_err(|what| {
            if let Some(what) = what {
                self.wrong(check.span(), label, "check", &what);
            }
        })
        .ok()
    }

    /// A code has one entry; of a service with variants one for each status and message.
    fn report_doubles(
        &mut self,
        entries: &[Entry],
        places: Vec<Range<usize>>,
        services: &Services,
    ) {
        let mut codes = HashSet::with_capacity(entries.len());
        for (entry, place) in entries.iter().zip(places) {
            let service = services.spelled(&entry.service);
            let has_variants = service.is_some_and(|service| service.has_variants);
            let variant = has_variants.then_some((entry.status, &entry.message));
            if !codes.insert((entry.code.to_ascii_lowercase(), variant)) {
                self.wrong(
                    place,
                    &truncated(&entry.code),
                    "code",
                    "names an entry again",
                );
            }
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
                "11:10: Demo.0001: the field 'status': invalid value: integer `604`, expected a \
                 number from 100 to 599",
            ),
            (
                "404",
                "\"404\"",
                "11:10: Demo.0001: the field 'status': invalid type: string \"404\", expected a \
                 number from 100 to 599",
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
        for code in ["demo.0001", "DM.0001"] {
            let expected = format!(
                "11:8: {code}: the field 'code' must begin with the name as it is spelled in \
                 [[service]]: Demo.0001"
            );
            assert_eq!(problem(code), expected);
        }
        for code in [
            "Demo.",
            "Demo",
            "Demo-0001",
            "Other.0001",
            "Demo. 1",
            "Demo.-",
            "Demo.a$b",
        ] {
            let expected = format!(
                "11:8: {code}: the field 'code' must be the name of a [[service]] (Demo), a dot, \
                 and 1 to 32 digits or a word of at most 64 letters, digits, '-', '_' and single \
                 dots"
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
                "17:32: Demo.0001: the field 'causes': unknown field `fix`, expected `says` or `solution`"
            ]
        );
    }
}
