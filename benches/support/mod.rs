//! Times whole runs of programs, so that a bench is little more than its list of commands.

// Each bench uses its own part of this.
#![allow(dead_code)]

use std::env::consts::ARCH;
use std::ffi::OsStr;
use std::fs::{self, File};
use std::io::{self, BufWriter, Read as _, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::LazyLock;
use std::time::{Duration, Instant};

use orgerr::{Catalog, DEFAULT_SERVICE};

/// The folder for files that a bench makes.
pub(crate) const FOLDER: &str = env!("CARGO_TARGET_TMPDIR");

/// The program with the words of `arguments`, ready to run.
pub(crate) fn command(program: impl AsRef<OsStr>, arguments: &[&str]) -> Command {
    let mut command = Command::new(program);
    command.args(arguments);
    for name in ["COLUMNS", "ORGERR_CATALOG", "RIPGREP_CONFIG_PATH"] {
        command.env_remove(name);
    }
    command
}

/// `orgerr` as plain `cargo build --release` makes it, with the words of `arguments`,
/// ready to run.
pub(crate) fn orgerr(arguments: &[&str]) -> Command {
    static INSTALLED: LazyLock<PathBuf> = LazyLock::new(|| {
        let built = Path::new(env!("CARGO_BIN_EXE_orgerr"));
        installed(built, "orgerr").expect("a program that was just built can be copied")
    });
    command(&*INSTALLED, arguments)
}

/// Two builds of `orgerr` with the words of `arguments`, ready to run: as it is shipped, and as
/// plain `cargo build --release` makes it. If no shipped build can be made, only the plain one.
pub(crate) fn shipped_and_plain(arguments: &[&str]) -> Vec<Command> {
    static SHIPPED: LazyLock<Option<PathBuf>> = LazyLock::new(shipped);
    let shipped = SHIPPED.iter().map(|path| command(path, arguments));
    shipped.chain([orgerr(arguments)]).collect()
}

/// Builds the program as the release workflow does, and returns its path. The program is linked
/// statically: for musl or, if that target is not installed, for glibc. The first time takes as
/// long as any release build.
fn shipped() -> Option<PathBuf> {
    let musl = format!("{ARCH}-unknown-linux-musl");
    let glibc = format!("{ARCH}-unknown-linux-gnu");
    let flags = format!("target.{glibc}.rustflags=['-Ctarget-feature=+crt-static']");
    let folder = Path::new(FOLDER).join("shipped");
    for (target, more) in [(&musl, vec![]), (&glibc, vec!["--config", &flags])] {
        let built = Command::new(env!("CARGO"))
            .args(["build", "--quiet", "--locked", "--release", "--target", target])
            .args(more)
            .arg("--target-dir")
            .arg(&folder)
            .status();
        let program = folder.join(target).join("release/orgerr");
        if built.is_ok_and(|status| status.success()) {
            let size = fs::metadata(&program).map_or(0, |file| file.len());
            println!("the shipped build is that for {target}, {size} bytes");
            return installed(&program, "orgerr-shipped").ok();
        }
    }
    eprintln!("no shipped build: neither 'rustup target add {musl}' nor glibc's archive is there");
    None
}

/// Copies a program as an installer does. A file that comes straight from the linker takes longer
/// to start, because the system keeps the file in memory in smaller pieces.
fn installed(program: &Path, name: &str) -> io::Result<PathBuf> {
    let folder = Path::new(FOLDER).join("installed");
    fs::create_dir_all(&folder)?;
    let copy = folder.join(name);
    // Does not write into an old file, whose pieces would stay.
    let _ = fs::remove_file(&copy);
    fs::copy(program, &copy)?;
    Ok(copy)
}

/// Compiles `fn main() {}`, installs the program like `orgerr` and returns its path. This is what
/// starting and ending any program takes.
///
/// # Errors
/// Where the program cannot be written or compiled.
pub(crate) fn empty_program() -> io::Result<PathBuf> {
    let program = Path::new(FOLDER).join("empty");
    let source = program.with_extension("rs");
    fs::write(&source, "fn main() {}")?;
    let profile =
        ["-Copt-level=z", "-Clto=fat", "-Ccodegen-units=1", "-Cpanic=abort", "-Cstrip=symbols"];
    let compiled = Command::new("rustc")
        .args(profile)
        .args(["--edition=2024", "-o"])
        .args([&program, &source])
        .status()?;
    if compiled.success() {
        installed(&program, "empty")
    } else {
        Err(io::Error::other("rustc does not compile the empty program"))
    }
}

/// Where the output of a command goes.
#[derive(Clone, Copy)]
pub(crate) enum Output {
    /// Through a pipe that is read to its end, as in a script.
    Read,
    /// To the null device; `grep` then stops at the first match.
    Discarded,
}

/// Returns the median time of each command over `runs` rounds. In each round every command runs
/// once, in a mixed order, so that the load of the machine and the caches that the last command
/// left affect all commands alike. `None` if a command is not installed, or if its exit code is not
/// in `codes`, which a line on standard error reports.
///
/// # Errors
/// Where a command cannot be run for another reason.
pub(crate) fn medians(
    runs: usize,
    commands: &mut [Command],
    output: Output,
    codes: &[i32],
) -> io::Result<Vec<Option<Duration>>> {
    // A first round, unmeasured, brings files into memory.
    let mut works = Vec::new();
    for command in &mut *commands {
        works.push(time(command, output, codes)?.is_some());
    }
    let mut times = vec![Vec::with_capacity(runs); commands.len()];
    let mut order: Vec<_> = (0..commands.len()).filter(|&number| works[number]).collect();
    let mut seed = 1;
    for _ in 0..runs {
        mix(&mut order, &mut seed);
        for &number in &order {
            times[number].extend(time(&mut commands[number], output, codes)?);
        }
    }
    Ok(times.into_iter().map(median).collect())
}

/// Shuffles the numbers with a generator of pseudorandom numbers.
fn mix(order: &mut [usize], seed: &mut u64) {
    for last in (1..order.len()).rev() {
        *seed = seed.wrapping_mul(0x5851_f42d_4c95_7f2d).wrapping_add(1);
        let high = (*seed >> 33) as usize; // 31 bits, which every usize holds
        order.swap(last, high % (last + 1));
    }
}

fn median(mut times: Vec<Duration>) -> Option<Duration> {
    times.sort();
    times.get(times.len() / 2).copied()
}

/// The time from the start of a command to its end, or `None` as in [`medians`].
fn time(command: &mut Command, output: Output, codes: &[i32]) -> io::Result<Option<Duration>> {
    let mut printed = Vec::new();
    let stdout = match output {
        Output::Read => Stdio::piped(),
        Output::Discarded => Stdio::null(),
    };
    command.stdin(Stdio::null()).stdout(stdout).stderr(Stdio::null());
    let start = Instant::now();
    let mut child = match command.spawn() {
        Ok(child) => child,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(error),
    };
    if let Some(mut stdout) = child.stdout.take() {
        stdout.read_to_end(&mut printed)?;
    }
    let status = child.wait()?;
    let time = start.elapsed();
    if status.code().is_some_and(|code| codes.contains(&code)) {
        return Ok(Some(time));
    }
    eprintln!("{}: {status}", name(command));
    Ok(None)
}

/// Prints the median time of each command, and how much of it the first command takes. That is
/// `orgerr`, the shipped build if there is one.
///
/// # Errors
/// As [`medians`].
pub(crate) fn compare(runs: usize, commands: &mut [Command], output: Output) -> io::Result<()> {
    let times = medians(runs, commands, output, &[0])?;
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

pub(crate) fn milliseconds(time: Duration) -> f64 {
    time.as_secs_f64() * 1000.0
}

pub(crate) fn ratio(time: Duration, other: Duration) -> f64 {
    time.as_secs_f64() / other.as_secs_f64()
}

/// Writes a log with [`write_log`] to the file `name` in the folder, and returns its path. The log
/// is on the disk before anything is timed.
///
/// # Errors
/// Where the file cannot be written.
pub(crate) fn log_file(
    name: &str,
    bytes: usize,
    service: &str,
    bytes_per_error: Option<usize>,
) -> io::Result<PathBuf> {
    let path = Path::new(FOLDER).join(name);
    let file = File::create(&path)?;
    write_log(BufWriter::new(&file), bytes, service, bytes_per_error)?;
    file.sync_all()?;
    Ok(path)
}

/// Writes a client's log of at least `bytes` bytes, which ends with a whole line. Every line has
/// the name of the service twice. Every `bytes_per_error` bytes, but at most once per line, a line
/// has an error of Organizations, with each code of the catalog in turn.
///
/// # Errors
/// What `log` fails with.
pub(crate) fn write_log(
    mut log: impl Write,
    bytes: usize,
    service: &str,
    bytes_per_error: Option<usize>,
) -> io::Result<()> {
    let entries = Catalog::embedded().entries().iter();
    let codes = entries.filter(|entry| entry.service() == DEFAULT_SERVICE);
    let mut codes = codes.map(orgerr::Entry::code).cycle();
    let mut written = 0;
    let mut next_error = bytes_per_error.map(|_| 0);
    let mut line = 0_usize;
    while written < bytes {
        line += 1;
        let text = if next_error.is_some_and(|next| written >= next) {
            next_error = bytes_per_error.map(|bytes| written + bytes);
            let code = codes.next().expect("the catalog has entries");
            format!(
                "2026-11-24T10:00:00.000Z ERROR POST https://{service}.myhuaweicloud.com/v1/{service} \
                 400 {{\"error_code\":\"{code}\",\"request_id\":\"{line:032x}\"}}\n"
            )
        } else {
            format!(
                "2026-11-24T10:{:02}:{:02}.{:03}Z INFO GET https://{service}.myhuaweicloud.com/v1/{service}/\
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
