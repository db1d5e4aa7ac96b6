//! The embedded catalog agrees with the documentation in `data/error-codes-page.txt` and
//! `data/gateway.tsv`, the only files of the tests that name every entry.

use orgerr::{Catalog, Entry};

/// The page as text: one paragraph per cell, five cells per row.
const PAGE: &str = include_str!("data/error-codes-page.txt");

fn page_rows() -> Vec<[&'static str; 5]> {
    let cells: Vec<_> = PAGE.lines().filter(|line| !line.is_empty()).collect();
    let heading = cells.iter().position(|cell| *cell == "Solution").expect("a heading");
    let (rows, rest) = cells[heading + 1..].as_chunks::<5>();
    assert!(rest.is_empty());
    rows.to_vec()
}

#[test]
fn documented_fields_match_the_page() {
    let rows: Vec<_> = page_rows().iter().map(|row| row.map(str::to_owned)).collect();
    let documented = |entry: &Entry| {
        [
            entry.status().to_string(),
            entry.code().to_string(),
            entry.message().to_string(),
            entry.description().to_string(),
            entry.solution().to_string(),
        ]
    };
    let entries = organizations().into_iter();
    let entries = entries.filter(|entry| entry.documented()).map(documented);
    assert_eq!(entries.collect::<Vec<_>>(), rows);
}

fn organizations() -> Vec<&'static Entry> {
    let entries = Catalog::embedded().entries().iter();
    entries.filter(|entry| entry.service() == "Organizations").collect()
}

#[test]
fn gateway_entries_match_their_documentation() {
    let rows = include_str!("data/gateway.tsv").lines().skip(1);
    let rows: Vec<Vec<_>> = rows.map(|row| row.split('\t').map(str::to_owned).collect()).collect();
    let entries = Catalog::embedded().entries().iter();
    let gateway = entries.filter(|entry| entry.service() == "APIGW");
    let facts = gateway.map(|entry| {
        vec![entry.code().to_string(), entry.status().to_string(), entry.message().to_string()]
    });
    assert_eq!(facts.collect::<Vec<_>>(), rows);
    assert_eq!(rows.len() + organizations().len(), Catalog::embedded().entries().len());
}

#[test]
fn entries_are_retryable_if_their_solution_begins_with_trying_again() {
    for entry in Catalog::embedded().entries() {
        let begins = entry.solution().starts_with("Try again later");
        assert_eq!(entry.retryable(), begins, "{}", entry.code());
        assert!(!begins || entry.action().name() == "retry", "{}", entry.code());
    }
}

#[test]
fn after_a_timeout_the_solution_is_to_check_first() {
    let entries = Catalog::embedded().entries().iter();
    let mut timeouts = entries.filter(|entry| entry.status() == 504);
    assert!(timeouts.all(|entry| entry.solution().starts_with("First check")));
}

/// What is known from public code alone: the page does not have it.
const UNDOCUMENTED: [&str; 1] = ["Organizations.1325"];

#[test]
fn entries_that_are_not_documented_are_said_not_to_be() {
    let entries = Catalog::embedded().entries().iter();
    let undocumented = entries.filter(|entry| !entry.documented());
    assert!(undocumented.map(Entry::code).eq(UNDOCUMENTED));
}

#[test]
fn every_wording_of_later_editions_is_known() {
    let rows = include_str!("data/wordings.tsv").lines().skip(1);
    let rows: Vec<_> = rows.map(|row| row.split_once('\t').unwrap()).collect();
    let entries = Catalog::embedded().entries().iter();
    let wordings = entries.flat_map(|entry| entry.wordings().map(|text| (entry.code(), text)));
    assert_eq!(wordings.collect::<Vec<_>>(), rows);
}

#[test]
fn every_operation_of_the_api_is_known() {
    let rows = include_str!("data/operations.tsv").lines().skip(1);
    let mut rows: Vec<Vec<_>> = rows.map(|row| row.split('\t').collect()).collect();
    rows.sort_unstable();
    let operations = Catalog::embedded().operations().iter();
    let mut operations: Vec<_> =
        operations.map(|it| vec![it.service(), it.name(), it.method(), it.path()]).collect();
    operations.sort_unstable();
    assert_eq!(operations, rows);
}

#[test]
fn the_causes_that_a_message_goes_on_with_have_their_own_fixes() {
    let entry = Catalog::embedded().get("APIGW.0301").unwrap();
    let causes = entry.causes().iter().map(orgerr::Cause::says);
    assert_eq!(
        causes.collect::<Vec<_>>(),
        [
            "verify aksk signature fail",
            "not exist",
            "AK access failed to reach the limit",
            "decrypt token fail",
            "token expires",
            "x-auth-token not found",
        ]
    );
}

/// Where the solution asks for something that no call of the API shows, an entry has no
/// check on purpose.
#[test]
fn whatever_the_api_can_show_has_a_check() {
    let shown = ["account", "OU", "policy is", "handshake", "administrator", "tag", "quota"];
    for entry in organizations() {
        let asks = entry.solution().starts_with("Check whether the")
            && shown.iter().any(|what| entry.solution().contains(what));
        let is_checked = !entry.check().is_empty();
        let is_hidden = ["1308", "1615", "2002", "2004"].iter();
        let is_hidden = is_hidden.clone().any(|number| entry.code().ends_with(number));
        assert!(!asks || is_checked || is_hidden, "{}", entry.code());
    }
}
