//! A line on the terminal that shows how much of a long input has been read.

use std::io::{self, IsTerminal as _, Write as _};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{RecvTimeoutError, Sender, channel};
use std::thread::JoinHandle;
use std::time::Duration;

use crate::sanitize::escape;
use crate::truncate::truncated_to;

/// How long to wait before the line is shown.
const DELAY: Duration = Duration::from_secs(3);
/// How often the line is updated.
const INTERVAL: Duration = Duration::from_millis(200);
/// Characters of the name that is shown.
const MAX_NAME: usize = 40;
/// Erases the line.
const ERASE: &str = "\r\x1b[K";

/// Shows the progress until it is dropped.
pub struct Progress {
    end: Option<Sender<()>>,
    line: Option<JoinHandle<()>>,
}

impl Progress {
    /// Shows how many bytes of `name` have been read, if standard error is a terminal.
    pub fn show(name: &str, count: Arc<AtomicU64>) -> Option<Self> {
        if !io::stderr().is_terminal() {
            return None;
        }
        let name = truncated_to(&escape(name), MAX_NAME).into_owned();
        let (end, has_ended) = channel();
        let line = move || {
            let mut wait = DELAY;
            // A terminal that is gone needs no line.
            while has_ended.recv_timeout(wait) == Err(RecvTimeoutError::Timeout) {
                let size = size(count.load(Ordering::Relaxed));
                let _ = write!(io::stderr(), "{ERASE}reading {name}: {size}");
                wait = INTERVAL;
            }
            if wait == INTERVAL {
                let _ = write!(io::stderr(), "{ERASE}");
            }
        };
        let line = std::thread::Builder::new().spawn(line).ok();
        let end = Some(end);
        Some(Progress { end, line })
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        drop(self.end.take());
        if let Some(line) = self.line.take() {
            // It has nothing to report but a panic.
            let _ = line.join();
        }
    }
}

/// A number of bytes in the unit that people would use.
fn size(bytes: u64) -> String {
    match bytes {
        0..1_000 => format!("{bytes} bytes"),
        1_000..1_000_000 => format!("{} kB", bytes / 1_000),
        _ => format!("{} MB", bytes / 1_000_000),
    }
}
