//! Hints: what was meant, and commands that can be copied as they stand.

use crate::support::{TemporaryFile, command, orgerr, orgerr_args, run};

#[test]
fn the_line_that_was_meant_has_all_options() {
    for (line, meant) in [
        ("lst --json --category policy", "orgerr list --json --category policy"),
        ("serch -n 3 foo", "orgerr search -n 3 foo"),
        ("--color never serch foo", "orgerr --color never search foo"),
        ("serch serch =foo", "orgerr search serch '=foo'"),
        ("help lst", "orgerr help list"),
    ] {
        let run = orgerr(line);
        run.reports(&format!("\n  did you mean: {meant}\n"));
        assert_eq!(run.code, 2, "{line}");
    }
    // The value of an option is no word to search for.
    let run = orgerr("quota exceeded -n 3");
    run.reports("to search for it: orgerr search 'quota exceeded'\n");
}

#[test]
fn a_hint_repeats_only_the_start_of_a_long_text() {
    let long = "q".repeat(3000);
    for line in [&[&*long][..], &["show", &long], &["lst", &long]] {
        let run = orgerr_args(line);
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
    let run = orgerr("-q list --summary");
    run.reports("\n  it is an option of: explain\n");
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
    named.reports("\n  ORGERR_CATALOG names it\n");
    assert_eq!((named.stdout.as_str(), named.code), ("", 2));
    let given = orgerr(&format!("list --catalog {}", file.path()));
    assert!(!given.stderr.contains("ORGERR_CATALOG"), "{}", given.stderr);
}
