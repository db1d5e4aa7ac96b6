//! `orgerr search`.

use std::collections::BTreeSet;

use orgerr::{Catalog, CatalogBuilder, search};
use serde_json::{Value, json};

use crate::support::{TemporaryFile, all_entries, orgerr, orgerr_args};

fn codes(line: &str) -> Vec<String> {
    orgerr(line).all("code")
}

/// The codes of the entries that contain the word, in the order of the catalog.
fn saying(word: &str) -> Vec<String> {
    let says = |entry: &Value| {
        let fields = ["message", "description", "solution", "category"];
        let mut texts = fields
            .map(|field| entry[field].as_str().unwrap())
            .into_iter();
        texts.any(|text| text.to_lowercase().contains(word))
    };
    let entries = all_entries().into_iter().filter(says);
    entries
        .map(|entry| entry["code"].as_str().unwrap().to_owned())
        .collect()
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
    assert_eq!(
        codes("search account quota --json")[0],
        "Organizations.1305"
    );
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
    assert!(
        run.stderr.starts_with("note: no entry matches 'qwzxkjv'"),
        "{}",
        run.stderr
    );
}

#[test]
fn the_name_of_the_gateway_finds_its_errors() {
    let gateway = codes("list --service APIGW --json").len();
    for name in ["APIGW", "apig"] {
        let found = codes(&format!("search {name} -n 0 --json"));
        assert_eq!(found.len(), gateway, "{name}");
        assert!(found.iter().all(|code| code.starts_with("APIGW.")));
    }
    // Also as words that other entries contain.
    let found = codes("search API gateway -n 0 --json");
    let of_gateway = found.iter().filter(|code| code.starts_with("APIGW."));
    assert_eq!(of_gateway.count(), gateway);
    assert!(found[0].starts_with("APIGW."), "{found:?}");
    // With other words, entries of the gateway come first if they contain these words.
    let found = codes("search apigw account -n 0 --json");
    assert!(found[0].starts_with("APIGW."), "{found:?}");
    assert!(!found.contains(&"APIGW.0101".to_owned()), "{found:?}");
}

#[test]
fn the_name_of_the_service_of_bare_digits_is_a_word_like_any_other() {
    let entries = codes("list --service organizations --json").len();
    assert!(codes("search organizations -n 0 --json").len() < entries);
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
fn an_entry_with_all_words_comes_before_one_that_repeats_a_word() {
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
fn a_code_comes_before_other_meanings_of_its_number() {
    assert_eq!(
        codes("search 1305 handshake --json")[0],
        "Organizations.1305"
    );
    assert_eq!(
        codes("search handshake 1305 --json")[0],
        "Organizations.1305"
    );
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
    let run = orgerr_args(&["search", &"x".repeat(100_000)]);
    assert_eq!((run.stdout.as_str(), run.code), ("", 1));
    assert!(run.stderr.len() < 200, "{}", run.stderr);
}

/// The first codes that a search of the whole text finds.
fn first(query: &str) -> String {
    let run = orgerr_args(&["search", query, "--json", "--quiet"]);
    run.succeeded().all("code").swap_remove(0)
}

#[test]
fn codes_are_found_as_people_write_them() {
    for query in [
        "organizations-1401",
        "Organisations.1401",
        "organization 1401",
        "Organizations1401",
        "organizations_1401",
        "org:1401",
        "ErrCode=ORGANIZATIONS.1401,",
        "(Organizations.1401)",
        "error code 1401 for my handshake",
    ] {
        assert_eq!(first(query), "Organizations.1401", "{query}");
    }
    assert_eq!(first("APIGW-0613"), "APIGW.0613");
    let handshakes = [
        "Organizations.1400",
        "Organizations.1401",
        "Organizations.1402",
    ];
    for query in ["14xx", "error code 14XX", "organizations.14*", "org 14xx"] {
        let found = orgerr_args(&["search", query, "--json"]).all("code");
        assert_eq!(found, handshakes, "{query}");
    }
    let run = orgerr("search Organizations.1409 --json");
    assert_eq!((run.stdout.as_str(), run.code), ("[]\n", 1));
}

#[test]
fn an_http_status_finds_all_entries_with_it_before_anything_else() {
    let forbidden = codes("list --status 403 --json");
    for query in [
        "http 403",
        "status 403",
        "403",
        "HTTP/1.1 403 Forbidden",
        "error 403",
    ] {
        let found = orgerr_args(&["search", query, "-n", "0", "--json"]).all("code");
        let mut found: Vec<_> = found.into_iter().take(forbidden.len()).collect();
        found.sort();
        let mut forbidden = forbidden.clone();
        forbidden.sort();
        assert_eq!(found, forbidden, "{query}");
    }
    let found = codes("search 4xx -n 0 --json");
    assert_eq!(found.len(), codes("list --status 4xx --json").len());
    // Among words it is one of them.
    assert_eq!(first("409 for a tag"), "Organizations.1702");
}

#[test]
fn a_documented_message_is_found_anywhere_in_a_line() {
    for (query, code) in [
        (
            "Error: error creating Organizations account: Bad request with: \
             [POST https://organizations.example.com/v1/organizations/accounts], \
             error message: quota exceeded for account.",
            "Organizations.1305",
        ),
        (
            "apply failed with not found for policy attachment entity. while attaching",
            "Organizations.1602",
        ),
        (
            "10:01 WARN retrying: Policy doesn''t allow 'organizations:ous:delete' to be \
             performed. (attempt 2)",
            "Organizations.1007",
        ),
        (
            "{\"error_msg\":\"the organizational unit is not empty.\",\"id\":\"7\"}",
            "Organizations.1202",
        ),
    ] {
        assert_eq!(first(query), code, "{query}");
    }
}

#[test]
fn names_of_operations_and_of_errors_elsewhere_find_what_they_lead_to() {
    for (query, code) in [
        ("DeleteOrganizationalUnit", "Organizations.1202"),
        ("delete organizational unit", "Organizations.1202"),
        ("deleteorganizationalunit", "Organizations.1202"),
        ("MoveAccount", "Organizations.1302"),
        ("DuplicateHandshakeException", "Organizations.1307"),
        (
            "ConstraintViolationException: OU_DEPTH_LIMIT_EXCEEDED",
            "Organizations.1203",
        ),
        ("TooManyRequestsException", "APIGW.0308"),
    ] {
        assert_eq!(first(query), code, "{query}");
    }
}

#[test]
fn a_question_that_is_answered_in_part_finds_the_nearest_and_says_so() {
    let query = "the scheduler is scheduled for grandmother";
    let run = orgerr_args(&["search", query, "-o", "plain"]);
    assert_eq!(run.code, 0);
    assert!(
        run.stdout.starts_with("Organizations.1617"),
        "{}",
        run.stdout
    );
    let note = format!("note: no entry matches '{query}'; the nearest are shown\n");
    assert_eq!(run.stderr, note);
    let run = orgerr("search the scheduler threw an exception");
    assert!(!run.stderr.contains("nearest"), "{}", run.stderr);
    let run = orgerr("search grandmother repairs her wooden gearbox -o plain");
    assert_eq!((run.stdout.as_str(), run.code), ("", 1));
}

#[test]
fn chinese_is_understood() {
    for (query, code) in [
        ("组织不存在", "Organizations.1100"),
        ("组织不存在。", "Organizations.1100"),
        ("組織不存在", "Organizations.1100"),
        ("账号已被邀请", "Organizations.1307"),
        ("管理账号不能退出组织", "Organizations.1304"),
        ("标签已存在", "Organizations.1702"),
    ] {
        assert_eq!(first(query), code, "{query}");
    }
    let hit = &orgerr("search 证书 --json").json()[0];
    // "Failed to verify the certificate."
    assert_eq!(hit["matches"]["description"], serde_json::json!([[21, 32]]));
}

#[test]
fn anyone_can_add_a_term_of_any_script() {
    let terms = "\n[search.synonyms]\n'องค์กร' = ['organization']\n'ไม่พบ' = ['not found']\n\
                 'не найдена' = ['not found']\n'организация' = ['organization']\n";
    let mut builder = CatalogBuilder::new();
    builder.add(format!("{OWN}{terms}")).unwrap();
    let catalog = builder.build();
    for query in ["ไม่พบองค์กร", "организация не найдена"]
    {
        let hits = search(&catalog, query);
        assert_eq!(hits[0].entry.code(), "Organizations.1100", "{query}");
    }
}

#[test]
fn words_apart_and_words_joined_are_the_same() {
    let handshake = codes("search handshake --json");
    assert_eq!(codes("search hand shake --json"), handshake);
    assert_eq!(first("handshakenotfound"), "Organizations.1400");
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
    let text = format!("{} {long_word}c", "ab ".repeat(2_000));
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
fn a_long_dotted_word_is_answered() {
    let hits = search(Catalog::embedded(), &"Organizations.".repeat(8_000));
    assert_eq!(hits[0].entry.service(), "Organizations");
}

#[test]
fn a_note_says_if_filters_leave_nothing() {
    let run = orgerr("search handshake --category tag, --json");
    assert_eq!((run.stdout.as_str(), run.code), ("[]\n", 1));
    let note = format!(
        "note: no entry that passes the filters matches 'handshake'; without them there are {}\n",
        saying("handshake").len()
    );
    assert_eq!(run.stderr, note);
}

#[test]
fn a_message_with_details_finds_its_entry_first() {
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
        let run = orgerr_args(&["search", query, "--json"]);
        assert_eq!(run.all("code")[0], code, "{query}");
    }
}

#[test]
fn words_mean_the_same_beside_your_own_catalog() {
    let vocabulary = std::fs::read_to_string("src/data/vocabulary.toml").unwrap();
    // Everything in quotes: ignored words, phrases and their meanings.
    let phrases: BTreeSet<_> = vocabulary.split('"').skip(1).step_by(2).collect();
    assert!(!phrases.is_empty());
    let mut builder = orgerr::CatalogBuilder::new();
    builder.add(OWN).unwrap();
    let own = builder.build();
    // Another entry changes the weights a little, and with them perhaps the order.
    let found = |catalog: &orgerr::Catalog, phrase| -> Vec<_> {
        let hits = orgerr::search(catalog, phrase).into_iter();
        hits.map(|hit| hit.entry.code().to_string()).collect()
    };
    for phrase in phrases {
        let [with, without] = [&own, orgerr::Catalog::embedded()].map(|it| found(it, phrase));
        let is_found = |first: Option<&String>, among: &[String]| {
            first.is_none_or(|first| among.contains(first))
        };
        assert!(
            is_found(with.first(), &without) && is_found(without.first(), &with),
            "{phrase}: {with:?}, {without:?}"
        );
    }
}

/// A catalog whose words are in no other.
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

#[test]
fn a_label_before_digits_names_no_service() {
    for query in [
        "error 0301",
        "code: 0301",
        "error_code:0301",
        "error code 0301",
        "错误码 0301",
        "错误码0301",
    ] {
        let found = orgerr_args(&["search", query, "--json", "-q"]).succeeded();
        assert_eq!(found.all("code"), ["APIGW.0301"], "{query}");
    }
}

#[test]
fn an_empty_query_is_a_usage_error() {
    for text in ["", "  "] {
        let run = orgerr_args(&["search", text, "--json"]);
        assert_eq!((run.stdout.as_str(), run.code), ("[]\n", 2));
        let error = "error: orgerr search needs a text, and there is none\n  \
                     for example: orgerr search handshake\n";
        assert_eq!(run.stderr, error);
    }
}

#[test]
fn a_code_is_found_whose_service_begins_with_a_digit_or_with_another_service() {
    let own = std::fs::read_to_string("tests/catalogs/two-services.toml").unwrap();
    for name in ["3D.CCE-ADDONMGR", "4", "IAM.ORGANIZATIONS", "x"] {
        let catalog = TemporaryFile::new("own.toml", own.replace("SVCSTG.CCE-ADDONMGR", name));
        let line = format!(
            "search {name}.4000003 --json -n 1 --catalog {}",
            catalog.path()
        );
        let run = orgerr(&line).succeeded();
        assert_eq!(run.all("code"), [format!("{name}.4000003")]);
        assert!(
            run.json()[0]["score"].as_f64() >= Some(1_000_000.0),
            "{name}"
        );
    }
}

#[test]
fn a_term_is_not_cut_in_two_by_a_longer_one_before_it() {
    // In 删除组织单元 is 删除组织, "delete organization", which leaves 单元 alone.
    for (chinese, english) in [
        ("删除组织单元", "delete organizational unit"),
        (
            "创建组织单元名称重复",
            "create organizational unit duplicate name",
        ),
        ("删除组织", "delete organization"),
    ] {
        let best = orgerr_args(&["search", english, "-n", "1", "--json", "-q"]).all("code");
        let found = orgerr_args(&["search", chinese, "--json", "-q"]).succeeded();
        assert_eq!(found.all("code")[0], best[0], "{chinese}");
    }
}

#[test]
fn a_wrong_clock_is_known_by_many_names() {
    for query in [
        "clock skew",
        "clock drift",
        "system time",
        "request has expired",
        "timestamp expired",
        "时钟偏差",
        "时间不同步",
    ] {
        let found = orgerr_args(&["search", query, "--json", "-q"]).succeeded();
        assert_eq!(found.all("code")[0], "APIGW.0301", "{query}");
    }
}
