//! `orgerr fix`.

use crate::support::orgerr;

#[test]
fn fix_is_the_code_the_solution_and_the_checks() {
    let run = orgerr("fix 1400 1003").succeeded();
    let expected = " Code               │ Fix
────────────────────┼─────────────────────────────────────────────
 Organizations.1400 │ Check whether the handshake is correct.
                    │ hcloud Organizations ListHandshakes
                    │ hcloud Organizations ListReceivedHandshakes
 Organizations.1003 │ Try again later.
";
    assert_eq!(run.stdout, expected);
}

#[test]
fn fix_distinguishes_the_entries_of_one_code() {
    let run = orgerr("fix 1305 APIGW.0101 --width 200").succeeded();
    let lines: Vec<_> = run.stdout.lines().collect();
    let cells = |line: &str| -> Vec<String> {
        let cells = line.split('│').map(|cell| cell.trim().to_owned());
        cells.collect()
    };
    assert_eq!(cells(lines[0]), ["Code", "Status", "Fix", "Message"]);
    let row = |code: &str, message: &str| {
        let mut rows = lines.iter().map(|line| cells(line));
        rows.any(|row| row.len() == 4 && row[0] == code && row[3] == message)
    };
    assert!(row("Organizations.1305", "quota exceeded for account."));
    assert!(row("APIGW.0101", "The API does not exist."));
    let plain = orgerr("fix APIGW.0101 -o plain").succeeded();
    let solutions = orgerr("fix APIGW.0101 --json").succeeded().all("solution");
    assert_eq!(plain.stdout.lines().collect::<Vec<_>>(), solutions);
    // One entry needs no more than its code.
    let single = orgerr("fix APIGW.0301").succeeded();
    assert!(single.stdout.starts_with(" Code       │ Fix\n"), "{}", single.stdout);
}

#[test]
fn plain_fix_is_the_bare_sentence() {
    let run = orgerr("fix 1400 1003 -o plain").succeeded();
    assert_eq!(run.stdout, "Check whether the handshake is correct.\nTry again later.\n");
}

#[test]
fn fix_prints_whole_entries_as_json() {
    let fix = orgerr("fix 1902 --json").succeeded();
    assert_eq!(fix.json(), orgerr("show 1902 --json").json());
}

#[test]
fn a_code_of_another_service_is_suggested_with_the_same_command() {
    for command in ["show", "fix"] {
        let run = orgerr(&format!("{command} 0301"));
        run.reports(&format!("APIGW.0301 is: orgerr {command} APIGW.0301\n"));
    }
}
