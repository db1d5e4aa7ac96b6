//! Times whole runs with a catalog file of 100, 1,000 and 20,000 entries, beside `cat` on the file:
//! `cargo bench --bench catalogs`.
//!
//! The catalogs are made of random words, in the target folder.

mod support;

use std::fmt::Write as _;
use std::io;
use std::path::Path;

use support::{FOLDER, Output};

const SIZES: [usize; 3] = [100, 1_000, 20_000];
const RUNS: usize = 7;
const COMMANDS: [&str; 4] = [
    "catalog check FILE",
    "show Big.000050 --catalog FILE --json",
    "search handshake --catalog FILE --json",
    "explain examples/response.json --catalog FILE --json",
];

fn main() -> io::Result<()> {
    println!("medians of {RUNS} runs in turn, in milliseconds");
    println!(
        "{:>8} {:>8} {:>8} {:>8} {:>8} {:>8}",
        "entries", "cat", "check", "show", "search", "explain"
    );
    for size in SIZES {
        let path = Path::new(FOLDER).join(format!("catalog-{size}.toml"));
        std::fs::write(&path, catalog(size))?;
        let file = path.to_str().expect("the target folder is UTF-8");
        let mut commands = vec![support::command("cat", &[file])];
        commands.extend(COMMANDS.map(|line| {
            let words = line.split(' ');
            let words: Vec<_> = words.map(|w| if w == "FILE" { file } else { w }).collect();
            support::orgerr(&words)
        }));
        let mut row = format!("{size:>8}");
        for time in support::medians(RUNS, &mut commands, Output::Read, &[0])? {
            let time = time.map_or(f64::NAN, support::milliseconds);
            let _ = write!(row, " {time:>8.1}");
        }
        println!("{row}");
    }
    Ok(())
}

fn catalog(entries: usize) -> String {
    let mut random = Random(7);
    let words: Vec<String> = (0..4_000).map(|_| random.word()).collect();
    let mut text = |count: usize| -> String {
        let words: Vec<_> = (0..count).map(|_| &*words[random.below(words.len())]).collect();
        words.join(" ")
    };
    let mut toml = "[[service]]\nname = \"Big\"\ntitle = \"Big\"\nurl = \"https://big.example\"\n\
                    updated = \"2024-05-28\"\ncategories = [\"one\"]\n"
        .to_owned();
    for number in 0..entries {
        let (message, description, solution) = (text(8), text(10), text(12));
        let _ = write!(
            toml,
            "\n[[entry]]\ncode = \"Big.{number:06}\"\nstatus = 400\nmessage = \"{message}.\"\n\
             description = \"{description}.\"\nsolution = \"{solution}.\"\ncategory = \"one\"\n\
             action = \"fix-request\"\n"
        );
    }
    toml
}

/// Pseudorandom numbers, the same in every run.
struct Random(u64);

impl Random {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        usize::try_from(self.0 >> 33).expect("31 bits") % limit
    }

    fn word(&mut self) -> String {
        let length = 4 + self.below(6);
        (0..length).map(|_| char::from(b"etaoinshrdlucmfwypvbgkqjxz"[self.below(26)])).collect()
    }
}
