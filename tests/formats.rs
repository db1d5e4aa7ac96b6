//! Every format of every kind of record.

use serde_json::Value;

use crate::support::{FORMATS, orgerr, orgerr_reading};

#[test]
fn jsonl_has_one_object_a_line() {
    let run = orgerr("list --output jsonl").succeeded();
    let lines: Vec<Value> =
        run.stdout.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(Value::from(lines), orgerr("list --json").json());
}

#[test]
fn tsv_has_a_header_and_one_row_a_record() {
    let run = orgerr("show 1400 1902 -o tsv").succeeded();
    let rows: Vec<Vec<_>> = run.stdout.lines().map(|row| row.split('\t').collect()).collect();
    let header = [
        "code",
        "service",
        "status",
        "message",
        "description",
        "solution",
        "category",
        "action",
        "retryable",
        "check.command",
        "causes.says",
        "causes.solution",
        "wordings",
        "documented",
        "note",
        "url",
    ];
    assert_eq!(rows[0], header);
    assert_eq!(rows[1][..3], ["Organizations.1400", "Organizations", "404"]);
    assert_eq!(rows[1][8], "false");
    assert_eq!(rows[2].len(), header.len());
    assert_eq!(rows.len(), 3);

    for line in ["search handshake -o tsv", "status -o tsv", "fix 1305 -o tsv", "list -o tsv"] {
        let run = orgerr(line).succeeded();
        let columns: Vec<_> = run.stdout.lines().map(|row| row.split('\t').count()).collect();
        assert!(columns.len() > 1 && columns.iter().all(|n| *n == columns[0]), "{line}");
    }
}

#[test]
fn markdown_is_a_table() {
    let run = orgerr("show 1301 -o markdown").succeeded();
    let expected = "\
| Code | Status | Meaning | Fix | Message |
| --- | --- | --- | --- | --- |
| [Organizations.1301](https://support.huaweicloud.com/intl/en-us/api-organizations/ErrorCode.html) | 404 Not Found | Account creation status not found. | Check whether the input create_account_status_id is correct.<br>`hcloud Organizations ListCreateAccountStatuses` | not found for create account status. |
";
    assert_eq!(run.stdout, expected);
}

#[test]
fn plain_is_one_line_a_record() {
    let run = orgerr("show 1305 -o plain").succeeded();
    assert_eq!(
        run.stdout,
        "Organizations.1305 (400 Bad Request): \
         Maximum number of accounts in an organization exceeded. \
         Fix: Check whether the number of accounts in the organization exceeds the maximum. \
         Message: quota exceeded for account.\n"
    );
    let rows = orgerr("status --json").json();
    let line = |row: &Value| {
        let (status, entries) = (&row["status"], &row["entries"]);
        format!("{status} {}: {entries}\n", row["reason"].as_str().unwrap())
    };
    let lines: String = rows.as_array().unwrap().iter().map(line).collect();
    assert_eq!(orgerr("status -o plain").succeeded().stdout, lines);
}

#[test]
fn json_is_short_for_output_json() {
    let long = orgerr("--output json list").succeeded();
    assert_eq!(orgerr("--json list").stdout, long.stdout);
    assert_eq!(orgerr("list --json").stdout, long.stdout);
    assert_eq!(orgerr("list -ojson").stdout, long.stdout);
}

#[test]
fn an_unknown_format_lists_the_known_ones() {
    let run = orgerr("list -o yaml");
    assert_eq!((run.stdout.as_str(), run.code), ("", 2));
    run.reports(&FORMATS.join(", "));
}

#[test]
fn schemas_name_every_key_of_the_json() {
    let log = "Organizations.1305";
    for (of, run) in [
        ("entry", orgerr("show 1305 --json")),
        ("hit", orgerr("search quota -n 1 -q --json")),
        ("finding", orgerr_reading("explain --json", log)),
    ] {
        let schema = orgerr(&format!("catalog schema {of}")).succeeded().json();
        let keys = |object: &Value| -> Vec<String> {
            let keys = object.as_object().expect("an object").keys();
            keys.cloned().collect()
        };
        let record = &run.succeeded().json()[0];
        assert_eq!(keys(&schema["properties"]), keys(record), "{of}");
        let required = schema["required"].as_array().unwrap();
        assert_eq!(required.len(), keys(record).len(), "{of}");
    }
}

#[test]
fn a_schema_is_json_already() {
    let schema = orgerr("catalog schema").succeeded().stdout;
    for option in ["--json", "-o json"] {
        assert_eq!(orgerr(&format!("catalog schema {option}")).succeeded().stdout, schema);
    }
}

#[test]
fn markdown_leaves_sentences_in_any_script_as_they_are() {
    let run = orgerr("show IAM.011 -o markdown --catalog tests/catalogs/two-services.toml");
    let row = run.succeeded().stdout;
    assert!(row.contains(" | 账号权限不足，无法执行该操作。 | 请检查账号是否"), "{row}");
    assert!(!row.contains('`'), "{row}");
}
