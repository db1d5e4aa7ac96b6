//! The `orgerr` command: parse the command line, run it, exit.

mod cli;
mod commands;
mod error;
mod exit;
mod hidden;
mod input;
mod output_options;
mod render;
mod sanitize;
mod source;
#[path = "data/truncate.rs"]
mod truncate;
#[cfg(test)]
#[path = "../tests/unit/mod.rs"]
mod unit;

use std::ffi::OsString;
use std::process::ExitCode;

use crate::cli::{Cli, completion, usage_error};
use crate::commands::run;
use crate::error::Error;
use crate::exit::Exit;

#[cfg(target_env = "musl")]
#[global_allocator]
static ALLOCATOR: dlmalloc::GlobalDlmalloc = dlmalloc::GlobalDlmalloc;

fn main() -> ExitCode {
    let words: Vec<OsString> = std::env::args_os().collect();
    let read = || match Cli::read(&words) {
        Ok(cli) => run(cli, &words),
        Err(not_run) => usage_error::print(&not_run),
    };
    ExitCode::from(completion::answer(&words).unwrap_or_else(read) as u8)
}
