//! The command line as a whole: what needs no command, and options anywhere.

use crate::support::{orgerr, orgerr_reading};

#[test]
fn a_code_needs_no_command() {
    for (line, as_shown) in [
        ("1305", "show 1305"),
        ("1305 1400 --json", "show 1305 1400 --json"),
        ("-o plain organizations.1305", "show 1305 -o plain"),
        ("org 1305 -q", "show 1305"),
        ("13xx -o tsv", "show 13xx -o tsv"),
    ] {
        let shown = orgerr(as_shown).succeeded().stdout;
        assert_eq!(orgerr(line).succeeded().stdout, shown, "{line}");
    }
    let unknown = orgerr("1350 --json");
    assert_eq!((unknown.stdout.as_str(), unknown.code), ("[]\n", 1));
    unknown.reports("Organizations.1350 is not a documented error code");
}

#[test]
fn without_arguments_it_explains_what_comes_through_a_pipe() {
    let response = "{\"error_code\":\"Organizations.1305\"}";
    for line in ["", "-o plain", "--json"] {
        let explained = orgerr_reading(&format!("explain {line}"), response).succeeded();
        let run = orgerr_reading(line, response).succeeded();
        assert_eq!(run.stdout, explained.stdout, "{line}");
    }
    let run = orgerr("--json");
    assert_eq!((run.stdout.as_str(), run.code), ("[]\n", 1));
    assert_eq!(run.stderr, "note: the input is empty\n");
}

#[test]
fn in_a_pipe_options_of_explain_need_no_command() {
    let log = "Organizations.1305 Organizations.1603 Organizations.1305";
    for options in [
        "--summary",
        "--status 409 --json",
        "-o tsv --follow",
        "--width 40 --category policy,account",
    ] {
        let explained = orgerr_reading(&format!("explain {options}"), log).succeeded();
        let run = orgerr_reading(options, log).succeeded();
        assert_eq!(run.stdout, explained.stdout, "{options}");
    }
    let tee = orgerr_reading("--tee", log);
    assert_eq!((tee.stdout.as_str(), tee.code), (log, 0));
    tee.reports("Maximum number of accounts");
    let help = orgerr("explain --help").stdout;
    assert_eq!(orgerr("--summary --help").succeeded().stdout, help);
    let none = orgerr_reading("--status 404", log);
    assert_eq!((none.stdout.as_str(), none.code), ("", 1));
}

#[test]
fn the_version_names_the_date_of_the_catalog() {
    let run = orgerr("--version").succeeded();
    let expected = format!("orgerr {} (catalog of 2024-05-28)\n", env!("CARGO_PKG_VERSION"));
    assert_eq!(run.stdout, expected);
    for line in ["-V", "show -V", "list --version", "catalog check -V"] {
        assert_eq!(orgerr(line).stdout, run.stdout, "{line}");
    }
}

#[test]
fn the_last_of_a_repeated_option_counts() {
    for (line, format) in [
        ("list -o json -o tsv", "tsv"),
        ("-o json list -o tsv", "tsv"),
        ("list --json -o tsv", "tsv"),
        ("list --json -o MD", "markdown"),
        ("list -o tsv --json", "json"),
        ("--json list -o plain", "plain"),
        ("-o plain list --json", "json"),
        ("--json -o tsv list", "tsv"),
        ("list --color always --color never -q -q -o plain", "plain"),
    ] {
        let expected = orgerr(&format!("list -o {format}")).succeeded().stdout;
        assert_eq!(orgerr(line).succeeded().stdout, expected, "{line}");
    }
}

#[test]
fn standard_input_ends_once() {
    for (line, once) in
        [("show - -", "show -"), ("fix - 1305 -", "fix - 1305"), ("explain - -", "explain")]
    {
        let run = orgerr_reading(line, "Organizations.1305\n").succeeded();
        let once = orgerr_reading(once, "Organizations.1305\n").succeeded();
        assert_eq!((run.stdout, run.stderr), (once.stdout, once.stderr), "{line}");
    }
}
