//! Instructions that a command takes over an empty program, counted by valgrind:
//! `cargo bench --bench instructions`.
//!
//! The empty program is `fn main() {}` with the same release profile.

mod support;

use std::io;
use std::process::{Command, Stdio};

/// Commands and the instructions they may take; none where there is no bar.
const COMMANDS: [(&str, Option<u64>); 8] = [
    ("show Organizations.1305", Some(SHOW)),
    ("show Organizations.1305 --width 80", Some(SHOW)),
    ("show Organizations.1305 --json", Some(150_000)),
    ("search handshake --json", Some(1_500_000)),
    ("--help", Some(SHOW)),
    ("explain examples/response.json", None),
    ("status 404", None),
    ("list --json", None),
];
/// What looking a code up may take.
const SHOW: u64 = 250_000;
/// What a shell asks at `orgerr show Organizations.13<Tab>`.
const COMPLETION: [&str; 4] = ["--", "orgerr", "show", "Organizations.13"];

fn main() -> io::Result<()> {
    let empty = support::empty_program()?;
    let floor = instructions(&Command::new(&empty))?;
    println!("{:41} {floor:>9}", "an empty program");
    for (line, bar) in COMMANDS {
        let mut command = Command::new(env!("CARGO_BIN_EXE_orgerr"));
        command.args(line.split(' '));
        report(line, instructions(&command)?.saturating_sub(floor), bar);
    }
    let mut command = Command::new(env!("CARGO_BIN_EXE_orgerr"));
    command.args(COMPLETION);
    command.env("ORGERR_COMPLETE", "bash");
    command.env("_CLAP_COMPLETE_INDEX", "2");
    let over = instructions(&command)?.saturating_sub(floor);
    report("show Organizations.13<Tab>", over, Some(SHOW));
    Ok(())
}

fn report(line: &str, over: u64, bar: Option<u64>) {
    let bar = bar.map_or(String::new(), |bar| {
        format!(
            "of at most {bar}{}",
            if over <= bar { "" } else { ": TOO MANY" }
        )
    });
    println!("orgerr {line:34} {over:>9} {bar}");
}

/// The instructions that a command takes, as valgrind's callgrind counts them.
fn instructions(command: &Command) -> io::Result<u64> {
    let output = Command::new("valgrind")
        .args(["--tool=callgrind", "--callgrind-out-file=/dev/null"])
        .arg(command.get_program())
        .args(command.get_args())
        .envs(
            command
                .get_envs()
                .filter_map(|(name, value)| Some((name, value?))),
        )
        .env_remove("COLUMNS")
        .stdin(Stdio::null())
        .output()?;
    let report = String::from_utf8_lossy(&output.stderr);
    let count = report
        .lines()
        .find_map(|line| line.split_once("Collected : "));
    let count = count.and_then(|(_, count)| count.trim().parse().ok());
    count.ok_or_else(|| io::Error::other(format!("valgrind counts nothing: {report}")))
}
