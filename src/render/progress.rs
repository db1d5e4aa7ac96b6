//! A line on a terminal that counts what was read so far. It shows no share, because how much there
//! is to read is not known.

use std::io::{self, Write as _};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{RecvTimeoutError, channel};
use std::thread;
use std::time::Duration;

use super::Output;
use crate::sanitize::sanitized;
use crate::truncate::truncated_to;

/// How long a reading is silent before a line shows how far it is.
const SILENCE: Duration = Duration::from_secs(3);
/// How often the line changes.
const INTERVAL: Duration = Duration::from_millis(200);
/// Characters of the name that is shown.
const MAX_SHOWN_NAME: usize = 40;
/// Erases the line.
const ERASE: &str = "\r\x1b[K";

impl Output {
    /// Reads `name`; on a terminal, a line shows the `count` of bytes, as `read` raises it, and is
    /// erased at the end.
    pub(crate) fn with_progress<T>(
        &self,
        name: &str,
        count: &AtomicU64,
        read: impl FnOnce() -> T,
    ) -> T {
        if !self.notes.is_watched || self.options.quiet {
            return read();
        }
        let name = truncated_to(&sanitized(name), MAX_SHOWN_NAME).into_owned();
        // Nothing is sent: that the sender is dropped says that the reading has ended.
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
