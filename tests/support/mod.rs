//! Runs the real binary, so that a test case is one line.

pub(crate) mod colors;
pub(crate) mod invariants;
#[cfg(target_os = "linux")]
pub(crate) mod terminal_session;
pub(crate) mod unicode;

use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicUsize, Ordering};

use serde_json::Value;
use snapbox::assert::DEFAULT_ACTION_ENV;
use snapbox::data::DataFormat;
use snapbox::{Assert, Data, IntoData as _};

/// Every command.
pub(crate) const COMMANDS: [&str; 9] =
    ["show", "fix", "search", "list", "status", "explain", "catalog", "completions", "man"];

/// Every format; the last is for `explain` alone.
pub(crate) const FORMATS: [&str; 7] =
    ["table", "json", "jsonl", "tsv", "markdown", "plain", "github"];

/// A catalog of two services that are not embedded.
pub(crate) const TWO_SERVICES: &str = "tests/catalogs/two-services.toml";

/// What a run printed, and its exit code.
pub(crate) struct Run {
    pub stdout: String,
    /// What was printed on standard error, with each note and each error on one line.
    pub stderr: String,
    pub code: i32,
}

impl Run {
    /// Standard output as JSON.
    #[track_caller]
    pub(crate) fn json(&self) -> Value {
        serde_json::from_str(&self.stdout).unwrap_or_else(|e| panic!("{e}: {:?}", self.stdout))
    }

    /// The field `key` of every object in the JSON array on standard output.
    #[track_caller]
    pub(crate) fn all(&self, key: &str) -> Vec<String> {
        let objects = self.json();
        let objects = objects.as_array().expect("an array");
        let text = |value: &Value| value.as_str().map_or(value.to_string(), str::to_owned);
        objects.iter().map(|object| text(&object[key])).collect()
    }

    /// Asserts that the run found something and reported nothing.
    #[track_caller]
    pub(crate) fn succeeded(self) -> Self {
        let outcome = (self.code, self.stderr.as_str());
        assert_eq!(outcome, (0, ""), "{}", self.stdout);
        self
    }

    /// Asserts that the text is in a note or an error.
    #[track_caller]
    pub(crate) fn reports(&self, text: &str) {
        assert!(self.stderr.contains(text), "{text}: {}", self.stderr);
    }
}

/// Every entry, as `list --json` prints it.
#[track_caller]
pub(crate) fn all_entries() -> Vec<Value> {
    let entries = orgerr("list --json").succeeded().json();
    entries.as_array().expect("an array").clone()
}

/// The binary with its arguments, ready to run.
pub(crate) fn command(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_orgerr"));
    command.args(arguments);
    for name in ["NO_COLOR", "CLICOLOR", "CLICOLOR_FORCE", "COLUMNS"] {
        command.env_remove(name);
    }
    command.env("TERM", "xterm");
    command
}

/// Runs `orgerr` with the words of `line`, without standard input.
#[track_caller]
pub(crate) fn orgerr(line: &str) -> Run {
    orgerr_reading(line, "")
}

/// The codes that the line prints as JSON.
#[track_caller]
pub(crate) fn codes(line: &str) -> Vec<String> {
    orgerr(line).all("code")
}

/// Runs `orgerr` with arguments that may contain spaces.
#[track_caller]
pub(crate) fn orgerr_args(arguments: &[&str]) -> Run {
    run(&mut command(arguments), b"")
}

/// Runs `orgerr` with the words of `line` and `input` on standard input.
#[track_caller]
pub(crate) fn orgerr_reading(line: &str, input: impl AsRef<[u8]>) -> Run {
    let words: Vec<_> = line.split_whitespace().collect();
    run(&mut command(&words), input.as_ref())
}

/// Runs a command with `input` on standard input.
#[track_caller]
pub(crate) fn run(command: &mut Command, input: &[u8]) -> Run {
    let mut child = start(command);
    let mut stdin = child.stdin.take().expect("standard input is piped");
    let input = input.to_owned();
    // A command may ignore its input, and then the pipe breaks.
    let writer = std::thread::spawn(move || drop(stdin.write_all(&input)));
    let output = child.wait_with_output().expect("the binary ends");
    writer.join().expect("the writer does not panic");
    Run {
        stdout: String::from_utf8(output.stdout).expect("standard output is UTF-8"),
        stderr: unwrapped(&String::from_utf8(output.stderr).expect("standard error is UTF-8")),
        code: output.status.code().expect("the binary is not killed"),
    }
}

/// Notes and errors as they are before they are wrapped.
fn unwrapped(stderr: &str) -> String {
    let mut unwrapped = String::new();
    let mut in_note = false;
    for line in stderr.split_inclusive('\n') {
        let text = line.trim_start_matches(' ');
        let indent = line.len() - text.len();
        in_note = text.starts_with("note:") || text.starts_with("error:") || in_note && indent > 0;
        if in_note && indent >= 4 && unwrapped.ends_with('\n') {
            unwrapped.pop();
            unwrapped.push(' ');
            unwrapped.push_str(text);
        } else {
            unwrapped.push_str(line);
        }
    }
    unwrapped
}

/// A file that is deleted when dropped.
pub(crate) struct TemporaryFile(PathBuf);

impl TemporaryFile {
    /// Writes a new file whose name ends with `name`.
    pub(crate) fn new(name: &str, text: impl AsRef<[u8]>) -> Self {
        static FILES: AtomicUsize = AtomicUsize::new(0);
        let process = std::process::id();
        let number = FILES.fetch_add(1, Ordering::Relaxed);
        let path = std::env::temp_dir().join(format!("orgerr-{process}-{number}-{name}"));
        std::fs::write(&path, text).expect("a file for the test");
        TemporaryFile(path)
    }

    pub(crate) fn path(&self) -> &str {
        self.0.to_str().expect("a path that is UTF-8")
    }
}

impl Drop for TemporaryFile {
    fn drop(&mut self) {
        // The system cleans this folder up, too.
        let _ = std::fs::remove_file(&self.0);
    }
}

/// An empty folder that is deleted when dropped.
#[cfg(unix)]
pub(crate) struct TemporaryFolder(PathBuf);

#[cfg(unix)]
impl TemporaryFolder {
    /// Makes a new folder whose name ends with `name`, which is the test's own.
    pub(crate) fn new(name: &str) -> Self {
        let path = std::env::temp_dir().join(format!("orgerr-{}-{name}", std::process::id()));
        std::fs::create_dir(&path).expect("a folder for the test");
        TemporaryFolder(path)
    }

    pub(crate) fn path(&self) -> &Path {
        &self.0
    }
}

#[cfg(unix)]
impl Drop for TemporaryFolder {
    fn drop(&mut self) {
        // The system cleans this folder up, too.
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

/// All inputs in a folder and below. Beside each is its expectation, with the extension `ending`.
pub(crate) fn inputs(folder: &str, ending: &str) -> Vec<PathBuf> {
    let mut folders = vec![Path::new(env!("CARGO_MANIFEST_DIR")).join(folder)];
    let (mut inputs, mut expectations) = (Vec::new(), Vec::new());
    while let Some(folder) = folders.pop() {
        for file in folder.read_dir().expect("a folder of inputs") {
            let path = file.expect("a file of the folder").path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|of_file| of_file == ending) {
                expectations.push(path);
            } else {
                inputs.push(path);
            }
        }
    }
    let has_input = |path: &PathBuf| inputs.iter().any(|i| i.with_extension(ending) == *path);
    expectations.retain(|path| !has_input(path));
    assert!(expectations.is_empty(), "no input for {expectations:?}");
    inputs.sort();
    inputs
}

/// How a text differs from its file; `SNAPSHOTS=overwrite` writes the file instead.
pub(crate) fn differs_from_file(text: &str, path: &Path) -> Option<String> {
    let file = Data::read_from(path, Some(DataFormat::Text)).raw();
    let assert = Assert::new().action_env(DEFAULT_ACTION_ENV);
    let compared = assert.try_eq(None, text.into_data(), file);
    compared.err().map(|difference| difference.to_string())
}

/// Says that a test is skipped because something is `missing`; fails if the variable
/// `required` is set, as in CI.
#[cfg(unix)]
#[track_caller]
pub(crate) fn skip(missing: &str, required: &str) {
    assert!(std::env::var_os(required).is_none(), "{missing}");
    eprintln!("{missing}: skipped");
}

/// Starts the command with pipes to all its streams.
pub(crate) fn start(command: &mut Command) -> Child {
    command.stdin(Stdio::piped());
    command.stdout(Stdio::piped()).stderr(Stdio::piped());
    command.spawn().expect("the binary starts")
}
