//! Colour, width, and streams that are full or closed.

use std::fmt::Write as _;
use std::fs::File;
use std::process::Stdio;

use crate::support::{command, orgerr, orgerr_reading, run};

use crate::support::colors::without_colors;

const ESCAPE: char = '\u{1b}';

#[test]
fn colour_is_off_in_a_pipe_and_on_when_asked() {
    assert!(!orgerr("show 1305").stdout.contains(ESCAPE));
    assert!(orgerr("show 1305 --color always").stdout.contains(ESCAPE));
    assert!(orgerr("--color always show 9999").stderr.contains(ESCAPE));
    assert!(orgerr("--color always --help").stdout.contains(ESCAPE));
    assert!(orgerr("--color always --nope").stderr.contains(ESCAPE));
}

#[test]
fn colour_follows_the_option_then_the_environment() {
    let colored = |line: &str, variables: &[(&str, &str)]| {
        let words: Vec<_> = line.split(' ').collect();
        let mut command = command(&words);
        command.envs(variables.iter().copied());
        run(&mut command, b"").stdout.contains(ESCAPE)
    };
    assert!(colored("list", &[("CLICOLOR_FORCE", "1")]));
    assert!(colored("list", &[("CLICOLOR_FORCE", "1"), ("NO_COLOR", "1")]));
    assert!(!colored("list", &[("CLICOLOR_FORCE", "0")]));
    assert!(!colored("list --color never", &[("CLICOLOR_FORCE", "1")]));
    assert!(colored("list --color always", &[("NO_COLOR", "1"), ("TERM", "dumb")]));
}

#[test]
fn colour_changes_nothing_but_colour() {
    for line in ["show 1902", "list", "search policy", "status"] {
        for width in
            ["--width 200", "--width 80", "--width 40", "--width 28 -o plain", "--width 20", ""]
        {
            let plain = orgerr(&format!("{line} {width}")).stdout;
            let colored = orgerr(&format!("{line} {width} --color always")).stdout;
            assert_eq!(without_colors(&colored), plain, "{line} {width}");
        }
    }
}

#[test]
fn nothing_is_wider_than_asked() {
    for line in ["show 1001 1301 2202", "list --category account", "search policy -n 0", "status"] {
        for width in [20, 21, 33, 40, 60, 80, 120, 200] {
            let run = orgerr(&format!("{line} --width {width} -q"));
            assert!(run.stdout.lines().count() > 2, "{line} at {width}");
            // A word of a command is never broken.
            let is_word = |line: &&str| !line.trim_end_matches('\\').trim().contains(' ');
            let lines = run.stdout.lines().filter(|line| !is_word(line));
            let widest = lines.map(|line| line.chars().count()).max();
            assert!(widest <= Some(width), "{line} at {width}:\n{}", run.stdout);
        }
    }
}

#[test]
fn a_long_text_makes_others_no_longer() {
    let message = "long ".repeat(2_000);
    let mut log =
        format!("{{\"error_code\":\"Organizations.1305\",\"error_msg\":\"{message}\"}}\n");
    for number in 0..100 {
        writeln!(log, "Organizations.{}", 20_000 + number).unwrap();
    }
    for format in ["table", "tsv", "markdown", "plain"] {
        let run = orgerr_reading(&format!("explain -o {format}"), &log).succeeded();
        let most = 2 * message.len() + 100 * 400;
        assert!(run.stdout.len() < most, "{format}: {}", run.stdout.len());
    }
}

#[test]
fn nothing_is_cut_off() {
    let dense = |text: &str| text.split_whitespace().collect::<String>();
    for width in [20, 27, 40, 50, 60, 80, 120] {
        let screen = orgerr(&format!("list --width {width}")).stdout;
        // Cards have one column, tables four: read each from top to bottom.
        let mut columns = vec![String::new(); 4];
        for line in screen.lines() {
            for (column, cell) in columns.iter_mut().zip(line.split('│')) {
                column.push_str(&dense(cell));
            }
        }
        for entry in orgerr::Catalog::embedded().entries() {
            for text in [entry.code(), entry.message(), entry.solution()] {
                let text = dense(text);
                assert!(columns.iter().any(|column| column.contains(&text)), "{text} at {width}");
            }
        }
    }
}

#[test]
fn columns_sets_the_width_of_a_pipe() {
    let widest = |columns| {
        let mut command = command(&["list", "-o", "table"]);
        let run = run(command.env("COLUMNS", columns), b"").succeeded();
        run.stdout.lines().map(|line| line.chars().count()).max()
    };
    assert!((50..=60).contains(&widest("60").unwrap()));
    // What is no width, or none that text has room in, is none.
    assert!((70..=80).contains(&widest("wide").unwrap()));
    assert!(widest("3") <= Some(20));
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_is_an_error() {
    for line in [
        "list",
        "show 1305 --json",
        "explain examples/response.json",
        "explain --follow --json examples/response.json",
        "completions bash",
        "man",
        "--help",
        "--version",
    ] {
        let words: Vec<_> = line.split(' ').collect();
        let full = File::options().write(true).open("/dev/full").unwrap();
        let output = command(&words).stdin(Stdio::null()).stdout(full).output().unwrap();
        let stderr = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(2), "{line}: {stderr}");
        assert!(stderr.starts_with("error: cannot write the results: No space left"), "{stderr}");
    }
}

#[cfg(unix)]
#[test]
fn a_reader_that_leaves_early_ends_the_tool_quietly() {
    for line in [
        "list --json",
        "explain examples/response.json",
        "explain --follow --json examples/response.json",
        "completions zsh",
        "man",
        "--help",
    ] {
        let words: Vec<_> = line.split(' ').collect();
        let (reader, writer) = std::io::pipe().unwrap();
        drop(reader);
        let output = command(&words).stdin(Stdio::null()).stdout(writer).output().unwrap();
        assert_eq!(output.status.code(), Some(0), "{line}");
        assert!(output.stderr.is_empty(), "{:?}", String::from_utf8_lossy(&output.stderr));
    }
}

#[test]
fn plain_wraps_only_at_a_given_width() {
    let narrow = run(command(&["fix", "1305", "1902", "-o", "plain"]).env("COLUMNS", "20"), b"");
    assert_eq!(narrow.stdout.lines().count(), 2, "{}", narrow.stdout);
    assert!(orgerr("fix 1305 -o plain --width 20").stdout.lines().count() > 2);
}
