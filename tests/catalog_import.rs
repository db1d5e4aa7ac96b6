//! `orgerr catalog import`: pages of every known shape are in
//! `tests/catalogs/pages/NAME.EXTENSION`, and `NAME.out` is what is read from one: its
//! entries, the notes and the exit code. `NAME.SERVICE.EXTENSION` is read with `--service
//! SERVICE`. To add one, write the page, run
//! `SNAPSHOTS=overwrite cargo test --test integration catalog_import`, and read what came out.

use std::collections::HashSet;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use orgerr::{Catalog, Entry, Imported, ParsedCatalog, import, parse_catalog};

use crate::support::{Run, TemporaryFile, differs_from_file, inputs, orgerr, orgerr_reading};

const SEED: &str = "tests/data/error-codes-page.txt";

fn pages() -> Vec<PathBuf> {
    inputs("tests/catalogs/pages", "out")
}

/// The service that the name of a page names.
fn service(page: &Path) -> Option<&str> {
    Some(page.file_stem()?.to_str()?.split_once('.')?.1)
}

/// The imported catalog, which is always valid.
#[track_caller]
fn source(imported: &str) -> Option<ParsedCatalog> {
    let catalog = (!imported.is_empty()).then(|| parse_catalog(imported))?;
    Some(catalog.unwrap_or_else(|problems| panic!("{problems:?}\n{imported}")))
}

/// The outcome of a run, for people to read.
fn outcome(run: &Run) -> String {
    let mut text = String::new();
    if let Some(source) = source(&run.stdout) {
        for service in source.services() {
            let variants = if service.variants() { ", variants" } else { "" };
            writeln!(text, "{}, {}{variants}", service.name(), service.updated()).unwrap();
        }
        for entry in source.entries() {
            writeln!(
                text,
                "\n{} {} [{}, {}]\n  {}\n  {}\n  {}",
                entry.status(),
                entry.code(),
                entry.category(),
                entry.action(),
                entry.message(),
                entry.description(),
                entry.solution()
            )
            .unwrap();
        }
        text.push('\n');
    }
    let notes = run.stderr.replace("note: <stdin>:", "note: ");
    writeln!(text, "{notes}exit {}", run.code).unwrap();
    text
}

#[test]
fn every_page_is_read_as_its_snapshot_says() {
    let mut wrong = Vec::new();
    for path in pages() {
        let named = service(&path).map(|service| format!(" --service {service}"));
        let command = format!("catalog import{}", named.unwrap_or_default());
        let found = outcome(&orgerr_reading(&command, fs::read(&path).unwrap()));
        wrong.extend(differs_from_file(&found, &path.with_extension("out")));
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn the_documentation_page_is_imported_whole() {
    let embedded = Catalog::embedded().entries().iter();
    let organizations: Vec<_> =
        embedded.filter(|entry| entry.service() == "Organizations" && entry.documented()).collect();
    let run = orgerr(&format!("catalog import {SEED}"));
    let count = organizations.len();
    let note = format!("note: imported {count} of {count} rows\n");
    assert_eq!((run.stderr.as_str(), run.code), (note.as_str(), 0));
    let imported = parse_catalog(&run.stdout).unwrap();
    for (imported, embedded) in imported.entries().iter().zip(organizations) {
        assert_eq!(imported.code(), embedded.code());
        assert_eq!(imported.status(), embedded.status());
        assert_eq!(imported.message(), embedded.message());
        assert_eq!(imported.description(), embedded.description());
        assert_eq!(imported.solution(), embedded.solution());
        assert_eq!(imported.retryable(), embedded.retryable());
    }
}

/// The codes that fill a line, or a cell of one.
fn codes_in_cells(page: &str) -> HashSet<String> {
    let cells = page.lines().flat_map(|line| line.split(['\t', '|']));
    let is_code = |cell: &&str| {
        cell.starts_with("Demo.0") && cell["Demo.0".len()..].bytes().all(|b| b.is_ascii_digit())
    };
    cells.map(str::trim).filter(is_code).map(str::to_owned).collect()
}

/// Codes that are neither imported nor reported.
fn lost(page: &str, imported: &Imported) -> Vec<String> {
    let source = source(&imported.toml);
    let entries = source.iter().flat_map(orgerr::ParsedCatalog::entries);
    let codes: HashSet<_> = entries.map(|entry| entry.code().to_string()).collect();
    let notes = imported.notes.iter();
    let reported: String = notes.map(|note| &*note.message).collect();
    let reported = reported.to_lowercase();
    let is_lost = |code: &String| !codes.contains(code) && !reported.contains(&code.to_lowercase());
    codes_in_cells(page).into_iter().filter(is_lost).collect()
}

#[test]
fn a_damaged_page_loses_no_code_silently() {
    for path in pages() {
        let page = fs::read_to_string(&path).unwrap();
        let lines: Vec<_> = page.lines().collect();
        for at in 0..lines.len() {
            let (before, from) = lines.split_at(at);
            for damaged in [
                [before, &from[1..]].concat(),
                [before, &[""], from].concat(),
                [before, &from[..1], from].concat(),
                [before, &["Text in between."], from].concat(),
                before.to_vec(),
                from.to_vec(),
            ] {
                let damaged = damaged.join("\n");
                let lost = lost(&damaged, &import(damaged.as_bytes(), service(&path)));
                assert!(lost.is_empty(), "{} {at}: {lost:?}\n{damaged}", path.display());
            }
        }
    }
}

#[test]
fn the_encoding_of_a_page_does_not_matter() {
    for path in pages() {
        let page = fs::read_to_string(&path).unwrap().replace("\r\n", "\n");
        let utf16: Vec<u16> = format!("\u{feff}{page}").encode_utf16().collect();
        let little: Vec<u8> = utf16.iter().flat_map(|unit| unit.to_le_bytes()).collect();
        let big: Vec<u8> = utf16.iter().flat_map(|unit| unit.to_be_bytes()).collect();
        let expected = import(page.as_bytes(), service(&path));
        for encoded in [
            format!("\u{feff}{page}").into_bytes(),
            page.replace('\n', "\r\n").into_bytes(),
            page.replace('\n', "\r").into_bytes(),
            little,
            big,
        ] {
            let imported = import(&encoded, service(&path));
            assert_eq!(imported.toml, expected.toml, "{}", path.display());
            assert_eq!(imported.notes, expected.notes, "{}", path.display());
        }
    }
}

#[test]
fn invalid_utf8_is_reported_with_its_line() {
    let page = b"Error Code\tError Message\nDemo.0001\tOne.\nDemo.0002\t\xce\xde\xc8\xa8\n";
    let run = orgerr_reading("catalog import", page);
    assert!(
        run.stderr.contains("<stdin>:3:1: bytes that are not UTF-8, here for the first time")
            && run.stderr.contains("<stdin>:3:1: Demo.0002: a character that could not be read"),
        "{}",
        run.stderr
    );
    assert_eq!((source(&run.stdout).unwrap().entries().len(), run.code), (1, 1));
    assert!(run.stderr.ends_with("note: imported 1 of 2 rows\n"));
    // A mark of an earlier reading is text.
    let page = ["\u{fffd}\n".as_bytes(), page].concat();
    let run = orgerr_reading("catalog import", &page);
    assert!(run.stderr.contains("<stdin>:4:1: bytes that are not UTF-8"), "{}", run.stderr);
}

#[test]
fn a_row_of_which_one_code_contradicts_another_row_is_lost_with_all_its_codes() {
    let page = "Error Code\tStatus\tError Message\tDescription\n\
                Demo.0002\t404\tno demo.\tA.\n\
                Demo.0001/Demo.0002\t404\tno demo.\tB.\n\
                Other.0001/Demo.0002\t404\tno demo.\tB.\n";
    let run = orgerr_reading("catalog import", page);
    let source = source(&run.stdout).unwrap();
    let codes: Vec<_> = source.entries().iter().map(Entry::code).collect();
    assert_eq!((codes, source.services().len()), (vec!["Demo.0002"], 1));
    run.reports(
        "<stdin>:3:1: Demo.0001, Demo.0002: another description or solution than on line 2",
    );
    run.reports("imported 1 of 3 rows");
}

#[test]
fn each_text_may_be_as_long_as_a_catalog_allows() {
    for (message, description, count) in [(4096, 16_384, 1), (4097, 1, 0), (1, 16_385, 0)] {
        let [message, description] = [message, description].map(|length| "m".repeat(length));
        let page = format!(
            "Error Code\tError Message\tDescription\nDemo.0001\t{message}\t{description}\n"
        );
        let run = orgerr_reading("catalog import", page);
        run.reports(&format!("imported {count} of 1 rows"));
        assert_eq!(source(&run.stdout).map_or(0, |source| source.entries().len()), count);
    }
}

#[test]
fn a_long_description_alone_starts_the_message() {
    for (description, message) in [
        (format!("{}b cd", "a ".repeat(2047)), "a ".repeat(2047) + "b"),
        ("错".repeat(2000), "错".repeat(1365)),
    ] {
        let page = format!("Error Code\tDescription\nDemo.0001\t{description}\n");
        let run = orgerr_reading("catalog import", page);
        run.reports("1 row has no message: the start of the description is written for it");
        let source = source(&run.stdout).unwrap();
        let entry = &source.entries()[0];
        assert_eq!((entry.message(), entry.description()), (&*message, &*description));
    }
}

#[test]
fn the_date_is_the_first_one_behind_a_label() {
    let table = "\n\nError Code\tError Message\nDemo.0001\tOne.\n";
    for (above, date) in [
        ("Last Updated on: today\nUpdated on 2024-06-01", "2024-06-01"),
        ("Updated on 2024-99-99, 更新时间：2024-12-31", "2024-12-31"),
        ("Updated on 2024-06-00", "unknown"),
    ] {
        let imported = import((above.to_owned() + table).as_bytes(), None);
        assert_eq!(source(&imported.toml).unwrap().services()[0].updated(), date, "{above}");
    }
}

#[test]
fn the_written_catalog_contains_no_control_characters() {
    let page = "Error Code\tError Message\nDemo.0001\ta\u{9b}31m \u{202e}b\u{7f}\0 \u{1b}[31mred\u{1b}[0m\n";
    let run = orgerr_reading("catalog import", page);
    assert!(!run.stdout.contains(|c: char| c != '\n' && (c.is_control() || c == '\u{202e}')));
    let source = source(&run.stdout).unwrap();
    let message = source.entries()[0].message();
    assert_eq!(message, "a\u{9b}31m \u{202e}b\u{7f}\0 red");
}

#[test]
fn in_a_page_without_a_table_nothing_is_found() {
    for page in [
        "",
        "Hello.\n\nWorld.\n",
        "<table><td>Error Code</td></table>",
        "| Error Code | Error Message |\n|---|---|\n",
        "Error Code,Message\n",
        "Error Code\n\nError Message\n",
        "Error Codes\n\nDescription\n\nHow to read an error.\n",
    ] {
        let run = orgerr_reading("catalog import", page);
        assert_eq!((run.stdout.as_str(), run.code), ("", 1), "{page}");
        let notes = run.stderr.lines().collect::<Vec<_>>();
        assert!(notes[0].starts_with("note: <stdin>:1:1: no error table"));
        assert_eq!(notes[1..], ["note: imported 0 of 0 rows"], "{page}");
    }
}

#[test]
fn the_name_of_a_service_is_checked() {
    let run = orgerr_reading("catalog import --service no/name", "");
    assert_eq!((run.stdout.as_str(), run.code), ("", 2));
    assert!(run.stderr.contains("letter or digit at both ends"), "{}", run.stderr);
}

#[test]
fn a_hostile_page_gives_no_larger_catalog() {
    let row = "<tr><td>Demo.0001<td>m";
    for (start, part) in [
        ("", "<table>"),
        ("", "<tablet>\n"),
        ("", "<table\n"),
        ("", "|===\n|Error code|Message\n"),
        ("Error Code  Message\n", "Demo.0001   m\n"),
        ("+----+----+\n|Code|Text|\n+----+----+\n", "|A_1 |b   |\n"),
        ("<html>", "<table><tr><td>"),
        ("", "<table><tr><td rowspan=65534 colspan=99999>x"),
        ("", "+-+\n|"),
        ("", "+-+-+\n| | |\n"),
        ("", "| Error Code | Message |\n"),
        ("", "a|`**[<&"),
        ("| a |", "_*`["),
        ("Error Code\tMessage\n", "Demo.0001\t\"\n"),
        ("", "Error Code,\"Message\n"),
        ("", "===  ===\n"),
        ("", "---  ---\na    b\n"),
        ("", "-----\na\n"),
        ("", "```\n~~~\n"),
        (".. list-table::\n\n", "   * - a\n     - b\n"),
        ("", "Error Code\n\nMessage\n\nDemo.0001\n\n"),
        ("", "Error Code\nMessage\nHint\n"),
        ("<table><tr><th>Error Code<th>Message<tr><td rowspan=65534>Demo.0001<td>m", row),
    ] {
        let page = start.to_owned() + &part.repeat(40_000 / part.len());
        let imported = import(page.as_bytes(), Some("Demo"));
        assert!(imported.toml.len() < 30 * page.len(), "{part}");
    }
}

#[test]
fn a_missing_file_is_an_error() {
    let run = orgerr("catalog import no-such-page.txt");
    assert_eq!((run.stdout.as_str(), run.code), ("", 2));
    assert!(run.stderr.starts_with("error: cannot read no-such-page.txt: "), "{}", run.stderr);
}

#[test]
fn an_imported_catalog_works_at_once() {
    let page = orgerr("catalog import tests/catalogs/page.tsv -q").succeeded().stdout;
    let imported = TemporaryFile::new("imported.toml", page);
    let path = imported.path();
    let check = orgerr(&format!("catalog check {path} -q --json")).succeeded();
    let show = orgerr(&format!("show svcstg.cce-addonmgr.4000003 --catalog {path} --json"));
    assert_eq!(check.stdout, "[]\n");
    assert_eq!(show.succeeded().all("retryable"), ["true"]);
}
