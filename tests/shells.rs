//! The committed completion scripts in real shells. A shell that is not installed is
//! skipped unless `ORGERR_REQUIRE_SHELLS` is set, as in CI.

#![cfg(unix)]

use std::collections::HashSet;
use std::path::Path;
use std::process::Command;

use crate::support;

/// What the script prints in the shell, if it is installed.
fn printed(shell: &str, arguments: &[&str], script: &str) -> Option<String> {
    let folder = Path::new(env!("CARGO_BIN_EXE_orgerr")).parent().unwrap();
    let path = format!("{}:{}", folder.display(), std::env::var("PATH").unwrap());
    let output = Command::new(shell)
        .args(arguments)
        .arg(script)
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .env("PATH", path)
        .env(
            "HOME",
            Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/catalogs"),
        )
        .env("TERM", "xterm")
        .output();
    match output {
        Ok(output) => Some(String::from_utf8_lossy(&output.stdout).into_owned()),
        Err(error) => {
            let missing = format!("{shell} is not installed: {error}");
            support::skip(&missing, "ORGERR_REQUIRE_SHELLS");
            None
        }
    }
}

/// Lines, and some of what must be offered for each.
const OFFERS: [(&str, &[&str]); 15] = [
    (
        "orgerr show Organizations.13",
        &[
            "Organizations.1300",
            "Organizations.1305",
            "Organizations.1310",
        ],
    ),
    (
        "orgerr show organizations.220",
        &["organizations.2200", "organizations.2202"],
    ),
    ("orgerr show 13", &["1300", "1305", "1310"]),
    ("orgerr status 4", &["400", "401", "403", "404", "409"]),
    ("orgerr list --category po", &["policy"]),
    ("orgerr list --action re", &["reduce-usage", "retry"]),
    (
        "orgerr list --output ",
        &["table", "json", "jsonl", "tsv", "markdown", "plain"],
    ),
    ("orgerr explain Cargo.", &["Cargo.lock", "Cargo.toml"]),
    ("orgerr comp", &["completions"]),
    ("orgerr show APIG.03", &["APIG.0301", "APIG.0302"]),
    ("orgerr show APIGW.02", &["APIGW.0201", "APIGW.0202"]),
    ("orgerr list --output=js", &["json", "jsonl"]),
    (
        "orgerr show --catalog=tests/catalogs/two-services.toml IAM",
        &["IAM.011"],
    ),
    (
        "orgerr --catalog \"tests/catalogs/two-services.toml\" show IAM",
        &["IAM.011"],
    ),
    (
        "orgerr show --catalog ~/two-services.toml IAM",
        &["IAM.011"],
    ),
];

fn assert_offered(line: &str, offered: &[&str], expected: &[&str]) {
    // After `--option=`, bash completes the value, other shells the whole word.
    let offered: Vec<_> = offered
        .iter()
        .map(|name| name.strip_prefix("--output=").unwrap_or(name))
        .collect();
    for name in expected {
        assert!(offered.contains(name), "{name} for '{line}': {offered:?}");
    }
    let distinct: HashSet<_> = offered.iter().collect();
    assert_eq!(distinct.len(), offered.len(), "'{line}': {offered:?}");
    let (last, whole) = (line.rsplit([' ', '=']).next().unwrap(), offered.len() < 40);
    let begins = |name: &&str| name.to_lowercase().starts_with(&last.to_lowercase());
    assert!(whole && offered.iter().all(begins), "'{line}': {offered:?}");
}

#[test]
fn bash_completes() {
    for (line, expected) in OFFERS {
        let script = format!(
            r#"source completions/orgerr.bash
            line='{line}'; COMP_WORDS=(${{line//=/ = }}); [[ $line == *' ' ]] && COMP_WORDS+=('')
            COMP_CWORD=$((${{#COMP_WORDS[@]}} - 1)); COMP_TYPE=9
            function=$(complete -p orgerr | sed 's/.*-F \([^ ]*\).*/\1/')
            "$function" orgerr "${{COMP_WORDS[COMP_CWORD]}}" "${{COMP_WORDS[COMP_CWORD - 1]}}" 2>/dev/null
            printf '%s\n' "${{COMPREPLY[@]}}""#
        );
        let Some(offered) = printed("bash", &["--norc", "-c"], &script) else {
            return;
        };
        let offered: Vec<_> = offered.lines().map(str::trim).collect();
        assert_offered(line, &offered, expected);
    }
}

#[test]
fn fish_completes_with_descriptions() {
    for (line, expected) in OFFERS {
        let script = format!("source completions/orgerr.fish; complete -C '{line}'");
        let Some(offered) = printed("fish", &["--no-config", "-c"], &script) else {
            return;
        };
        let names: Vec<_> = offered
            .lines()
            .map(|line| line.split('\t').next().unwrap())
            .collect();
        assert_offered(line, &names, expected);
        if line.ends_with(".13") {
            assert!(
                offered.contains("Organizations.1305\tquota exceeded for account."),
                "{offered}"
            );
        }
    }
}

/// Types each line into one interactive zsh on a pseudo-terminal, then Tab twice, and
/// prints what the terminal shows once the words that follow the line are there, or after
/// five seconds.
const ZSH: &str = r#"zmodload zsh/zpty zsh/zselect
    zpty shell zsh -f -i
    ready() { zpty -w shell $'\x15'"print R''EADY"; zpty -r shell output '*READY*' }
    zpty -w shell 'PS1=; fpath=(completions $fpath); autoload -Uz compinit; compinit -u -D'
    zpty -w shell 'LISTMAX=0; stty columns 200 rows 100'
    while IFS= read -r line; do
        ready
        zpty -w -n shell "$line"$'\t\t'
        read -r words
        screen=
        for ((waited = 0; waited < 500; waited++)); do
            while zpty -r -t shell output; do screen+=$output; done
            missing=0
            for word in ${(s:|:)words}; do [[ $screen == *$word* ]] || missing=1; done
            ((missing)) || break
            zselect -t 1
        done
        print -rn -- "$screen"$'\x1e'
    done
    zpty -d shell"#;

#[test]
fn zsh_completes_with_descriptions() {
    let mut lines = String::new();
    let mut expected = Vec::new();
    for (line, names) in OFFERS {
        let mut names = names.to_vec();
        if line.ends_with(".13") {
            names.push("quota exceeded for account.");
        }
        lines.extend([line, "\n", &names.join("|"), "\n"]);
        expected.push((line, names));
    }
    let script = format!("{{ {ZSH} }} << 'END'\n{lines}END\n");
    let Some(screens) = printed("zsh", &["-f", "-c"], &script) else {
        return;
    };
    let screens: Vec<_> = screens.split_terminator('\u{1e}').collect();
    assert_eq!(screens.len(), expected.len(), "{screens:?}");
    for ((line, names), screen) in expected.into_iter().zip(screens) {
        for name in names {
            assert!(screen.contains(name), "{name} for '{line}': {screen:?}");
        }
    }
}
