//! Times whole runs of programs, so that a bench is mostly its list of commands.

// Each bench uses its own part of this.
#![allow(dead_code)]

use std::ffi::OsStr;
use std::fs::{self, File};
use std::io::{self, BufWriter, Read as _, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use orgerr::{Catalog, DEFAULT_SERVICE};

/// The folder for files that a bench makes.
pub const FOLDER: &str = env!("CARGO_TARGET_TMPDIR");

/// The program with the words of `arguments`, ready to run.
pub fn command(program: impl AsRef<OsStr>, arguments: &[&str]) -> Command {
    let mut command = Command::new(program);
    command.args(arguments);
    for name in ["COLUMNS", "ORGERR_CATALOG", "RIPGREP_CONFIG_PATH"] {
        command.env_remove(name);
    }
    command
}

/// `orgerr` with the words of `arguments`, ready to run.
pub fn orgerr(arguments: &[&str]) -> Command {
    command(env!("CARGO_BIN_EXE_orgerr"), arguments)
}

/// The path of `fn main() {}`, compiled as `orgerr` is: what starting and ending any
/// program takes.
///
/// # Errors
/// Where the program cannot be written or compiled.
pub fn empty_program() -> io::Result<PathBuf> {
    let program = Path::new(FOLDER).join("empty");
    let source = program.with_extension("rs");
    fs::write(&source, "fn main() {}")?;
    let profile = [
        "-Copt-level=z",
        "-Clto=fat",
        "-Ccodegen-units=1",
        "-Cpanic=abort",
        "-Cstrip=symbols",
    ];
    let compiled = Command::new("rustc")
        .args(profile)
        .args(["--edition=2024", "-o"])
        .args([&program, &source])
        .status()?;
    if compiled.success() {
        Ok(program)
    } else {
        Err(io::Error::other("rustc does not compile the empty program"))
    }
}

/// The median time of each command over `runs` rounds. In a round each is run once,
/// in the order given, so that what else the machine does meets all alike. None for
/// a command that is not installed or that ends with another exit code than `codes`,
/// of which a line on standard error tells.
///
/// # Errors
/// Where a command cannot be run for another reason.
pub fn medians(
    runs: usize,
    commands: &mut [Command],
    codes: &[i32],
) -> io::Result<Vec<Option<Duration>>> {
    // A first round, unmeasured, brings files into memory.
    let mut works = Vec::new();
    for command in &mut *commands {
        works.push(time(command, codes)?.is_some());
    }
    let mut times = vec![Vec::with_capacity(runs); commands.len()];
    for _ in 0..runs {
        let round = commands.iter_mut().zip(&mut times).zip(&works);
        for ((command, times), _) in round.filter(|(_, works)| **works) {
            times.extend(time(command, codes)?);
        }
    }
    Ok(times.into_iter().map(median).collect())
}

fn median(mut times: Vec<Duration>) -> Option<Duration> {
    times.sort();
    times.get(times.len() / 2).copied()
}

/// From the start of a command to its end, its output read through a pipe: with the
/// null device as output, `grep` would stop at the first match.
fn time(command: &mut Command, codes: &[i32]) -> io::Result<Option<Duration>> {
    let mut output = Vec::new();
    command
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::null());
    let start = Instant::now();
    let mut child = match command.spawn() {
        Ok(child) => child,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(error),
    };
    if let Some(mut stdout) = child.stdout.take() {
        stdout.read_to_end(&mut output)?;
    }
    let status = child.wait()?;
    let time = start.elapsed();
    if status.code().is_some_and(|code| codes.contains(&code)) {
        return Ok(Some(time));
    }
    eprintln!("{}: {status}", name(command));
    Ok(None)
}

/// Prints the median time of each command, and how much of it the first one takes.
///
/// # Errors
/// As [`medians`].
pub fn compare(runs: usize, commands: &mut [Command]) -> io::Result<()> {
    let times = medians(runs, commands, &[0])?;
    for (command, time) in commands.iter().zip(&times) {
        let name = name(command);
        match (times[0], time) {
            (Some(first), Some(time)) => println!(
                "{name:48} {:9.2} ms   orgerr takes {:.2} of it",
                milliseconds(*time),
                ratio(first, *time)
            ),
            (_, Some(time)) => println!("{name:48} {:9.2} ms", milliseconds(*time)),
            (_, None) => println!("{name:48} not installed"),
        }
    }
    Ok(())
}

/// The command as one would type it, without the program's folder.
fn name(command: &Command) -> String {
    let program = Path::new(command.get_program());
    let mut name = program.file_name().unwrap_or_default().to_owned();
    for argument in command.get_args() {
        name.push(" ");
        name.push(argument);
    }
    name.to_string_lossy().into_owned()
}

pub fn milliseconds(time: Duration) -> f64 {
    time.as_secs_f64() * 1000.0
}

pub fn ratio(time: Duration, other: Duration) -> f64 {
    time.as_secs_f64() / other.as_secs_f64()
}

/// The path of a new file `name` in the folder with a log as [`write_log`] makes it,
/// on the disk before anything is timed.
///
/// # Errors
/// Where the file cannot be written.
pub fn log_file(name: &str, bytes: usize, bytes_per_error: Option<usize>) -> io::Result<PathBuf> {
    let path = Path::new(FOLDER).join(name);
    let file = File::create(&path)?;
    write_log(BufWriter::new(&file), bytes, bytes_per_error)?;
    file.sync_all()?;
    Ok(path)
}

/// Writes a service's log of so many bytes and the rest of a line. Every line has
/// the word "organizations" twice; once in `bytes_per_error` bytes, at least a line,
/// one tells of an error, each documented code in turn.
///
/// # Errors
/// What `log` fails with.
pub fn write_log(
    mut log: impl Write,
    bytes: usize,
    bytes_per_error: Option<usize>,
) -> io::Result<()> {
    let entries = Catalog::embedded().entries();
    let codes = entries.filter(|entry| entry.service == DEFAULT_SERVICE);
    let mut codes = codes.map(|entry| &entry.code).cycle();
    let mut written = 0;
    let mut next_error = bytes_per_error.map(|_| 0);
    let mut line = 0_usize;
    while written < bytes {
        line += 1;
        let text = if next_error.is_some_and(|next| written >= next) {
            next_error = bytes_per_error.map(|bytes| written + bytes);
            let code = codes.next().expect("the catalog has entries");
            format!(
                "2026-11-24T10:00:00.000Z ERROR POST https://organizations.myhuaweicloud.com/v1/organizations \
                 400 {{\"error_code\":\"{code}\",\"request_id\":\"{line:032x}\"}}\n"
            )
        } else {
            format!(
                "2026-11-24T10:{:02}:{:02}.{:03}Z INFO GET https://organizations.myhuaweicloud.com/v1/organizations/\
                 accounts?limit={} 200 {}ms user=dev{}@example.com\n",
                line / 60 % 60,
                line % 60,
                line % 1000,
                line % 100,
                line % 900,
                line % 50
            )
        };
        log.write_all(text.as_bytes())?;
        written += text.len();
    }
    log.flush()
}
