//! Many files, special files, and streams that end or break in the middle.

// Signals, FIFOs, `ulimit` and closed descriptors exist only on Unix.
#![cfg(unix)]

use std::fs::{self, File};
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::os::unix::fs::PermissionsExt as _;
use std::os::unix::process::ExitStatusExt as _;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use crate::support::{FORMATS, command, orgerr_args, orgerr_reading, run, start};

/// A folder that is deleted when dropped.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Self {
        let name = format!("{name}-{}", std::process::id());
        let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
        fs::create_dir_all(&path).expect("a folder for the test");
        Folder(path)
    }

    fn file(&self, name: &str, content: impl AsRef<[u8]>) -> PathBuf {
        let path = self.0.join(name);
        fs::write(&path, content).expect("a file for the test");
        path
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        // If this fails, the folder is still in the target folder.
        let _ = fs::remove_dir_all(&self.0);
    }
}

/// Runs a line of `sh` in which `"$0"` is the tool and `"$@"` are the arguments.
fn shell(line: &str, arguments: &[&str]) -> Command {
    let mut shell = Command::new("sh");
    shell.args(["-c", line, env!("CARGO_BIN_EXE_orgerr")]);
    shell.args(arguments);
    shell
}

#[test]
fn ten_thousand_files_are_opened_one_at_a_time() {
    let folder = Folder::new("many-files");
    let names: Vec<_> = (0..100).map(|number| format!("{number}.log")).collect();
    for name in &names {
        folder.file(name, format!("Organizations.1305 in {name}\n"));
    }
    folder.file("last.log", "\nOrganizations.1400\n");
    let mut arguments = vec!["explain", "--json"];
    arguments.extend(names.iter().map(String::as_str).cycle().take(9_999));
    arguments.push("last.log");
    let mut limited = shell("ulimit -n 64 && exec \"$0\" \"$@\"", &arguments);
    let run = run(limited.current_dir(&folder.0), b"").succeeded();
    assert_eq!(run.all("count"), ["9999", "1"]);
    let findings = run.json();
    assert_eq!(findings[0]["first"]["source"], "0.log");
    assert_eq!(findings[1]["first"]["source"], "last.log");
    assert_eq!(findings[1]["first"]["line"], 2);
}

#[test]
fn a_fifo_is_read_like_a_file() {
    let folder = Folder::new("fifo");
    let fifo = folder.0.join("log");
    let made = Command::new("mkfifo").arg(&fifo).status();
    assert!(made.expect("mkfifo starts").success());
    let name = fifo.to_str().unwrap();

    let to = fifo.clone();
    std::thread::spawn(move || fs::write(to, "one\nOrganizations.1305\n").unwrap());
    let run = orgerr_args(&["explain", "--json", name]).succeeded();
    assert_eq!(run.all("code"), ["Organizations.1305"]);
    assert_eq!(run.json()[0]["first"]["source"], name);

    // `--follow` prints a code while the FIFO is still open.
    let mut child = start(&mut command(&["explain", "--follow", "-o", "plain", name]));
    let mut writer = File::options().write(true).open(&fifo).unwrap();
    writer.write_all(b"Organizations.1400\n").unwrap();
    let mut printed = String::new();
    let mut stdout = BufReader::new(child.stdout.take().unwrap());
    stdout.read_line(&mut printed).unwrap();
    assert!(printed.starts_with("Organizations.1400 "), "{printed}");
    drop(writer);
    assert_eq!(child.wait().unwrap().code(), Some(0));
}

/// Changes a file while `--follow` reads it. Returns the number of findings and the last
/// code. Only the start of the file has been read when it changes, because its findings
/// fill the pipe of 64 KiB.
fn explained_while(name: &str, change: impl FnOnce(&Path)) -> (usize, String) {
    let folder = Folder::new(name);
    let message = "long ".repeat(400);
    let mut log = Vec::new();
    for number in 10_000..10_100 {
        let line = format!(r#"{{"error_code":"Organizations.{number}","error_msg":"{message}"}}"#);
        writeln!(log, "{line}").unwrap();
    }
    log.resize(4_000_000, b'\n');
    log.extend(b"Organizations.1305\n");
    let path = folder.file("app.log", log);

    let arguments = ["explain", "--follow", "-o", "jsonl", path.to_str().unwrap()];
    let mut child = start(&mut command(&arguments));
    let mut stdout = BufReader::new(child.stdout.take().unwrap());
    let mut printed = String::new();
    stdout.read_line(&mut printed).unwrap();
    assert!(printed.len() > 2000, "{printed}");
    change(&path);
    stdout.read_to_string(&mut printed).unwrap();
    let output = child.wait_with_output().unwrap();
    let stderr = String::from_utf8(output.stderr).unwrap();
    assert_eq!((output.status.code(), stderr.as_str()), (Some(0), ""));

    let findings = printed.lines().map(serde_json::from_str);
    let findings: Vec<serde_json::Value> = findings.map(Result::unwrap).collect();
    let last = findings.last().unwrap()["code"].as_str().unwrap();
    (findings.len(), last.to_owned())
}

#[test]
fn a_file_that_changes_is_read_to_its_new_end() {
    let (count, last) = explained_while("unchanged", |_| {});
    assert_eq!((count, last.as_str()), (101, "Organizations.1305"));
    let (count, last) = explained_while("grown", |log| {
        let mut log = File::options().append(true).open(log).unwrap();
        log.write_all(b"Organizations.1400\n").unwrap();
    });
    assert_eq!((count, last.as_str()), (102, "Organizations.1400"));
    let (count, last) = explained_while("truncated", |log| {
        let log = File::options().write(true).open(log).unwrap();
        log.set_len(0).unwrap();
    });
    // Up to where it was read.
    assert!(count < 100, "{count} findings");
    assert_eq!(last, format!("Organizations.{}", 9_999 + count));
    // After a rotation, the old file is read to its end.
    let (count, last) = explained_while("rotated", |log| {
        fs::rename(log, log.with_extension("log.1")).unwrap();
        fs::write(log, "Organizations.1400\n").unwrap();
    });
    assert_eq!((count, last.as_str()), (101, "Organizations.1305"));
}

/// `orgerr` without permission to read the file. As root this needs `setpriv`, because
/// root may read every file.
fn bound_by_permissions(unreadable: &Path) -> Option<Command> {
    let tool = env!("CARGO_BIN_EXE_orgerr");
    if File::open(unreadable).is_err() {
        return Some(Command::new(tool));
    }
    let bound = || {
        let mut setpriv = Command::new("setpriv");
        setpriv.arg("--bounding-set=-dac_override,-dac_read_search");
        setpriv
    };
    let works = bound().arg("true").output();
    works.is_ok_and(|run| run.status.success()).then(|| {
        let mut command = bound();
        command.arg(tool);
        command
    })
}

#[test]
fn a_file_without_permission_does_not_stop_the_others() {
    let folder = Folder::new("permission");
    let secret = folder.file("secret.log", "Organizations.1400\n");
    fs::set_permissions(&secret, fs::Permissions::from_mode(0o000)).unwrap();
    folder.file("app.log", "Organizations.1305\n");
    let Some(mut command) = bound_by_permissions(&secret) else {
        eprintln!("permissions do not bind the superuser, and setpriv cannot help");
        return;
    };
    command.args(["explain", "--json", "secret.log", "app.log"]);
    let run = run(command.current_dir(&folder.0), b"");
    assert_eq!(run.all("code"), ["Organizations.1305"]);
    let error = "error: cannot read secret.log: Permission denied (os error 13)\n";
    assert_eq!((run.stderr.as_str(), run.code), (error, 2));
}

#[test]
fn a_closed_stream_is_like_an_empty_one() {
    let run = |line: &str, arguments: &[&str]| run(&mut shell(line, arguments), b"");
    let without_input = run("\"$0\" \"$@\" <&-", &["explain", "--json"]);
    assert_eq!((without_input.stdout.as_str(), without_input.code), ("[]\n", 1));
    assert_eq!(without_input.stderr, "note: the input is empty\n");

    // The file that is read must not get the number of a closed stream.
    let folder = Folder::new("closed");
    let log = folder.file("app.log", "Organizations.1305 Organizations.9999\n");
    let name = log.to_str().unwrap();
    let without_output = run("\"$0\" \"$@\" >&-", &["explain", name]).succeeded();
    assert_eq!(without_output.stdout, "");
    let without_errors = run("\"$0\" \"$@\" 2>&-", &["show", "1305", "9999", "--json"]);
    assert_eq!(without_errors.all("code"), ["Organizations.1305"]);
    assert_eq!(without_errors.code, 1);
    let without_any = run("\"$0\" \"$@\" <&- >&- 2>&-", &["explain", name, "no-such"]);
    assert_eq!(without_any.code, 2);
    let left = fs::read_to_string(&log).unwrap();
    assert_eq!(left, "Organizations.1305 Organizations.9999\n");
}

#[cfg(target_os = "linux")]
#[test]
fn tee_explains_even_if_the_disk_is_full() {
    let mut tee = shell("exec \"$0\" explain --tee -o tsv >/dev/full", &[]);
    let run = run(&mut tee, b"Organizations.1305\nOrganizations.1400\n");
    let lines: Vec<_> = run.stderr.lines().collect();
    assert_eq!(lines.len(), 4, "{lines:?}");
    assert!(lines[2].starts_with("Organizations.1400\t"), "{lines:?}");
    let error = "error: cannot pass standard input on: No space left on device (os error 28)";
    assert_eq!((lines[3], run.code), (error, 2));
}

#[cfg(target_os = "linux")]
#[test]
fn tee_copies_the_whole_input_even_if_findings_cannot_be_written() {
    let input = b"Organizations.1305\nOrganizations.1400\n".repeat(100_000);
    let mut tee = shell("exec \"$0\" explain --tee --follow 2>/dev/full", &[]);
    let run = run(&mut tee, &input);
    assert!(run.stdout.as_bytes() == input, "{} bytes", run.stdout.len());
    assert_eq!(run.code, 2);
}

#[cfg(target_os = "linux")]
#[test]
fn a_json_array_is_closed_even_if_a_write_fails() {
    let mut tee = shell("exec \"$0\" explain --tee --follow --json >/dev/full", &[]);
    let run = run(&mut tee, b"Organizations.1305\nOrganizations.1400\n");
    let error = "error: cannot pass standard input on: No space left on device (os error 28)\n";
    let findings = run.stderr.strip_suffix(error).expect("the error, last");
    let findings: serde_json::Value = serde_json::from_str(findings).unwrap();
    assert_eq!(findings[1]["code"], "Organizations.1400");
    assert_eq!((run.stdout.as_str(), run.code), ("", 2));
}

#[test]
fn follow_ends_when_its_reader_leaves() {
    let mut child = start(&mut command(&["explain", "--follow", "-o", "plain"]));
    let mut stdin = child.stdin.take().unwrap();
    let mut stdout = BufReader::new(child.stdout.take().unwrap());
    stdin.write_all(b"Organizations.1305\n").unwrap();
    stdout.read_line(&mut String::new()).unwrap();
    drop(stdout);
    stdin.write_all(b"Organizations.1400\n").unwrap();
    // More input than a pipe holds, and still no end.
    let mut lines = std::iter::repeat_n(b"nothing\n".repeat(1000), 1000);
    let all_taken = lines.all(|lines| stdin.write_all(&lines).is_ok());
    assert!(!all_taken, "--follow goes on without a reader");
    let output = child.wait_with_output().unwrap();
    assert_eq!(String::from_utf8(output.stderr).unwrap(), "");
    assert_eq!(output.status.code(), Some(0));
}

#[test]
fn tee_copies_the_whole_input_even_if_nobody_reads_the_findings() {
    let (reader, writer) = std::io::pipe().unwrap();
    drop(reader);
    let mut tee = command(&["explain", "--tee", "--follow"]);
    tee.stdin(Stdio::piped()).stdout(Stdio::piped());
    let mut child = tee.stderr(writer).spawn().expect("the binary starts");
    let mut stdin = child.stdin.take().unwrap();
    let mut stdout = child.stdout.take().unwrap();
    for line in ["Organizations.1305\n", "Organizations.1400\n", "the end\n"] {
        stdin.write_all(line.as_bytes()).unwrap();
        let mut passed = vec![0; line.len()];
        stdout.read_exact(&mut passed).unwrap();
        assert_eq!(passed, line.as_bytes());
    }
    drop(stdin);
    assert_eq!(child.wait().unwrap().code(), Some(0));
}

fn interrupt(child: &Child) {
    let kill = Command::new("kill").args(["-INT", &child.id().to_string()]).status();
    assert!(kill.expect("kill starts").success());
}

/// Whether this process was started with SIGINT ignored, as shells start background jobs.
/// Its children then ignore it, too.
fn ignores_interrupts() -> bool {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let mask = status.lines().find_map(|line| line.strip_prefix("SigIgn:"));
    let mask = mask.map(|mask| u64::from_str_radix(mask.trim(), 16).expect("a mask"));
    let ignores = mask.is_some_and(|mask| mask & 0b10 != 0);
    if ignores {
        eprintln!("SIGINT is ignored here; nothing is tested");
    }
    ignores
}

#[test]
fn an_interrupted_follow_keeps_what_it_printed() {
    if ignores_interrupts() {
        return;
    }
    let log = "a Organizations.1305\nb Organizations.1400\n";
    for format in FORMATS {
        let ended = orgerr_reading(&format!("explain --follow -o {format}"), log);
        let ended = ended.succeeded().stdout;
        // The array is closed only at the end of the input.
        let expected = ended.strip_suffix("]\n").unwrap_or(&ended);

        let mut child = start(&mut command(&["explain", "--follow", "-o", format]));
        let mut stdin = child.stdin.take().unwrap();
        let mut stdout = child.stdout.take().unwrap();
        stdin.write_all(log.as_bytes()).unwrap();
        let mut printed = vec![0; expected.len()];
        stdout.read_exact(&mut printed).unwrap();
        stdin.write_all(b"c Organizations.10").unwrap();
        interrupt(&child);
        stdout.read_to_end(&mut printed).unwrap();
        assert_eq!(String::from_utf8(printed).unwrap(), expected, "{format}");
        let output = child.wait_with_output().unwrap();
        assert_eq!(output.status.signal(), Some(2), "{format}");
        assert!(output.stderr.is_empty(), "{format}");
    }
}

#[test]
fn follow_ends_with_its_input_if_interrupts_are_ignored() {
    // How a script gets a complete array.
    let line = "trap '' INT; exec \"$0\" explain --follow --json";
    let mut child = start(&mut shell(line, &[]));
    let mut stdin = child.stdin.take().unwrap();
    let mut stdout = BufReader::new(child.stdout.take().unwrap());
    let mut printed = String::new();
    stdin.write_all(b"Organizations.1305\n").unwrap();
    stdout.read_line(&mut printed).unwrap();
    interrupt(&child);
    stdin.write_all(b"Organizations.1400\n").unwrap();
    drop(stdin);
    stdout.read_to_string(&mut printed).unwrap();
    let findings: serde_json::Value = serde_json::from_str(&printed).unwrap();
    assert_eq!(findings[0]["code"], "Organizations.1305");
    assert_eq!(findings[1]["code"], "Organizations.1400");
    assert_eq!(child.wait().unwrap().code(), Some(0));
}
