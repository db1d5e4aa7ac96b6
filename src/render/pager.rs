//! Long output on a terminal goes through the user's pager, as that of git does.

use std::env;
use std::io::{self, IsTerminal as _, Write as _};
use std::process::{Command, Stdio};

/// The pager where the user has not set one.
const DEFAULT: &str = "less -FRX";
/// Shows text that is longer than the terminal in the pager. Returns whether it did: not
/// in a pipe, and not if the user wants no pager or has none.
pub fn page(text: &[u8]) -> bool {
    let stdout = io::stdout();
    let size = terminal_size::terminal_size_of(&stdout);
    let Some((_, height)) = size.filter(|_| stdout.is_terminal()) else {
        return false;
    };
    if text.split(|byte| *byte == b'\n').count() <= usize::from(height.0) {
        return false;
    }
    pager().is_some_and(|pager| run(&pager, text))
}

/// The pager to run: `ORGERR_PAGER`, else `PAGER`, else the default; none where it
/// is empty or `cat`, or where the terminal is dumb.
fn pager() -> Option<String> {
    if env::var_os("TERM").is_some_and(|term| term == "dumb") {
        return None;
    }
    let asked = env::var("ORGERR_PAGER").or_else(|_| env::var("PAGER"));
    let pager = asked.unwrap_or_else(|_| DEFAULT.to_owned());
    (!["", "cat"].contains(&pager.trim())).then_some(pager)
}

/// Runs the pager on the text; returns whether there is such a pager.
fn run(pager: &str, text: &[u8]) -> bool {
    let mut words = pager.split_whitespace();
    let mut command = Command::new(words.next().unwrap_or_default());
    if env::var_os("LESS").is_none() {
        // So that less shows colours, as git sets it.
        command.env("LESS", "FRX");
    }
    let Ok(mut child) = command.args(words).stdin(Stdio::piped()).spawn() else {
        return false;
    };
    if let Some(mut stdin) = child.stdin.take() {
        // Quitting a pager early closes the pipe, which is no error.
        let _ = stdin.write_all(text);
    }
    child.wait().is_ok()
}
