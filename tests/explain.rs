//! `orgerr explain`.

use crate::support::{TemporaryFile, orgerr, orgerr_reading};

#[test]
fn every_code_is_a_finding_with_its_count_and_first_place() {
    let log = "ok\nOrganizations.1305 organizations.1400\nOrganizations.1305\n";
    let findings = orgerr_reading("explain --json", log).succeeded().json();
    assert_eq!(findings.as_array().unwrap().len(), 2);
    let first = &findings[0];
    assert_eq!(first["code"], "Organizations.1305");
    assert_eq!(first["known"], true);
    assert_eq!(first["matched_by"], "code");
    assert_eq!(first["count"], 2);
    assert_eq!(first["first"]["source"], "-");
    assert_eq!(first["first"]["line"], 2);
    assert_eq!(first["status_differs"], false);
    assert_eq!(first["suggestions"], serde_json::json!([]));
    assert_eq!(first["entry"], orgerr("show 1305 --json").json()[0]);
    assert_eq!(findings[1]["code"], "Organizations.1400");
}

#[test]
fn an_unknown_code_is_a_finding() {
    for (filter, code) in [("--service org", 0), ("--service apig", 1), ("--retryable", 1)] {
        let run = orgerr_reading(&format!("explain {filter}"), "Organizations.9999");
        assert_eq!(run.code, code, "{filter}");
    }
    let run = orgerr_reading("explain --json", "Organizations.1350").succeeded();
    let finding = &run.json()[0];
    assert_eq!(finding["known"], false);
    assert_eq!(finding["entry"], serde_json::Value::Null);
    assert_eq!(finding["suggestions"].as_array().unwrap().len(), 3);
}

#[test]
fn an_unfinished_terminal_sequence_hides_no_code() {
    for open in
        ["\x1b]", "\x1b]0;a title ", "\x1bP", "\x1b_\x1b[31m", "\x1b[31\x1b[0m", "\x1b[31é "]
    {
        let log = format!("{open}\nfailed: {open}Organizations.1305 \x1b]{open}\x1b[0m\n{open}");
        for options in ["-o table", "--json", "-o plain", "--follow -o tsv"] {
            let run = orgerr_reading(&format!("explain {options}"), &log).succeeded();
            let found = run.stdout;
            assert!(found.contains("Organizations.1305"), "{log:?}: {found:?}");
            let is_control = |c: char| c.is_control() && !matches!(c, '\n' | '\t');
            assert!(!found.contains(is_control), "{log:?}: {found:?}");
        }
    }
}

#[test]
fn caveats_are_printed_in_a_pipe_too() {
    let response = "HTTP/1.1 409 Conflict\n\n{\"error_msg\":\"quota exceeded for account.\"}\n";
    for format in ["table", "plain", "markdown"] {
        let run = orgerr_reading(&format!("explain -o {format}"), response).succeeded();
        for caveat in ["recognised by its message", "409 Conflict, not the documented status"] {
            assert!(run.stdout.contains(caveat), "{format}: {}", run.stdout);
        }
    }
}

#[test]
fn a_message_is_counted_however_often_it_stands_there() {
    let own = r#"{"error_msg":"quota exceeded for account."}"#;
    let allows = |action| format!("Policy doesn't allow '{action}' to be performed.");
    let own = (0..600).map(|n| format!("{n} {own}\n{n} quota exceeded for accounts\n"));
    let of_others = (0..600).map(|n| format!("{n} {}\n", allows("os_compute_api:servers")));
    let lines: Vec<_> = own.chain(of_others).collect();
    let of_another = r#"{"error_code":"IAM.0011","error_msg":"quota exceeded for account."}"#;
    let log = lines.concat() + of_another + "\n" + &allows("organizations:accounts:create");
    let run = orgerr_reading("explain --json", &log);
    assert_eq!(run.all("code"), ["Organizations.1305", "Organizations.1007"]);
    assert_eq!(run.all("count"), ["600", "1"]);
}

#[test]
fn an_input_without_codes_finds_nothing() {
    let run = orgerr_reading("explain --json", "all is well\n");
    assert_eq!((run.stdout.as_str(), run.code), ("[]\n", 1));
    assert_eq!(run.stderr, "note: no error code in the input\n");
}

#[test]
fn explain_with_a_code_instead_of_a_file_suggests_show() {
    let run = orgerr("explain 1305");
    let note = "\nnote: to look up the error code Organizations.1305: orgerr show \
                Organizations.1305\n";
    assert!(run.stderr.starts_with("error: cannot read 1305: "));
    assert!(run.stderr.ends_with(note), "{}", run.stderr);
    assert_eq!((run.stdout.as_str(), run.code), ("", 2));
    let run = orgerr("explain no-such.log");
    assert!(!run.stderr.contains("note: "), "{}", run.stderr);
}

#[test]
fn unterminated_strings_hide_nothing_after_them() {
    let opening = |backslashes| format!("msg:{}\"", "\\".repeat(backslashes));
    let opened = (0..300).map(opening).collect::<Vec<_>>().concat();
    let known = r#"{"http_status":"409","request_id":"7f3c9a1e5b2d4086","error_code":"Organizations.1305","error_msg":"quota is gone"}"#;
    let run = orgerr_reading("explain --json", format!("{opened}\n{known}\n")).succeeded();
    let first = &run.json()[0]["first"];
    assert_eq!(first["http_status"], 409);
    assert_eq!(first["request_id"], "7f3c9a1e5b2d4086");
    assert_eq!(first["message"], "quota is gone");
}

#[test]
fn a_note_names_the_code_of_another_service() {
    let response = r#"{"error_code":"IAM.0011","error_msg":"denied"}"#;
    let run = orgerr_reading("explain --json", response);
    assert_eq!((run.stdout.as_str(), run.code), ("[]\n", 1));
    let note = "note: no error code of a known service in the input; for IAM.0011, add a \
                catalog of its service with --catalog\n";
    assert_eq!(run.stderr, note);
    let run = orgerr_reading("explain --json --quiet", response);
    assert_eq!((run.stderr.as_str(), run.code), ("", 1));

    let with_known = format!("{response}\nOrganizations.1305\n");
    let run = orgerr_reading("explain -o plain", &with_known);
    let note = "note: also found codes of other services: IAM.0011; to explain them, add their \
                catalogs with --catalog\n";
    assert_eq!((run.stderr.as_str(), run.code), (note, 0));

    let responses: String = [1, 2, 3, 4, 5, 6, 6]
        .map(|code| format!("{{\"error_code\":\"IAM.000{code}\"}}\n"))
        .concat();
    let note = "for IAM.0006 (2 times), IAM.0001, IAM.0002, IAM.0003, IAM.0004 and 1 more, add";
    orgerr_reading("explain", &responses).reports(note);
}

#[test]
fn an_unreadable_file_does_not_stop_the_others() {
    let file = TemporaryFile::new("api.log", "\nOrganizations.1100\n");
    let run = orgerr(&format!("explain missing.log {} tests --json", file.path()));
    assert_eq!(run.code, 2);
    let finding = &run.json()[0];
    assert_eq!(finding["first"]["source"], file.path());
    assert_eq!(finding["first"]["line"], 2);
    let (missing, folder) = if cfg!(windows) {
        ("missing.log: ", "access")
    } else {
        ("missing.log: No such file", "is a directory")
    };
    run.reports(missing);
    assert!(run.stderr.to_lowercase().contains(folder), "{}", run.stderr);
}

#[test]
fn status_or_message_select_one_of_several_entries() {
    for (input, status) in [
        ("HTTP/1.1 413 x\r\n\r\n{\"error_code\":\"APIGW.0201\"}", 413),
        ("{\"error_code\":\"APIG.0201\",\"error_msg\":\"Backend timeout.\"}", 504),
        ("{\"error_code\":\"APIG.0201\",\"error_msg\":\"Backend unavailable: x\"}", 502),
        ("[USE_ERROR]APIGW.0201: Backend timeout", 504),
        ("Backend unavailable. (APIGW.0201)", 502),
    ] {
        let run = orgerr_reading("explain --json", input).succeeded();
        let finding = &run.json()[0];
        assert_eq!(finding["code"], "APIGW.0201");
        assert_eq!(finding["entry"]["status"], status, "{input}");
    }
}

#[test]
fn a_note_says_that_a_repeated_code_has_other_entries() {
    let log = "APIGW.0201: Request entity too large.\nAPIGW.0201: Backend timeout.\n";
    let run = orgerr_reading("explain --json", log);
    assert_eq!(run.all("count"), ["2"]);
    assert_eq!(run.json()[0]["entry"]["status"], 413);
    assert_eq!(
        run.stderr,
        "note: APIGW.0201 has 7 entries; the one shown fits its first occurrence: \
         orgerr show APIGW.0201 prints all\n"
    );
}

#[test]
fn a_note_says_if_the_input_fits_several_entries() {
    for (input, code, status, entries) in [
        ("apigw.0201", "APIGW.0201", 400, 7),
        ("HTTP/1.1 404 x\n\n{\"error_code\":\"APIG.0101\"}", "APIGW.0101", 404, 2),
    ] {
        let run = orgerr_reading("explain --json", input);
        assert_eq!(run.json()[0]["entry"]["status"], status, "{input}");
        let note = format!(
            "note: {code} has {entries} entries, and the input does not show which it is; \
             the one shown is the first that fits: orgerr show {code} prints all\n"
        );
        assert_eq!(run.stderr, note, "{input}");
        assert_eq!(orgerr_reading("explain --json -q", input).stderr, "");
    }
}

#[test]
fn follow_notes_other_entries_once_per_code() {
    let log = "APIGW.0201 504\nAPIGW.0201 413\nOrganizations.1305\n";
    let run = orgerr_reading("explain --follow -o jsonl", log);
    assert_eq!(run.stdout.lines().count(), 2);
    assert_eq!(run.stderr.matches("has 7 entries").count(), 1, "{}", run.stderr);
    assert_eq!(run.stderr.lines().count(), 1, "{}", run.stderr);
}

#[test]
fn each_code_on_a_long_line_gets_its_own_values() {
    let error = |n| format!("Organizations.{n}000 request_id=of-number-{n} msg=no, status=409 ");
    let line: String = (1000..2000).map(error).collect();
    let findings = orgerr_reading("explain --json", line).succeeded().json();
    let findings = findings.as_array().unwrap();
    assert_eq!(findings.len(), 1000);
    for (n, finding) in (1000..).zip(findings) {
        assert_eq!(finding["code"], format!("Organizations.{n}000"));
        let first = &finding["first"];
        assert_eq!(first["request_id"], format!("of-number-{n}"));
        assert_eq!(first["message"], "no");
        assert_eq!(first["http_status"], 409);
    }
}

#[test]
fn annotations_are_escaped_as_github_says() {
    let log = "Organizations.1003\n\n100% Organizations.1305\nOrganizations.1350\n\
               {\"error_code\":\"Organizations.9999\",\"error_msg\":\"no such thing\",\"status\":410}";
    let file = TemporaryFile::new("50%,a:b.log", log);
    let run = orgerr(&format!("explain -o github {}", file.path())).succeeded();
    let place = file.path().replace('%', "%25").replace(',', "%2C").replace(':', "%3A");
    let expected = [
        "::warning file=PLACE,line=1,title=Organizations.1003 409 Conflict::Try again later.",
        "::error file=PLACE,line=3,title=Organizations.1305 400 Bad Request::\
         Check whether the number of accounts in the organization exceeds the maximum.",
        "::error file=PLACE,line=4,title=Organizations.1350 not documented::\
         Near codes: Organizations.1305: quota exceeded for account. \
         Organizations.1300: not found for account. Organizations.1310: This account cannot be \
         invited because its type is currently not supported.",
        "::error file=PLACE,line=5,title=Organizations.9999 not documented::\
         Message: no such thing; Received: 410 Gone",
    ];
    let expected = expected.map(|line| line.replace("PLACE", &place));
    assert_eq!(run.stdout.lines().collect::<Vec<_>>(), expected);

    // Standard input is no file, and only findings have a place.
    let run = orgerr_reading("explain -o github", log).succeeded();
    assert!(run.stdout.starts_with("::warning title="), "{}", run.stdout);
    let run = orgerr("list -o github");
    assert_eq!((run.stdout.as_str(), run.code), ("", 2));
    assert!(run.stderr.contains("works only with explain"), "{}", run.stderr);
}

#[test]
fn the_fix_is_that_of_the_cause_in_every_format() {
    let response = r#"{"error_code":"APIGW.0301","error_msg":"Incorrect IAM authentication information: decrypt token fail"}"#;
    let fix = "The token has expired, is cut off or comes from another environment: get a new one.";
    for options in ["-o plain", "-o tsv", "-o github", "-o markdown"] {
        for summary in ["", "--summary"] {
            let run = orgerr_reading(&format!("explain {options} {summary}"), response);
            assert!(run.succeeded().stdout.contains(fix), "{options} {summary}");
        }
    }
    let row = orgerr_reading("explain --summary --json", response).succeeded().json();
    assert_eq!(row[0]["solution"], fix);
    let sentence = "Error: error leaving the organization: Authentication failed\n";
    let all = orgerr_reading("explain --summary --json", sentence).succeeded().all("solution");
    assert!(all[0].starts_with("Organizations.1018: "), "{all:?}");
    let tsv = orgerr_reading("explain --summary -o tsv", sentence).succeeded().stdout;
    assert!(tsv.ends_with(&format!("\t{}\n", all[0])), "{tsv}");
}

#[test]
fn a_failure_that_only_codes_to_retry_can_be_is_a_warning() {
    let log = "Error: error leaving the organization: The service is currently unable to handle \
               the request due to a temporary overloading or maintenance. This is a temporary \
               condition. Try again later.\n";
    let run = orgerr_reading("explain -o github", log).succeeded();
    assert!(run.stdout.starts_with("::warning title=APIGW.0613"), "{}", run.stdout);
    let log = "Error: error leaving the organization: Authentication failed\n";
    let run = orgerr_reading("explain -o github", log).succeeded();
    assert!(run.stdout.starts_with("::error title=Organizations.1018"), "{}", run.stdout);
}

#[test]
fn a_summary_has_the_most_frequent_code_first() {
    let log = "Organizations.1400\n".to_owned()
        + &"Organizations.1305\n".repeat(20)
        + &"Organizations.1003\n".repeat(2);
    let run = orgerr_reading("explain --summary --json", &log).succeeded();
    assert_eq!(run.all("count"), ["20", "2", "1"]);
    assert_eq!(run.all("code"), ["Organizations.1305", "Organizations.1003", "Organizations.1400"]);
    let plain = orgerr_reading("explain --summary -o plain", &log).succeeded();
    let bars: Vec<_> = plain.stdout.lines().map(|line| line.matches('█').count()).collect();
    assert_eq!(bars, [10, 1, 1]);
    let annotations = orgerr_reading("explain --summary -o github", &log).succeeded();
    let counts = annotations.stdout.lines().filter_map(|line| line.split("::").nth(2));
    let counts: Vec<_> = counts.filter_map(|message| message.split(" Fix: ").next()).collect();
    assert_eq!(counts, ["Seen 20 times.", "Seen 2 times.", "Seen once."]);
    assert_eq!(orgerr("explain --summary --follow").code, 2);
}
