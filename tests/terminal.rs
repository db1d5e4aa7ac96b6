//! What happens only on a terminal, which `script` provides. If it is not installed, these
//! tests are skipped unless `ORGERR_REQUIRE_SCRIPT` is set, as in CI.

#![cfg(target_os = "linux")]

use std::process::Command;

use crate::support::terminal_session::TerminalSession;
use crate::support::{self, colors::without_colors};

/// What a shell line prints on a terminal of 12 lines and 60 columns; none without
/// `script`.
fn on_terminal(line: &str, variables: &[(&str, &str)]) -> Option<String> {
    let line = line.replace("orgerr", env!("CARGO_BIN_EXE_orgerr"));
    let mut command = Command::new("script");
    command.args(["-qec", &format!("stty rows 12 cols 60; {line}"), "/dev/null"]);
    for name in ["NO_COLOR", "CLICOLOR", "CLICOLOR_FORCE", "COLUMNS", "PAGER", "LESS"] {
        command.env_remove(name);
    }
    for name in ["VTE_VERSION", "TERM_PROGRAM", "WT_SESSION", "KONSOLE_VERSION", "COLORTERM"] {
        command.env_remove(name);
    }
    command.env("TERM", "xterm").env("ORGERR_PAGER", "cat");
    command.envs(variables.iter().copied());
    let Ok(output) = command.output() else {
        support::skip("script is not installed", "ORGERR_REQUIRE_SCRIPT");
        return None;
    };
    let text = String::from_utf8(output.stdout).expect("a terminal receives text");
    assert!(!text.is_empty(), "nothing is on the screen");
    Some(text.replace("\r\n", "\n"))
}

#[test]
fn a_terminal_gets_colours_and_its_own_width() {
    let Some(screen) = on_terminal("orgerr show 1902", &[]) else {
        return;
    };
    assert!(screen.contains("\u{1b}["), "{screen:?}");
    let text = without_colors(&screen);
    assert!(text.starts_with("Organizations.1902  400 Bad Request\n  Meaning "), "{text}");
    // The address of the page is of use only as a whole.
    let mut lines = text.lines().filter(|line| !line.contains("https://"));
    assert!(lines.all(|line| line.chars().count() <= 60), "{text}");
}

#[test]
fn a_terminal_without_colour_gets_none() {
    for variable in [("NO_COLOR", "1"), ("CLICOLOR", "0"), ("TERM", "dumb")] {
        let Some(screen) = on_terminal("orgerr show 1902; orgerr show 9", &[variable]) else {
            return;
        };
        assert!(!screen.contains('\u{1b}'), "{variable:?}: {screen:?}");
        assert!(screen.contains("Organizations.1902"), "{screen:?}");
    }
    let both = [("NO_COLOR", "1"), ("CLICOLOR_FORCE", "1")];
    let screen = on_terminal("orgerr show 1902", &both).unwrap();
    assert!(screen.contains("\u{1b}["), "{screen:?}");
}

#[test]
fn each_stream_decides_on_colour_for_itself() {
    let Some(screen) = on_terminal("orgerr show 1902 9 | cat", &[]) else {
        return;
    };
    // Notes go to the terminal, results into the pipe.
    assert!(screen.contains("\u{1b}[1mnote:\u{1b}[0m"), "{screen:?}");
    assert!(screen.contains("Organizations.1902  400 Bad Request\n"), "{screen:?}");
}

#[test]
fn long_output_goes_through_the_pager() {
    let pager = ("ORGERR_PAGER", "sed s/^/paged:/");
    let Some(screen) = on_terminal("orgerr list", &[pager]) else {
        return;
    };
    assert!(screen.lines().all(|line| line.starts_with("paged:")), "{screen}");
    let user = [("ORGERR_PAGER", "sed s/^/mine:/"), ("PAGER", "false")];
    assert!(on_terminal("orgerr list", &user).unwrap().starts_with("mine:"));
    // Not for short output, not in a pipe, and not with `--no-pager`.
    for line in ["orgerr show 1003", "orgerr list | cat", "orgerr list --no-pager"] {
        assert!(!on_terminal(line, &[pager]).unwrap().contains("paged:"), "{line}");
    }
    for none in ["", "cat"] {
        let screen = on_terminal("orgerr list", &[("ORGERR_PAGER", none)]);
        assert!(screen.unwrap().contains("Organizations.2007"));
    }
    // A missing pager does not hide the output.
    let missing = [("ORGERR_PAGER", "no-such-pager 2>/dev/null")];
    assert!(on_terminal("orgerr list", &missing).unwrap().contains("Organizations.2007"));
}

#[test]
fn codes_are_links_where_the_terminal_knows_links() {
    let Some(screen) = on_terminal("orgerr show 1305", &[("VTE_VERSION", "7000")]) else {
        return;
    };
    let link = "\u{1b}]8;;https://support.huaweicloud.com/intl/en-us/api-organizations/ErrorCode.html\u{1b}\\";
    assert!(screen.starts_with(link), "{screen:?}");
    let plain = on_terminal("orgerr show 1305", &[]).unwrap();
    assert!(!plain.contains("]8;;"), "{plain:?}");
    let piped = on_terminal("orgerr show 1305 --color always | cat", &[("VTE_VERSION", "7000")]);
    assert!(!piped.unwrap().contains("]8;;"));
}

/// A shell line on a terminal, with the tool in place of `orgerr`; none without `script`.
fn session(line: &str) -> Option<TerminalSession> {
    let line = line.replace("orgerr", env!("CARGO_BIN_EXE_orgerr"));
    let session = TerminalSession::start(&format!("{line}; echo EN''DED"), |_| {});
    if session.is_none() {
        support::skip("script is not installed", "ORGERR_REQUIRE_SCRIPT");
    }
    session
}

#[test]
fn one_end_of_what_is_typed_is_enough() {
    let is_over = |screen: &str| screen.contains("ENDED");
    for (line, typed, announced) in [
        ("orgerr explain", "Organizations.1305", "reading a response or a log from"),
        ("orgerr explain -", "Organizations.1305", "reading a response or a log from"),
        ("orgerr show -", "1305", "reading error codes from standard input; end with Ctrl-D"),
        ("orgerr catalog import", "IAM.0011 403 None", "reading a documentation page from"),
        ("orgerr catalog check -", "[[entry]]", "reading a catalog from standard input"),
        ("orgerr list --catalog -", "[[entry]]", "reading a catalog from standard input"),
    ] {
        let Some(mut session) = session(line) else {
            return;
        };
        session.wait_until(line, |screen| screen.contains(announced));
        session.type_keys(&format!("{typed}\n\u{4}"));
        session.wait_until(line, is_over);
    }
    let Some(mut session) = session("orgerr explain --tee >/dev/null") else {
        return;
    };
    session.wait_until("--tee", |screen| screen.contains("reading"));
    session.type_keys("Organizations.1305\n\u{4}");
    session.wait_until("--tee", is_over);
    assert!(session.screen().contains("Maximum number of accounts"));
}

#[test]
fn without_arguments_a_terminal_gets_short_help() {
    let Some(session) = session("orgerr >/dev/null; echo exit $?") else {
        return;
    };
    session.wait_until("help", |screen| screen.contains("ENDED"));
    let screen = without_colors(&session.screen());
    assert!(screen.contains("Usage: orgerr"), "{screen}");
    assert!(screen.contains("exit 2"), "{screen}");
}

#[test]
fn a_long_reading_says_how_far_it_is_until_it_ends() {
    let Some(mut session) = session("(read line; echo $line) | orgerr explain") else {
        return;
    };
    let line = "reading <stdin>: 0 kB";
    session.wait_until(line, |screen| screen.contains(line));
    session.type_keys("Organizations.1305\n");
    session.wait_until("end", |screen| screen.contains("ENDED"));
    let screen = session.screen();
    let (_, after) = screen.rsplit_once("reading <stdin>: ").unwrap();
    assert!(after.contains("\r\u{1b}[K"), "{screen:?}");
    assert!(after.contains("Maximum number of accounts"), "{screen:?}");
}
