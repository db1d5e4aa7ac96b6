//! Help, the version and usage errors.

use crate::support::{COMMANDS, command, orgerr, orgerr_args, orgerr_reading, run};

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
    assert_eq!(run.stderr, "note: no error code in the input\n");
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

/// Mistakes, and all that is said of each.
const MISTAKES: [(&str, &str); 40] = [
    (
        "serch quota",
        "'serch' is neither a command nor an error code \
         did you mean: orgerr search quota \
         to search for it: orgerr search 'serch quota'",
    ),
    (
        "find quota",
        "'find' is neither a command nor an error code did you mean: orgerr search quota",
    ),
    (
        "get 1305",
        "'get' is neither a command nor an error code did you mean: orgerr show 1305",
    ),
    (
        "lookup 1305",
        "'lookup' is neither a command nor an error code did you mean: orgerr show 1305",
    ),
    (
        "version",
        "'version' is neither a command nor an error code did you mean: orgerr --version",
    ),
    (
        "import page.txt",
        "'import' is neither a command nor an error code \
         did you mean: orgerr catalog import page.txt",
    ),
    (
        "quota exceeded",
        "'quota' is neither a command nor an error code \
         to search for it: orgerr search 'quota exceeded'",
    ),
    (
        "13O5",
        "'13O5' is neither a command nor an error code near codes: \
         Organizations.1305 quota exceeded for account. \
         Organizations.1325 the account is being closed already. \
         Organizations.1300 not found for account.",
    ),
    (
        "examples/response.json",
        "'examples/response.json' is neither a command nor an error code \
         to explain the file: orgerr explain examples/response.json",
    ),
    (
        "-",
        "'-' is neither a command nor an error code to explain standard input: orgerr explain \
         to look up the codes on it: orgerr show -",
    ),
    (
        "1305 --json list",
        "a command must stand in front of '1305'",
    ),
    (
        "help nonsense",
        "'nonsense' is neither a command nor an error code \
         to search for it: orgerr search 'nonsense'",
    ),
    (
        "list policy",
        "orgerr list takes options only, not 'policy' \
         did you mean: orgerr list --category policy for more: orgerr list --help",
    ),
    (
        "list 404",
        "orgerr list takes options only, not '404' \
         did you mean: orgerr status 404 for more: orgerr list --help",
    ),
    (
        "list 1305",
        "orgerr list takes options only, not '1305' \
         did you mean: orgerr show 1305 for more: orgerr list --help",
    ),
    (
        "list some words",
        "orgerr list takes options only, not 'some' \
         to search for it: orgerr search 'some words' for more: orgerr list --help",
    ),
    (
        "list --format json",
        "orgerr list has no option '--format' did you mean: --output for more: orgerr list --help",
    ),
    (
        "--format json",
        "orgerr has no option '--format' did you mean: --output for more: orgerr --help",
    ),
    (
        "list -j",
        "orgerr list has no option '-j' did you mean: --json for more: orgerr list --help",
    ),
    (
        "list --ouput json",
        "orgerr list has no option '--ouput' did you mean: --output for more: orgerr list --help",
    ),
    (
        "--tee app.log",
        "orgerr has no option '--tee' it is an option of: explain for more: orgerr --help",
    ),
    (
        "search large --tea",
        "orgerr search has no option '--tea' \
         to search for it: orgerr search -- large --tea for more: orgerr search --help",
    ),
    (
        "status 404 --status 500",
        "orgerr status has no option '--status' it is an option of: search, list, explain \
         for more: orgerr status --help",
    ),
    (
        "1305 --fix",
        "orgerr has no option '--fix' did you mean: orgerr fix 1305 for more: orgerr --help",
    ),
    (
        "list -n 3",
        "orgerr list has no option '-n' it is an option of: search for more: orgerr list --help",
    ),
    (
        "explain src",
        "cannot read src: Is a directory (os error 21) it is a folder; name the files in it",
    ),
    (
        "list --output",
        "--output needs a value; there are: table, json, jsonl, tsv, markdown, plain, github \
         for more: orgerr list --help",
    ),
    (
        "list --output jsn",
        "--output cannot be 'jsn'; it can be: table, json, jsonl, tsv, markdown, plain, github \
         did you mean: json for more: orgerr list --help",
    ),
    (
        "list --catalog",
        "--catalog needs a value, as in --catalog FILE for more: orgerr list --help",
    ),
    (
        "list --json=yes",
        "--json takes no value such as 'yes' for more: orgerr list --help",
    ),
    (
        "list --width abc",
        "--width must be a number of columns, 20 or more, not 'abc' for more: orgerr list --help",
    ),
    (
        "list --width 19",
        "--width must be a number of columns, 20 or more, not '19' for more: orgerr list --help",
    ),
    (
        "search quota -n -1",
        "--limit must be a number of entries, or 0 for all, not '-1' \
         for more: orgerr search --help",
    ),
    (
        "show",
        "orgerr show needs a code for example: orgerr show Organizations.1305 \
         for more: orgerr show --help",
    ),
    (
        "catalog chek x.toml",
        "orgerr catalog has no 'chek'; there are: check, import, schema \
         did you mean: orgerr catalog check for more: orgerr catalog --help",
    ),
    (
        "catalog --json",
        "orgerr catalog needs a command; there are: check, import, schema \
         for more: orgerr catalog --help",
    ),
    (
        "catalog check",
        "orgerr catalog check needs a file for example: orgerr catalog check iam.toml \
         for more: orgerr catalog check --help",
    ),
    (
        "completions tcsh",
        "the shell cannot be 'tcsh'; it can be: bash, zsh, fish, powershell, elvish, nushell \
         for more: orgerr completions --help",
    ),
    (
        "--summary --follow",
        "--summary and --follow exclude each other for more: orgerr explain --help",
    ),
    (
        "catalog import one.txt two.txt",
        "orgerr catalog import takes one file, not 'two.txt' too \
         for more: orgerr catalog import --help",
    ),
];

#[test]
fn mistakes_suggest_what_was_meant() {
    for (line, said) in MISTAKES {
        let run = orgerr(line);
        let stderr = run.stderr.split_whitespace().collect::<Vec<_>>().join(" ");
        assert_eq!(stderr, format!("error: {said}"), "{line}");
        assert_eq!(run.code, 2, "{line}");
    }
}

#[test]
fn a_text_as_the_first_word_is_searched_for_or_explained() {
    let run = orgerr_args(&["delete ou"]);
    assert_eq!(
        run.stderr,
        "error: 'delete ou' is neither a command nor an error code\n  \
         to search for it: orgerr search 'delete ou'\n  \
         to explain a text, send it: printf %s '…' | orgerr explain\n"
    );
    let run = orgerr_args(&["{\"message\":\"denied\"}"]);
    assert!(!run.stderr.contains("orgerr search"), "{}", run.stderr);
    run.reports("to explain a text, send it: ");
    let run = orgerr_args(&["explain", ""]);
    assert_eq!((run.stdout.as_str(), run.code), ("", 2));
    run.reports("error: an empty text is no file\n");
}

#[test]
fn a_usage_error_leaves_a_json_reader_an_empty_array() {
    for line in [
        "list --nope -qo json",
        "list --nope -qojson",
        "list --nope -o=json",
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
fn short_help_fits_a_screen() {
    for name in all_commands() {
        let line = format!("{name} -h");
        let words: Vec<_> = line.split_whitespace().collect();
        let help = run(command(&words).env("COLUMNS", "80"), b"")
            .succeeded()
            .stdout;
        // A line is left for the prompt.
        assert!(help.lines().count() < 24, "{line}: {help}");
        let is_wide = |text: &str| text.chars().count() > 80;
        assert!(!help.lines().any(is_wide), "{line}: {help}");
        let everywhere = help.contains("--output <FORMAT>");
        assert_eq!(everywhere, name.is_empty(), "{line}: {help}");
    }
}

/// Every command, and those of `catalog`.
fn all_commands() -> impl Iterator<Item = &'static str> {
    let inner = ["", "catalog check", "catalog import", "catalog schema"];
    COMMANDS.into_iter().chain(inner)
}

#[test]
fn help_is_as_wide_as_is_asked_for() {
    for name in all_commands() {
        for width in [20, 40, 60, 80, 120] {
            let help = orgerr(&format!("{name} -h --width {width}"))
                .succeeded()
                .stdout;
            let fits = |line: &str| {
                // A word may be longer; an option and the line of the usage are never broken.
                let is_word = line.split_whitespace().count() == 1 || line.ends_with('>');
                line.chars().count() <= width || is_word || line.starts_with("Usage: ")
            };
            assert!(
                help.lines().all(|line| fits(line.trim_end_matches(" \\"))),
                "{help}"
            );
        }
        let help = orgerr(&format!("{name} --help")).succeeded().stdout;
        assert_eq!(orgerr(&format!("{name} --help --width 80")).stdout, help);
    }
    let narrow = orgerr("show --help --width 30").stdout;
    assert_eq!(orgerr("help show --width 30").succeeded().stdout, narrow);
    let none = orgerr("catalog --width 30");
    assert_eq!((none.stdout.as_str(), none.code), ("", 2));
}

#[test]
fn an_example_is_broken_as_a_shell_reads_it() {
    let help = orgerr("explain -h --width 40").succeeded().stdout;
    let example = "\n  terraform apply 2>&1 | orgerr \\\n    explain --tee\n";
    assert!(help.contains(example), "{help}");
    let help = orgerr("-h --width 40").succeeded().stdout;
    let example = "\n  orgerr 1305\n    what the code means and how to fix\n    it\n";
    assert!(help.contains(example), "{help}");
}

#[test]
fn every_command_has_help_with_examples() {
    for command in COMMANDS {
        let run = orgerr(&format!("{command} --help")).succeeded();
        let examples = run.stdout.split("\nExamples:\n").nth(1).unwrap();
        let examples = examples.lines().filter(|line| line.starts_with("  "));
        assert!(examples.count() >= 2, "{command}: {}", run.stdout);
        assert_eq!(orgerr(&format!("help {command}")).stdout, run.stdout);
    }
    let help = orgerr("--help").succeeded().stdout;
    assert!(
        COMMANDS.iter().all(|command| help.contains(command)),
        "{help}"
    );
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
        &["sh\nerror: fake line"],
        &["--color", "ne\nerror: fake line"],
        &["completions", "ba\nerror: fake line"],
        &["list", "--x\nerror: fake line"],
        &["list", "x\nerror: fake line"],
        &["list", "--width", "\nerror: fake line"],
        &["list", "--json=\nerror: fake line"],
        &["show", "x\nerror: fake line"],
        &["catalog", "x\nerror: fake line"],
        &["help", "x\nerror: fake line"],
    ] {
        let run = orgerr_args(arguments);
        let unsafe_character = |c: char| (c.is_control() && c != '\n') || c == '\u{202e}';
        let plain = run
            .stderr
            .replace("\u{1b}[31;1m", "")
            .replace("\u{1b}[0m", "");
        assert!(!plain.contains(unsafe_character), "{:?}", run.stderr);
        assert!(!plain.contains("\nerror: fake line"), "{:?}", run.stderr);
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
    let mut narrow = command(&["show", "--help"]);
    let narrow = run(narrow.env("COLUMNS", "60"), b"").succeeded();
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
        "catalog import --no-such --json",
        "catalog schema nothing --json",
    ] {
        let run = orgerr(line);
        assert_eq!((run.stdout.as_str(), run.code), ("", 2), "{line}");
    }
    for line in [
        "catalog check no-such-file --json",
        "--catalog man show 1305 --no-such --json",
        "catalog --json",
        "catalog chekc --json",
        "catalog --no-such --json",
    ] {
        let run = orgerr(line);
        assert_eq!((run.stdout.as_str(), run.code), ("[]\n", 2), "{line}");
    }
}
