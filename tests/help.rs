//! Help, of the tool and of each command.

use crate::support::{COMMANDS, command, orgerr, run};

#[test]
fn short_help_fits_a_screen() {
    for name in all_commands() {
        let line = format!("{name} -h");
        let words: Vec<_> = line.split_whitespace().collect();
        let help = run(command(&words).env("COLUMNS", "80"), b"").succeeded().stdout;
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
            let help = orgerr(&format!("{name} -h --width {width}")).succeeded().stdout;
            let fits = |line: &str| {
                // A word may be longer; an option and the line of the usage are never broken.
                let is_word = line.split_whitespace().count() == 1 || line.ends_with('>');
                line.chars().count() <= width || is_word || line.starts_with("Usage: ")
            };
            assert!(help.lines().all(|line| fits(line.trim_end_matches(" \\"))), "{help}");
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
fn every_command_has_help_with_examples() {
    for command in COMMANDS {
        let run = orgerr(&format!("{command} --help")).succeeded();
        let examples = run.stdout.split("\nExamples:\n").nth(1).unwrap();
        let examples = examples.lines().filter(|line| line.starts_with("  "));
        assert!(examples.count() >= 2, "{command}: {}", run.stdout);
        assert_eq!(orgerr(&format!("help {command}")).stdout, run.stdout);
    }
    let help = orgerr("--help").succeeded().stdout;
    assert!(COMMANDS.iter().all(|command| help.contains(command)), "{help}");
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
    let tools = orgerr("catalog");
    assert_eq!((tools.stdout.as_str(), tools.code), ("", 2));
    tools.reports("Usage: orgerr catalog [OPTIONS] <COMMAND>");
}

#[test]
fn help_respects_width_and_colour() {
    let mut narrow = command(&["show", "--help"]);
    let narrow = run(narrow.env("COLUMNS", "60"), b"").succeeded();
    assert!(narrow.stdout.lines().all(|line| line.len() <= 60), "{}", narrow.stdout);
    assert!(narrow.stdout.contains("orgerr show Organizations.1305"));
    let coloured = run(command(&["--help"]).env("CLICOLOR_FORCE", "1"), b"").succeeded();
    assert!(coloured.stdout.contains("\u{1b}["), "{}", coloured.stdout);
    let no_command = orgerr("help orgerr");
    assert_eq!((no_command.stdout.as_str(), no_command.code), ("", 2));
}
