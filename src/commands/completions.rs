//! `orgerr completions`.

use super::{Run, Session};
use crate::cli::{Completions, Shell};
use crate::error::Error;
use crate::exit::Exit;

impl Run for Completions {
    fn run(self, session: &mut Session) -> Result<Exit, Error> {
        session.output.write_out(script(self.shell).as_bytes())?;
        Ok(Exit::Found)
    }
}

/// The completion script of a shell, made from the command line's definition by
/// `crate::generated_files`.
pub fn script(shell: Shell) -> &'static str {
    match shell {
        Shell::Bash => include_str!("../../completions/orgerr.bash"),
        Shell::Zsh => include_str!("../../completions/_orgerr"),
        Shell::Fish => include_str!("../../completions/orgerr.fish"),
        Shell::Powershell => include_str!("../../completions/_orgerr.ps1"),
        Shell::Elvish => include_str!("../../completions/orgerr.elv"),
        Shell::Nushell => include_str!("../../completions/orgerr.nu"),
    }
}
