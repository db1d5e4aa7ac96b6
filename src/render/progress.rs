//! A line on a terminal that counts what was read so far. It shows no percentage, because nobody
//! knows how much there is to read.

use std::io::{self, Write as _};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{RecvTimeoutError, channel};
use std::thread;
use std::time::Duration;

use super::Output;
use crate::sanitize::sanitized;
use crate::truncate::truncated_to;

/// How long an input is read before the line appears.
const SILENCE: Duration = Duration::from_secs(3);
/// How often the line changes.
const INTERVAL: Duration = Duration::from_millis(200);
/// The most characters of the name that are shown.
const MAX_SHOWN_NAME: usize = 40;
/// Erases the line.
const ERASE: &str = "\r\x1b[K";

impl Output {
    /// Runs `read`, which reads the input `name` and raises `count`. On a terminal, a line shows
    /// the `count` of bytes; the line is erased at the end.
    pub(crate) fn with_progress<T>(
        &self,
        name: &str,
        count: &AtomicU64,
        read: impl FnOnce() -> T,
    ) -> T {
        if !self.notes.is_tty || self.options.quiet {
            return read();
        }
        let name = truncated_to(&sanitized(name), MAX_SHOWN_NAME).into_owned();
        // Nothing is sent: dropping the sender says that the reading has ended.
        let (reading, end) = channel::<()>();
        let show = move || {
            let mut wait = SILENCE;
            while end.recv_timeout(wait) == Err(RecvTimeoutError::Timeout) {
                wait = INTERVAL;
                let size = count.load(Ordering::Relaxed) / 1_000;
                let _ = write!(io::stderr(), "{ERASE}reading {name}: {size} kB");
            }
            // The line was shown.
            if wait == INTERVAL {
                let _ = write!(io::stderr(), "{ERASE}");
            }
        };
        thread::scope(|scope| {
            // Without the thread, only the line is missing.
            let _ = thread::Builder::new().spawn_scoped(scope, show);
            let read = read();
            drop(reading);
            read
        })
    }
}
