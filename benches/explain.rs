//! `orgerr explain` on a 600 MB log, in ratio to `rg` and `wc` on the same file in
//! the same run: `cargo bench --bench explain`.
//!
//! Every line of the log has the word "organizations" twice, and 600 lines have an
//! error. The log is made in the target folder and removed afterwards.

use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

const BYTES: usize = 600_000_000;
const ERRORS: usize = 600;
const RUNS: usize = 5;
const CODES: [&str; 6] = ["1305", "1400", "1007", "1001", "1600", "1103"];

fn main() -> io::Result<()> {
    let log = Path::new(env!("CARGO_TARGET_TMPDIR")).join("explain-bench.log");
    write_log(&log)?;
    let path = log.to_str().expect("the target folder is UTF-8");
    let commands: [&[&str]; 3] = [
        &[env!("CARGO_BIN_EXE_orgerr"), "explain", path, "--json"],
        &["rg", "-oi", r"organizations\.[0-9]+", path],
        &["wc", "-l", path],
    ];
    // Once unmeasured, so that the file is in memory for all.
    for command in commands {
        seconds(command);
    }
    let mut times = [const { Vec::new() }; 3];
    for _ in 0..RUNS {
        for (command, times) in commands.iter().zip(&mut times) {
            times.extend(seconds(command));
        }
    }
    fs::remove_file(&log)?;
    let [explain, rg, wc] = times.map(median);
    println!("medians of {RUNS} runs in turn, {} MB", BYTES / 1_000_000);
    report("orgerr explain", explain, explain);
    report("rg -oi", explain, rg);
    report("wc -l", explain, wc);
    Ok(())
}

fn write_log(path: &Path) -> io::Result<()> {
    let mut log = BufWriter::new(File::create(path)?);
    let mut written = 0;
    let mut errors = 0;
    let mut line = 0_usize;
    while written < BYTES {
        line += 1;
        let text = if written * ERRORS / BYTES > errors {
            errors += 1;
            let code = CODES[errors % CODES.len()];
            format!(
                "2026-11-24T10:00:00.000Z ERROR POST https://organizations.myhuaweicloud.com/v1/organizations \
                 400 {{\"error_code\":\"Organizations.{code}\",\"request_id\":\"{line:032x}\"}}\n"
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

/// The time that a command takes; none where it is not installed.
fn seconds(command: &[&str]) -> Option<Duration> {
    let start = Instant::now();
    let status = Command::new(command[0])
        .args(&command[1..])
        .stdout(Stdio::null())
        .status();
    status.ok().map(|_| start.elapsed())
}

fn median(mut times: Vec<Duration>) -> Option<f64> {
    times.sort();
    times.get(times.len() / 2).map(Duration::as_secs_f64)
}

fn report(name: &str, explain: Option<f64>, peer: Option<f64>) {
    match (explain, peer) {
        (Some(explain), Some(peer)) => {
            println!(
                "{name:16} {peer:7.3} s   orgerr takes {:.2} of it",
                explain / peer
            );
        }
        _ => println!("{name:16} not installed"),
    }
}
