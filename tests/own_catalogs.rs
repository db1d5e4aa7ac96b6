//! Your own catalogs: `--catalog` and `ORGERR_CATALOG`.

use std::fs;

use crate::support::{
    TWO_SERVICES, TemporaryFile, command, orgerr, orgerr_args, orgerr_reading, run,
};

#[test]
fn every_command_knows_your_own_catalog() {
    let show =
        orgerr(&format!("show svcstg.cce-addonmgr.4000003 1305 --catalog {TWO_SERVICES} --json"));
    let codes = ["SVCSTG.CCE-ADDONMGR.4000003", "Organizations.1305"];
    assert_eq!(show.succeeded().all("code"), codes);
    let list = orgerr(&format!("list --service iam --catalog {TWO_SERVICES} --json"));
    assert_eq!(list.succeeded().all("code"), ["IAM.011"]);
    let status = orgerr(&format!("status 403 --catalog {TWO_SERVICES} --json"));
    assert!(status.succeeded().all("code").contains(&"IAM.011".to_owned()));
    let search = orgerr(&format!("search plugin --catalog {TWO_SERVICES} --json"));
    assert_eq!(search.succeeded().all("code")[0], codes[0]);
    let search = orgerr_args(&["search", "联系管理员", "--catalog", TWO_SERVICES, "--json"]);
    assert_eq!(search.succeeded().all("code"), ["IAM.011"]);
}

#[test]
fn a_code_that_was_left_out_is_explained_by_your_own_catalog() {
    let own = r#"
[[service]]
name = "Organizations"
title = "Organizations"
url = "https://example.com/errors"
updated = "2026-01-02"
categories = ["ours", "unit"]

[[entry]]
code = "Organizations.1205"
status = 409
message = "conflict"
description = "Two units have one name."
solution = "Ask the platform team for a free name."
category = "ours"
action = "contact-support"

[[service]]
name = "Other"
title = "Another service"
url = "https://example.com/errors"
updated = "2026-01-02"
categories = ["ours"]

[[entry]]
code = "Other.0409"
status = 409
message = "other conflict"
description = "Of no concern here."
solution = "None."
category = "ours"
action = "retry"
"#;
    let file = TemporaryFile::new("left-out.toml", own);
    let sentence = "Error: error creating organizational unit: The request could not be processed \
                    due to conflict in the request\n\n  with huaweicloud_organizations_organizational_unit.a,\n";
    let arguments = ["explain", "--catalog", file.path()];
    let run = run(&mut command(&arguments), sentence.as_bytes()).succeeded();
    assert!(run.stdout.contains("Two units have one name."));
    assert!(run.stdout.contains("Ask the platform team"));
    assert!(!run.stdout.contains("Other.0409"));
    let unrelated = sentence.replace("organizational unit", "policy");
    let unrelated = unrelated.replace("organizational_unit", "policy");
    let run = self::run(&mut command(&arguments), unrelated.as_bytes()).succeeded();
    assert!(!run.stdout.contains("Two units"), "{}", run.stdout);
}

#[test]
fn wide_characters_keep_the_borders_straight() {
    for width in [44, 56, 60] {
        let run =
            orgerr(&format!("fix IAM.011 --catalog {TWO_SERVICES} --width {width}")).succeeded();
        let borders = |line: &str| -> Vec<usize> {
            let cells = line.split('│').map(textwrap::core::display_width);
            let mut cells: Vec<_> = cells.collect();
            cells.pop();
            cells
        };
        let lines: Vec<_> = run.stdout.lines().filter(|line| line.contains('│')).collect();
        assert!(lines.len() > 2 && lines.iter().all(|line| borders(line) == borders(lines[0])));
        assert!(lines.iter().all(|line| textwrap::core::display_width(line) <= width));
    }
}

#[test]
fn explain_finds_codes_of_any_shape() {
    let log = "a SVCSTG.CCE-ADDONMGR.4000003: addon \"foo\" invalid.\nIAM.011 IAM.9999 \
               IAM.01 CCE-ADDONMGR.4000003 xIAM.011 IAM.011x iam.011.b\n";
    let run = orgerr_reading(&format!("explain --catalog {TWO_SERVICES} --json"), log).succeeded();
    assert_eq!(run.all("code"), ["SVCSTG.CCE-ADDONMGR.4000003", "IAM.011", "IAM.9999"]);
    assert_eq!(run.all("known"), ["true", "true", "false"]);
    assert_eq!(run.json()[0]["first"]["args"], serde_json::json!(["foo"]));
}

#[test]
fn the_environment_can_name_catalogs() {
    let mut command = command(&["show", "IAM.011", "--json"]);
    let catalogs = std::env::join_paths(["", TWO_SERVICES]).unwrap();
    let run = run(command.env("ORGERR_CATALOG", catalogs), b"");
    assert_eq!(run.succeeded().all("status"), ["403"]);
}

#[test]
fn a_missing_catalog_is_named_with_where_its_name_stands() {
    let said = |option: &[&str], variable: &str| {
        let mut command = command(&[&["1305"], option].concat());
        let run = run(command.env("ORGERR_CATALOG", variable), b"");
        assert_eq!((run.stdout.as_str(), run.code), ("", 2));
        run.reports("error: cannot read the catalog ");
        run.stderr
    };
    let named = "\n  ORGERR_CATALOG names it\n";
    assert!(said(&[], "no-such.toml").ends_with(named));
    let option = ["--catalog", "no-such.toml"];
    assert!(!said(&option, "").contains(named));
    let both = said(&option, "no-such.toml");
    assert!(both.contains(named) && !both.ends_with(named), "{both}");
    let folder = "\n  it is a folder; name the files in it; ORGERR_CATALOG names it\n";
    assert!(said(&[], "tests").ends_with(folder));
}

#[test]
fn catalog_options_count_anywhere_on_the_line() {
    let own = |name: &str, service: &str| {
        let text = fs::read_to_string(TWO_SERVICES).unwrap();
        let text = text.replace("IAM", service).replace("SVCSTG", service);
        TemporaryFile::new(name, text)
    };
    let files = [own("a.toml", "A"), own("b.toml", "B"), own("c.toml", "A")];
    let [a, b, c] = files.each_ref().map(TemporaryFile::path);
    let run = orgerr(&format!(
        "--catalog {a} --catalog={b} show A.011 B.011 IAM.011 --catalog {TWO_SERVICES} --json"
    ));
    assert_eq!(run.succeeded().all("code"), ["A.011", "B.011", "IAM.011"]);
    // The last wins: its entries come last.
    let run = orgerr(&format!("--catalog {c} list --catalog {b} --catalog {a} -o tsv"));
    let last = run.succeeded().stdout.lines().last().unwrap().to_owned();
    assert!(last.starts_with("A.011\t"), "{last}");
    let run = orgerr(&format!("--catalog no-such.toml show 1305 --catalog {a}"));
    assert_eq!((run.stdout.as_str(), run.code), ("", 2));
    run.reports("error: cannot read the catalog no-such.toml: ");
    let run = orgerr(&format!("--catalog {a} catalog check {b} --catalog {c}"));
    assert_eq!(run.code, 0, "{}", run.stderr);
}

#[test]
fn a_catalog_may_come_from_standard_input() {
    let two = fs::read(TWO_SERVICES).unwrap();
    let check = orgerr_reading("catalog check -", &two);
    assert_eq!((check.stderr.as_str(), check.code), ("note: <stdin> is valid: 2 entries\n", 0));
    let check = orgerr_reading("catalog check - -o plain", "[[service]]\nname = 1");
    assert!(check.stdout.contains("<stdin>:2:8: "), "{}", check.stdout);
    let show = orgerr_reading("show IAM.011 --catalog - --json", &two);
    assert_eq!(show.succeeded().all("code"), ["IAM.011"]);
    let explain = orgerr_reading("explain docs/guide.md --catalog - --json", &two).succeeded();
    assert!(explain.all("code").contains(&"IAM.011".to_owned()));
}

#[test]
fn your_own_codes_are_completed() {
    let mut command = command(&["--", "orgerr", "show", "IAM"]);
    command.envs([("ORGERR_COMPLETE", "fish"), ("ORGERR_CATALOG", TWO_SERVICES)]);
    let run = run(&mut command, b"").succeeded();
    assert!(run.stdout.starts_with("values\nIAM.011\t没有权限"), "{}", run.stdout);
}

#[test]
fn completion_skips_what_it_cannot_read_or_print() {
    let completed = |words: &[&str], catalogs: &str| {
        let words: Vec<_> = ["--", "orgerr"].iter().chain(words).copied().collect();
        let mut command = command(&words);
        command.envs([("ORGERR_COMPLETE", "fish"), ("ORGERR_CATALOG", catalogs)]);
        run(&mut command, b"[[service]]").succeeded().stdout
    };
    let catalogs = std::env::join_paths(["no-such.toml", TWO_SERVICES, "README.md"]).unwrap();
    let answer = completed(&["show", "--catalog", "-", "IAM"], catalogs.to_str().unwrap());
    assert!(answer.starts_with("values\nIAM.011\t"), "{answer}");

    let hostile =
        fs::read_to_string(TWO_SERVICES).unwrap().replace("addon {0}", "\\u001b]0;\\u0007\\n{0}");
    let hostile = TemporaryFile::new("hostile.toml", hostile);
    let answer = completed(&["list", "--category", "a"], hostile.path());
    assert_eq!(answer, "values\naccount\naddon\nauth\n");
    let answer = completed(&["show", "SVC"], hostile.path());
    assert_eq!(answer, "values\nSVCSTG.CCE-ADDONMGR.4000003\t\\u{1b}]0;\\u{7} {0} invalid.\n");
}

#[test]
fn a_catalog_on_standard_input_can_be_nothing_else() {
    let two = fs::read(TWO_SERVICES).unwrap();
    for line in [
        "catalog check - -",
        "catalog check - --catalog -",
        "catalog import --catalog -",
        "catalog import - --catalog -",
        "explain --catalog -",
        "explain README.md - --catalog -",
        "show - --catalog -",
        "fix 1305 - --catalog -",
        "list --catalog - --catalog -",
    ] {
        let run = orgerr_reading(line, &two);
        assert_eq!((run.stdout.as_str(), run.code), ("", 2), "{line}");
        let error = "error: standard input cannot be two files: it can be read only once\n";
        assert_eq!(run.stderr, error, "{line}");
    }
}

#[test]
fn your_own_codes_link_to_their_page() {
    let shown = |url: &str| {
        let two = fs::read_to_string(TWO_SERVICES).unwrap();
        let own = TemporaryFile::new("links.toml", two.replace("https://example.com/errors", url));
        let mut command = command(&["show", "IAM.011", "--color=always", "--catalog", own.path()]);
        run(command.env("FORCE_HYPERLINK", "1"), b"")
    };
    for url in ["https://example.com/a?b=c#IAM", "http://example.com"] {
        let link = format!("\u{1b}]8;;{url}\u{1b}\\");
        assert!(shown(url).succeeded().stdout.contains(&link), "{url}");
    }
    assert!(!shown("unknown").succeeded().stdout.contains("]8;"));
    // No link that would end the terminal sequence or open anything but a page.
    for url in [
        "example.com/errors",
        "file:///etc/passwd",
        "https://example.com/\\u001b\\\\\\u001b[31m",
        "https://example.com/\\u0007",
        "https://example.com/\\u009c",
        "https://example.com/ a",
    ] {
        let run = shown(url);
        assert_eq!((run.stdout.as_str(), run.code), ("", 2), "{url}");
        run.reports(":4:7: SVCSTG.CCE-ADDONMGR: the field 'url'");
        assert!(!run.stderr.contains("]8;"), "{url}: {:?}", run.stderr);
    }
}

#[test]
fn the_name_of_a_service_is_found_before_longer_names() {
    let two = fs::read_to_string(TWO_SERVICES).unwrap();
    let own =
        two.replace("SVCSTG.CCE-ADDONMGR", "IAMX").replace("IAM\"", "IA\"").replace("IAM.", "IA.");
    let own = TemporaryFile::new("prefix.toml", own);
    let found = |query: &str| {
        let run = orgerr(&format!("search {query} --catalog {} --json", own.path()));
        run.all("code")
    };
    assert_eq!(found("IA.011"), ["IA.011"]);
    assert_eq!(found("IA"), ["IA.011"]);
    assert_eq!(found("iam.4000003"), ["IAMX.4000003"]);
    // Even if the name is a word of other entries.
    let two = |query: &str| {
        orgerr(&format!("search {query} --catalog {TWO_SERVICES} --json")).all("code")
    };
    assert_eq!(two("IAM")[0], "IAM.011");
    assert!(two("IAM").contains(&"APIGW.0301".to_owned()));
}

#[test]
fn your_own_entry_replaces_the_embedded_one() {
    let own = fs::read_to_string(TWO_SERVICES)
        .unwrap()
        .replace("IAM", "Organizations")
        .replace(".011", ".1305");
    let file = TemporaryFile::new("own.toml", own);
    let run = orgerr(&format!("show 1305 --catalog {} --json", file.path())).succeeded();
    assert_eq!(run.all("status"), ["403"]);
    let run = orgerr(&format!("list --service organizations --catalog {} --json", file.path()));
    let mut codes = orgerr("list --service organizations --json").all("code");
    codes.retain(|code| code != "Organizations.1305");
    codes.push("Organizations.1305".to_owned());
    assert_eq!(run.succeeded().all("code"), codes);
}

#[test]
fn your_own_catalog_can_extend_the_gateway_under_any_of_its_names() {
    let two = fs::read_to_string(TWO_SERVICES).unwrap();
    let own = TemporaryFile::new("apig.toml", two.replace("IAM", "Apig").replace(".011", ".9999"));
    let path = own.path();
    let run = orgerr(&format!("show APIG.0301 apigw.9999 --catalog {path} --json"));
    assert_eq!(run.succeeded().all("code"), ["APIGW.0301", "APIGW.9999"]);
    let run = orgerr(&format!("list --service APIG --catalog {path} --json")).succeeded();
    let mut codes = orgerr("list --service APIG --json").all("code");
    codes.push("APIGW.9999".to_owned());
    assert_eq!(run.all("code"), codes);
    let run =
        orgerr_reading(&format!("explain --catalog {path} --json"), "APIG.9999 and APIGW.0301\n");
    assert_eq!(run.succeeded().all("code"), ["APIGW.9999", "APIGW.0301"]);
}

#[test]
fn your_own_codes_can_be_words_and_have_checks() {
    let toml = fs::read_to_string(TWO_SERVICES).unwrap();
    let toml = toml.replace("IAM.011", "IAM.NoSuchUser").replace(
        "[search.synonyms]",
        "[operations.IAM]\nShowUser = { method = 'GET', path = '/v5/users/{user_id}' }\n\
         [search.synonyms]",
    );
    let own =
        TemporaryFile::new("words.toml", toml + "check = ['ShowUser', 'STS GetCallerIdentity']\n");
    let path = own.path();
    for text in ["IAM.NoSuchUser", "iam.nosuchuser", "nosuchuser"] {
        let run = orgerr(&format!("show {text} --catalog {path} --json")).succeeded();
        assert_eq!(run.all("code"), ["IAM.NoSuchUser"], "{text}");
        let commands = &run.json()[0]["check"];
        assert_eq!(
            [&commands[0]["command"], &commands[1]["command"]],
            ["hcloud IAM ShowUser --user_id=USER_ID", "hcloud STS GetCallerIdentity"]
        );
    }
    orgerr(&format!("show iam.NoSuchUsr --catalog {path}")).reports(
        "note: IAM.NoSuchUsr is not a documented error code; near ones:\n  IAM.NoSuchUser",
    );
    let body = r#"{"error_code":"NoSuchUser","request_id":"cccccccccccc"} IAM.NoSuchUser"#;
    let run = orgerr_reading(&format!("explain --catalog {path} --json"), body).succeeded();
    assert_eq!(
        (run.all("code"), run.all("count")),
        (vec!["IAM.NoSuchUser".to_owned()], vec!["1".to_owned()])
    );
    assert_eq!(run.json()[0]["first"]["request_id"], "cccccccccccc");
}

#[test]
fn words_are_found_beside_an_entry_that_replaces_several() {
    let two = fs::read_to_string(TWO_SERVICES).unwrap();
    let embedded = orgerr("list --json").all("code");
    let replaced = embedded.iter().filter(|code| *code == "APIGW.0201").count();
    assert!(replaced > 2);
    let own = TemporaryFile::new("words.toml", two.replace("IAM.011", "IAM.NoSuchUser"));
    let gateway = two.replace("IAM", "APIGW").replace(".011", ".0201");
    let gateway = TemporaryFile::new("gateway.toml", gateway);
    let line = format!("explain --catalog {} --catalog {} --json", own.path(), gateway.path());
    let run = orgerr_reading(&line, r#"{"error_code":"NoSuchUser"}"#).succeeded();
    assert_eq!(run.all("code"), ["IAM.NoSuchUser"]);
}

#[test]
fn an_entry_has_the_page_of_its_own_catalog() {
    let two = fs::read_to_string(TWO_SERVICES).unwrap();
    let own = |code: &str, url: &str| {
        let toml = two.replace("IAM", "Organizations").replace(".011", code);
        TemporaryFile::new("page.toml", toml.replace("https://example.com/errors", url))
    };
    let files = [
        own(".1305", "https://one.example"),
        own(".9001", "https://two.example"),
        own(".9002", "unknown"),
    ];
    let [one, two, unknown] = files.each_ref().map(TemporaryFile::path);
    let line = format!("--catalog {one} --catalog {two} --catalog {unknown} --json");
    let run = orgerr(&format!("1305 9001 9002 1400 {line}")).succeeded();
    let embedded = orgerr("1400 --json").all("url").remove(0);
    let pages = ["https://one.example", "https://two.example", "https://two.example", &embedded];
    assert_eq!(run.all("url"), pages);
}

#[test]
fn a_text_of_several_lines_is_shown_as_one() {
    let solution = "请检查账号是否具有访问权限，如无权限请联系组织管理员进行授权。";
    let own = fs::read_to_string(TWO_SERVICES).unwrap();
    let own =
        own.replace(&format!("\"{solution}\""), "\"\"\"\n  1. Open it.\n\n  2. Look.\n\"\"\"");
    let own = TemporaryFile::new("lines.toml", own);
    let run = orgerr(&format!("fix iam.011 -o plain --catalog {}", own.path())).succeeded();
    assert_eq!(run.stdout, "1. Open it. 2. Look.\n");
}
