//! Codes that are pasted with what stands around them.

use crate::support::{TemporaryFile, orgerr_args, orgerr_reading};

#[test]
fn a_code_may_be_pasted_with_what_stands_around_it() {
    for text in [
        "１３０５",
        "Organizations．1305",
        "1305;",
        "#1305",
        "code=1305",
        "error_code:1305",
        "\"error_code\": \"Organizations.1305\",",
        "1305!",
        "(1305)",
        "Organizations.1305:",
        "错误码：1305",
        "error code 1305",
    ] {
        for line in [&[text][..], &["show", text], &["search", text, "-n", "1"]] {
            let words = [line, &["--json", "-q"]].concat();
            let run = orgerr_args(&words).succeeded();
            assert_eq!(run.all("code"), ["Organizations.1305"], "{words:?}");
        }
        let piped = orgerr_reading("show - --json", text).succeeded();
        assert_eq!(piped.all("code"), ["Organizations.1305"], "{text}");
    }
    let both = ["Organizations.1305", "Organizations.1400"];
    for text in ["1305;1400", "1305；1400", "（1305、1400）", "code 1305, 1400"] {
        assert_eq!(orgerr_args(&["show", text, "--json"]).all("code"), both);
        assert_eq!(orgerr_args(&["search", text, "--json"]).all("code"), both);
        assert_eq!(orgerr_reading("show - --json", text).all("code"), both);
    }
    for prose in ["error budget", "1305 of 1400", "code review"] {
        let run = orgerr_args(&["fix", prose]);
        assert_eq!(run.code, 1, "{prose}");
    }
}

#[test]
fn of_a_pasted_text_only_the_codes_count() {
    let both = ["Organizations.1305", "Organizations.1400"];
    for (text, codes) in [
        ("Organizations.1305: quota exceeded for account.", &both[..1]),
        ("1305: quota exceeded, 10 of 10 accounts", &both[..1]),
        ("1305 quota exceeded", &both[..1]),
        (
            r#"{"error_msg":"quota exceeded for account.","error_code":"Organizations.1305"}"#,
            &both[..1],
        ),
        ("not found for handshake. (organizations.1400)", &both[1..]),
        ("Organizations.1305 comes before Organizations.1400", &both),
        ("Organizations.1305 or Organizations.1400", &both),
        ("Organizations.1305/Organizations.1400", &both),
        ("POST /v1/organizations/policies/p-7x2k9d/attach 409 Organizations.1305", &both[..1]),
        ("HTTP/1.1 409 Organizations.1305", &both[..1]),
        ("400 Bad Request: Organizations.1305", &both[..1]),
        ("Got Organizations.1305", &both[..1]),
        ("see Organizations.1400!", &both[1..]),
        ("failed with org-1305", &both[..1]),
        ("org.1305 failed", &both[..1]),
        ("ts=1,code=Organizations.1305 status=400", &both[..1]),
        ("policy,Organizations.1305,400", &both[..1]),
        ("Organizations.1400|handshake", &both[1..]),
        (r#"{"error_code":1305,"error_msg":"quota"}"#, &both[..1]),
        ("10:00:00 ERROR 12345 --- [main] o.e.App: organizations.1305: quota", &both[..1]),
        ("1305/1400", &both),
    ] {
        for words in [&["--json", text][..], &["show", "--json", text]] {
            let run = orgerr_args(words).succeeded();
            assert_eq!(run.all("code"), codes, "{words:?}");
            assert_eq!(run.stderr, "", "{words:?}");
        }
    }
    let unknown = orgerr_args(&["Organizations.1999: something new happened"]);
    assert_eq!((unknown.stdout.as_str(), unknown.code), ("", 1));
    unknown.reports("Organizations.1999 is not a documented error code");
    let status = orgerr_args(&["show", "404 not found for handshake."]);
    status.reports("to search for it: orgerr search 'not found for handshake.'");
}

#[test]
fn in_a_list_every_word_counts() {
    for (list, unknown) in [
        ("Organizations.1305 9999", "Organizations.9999 is not"),
        ("Organizations.1305, 9999", "Organizations.9999 is not"),
        ("org-1305 org-99", "Organizations.99 is not"),
        ("Organizations.1305, IAM.0011", "IAM.0011 is not"),
        ("org.1305 99xx", "no documented error code starts with Organizations.99\n"),
        ("Organizations.1305 and IAM.0011 failed", "IAM.0011 is not"),
    ] {
        let run = orgerr_args(&["show", "--json", list]);
        assert_eq!((run.all("code"), run.code), (vec!["Organizations.1305".into()], 1), "{list}");
        run.reports(unknown);
    }
}

#[test]
fn paths_and_addresses_are_no_codes() {
    for text in ["err/1400", "https://example.com/v1/organizations/1001 200"] {
        let run = orgerr_args(&["show", "--json", text]);
        assert_eq!((run.stdout.as_str(), run.code), ("[]\n", 1), "{text}");
    }
    let run = orgerr_args(&["[organizations] 1001 ms GET /v1/organizations"]);
    assert_eq!((run.stdout.as_str(), run.code), ("", 2));
    let file = TemporaryFile::new("log[Organizations.1305]", "");
    let run = orgerr_args(&["show", file.path()]);
    assert_eq!((run.stdout.as_str(), run.code), ("", 1));
    run.reports("to explain what it holds: orgerr explain");
}

#[test]
fn the_address_of_a_code_in_the_error_centre_is_read_as_the_code() {
    let log = orgerr_reading("explain --json", "Organizations.9999").succeeded();
    let address = &log.all("url")[0];
    let known = address.replace("9999", "1305");
    for line in [&["show", &known, "--json"][..], &[&known, "--json"]] {
        assert_eq!(orgerr_args(line).succeeded().all("code"), ["Organizations.1305"]);
    }
    let run = orgerr_args(&[address]);
    assert_eq!((run.stdout.as_str(), run.code), ("", 1));
    run.reports("note: Organizations.9999 is not a documented error code");
}
