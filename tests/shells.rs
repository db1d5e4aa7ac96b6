//! The committed completion scripts in real shells. A shell that is not installed is
//! skipped unless `ORGERR_REQUIRE_SHELLS` is set, as in CI.

#![cfg(unix)]

use std::collections::HashSet;
use std::fs;
use std::path::Path;
use std::process::Command;

#[cfg(target_os = "linux")]
use crate::support::terminal_session::TerminalSession;
use crate::support::{self, FORMATS, TWO_SERVICES, TemporaryFolder, command, run};

/// What the script prints in the shell, if it is installed.
fn printed(shell: &str, arguments: &[&str], script: &str) -> Option<String> {
    let folder = Path::new(env!("CARGO_BIN_EXE_orgerr")).parent().unwrap();
    let path = format!("{}:{}", folder.display(), std::env::var("PATH").unwrap());
    let output = Command::new(shell)
        .args(arguments)
        .arg(script)
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .env("PATH", path)
        .env("HOME", Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/catalogs"))
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
const OFFERS: [(&str, &[&str]); 21] = [
    ("orgerr 130", &["1300", "1305"]),
    (
        "orgerr show Organizations.13",
        &["Organizations.1300", "Organizations.1305", "Organizations.1310"],
    ),
    ("orgerr show organizations.220", &["organizations.2200", "organizations.2202"]),
    ("orgerr org-130", &["org-1300", "org-1305"]),
    ("orgerr show apig_03", &["apig_0301", "apig_0302"]),
    ("orgerr --su", &["--summary"]),
    ("orgerr list --category policy,t", &["policy,tag", "policy,trusted-service"]),
    ("orgerr show 13", &["1300", "1305", "1310"]),
    ("orgerr status 4", &["400", "401", "403", "404", "409"]),
    ("orgerr list --category po", &["policy"]),
    ("orgerr list --action re", &["reduce-usage", "retry"]),
    ("orgerr explain --output ", &FORMATS),
    ("orgerr help ca", &["catalog"]),
    ("orgerr explain Cargo.", &["Cargo.lock", "Cargo.toml"]),
    ("orgerr comp", &["completions"]),
    ("orgerr show APIG.03", &["APIG.0301", "APIG.0302"]),
    ("orgerr show APIGW.02", &["APIGW.0201", "APIGW.0202"]),
    ("orgerr list --output=js", &["json", "jsonl"]),
    ("orgerr show --catalog=tests/catalogs/two-services.toml IAM", &["IAM.011"]),
    ("orgerr --catalog \"tests/catalogs/two-services.toml\" show IAM", &["IAM.011"]),
    ("orgerr show --catalog ~/two-services.toml IAM", &["IAM.011"]),
];

fn assert_offered(line: &str, offered: &[&str], expected: &[&str]) {
    // After `--option=`, bash completes the value, other shells the whole word.
    let offered: Vec<_> =
        offered.iter().map(|name| name.strip_prefix("--output=").unwrap_or(name)).collect();
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
fn bash_completes_what_stands_before_the_cursor() {
    let script = r#"source completions/orgerr.bash
        COMP_WORDS=(orgerr show 1305); COMP_CWORD=2; COMP_TYPE=9
        _orgerr orgerr 13 show 2>/dev/null; printf '%s\n' "${COMPREPLY[@]}""#;
    if let Some(offered) = printed("bash", &["--norc", "-c"], script) {
        assert_offered("orgerr show 13", &offered.lines().collect::<Vec<_>>(), &["1300", "1305"]);
    }
}

#[test]
fn fish_completes_with_descriptions() {
    for (line, expected) in OFFERS {
        let script = format!("source completions/orgerr.fish; complete -C '{line}'");
        let Some(offered) = printed("fish", &["--no-config", "-c"], &script) else {
            return;
        };
        let names: Vec<_> = offered.lines().map(|line| line.split('\t').next().unwrap()).collect();
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

/// Names that a shell would take apart, or run, where they are not quoted.
const NAMES: [&str; 14] = [
    "a$(touch PWNED).log",
    "b`touch PWNED`.log",
    "c;touch PWNED",
    "d'e\"f.log",
    "e f  g.log",
    "g&touch PWNED&",
    "h|touch PWNED",
    "i\\j\\\\k.log",
    "l*?[m].log",
    "m!n#o%p^.log",
    "q{r,s}.log",
    "t~u=v:w.log",
    "x>PWNED",
    "ü $HOME.log",
];

/// Names that a terminal would act on, or hide.
const UNSAFE_NAMES: [&str; 5] =
    ["zz\u{1b}[2J.log", "zz\u{7}.log", "zz\n.log", "zz\u{202e}gol.log", "zz\u{200b}.log"];

/// An interactive shell whose home is a folder; none where it
/// is not installed.
#[cfg(target_os = "linux")]
fn interactive(shell: &str, home: &Path, bin: &Path) -> Option<TerminalSession> {
    let name = shell.split(' ').next().unwrap();
    printed(name, &["-c"], "")?;
    let session = TerminalSession::start(&format!("exec {shell}"), |command| {
        let path = std::env::var("PATH").unwrap();
        command.current_dir(env!("CARGO_MANIFEST_DIR"));
        command.env("PATH", format!("{}:{path}", bin.display()));
        command.env("HOME", home).env_remove("ZDOTDIR");
        command.env_remove("XDG_CONFIG_HOME").env_remove("XDG_DATA_HOME");
    });
    if session.is_none() {
        support::skip("script is not installed", "ORGERR_REQUIRE_SCRIPT");
    }
    session
}

/// Completes hostile names on a terminal, in an interactive shell that `setup` lets
/// complete with the committed script, and runs the completed lines.
#[cfg(target_os = "linux")]
#[track_caller]
fn completes_hostile_names(shell: &str, setup: &str) {
    let folder = TemporaryFolder::new(shell.split(' ').next().unwrap());
    let within = |name: &str| folder.path().join(name);
    for (number, name) in NAMES.iter().enumerate() {
        fs::write(within(name), format!("Organizations.{}", 7000 + number)).unwrap();
    }
    for name in UNSAFE_NAMES {
        fs::write(within(name), "").unwrap();
    }
    fs::write(within("zzz.log"), "Organizations.7777").unwrap();
    let own = fs::read_to_string(TWO_SERVICES).unwrap();
    let own = own.replace("\"addon\"", "\"zz$(touch PWNED)\"");
    fs::write(within("own.toml"), own).unwrap();
    // The tool itself is where no script may evaluate its path.
    let bin = within("yy $(touch PWNED)'\"`touch PWNED`");
    fs::create_dir(&bin).unwrap();
    std::os::unix::fs::symlink(env!("CARGO_BIN_EXE_orgerr"), bin.join("orgerr")).unwrap();

    let Some(mut session) = interactive(shell, folder.path(), &bin) else {
        return;
    };
    session.type_keys(&format!("{setup}; cd; echo LO''ADED\n"));
    session.wait_until(shell, |screen| screen.contains("LOADED"));

    let mut expected = Vec::new();
    for (number, name) in NAMES.iter().enumerate() {
        let first = name.chars().next().unwrap();
        for typed in [first.to_string(), format!("\"{first}"), format!("'{first}")] {
            expected.push((typed, format!("Organizations.{}", 7000 + number)));
        }
    }
    expected.push(("zz".to_owned(), "Organizations.7777".to_owned()));
    for (number, (typed, code)) in expected.iter().enumerate() {
        session.type_keys(&format!("orgerr explain {typed}\t -q -o plain >out-{number}\n"));
        let output = within(&format!("out-{number}"));
        let is_there =
            |_: &str| fs::read_to_string(&output).is_ok_and(|output| output.contains(code));
        session.wait_until(&format!("{shell}: {typed}"), is_there);
    }
    session.type_keys("orgerr list --catalog own.toml --category zz\t\necho EN''D\n");
    session.wait_until(shell, |screen| screen.contains("END"));
    assert!(!within("PWNED").exists(), "{}", session.screen());
}

#[cfg(target_os = "linux")]
#[test]
fn bash_runs_nothing_of_what_it_completes() {
    let setup = "source completions/orgerr.bash";
    completes_hostile_names("bash --norc --noprofile -i", setup);
}

#[cfg(target_os = "linux")]
#[test]
fn zsh_runs_nothing_of_what_it_completes() {
    let setup = "fpath=($PWD/completions $fpath); autoload -Uz compinit; compinit -u -D";
    completes_hostile_names("zsh -f -i", setup);
}

#[cfg(target_os = "linux")]
#[test]
fn fish_runs_nothing_of_what_it_completes() {
    completes_hostile_names("fish --no-config -i", "source completions/orgerr.fish");
}

#[cfg(target_os = "linux")]
#[test]
fn elvish_runs_nothing_of_what_it_completes() {
    // Takes the candidate from its menu, too, as the other shells do where there is one.
    let take = "{ edit:completion:smart-start; try { edit:completion:accept } catch { nop } }";
    let setup = "eval (slurp < completions/orgerr.elv); set edit:insert:binding[Tab] =";
    let setup = &format!("{setup} {take}");
    completes_hostile_names("elvish -norc", setup);
}

/// The README's lines for each shell make it complete, in a home where nothing is yet.
#[cfg(target_os = "linux")]
#[test]
fn the_install_lines_of_the_readme_work_in_an_empty_home() {
    let readme = fs::read_to_string("README.md").unwrap();
    let bin = Path::new(env!("CARGO_BIN_EXE_orgerr")).parent().unwrap();
    for shell in ["bash", "zsh", "fish"] {
        let lines = readme.split("```sh\n# bash\n").nth(1).unwrap();
        let lines = format!("# bash\n{}", lines.split("```").next().unwrap());
        let lines = lines.split(&format!("# {shell}\n")).nth(1).unwrap();
        let lines = lines.split("# ").next().unwrap();
        let folder = TemporaryFolder::new(&format!("home-of-{shell}"));
        let path = std::env::var("PATH").unwrap();
        let installed = Command::new("sh")
            .args(["-ec", lines])
            .env("PATH", format!("{}:{path}", bin.display()))
            .env("HOME", folder.path())
            .status();
        assert!(installed.unwrap().success(), "{lines}");
        let Some(mut session) = interactive(&format!("{shell} -i"), folder.path(), bin) else {
            continue;
        };
        session.type_keys("cd; echo LO''ADED\n");
        session.wait_until(shell, |screen| screen.contains("LOADED"));
        session.type_keys("orgerr list --category pol\t -q -o json >out\n");
        let is_there = |_: &str| {
            let output = fs::read_to_string(folder.path().join("out"));
            output.is_ok_and(|output| output.contains("\"policy\""))
        };
        session.wait_until(shell, is_there);
    }
}

#[test]
fn values_that_would_have_to_be_escaped_are_not_offered() {
    let folder = TemporaryFolder::new("unsafe-names");
    for name in UNSAFE_NAMES.iter().chain(&["zzz.log"]) {
        fs::write(folder.path().join(name), "").unwrap();
    }
    for shell in ["bash", "zsh", "fish", "powershell", "elvish", "nushell"] {
        for words in [&["explain", "zz"][..], &["list", "--catalog", ""], &["catalog", "check", ""]]
        {
            let words: Vec<_> = ["--", "orgerr"].iter().chain(words).copied().collect();
            let mut command = command(&words);
            command.current_dir(folder.path()).env("ORGERR_COMPLETE", shell);
            let answer = run(&mut command, b"").succeeded().stdout;
            assert_eq!(answer, "files\nzzz.log\n", "{shell}: {words:?}");
        }
    }
}
