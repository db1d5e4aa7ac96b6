//! The completion scripts, from the definition of the command line.

use clap::ValueEnum as _;
use clap_complete::env::Shells;
use clap_complete_nushell::Nushell;

use super::{NAME, is_in_step};
use crate::cli::{self, Shell};
use crate::commands::completion_script;
use crate::complete::VARIABLE;

#[test]
fn the_completion_scripts_are_in_step() {
    for shell in Shell::value_variants() {
        let (path, script) = match shell {
            Shell::Bash => ("orgerr.bash", asking_script("bash")),
            Shell::Zsh => ("_orgerr", autoloadable(&asking_script("zsh"))),
            Shell::Fish => ("orgerr.fish", asking_script("fish")),
            Shell::Powershell => ("_orgerr.ps1", asking_script("powershell")),
            Shell::Elvish => ("orgerr.elv", asking_script("elvish")),
            Shell::Nushell => ("orgerr.nu", nushell_script()),
        };
        let path = format!("completions/{path}");
        is_in_step(&path, completion_script(*shell), &script);
    }
}

/// The script of a shell that asks the tool what to offer.
fn asking_script(shell: &str) -> String {
    let shells = Shells::builtins();
    let completer = shells.completer(shell).unwrap();
    let mut script = Vec::new();
    completer
        .write_registration(VARIABLE, NAME, NAME, NAME, &mut script)
        .unwrap();
    let script = String::from_utf8(script).unwrap();
    format!("{}\n", script.trim_end())
}

/// The script for zsh so that it also serves as an autoloaded function in `$fpath`:
/// there its body runs at the first Tab, which has to complete as well.
fn autoloadable(script: &str) -> String {
    script.replace(
        "\ncompdef _clap_dynamic_completer_orgerr orgerr\n",
        "\nif [[ ${funcstack[1]} == _orgerr ]]; then\n    \
         _clap_dynamic_completer_orgerr \"$@\"\nelse\n    \
         compdef _clap_dynamic_completer_orgerr orgerr\nfi\n",
    )
}

/// Nushell cannot ask the tool: its script has the fixed values only.
fn nushell_script() -> String {
    let mut script = Vec::new();
    clap_complete::aot::generate(Nushell, &mut cli::definition(), NAME, &mut script);
    String::from_utf8(script).unwrap()
}
