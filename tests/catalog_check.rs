//! `orgerr catalog check` and `orgerr catalog schema`.

use std::fs;

use orgerr::parse_catalog;

use crate::support::{TWO_SERVICES, TemporaryFile, all_entries, orgerr};

#[test]
fn check_reports_valid_and_missing_catalogs() {
    let run = orgerr(&format!("catalog check {TWO_SERVICES} catalog.toml --json"));
    assert_eq!((run.stdout.as_str(), run.code), ("[]\n", 0));
    let notes = format!(
        "note: {TWO_SERVICES} is valid: 2 entries\nnote: catalog.toml is valid: {} entries\n",
        all_entries().len()
    );
    assert_eq!(run.stderr, notes);
    let run = orgerr("catalog check no-such.toml");
    assert_eq!((run.stdout.as_str(), run.code), ("", 2));
    assert!(
        run.stderr.starts_with("error: cannot read the catalog no-such.toml: "),
        "{}",
        run.stderr
    );
}

#[test]
fn check_finds_conflicts_between_catalogs() {
    let text = fs::read_to_string(TWO_SERVICES).unwrap();
    let other = text.replace("\"IAM\"", "\"EPS\"").replace("\"IAM.", "\"EPS.");
    let other = other.replace("title = \"身份\"", "title = \"EPS\"\naliases = [\"IAM\"]");
    let other = TemporaryFile::new("alias.toml", other);
    let alone = orgerr(&format!("catalog check {}", other.path()));
    let both = orgerr(&format!("catalog check {TWO_SERVICES} {}", other.path()));
    assert_eq!((alone.code, both.code), (0, 2), "{}", alone.stdout);
    assert!(both.stdout.contains("already means the service IAM"), "{}", both.stdout);
}

#[test]
fn the_schema_refuses_values_that_the_reader_refuses() {
    let schema = orgerr("catalog schema").succeeded().json();
    let service = &schema["properties"]["service"]["items"]["properties"];
    let name = r"[A-Za-z0-9]((\.?[A-Za-z0-9_-])*\.?[A-Za-z0-9])?";
    assert_eq!(service["name"]["pattern"], format!("^{name}$"));
    assert_eq!(service["name"]["maxLength"], 64);
    assert_eq!(service["aliases"]["items"]["pattern"], service["name"]["pattern"]);
    assert_eq!(service["categories"]["items"]["pattern"], service["name"]["pattern"]);
    assert_eq!(service["categories"]["minItems"], 1);
    assert_eq!(service["categories"]["uniqueItems"], true);
    let entry = &schema["properties"]["entry"]["items"]["properties"];
    assert_eq!(entry["code"]["maxLength"], 129);
    assert_eq!(entry["message"]["pattern"], r"\S");
}

#[test]
fn the_schema_requires_what_the_reader_requires() {
    let schema = orgerr("catalog schema").succeeded().json();
    let whole = "\
[[service]]
name = 'Demo'
title = 'Demo service'
url = 'unknown'
updated = 'unknown'
categories = ['demo']
aliases = ['DM']
variants = true
search_weight = 50

[operations.Demo]
ListDemos = { method = 'GET', path = '/v1/demos', parameters = ['limit'] }

[[entry]]
code = 'Demo.0001'
status = 404
message = 'no such demo.'
description = 'Demo not found.'
solution = 'Check the name.'
category = 'demo'
action = 'fix-request'
note = 'Not in the guide.'
check = ['ListDemos']
causes = [{ says = 'no token', solution = 'Get a token.' }]
wordings = ['no demo.']
returned_by = ['ListDemos']
documented = false
";
    parse_catalog(whole).expect("a catalog with every field");
    let (services, rest) = whole.split_once("\n[operations").unwrap();
    let (_, entries) = rest.split_once("[[entry]]").unwrap();
    for (table, text) in [("service", services), ("entry", entries)] {
        let items = &schema["properties"][table]["items"];
        let required = items["required"].as_array().unwrap();
        let mut known: Vec<_> = items["properties"].as_object().unwrap().keys().collect();
        for line in text.lines().filter(|line| line.contains(" = ")) {
            let field = line.split(' ').next().unwrap();
            known.retain(|known| *known != field);
            let without = whole.replace(&format!("{line}\n"), "");
            let problems = parse_catalog(&without).err();
            let problems = problems.iter().flat_map(|problems| problems.iter());
            let reported: Vec<_> = problems.map(|problem| &problem.message).collect();
            if required.iter().any(|required| required == field) {
                let missing = format!("missing field `{field}`");
                assert!(reported.len() == 1 && reported[0].ends_with(&missing), "{reported:?}");
            } else {
                assert!(reported.is_empty(), "{reported:?}");
            }
        }
        assert!(known.is_empty(), "{table}: {known:?}");
    }
}

#[test]
fn a_date_is_no_text() {
    let catalog = std::fs::read_to_string(TWO_SERVICES).unwrap();
    let updated = catalog.lines().find(|line| line.starts_with("updated")).unwrap();
    let file = TemporaryFile::new("date.toml", catalog.replace(updated, "updated = 2024-05-28"));
    let run = orgerr(&format!("catalog check {} -o plain", file.path()));
    let what = "the field 'updated' must be a string, not a date or a time\n";
    assert!(run.stdout.contains(what), "{}", run.stdout);
    assert_eq!(run.code, 2);
}
