//! Usage errors, and what they suggest.

#[cfg(unix)]
use crate::support::TemporaryFolder;
use crate::support::{orgerr, orgerr_args};

/// Mistakes, and all that is said of each.
const MISTAKES: [(&str, &str); 53] = [
    (
        "serach --limit 3 quota",
        "'serach' is neither a command nor an error code did you mean: orgerr search \
         --limit 3 quota",
    ),
    (
        "serch quota",
        "'serch' is neither a command nor an error code did you mean: orgerr search \
         quota to search for it: orgerr search 'serch quota'",
    ),
    (
        "find quota",
        "'find' is neither a command nor an error code did you mean: orgerr search \
         quota",
    ),
    ("get 1305", "'get' is neither a command nor an error code did you mean: orgerr show 1305"),
    (
        "lookup 1305",
        "'lookup' is neither a command nor an error code did you mean: orgerr show 1305",
    ),
    (
        "version",
        "'version' is neither a command nor an error code did you mean: orgerr \
         --version",
    ),
    (
        "import page.txt",
        "'import' is neither a command nor an error code did you mean: orgerr catalog \
         import page.txt",
    ),
    (
        "quota exceeded",
        "'quota' is neither a command nor an error code to search for it: orgerr search \
         'quota exceeded'",
    ),
    (
        "13O5",
        "'13O5' is neither a command nor an error code near codes: Organizations.1305 \
         quota exceeded for account. Organizations.1325 the account is being closed \
         already. Organizations.1300 not found for account.",
    ),
    (
        "examples/response.json",
        "'examples/response.json' is neither a command nor an error code to explain \
         what it holds: orgerr explain examples/response.json",
    ),
    (
        "-",
        "'-' is neither a command nor an error code to explain what it holds: orgerr \
         explain -",
    ),
    ("1305-1309", "'1305-1309' is neither a command nor an error code"),
    (
        "HTTP 429",
        "'HTTP' is neither a command nor an error code for the errors with an HTTP status: \
         orgerr status 429 to search for it: orgerr search 'HTTP 429'",
    ),
    (
        "apig",
        "'apig' is neither a command nor an error code for all its error codes: orgerr list \
         --service APIGW to search for it: orgerr search 'apig'",
    ),
    ("1305 --json list", "put the command before '1305'"),
    (
        "help nonsense",
        "'nonsense' is neither a command nor an error code to search for it: orgerr \
         search 'nonsense'",
    ),
    (
        "list policy",
        "unexpected argument 'policy' found list takes only options, such as --category \
         policy for more: orgerr list --help",
    ),
    (
        "list 1305",
        "unexpected argument '1305' found list takes only options, such as --category \
         policy for more: orgerr list --help",
    ),
    (
        "list some words",
        "unexpected argument 'some' found list takes only options, such as --category \
         policy for more: orgerr list --help",
    ),
    (
        "list --format json",
        "unexpected argument '--format' found did you mean: --output for more: orgerr \
         list --help",
    ),
    (
        "--format json",
        "unexpected argument '--format' found did you mean: --output for more: orgerr \
         --help",
    ),
    (
        "list -j",
        "unexpected argument '-j' found did you mean: --json for more: orgerr list \
         --help",
    ),
    (
        "list --operation CreateAccount",
        "unexpected argument '--operation' found for more: orgerr list --help",
    ),
    (
        "1305 --pag",
        "unexpected argument '--pag' found did you mean: --no-pager for more: orgerr --help",
    ),
    (
        "list --categories policy",
        "unexpected argument '--categories' found did you mean: --category for more: orgerr list \
         --help",
    ),
    (
        "list --ouput json",
        "unexpected argument '--ouput' found did you mean: --output for more: orgerr \
         list --help",
    ),
    (
        "--tee app.log",
        "unexpected argument '--tee' found it is an option of: explain for more: orgerr \
         --help",
    ),
    (
        "search quota --follow",
        "unexpected argument '--follow' found it is an option of: explain for more: orgerr \
         search --help",
    ),
    (
        "-n 3 search quota",
        "unexpected argument '-n' found it is an option of: search; it stands behind the command \
         for more: orgerr --help",
    ),
    (
        "-n 3 quota",
        "unexpected argument '-n' found it is an option of: search for more: orgerr \
         --help",
    ),
    (
        "1305 --summary",
        "unexpected argument '--summary' found it is an option of: explain for more: \
         orgerr --help",
    ),
    ("search large --tea", "unexpected argument '--tea' found for more: orgerr search --help"),
    (
        "status 404 --status 500",
        "unexpected argument '--status' found it is an option of: search, list, explain \
         for more: orgerr status --help",
    ),
    ("1305 --fix", "unexpected argument '--fix' found for more: orgerr --help"),
    (
        "list -n 3",
        "unexpected argument '-n' found it is an option of: search for more: orgerr \
         list --help",
    ),
    (
        "explain src",
        "cannot read src: Is a directory (os error 21) it is a folder; name the files \
         in it",
    ),
    (
        "list --output",
        "a value is required for '--output <FORMAT>' but none was supplied [possible \
         values: table, json, jsonl, tsv, markdown, plain, github] for more: orgerr \
         list --help",
    ),
    (
        "list --output jsn",
        "invalid value 'jsn' for '--output <FORMAT>' [possible values: table, json, \
         jsonl, tsv, markdown, plain, github] did you mean: json for more: orgerr list \
         --help",
    ),
    (
        "list --catalog",
        "a value is required for '--catalog <FILE>' but none was supplied for more: \
         orgerr list --help",
    ),
    (
        "list --json=yes",
        "unexpected value 'yes' for '--json' found; no more were expected for more: \
         orgerr list --help",
    ),
    (
        "list --width abc",
        "invalid value 'abc' for '--width <N>': it must be a number of columns from \
         20 to 65535 for more: orgerr list --help",
    ),
    (
        "list --width 19",
        "invalid value '19' for '--width <N>': it must be a number of columns from \
         20 to 65535 for more: orgerr list --help",
    ),
    (
        "search quota -n -1",
        "invalid value '-1' for '--limit <N>': it must be a number of entries, or 0 for \
         all for more: orgerr search --help",
    ),
    (
        "show",
        "the following required arguments were not provided: <CODE>... for example: \
         orgerr show Organizations.1305 for more: orgerr show --help",
    ),
    (
        "catalog chek x.toml",
        "unrecognized subcommand 'chek' did you mean: orgerr catalog check for more: \
         orgerr catalog --help",
    ),
    (
        "catalog --json",
        "'orgerr catalog' requires a subcommand but one was not provided [subcommands: \
         check, import, schema] for more: orgerr catalog --help",
    ),
    (
        "catalog check",
        "the following required arguments were not provided: <FILE>... for example: \
         orgerr catalog check iam.toml for more: orgerr catalog check --help",
    ),
    (
        "completions tcsh",
        "invalid value 'tcsh' for '<SHELL>' [possible values: bash, zsh, fish, \
         powershell, elvish, nushell] did you mean: zsh for more: orgerr completions \
         --help",
    ),
    (
        "--summary --follow",
        "the argument '--summary' cannot be used with '--follow' for more: orgerr \
         explain --help",
    ),
    (
        "catalog import page.txt -o tsv",
        "'--output' does not work with catalog import: it prints a catalog in TOML",
    ),
    (
        "catalog import --json",
        "'--json' does not work with catalog import: it prints a catalog in TOML",
    ),
    (
        "catalog schema -o plain",
        "'--output' does not work with catalog schema: it prints a JSON Schema",
    ),
    (
        "catalog import one.txt two.txt",
        "unexpected argument 'two.txt' found for more: orgerr catalog import --help",
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
    let run = orgerr_args(&["explain", "no such.log"]);
    run.reports("to explain a text, send it: ");
    for blank in ["", " "] {
        let run = orgerr_args(&[blank]);
        assert!(!run.stderr.contains("search"), "{}", run.stderr);
        assert_eq!(run.code, 2);
    }
    let run = orgerr_args(&["explain", ""]);
    assert_eq!((run.stdout.as_str(), run.code), ("", 2));
    run.reports("error: a value is required for '[FILE]...' but none was supplied\n");
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
    // Not asked for, or not the last that is asked for.
    for line in [
        "--json list -o tsv --bad",
        "search --bad -- --json",
        "list --bad --catalog --json",
        "list --bad -o nope",
    ] {
        let run = orgerr(line);
        assert_eq!((run.stdout.as_str(), run.code), ("", 2), "{line}");
    }
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
        let plain = run.stderr.replace("\u{1b}[31;1m", "").replace("\u{1b}[0m", "");
        assert!(!plain.contains(unsafe_character), "{:?}", run.stderr);
        assert!(!plain.contains("\nerror: fake line"), "{:?}", run.stderr);
        assert!(!run.stderr.is_empty());
    }
}

#[test]
fn with_json_every_command_prints_an_empty_array_on_failure() {
    for line in [
        "catalog import no-such-file --json",
        "completions tcsh --json",
        "man --no-such-option --json",
        "--color always completions tcsh --json",
        "--catalog show man --no-such --json",
        "catalog import --no-such --json",
        "catalog schema nothing --json",
        "catalog import --json",
        "--json completions --bad",
        "catalog schema --bad --json",
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

#[cfg(unix)]
#[test]
fn a_file_that_is_there_but_cannot_be_read_is_no_text() {
    let folder = TemporaryFolder::new("unreadable");
    let path = folder.path().join("a loop");
    std::os::unix::fs::symlink(&path, &path).unwrap();
    let run = orgerr_args(&["explain", path.to_str().unwrap()]);
    assert!(run.stderr.starts_with("error: cannot read ") && run.code == 2, "{}", run.stderr);
    assert!(!run.stderr.contains("to explain a text"), "{}", run.stderr);
}
