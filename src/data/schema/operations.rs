//! Reads the `[operations]` tables: the operations of the services' APIs.

use std::borrow::Cow;

use toml::de::DeValue;

use super::super::truncate::{quoted, truncated};
use super::super::{Check, Operation};
use super::Names;
use super::field_rules::{NAME_RULE, is_name};
use super::table_reader::{Fault, Placed, TableReader};

/// What the text of a check must be.
const CHECK: &str = "an operation such as 'ListAccounts', or 'STS GetCallerIdentity' of another \
                     service, then parameters such as --limit or --limit=10";

impl Names<'_> {
    /// Adds the operations that can be read without a problem.
    pub(super) fn add_operations(&mut self, value: Option<Placed>, reader: &TableReader) {
        let problem_count = || reader.problems.borrow().len();
        let count_at_start = problem_count();
        for (service, operations) in named(value, "a service", reader) {
            let service = self.canonical(&service);
            for (name, value) in named(Some(operations), "an operation", reader) {
                let label = format!("{} {}", truncated(&service), truncated(&name));
                let count_before = problem_count();
                let operation: Option<Operation> =
                    reader.table(value, label).and_then(|table| table.read_checked());
                if let Some(mut operation) = operation.filter(|_| problem_count() == count_before) {
                    operation.service.clone_from(&service);
                    operation.name = name.into_owned().into();
                    self.own.add_operation(operation);
                }
            }
        }
        self.has_all_operations = problem_count() == count_at_start;
    }

    /// Finds an operation of a service in this file or in a catalog before it. The fault is `None`
    /// if a table that could not be read may define the operation.
    pub(super) fn operation(&self, service: &str, name: &str) -> Result<&Operation, Fault> {
        let own = self.own.operation(service, name);
        own.or_else(|| self.known.operation(service, name)).ok_or_else(|| {
            let (name, service) = (quoted(name), truncated(service));
            let what = format!("names {name}, which is not an operation of {service}");
            self.has_all_operations.then_some(what)
        })
    }

    /// Makes the check that a text such as `STS GetCallerIdentity` describes. If the text names no
    /// service, the operation is one of `service`, the entry's own. The fault is as in
    /// [`operation`](Self::operation).
    pub(super) fn check(&self, text: &str, service: &str) -> Result<Check, Fault> {
        let words: Vec<_> = text.split_whitespace().collect();
        let is_parameter = |word: &&str| word.starts_with("--");
        let end_of_names = words.iter().position(is_parameter).unwrap_or(words.len());
        let (names, parameters) = words.split_at(end_of_names);
        let operation = match names {
            [name] => self.operation(service, name),
            [service, name] => self.operation(&self.canonical(service), name),
            _ => Err(Some(format!("has {}, which must be {CHECK}", quoted(text)))),
        }?;
        Check::new(operation, parameters).map_err(Some)
    }
}

/// The fields of a table whose keys are names. Reports wrong names, but returns their
/// fields, too, so that these are checked as well.
fn named<'t>(
    value: Option<Placed<'t>>,
    kind: &str,
    reader: &TableReader,
) -> Vec<(Cow<'t, str>, Placed<'t>)> {
    let Some(value) = value else { return Vec::new() };
    let start = value.span().start;
    let DeValue::Table(fields) = value.into_inner() else {
        reader.problem(start, "'operations' must have a table for each service".to_owned());
        return Vec::new();
    };
    for key in fields.keys().filter(|key| !is_name(key.get_ref())) {
        let shown = quoted(key.get_ref());
        let message = format!("{shown} cannot name {kind}: it must be {NAME_RULE}");
        reader.problem(key.span().start, message);
    }
    fields.into_iter().map(|(key, value)| (key.into_inner(), value)).collect()
}

#[cfg(test)]
mod tests {
    use super::super::super::Check;
    use super::super::parse;
    use super::super::tests::{ENTRY, SERVICE, problems};

    const OPERATIONS: &str = r#"
[operations.Demo]
ListDemos = { method = "GET", path = "/v1/demos", parameters = ["limit"] }
ShowDemo = { method = "GET", path = "/v1/demos/{demo_id}" }
DeleteDemo = { method = "DELETE", path = "/v1/demos/{demo_id}" }

[operations.Other]
ShowCaller = { method = "GET", path = "/v5/caller" }
"#;

    fn demo(more: &str) -> String {
        format!("{SERVICE}{OPERATIONS}{ENTRY}{more}\n")
    }

    #[test]
    fn a_check_has_the_command_that_makes_it() {
        let check = "check = [\"ListDemos --limit=5\", \"ShowDemo\", \"Other ShowCaller\"]\n";
        let source = parse(&demo(&format!("{check}returned_by = [\"DeleteDemo\"]"))).unwrap();
        let names = source.operations().iter().map(|it| (it.service(), it.name()));
        assert_eq!(
            names.collect::<Vec<_>>(),
            [
                ("Demo", "DeleteDemo"),
                ("Demo", "ListDemos"),
                ("Demo", "ShowDemo"),
                ("Other", "ShowCaller")
            ]
        );
        let entry = &source.entries()[0];
        let commands = entry.check().iter().map(Check::command);
        assert_eq!(
            commands.collect::<Vec<_>>(),
            [
                "hcloud Demo ListDemos --limit=5",
                "hcloud Demo ShowDemo --demo_id=DEMO_ID",
                "hcloud Other ShowCaller"
            ]
        );
        let shown = &entry.check()[1];
        assert_eq!(
            (shown.operation(), shown.method(), shown.path()),
            ("ShowDemo", "GET", "/v1/demos/{demo_id}")
        );
        assert_eq!(entry.returned_by().collect::<Vec<_>>(), ["DeleteDemo"]);
    }

    #[test]
    fn what_is_wrong_with_a_check_is_reported_with_its_place() {
        let check = |check: &str| problems(&demo(&format!("check = [{check}]")));
        let at = |what: &str| format!("25:10: Demo.0001: the field 'check' {what}");
        for (checks, what) in [
            ("'ListDemo'", "names 'ListDemo', which is not an operation of Demo"),
            ("'Other ListDemos'", "names 'ListDemos', which is not an operation of Other"),
            (
                "'DeleteDemo'",
                "names 'DeleteDemo', which is not a check: DELETE may change something",
            ),
            ("'ListDemos --size'", "has '--size', which is not a parameter of ListDemos"),
            ("'ListDemos limit'", "names 'limit', which is not an operation of ListDemos"),
            (
                "'--limit ListDemos'",
                "has '--limit ListDemos', which must be an operation such as 'ListAccounts', or \
                 'STS GetCallerIdentity' of another service, then parameters such as --limit or \
                 --limit=10",
            ),
            (
                "'ListDemos --limit=$(id)'",
                "has '--limit=$(id)', whose value must be letters, digits, '.', '_' and '-'",
            ),
        ] {
            assert_eq!(check(checks), [at(what)]);
        }
        let four = check("'ListDemos', 'ShowDemo', 'ListDemos --limit', 'Other ShowCaller'");
        assert_eq!(four, [at("has more than 3").replace("25:10", "25:56")]);
    }

    #[test]
    fn an_operation_with_a_mistake_is_reported_once() {
        for (right, wrong, problem) in [
            (
                "\"GET\", path = \"/v1/demos\",",
                "\"LOOK\", path = \"/v1/demos\",",
                "10:24: Demo ListDemos: the field 'method' must be one of GET, HEAD, POST, PUT, \
                 PATCH, DELETE",
            ),
            (
                "/v1/demos\",",
                "v1/demos\",",
                "10:38: Demo ListDemos: the field 'path' must be a path such as \
                 /v1/accounts/{account_id}",
            ),
            (
                "ListDemos =",
                "'List;Demos' =",
                "10:1: 'List;Demos' cannot name an operation: it must be at most 64 letters, \
                 digits, '-', '_' and single dots, a letter or digit at both ends",
            ),
        ] {
            let text = demo("check = [\"ListDemos\"]").replace(right, wrong);
            assert_eq!(problems(&text), [problem]);
        }
    }

    #[test]
    fn mistakes_of_several_tables_are_reported_together() {
        let other = SERVICE.replace("Demo", "Other");
        let other = other.replace("https://demo.example/errors", "");
        let returned_by = "returned_by = ['NoSuch']\n";
        let found = problems(&format!("{SERVICE}{other}{ENTRY}{returned_by}"));
        assert!(found.len() == 2 && found[0].contains("Other: the field 'url'"), "{found:?}");
        assert!(found[1].contains("names 'NoSuch', which"), "{found:?}");
        let wrong =
            "[operations.Demo]\nShowOne = { method = 'GET' }\nShowTwo = { method = 'GET' }\n";
        let found = problems(&format!("{SERVICE}{wrong}{ENTRY}"));
        assert!(found.len() == 2 && found[1].contains("Demo ShowTwo: missing field"), "{found:?}");
    }
}
