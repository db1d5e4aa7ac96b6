//! Every `console` block of the README shows what the tool prints at a width of 80
//! columns. To accept a change: `SNAPSHOTS=overwrite cargo test --test integration readme`.

#![cfg(unix)]

use std::fs;
use std::path::Path;
use std::process::Command;

use snapbox::{Data, assert_data_eq};

const README: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/README.md");

/// What a shell prints for a line of the README.
fn printed(line: &str) -> String {
    let mut line = line.replace("cargo run -q --release --", "orgerr");
    if line.starts_with("orgerr status") {
        // In a pipe it would print lines.
        line += " -o table";
    }
    let folder = Path::new(env!("CARGO_BIN_EXE_orgerr")).parent().unwrap();
    let path = format!("{}:{}", folder.display(), std::env::var("PATH").unwrap());
    let output = Command::new("sh")
        .args(["-c", &line])
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .envs([("PATH", path.as_str()), ("COLUMNS", "80")])
        .env_remove("CLICOLOR_FORCE")
        .output()
        .expect("sh starts");
    String::from_utf8(output.stdout).unwrap() + &String::from_utf8(output.stderr).unwrap()
}

#[test]
fn readme_shows_what_the_tool_prints() {
    let readme = fs::read_to_string(README).unwrap();
    let mut real = String::new();
    let mut in_console = false;
    let mut commands = 0;
    for line in readme.lines() {
        if line.starts_with("```") {
            in_console = line == "```console";
        }
        match line.strip_prefix("$ ").filter(|_| in_console) {
            Some(command) => {
                commands += 1;
                real.extend([line, "\n", &printed(command)]);
            }
            None if in_console && line != "```console" => {}
            None => real.extend([line, "\n"]),
        }
    }
    assert_ne!(commands, 0);
    assert_data_eq!(real, Data::read_from(README.as_ref(), None).raw());
}
