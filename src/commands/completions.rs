//! `orgerr completions`.

use crate::cli::Shell;

/// The completion script of a shell. The script asks the tool for the values.
pub(super) fn script(shell: Shell) -> &'static str {
    match shell {
        Shell::Bash => include_str!("../../completions/orgerr.bash"),
        Shell::Zsh => include_str!("../../completions/_orgerr"),
        Shell::Fish => include_str!("../../completions/orgerr.fish"),
        Shell::Powershell => include_str!("../../completions/_orgerr.ps1"),
        Shell::Elvish => include_str!("../../completions/orgerr.elv"),
        Shell::Nushell => include_str!("../../completions/orgerr.nu"),
    }
}
