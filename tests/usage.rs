//! Help, the version and usage errors.

use crate::support::{COMMANDS, command, orgerr, orgerr_args, orgerr_reading, run};

#[test]
fn alone_it_prints_short_help_to_standard_error() {
    let run = orgerr("");
    assert_eq!((run.stdout.as_str(), run.code), ("", 2));
    run.reports("Usage: orgerr");
    run.reports("orgerr show Organizations.1305");
}

#[test]
fn a_code_instead_of_a_command_suggests_show() {
    for word in ["Organizations.1305", "1305", "organizations.1305"] {
        let run = orgerr(word);
        assert_eq!((run.stdout.as_str(), run.code), ("", 2));
        run.reports("orgerr show Organizations.1305");
    }
}

#[test]
fn misspelt_commands_and_options_suggest_the_right_one() {
    for (line, meant) in [
        ("serch quota", "exists: 'search'"),
        ("list --ouput json", "exists: '--output'"),
    ] {
        let run = orgerr(line);
        assert_eq!((run.stdout.as_str(), run.code), ("", 2));
        run.reports(meant);
    }
}

#[test]
fn a_usage_error_leaves_a_json_reader_an_empty_array() {
    for line in [
        "list --nope -qo json",
        "list --nope -qojson",
        "list --nope -o=json",
        "--json",
        "serch --json",
        "list --nope -o json",
        "list --nope --output=json",
        "-o tsv list --nope --json",
        "catalog check --nope --json",
    ] {
        let run = orgerr(line);
        assert_eq!((run.stdout.as_str(), run.code), ("[]\n", 2), "{line}");
    }
    // Not asked for, not the last that is asked for, or of no use.
    for line in [
        "--json list -o tsv --bad",
        "search --bad -- --json",
        "list --bad --catalog --json",
        "list --bad -o nope",
        "--json completions --bad",
        "catalog schema --bad --json",
    ] {
        let run = orgerr(line);
        assert_eq!((run.stdout.as_str(), run.code), ("", 2), "{line}");
    }
}

#[test]
fn the_version_names_the_date_of_the_catalog() {
    let run = orgerr("--version").succeeded();
    let expected = format!(
        "orgerr {} (catalog of 2024-05-28)\n",
        env!("CARGO_PKG_VERSION")
    );
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
fn every_command_has_help_with_examples() {
    for command in COMMANDS {
        let run = orgerr(&format!("{command} --help")).succeeded();
        let examples =
            run.stdout.matches("\n  orgerr ").count() + run.stdout.matches("| orgerr ").count();
        assert!(examples >= 2, "{command}: {}", run.stdout);
        assert_eq!(orgerr(&format!("help {command}")).stdout, run.stdout);
    }
    let help = orgerr("--help").succeeded().stdout;
    assert!(
        COMMANDS.iter().all(|command| help.contains(command)),
        "{help}"
    );
}

#[test]
fn a_width_below_twenty_is_refused() {
    let run = orgerr("list --width 19");
    assert_eq!((run.stdout.as_str(), run.code), ("", 2));
    run.reports("error: invalid value '19' for '--width <N>'");
}

#[test]
fn control_characters_of_arguments_stay_out_of_messages() {
    for arguments in [
        &["show", "\u{1b}[31mred"][..],
        &["search", "qq\u{9b}zz\u{202e}"],
        &["list", "--category", "\u{1b}]0;title\u{7}"],
        &["\u{1b}[2J"],
        &["--color", "always", "\u{1b}]0;title\u{7}"],
        &["list", "--\u{9b}2J\u{202e}"],
        &["status", "--output", "\u{202e}nosj"],
        &["show", "1305", "--\u{1b}[2J"],
        &["explain", "no\u{1b}[2J.log"],
    ] {
        let run = orgerr_args(arguments);
        let unsafe_character = |c: char| (c.is_control() && c != '\n') || c == '\u{202e}';
        let plain = run
            .stderr
            .replace("\u{1b}[31;1m", "")
            .replace("\u{1b}[0m", "");
        assert!(!plain.contains(unsafe_character), "{:?}", run.stderr);
        assert!(!run.stderr.is_empty());
    }
}

#[test]
fn help_is_the_same_as_a_command_and_as_an_option() {
    for lines in [
        &["--help", "help"][..],
        &["show --help", "help show", "show 1305 --help"],
        &["explain --help", "help explain", "explain --json --help"],
    ] {
        let help = orgerr(lines[0]).succeeded().stdout;
        for line in lines {
            assert_eq!(orgerr(line).stdout, help, "{line}");
        }
    }
}

#[test]
fn help_respects_width_and_colour() {
    let narrow = run(command(&["show", "--help"]).env("COLUMNS", "60"), b"").succeeded();
    assert!(
        narrow.stdout.lines().all(|line| line.len() <= 60),
        "{}",
        narrow.stdout
    );
    assert!(narrow.stdout.contains("orgerr show Organizations.1305"));
    let coloured = run(command(&["--help"]).env("CLICOLOR_FORCE", "1"), b"").succeeded();
    assert!(coloured.stdout.contains("\u{1b}["), "{}", coloured.stdout);
    let no_command = orgerr("help orgerr");
    assert_eq!((no_command.stdout.as_str(), no_command.code), ("", 2));
}

#[test]
fn standard_input_is_read_once() {
    for line in [
        "show - -",
        "fix - 1305 -",
        "explain - -",
        "explain - Cargo.toml --follow -",
        "explain --tee - -",
    ] {
        let run = orgerr_reading(line, "Organizations.1305\n");
        assert_eq!((run.stdout.as_str(), run.code), ("", 2), "{line}");
        let expected = "error: standard input can be read only once, ";
        assert!(run.stderr.starts_with(expected), "{line}: {}", run.stderr);
    }
}

#[test]
fn only_commands_that_print_records_print_an_empty_array_on_failure() {
    for line in [
        "catalog import no-such-file --json",
        "completions tcsh --json",
        "man --no-such-option --json",
        "--color always completions tcsh --json",
        "--catalog show man --no-such --json",
    ] {
        let run = orgerr(line);
        assert_eq!((run.stdout.as_str(), run.code), ("", 2), "{line}");
    }
    for line in [
        "catalog check no-such-file --json",
        "--catalog man show 1305 --no-such --json",
    ] {
        let run = orgerr(line);
        assert_eq!((run.stdout.as_str(), run.code), ("[]\n", 2), "{line}");
    }
}
