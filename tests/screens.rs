//! What the tool prints, in files for people to read. To accept a change: `SNAPSHOTS=overwrite cargo test --test integration screens`.

use snapbox::{Data, assert_data_eq};

use crate::support::{FORMATS, orgerr, orgerr_reading};

#[track_caller]
fn matches_file(screen: String, name: &str) {
    let path = format!("{}/tests/screens/{name}.txt", env!("CARGO_MANIFEST_DIR"));
    assert_data_eq!(screen, Data::read_from(path.as_ref(), None).raw());
}

#[test]
fn screens_of_records() {
    for (name, line) in [
        ("show", "show Organizations.1902"),
        ("show-several", "show 1305 1003"),
        ("list", "list --category handshake,quota"),
        ("status", "status"),
        ("status-403", "status 403"),
        ("fix", "fix 1305 1902"),
        ("search", "search handshake"),
    ] {
        for width in [80, 40] {
            let screen = orgerr(&format!("{line} -o table --width {width}")).succeeded().stdout;
            matches_file(screen, &format!("{name}-{width}"));
        }
    }
}

const LOG: &str =
    "\n{\"error_code\":\"Organizations.1305\"}\nOrganizations.1350 Organizations.1305";

#[test]
fn screens_of_findings() {
    for width in [80, 40] {
        let run = orgerr_reading(&format!("explain --width {width}"), LOG);
        matches_file(run.succeeded().stdout, &format!("explain-{width}"));
    }
}

/// What says as much as an input can.
const REFUSED: &str = "\
POST https://organizations.myhuaweicloud.com/v1/organizations/accounts
HTTP/1.1 400 Bad Request

{
  \"error_code\": \"Organizations.1007\",
  \"error_msg\": \"Policy doesn't allow 'organizations:accounts:create' to be performed.\",
  \"encoded_authorization_message\": \"AbCdEfGhIjKl0123456789\",
  \"request_id\": \"f6a3b1de9c02\"
}
";

#[test]
fn screens_of_a_refused_permission() {
    for width in [80, 40] {
        let run = orgerr_reading(&format!("explain --width {width}"), REFUSED);
        matches_file(run.succeeded().stdout, &format!("refused-{width}"));
    }
}

/// Addresses that are longer than a line.
const ADDRESSES: &str = "\
Error: error attaching policy: Bad request with: \
[POST https://organizations.ap-southeast-3.myhuaweicloud.com/v1/organizations/policies/p-7x2k9d/\
attach?limit=100&marker=abcdefghijklmnop], error message: \
{\"error_code\":\"Organizations.1603\",\"error_msg\":\"conflict for policy attachment.\",\
\"request_id\":\"f6a3b1de9c024e1f8d77aa01bb02cc03f6a3b1de9c024e1f8d77aa01bb02cc03\"}

  with module.landing_zone.huaweicloud_organizations_policy_attach.deny_everything[\"sandbox\"],
  on modules/landing-zone/policies/main.tf line 12, in resource \"a\" \"b\":
";

#[test]
fn screens_of_long_addresses() {
    for width in [80, 40] {
        let run = orgerr_reading(&format!("explain --width {width}"), ADDRESSES);
        matches_file(run.succeeded().stdout, &format!("addresses-{width}"));
    }
}

/// Failures of which Terraform says nothing but a sentence.
const CODE_LEFT_OUT: &str = "
Error: error creating organizational unit: The request could not be processed due to conflict in the request

  with huaweicloud_organizations_organizational_unit.ou,
  on main.tf line 12, in resource \"huaweicloud_organizations_organizational_unit\" \"ou\":

Error: error creating policy: Authentication failed

  with huaweicloud_organizations_policy.deny,
  on main.tf line 3, in resource \"huaweicloud_organizations_policy\" \"deny\":
";

#[test]
fn screens_of_codes_that_were_left_out() {
    for width in [80, 40] {
        let run = orgerr_reading(&format!("explain --width {width}"), CODE_LEFT_OUT);
        matches_file(run.succeeded().stdout, &format!("left-out-{width}"));
    }
    for format in ["markdown", "github", "plain"] {
        let run = orgerr_reading(&format!("explain -o {format}"), CODE_LEFT_OUT);
        matches_file(run.succeeded().stdout, &format!("left-out-{format}"));
    }
}

#[test]
fn the_fix_is_that_for_the_cause_that_the_message_says() {
    let message = "Incorrect IAM authentication information: decrypt token fail";
    let log = format!("{{\"error_code\":\"APIGW.0301\",\"error_msg\":\"{message}\"}}");
    let run = orgerr_reading("explain -o github", log).succeeded();
    assert!(run.stdout.contains("::The token has expired"), "{}", run.stdout);
}

#[test]
fn screens_of_a_summary() {
    for width in [80, 40] {
        let run = orgerr_reading(&format!("explain --summary --width {width}"), LOG);
        matches_file(run.succeeded().stdout, &format!("summary-{width}"));
    }
    for format in ["json", "tsv", "markdown", "plain", "github"] {
        let run = orgerr_reading(&format!("explain --summary -o {format}"), LOG);
        matches_file(run.succeeded().stdout, &format!("summary-{format}"));
    }
}

#[test]
fn findings_in_every_format() {
    for format in &FORMATS[1..] {
        let run = orgerr_reading(&format!("explain -o {format}"), LOG);
        matches_file(run.succeeded().stdout, &format!("explain-{format}"));
    }
}
