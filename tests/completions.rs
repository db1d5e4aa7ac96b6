//! `orgerr completions`, `orgerr man`, and the committed scripts.

use std::fs;

use crate::support::{COMMANDS, orgerr};

const SCRIPTS: [(&str, &str); 6] = [
    ("bash", "orgerr.bash"),
    ("zsh", "_orgerr"),
    ("fish", "orgerr.fish"),
    ("powershell", "_orgerr.ps1"),
    ("elvish", "orgerr.elv"),
    ("nushell", "orgerr.nu"),
];

#[test]
fn committed_scripts_match_the_command() {
    for (shell, file) in SCRIPTS {
        let printed = orgerr(&format!("completions {shell}")).succeeded().stdout;
        let path = format!("{}/completions/{file}", env!("CARGO_MANIFEST_DIR"));
        assert_eq!(printed, fs::read_to_string(&path).unwrap());
    }
}

#[test]
fn a_shell_may_be_named_in_any_case_and_by_its_program() {
    for (name, shell) in [
        ("BASH", "bash"),
        ("Zsh", "zsh"),
        ("pwsh", "powershell"),
        ("PS1", "powershell"),
        ("elv", "elvish"),
        ("nu", "nushell"),
    ] {
        let script = orgerr(&format!("completions {shell}")).succeeded().stdout;
        let run = orgerr(&format!("completions {name}")).succeeded();
        assert_eq!(run.stdout, script, "{name}");
    }
}

#[test]
fn an_unknown_shell_is_a_usage_error_that_lists_the_known_ones() {
    let run = orgerr("completions tcsh");
    assert_eq!((run.stdout.as_str(), run.code), ("", 2));
    run.reports("bash, zsh, fish, powershell, elvish, nushell");
}

#[test]
fn the_manual_page_has_every_command_example_and_exit_code() {
    let page = orgerr("man").succeeded().stdout;
    for section in ["NAME", "SYNOPSIS", "DESCRIPTION", "COMMANDS", "EXAMPLES", "ENVIRONMENT"] {
        assert!(page.contains(&format!("\n.SH {section}\n")), "{section}: {page}");
    }
    for name in COMMANDS {
        let command = format!("\n.TP\n\\fB{name}\\fR");
        assert!(page.contains(&command), "{name}: {page}");
    }
    let exits = page.split(".SH \"EXIT STATUS\"").nth(1).expect("a section");
    let exits = exits.split(".SH").next().unwrap();
    for code in 0..=2 {
        let exit = format!("\n.TP\n\\fB{code}\\fR\n");
        assert!(exits.contains(&exit), "{code}: {exits}");
    }
    // What packages install.
    assert_eq!(page, fs::read_to_string("docs/orgerr.1").unwrap());
    assert!(page.contains("orgerr show Organizations.1305"));
}

#[test]
fn the_manual_page_names_options_of_tools_and_values_and_is_ascii() {
    let page = orgerr("man").succeeded().stdout;
    for text in [
        "\n\\fB\\-\\-service\\fR \\fINAME\\fR\n",
        ": catalog, entry, hit, finding\n",
        ": bash, zsh, fish, powershell, elvish, nushell\n",
    ] {
        assert!(page.contains(text), "{text}");
    }
    assert!(page.is_ascii());
}
