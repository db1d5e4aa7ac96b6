//! `orgerr search`.

mod support;

use support::{orgerr, run};

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
    assert_eq!(hit.as_object().unwrap().len(), 12);
}
