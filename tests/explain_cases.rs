//! Raw inputs in folders by kind: `tests/explain/KIND/NAME.in` is piped in, and
//! `NAME.json` has the findings without their entries. To add one, write the input, run `SNAPSHOTS=overwrite cargo test --test integration explain_cases`, and read
//! what was found.

use std::fmt::Write;
use std::fs;
use std::io::Read;
use std::path::PathBuf;

use orgerr::{Catalog, Explainer, Finding};

use crate::support::{differs_from_file, inputs, invariants};

fn findings(input: impl Read + Send) -> Vec<Finding<'static>> {
    let mut explainer = Explainer::new(Catalog::embedded());
    explainer.read("-", input).unwrap();
    explainer.finish().findings
}

/// The findings as users see them, without their entries.
fn json(mut findings: Vec<Finding>) -> String {
    for finding in &mut findings {
        finding.entry = None;
    }
    let json = serde_json::to_string_pretty(&findings).unwrap();
    json.replace(",\n    \"entry\": null", "") + "\n"
}

#[test]
fn every_input_has_the_findings_in_its_file() {
    let differs = |path: &PathBuf| {
        let found = json(findings(fs::File::open(path).unwrap()));
        differs_from_file(&found, &path.with_extension("json"))
    };
    let wrong: Vec<_> = inputs("tests/explain", "json").iter().filter_map(differs).collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn the_size_of_reads_does_not_matter() {
    for path in inputs("tests/explain", "json") {
        let input = fs::read(&path).unwrap();
        for size in [1, 2, 3, 7, 100] {
            invariants::explained_alike(Catalog::embedded(), &input, &[size]);
        }
    }
}

/// The names of the cases of some folders that have other findings where they are put into something
/// else.
fn changed(folders: &[&str], put: impl Fn(&str) -> String) -> Vec<String> {
    let found = |input: &str| {
        let mut findings = findings(input.as_bytes());
        for finding in &mut findings {
            finding.first.line = 0;
        }
        json(findings)
    };
    let paths = folders.iter().flat_map(|it| inputs(&format!("tests/explain/{it}"), "json"));
    let changes = paths.filter(|path| {
        let input = String::from_utf8_lossy(&fs::read(path).unwrap()).into_owned();
        found(&put(&input)) != found(&input)
    });
    changes.map(|path| path.file_stem().unwrap().to_string_lossy().into_owned()).collect()
}

/// A runner writes a time before each line of what it runs; those here were printed at once.
#[test]
fn the_times_of_a_runner_change_nothing() {
    let changed = changed(&["codes", "curl", "gateway", "koocli", "messages"], |input| {
        let mut timed = String::new();
        for (n, line) in input.lines().enumerate() {
            writeln!(timed, "2026-11-24T10:00:00.{n:07}Z {line}").unwrap();
        }
        timed
    });
    // Their lines have no form by which one knows the parts of an exchange.
    let unknown = [
        "jersey",
        "parts-of-an-answer-by-name",
        "status-that-wget-prints-after-a-body",
        "trace-ascii",
        "wget-below-another-call",
    ];
    assert_eq!(changed, unknown);
}

/// A tool puts its name before each line of what it runs.
#[test]
fn the_name_of_a_tool_changes_nothing() {
    let folders = ["arguments", "codes", "curl", "gateway", "koocli", "messages"];
    let changed = changed(&folders, |input| {
        let lines = input.lines().map(|line| format!("null_resource.lz (local-exec): {line}"));
        lines.collect::<Vec<_>>().join("\n")
    });
    let unknown = [
        // Two lines do not show that something stands before each.
        "request-ids-of-other-clouds",
        "status-alone-below-a-body",
        "status-behind-a-later-time",
        "trace-ascii",
    ];
    assert_eq!(changed, unknown);
}

#[test]
fn lines_in_a_string_are_read_as_lines() {
    let folders = ["arguments", "codes", "curl", "koocli", "nothing", "prose", "sdk"];
    let changed = changed(&folders, |input| {
        serde_json::json!({"level": "error", "msg": input, "ts": 1_742_216_575.1}).to_string()
    });
    // One line and its end.
    assert_eq!(changed, ["status-behind-a-body"]);
}

/// A client's sentence stands for a code only where its log record names none, and the object
/// around it may do so below what has been read.
#[test]
fn the_size_of_reads_does_not_matter_for_a_code_below_the_sentence_of_a_client() {
    let start = "{\"message\": \"error leaving the organization: Authentication failed\",\n";
    let code = "\"error_code\": \"Organizations.1001\"";
    for between in ["", "\n", "\"a\": 1,\n\"b\": 2,\n\"c\": 3,\n\n"] {
        for end in ["\n}\n", "\n"] {
            let input = [start, between, code, end].concat();
            for size in [1, 7, 100] {
                invariants::explained_alike(Catalog::embedded(), input.as_bytes(), &[size]);
            }
        }
    }
}

#[test]
fn errors_across_the_edges_of_blocks_are_found() {
    let response = fs::read("tests/explain/curl/i-http2.in").unwrap();
    let alone = findings(&response[..]);
    let filling = b"2026-11-24 10:00:00 INFO organizations.myhuaweicloud.com is well\n";
    // A block of 16 KiB, others of 64, of whose end 48 wait for the next, and then of 512.
    for edge in [16, 80, 80 - 48, 144, 144 - 48, 16 + 16 * 64 + 512].map(|it| it * 1024) {
        for before in (0..response.len()).step_by(3) {
            let filling = filling.iter().copied().cycle();
            let mut input: Vec<u8> = filling.take(edge - before).collect();
            *input.last_mut().unwrap() = b'\n';
            let mut expected = alone.clone();
            expected[0].first.line += input.split(|byte| *byte == b'\n').count() as u64 - 1;
            input.extend(&response);
            let found = json(findings(&input[..]));
            assert_eq!(found, json(expected), "{before} bytes before {edge}");
        }
    }
}
