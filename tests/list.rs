//! `orgerr list` and `orgerr status`.

use serde_json::{Value, json};

use crate::support::{all_entries, orgerr, orgerr_args};

/// Asserts that the line prints exactly the entries that `keeps` selects.
#[track_caller]
fn assert_keeps(line: &str, keeps: impl Fn(&Value) -> bool) {
    let expected: Vec<_> = all_entries().into_iter().filter(keeps).collect();
    let found = orgerr(&format!("{line} --json")).succeeded().json();
    assert_eq!(found, Value::from(expected), "{line}");
}

#[test]
fn all_entries_are_listed_in_catalog_order() {
    let entries = orgerr::Catalog::embedded().entries();
    assert_eq!(Value::from(all_entries()), json!(entries));
}

#[test]
fn a_pipe_gets_one_line_an_entry() {
    let run = orgerr("list").succeeded();
    let lines: Vec<_> = run.stdout.lines().collect();
    let entries = all_entries();
    assert_eq!(lines.len(), entries.len());
    for (line, entry) in lines.iter().zip(entries) {
        for field in ["code", "message", "description", "solution"] {
            assert!(line.contains(entry[field].as_str().unwrap()), "{line}");
        }
    }
}

#[test]
fn filters_narrow_the_list() {
    let organizations = |entry: &Value| entry["service"] == "Organizations";
    assert_keeps("list --service organizations", organizations);
    for name in ["org", "Organisation", "ORGANIZATIONS", "orga,orgs"] {
        assert_keeps(&format!("list --service {name}"), organizations);
    }
    assert_keeps("list --service apig", |entry| entry["service"] == "APIGW");
    assert_keeps("list --retryable", |entry| entry["retryable"] == true);
    assert_keeps("list --action retry", |entry| entry["action"] == "retry");
    assert_keeps("list --category policy --status 409", |entry| {
        entry["category"] == "policy" && entry["status"] == 409
    });
    for command in ["list", "status"] {
        let run = orgerr(&format!("{command} --category relation --action retry"));
        let note = "note: no entry matches all filters: category relation, action retry\n";
        assert_eq!((run.stderr.as_str(), run.code), (note, 1));
    }
    let run = orgerr("status 409,4xx --service org --category relation,tag --retryable");
    let note = "note: no entry matches all filters: service Organizations, status 409 or 4xx, \
                category relation or tag, retryable\n";
    assert_eq!((run.stderr.as_str(), run.code), (note, 1));
}

#[test]
fn a_filter_takes_several_values() {
    let of_two = |entry: &Value| entry["category"] == "handshake" || entry["category"] == "tag";
    assert_keeps("list --category handshake,tag", of_two);
    assert_keeps("list --category handshake,tag,", of_two);
    assert_keeps("list --category handshake --category tag", of_two);
}

#[test]
fn statuses_are_numbers_or_classes() {
    for command in ["list --status", "status"] {
        assert_keeps(&format!("{command} 404"), |entry| entry["status"] == 404);
        assert_keeps(&format!("{command} 404,409"), |entry| {
            entry["status"] == 404 || entry["status"] == 409
        });
        assert_keeps(&format!("{command} 4XX"), |entry| {
            entry["status"].as_u64().unwrap() / 100 == 4
        });
    }
    let named = orgerr_args(&["status", "404 not found", "--json"]).succeeded();
    assert_eq!(named.json(), orgerr("status 404 --json").json());
    assert_eq!(orgerr_args(&["status", "404 Gone"]).code, 2);
    assert_keeps("status 404 4xx --category tag", |e| e["category"] == "tag");
    // A variable that a script has not set does not ask for all.
    let unset = orgerr_args(&["status", ""]);
    assert_eq!(unset.code, 2);
}

#[test]
fn a_value_that_no_entry_has_is_a_usage_error() {
    let run = orgerr("list --category acount --json");
    assert_eq!((run.stdout.as_str(), run.code), ("[]\n", 2));
    assert!(
        run.stderr.starts_with("error: unknown category 'acount'; valid: request, "),
        "{}",
        run.stderr
    );
    for (line, valid) in [
        ("list --service IAM", "valid: Organizations, APIGW\n"),
        ("explain --service RGC", "\n  for another service, add its catalog: --catalog FILE\n"),
        ("list --service Orgnizations", "did you mean: Organizations\n"),
        ("list --category acount", "did you mean: account\n"),
        ("search quota --action retri", "did you mean: retry\n"),
        (
            "explain --status 4x",
            "valid: 100 to 599, or a class such as 4xx; entries have 400, 401, ",
        ),
        ("list --action pray", "retry, fix-request, check-permission"),
        ("list --category ,", "unknown category ''; valid: "),
        ("status 999", "unknown HTTP status '999'; valid: 100 to 599"),
        ("status HTTP 429", "\n  did you mean: orgerr status 429\n"),
        ("status HTTP/1.1 404 Not Found", "\n  did you mean: orgerr status 404\n"),
        ("status 404 Not Found", "\n  did you mean: orgerr status 404\n"),
        ("status forbidden", "\n  did you mean: orgerr status 403\n"),
        (
            "status org.1305",
            "\n  to look up the error code Organizations.1305: orgerr show Organizations.1305\n",
        ),
    ] {
        let run = orgerr(line);
        assert_eq!((run.stdout.as_str(), run.code), ("", 2), "{line}");
        run.reports(valid);
    }
}

#[test]
fn a_valid_status_without_entries_is_nothing_found() {
    let run = orgerr("status 418 --json");
    assert_eq!((run.stdout.as_str(), run.code), ("[]\n", 1));
    assert_eq!(
        run.stderr,
        "note: no entry has such an HTTP status; there are: 400, 401, 403, 404, 405, 409, \
         413, 414, 429, 494, 500, 502, 503, 504\n"
    );
}

#[test]
fn status_alone_counts_entries() {
    let rows = orgerr("status --json").succeeded().json();
    let with_status = |status: &Value| {
        let entries = all_entries().into_iter();
        entries.filter(|entry| entry["status"] == *status).count()
    };
    let mut counted = 0;
    for row in rows.as_array().unwrap() {
        assert_eq!(row["entries"], with_status(&row["status"]), "{row}");
        counted += with_status(&row["status"]);
    }
    assert_eq!(counted, all_entries().len());
    assert_eq!(rows[0]["status"], 400);
    assert_eq!(rows[0]["reason"], "Bad Request");
}

#[test]
fn status_alone_counts_what_passes_the_filters() {
    let rows = orgerr("status --category handshake --json").succeeded();
    assert_eq!(rows.all("status"), ["400", "404"]);
    let status = orgerr("status --category handshake -o table").succeeded().stdout;
    assert!(status.starts_with(" Status │ Reason      │ Entries\n"), "{status}");
}

#[test]
fn a_status_without_entries_beside_others_is_named() {
    for line in ["status 404 418", "list --status 404,418"] {
        let run = orgerr(&format!("{line} --json"));
        assert_eq!(run.json(), orgerr("status 404 --json").json());
        assert_eq!(run.stderr, "note: no entry has the HTTP status 418\n", "{line}");
        assert_eq!(run.code, 0, "{line}");
    }
    let run = orgerr("status 404 3xx 418 -q");
    assert_eq!((run.stderr.as_str(), run.code), ("", 0));
    orgerr("status 404 3xx 418").reports("note: no entry has the HTTP status 3xx or 418\n");
}
