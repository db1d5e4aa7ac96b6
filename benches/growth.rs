//! Measures how the cost of `orgerr explain` grows with its input, beside `wc` and `rg` on the same
//! file in the same run: `cargo bench --bench growth`. Runs the shipped build, or the plain build
//! if no shipped one can be built.
//!
//! There are four kinds of log: with an error in each megabyte, with an error in each line, with no
//! error, and with no error and another service. In all but the last, `rg` has to look at the name
//! `organizations` in every line. Peak memory is the resident set that GNU `time` measures. The
//! logs are made in the target folder and removed afterwards.

mod support;

use std::fs;
use std::io;
use std::time::Duration;

use support::{FOLDER, Output, command, milliseconds, ratio, shipped_and_plain};

const MEGABYTE: usize = 1_000_000;
/// Megabytes, and the number of runs that a median is taken of.
const SIZES: [(usize, usize); 4] = [(1, 51), (10, 51), (100, 11), (1000, 5)];
const LOG: &str = "growth.log";
const EXPLAIN: [&str; 3] = ["explain", LOG, "--json"];

fn main() -> io::Result<()> {
    println!("medians of runs in turn; orgerr's time as a share of rg's and of wc's");
    for (kind, service, errors) in [
        ("an error in each megabyte", "organizations", Some(MEGABYTE)),
        ("an error in each line", "organizations", Some(1)),
        ("no error", "organizations", None),
        ("no error, of another service", "ecs", None),
    ] {
        println!(
            "\n{kind}\n{:>8} {:>6} {:>6} {:>10} {:>10} {:>10} {:>10} {:>8}",
            "input", "of rg", "of wc", "orgerr", "rg -oi", "wc -l", "orgerr", "peak"
        );
        for (megabytes, runs) in SIZES {
            let log = support::log_file(LOG, megabytes * MEGABYTE, service, errors)?;
            let row = row(megabytes, runs);
            fs::remove_file(&log)?;
            println!("{}", row?);
        }
    }
    Ok(())
}

/// The row of the table for a log of this size: times, throughput and peak memory.
fn row(megabytes: usize, runs: usize) -> io::Result<String> {
    let mut commands = [
        shipped_and_plain(&EXPLAIN).swap_remove(0),
        command("rg", &["-oi", r"organizations\.[0-9]+", LOG]),
        command("wc", &["-l", LOG]),
    ];
    for command in &mut commands {
        command.current_dir(FOLDER);
    }
    // Exit code 1 means that there is nothing to be found.
    let times = support::medians(runs, &mut commands, Output::Read, &[0, 1])?;
    let Some(explain) = times[0] else {
        return Err(io::Error::other("orgerr does not explain the log"));
    };
    let share = |time: Option<Duration>| {
        time.map_or("-".into(), |time| format!("{:.2}", ratio(explain, time)))
    };
    let time = |time: Option<Duration>| {
        time.map_or("-".into(), |time| format!("{:.2} ms", milliseconds(time)))
    };
    let (rg, wc) = (times[1], times[2]);
    #[allow(clippy::cast_precision_loss)] // a handful of digits
    let throughput = megabytes as f64 / explain.as_secs_f64();
    Ok(format!(
        "{:>8} {:>6} {:>6} {:>10} {:>10} {:>10} {:>10} {:>8}",
        format!("{megabytes} MB"),
        share(rg),
        share(wc),
        time(times[0]),
        time(rg),
        time(wc),
        format!("{throughput:.0} MB/s"),
        peak_memory()?
    ))
}

/// The most memory that `orgerr explain` held at once; `-` without GNU `time`.
fn peak_memory() -> io::Result<String> {
    let explain = shipped_and_plain(&EXPLAIN).swap_remove(0);
    let mut measured = command("time", &["--quiet", "--format=%M"]);
    measured.arg(explain.get_program()).args(EXPLAIN).current_dir(FOLDER);
    let measured = measured.output();
    let errors = match measured {
        Ok(output) => output.stderr,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok("-".into()),
        Err(error) => return Err(error),
    };
    let errors = String::from_utf8_lossy(&errors);
    let kibibytes = errors.lines().last().and_then(|line| line.parse().ok());
    Ok(kibibytes.map_or("-".into(), |kibibytes: f64| format!("{:.1} MB", kibibytes * 1024.0 / 1e6)))
}
