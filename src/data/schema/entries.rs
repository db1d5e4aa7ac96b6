//! The `[[entry]]` tables.

use serde::Deserialize;
use toml::Spanned;
use toml::de::DeValue;

use super::super::problem::listed;
use super::super::truncate::quoted;
use super::super::{Action, Cause, Check, Entry, List, Service, Text, begins_with_retry};
use super::field_rules::{MAX_DIGITS, MAX_NAME_LENGTH, is_number_of_code};
use super::reader::CatalogReader;

/// Checks of an entry: nobody runs more.
const MAX_CHECKS: usize = 3;
/// What the text of a check must be.
const CHECK: &str = "the name of an operation, that of its service before it where it is another, \
                     and behind it parameters such as --limit or --limit=10";

/// An error code.
#[derive(Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub(crate) struct EntryRecord {
    /// The name of a service, a dot, and a number or a word.
    #[cfg_attr(test, schemars(with = "Text"))]
    code: Spanned<Text>,
    /// The HTTP status of a response with the code.
    status: u16,
    /// The message of the response; {0} stands for a value that the service fills in.
    message: Text,
    /// What went wrong.
    description: Text,
    /// The suggested fix.
    solution: Text,
    /// One of the categories of the service.
    #[cfg_attr(test, schemars(with = "Text"))]
    category: Spanned<Text>,
    /// Who or what resolves the error.
    action: Action,
    /// Read-only calls that show the state the error is about, the most telling first: the
    /// name of an operation, that of its service before it where it is another, and behind
    /// it the query parameters to give, e.g. `ListEntities --parent_id`.
    #[serde(default)]
    #[cfg_attr(test, schemars(with = "List<Text>", length(max = 3)))]
    check: Vec<Spanned<Text>>,
    /// What the message may go on with, and the fix for that cause.
    #[serde(default)]
    causes: List<Cause>,
    /// Other messages of the code.
    #[serde(default)]
    wordings: List<Text>,
    /// The operations that can return the error; any of the service without the field.
    #[serde(default)]
    #[cfg_attr(test, schemars(with = "List<Text>"))]
    returned_by: Vec<Spanned<Text>>,
    /// Whether the documentation of the service has the code.
    #[serde(default = "yes")]
    documented: bool,
    /// A remark of the catalog's own.
    note: Option<Text>,
}

fn yes() -> bool {
    true
}

impl CatalogReader<'_> {
    pub(super) fn entries(&mut self, value: Option<Spanned<DeValue>>) -> Vec<Entry> {
        let tables = self.tables(value, "entry", "code");
        let mut entries = Vec::with_capacity(tables.len());
        let mut places = Vec::with_capacity(tables.len());
        for table in tables {
            let label = table.label.clone();
            let Some(record) = self.record::<EntryRecord>(table) else {
                continue;
            };
            let place = record.code.span();
            if let Some(entry) = self.entry(&label, record) {
                entries.push(entry);
                places.push(place);
            }
        }
        self.report_doubles(&entries, places);
        entries
    }

    /// The entry of a record; `None` where it is unknown which service it is of.
    fn entry(&mut self, label: &str, record: EntryRecord) -> Option<Entry> {
        let (own, number) = match self.service_of(record.code.get_ref())? {
            Ok(found) => found,
            Err(what) => {
                self.wrong(record.code.span(), label, "code", &what);
                return None;
            }
        };
        let url = own.page_text().cloned();
        let service = self.canonical(&own.name);
        let mut wrong = Vec::new();
        if !own.categories.is_empty() && !own.categories.contains(record.category.get_ref()) {
            let what = format!("must be one of {}", listed(own.categories()));
            wrong.push((record.category.span(), "category", what));
        }
        let mut check = Vec::new();
        for call in &record.check {
            match self.check(call.get_ref(), &service) {
                _ if check.len() == MAX_CHECKS => {
                    wrong.push((call.span(), "check", format!("has more than {MAX_CHECKS}")));
                    break;
                }
                Ok(made) => check.push(made),
                Err(what) => wrong.extend(what.map(|what| (call.span(), "check", what))),
            }
        }
        for name in &record.returned_by {
            if let Err(Some(what)) = self.operation(&service, name.get_ref()) {
                wrong.push((name.span(), "returned_by", what));
            }
        }
        let entry = Entry {
            code: format!("{service}.{number}").into(),
            service,
            status: record.status,
            message: record.message,
            description: record.description,
            category: record.category.into_inner(),
            action: record.action,
            retryable: begins_with_retry(&record.solution),
            solution: record.solution,
            check: check.into(),
            causes: record.causes,
            wordings: record.wordings,
            documented: record.documented,
            note: record.note,
            url,
            returned_by: record
                .returned_by
                .into_iter()
                .map(Spanned::into_inner)
                .collect(),
        };
        for (span, field, what) in wrong {
            self.wrong(span, label, field, &what);
        }
        Some(entry)
    }

    /// The service that a code starts with and what stands behind its name, or what is wrong;
    /// `None` where it may be of a service that could not be read.
    fn service_of<'c>(&self, code: &'c str) -> Option<Result<(&Service, &'c str), String>> {
        let dots = code.rmatch_indices('.');
        let splits = dots.map(|(dot, _)| (&code[..dot], &code[dot + 1..]));
        let mut spelled = splits
            .filter(|(_, number)| is_number_of_code(number))
            .filter_map(|(name, number)| Some((self.own.service(name)?, name, number)));
        match spelled.next() {
            Some((service, name, number)) if service.name == name => Some(Ok((service, number))),
            _ if !self.are_services_read => None,
            Some((service, _, number)) => Some(Err(format!(
                "must begin with the name as it is spelled in [[service]]: {}.{number}",
                service.name
            ))),
            None => Some(Err(format!(
                "must be the name of a [[service]] ({}), a dot, and 1 to {MAX_DIGITS} digits or a \
                 word of at most {MAX_NAME_LENGTH} letters, digits, '-', '_' and single dots",
                listed(self.own.services.iter().map(Service::name))
            ))),
        }
    }

    /// The check that a text such as `STS GetCallerIdentity` describes, made by the entry's
    /// own service unless it names another; else what is wrong, if anything is.
    fn check(&self, text: &str, service: &str) -> Result<Check, Option<String>> {
        let words: Vec<_> = text.split_whitespace().collect();
        let is_parameter = |word: &&str| word.starts_with("--");
        let names = words.iter().position(is_parameter).unwrap_or(words.len());
        let (names, parameters) = words.split_at(names);
        let operation = match names {
            [name] => self.operation(service, name),
            [service, name] => self.operation(&self.canonical(service), name),
            _ => Err(Some(format!("has {}, which must be {CHECK}", quoted(text)))),
        }?;
        Check::new(operation, parameters).map_err(Some)
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
                "17:32: Demo.0001: the field 'causes': unknown field `fix`, expected `says` or `solution`",
                "18:13: Demo.0001: the field 'wordings' has '', which must be text that is not blank",
            ]
        );
    }
}
