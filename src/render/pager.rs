//! Sends long terminal output through the user's pager, as git does. `Output::print` decides what
//! is long.

use std::env;
use std::io::Write as _;
use std::process::{Command, Stdio};

/// The pager where the user has not set one.
const DEFAULT: &str = "less -FRX";

/// Shows a text in the pager. Returns whether it did: not if the user wants no pager or has
/// none.
pub(super) fn show(text: &[u8]) -> bool {
    let Some(pager) = pager() else {
        return false;
    };
    let mut words = pager.split_whitespace();
    let mut command = Command::new(words.next().unwrap_or_default());
    if env::var_os("LESS").is_none() {
        // As git does, so that less shows colours.
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

/// The pager to run: `ORGERR_PAGER`, else `PAGER`, else the default; `None` if that is empty or
/// `cat`, or if the terminal is dumb.
fn pager() -> Option<String> {
    if env::var_os("TERM").is_some_and(|term| term == "dumb") {
        return None;
    }
    let asked = env::var("ORGERR_PAGER").or_else(|_| env::var("PAGER"));
    let pager = asked.unwrap_or_else(|_| DEFAULT.to_owned());
    (!["", "cat"].contains(&pager.trim())).then_some(pager)
}
