//! `orgerr search`.

use orgerr::{Catalog, CatalogBuilder, Filter, search, search_best};
use serde_json::{Value, json};

use crate::support::{all_entries, codes, orgerr, orgerr_args};

/// The codes of the entries that contain the word, in the order of the catalog.
fn saying(word: &str) -> Vec<String> {
    let says = |entry: &Value| {
        let fields = ["message", "description", "solution", "category"];
        let mut texts = fields.map(|field| entry[field].as_str().unwrap()).into_iter();
        texts.any(|text| text.to_lowercase().contains(word))
    };
    let entries = all_entries().into_iter().filter(says);
    entries.map(|entry| entry["code"].as_str().unwrap().to_owned()).collect()
}

/// The codes that the line prints, in the order of the catalog.
fn sorted(line: &str) -> Vec<String> {
    let mut codes = codes(line);
    codes.sort();
    codes
}

#[test]
fn a_word_finds_the_entries_that_say_it() {
    assert_eq!(sorted("search handshake --json"), saying("handshake"));
}

#[test]
fn several_words_are_one_query() {
    assert_eq!(codes("search account quota --json")[0], "Organizations.1305");
    let run = orgerr_args(&["search", "account quota", "--json"]);
    assert_eq!(run.all("code")[0], "Organizations.1305");
}

#[test]
fn a_fragment_finds_its_entries() {
    assert_eq!(sorted("search hndshk --json"), saying("handshake"));
}

#[test]
fn nonsense_finds_nothing() {
    let run = orgerr("search qwzxkjv --json");
    assert_eq!((run.stdout.as_str(), run.code), ("[]\n", 1));
    assert!(run.stderr.starts_with("note: no entry matches 'qwzxkjv'"), "{}", run.stderr);
}

#[test]
fn a_service_is_marked_as_it_is_named() {
    for (query, marked) in [("apig.0301", 10), ("apig", 5)] {
        let run = orgerr(&format!("search {query} -n 1 --json"));
        let ranges = &run.json()[0]["matches"]["code"];
        assert_eq!(*ranges, json!([[0, marked]]), "{query}");
    }
    assert_eq!(codes("search apig.0301 --json"), ["APIGW.0301"]);
}

#[test]
fn the_limit_is_ten_by_default() {
    let run = orgerr("search organization --json");
    assert_eq!(run.all("code").len(), 10);
    assert_eq!(run.code, 0);
    let (shown, all) = run.stderr.split_once(" of ").expect("a note");
    assert_eq!(shown, "note: 10");
    let all: usize = all.strip_suffix(" are shown; -n 0 shows all\n").unwrap().parse().unwrap();
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
    assert_eq!(hit["matches"]["message"], json!([[19, 28]]));
    let mut entry = hit.clone();
    for added in ["score", "matches"] {
        entry.as_object_mut().unwrap().remove(added);
    }
    assert_eq!(json!([entry]), orgerr("show 1402 --json").json());
}

/// The matched texts of the first hit, as `field: text`.
fn matched(query: &str) -> Vec<String> {
    let run = orgerr_args(&["search", query, "--json"]);
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
fn matches_are_reported_for_every_kind_of_query() {
    for (query, expected) in [
        ("scheduler", &["message: scheduler"][..]),
        ("schedulers", &["message: scheduler"]),
        ("schedueler", &["message: scheduler"]),
        ("sched", &["message: scheduler"]),
        ("1617", &["code: 1617"]),
        ("organizations.2202", &["code: Organizations.2202"]),
        ("220", &["code: 220"]),
        ("schdlr", &["message: sch", "message: d", "message: l", "message: r"]),
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
fn an_entry_with_all_words_comes_before_one_that_repeats_a_word() {
    // 1001 and 1002 say "account" more often.
    assert_eq!(codes("search account leave --json")[0], "Organizations.1304");
    assert_eq!(codes("search quota policy entity --json")[0], "Organizations.1607");
}

#[test]
fn a_code_comes_before_other_meanings_of_its_number() {
    assert_eq!(codes("search 1305 handshake --json")[0], "Organizations.1305");
    assert_eq!(codes("search handshake 1305 --json")[0], "Organizations.1305");
    let with_status = codes("list --status 404 --service organizations --json");
    let found = sorted("search 404 --service organizations --json -n 0");
    assert_eq!(found, with_status);
}

#[test]
fn if_nothing_is_found_a_note_names_the_closest_word() {
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
fn a_very_long_query_is_answered_up_to_a_limit() {
    let words = "handshake ".repeat(1000);
    let run = orgerr_args(&["search", &words, "--json"]);
    assert_eq!(run.succeeded().all("code")[0], "Organizations.1400");
    let run = orgerr_args(&["search", &words, "more"]);
    assert_eq!((run.stdout.as_str(), run.code), ("", 2));
    assert_eq!(
        run.stderr,
        "error: a search has 1000 words at most\n  pipe longer texts to 'orgerr explain'\n"
    );
    for long in ["配额".repeat(501), "account_id ".repeat(501)] {
        let run = orgerr_args(&["search", &long]);
        assert_eq!(run.code, 0, "{}", run.stderr);
        run.reports(
            "only the first 1000 words, parts of names and Chinese characters are looked for",
        );
    }
    let run = orgerr_args(&["search", &"x".repeat(100_000)]);
    assert_eq!((run.stdout.as_str(), run.code), ("", 1));
    assert!(run.stderr.len() < 200, "{}", run.stderr);
}

#[test]
fn a_longer_query_to_the_library_is_cut_off_too() {
    let is_cut_off = |words: usize| {
        let query = "handshake ".repeat(words);
        search_best(Catalog::embedded(), &query, &Filter::default(), 1).is_cut_off
    };
    assert!(!is_cut_off(1000));
    assert!(is_cut_off(1500));
}

#[test]
fn a_question_that_is_answered_in_part_finds_the_nearest_and_says_so() {
    let query = "the scheduler is scheduled for grandmother";
    let run = orgerr_args(&["search", query, "-o", "plain"]);
    assert_eq!(run.code, 0);
    assert!(run.stdout.starts_with("Organizations.1617"), "{}", run.stdout);
    let note = format!("note: no entry matches '{query}'; the nearest are shown\n");
    assert_eq!(run.stderr, note);
    let run = orgerr_args(&["search", query, "--status", "504"]);
    assert_eq!((run.stdout.as_str(), run.code), ("", 1));
    let note = "note: the filters exclude every entry that matches '{query}' (1)\n";
    assert_eq!(run.stderr.replace("\n      ", " "), note.replace("{query}", query));
    let run = orgerr("search the scheduler threw an exception");
    assert!(!run.stderr.contains("nearest"), "{}", run.stderr);
    let run = orgerr("search grandmother repairs her wooden gearbox -o plain");
    assert_eq!((run.stdout.as_str(), run.code), ("", 1));
}

#[test]
fn a_megabyte_of_codes_is_answered_from_a_large_catalog() {
    let service = "[[service]]\nname = 'Demo'\ntitle = 'Demo'\nurl = 'unknown'\n\
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
    let text = format!("{} {long_word}c", "ab ".repeat(2_000));
    let toml = format!(
        "[[service]]\nname = 'Demo'\ntitle = 'Demo'\nurl = 'unknown'\n\
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
fn a_long_dotted_word_is_answered() {
    let hits = search(Catalog::embedded(), &"Organizations.".repeat(8_000));
    assert_eq!(hits[0].entry.service(), "Organizations");
}

#[test]
fn a_note_says_if_filters_leave_nothing() {
    let run = orgerr("search handshake --category tag, --json");
    assert_eq!((run.stdout.as_str(), run.code), ("[]\n", 1));
    let note = format!(
        "note: the filters exclude every entry that matches 'handshake' ({})\n",
        saying("handshake").len()
    );
    assert_eq!(run.stderr, note);
}

#[test]
fn an_empty_query_is_a_usage_error() {
    for text in ["", "  "] {
        let run = orgerr_args(&["search", text, "--json"]);
        assert_eq!((run.stdout.as_str(), run.code), ("[]\n", 2));
        let error = "error: the text to search for is empty\n  \
                     for more: orgerr search --help\n";
        assert_eq!(run.stderr, error);
    }
}

#[test]
fn the_words_of_a_name_need_no_meaning_of_their_own() {
    for (query, code) in [
        ("AccessDeniedForDependencyException", "Organizations.2007"),
        ("finalizing organization exception", "Organizations.1003"),
    ] {
        let line = format!("search {query} -n 1 --json -q");
        assert_eq!(codes(&line), [code], "{query}");
    }
}

#[test]
fn a_search_for_what_can_be_retried_leads_to_the_filter() {
    let run = orgerr("search Retryable --json");
    run.reports("note: for the entries whose fix begins with a retry: orgerr list --retryable\n");
    assert!(!orgerr("search retry --json").stderr.contains("--retryable"));
}
