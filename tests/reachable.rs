//! Every entry of a valid catalog is shown, listed and explained.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use orgerr::{Entry, parse_catalog};
use proptest::prelude::*;
use proptest::sample::select;
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};
use serde_json::Value;

use crate::support::{TemporaryFile, command, orgerr_args, run};

/// The number of generated catalogs, and of valid ones among them that is enough.
const MADE_UP: u32 = 96;
const MIN_VALID: usize = 24;

/// Names that clash with each other or with embedded ones, and invalid names.
const NAMES: [&str; 20] = [
    "IAM",
    "iam",
    "APIG",
    "APIGW",
    "apig",
    "ORGANIZATIONS",
    "ORG",
    "A.B",
    "A",
    "B",
    "A.1",
    "7",
    "V2",
    "X-Y",
    "x_y",
    "SVCSTG.CCE-ADDONMGR",
    "a..b",
    "bad name",
    ".h",
    "E-",
];
const NUMBERS: [&str; 9] = [
    "1",
    "01",
    "011",
    "0001",
    "1305",
    "0301",
    "0201",
    "12345678901234567890123456789012",
    "123456789012345678901234567890123",
];

#[test]
fn every_entry_of_a_valid_catalog_is_reachable() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let folder = fs::read_dir(root.join("tests/catalogs")).unwrap();
    let committed: Vec<_> = folder
        .map(|file| file.unwrap().path())
        .filter(|path| path.extension().is_some_and(|ending| ending == "toml"))
        .chain([root.join("catalog.toml")])
        .collect();
    assert!(committed.iter().filter(|path| is_reachable_where_valid(path)).count() > 1);

    let config = Config { cases: MADE_UP, failure_persistence: None, ..Config::default() };
    // The same catalogs in every run, so the number of valid ones stays the same.
    let random = TestRng::deterministic_rng(RngAlgorithm::ChaCha);
    let valid = std::cell::Cell::new(0);
    let mut runner = TestRunner::new_with_rng(config, random);
    let outcome = runner.run(&made_up(), |toml| {
        let file = TemporaryFile::new("made-up.toml", toml);
        valid.set(valid.get() + usize::from(is_reachable_where_valid(file.path().as_ref())));
        Ok(())
    });
    outcome.unwrap();
    assert!(valid.get() >= MIN_VALID, "{} are valid", valid.get());
}

/// Whether the catalog is valid. Asserts that each entry of a valid one is found.
fn is_reachable_where_valid(path: &Path) -> bool {
    let file = path.to_str().unwrap();
    let with_input = |line: &str, input: &str| {
        let words = line.split(' ').chain(["--json", "--catalog", file]);
        let words: Vec<_> = words.collect();
        run(&mut command(&words), input.as_bytes())
    };
    if orgerr_args(&["catalog", "check", file]).code != 0 {
        return false;
    }
    let toml = fs::read_to_string(path).unwrap();
    // A catalog is checked beside the embedded one, whose gateway has variants.
    let with_variants = toml.replace("variants = false", "variants = true");
    let source = parse_catalog(&with_variants).expect("what check passes");
    let entries = source.entries();
    let codes: Vec<_> = entries.iter().map(orgerr::Entry::code).collect();

    let shown = with_input("show -", &codes.join("\n")).succeeded().json();
    let listed = with_input("list", "").succeeded().json();
    for entry in entries {
        assert!(has(&shown, entry), "{} is not shown:\n{toml}", entry.code());
        assert!(has(&listed, entry), "{} is not listed:\n{toml}", entry.code());
    }

    let log = codes.iter().fold(String::new(), |mut log, code| {
        writeln!(log, "failed: {code}, see above").unwrap();
        log
    });
    let findings = with_input("explain --quiet", &log).succeeded();
    assert!(findings.all("known").iter().all(|known| known == "true"), "{toml}");
    let of_shown = |object: &Value| object["code"].as_str().unwrap().to_owned();
    let shown: BTreeSet<_> = shown.as_array().unwrap().iter().map(of_shown).collect();
    let explained: BTreeSet<_> = findings.all("code").into_iter().collect();
    assert_eq!(explained, shown, "{toml}");
    true
}

/// Whether the entry is among JSON objects, where its service may have another name.
fn has(objects: &Value, entry: &Entry) -> bool {
    let number = |code: &str| code.rsplit('.').next().map(str::to_owned);
    objects.as_array().unwrap().iter().any(|object| {
        object["code"].as_str().and_then(number) == number(entry.code())
            && object["status"] == entry.status()
            && object["message"] == *entry.message()
            && object["solution"] == *entry.solution()
    })
}

/// Catalogs that are valid more often than not.
fn made_up() -> impl Strategy<Value = String> {
    let entry = (any::<usize>(), select(&NUMBERS[..]), select(&[400, 404, 502][..]));
    let aliases = proptest::collection::vec(select(&NAMES[..]), 0..3);
    let aliases = prop_oneof![3 => Just(Vec::new()), 1 => aliases];
    let service = (select(&NAMES[..]), aliases, any::<bool>());
    let services = proptest::collection::vec(service, 1..4);
    let entries = proptest::collection::vec(entry, 1..6);
    (services, entries).prop_map(|(services, entries)| {
        let mut toml = String::new();
        for (name, aliases, variants) in &services {
            write!(
                toml,
                "[[service]]\nname = '{name}'\ntitle = 't'\nurl = 'unknown'\nupdated = 'd'\n\
                 categories = ['one']\naliases = {aliases:?}\nvariants = {variants}\n"
            )
            .unwrap();
        }
        for (message, (service, number, status)) in entries.iter().enumerate() {
            let (name, ..) = services[service % services.len()];
            write!(
                toml,
                "[[entry]]\ncode = '{name}.{number}'\nstatus = {status}\nmessage = 'm {message}'\n\
                 description = 'd'\nsolution = 's'\ncategory = 'one'\naction = 'retry'\n"
            )
            .unwrap();
        }
        toml
    })
}
