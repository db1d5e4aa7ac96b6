//! The operations of a service's API: `[operations]`.

use std::collections::HashMap;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::super::truncate::{quoted, truncated};
use super::super::{Operation, Text};
use super::reader::{CatalogReader, Table};
use super::records::OperationRecord;
use super::rules::{MAX_NAME_LENGTH, Name, Rule};
use super::services::Services;

/// The operations that the tables of a file may name.
pub(super) struct Operations {
    pub(super) list: Vec<Operation>,
    /// By the names of service and operation.
    by_name: HashMap<(Text, Text), usize>,
    /// Whether all could be read.
    are_all: bool,
}

impl CatalogReader<'_> {
    pub(super) fn operations(
        &mut self,
        value: Option<Spanned<DeValue>>,
        services: &Services,
    ) -> Operations {
        let mut operations = Operations {
            list: Vec::new(),
            by_name: HashMap::new(),
            are_all: true,
        };
        let before = self.problems.len();
        let what = "'operations' must be a table of a table for each service";
        for (service, of_service) in self.entries_of(value, what) {
            self.name(&service, "a service");
            let service = self.canonical(service.get_ref(), services);
            for (name, value) in self.entries_of(Some(of_service), what) {
                self.name(&name, "an operation");
                let label = format!("{} {}", truncated(&service), truncated(name.get_ref()));
                let Some(record) = self.deserialized::<OperationRecord>(Table {
                    value,
                    label: label.clone(),
                }) else {
                    continue;
                };
                let name = Text::Owned(name.into_inner().into_owned());
                let key = (service.clone(), name.clone());
                operations.by_name.insert(key, operations.list.len());
                operations.list.push(Operation {
                    service: service.clone(),
                    name,
                    method: record.method.name().into(),
                    path: self.text(&label, "path", record.path),
                    parameters: self.texts(&label, "parameters", record.parameters),
                    decodes: record
                        .decodes
                        .map(|value| self.text(&label, "decodes", value)),
                });
            }
        }
        operations.are_all = self.problems.len() == before;
        operations
    }

    /// What a service is called beside the catalogs before the file.
    pub(super) fn canonical(&self, name: &str, services: &Services) -> Text {
        match (services.spelled(name), self.known.service(name)) {
            (Some(declared), _) => declared.canonical.clone(),
            (None, Some(known)) => known.name.clone(),
            (None, None) => name.to_owned().into(),
        }
    }

    /// The operation of a service, of this file or of one before it. If not all could be read,
    /// the error is empty: it may be one of the others.
    pub(super) fn operation<'o>(
        &'o self,
        operations: &'o Operations,
        service: &Text,
        name: &str,
    ) -> Result<&'o Operation, Option<String>> {
        let key = (service.clone(), Text::Owned(name.to_owned()));
        let of_file = operations.by_name.get(&key);
        let of_file = of_file.map(|index| &operations.list[*index]);
        let found = of_file.or_else(|| self.known.operation(service, name));
        found.ok_or_else(|| {
            let what = format!(
                "has {}, which is no operation of {}",
                quoted(name),
                truncated(service)
            );
            operations.are_all.then_some(what)
        })
    }

    /// The entries of a table, in the order of the file.
    fn entries_of<'t>(
        &mut self,
        value: Option<Spanned<DeValue<'t>>>,
        what: &str,
    ) -> Vec<(Key<'t>, Spanned<DeValue<'t>>)> {
        let Some(value) = value else {
            return Vec::new();
        };
        let span = value.span();
        let DeValue::Table(table) = value.into_inner() else {
            self.problem(span, what.to_owned());
            return Vec::new();
        };
        let mut entries: Vec<_> = DeTable::into_iter(table).collect();
        entries.sort_by_key(|(key, _)| key.span().start);
        entries
    }

    /// Reports a key that is no name.
    fn name(&mut self, key: &Key, of: &str) {
        if !Name::allows(key.get_ref()) || key.get_ref().len() > MAX_NAME_LENGTH {
            let message = format!(
                "{} is no name of {of}: it must be {}",
                quoted(key.get_ref()),
                Name::MUST_BE
            );
            self.problem(key.span(), message);
        }
    }
}

type Key<'t> = Spanned<std::borrow::Cow<'t, str>>;

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
        let names = source
            .operations()
            .iter()
            .map(|it| (it.service(), it.name()));
        assert_eq!(
            names.collect::<Vec<_>>(),
            [
                ("Demo", "ListDemos"),
                ("Demo", "ShowDemo"),
                ("Demo", "DeleteDemo"),
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
    fn a_check_is_an_operation_that_changes_nothing() {
        let check = |check: &str| problems(&demo(&format!("check = [{check}]")));
        let at = |what: &str| format!("25:10: Demo.0001: the field 'check' {what}");
        for (checks, what) in [
            (
                "'ListDemo'",
                "has 'ListDemo', which is no operation of Demo",
            ),
            (
                "'Other ListDemos'",
                "has 'ListDemos', which is no operation of Other",
            ),
            (
                "'DeleteDemo'",
                "has 'DeleteDemo', which is no check: DELETE may change something",
            ),
            (
                "'ListDemos --size'",
                "has '--size', which is no parameter of ListDemos",
            ),
            (
                "'ListDemos limit'",
                "has 'limit', which is no operation of ListDemos",
            ),
            (
                "'--limit ListDemos'",
                "has '--limit ListDemos', which must be the name of an operation, that of its \
                 service before it where it is another, and behind it parameters such as --limit \
                 or --limit=10",
            ),
            (
                "'ListDemos --limit=$(id)'",
                "has '--limit=$(id)', whose value must be letters, digits, '.', '_' and '-'",
            ),
        ] {
            assert_eq!(check(checks), [at(what)]);
        }
        let four = check("'ListDemos', 'ListDemos', 'ListDemos', 'ListDemos'");
        assert_eq!(
            four.last().unwrap(),
            &at("has more than 3").replace("25:10", "25:49")
        );
    }

    #[test]
    fn an_operation_with_a_mistake_is_reported_once() {
        for (right, wrong, problem) in [
            (
                "\"GET\", path = \"/v1/demos\",",
                "\"LOOK\", path = \"/v1/demos\",",
                "10:24: Demo ListDemos: the field 'method': unknown variant `LOOK`, expected one \
                 of `GET`, `HEAD`, `POST`, `PUT`, `PATCH`, `DELETE`",
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
                "10:1: 'List;Demos' is no name of an operation: it must be at most 64 letters, \
                 digits, '-', '_' and single dots, a letter or digit at both ends",
            ),
        ] {
            let text = demo("check = [\"ListDemos\"]").replace(right, wrong);
            assert_eq!(problems(&text), [problem]);
        }
    }
}
