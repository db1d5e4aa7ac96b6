//! How `orgerr explain` recognises documented messages where no code is named.

use serde_json::{Value, json};

use crate::support::orgerr_reading;

#[test]
fn a_gateway_message_is_recognised_with_its_cause() {
    let detailed = "Incorrect IAM authentication information: verify aksk signature fail";
    let body = format!("{{\"error_msg\":\"{detailed}\"}}");
    let finding = &orgerr_reading("explain --json", body).succeeded().json()[0];
    assert_eq!(finding["code"], "APIGW.0301");
    assert_eq!(finding["matched_by"], "message");
    assert_eq!(finding["first"]["message"], detailed);
}

#[test]
fn generic_server_errors_are_not_gateway_errors() {
    for text in ["HTTP/1.1 500 Internal Server Error\r\n", "{\"message\":\"Bad Request\"}"] {
        assert_eq!(orgerr_reading("explain --json", text).code, 1, "{text}");
    }
}

/// The code and the arguments of the finding, if any, in a text that names no code. The
/// catalog `tests/catalogs/messages.toml` is added.
fn recognised(text: &str) -> Option<(String, Value)> {
    let run = orgerr_reading("explain --json --catalog tests/catalogs/messages.toml", text);
    let findings = run.json();
    assert!(findings.as_array().unwrap().len() <= 1, "{findings:#}");
    let finding = findings.get(0)?;
    assert_eq!(finding["matched_by"], "message");
    let code = finding["code"].as_str().unwrap().to_owned();
    Some((code, finding["first"]["args"].clone()))
}

#[test]
fn placeholders_may_be_written_as_in_format_strings() {
    for (message, code, args) in [
        ("Could not find user: 0a1b2c3d.", "IAM.0004", json!(["0a1b2c3d"])),
        ("Could not find project: 0a1b.", "IAM.0005", json!(["project", "0a1b"])),
        (
            "Conflict occurred attempting to store user - 7, 100% sure.",
            "IAM.0012",
            json!(["user", "7"]),
        ),
    ] {
        let found = recognised(&json!({ "error_msg": message }).to_string());
        assert_eq!(found, Some((code.to_owned(), args)), "{message}");
    }
}

#[test]
fn your_own_entry_wins_over_one_with_the_same_message() {
    let text = r#"{"error_msg":"quota exceeded for account."}"#;
    assert_eq!(recognised(text), Some(("IAM.0020".to_owned(), json!([]))));
    let embedded = orgerr_reading("explain --json", text).succeeded();
    assert_eq!(embedded.all("code"), ["Organizations.1305"]);
}

#[test]
fn of_messages_with_the_same_beginning_the_right_one_is_found() {
    for (message, code) in [
        // The embedded message is longer than the fixed text of your own.
        ("quota exceeded for accounts.", "IAM.0021"),
        ("quota exceeded for policy.", "Organizations.1606"),
        ("Policy doesn't allow 'organizations:b:c' to be performed.", "Organizations.1007"),
        ("Policy doesn't allow 'a:b:c' to be performed by ann.", "IAM.0022"),
    ] {
        let found = recognised(&json!({ "error_msg": message }).to_string());
        assert_eq!(found.map(|(code, _)| code).as_deref(), Some(code), "{message}");
    }
}

#[test]
fn a_message_without_words_is_not_recognised() {
    for text in ["build ok\n-----\ndone -\n", "{\"error_msg\":\"-\"}", "N/A x\n"] {
        assert_eq!(recognised(text), None, "{text}");
    }
}

#[test]
fn a_short_message_of_your_own_service_counts_only_as_an_error_msg() {
    let found = |text| recognised(text).map(|(code, _)| code);
    for text in [
        "Could not find user: 0a1b2c3d.",
        r#"{"message":"Could not find user: 0a1b2c3d.","request_id":"7f3c9a1e5b2d"}"#,
        r#"{"error_msg":"Error: Could not find user: 0a1b2c3d."}"#,
        r#"{"error_code":"ELB.8902","error_msg":"Could not find user: 0a1b2c3d."}"#,
    ] {
        assert_eq!(found(text), None, "{text}");
    }
    for text in [
        r#"{"error_msg":"Could not find user: 0a1b2c3d."}"#,
        "error_msg: Could not find user: 0a1b2c3d.",
        "errorMsg='Could not find user: 0a1b2c3d.'",
    ] {
        assert_eq!(found(text).as_deref(), Some("IAM.0004"), "{text}");
    }
    for (long, code) in [
        ("Policy doesn't allow 'a:b:c' to be performed by ann.", "IAM.0022"),
        ("创建用户组失败：用户组名称已被占用。", "IAM.0023"),
        ("创建用户组失败：用户组名称已被占用", "IAM.0023"),
        ("创建用户组失败：用户组名称已被占用.", "IAM.0023"),
        ("创建用户组失败：用户组名称已被占用。请换一个名称。", "IAM.0023"),
    ] {
        assert_eq!(found(long).as_deref(), Some(code));
    }
}
