//! Raw inputs of every known shape: `tests/explain/NAME.in` is what is piped in,
//! `NAME.json` the findings, without the entries. To add one, write the input, run
//! `SNAPSHOTS=overwrite cargo test --test integration explain_cases`, and read what was found.

use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};

use crate::support::{differs_from_file, invariants};
use orgerr::{Catalog, Explainer};
use serde_json::{Value, json};

fn inputs() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/explain");
    let files = fs::read_dir(folder)
        .unwrap()
        .map(|file| file.unwrap().path());
    let mut inputs: Vec<_> = files
        .filter(|path| path.extension().is_some_and(|e| e == "in"))
        .collect();
    inputs.sort();
    inputs
}

/// What reading finds.
fn findings(input: impl Read) -> Value {
    let mut explainer = Explainer::new(Catalog::embedded());
    explainer.read("-", input).unwrap();
    without_entries(explainer)
}

/// The findings as JSON, each entry checked and taken out.
fn without_entries(explainer: Explainer) -> Value {
    let catalog = Catalog::embedded();
    let mut findings = serde_json::to_value(explainer.into_findings()).unwrap();
    for finding in findings.as_array_mut().unwrap() {
        let finding = finding.as_object_mut().unwrap();
        let entry = finding.remove("entry").unwrap();
        let code = finding["code"].as_str().unwrap();
        let mut documented = catalog.get_all(code).map(|entry| json!(entry));
        assert!(entry.is_null() || documented.any(|documented| documented == entry));
        assert_eq!(finding["known"], json!(catalog.get(code).is_some()));
    }
    findings
}

#[test]
fn every_shape_is_understood() {
    let inputs = inputs();
    assert!(inputs.len() >= 230);
    let mut wrong = Vec::new();
    for path in inputs {
        let found = findings(fs::File::open(&path).unwrap());
        let found = format!("{found:#}\n");
        wrong.extend(differs_from_file(&found, &path.with_extension("json")));
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn the_size_of_reads_does_not_matter() {
    for path in inputs() {
        let input = fs::read(&path).unwrap();
        for size in [1, 2, 3, 7, 100] {
            invariants::explained_alike(Catalog::embedded(), &input, &[size]);
        }
    }
}

#[test]
fn what_lies_across_the_edges_of_blocks_is_found() {
    let body = fs::read("tests/explain/curl-i-http2.in").unwrap();
    let whole = findings(&body[..])[0].clone();
    let filling = b"2026-11-24 10:00:00 INFO organizations.myhuaweicloud.com is well\n";
    // Blocks are of 256 KiB, of whose end 32 KiB wait for the next block.
    for edge in [256 * 1024, 512 * 1024, 256 * 1024 - 32 * 1024] {
        for before in (0..body.len()).step_by(3) {
            let mut input: Vec<u8> = filling
                .iter()
                .copied()
                .cycle()
                .take(edge - before)
                .collect();
            *input.last_mut().unwrap() = b'\n';
            let lines = input.split(|byte| *byte == b'\n').count() - 1;
            input.extend(&body);
            let found = findings(&input[..]);
            let mut expected = whole.clone();
            expected["first"]["line"] =
                json!(whole["first"]["line"].as_u64().unwrap() + lines as u64);
            assert_eq!(found, json!([expected]), "{before} bytes before {edge}");
        }
    }
}
