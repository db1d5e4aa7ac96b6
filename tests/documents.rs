//! Every `console` block of the documents shows what the tool prints at a width of 80
//! columns, every link within them leads somewhere, and the table of places in CONTRIBUTING names
//! what is there. To accept a change of output:
//! `SNAPSHOTS=overwrite cargo test --test integration documents`.

use std::fs;
use std::path::Path;

use snapbox::{Data, assert_data_eq};

const ROOT: &str = env!("CARGO_MANIFEST_DIR");

fn read(document: &str) -> String {
    fs::read_to_string(format!("{ROOT}/{document}")).unwrap()
}

/// What a shell prints for a line of a document.
#[cfg(unix)]
fn printed(line: &str) -> String {
    let mut line = line.to_owned();
    if line.starts_with("orgerr status") {
        // In a pipe it would print lines.
        line += " -o table";
    }
    let folder = Path::new(env!("CARGO_BIN_EXE_orgerr")).parent().unwrap();
    let path = format!("{}:{}", folder.display(), std::env::var("PATH").unwrap());
    let output = std::process::Command::new("sh")
        .args(["-c", &line])
        .current_dir(ROOT)
        .envs([("PATH", path.as_str()), ("COLUMNS", "80")])
        .env_remove("CLICOLOR_FORCE")
        .output()
        .expect("sh starts");
    String::from_utf8(output.stdout).unwrap() + &String::from_utf8(output.stderr).unwrap()
}

#[cfg(unix)]
#[test]
fn documents_show_what_the_tool_prints() {
    for document in ["README.md", "docs/guide.md"] {
        let mut real = String::new();
        let mut in_console = false;
        let mut commands = 0;
        for line in read(document).lines() {
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
        assert_ne!(commands, 0, "{document}");
        let path = format!("{ROOT}/{document}");
        assert_data_eq!(real, Data::read_from(path.as_ref(), None).raw());
    }
}

/// The anchor that a heading gets on a page.
fn anchor(heading: &str) -> String {
    let kept = |c: &char| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_');
    let text = heading.trim_start_matches('#').trim().to_lowercase();
    text.chars().filter(kept).collect::<String>().replace(' ', "-")
}

#[test]
fn links_of_the_documents_lead_somewhere() {
    for document in [
        "README.md",
        "docs/guide.md",
        "docs/speed.md",
        "CONTRIBUTING.md",
        "SECURITY.md",
        "CHANGELOG.md",
    ] {
        let text = read(document);
        let folder = Path::new(ROOT).join(document);
        let folder = folder.parent().expect("a folder");
        for link in text.split("](").skip(1) {
            let link = link.split(')').next().expect("a first part");
            if link.contains("://") {
                continue;
            }
            let (path, heading) = link.split_once('#').unwrap_or((link, ""));
            let target = match path {
                "" => Path::new(ROOT).join(document),
                path => folder.join(path),
            };
            assert!(target.exists(), "{document}: {link}");
            let headings = fs::read_to_string(&target).unwrap_or_default();
            let mut headings = headings.lines().filter(|line| line.starts_with('#'));
            let is_there = heading.is_empty() || headings.any(|line| anchor(line) == heading);
            assert!(is_there, "{document}: {link}");
        }
    }
}

#[test]
fn the_table_of_places_names_what_is_there() {
    let text = read("CONTRIBUTING.md");
    let (_, places) = text.split_once("| what | where |").expect("the table");
    for row in places.lines().filter(|line| line.starts_with('|')) {
        let (mut folder, mut names) = (Path::new(ROOT).to_owned(), Vec::<&str>::new());
        for name in row.split('`').skip(1).step_by(2) {
            let start = if name.contains('/') { Path::new(ROOT) } else { &folder };
            let path = start.join(name);
            if path.is_file() {
                let code = fs::read_to_string(&path).unwrap();
                let is_there = |name: &str| code.contains(name.rsplit("::").next().unwrap());
                names.retain(|name| !is_there(name));
                folder = path.parent().expect("a folder").to_owned();
            } else if !path.is_dir() {
                names.push(name);
            } else if name.contains('/') {
                folder = path;
            }
        }
        assert!(names.is_empty(), "{names:?}: {row}");
    }
}
