//! `orgerr completions`.

use clap_complete::aot::{Bash, Elvish, Fish, PowerShell, Zsh, generate};
use clap_complete_nushell::Nushell;

use super::{Run, Session};
use crate::cli::{self, Completions, Shell};
use crate::failure::{Exit, Failure};

impl Run for Completions {
    fn run(self, session: &mut Session) -> Result<Exit, Failure> {
        let mut script = Vec::new();
        let mut definition = cli::definition();
        let (to, from) = (&mut script, &mut definition);
        match self.shell {
            Shell::Bash => generate(Bash, from, "orgerr", to),
            Shell::Zsh => generate(Zsh, from, "orgerr", to),
            Shell::Fish => generate(Fish, from, "orgerr", to),
            Shell::Powershell => generate(PowerShell, from, "orgerr", to),
            Shell::Elvish => generate(Elvish, from, "orgerr", to),
            Shell::Nushell => generate(Nushell, from, "orgerr", to),
        }
        session.output.file(&script)?;
        Ok(Exit::Found)
    }
}
