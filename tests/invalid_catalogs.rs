//! Catalogs with mistakes, as every command and `catalog check` report them.

use std::fs;

use crate::support::{TWO_SERVICES, TemporaryFile, orgerr};

#[test]
fn an_invalid_catalog_is_refused_and_every_problem_has_its_place() {
    let wrong = fs::read_to_string(TWO_SERVICES).unwrap();
    let wrong =
        wrong.replace("status = 400", "status = 40").replace("\"check-permission\"", "\"pray\"");
    let file = TemporaryFile::new("wrong.toml", wrong);
    let run = orgerr(&format!("show 1305 --catalog {} --json", file.path()));
    assert_eq!((run.stdout.as_str(), run.code), ("[]\n", 2));
    let path = file.path();
    let expected = format!(
        "error: the catalog {path} is not valid\n  \
         {path}:20:10: SVCSTG.CCE-ADDONMGR.4000003: the field 'status' must be a number from 100 to 599\n  \
         {path}:34:10: IAM.011: the field 'action': unknown variant `pray`, expected one of `retry`, `fix-request`, `check-permission`, `change-state`, `reduce-usage`, `contact-support`\n"
    );
    assert_eq!(run.stderr, expected);

    let check = orgerr(&format!("catalog check {path} {TWO_SERVICES} --json"));
    assert_eq!((check.all("line"), check.code), (vec!["20".to_owned(), "34".to_owned()], 2));
    assert_eq!(check.stderr, format!("note: {TWO_SERVICES} is valid: 2 entries\n"));
}

#[test]
fn all_invalid_catalogs_are_reported_at_once() {
    let wrong = TemporaryFile::new("no-entry.toml", "");
    let path = wrong.path();
    let run = orgerr(&format!(
        "show 1305 --catalog {path} --catalog no-such.toml --catalog {TWO_SERVICES} --catalog catalog.txt"
    ));
    assert_eq!((run.stdout.as_str(), run.code), ("", 2));
    let errors: Vec<_> = run.stderr.lines().collect();
    assert_eq!(
        errors[..3],
        [
            format!("error: the catalog {path} is not valid"),
            format!("  {path}:1:1: the catalog has no [[service]]"),
            format!("  {path}:1:1: the catalog has no [[entry]]"),
        ]
    );
    assert!(errors[3].starts_with("error: cannot read the catalog no-such.toml: "));
    assert!(errors[4].starts_with("error: cannot read the catalog catalog.txt: "));
}

#[test]
fn a_catalog_is_utf_8_with_or_without_a_byte_order_mark() {
    let two = fs::read_to_string(TWO_SERVICES).unwrap();
    let marked = TemporaryFile::new("marked.toml", format!("\u{feff}{two}"));
    let run = orgerr(&format!("show IAM.011 --catalog {}", marked.path()));
    run.succeeded();
    let wrong = two.replacen("[[service]]", "[[service]", 1);
    let wrong = TemporaryFile::new("marked-wrong.toml", format!("\u{feff}{wrong}"));
    let run = orgerr(&format!("catalog check {}", wrong.path()));
    let place = format!("{}:1:11", wrong.path());
    assert!(run.stdout.contains(&place), "{}", run.stdout);

    // 身份 as GBK.
    let (before, after) = two.split_once("身份").unwrap();
    let bytes = [before.as_bytes(), b"\xc9\xed\xb7\xdd", after.as_bytes()].concat();
    let gbk = TemporaryFile::new("gbk.toml", bytes);
    let run = orgerr(&format!("catalog check {} --json", gbk.path()));
    assert_eq!(
        (run.all("line"), run.all("column"), run.code),
        (vec!["10".to_owned()], vec!["10".to_owned()], 2)
    );
    assert!(run.all("message")[0].contains("UTF-8"));
}
