//! `orgerr search`.

use std::collections::BTreeSet;

use crate::support::{self, orgerr, run};
use orgerr::{CatalogBuilder, search};

fn codes(line: &str) -> Vec<String> {
    orgerr(line).all("code")
}

#[test]
fn a_word_finds_its_entries() {
    let handshakes = [
        "Organizations.1400",
        "Organizations.1401",
        "Organizations.1402",
    ];
    let mut found = codes("search handshake --json");
    found.sort();
    assert_eq!(found, handshakes);
}

#[test]
fn several_words_are_one_query() {
    assert_eq!(
        codes("search account quota --json")[0],
        "Organizations.1305"
    );
    let run = run(
        &mut support::command(&["search", "account quota", "--json"]),
        b"",
    );
    assert_eq!(run.all("code")[0], "Organizations.1305");
}

#[test]
fn a_fragment_finds_its_entries() {
    assert_eq!(codes("search hndshk --json").len(), 3);
}

#[test]
fn nonsense_finds_nothing() {
    let run = orgerr("search qwzxkjv --json");
    assert_eq!((run.stdout.as_str(), run.code), ("[]\n", 1));
    assert!(
        run.stderr.starts_with("note: no entry matches 'qwzxkjv'"),
        "{}",
        run.stderr
    );
}

#[test]
fn the_name_of_a_service_finds_its_entries() {
    for line in ["search APIGW -n 0 --json", "search apig -n 0 --json"] {
        let found = codes(line);
        assert_eq!(found.len(), codes("list --service APIGW --json").len());
        assert!(
            found.iter().all(|code| code.starts_with("APIGW.")),
            "{line}"
        );
    }
    // Beside words it prefers its entries, and finds no others for them.
    let found = codes("search apigw account --json");
    assert!(found[0].starts_with("APIGW."), "{found:?}");
    assert!(found.len() < 53 && found.iter().any(|code| code.starts_with("Organizations.")));
    let run = orgerr("search apig.0301 --json");
    assert_eq!(run.all("code"), ["APIGW.0301"]);
    assert_eq!(
        run.json()[0]["matches"]["code"],
        serde_json::json!([[0, 10]])
    );
    let run = orgerr("search apig -n 1 --json");
    assert_eq!(
        run.json()[0]["matches"]["code"],
        serde_json::json!([[0, 5]])
    );
    // That of bare digits is a word as any other.
    assert!(codes("search organizations -n 0 --json").len() < 94);
}

#[test]
fn the_limit_is_ten_unless_told() {
    let run = orgerr("search organization --json");
    assert_eq!(run.all("code").len(), 10);
    assert_eq!(run.code, 0);
    let (shown, all) = run.stderr.split_once(" of ").expect("a note");
    assert_eq!(shown, "note: 10");
    let all: usize = all
        .strip_suffix(", -n 0 for all\n")
        .unwrap()
        .parse()
        .unwrap();
    assert_eq!(codes("search organization -n 0 --json").len(), all);
    assert_eq!(codes("search organization --limit 3 --json").len(), 3);
    assert_eq!(orgerr("search organization -q").stderr, "");
}

#[test]
fn filters_apply() {
    let run = orgerr("search policy --status 409 --json").succeeded();
    assert_eq!(run.all("status"), ["409", "409"]);
}

#[test]
fn hits_add_a_score_and_matches_to_the_entry() {
    let hits = orgerr("search cancelled --json").succeeded().json();
    let hit = &hits[0];
    assert_eq!(hit["code"], "Organizations.1402");
    assert!(hit["score"].as_f64().unwrap() > 0.0);
    // "quota exceeded for cancelled handshake per day."
    assert_eq!(hit["matches"]["message"], serde_json::json!([[19, 28]]));
    assert_eq!(hit.as_object().unwrap().len(), 17);
}

/// The texts that the first hit says were matched, as `field: text`.
fn matched(query: &str) -> Vec<String> {
    let run = run(&mut support::command(&["search", query, "--json"]), b"");
    let hit = &run.json()[0];
    let fields = hit["matches"].as_object().unwrap().iter();
    let texts = fields.flat_map(|(field, ranges)| {
        let text: Vec<char> = hit[field].as_str().unwrap().chars().collect();
        let ranges: Vec<[usize; 2]> = serde_json::from_value(ranges.clone()).unwrap();
        let texts: Vec<_> = ranges
            .iter()
            .map(|[start, end]| {
                format!("{field}: {}", text[*start..*end].iter().collect::<String>())
            })
            .collect();
        texts
    });
    texts.collect()
}

#[test]
fn what_matched_is_told_for_every_class_of_query() {
    for (query, expected) in [
        ("scheduler", &["message: scheduler"][..]),
        ("schedulers", &["message: scheduler"]),
        ("schedueler", &["message: scheduler"]),
        ("sched", &["message: scheduler"]),
        ("1617", &["code: 1617"]),
        ("organizations.2202", &["code: Organizations.2202"]),
        ("220", &["code: 220"]),
        (
            "schdlr",
            &["message: sch", "message: d", "message: l", "message: r"],
        ),
        (
            "too many OUs",
            &[
                "category: organizational",
                "category: unit",
                "description: Maximum",
                "description: OUs",
                "description: exceeded",
                "message: exceeded",
                "message: organizational",
                "message: quota",
                "message: unit",
                "solution: OUs",
                "solution: exceeds",
                "solution: maximum",
            ],
        ),
    ] {
        let mut matched = matched(query);
        matched.sort();
        let mut expected: Vec<_> = expected.iter().map(ToString::to_string).collect();
        expected.sort();
        assert_eq!(matched, expected, "{query}");
    }
}

#[test]
fn an_entry_with_all_words_beats_one_that_repeats_one() {
    // 1001 and 1002 say "account" more often.
    assert_eq!(
        codes("search account leave --json")[0],
        "Organizations.1304"
    );
    assert_eq!(
        codes("search quota policy entity --json")[0],
        "Organizations.1607"
    );
}

#[test]
fn a_code_comes_before_everything_its_number_may_mean() {
    assert_eq!(
        codes("search 1305 handshake --json")[0],
        "Organizations.1305"
    );
    assert_eq!(
        codes("search handshake 1305 --json")[0],
        "Organizations.1305"
    );
    assert!(codes("search 404 --service organizations --json -n 0").len() == 20);
}

#[test]
fn the_closest_word_is_told_where_nothing_is_found() {
    let run = orgerr("search zzhandshakezz");
    assert_eq!((run.stdout.as_str(), run.code), ("", 1));
    assert_eq!(
        run.stderr,
        "note: no entry matches 'zzhandshakezz'; the closest word is 'handshake'\n"
    );
}

// Windows takes no command line of this length.
#[cfg(unix)]
#[test]
fn a_very_long_query_is_answered() {
    let query = "handshake ".repeat(50_000);
    let run = run(
        &mut support::command(&["search", &query[..100_000], "--json"]),
        b"",
    );
    assert_eq!(run.succeeded().all("code")[0], "Organizations.1400");
    let run = support::run(
        &mut support::command(&["search", &"x".repeat(100_000)]),
        b"",
    );
    assert_eq!((run.stdout.as_str(), run.code), ("", 1));
    assert!(run.stderr.len() < 200, "{}", run.stderr);
}

#[test]
fn a_megabyte_of_codes_is_answered_from_a_large_catalog() {
    let service = "[[service]]\nname = 'Demo'\ntitle = 'Demo'\nurl = 'none'\n\
                   updated = '2024-05-28'\ncategories = ['demo']\n";
    let entry = |number| {
        format!(
            "[[entry]]\ncode = 'Demo.{number}'\nstatus = 400\nmessage = 'no {number}.'\n\
             description = 'No.'\nsolution = 'None.'\ncategory = 'demo'\naction = 'retry'\n"
        )
    };
    let entries: String = (10_000..15_000).map(entry).collect();
    let toml = format!("{service}{entries}");
    let mut catalog = CatalogBuilder::new();
    catalog.add(&toml).unwrap();
    let catalog = catalog.build();
    let hits = search(&catalog, &"Demo.1234 ".repeat(100_000));
    assert_eq!(hits.len(), 10);
    assert_eq!(hits[0].entry.code(), "Demo.12340");
    assert_eq!(hits[0].matches["code"], [[0, 9]]);
}

#[test]
fn a_word_of_ten_thousand_letters_is_no_word_and_no_fragment() {
    let long_word = "ab".repeat(5_000);
    let text = format!(
        "{} {}",
        "ab ".repeat(20_000),
        format!("{long_word}c ").repeat(24)
    );
    let toml = format!(
        "[[service]]\nname = 'Demo'\ntitle = 'Demo'\nurl = 'none'\n\
         updated = '2024-05-28'\ncategories = ['demo']\n\
         [[entry]]\ncode = 'Demo.0001'\nstatus = 400\nmessage = 'no demo.'\n\
         description = '{text}'\nsolution = 'None.'\ncategory = 'demo'\naction = 'retry'\n"
    );
    let mut builder = CatalogBuilder::new();
    builder.add(&toml).unwrap();
    let catalog = builder.build();
    for query in [&long_word[1..], &"a".repeat(10_000)] {
        assert!(search(&catalog, query).is_empty());
    }
}

#[test]
fn filters_that_leave_nothing_are_told() {
    let run = orgerr("search handshake --category tag, --json");
    assert_eq!((run.stdout.as_str(), run.code), ("[]\n", 1));
    let note =
        "note: no entry that passes the filters matches 'handshake'; without them there are 3\n";
    assert_eq!(run.stderr, note);
}

#[test]
fn the_name_of_the_gateway_finds_its_errors() {
    for name in ["APIGW", "apig", "API gateway"] {
        let query = format!("search {name} -n 0 --json");
        let found = codes(&query);
        let gateway = found.iter().filter(|code| code.starts_with("APIGW."));
        assert_eq!(gateway.count(), 53, "{name}");
        assert!(found[0].starts_with("APIGW."), "{name}");
    }
}

#[test]
fn a_message_with_detail_behind_it_finds_its_entry_first() {
    for (query, code) in [
        (
            "The throttling threshold has been reached: policy user over ratelimit,limit:5,time:1 minute",
            "APIGW.0308",
        ),
        (
            "quota exceeded for account: too many accounts in the organizational unit",
            "Organizations.1305",
        ),
        (
            "Policy doesn't allow 'a:b:c' to be performed. Get the permission",
            "Organizations.1007",
        ),
        ("BAD REQUEST", "APIGW.0602"),
    ] {
        let run = run(&mut support::command(&["search", query, "--json"]), b"");
        assert_eq!(run.all("code")[0], code, "{query}");
    }
}

#[test]
fn words_mean_the_same_beside_a_catalog_of_ones_own() {
    let vocabulary = std::fs::read_to_string("src/data/vocabulary.toml").unwrap();
    // What stands in quotes: words that say nothing, phrases and what is meant.
    let phrases: BTreeSet<_> = vocabulary.split('"').skip(1).step_by(2).collect();
    assert!(phrases.len() > 300, "{}", phrases.len());
    let mut builder = orgerr::CatalogBuilder::new();
    builder.add(OWN).unwrap();
    let own = builder.build();
    // One entry more weighs words a little differently, and so may change the order.
    let found = |catalog: &orgerr::Catalog, phrase| -> BTreeSet<_> {
        let hits = orgerr::search(catalog, phrase).into_iter();
        let codes = hits.map(|hit| hit.entry.code().to_string());
        codes.filter(|code| code != "Own.0001").collect()
    };
    for phrase in phrases {
        let embedded = found(orgerr::Catalog::embedded(), phrase);
        assert_eq!(found(&own, phrase), embedded, "{phrase}");
    }
}

/// A catalog of words that no other catalog has.
const OWN: &str = "
[[service]]
name = 'Own'
title = 'Own'
url = 'unknown'
updated = 'unknown'
categories = ['own']

[[entry]]
code = 'Own.0001'
status = 418
message = 'zyx'
description = 'zyx'
solution = 'zyx'
category = 'own'
action = 'fix-request'
";
