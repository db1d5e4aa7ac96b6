//! The embedded catalog agrees with the documentation in `data/error-codes-page.txt` and
//! `data/gateway.tsv`, the only files of the tests that name every entry.

use orgerr::{Catalog, Entry};

/// The page as text: one paragraph per cell, five cells per row.
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
fn documented_fields_match_the_page() {
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
    let entries = organizations().into_iter().map(documented);
    assert_eq!(entries.collect::<Vec<_>>(), rows);
}

fn organizations() -> Vec<&'static Entry> {
    let entries = Catalog::embedded().entries().iter();
    entries
        .filter(|entry| entry.service() == "Organizations")
        .collect()
}

#[test]
fn gateway_entries_match_their_documentation() {
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
fn entries_are_retryable_if_their_solution_begins_with_trying_again() {
    for entry in Catalog::embedded().entries() {
        let begins = entry.solution().starts_with("Try again later");
        assert_eq!(entry.retryable(), begins, "{}", entry.code());
        assert!(
            !begins || entry.action().name() == "retry",
            "{}",
            entry.code()
        );
    }
}

#[test]
fn after_a_timeout_the_solution_is_to_check_first() {
    let entries = Catalog::embedded().entries().iter();
    let mut timeouts = entries.filter(|entry| entry.status() == 504);
    assert!(timeouts.all(|entry| entry.solution().starts_with("First check")));
}

#[test]
fn the_solution_distinguishes_known_causes() {
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
