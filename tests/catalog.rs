//! The embedded catalog against the documentation page it comes from.

use std::collections::{BTreeMap, HashSet};

use orgerr::{Catalog, Entry};

/// The page as text: one paragraph a cell, five cells a row.
const PAGE: &str = include_str!("data/error-codes-page.txt");

fn page_rows() -> Vec<[&'static str; 5]> {
    let cells: Vec<_> = PAGE.lines().filter(|line| !line.is_empty()).collect();
    let heading = cells
        .iter()
        .position(|cell| *cell == "Solution")
        .expect("a heading");
    let (rows, rest) = cells[heading + 1..].as_chunks::<5>();
    assert!(rest.is_empty());
    rows.to_vec()
}

#[test]
fn documented_fields_are_those_of_the_page() {
    let rows: Vec<_> = page_rows()
        .iter()
        .map(|row| row.map(str::to_owned))
        .collect();
    let documented = |entry: &Entry| {
        [
            entry.status().to_string(),
            entry.code().to_string(),
            entry.message().to_string(),
            entry.description().to_string(),
            entry.solution().to_string(),
        ]
    };
    let entries = Catalog::embedded().entries().iter();
    let organizations = entries.filter(|entry| entry.service() == "Organizations");
    assert_eq!(organizations.map(documented).collect::<Vec<_>>(), rows);
}

fn organizations() -> Vec<&'static Entry> {
    let entries = Catalog::embedded().entries().iter();
    entries
        .filter(|entry| entry.service() == "Organizations")
        .collect()
}

#[test]
fn no_entry_is_lost_or_doubled() {
    let entries = organizations();
    let codes: HashSet<_> = entries.iter().map(|entry| entry.code()).collect();
    assert_eq!((entries.len(), codes.len()), (94, 94));

    let mut by_status = BTreeMap::new();
    for entry in entries {
        *by_status.entry(entry.status()).or_insert(0) += 1;
    }
    let expected = [(400, 55), (401, 4), (403, 4), (404, 20), (409, 11)];
    assert_eq!(by_status, BTreeMap::from(expected));
}

#[test]
fn the_gateways_facts_are_those_of_its_documentation() {
    let rows = include_str!("data/gateway.tsv").lines().skip(1);
    let rows: Vec<Vec<_>> = rows
        .map(|row| row.split('\t').map(str::to_owned).collect())
        .collect();
    let entries = Catalog::embedded().entries().iter();
    let gateway = entries.filter(|entry| entry.service() == "APIGW");
    let facts = gateway.map(|entry| {
        vec![
            entry.code().to_string(),
            entry.status().to_string(),
            entry.message().to_string(),
        ]
    });
    assert_eq!(facts.collect::<Vec<_>>(), rows);
    assert_eq!(
        rows.len() + organizations().len(),
        Catalog::embedded().entries().len()
    );
}

#[test]
fn retryable_is_what_the_solution_begins_with() {
    let retryable: Vec<_> = organizations()
        .into_iter()
        .filter(|entry| entry.retryable())
        .map(|entry| (entry.code(), entry.action().name()))
        .collect();
    let expected = ["1003", "1004", "1006", "1616", "1617"];
    let expected: Vec<_> = expected
        .iter()
        .map(|n| format!("Organizations.{n}"))
        .collect();
    let expected: Vec<_> = expected
        .iter()
        .map(|code| (code.as_str(), "retry"))
        .collect();
    assert_eq!(retryable, expected);
}

#[test]
fn notes_stand_where_the_page_contradicts_itself() {
    let entries = Catalog::embedded().entries().iter();
    let noted: Vec<_> = entries
        .filter(|entry| entry.note().is_some())
        .map(|entry| entry.code().trim_start_matches("Organizations."))
        .collect();
    assert_eq!(
        noted,
        [
            "1010", "1015", "1604", "1606", "1611", "1902", "2003", "2100", "2007"
        ]
    );
}

#[test]
fn what_may_have_been_carried_out_is_not_retryable() {
    let entries = Catalog::embedded().entries().iter();
    let timeouts: Vec<_> = entries.filter(|entry| entry.status() == 504).collect();
    assert_eq!(timeouts.len(), 2);
    for entry in timeouts {
        assert!(!entry.retryable(), "{}", entry.code());
        assert!(
            entry.solution().starts_with("First check"),
            "{}",
            entry.code()
        );
    }
}

#[test]
fn the_causes_that_a_message_goes_on_with_are_told_apart() {
    let entry = Catalog::embedded().get("APIGW.0301").unwrap();
    for cause in [
        "verify aksk signature fail",
        "ak not exist",
        "AK access failed to reach the limit",
        "decrypt token fail",
        "x-auth-token not found",
    ] {
        assert!(
            entry.solution().contains(&format!("\"{cause}\": ")),
            "{cause}"
        );
    }
}
