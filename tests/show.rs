//! `orgerr show`.

use crate::support::{orgerr, orgerr_args, orgerr_reading};

#[test]
fn codes_may_be_separated_by_commas() {
    let apart = orgerr("fix 1305 1400 1401 -o plain").succeeded().stdout;
    for line in ["fix 1305,1400,1401 -o plain", "fix ,1305,, 1400,1401, -o plain"] {
        assert_eq!(orgerr(line).succeeded().stdout, apart, "{line}");
    }
    let read = orgerr_reading("fix - -o plain", "1305,1400, 1401,\n").succeeded();
    assert_eq!(read.stdout, apart);
    let run = orgerr("fix ,,");
    assert_eq!((run.stdout.as_str(), run.code), ("", 1));
    assert!(run.stderr.starts_with("note: no error code is given\n"), "{}", run.stderr);
}

#[test]
fn json_is_the_entry() {
    let run = orgerr("show Organizations.1305 --json").succeeded();
    let expected = r#"[
  {
    "code": "Organizations.1305",
    "service": "Organizations",
    "status": 400,
    "message": "quota exceeded for account.",
    "description": "Maximum number of accounts in an organization exceeded.",
    "solution": "Check whether the number of accounts in the organization exceeds the maximum.",
    "category": "account",
    "action": "reduce-usage",
    "retryable": false,
    "check": [
      {
        "operation": "ListQuotas",
        "method": "GET",
        "path": "/v1/organizations/quotas",
        "command": "hcloud Organizations ListQuotas"
      },
      {
        "operation": "ListAccounts",
        "method": "GET",
        "path": "/v1/organizations/accounts",
        "command": "hcloud Organizations ListAccounts"
      }
    ],
    "causes": [],
    "wordings": [],
    "documented": true,
    "note": null,
    "url": "https://support.huaweicloud.com/intl/en-us/api-organizations/ErrorCode.html"
  }
]
"#;
    assert_eq!(run.stdout, expected);
}

#[test]
fn a_pipe_gets_the_cards_of_a_terminal() {
    let piped = orgerr("show 1305 1902").succeeded();
    assert_eq!(piped.stdout, orgerr("show 1305 1902 --width 80").stdout);
    assert!(piped.stdout.starts_with("Organizations.1305  400 Bad Request\n  Meaning "));
}

#[test]
fn the_page_is_on_the_card_of_one_code() {
    let page =
        "\n  Page\n  https://support.huaweicloud.com/intl/en-us/api-organizations/ErrorCode.html\n";
    assert!(orgerr("show 1305").stdout.ends_with(page));
    assert!(!orgerr("show 1305 1902").stdout.contains("https://"));
}

#[test]
fn codes_come_in_the_order_given_and_once() {
    let run = orgerr("show 1400 organizations.1305 (1400), \"ORGANIZATIONS.1001\" --json");
    let codes = ["Organizations.1400", "Organizations.1305", "Organizations.1001"];
    assert_eq!(run.succeeded().all("code"), codes);
}

#[test]
fn codes_are_read_from_standard_input() {
    let run = orgerr_reading("show 1001 - --json", "1305\n\tOrganizations.1400 , 1305\n");
    let codes = ["Organizations.1001", "Organizations.1305", "Organizations.1400"];
    assert_eq!(run.succeeded().all("code"), codes);
}

#[test]
fn codes_on_standard_input_may_be_in_utf16() {
    let utf16 = |order: fn(u16) -> [u8; 2]| -> Vec<u8> {
        "\u{feff}1305\r\n1400".encode_utf16().flat_map(order).collect()
    };
    for input in [utf16(u16::to_le_bytes), utf16(u16::to_be_bytes)] {
        let run = orgerr_reading("show - --json", input).succeeded();
        assert_eq!(run.all("code"), ["Organizations.1305", "Organizations.1400"]);
    }
}

#[test]
fn from_an_empty_standard_input_nothing_is_found() {
    let run = orgerr_reading("show - --json", " \n");
    assert_eq!((run.stdout.as_str(), run.code), ("[]\n", 1));
    assert_eq!(run.stderr, "note: no error code is given\n");
}

#[test]
fn an_unknown_code_suggests_near_ones_and_does_not_stop_the_others() {
    let run = orgerr("show 1350 1400 --json");
    assert_eq!(run.all("code"), ["Organizations.1400"]);
    assert_eq!(run.code, 1);
    assert_eq!(
        run.stderr,
        "note: Organizations.1350 is not a documented error code; near ones:\n  \
           Organizations.1305  quota exceeded for account.\n  \
           Organizations.1300  not found for account.\n  \
           Organizations.1310  This account cannot be invited because its type is currently not supported.\n"
    );
}

#[test]
fn a_code_may_be_written_in_many_ways() {
    for line in [
        "Organizations.1305",
        "1305",
        "organizations:1305",
        "Organizations-1305",
        "organizations_1305",
        "Organizations1305",
        "organisations.1305",
        "organization.1305",
        "org.1305",
        "organizations 1305",
    ] {
        let run = orgerr(&format!("show {line} --json")).succeeded();
        assert_eq!(run.all("code"), ["Organizations.1305"], "{line}");
    }
    let run = orgerr("show apig 0301 org 1001 1002 --json").succeeded();
    let codes = ["APIGW.0301", "Organizations.1001", "Organizations.1002"];
    assert_eq!(run.all("code"), codes);
}

#[test]
fn the_start_of_a_code_means_every_code_that_starts_so() {
    let run = orgerr("show 150x 1500 apigw.020* --json").succeeded();
    let codes = run.all("code");
    assert_eq!(codes[..2], ["Organizations.1500", "Organizations.1501"]);
    assert!(codes[2..].iter().all(|code| code.starts_with("APIGW.020")));
    assert_eq!(codes.iter().filter(|code| **code == "APIGW.0201").count(), 7);
    let run = orgerr("show 99xx");
    assert_eq!((run.stdout.as_str(), run.code), ("", 1));
    run.reports("note: no documented error code starts with Organizations.99\n");
}

#[test]
fn an_unknown_number_is_sent_where_it_is_known() {
    for (line, note) in [
        (
            "404",
            "note: Organizations.404 is not a documented error code; for the errors with an HTTP \
             status: orgerr status 404\n",
        ),
        (
            "4xx",
            "note: no documented error code starts with Organizations.4; for the errors with an \
             HTTP status: orgerr status 4xx\n",
        ),
        (
            "13",
            "note: Organizations.13 is not a documented error code; near ones:\n  \
             Organizations.1300  not found for account.\n  \
             Organizations.1301  not found for create account status.\n  \
             Organizations.1302  bad request for wrong source parent id.\n",
        ),
        (
            "130",
            "note: Organizations.130 is not a documented error code; near ones:\n  \
             Organizations.1300  not found for account.\n  \
             Organizations.1301  not found for create account status.\n  \
             Organizations.1302  bad request for wrong source parent id.\n",
        ),
        (
            "apig.030",
            "note: APIGW.030 is not a documented error code; near ones:\n  \
             APIGW.0301  Incorrect IAM authentication information.\n  \
             APIGW.0302  The IAM user is not authorized to access the API.\n  \
             APIGW.0303  Incorrect app authentication information.\n",
        ),
        (
            "0301",
            "note: Organizations.0301 is not a documented error code; APIGW.0301 is: orgerr show \
             APIGW.0301\n",
        ),
    ] {
        let run = orgerr(&format!("show {line}"));
        assert_eq!((run.stdout.as_str(), run.code), ("", 1), "{line}");
        assert_eq!(run.stderr, note, "{line}");
    }
}

#[test]
fn what_no_catalog_has_leads_to_what_may_be_meant() {
    for (line, note) in [
        (
            "show Orgnizations.1305",
            "note: Orgnizations.1305 is not a documented error code; Organizations.1305 is: orgerr \
             show Organizations.1305\n",
        ),
        (
            "show 13050",
            "note: Organizations.13050 is not a documented error code; near ones:\n  \
             Organizations.1305  quota exceeded for account.\n",
        ),
        (
            "show 13O5",
            "note: '13O5' is not an error code; near ones:\n  \
             Organizations.1305  quota exceeded for account.\n",
        ),
        (
            "show \"13O5\",",
            "note: '\"13O5\"' is not an error code; near ones:\n  \
             Organizations.1305  quota exceeded for account.\n",
        ),
        (
            "show IAM.0011",
            "note: IAM.0011 is not a documented error code; no catalog has its service: add one \
             with --catalog FILE\n",
        ),
        (
            "show RGC.1305",
            "note: RGC.1305 is not a documented error code; no catalog has its service: add one \
             with --catalog FILE\n",
        ),
        (
            "show examples/response.json",
            "note: 'examples/response.json' is not an error code; to explain what it holds: orgerr \
             explain examples/response.json\n",
        ),
        ("show 1305-1309", "note: '1305-1309' is not an error code\n"),
        (
            "show organizations",
            "note: 'organizations' is not an error code; for all its error codes: orgerr list \
             --service Organizations; to search for it: orgerr search 'organizations'\n",
        ),
        (
            "show quota exceeded",
            "note: 'quota exceeded' is not an error code; to search for it: orgerr search 'quota \
             exceeded'\n",
        ),
    ] {
        let run = orgerr(line);
        assert_eq!((run.stdout.as_str(), run.code), ("", 1), "{line}");
        assert!(run.stderr.starts_with(note), "{line}: {}", run.stderr);
    }
    // Each of many has its near codes, also behind the name of its service.
    let typos: Vec<_> = (0..90).map(|at| format!("1{}O{}", at / 10 + 1, at % 10)).collect();
    let run = orgerr(&format!("show {} apig 03O1 11O0", typos[..12].join(" ")));
    assert_eq!(run.stderr.matches(" is not an error code; near ones:\n").count(), 13);
    run.reports("'apig 03O1' is not an error code; near ones:\n  APIGW.0301");
    let run = orgerr_reading("show -", typos.join(" "));
    assert_eq!(run.stderr.matches(" is not an error code; near ones:\n").count(), 20);
    run.reports("note: 70 more are not documented error codes\n");
    let piped = orgerr_reading("show -", "word ".repeat(20));
    piped.reports("note: 20 words are no error codes, such as 'word'; to find the codes in");
    let between = orgerr_reading("show - -o plain", "word 1305 ".repeat(12));
    let note = "note: 12 words are no error codes, such as 'word'; to find the codes in a text: \
                orgerr explain\n";
    assert_eq!((between.stderr.as_str(), between.code), (note, 1));
    assert_eq!(between.stdout.lines().count(), 1);
}

#[test]
fn show_with_words_suggests_search() {
    let run = orgerr("show handshake --json");
    assert_eq!((run.stdout.as_str(), run.code), ("[]\n", 1));
    assert_eq!(
        run.stderr,
        "note: 'handshake' is not an error code; to search for it: orgerr search 'handshake'\n"
    );
}

#[test]
fn an_empty_argument_is_reported() {
    let run = orgerr_args(&["show", "", "1400", "--json"]);
    assert_eq!((run.all("code"), run.code), (vec!["Organizations.1400".to_owned()], 1));
    assert!(run.stderr.starts_with("note: '' is not an error code"), "{}", run.stderr);
}

#[test]
fn quiet_leaves_out_notes_only() {
    let run = orgerr("show 1350 1400 -q --json");
    assert_eq!(run.all("code"), ["Organizations.1400"]);
    assert_eq!((run.stderr.as_str(), run.code), ("", 1));
}

#[test]
fn show_prints_all_entries_of_a_code() {
    let run = orgerr("show APIGW.0201 apig.0201 APIG.0301 --json").succeeded();
    let codes: Vec<_> = run.all("code");
    assert_eq!((codes.len(), &*codes[0], &*codes[7]), (8, "APIGW.0201", "APIGW.0301"));
    let statuses = run.all("status");
    assert_eq!(statuses[..7], ["400", "413", "414", "494", "502", "504", "500"]);
}

#[test]
fn what_the_documentation_does_not_have_is_said_to_be_so() {
    for line in ["show 1325", "search account is being closed already -n 1 -q"] {
        let run = orgerr(line).succeeded();
        let title = "Organizations.1325  400 Bad Request  not documented\n";
        assert!(run.stdout.starts_with(title), "{}", run.stdout);
    }
    for line in ["fix 1325", "status 400 --category account -o table"] {
        let table = orgerr(line).succeeded().stdout;
        let rows: Vec<_> = table.lines().collect();
        let code = rows.iter().position(|row| row.contains(".1325")).unwrap();
        let mark = "not documented";
        assert!(rows[code..=code + 1].iter().any(|row| row.contains(mark)), "{table}");
        assert_eq!(table.matches(mark).count(), 1, "{table}");
    }
    // Its page does not have it.
    assert!(!orgerr("show 1325").stdout.contains("https://"));
    assert!(!orgerr("show 1325 -o markdown").stdout.contains("https://"));
    assert!(orgerr("show 1325 --json").all("url")[0].starts_with("https://"));
}

#[test]
fn a_label_stands_once_before_what_it_is_for() {
    let ticket = orgerr("show APIGW.0301 -o markdown").succeeded().stdout;
    assert_eq!(ticket.matches("Causes: ").count(), 1, "{ticket}");
    assert!(ticket.contains("<br>Causes: verify aksk"), "{ticket}");
}

#[test]
fn on_a_line_no_sentence_runs_into_the_next() {
    let line = orgerr("show 1003 1305 -o plain").succeeded().stdout;
    assert!(line.contains(": Concurrent modification; Fix: Try again later. Message: "));
    assert!(line.contains(" exceeded. Fix: Check whether "));
}

#[test]
fn many_unknown_codes_are_reported_one_by_one_only_up_to_a_limit() {
    let codes = (20000..25000).map(|number| format!("Organizations.{number}"));
    let codes = codes.collect::<Vec<_>>().join(" ");
    let run = orgerr_reading("show - 1305", &codes);
    assert_eq!(run.code, 1);
    let notes = run.stderr.matches("is not a documented error code").count();
    assert_eq!(notes, 20, "{}", run.stderr);
    assert!(run.stderr.ends_with("note: 4980 more are not documented error codes\n"));
    assert!(run.stdout.contains("Maximum number of accounts"));
}
