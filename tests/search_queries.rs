//! The ways to ask `orgerr search`: codes, statuses, messages, names, other languages.

use std::collections::BTreeSet;

use orgerr::{CatalogBuilder, search};

use crate::support::{TWO_SERVICES, TemporaryFile, codes, orgerr, orgerr_args};

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
    let handshakes = ["Organizations.1400", "Organizations.1401", "Organizations.1402"];
    for query in ["14xx", "error code 14XX", "organizations.14*", "org 14xx"] {
        let found = orgerr_args(&["search", query, "--json"]).all("code");
        assert_eq!(found, handshakes, "{query}");
    }
    for query in ["organizations: 1401", "organizations:1401"] {
        let found = orgerr_args(&["search", query, "-n", "0", "--json"]).all("code");
        assert_eq!(found, ["Organizations.1401"], "{query}");
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
        "http status code 403",
    ] {
        let found = orgerr_args(&["search", query, "-n", "0", "--json"]).all("code");
        let mut found: Vec<_> = found.into_iter().take(forbidden.len()).collect();
        found.sort();
        let mut forbidden = forbidden.clone();
        forbidden.sort();
        assert_eq!(found, forbidden, "{query}");
    }
    // What makes a number a status is no word of the query.
    for query in ["http 404", "http status code 404"] {
        let found = orgerr_args(&["search", query, "-n", "0", "--json"]).all("code");
        assert_eq!(found, codes("search 404 -n 0 --json"), "{query}");
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
        ("ConstraintViolationException: OU_DEPTH_LIMIT_EXCEEDED", "Organizations.1203"),
        ("TooManyRequestsException", "APIGW.0308"),
    ] {
        assert_eq!(first(query), code, "{query}");
    }
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
        ("Policy doesn't allow 'a:b:c' to be performed. Get the permission", "Organizations.1007"),
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
fn a_code_is_found_whose_service_begins_with_a_digit_or_with_another_service() {
    let own = std::fs::read_to_string(TWO_SERVICES).unwrap();
    for name in ["3D.CCE-ADDONMGR", "4", "IAM.ORGANIZATIONS", "x"] {
        let catalog = TemporaryFile::new("own.toml", own.replace("SVCSTG.CCE-ADDONMGR", name));
        let line = format!("search {name}.4000003 --json -n 1 --catalog {}", catalog.path());
        let run = orgerr(&line).succeeded();
        assert_eq!(run.all("code"), [format!("{name}.4000003")]);
        assert!(run.json()[0]["score"].as_f64() >= Some(1_000_000.0), "{name}");
    }
}

#[test]
fn a_term_is_not_cut_in_two_by_a_longer_one_before_it() {
    // In 删除组织单元 is 删除组织, "delete organization", which leaves 单元 alone.
    for (chinese, english) in [
        ("删除组织单元", "delete organizational unit"),
        ("创建组织单元名称重复", "create organizational unit duplicate name"),
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

#[test]
fn without_an_id_that_nothing_has_the_nearest_are_found() {
    for (query, code) in [
        ("policy p-k3m9tq not fuond", "Organizations.1600"),
        ("account 704412093377", "Organizations.1300"),
        ("k8s account", "Organizations.1300"),
    ] {
        let found = orgerr_args(&["search", query, "--json"]);
        assert_eq!(found.all("code")[0], code, "{query}");
        let note = format!("note: no entry matches '{query}'; the nearest are shown\n");
        assert!(found.stderr.starts_with(&note), "{query}: {}", found.stderr);
    }
    for query in ["x y z", "ab12 cd34", "p-k3m9tq 704412093377"] {
        let found = orgerr_args(&["search", query]);
        let note = format!("note: no entry matches '{query}'\n");
        assert_eq!((found.code, &*found.stderr), (1, &*note));
    }
}

#[test]
fn another_wording_makes_an_entry_no_likelier() {
    for query in ["management account only", "只有管理账号"] {
        let found = orgerr_args(&["search", query, "--json", "-q"]).succeeded();
        assert_eq!(found.all("code")[0], "Organizations.1001", "{query}");
    }
}
