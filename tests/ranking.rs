//! How well search answers judged queries: `tests/search/tuning.tsv`, which the ranking
//! was tuned with, and `held-back.tsv`, which it was not. To accept a change: `SNAPSHOTS=overwrite cargo test --test integration ranking`.

use std::fmt::Write as _;

use orgerr::{Catalog, search};

use crate::support::differs_from_file;

/// Shares of queries in percent.
struct Shares {
    /// Queries whose first hit is right.
    first: f64,
    /// Queries with a right one among the first three hits.
    third: f64,
    /// Nonsense queries that find nothing.
    nothing: f64,
}

/// How well the queries of `tests/search/NAME.tsv` are answered. `NAME.answers` has the
/// shares and the wrong answers, so that a change of the ranking shows there.
fn shares(name: &str) -> Shares {
    let path =
        |ending: &str| format!("{}/tests/search/{name}.{ending}", env!("CARGO_MANIFEST_DIR"));
    let file = std::fs::read_to_string(path("tsv")).unwrap();
    let (mut first, mut third, mut nothing) = (Vec::new(), Vec::new(), Vec::new());
    let mut missed = String::new();
    for line in file.lines().filter(|line| !line.starts_with('#')) {
        let columns: Vec<_> = line.split('\t').collect();
        let [class, text, codes] = columns[..] else {
            panic!("not three columns: {line}");
        };
        let codes = codes.split(',').filter(|code| !code.is_empty());
        let acceptable: Vec<_> = codes.collect();
        let hits = search(Catalog::embedded(), text);
        let codes = hits.iter().map(|hit| hit.entry.code().trim_start_matches("Organizations."));
        let best: Vec<_> = codes.take(3).collect();
        let right = match (&acceptable[..], &best[..]) {
            ([], best) => best.is_empty(),
            (acceptable, [best, ..]) => acceptable.contains(best),
            (_, []) => false,
        };
        if acceptable.is_empty() {
            nothing.push(right);
        } else {
            first.push(right);
            third.push(best.iter().any(|code| acceptable.contains(code)));
        }
        if !right {
            writeln!(missed, "{class}: '{text}' finds {}", best.join(", ")).unwrap();
        }
    }
    let [first, third, nothing] = [first, third, nothing].map(|right| share(&right));
    let answers = format!(
        "first {first:.1} %, first three {third:.1} %, nonsense {nothing:.1} %\n\n{missed}"
    );
    let difference = differs_from_file(&answers, path("answers").as_ref());
    assert!(difference.is_none(), "{}", difference.unwrap_or_default());
    Shares { first, third, nothing }
}

#[allow(clippy::cast_precision_loss)] // some hundred queries
fn share(right: &[bool]) -> f64 {
    100.0 * right.iter().filter(|right| **right).count() as f64 / right.len() as f64
}

#[test]
fn most_judged_queries_are_answered_right() {
    for name in ["tuning", "held-back"] {
        let Shares { first, third, nothing } = shares(name);
        assert!(first >= 92.0 && third >= 97.0 && nothing >= 90.0, "{name}");
    }
}
