//! `orgerr completions`.

use clap_complete::env::Shells;
use clap_complete_nushell::Nushell;

use super::{Run, Session};
use crate::cli::{self, Completions, Shell};
use crate::complete::VARIABLE;
use crate::failure::{Exit, Failure};

const NAME: &str = "orgerr";

impl Run for Completions {
    fn run(self, session: &mut Session) -> Result<Exit, Failure> {
        let mut script = Vec::new();
        let shell = match self.shell {
            Shell::Bash => "bash",
            Shell::Zsh => "zsh",
            Shell::Fish => "fish",
            Shell::Powershell => "powershell",
            Shell::Elvish => "elvish",
            Shell::Nushell => {
                // Nushell cannot ask the tool: its script has the fixed values only.
                clap_complete::aot::generate(Nushell, &mut cli::definition(), NAME, &mut script);
                session.output.file(&script)?;
                return Ok(Exit::Found);
            }
        };
        let shells = Shells::builtins();
        let completer = shells
            .completer(shell)
            .expect("clap knows these five shells");
        completer
            .write_registration(VARIABLE, NAME, NAME, NAME, &mut script)
            .map_err(Failure::Write)?;
        let script = String::from_utf8_lossy(&script);
        let script = format!("{}\n", script.trim_end());
        session.output.file(autoloadable(&script).as_bytes())?;
        Ok(Exit::Found)
    }
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
