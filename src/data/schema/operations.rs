//! The operations of a service's API: `[operations]`.

use std::collections::BTreeMap;

use serde::Deserialize;
use toml::Spanned;
use toml::de::DeValue;

use super::super::truncate::{quoted, truncated};
use super::super::{Check, Operation};
use super::Names;
use super::field_rules::{NAME, is_name};
use super::table_reader::{Table, TableReader};

/// What the text of a check must be.
const CHECK: &str = "the name of an operation, that of its service before it where it is another, \
                     and after it parameters such as --limit or --limit=10";

/// The name of a service or of an operation.
#[derive(Deserialize, PartialEq, Eq, PartialOrd, Ord)]
#[serde(try_from = "String")]
struct Name(String);

impl TryFrom<String> for Name {
    type Error = String;

    fn try_from(name: String) -> Result<Self, String> {
        let wrong = || format!("{} is no name: it must be {NAME}", quoted(&name));
        is_name(&name).then_some(()).ok_or_else(wrong)?;
        Ok(Name(name))
    }
}

impl Names<'_> {
    pub(super) fn add_operations(
        &mut self,
        value: Option<Spanned<DeValue>>,
        reader: &mut TableReader,
    ) {
        let table = value.map(|value| Table::new(value, "[operations]"));
        let read: Option<BTreeMap<Name, BTreeMap<Name, Operation>>> =
            table.and_then(|table| reader.record(&table));
        for (Name(service), operations) in read.into_iter().flatten() {
            let service = self.canonical(&service);
            for (Name(name), operation) in operations {
                self.own.add_operation(Operation {
                    service: service.clone(),
                    name: name.into(),
                    ..operation
                });
            }
        }
    }

    /// The operation of a service, of this file or of one before it; else what is wrong.
    pub(super) fn operation(&self, service: &str, name: &str) -> Result<&Operation, String> {
        let own = self.own.operation(service, name);
        let found = own.or_else(|| self.known.operation(service, name));
        found.ok_or_else(|| {
            let (name, service) = (quoted(name), truncated(service));
            format!("has {name}, which is no operation of {service}")
        })
    }

    /// The check that a text such as `STS GetCallerIdentity` describes, made by the entry's
    /// own service unless it names another; else what is wrong.
    pub(super) fn check(&self, text: &str, service: &str) -> Result<Check, String> {
        let words: Vec<_> = text.split_whitespace().collect();
        let is_parameter = |word: &&str| word.starts_with("--");
        let names = words.iter().position(is_parameter).unwrap_or(words.len());
        let (names, parameters) = words.split_at(names);
        let operation = match names {
            [name] => self.operation(service, name),
            [service, name] => self.operation(&self.canonical(service), name),
            _ => Err(format!("has {}, which must be {CHECK}", quoted(text))),
        }?;
        Check::new(operation, parameters)
    }
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
        let names = source
            .operations()
            .iter()
            .map(|it| (it.service(), it.name()));
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
                 service before it where it is another, and after it parameters such as --limit \
                 or --limit=10",
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
                "10:24: [operations]: the field 'method' must be GET, HEAD, POST, PUT, PATCH or \
                 DELETE",
            ),
            (
                "/v1/demos\",",
                "v1/demos\",",
                "10:38: [operations]: the field 'path' must be a path such as \
                 /v1/accounts/{account_id}",
            ),
            (
                "ListDemos =",
                "'List;Demos' =",
                "10:1: [operations]: the field 'Demo': 'List;Demos' is no name: it must be at most 64 letters, \
                 digits, '-', '_' and single dots, a letter or digit at both ends",
            ),
        ] {
            let text = demo("check = [\"ListDemos\"]").replace(right, wrong);
            assert_eq!(problems(&text), [problem]);
        }
    }
}
