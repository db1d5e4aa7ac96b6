//! Hints: what was meant, and commands that can be copied as they stand.

use std::process::Command;

use crate::support::{TemporaryFile, command, orgerr, orgerr_args, orgerr_reading, run};

/// What a command prints on standard error, wrapped.
fn stderr(command: &mut Command) -> String {
    String::from_utf8(command.output().unwrap().stderr).unwrap()
}

#[test]
fn the_line_that_was_meant_has_all_options() {
    for (line, meant) in [
        ("lst --json --category policy", "orgerr list --json --category policy"),
        ("serch -n 3 foo", "orgerr search -n 3 foo"),
        ("--color never serch foo", "orgerr --color never search foo"),
        ("help lst", "orgerr help list"),
    ] {
        let run = orgerr(line);
        run.reports(&format!("\n  did you mean: {meant}\n"));
        assert_eq!(run.code, 2, "{line}");
    }
    // The value of an option is no word to search for.
    let run = orgerr("quota -n 3");
    run.reports("to search for it: orgerr search 'quota'\n");
}

#[test]
fn a_command_in_a_hint_stays_together() {
    let note = stderr(&mut command(&["show", "0301"]));
    assert_eq!(
        note,
        "note: Organizations.0301 is not a documented error code; APIGW.0301 is:\n      \
         orgerr show APIGW.0301\n"
    );
    let error = stderr(&mut command(&["show", "organizations"]));
    let hints = "for all its error codes:\n      \
                 orgerr list --service Organizations; to search for it:\n      \
                 orgerr search 'organizations'\n";
    assert!(error.ends_with(hints), "{error}");
    // One that has no room on a line is broken like any text.
    let text = "words of a text that fills more than a line and cannot be found in this file";
    for width in 20..100 {
        let error = stderr(&mut command(&[text, "--width", &width.to_string()]));
        assert!(error.lines().all(|line| line.chars().count() <= width), "{error}");
        let line = error.split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(line.contains(&format!("orgerr search '{text}'")), "{error}");
    }
}

#[test]
fn a_hint_repeats_only_the_start_of_a_long_text() {
    for line in [&["q".repeat(3000)][..], &["show".to_owned(), "q".repeat(3000)]] {
        let line: Vec<_> = line.iter().map(String::as_str).collect();
        let run = orgerr_args(&line);
        assert!(run.stderr.len() < 400, "{}", run.stderr);
    }
}

#[test]
fn the_start_of_codes_is_written_so_that_no_shell_changes_it() {
    let run = orgerr("status 13xx");
    run.reports(
        "\n  to look up the error code Organizations.13xx: orgerr show Organizations.13xx\n",
    );
    assert!(orgerr("show Organizations.13xx --json").succeeded().all("code").len() > 2);
}

#[test]
fn an_option_before_its_command_is_sent_behind_it() {
    let run = orgerr_args(&["--summary", "explain", "README.md"]);
    run.reports("\n  it is an option of: explain; it stands behind the command\n");
    assert_eq!((run.stdout.as_str(), run.code), ("", 2));
}

#[test]
fn a_tilde_that_no_shell_has_expanded_is_reported() {
    let said = "\n  the shell left ~ as it is; write $HOME";
    for line in ["explain ~/no-such.log", "show 1305 --catalog=~/no-such.toml", "~/no-such.log"] {
        let run = orgerr(line);
        run.reports(said);
        assert_eq!((run.stdout.as_str(), run.code), ("", 2), "{line}");
    }
    let mut list = command(&["list"]);
    run(list.env("ORGERR_CATALOG", "~/no-such.toml"), b"").reports(said);
}

#[test]
fn an_invalid_catalog_of_the_environment_is_said_to_be_named_there() {
    let file = TemporaryFile::new("invalid.toml", "a = 1\n");
    let named = run(command(&["list"]).env("ORGERR_CATALOG", file.path()), b"");
    named.reports(", which ORGERR_CATALOG names, is not valid\n");
    assert_eq!((named.stdout.as_str(), named.code), ("", 2));
    let given = orgerr(&format!("list --catalog {}", file.path()));
    assert!(!given.stderr.contains("ORGERR_CATALOG"), "{}", given.stderr);
}

#[test]
fn a_bare_code_that_is_piped_in_leads_to_show() {
    let run = orgerr_reading("", "1305\n");
    assert_eq!((run.stdout.as_str(), run.code), ("", 1));
    run.reports("note: no error code in the input; to look up numbers and words: orgerr show -\n");
}
