//! Instructions that a command takes over an empty program, counted by valgrind:
//! `cargo bench --bench instructions`.
//!
//! The empty program is `fn main() {}` with the same release profile.

use std::io;
use std::path::Path;
use std::process::{Command, Stdio};

/// Commands and the instructions they may take; none where there is no bar.
const COMMANDS: [(&str, Option<u64>); 7] = [
    ("show Organizations.1305 --width 80", Some(250_000)),
    ("show Organizations.1305", Some(250_000)),
    ("show Organizations.1305 --json", Some(150_000)),
    ("search handshake --json", Some(1_500_000)),
    ("search organization --json", None),
    ("list --json", None),
    ("--help", Some(250_000)),
];

fn main() -> io::Result<()> {
    let empty = Path::new(env!("CARGO_TARGET_TMPDIR")).join("empty");
    let source = empty.with_extension("rs");
    std::fs::write(&source, "fn main() {}")?;
    let profile = [
        "-Copt-level=3",
        "-Clto=fat",
        "-Ccodegen-units=1",
        "-Cpanic=abort",
        "-Cstrip=symbols",
    ];
    let compiled = Command::new("rustc")
        .args(profile)
        .args(["--edition=2024", "-o"])
        .args([&empty, &source])
        .status()?;
    assert!(compiled.success(), "rustc compiles the empty program");
    let floor = instructions(&Command::new(&empty))?;
    println!("{:40} {floor:>10}", "an empty program");
    for (line, bar) in COMMANDS {
        let mut command = Command::new(env!("CARGO_BIN_EXE_orgerr"));
        command.args(line.split(' '));
        let over = instructions(&command)?.saturating_sub(floor);
        let bar = bar.map_or(String::new(), |bar| {
            format!("of {bar} {}", if over <= bar { "" } else { "TOO MANY" })
        });
        println!("orgerr {line:33} {over:>10} {bar}");
    }
    Ok(())
}

/// The instructions that a command takes, as valgrind's callgrind counts them.
fn instructions(command: &Command) -> io::Result<u64> {
    let output = Command::new("valgrind")
        .args(["--tool=callgrind", "--callgrind-out-file=/dev/null"])
        .arg(command.get_program())
        .args(command.get_args())
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
