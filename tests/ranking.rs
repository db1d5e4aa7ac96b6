//! The share of judged queries that search answers: `tests/search/tuning.tsv`, by
//! which the ranking was tuned, and `held-back.tsv`, by which it was not. With
//! `--nocapture` it prints the shares and what was missed.

use orgerr::{Catalog, search};

struct Query {
    class: &'static str,
    text: &'static str,
    /// The digits of the codes that may come first; none where nothing may be found.
    acceptable: Vec<&'static str>,
}

fn queries(file: &'static str) -> Vec<Query> {
    let lines = file.lines().filter(|line| !line.starts_with('#'));
    let query = |line: &'static str| {
        let mut columns = line.split('\t');
        let mut column = || columns.next().expect("three columns");
        let (class, text, codes) = (column(), column(), column());
        let acceptable = codes.split(',').filter(|code| !code.is_empty()).collect();
        Query {
            class,
            text,
            acceptable,
        }
    };
    lines.map(query).collect()
}

/// Shares of queries in percent: right at first place, among the first three, and
/// nonsense that finds nothing.
fn shares(name: &str, file: &'static str) -> (f64, f64, f64) {
    let queries = queries(file);
    assert!(queries.len() >= 90);
    let (mut first, mut third, mut nothing) = (Vec::new(), Vec::new(), Vec::new());
    for query in &queries {
        let hits = search(Catalog::embedded(), query.text);
        let codes: Vec<_> = hits
            .iter()
            .map(|hit| hit.entry.code().trim_start_matches("Organizations."))
            .collect();
        if query.acceptable.is_empty() {
            nothing.push(codes.is_empty());
        } else {
            let is_acceptable = |code: &&&str| query.acceptable.contains(*code);
            first.push(codes.iter().take(1).any(|code| is_acceptable(&code)));
            third.push(codes.iter().take(3).any(|code| is_acceptable(&code)));
        }
        let right = match query.acceptable[..] {
            [] => codes.is_empty(),
            _ => first.last() == Some(&true),
        };
        if !right {
            let got: Vec<_> = codes.iter().take(3).collect();
            println!("{name}: {}: '{}' gave {got:?}", query.class, query.text);
        }
    }
    let shares = (share(&first), share(&third), share(&nothing));
    println!(
        "{name}: first {:.1} %, first three {:.1} %, nonsense {:.1} %",
        shares.0, shares.1, shares.2
    );
    shares
}

#[allow(clippy::cast_precision_loss)] // some hundred queries
fn share(right: &[bool]) -> f64 {
    100.0 * right.iter().filter(|right| **right).count() as f64 / right.len() as f64
}

#[test]
fn tuning_queries_are_answered() {
    let (first, third, nothing) = shares("tuning", include_str!("search/tuning.tsv"));
    assert!(first >= 92.0 && third >= 97.0 && nothing >= 90.0);
}

#[test]
fn held_back_queries_are_answered() {
    let (first, third, nothing) = shares("held back", include_str!("search/held-back.tsv"));
    assert!(first >= 92.0 && third >= 97.0 && nothing >= 90.0);
}
