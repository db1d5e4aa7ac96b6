//! Reads the `[[entry]]` tables.

use std::collections::hash_map::Entry as Slot;
use std::collections::{HashMap, HashSet};

use serde::Deserialize;

use super::super::catalog_problems::{Place, listed};
use super::super::{Action, CatalogList, CatalogText, Cause, Entry, begins_with_retry};
use super::Names;
use super::table_reader::{Table, join_lines};

/// The most checks of an entry: nobody would run more.
const MAX_CHECKS: usize = 3;
/// Hint for a code that is meant to have two entries.
const VARIANTS_HINT: &str = " (if its codes have several entries, a service needs variants = true)";

/// An error code.
#[derive(Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub(crate) struct EntryTable {
    /// The name of a service, a dot, and a number or a word.
    code: CatalogText,
    /// The HTTP status of a response with the code.
    status: u16,
    /// The message of the response; {0} stands for a value that the service fills in.
    message: CatalogText,
    /// What went wrong.
    description: CatalogText,
    /// The suggested fix.
    solution: CatalogText,
    /// One of the categories of the service.
    category: CatalogText,
    /// Who or what resolves the error.
    action: Action,
    /// Read-only calls that show the state the error is about, the most informative first. Each
    /// is `[SERVICE] OPERATION [--PARAMETER[=VALUE] …]`, e.g. `ListEntities --parent_id`; SERVICE
    /// only if it is not the entry's own.
    #[serde(default)]
    #[cfg_attr(test, schemars(length(max = 3)))]
    check: CatalogList<CatalogText>,
    /// What the message may go on with, and the fix for that cause.
    #[serde(default)]
    causes: CatalogList<Cause>,
    /// Other messages of the code.
    #[serde(default)]
    wordings: CatalogList<CatalogText>,
    /// The operations that can return the error; without this field, any operation of the
    /// service can.
    #[serde(default)]
    returned_by: CatalogList<CatalogText>,
    /// Whether the documentation of the service has the code.
    #[serde(default = "yes")]
    documented: bool,
    /// A remark of the catalog's own.
    note: Option<CatalogText>,
}

fn yes() -> bool {
    true
}

impl EntryTable {
    /// Puts each text of the entry on one line.
    fn join_lines(&mut self) {
        let causes = self.causes.to_mut().iter_mut();
        let of_causes = causes.flat_map(|cause| [&mut cause.says, &mut cause.solution]);
        [&mut self.message, &mut self.description, &mut self.solution]
            .into_iter()
            .chain(&mut self.note)
            .chain(self.wordings.to_mut())
            .chain(of_causes)
            .for_each(|text| *text = join_lines(text).into());
    }
}

/// Reads the entries of a file one after the other.
pub(super) struct EntryReader<'n> {
    names: &'n Names<'n>,
    /// The categories of each service.
    categories: HashSet<(&'n str, &'n str)>,
    /// The line of each code read so far. In a service with variants, the key also has the status
    /// and the message.
    seen: HashMap<(String, Option<(u16, CatalogText)>), usize>,
    /// The place of the code that is being read.
    place: Place<'n>,
}

impl<'n> EntryReader<'n> {
    pub(super) fn new(names: &'n Names, toml: &'n str) -> Self {
        let services = names.own.services.iter();
        let categories = services.flat_map(|it| it.categories().map(|name| (it.name(), name)));
        EntryReader {
            names,
            categories: categories.collect(),
            seen: HashMap::new(),
            place: Place::at_start(toml),
        }
    }

    pub(super) fn entry(&mut self, table: &Table) -> Option<Entry> {
        let mut read: EntryTable = table.read_checked()?;
        read.join_lines();
        let found = self.names.service_of(&read.code);
        let (service, number) = table.ok_or_report("code", [found]).pop()?;
        let variant = service.variants.then(|| (read.status, read.message.clone()));
        self.place.go_to(table.start_of("code"));
        match self.seen.entry((read.code.to_ascii_lowercase(), variant)) {
            Slot::Occupied(earlier) => {
                let is_own = self.names.known.service(&service.name).is_none();
                let more = match service.variants {
                    true => ", with its status and message",
                    false if is_own => VARIANTS_HINT,
                    false => "",
                };
                let line = earlier.get();
                table.report("code", 0, &format!("repeats the entry on line {line}{more}"));
            }
            Slot::Vacant(new) => drop(new.insert(self.place.line)),
        }
        let categories = service.categories();
        if categories.len() > 0 && !self.categories.contains(&(service.name(), &*read.category)) {
            table.report("category", 0, &format!("must be one of {}", listed(categories)));
        }
        let service_name = self.names.canonical(&service.name);
        let check = read.check.iter().map(|call| self.names.check(call, &service_name));
        let check = table.ok_or_report("check", check);
        if check.len() > MAX_CHECKS {
            table.report("check", MAX_CHECKS, &format!("has more than {MAX_CHECKS}"));
        }
        let operation = |name: &CatalogText| self.names.operation(&service_name, name);
        // This only reports names that are not operations.
        table.ok_or_report("returned_by", read.returned_by.iter().map(operation));
        Some(Entry {
            code: format!("{service_name}.{number}").into(),
            service: service_name,
            status: read.status,
            message: read.message,
            description: read.description,
            category: read.category,
            action: read.action,
            retryable: begins_with_retry(&read.solution),
            solution: read.solution,
            check: check.into(),
            causes: read.causes,
            wordings: read.wordings,
            documented: read.documented,
            note: read.note,
            url: service.page_url().cloned(),
            returned_by: read.returned_by,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::Entry;
    use super::super::parse;
    use super::super::tests::{ENTRY, SERVICE, problems};

    #[test]
    fn a_wrong_value_is_named_with_its_place_entry_and_field() {
        for (right, wrong, problem) in [
            ("404", "604", "11:10: Demo.0001: the field 'status' must be a number from 100 to 599"),
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
                "12:11: Demo.0001: the field 'message' must be a string, not the integer `7`",
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
            ("action", "acton", "16:1: Demo.0001: unknown field `acton`, expected one of `code`, "),
        ] {
            let text = format!("{SERVICE}{ENTRY}").replace(right, wrong);
            let found = problems(&text);
            assert!(found.len() == 1 && found[0].starts_with(problem), "{found:#?}");
        }
    }

    #[test]
    fn a_code_stands_for_one_entry() {
        let again = "19:8: Demo.0001: the field 'code' repeats the entry on line 10 (if its \
                     codes have several entries, a service needs variants = true)";
        assert_eq!(problems(&format!("{SERVICE}{ENTRY}{ENTRY}")), [again]);
        let word = ENTRY.replace("0001", "NoSuchDemo");
        let other = word.replace("NoSuchDemo", "nosuchdemo");
        let again = again.replace("0001", "nosuchdemo");
        assert_eq!(problems(&format!("{SERVICE}{word}{other}")), [again]);
        let service = format!("{SERVICE}variants = true\n");
        let other = ENTRY.replace("404", "410");
        assert!(parse(&format!("{service}{ENTRY}{other}")).is_ok());
        assert_eq!(
            problems(&format!("{service}{ENTRY}{other}{ENTRY}")),
            [
                "29:8: Demo.0001: the field 'code' repeats the entry on line 11, with its status and \
                 message"
            ]
        );
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
        for code in ["Demo.", "Demo", "Demo-0001", "Other.0001", "Demo. 1", "Demo.-", "Demo.a$b"] {
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
        let [cause] = entry.causes() else { panic!("one cause") };
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

    #[test]
    fn white_space_in_a_text_is_one_space() {
        let more = "causes = [{ says = ' no\ttoken', solution = 'Get\u{3000} \u{a0}one.' }]\n\
                    wordings = ['no  demo.']\nnote = \"\"\"\n  One.\r\n\n  Two.\n\"\"\"\n";
        let entry = ENTRY.replace("\"Try again later.\"", "'''\n  1. Wait.\n  2. Try again.\n'''");
        let source = parse(&format!("{SERVICE}{entry}{more}")).unwrap();
        let entry = &source.entries()[0];
        assert_eq!((entry.solution(), entry.note()), ("1. Wait. 2. Try again.", Some("One. Two.")));
        let cause = &entry.causes()[0];
        assert_eq!((cause.says(), cause.solution()), ("no token", "Get\u{3000} \u{a0}one."));
        assert_eq!(entry.wordings().collect::<Vec<_>>(), ["no demo."]);
        let twice = "wordings = ['no demo.', 'no  demo.']\n";
        assert!(problems(&format!("{SERVICE}{ENTRY}{twice}"))[0].ends_with(" twice"));
    }

    #[test]
    fn an_entry_is_read_from_the_json_that_it_makes() {
        let operations = "[operations.Demo.ListDemos]\nmethod = 'GET'\npath = '/v1/demos'\n\
                          parameters = ['limit']\n";
        let more = "check = ['ListDemos --limit']\nwordings = ['No such {0}.']\n";
        let source = parse(&format!("{SERVICE}{operations}{ENTRY}{more}")).unwrap();
        let entry = &source.entries()[0];
        let json = serde_json::to_string(&entry).unwrap();
        assert_eq!(&serde_json::from_str::<Entry>(&json).unwrap(), entry);
    }
}
