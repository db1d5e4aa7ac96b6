//! Counts with valgrind how many more instructions a command takes than an empty program:
//! `cargo bench --bench instructions`.
//!
//! The empty program is `fn main() {}` with the same release profile.

mod support;

use std::io;
use std::process::{Command, Stdio};

use support::shipped_and_plain;

/// Commands, each with the number of instructions that it may take.
const COMMANDS: [(&str, u64); 8] = [
    ("show Organizations.1305", SHOW),
    ("show Organizations.1305 --width 80", SHOW),
    ("show Organizations.1305 --json", SHOW),
    ("search handshake --json", 1_500_000),
    ("--help", 3 * SHOW),
    ("explain examples/response.json", 2 * SHOW),
    ("status 404", 2 * SHOW),
    // A hundred kilobytes of JSON.
    ("list --json", 5 * SHOW),
];
/// Instructions that looking up a code may take; most of them are clap's.
const SHOW: u64 = 1_000_000;
/// Instructions that completing a code may take.
const COMPLETE: u64 = 2 * SHOW;
/// The arguments that a shell passes at `orgerr show Organizations.13<Tab>`.
const COMPLETION: [&str; 4] = ["--", "orgerr", "show", "Organizations.13"];

fn main() -> io::Result<()> {
    if let Err(error) = Command::new("valgrind").arg("--version").output() {
        eprintln!("valgrind does not start: {error}");
        return Ok(());
    }
    let empty = support::empty_program()?;
    let floor = instructions(&Command::new(&empty))?;
    println!("{:41} {floor:>9}", "an empty program");
    for (line, bar) in COMMANDS {
        let words: Vec<_> = line.split(' ').collect();
        print_counts(line, shipped_and_plain(&words), floor, bar)?;
    }
    let mut commands = shipped_and_plain(&COMPLETION);
    for command in &mut commands {
        command.env("ORGERR_COMPLETE", "bash");
    }
    print_counts("show Organizations.13<Tab>", commands, floor, COMPLETE)
}

/// Prints the instructions of the plain build beyond the empty program, with their limit `bar`, and
/// all those of the shipped build, which may be fewer than the empty program's.
fn print_counts(line: &str, mut commands: Vec<Command>, floor: u64, bar: u64) -> io::Result<()> {
    let plain = commands.pop().expect("there is always a plain build");
    let over = instructions(&plain)?.saturating_sub(floor);
    let verdict = if over <= bar { "" } else { ": TOO MANY" };
    print!("orgerr {line:34} {over:>9} of at most {bar}{verdict}");
    match commands.pop() {
        Some(shipped) => println!(", shipped {} in all", instructions(&shipped)?),
        None => println!(),
    }
    Ok(())
}

/// The instructions that a command takes, as valgrind's callgrind counts them.
fn instructions(command: &Command) -> io::Result<u64> {
    let output = Command::new("valgrind")
        .args(["--tool=callgrind", "--callgrind-out-file=/dev/null"])
        .arg(command.get_program())
        .args(command.get_args())
        .envs(command.get_envs().filter_map(|(name, value)| Some((name, value?))))
        .env_remove("COLUMNS")
        .stdin(Stdio::null())
        .output()?;
    let printed = String::from_utf8_lossy(&output.stderr);
    let count = printed.lines().find_map(|line| line.split_once("Collected : "));
    let count = count.and_then(|(_, count)| count.trim().parse().ok());
    count.ok_or_else(|| io::Error::other(format!("valgrind counts nothing: {printed}")))
}
