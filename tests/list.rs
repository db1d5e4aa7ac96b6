//! `orgerr list` and `orgerr status`.

use crate::support::{self, orgerr};

fn count(line: &str) -> usize {
    orgerr(line).succeeded().all("code").len()
}

#[test]
fn all_entries_are_listed_in_catalog_order() {
    let codes = orgerr("list --service organizations --json")
        .succeeded()
        .all("code");
    assert_eq!(codes.len(), 94);
    assert_eq!(codes[0], "Organizations.1001");
    assert_eq!(codes[93], "Organizations.2007");
}

#[test]
fn a_pipe_gets_one_line_an_entry() {
    let run = orgerr("list --service organizations").succeeded();
    assert_eq!(run.stdout.lines().count(), 96);
    let quota = run
        .stdout
        .lines()
        .filter(|line| line.contains("quota"))
        .count();
    assert_eq!(quota, 8);
}

#[test]
fn filters_narrow_the_list() {
    assert_eq!(
        count("list --status 404 --json --service organizations"),
        20
    );
    assert_eq!(
        count("list --status 404,409 --json --service organizations"),
        31
    );
    assert_eq!(
        count("list --status 401 --status 403 --json --service organizations"),
        8
    );
    assert_eq!(
        count("list --status 4XX --json --service organizations"),
        94
    );
    assert_eq!(count("list --service organizations --json"), 94);
    assert_eq!(count("list --service apig --json"), 53);
    assert_eq!(count("list --json"), 147);
    assert_eq!(count("list --category handshake,tag --json"), 7);
    // As after a last comma.
    assert_eq!(count("list --category handshake,tag, --json"), 7);
    assert_eq!(
        count("list --status 429, --json"),
        count("status 429 --json")
    );
    // What a script has not set does not ask for all.
    assert_eq!(
        support::run(&mut support::command(&["status", ""]), b"").code,
        2
    );
    assert_eq!(
        count("list --category policy --status 409 --json --service organizations"),
        2
    );
    assert_eq!(
        count("list --action retry --json --service organizations"),
        5
    );
    assert_eq!(count("list --retryable --json --service organizations"), 5);
}

#[test]
fn a_value_that_no_entry_has_is_a_usage_error() {
    let run = orgerr("list --category acount --json");
    assert_eq!((run.stdout.as_str(), run.code), ("[]\n", 2));
    assert!(
        run.stderr
            .starts_with("error: no entry has the category 'acount'; there are: request, "),
        "{}",
        run.stderr
    );
    for (line, valid) in [
        ("list --service IAM", "there are: Organizations, APIGW\n"),
        ("list --action pray", "retry, fix-request, check-permission"),
        ("list --status 40", "'40' is not an HTTP status"),
        (
            "status 999",
            "(the catalog has 400, 401, 403, 404, 405, 409, ",
        ),
    ] {
        let run = orgerr(line);
        assert_eq!((run.stdout.as_str(), run.code), ("", 2), "{line}");
        assert!(run.stderr.contains(valid), "{}", run.stderr);
    }
}

#[test]
fn a_valid_status_without_entries_is_nothing_found() {
    let run = orgerr("status 418 --json");
    assert_eq!((run.stdout.as_str(), run.code), ("[]\n", 1));
    assert_eq!(run.stderr, "note: no entry matches\n");
}

#[test]
fn status_lists_as_list_does() {
    let status = orgerr("status 404 4xx --category tag").succeeded();
    assert_eq!(
        status.stdout,
        orgerr("list --status 404,4xx --category tag").stdout
    );
    assert_eq!(count("status 404 --json --service organizations"), 20);
    assert_eq!(count("status 404,409 --json --service organizations"), 31);
}

#[test]
fn status_alone_counts_entries() {
    let run = orgerr("status --service organizations").succeeded();
    let expected = " Status │ Reason       │ Entries
────────┼──────────────┼─────────
 400    │ Bad Request  │ 55
 401    │ Unauthorized │ 4
 403    │ Forbidden    │ 4
 404    │ Not Found    │ 20
 409    │ Conflict     │ 11
";
    assert_eq!(run.stdout, expected);
    let first = &orgerr("status --service organizations --json").json()[0];
    let expected = serde_json::json!({"status": 400, "reason": "Bad Request", "entries": 55});
    assert_eq!(*first, expected);
    assert_eq!(
        orgerr("status --category tag --json").all("entries"),
        ["1", "2", "1"]
    );
}
