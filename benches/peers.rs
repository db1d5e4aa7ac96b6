//! Times `orgerr` beside other tools that answer the same kind of question from their own data, in
//! one run: `cargo bench --bench peers`.
//!
//! Most are packages of Debian: `errno` of moreutils, `perror` of mariadb-client, `rg` of ripgrep.
//! `ruff` comes from `pip install ruff`, `tldr` from `cargo install tealdeer`. A tool that is not
//! installed is skipped.

mod support;

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::process::Command;

use support::{FOLDER, Output, command, shipped_and_plain};

const RUNS: usize = 301;
const CATALOG: &str = "catalog.toml";

fn main() -> io::Result<()> {
    let empty = support::empty_program()?;
    println!("medians of {RUNS} runs in turn");

    println!("\nlook up one code, output discarded");
    let start = [command(&empty, &[]), command("errno", &["ENOENT"]), command("perror", &["2"])];
    compare(&["show", "Organizations.1305"], start, Output::Discarded)?;

    println!("\nlook up one code, output read");
    compare(
        &["show", "Organizations.1305"],
        [
            command(&empty, &[]),
            command("errno", &["ENOENT"]),
            command("perror", &["2"]),
            command("grep", &["-A6", r"Organizations\.1305", CATALOG]),
            command("rg", &["-A6", r"Organizations\.1305", CATALOG]),
            tldr()?,
            command("ruff", &["rule", "E501"]),
            command(rustc(), &["--explain", "E0308"]),
        ],
        Output::Read,
    )?;

    println!("\nsearch for a word, output read");
    compare(
        &["search", "handshake"],
        [
            command(&empty, &[]),
            command("errno", &["-s", "file"]),
            command("grep", &["-i", "handshake", CATALOG]),
            command("rg", &["-i", "handshake", CATALOG]),
        ],
        Output::Read,
    )?;

    println!("\nhelp, and the codes that complete a line, output read");
    let mut complete = shipped_and_plain(&["--", "orgerr", "show", "Organizations.13"]);
    for command in &mut complete {
        command.env("ORGERR_COMPLETE", "bash");
    }
    let others = shipped_and_plain(&["--help"]).into_iter().chain(complete);
    compare(&["show", "Organizations.1305"], others, Output::Read)
}

/// Times the shipped and the plain build of `orgerr` with these arguments, beside other commands.
fn compare(
    arguments: &[&str],
    others: impl IntoIterator<Item = Command>,
    output: Output,
) -> io::Result<()> {
    let mut commands = shipped_and_plain(arguments);
    commands.extend(others);
    support::compare(RUNS, &mut commands, output)
}

/// The compiler itself: `rustc` may be a proxy that first looks for the compiler.
fn rustc() -> PathBuf {
    let output = Command::new("rustc").args(["--print", "sysroot"]).output();
    let sysroot = output.map(|output| String::from_utf8_lossy(&output.stdout).into_owned());
    let rustc = Path::new(sysroot.unwrap_or_default().trim()).join("bin/rustc");
    if rustc.exists() { rustc } else { "rustc".into() }
}

/// `tldr` of tealdeer with a cache of one page. More pages would take as long: a page is looked up
/// by the name of its file.
fn tldr() -> io::Result<Command> {
    const PAGE: &str = "# orgerr\n\n> What an error code means and how to fix it.\n\n\
                        - Tell of a code:\n\n`orgerr show {{code}}`\n\n\
                        - Just the fix:\n\n`orgerr fix {{code}}`\n\n\
                        - Search by words:\n\n`orgerr search {{words}}`\n\n\
                        - Explain the errors of a log:\n\n`orgerr explain {{file}}`\n";
    let folder = Path::new(FOLDER).join("tealdeer");
    let pages = folder.join("tldr-pages/pages.en/common");
    fs::create_dir_all(&pages)?;
    fs::write(pages.join("orgerr.md"), PAGE)?;
    let config = format!("[directories]\ncache_dir = '{}'\n", folder.display());
    fs::write(folder.join("config.toml"), config)?;
    let mut tldr = command("tldr", &["orgerr"]);
    tldr.env("TEALDEER_CONFIG_DIR", &folder);
    Ok(tldr)
}
