//! An interactive program on a pseudo-terminal, which util-linux's `script` provides.

use std::io::{Read as _, Write as _};
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::{Arc, Mutex};
use std::thread::sleep;
use std::time::{Duration, Instant};

/// How long `wait_until` waits before it fails.
const PATIENCE: Duration = Duration::from_secs(20);

/// A program that reads what is typed and writes to a screen.
pub(crate) struct TerminalSession {
    child: Child,
    keyboard: Option<ChildStdin>,
    screen: Arc<Mutex<Vec<u8>>>,
}

impl TerminalSession {
    /// Starts a shell line on a terminal of 100 columns. `None` if `script` is not installed.
    pub(crate) fn start(line: &str, configure: impl Fn(&mut Command)) -> Option<Self> {
        let mut command = Command::new("script");
        command.args(["-qec", &format!("stty rows 50 cols 100; {line}"), "/dev/null"]);
        command.env("TERM", "xterm").stdin(Stdio::piped());
        command.stdout(Stdio::piped()).stderr(Stdio::null());
        configure(&mut command);
        let mut child = command.spawn().ok()?;
        let mut output = child.stdout.take().expect("standard output is piped");
        let screen = Arc::new(Mutex::new(Vec::new()));
        let shown = Arc::clone(&screen);
        std::thread::spawn(move || {
            let mut block = [0; 4096];
            while let Ok(length @ 1..) = output.read(&mut block) {
                shown.lock().unwrap().extend(&block[..length]);
            }
        });
        Some(TerminalSession { keyboard: child.stdin.take(), child, screen })
    }

    /// Presses the keys.
    pub(crate) fn type_keys(&mut self, keys: &str) {
        let keyboard = self.keyboard.as_mut().expect("the session has not ended");
        keyboard.write_all(keys.as_bytes()).unwrap();
        keyboard.flush().unwrap();
    }

    /// All that was written to the screen so far.
    pub(crate) fn screen(&self) -> String {
        String::from_utf8_lossy(&self.screen.lock().unwrap()).into_owned()
    }

    /// Waits until `is_so` accepts the screen; `what` describes that if it takes too long.
    #[track_caller]
    pub(crate) fn wait_until(&self, what: &str, is_so: impl Fn(&str) -> bool) {
        let start = Instant::now();
        while !is_so(&self.screen()) {
            assert!(start.elapsed() < PATIENCE, "{what}: {:?}", self.screen());
            sleep(Duration::from_millis(10));
        }
    }
}

impl Drop for TerminalSession {
    fn drop(&mut self) {
        // Most programs end by themselves without a keyboard. The others are killed.
        drop(self.keyboard.take());
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
