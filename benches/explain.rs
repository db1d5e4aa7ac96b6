//! Times `orgerr explain` on a 600 MB log, beside `rg` and `wc` on the same file in the same run:
//! `cargo bench --bench explain`.
//!
//! Every line of the log has the word "organizations" twice, and 600 lines have an
//! error. The log is made in the target folder and removed afterwards.

mod support;

use std::fs;
use std::io;

use support::{FOLDER, Output, command, shipped_and_plain};

const BYTES: usize = 600_000_000;
const RUNS: usize = 11;
const LOG: &str = "explain.log";

fn main() -> io::Result<()> {
    let log = support::log_file(LOG, BYTES, "organizations", Some(1_000_000))?;
    let mut commands = shipped_and_plain(&["explain", LOG, "--json"]);
    commands.push(command("rg", &["-oi", r"organizations\.[0-9]+", LOG]));
    commands.push(command("wc", &["-l", LOG]));
    for command in &mut commands {
        command.current_dir(FOLDER);
    }
    println!("medians of {RUNS} runs in turn, {} MB", BYTES / 1_000_000);
    let compared = support::compare(RUNS, &mut commands, Output::Read);
    fs::remove_file(&log)?;
    compared
}
