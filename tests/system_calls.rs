//! The promises of SECURITY.md: no network, no writes but to the output streams, no program
//! but the pager. Skipped where `strace` does not work, unless `ORGERR_REQUIRE_STRACE` is
//! set, as in CI.

#![cfg(target_os = "linux")]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::support;

const ORGERR: &str = env!("CARGO_BIN_EXE_orgerr");
/// Calls that name a file, use the network, start a process, or write.
const TRACED: &str = "trace=%file,%network,%process,write,writev,pwrite64,pwritev,\
    sendfile,splice,copy_file_range,ftruncate,memfd_create";
/// Those of them that change nothing.
const LOOKS: [&str; 13] = [
    "access",
    "exit",
    "exit_group",
    "faccessat",
    "faccessat2",
    "getcwd",
    "lstat",
    "newfstatat",
    "readlink",
    "readlinkat",
    "stat",
    "statfs",
    "statx",
];

/// Command lines and their exit codes.
const LINES: [(&str, i32); 26] = [
    ("", 0),
    ("--help", 0),
    ("--version", 0),
    ("unknown", 2),
    ("show 1305 9999 nonsense", 1),
    ("show -", 1),
    ("show 1305 --catalog tests/catalogs/two-services.toml", 0),
    ("show 1305 --catalog no-such-file", 2),
    ("show 1305 --color always", 0),
    ("fix 1305", 0),
    ("search handshake", 0),
    ("search hndshk -o markdown", 0),
    ("list", 0),
    ("list --json", 0),
    ("list -o tsv", 0),
    ("status", 0),
    ("status 4xx", 0),
    ("explain", 0),
    ("explain examples/response.json no-such-file", 2),
    ("explain --follow", 0),
    ("explain --tee", 0),
    ("completions bash", 0),
    ("man", 0),
    ("catalog check catalog.toml", 0),
    ("catalog import tests/catalogs/page.tsv", 0),
    ("catalog schema", 0),
];

#[test]
fn every_command_is_traced() {
    for command in support::COMMANDS {
        let is_of = |(line, _): &(&str, i32)| line.split(' ').next() == Some(command);
        assert!(LINES.iter().any(is_of), "{command}");
    }
}

/// A file for the calls of one run.
fn log(name: &str) -> PathBuf {
    Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("{name}.strace"))
}

/// Whether `strace` works here.
fn can_trace() -> bool {
    let run = Command::new("strace").args(["-o", "/dev/null", "true"]).output();
    let can = run.is_ok_and(|output| output.status.success());
    if !can {
        let missing = "strace is not installed, or may not trace";
        support::skip(missing, "ORGERR_REQUIRE_STRACE");
    }
    can
}

/// The calls in the log, without their process numbers.
fn calls(log: &Path) -> Vec<String> {
    let text = fs::read_to_string(log).expect("strace writes the log");
    let call = |line: &str| {
        let (process, call) = line.split_once(' ').expect("a process and a call");
        assert!(process.parse::<u32>().is_ok(), "{line}");
        call.trim_start().to_owned()
    };
    text.lines().map(call).collect()
}

/// Whether a call only looks, reads, or writes to an output stream.
fn is_promised(call: &str) -> bool {
    let (name, arguments) = call.split_once('(').unwrap_or((call, ""));
    match name {
        "open" | "openat" => arguments.contains("O_RDONLY"),
        "write" | "writev" => arguments.starts_with("1, ") || arguments.starts_with("2, "),
        name => LOOKS.contains(&name),
    }
}

/// Asserts that a run ends with the exit code, prints something, and makes no other calls
/// than promised.
fn assert_keeps_to_itself(line: &str, code: i32, completing: bool) {
    let names_file = |word: &&str| Path::new(word).extension().is_some();
    for file in line.split_whitespace().filter(names_file) {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(file);
        assert!(path.is_file(), "orgerr {line}: there is no {file}");
    }
    let log = log("commands");
    let mut command = Command::new("strace");
    command.args(["-f", "-qq", "-e", TRACED, "-e", "signal=none", "-o"]);
    command.arg(&log).arg(ORGERR).args(line.split_whitespace());
    command.current_dir(env!("CARGO_MANIFEST_DIR"));
    if completing {
        command.env("ORGERR_COMPLETE", "fish");
    }
    let run = support::run(&mut command, b"Organizations.1305 Organizations.9999\n");
    assert_eq!(run.code, code, "orgerr {line}: {}", run.stderr);

    let calls = calls(&log);
    let (start, rest) = calls.split_first().expect("the tool starts");
    assert!(start.starts_with("execve("), "{start}");
    let wrong: Vec<_> = rest.iter().filter(|call| !is_promised(call)).collect();
    assert!(wrong.is_empty(), "orgerr {line}: {wrong:#?}");
    let writes = |call: &String| call.starts_with("write");
    assert!(rest.iter().any(writes), "orgerr {line} says nothing");
}

#[test]
fn every_command_reads_files_and_writes_to_its_output_streams_only() {
    if !can_trace() {
        return;
    }
    for (line, code) in LINES {
        assert_keeps_to_itself(line, code, false);
    }
    assert_keeps_to_itself("-- orgerr show 13", 0, true);
}

#[test]
fn the_pager_is_the_only_program_that_is_started() {
    if !can_trace() {
        return;
    }
    let log = log("pager");
    let line = format!(
        "stty rows 12 cols 60; strace -f -qq -e {TRACED} -e signal=none -o '{}' '{ORGERR}' list",
        log.display()
    );
    let terminal = Command::new("script")
        .args(["-qec", &line, "/dev/null"])
        .env("TERM", "xterm")
        .env("ORGERR_PAGER", "head -n 2")
        .output();
    let Ok(terminal) = terminal else {
        support::skip("script is not installed", "ORGERR_REQUIRE_SCRIPT");
        return;
    };
    assert_eq!(terminal.status.code(), Some(0), "orgerr list, paged");
    let calls = calls(&log);
    let programs: Vec<_> = calls
        .iter()
        .filter(|call| {
            call.starts_with("execve(") && !call.ends_with("(No such file or directory)")
        })
        .map(|call| call.split_once('[').expect("arguments").1)
        .map(|arguments| arguments.split(']').next().unwrap_or_default().to_owned())
        .collect();
    let tool = programs.first().expect("the tool starts");
    assert!(tool.ends_with("\"list\""), "{programs:?}");
    assert_eq!(programs[1..], [r#""head", "-n", "2""#]);
    let network = ["socket(", "connect(", "bind(", "sendto("];
    let reached = |call: &&String| network.iter().any(|name| call.starts_with(name));
    assert_eq!(calls.iter().find(reached), None);
}
