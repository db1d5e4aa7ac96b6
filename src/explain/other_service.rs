//! Error codes of services that the catalog does not have. They are no findings, but say
//! why there is none.

use std::ops::Range;

use super::fields::{Field, Role, fields, is_error_code, labels_of_codes, markup};
use super::prefilter::Prefilter;
use crate::data::schema::{MAX_DIGITS, MAX_NAME_LENGTH};

/// The first error code whose dot stands in a part of `text` and that a label says is one:
/// much else has a dot and digits.
pub fn first_code(text: &str, part: Range<usize>) -> Option<&str> {
    let prefilter = Prefilter::new((b'A'..=b'Z').chain(b'a'..=b'z'));
    let mut dots = prefilter.dots(text.as_bytes(), part);
    dots.find_map(|dot| labelled_code(text, dot))
}

/// The code whose dot is at `dot`, where one is.
fn labelled_code(text: &str, dot: usize) -> Option<&str> {
    let bytes = text.as_bytes();
    if !bytes[dot - 1].is_ascii_alphabetic() {
        return None;
    }
    let is_of_code = |byte: &&u8| byte.is_ascii_alphanumeric() || b"._-".contains(byte);
    let before = bytes[..dot].iter().rev().take(MAX_NAME_LENGTH);
    let after = bytes[dot..].iter().take(1 + MAX_DIGITS);
    let start = dot - before.take_while(is_of_code).count();
    let end = dot + after.take_while(is_of_code).count();
    let code = text.get(start..end)?.trim_end_matches('.');
    if !is_error_code(code) {
        return None;
    }
    let markup = markup(&text[..start]);
    // Most names with numbers have no such label, and are not looked at closely.
    labels_of_codes(markup.as_bytes()).next()?;
    let from = start - markup.len();
    // The value of an element ends where a tag starts.
    let end = start + code.len();
    let end = end + usize::from(text[end..].starts_with('<'));
    let fields = fields(&text[from..end], 0..markup.len());
    // A parameter of an address may be called `code`, and much else that is none of a
    // service, whose names begin with a capital.
    let is_capital = code.starts_with(|c: char| c.is_ascii_uppercase());
    let is_parameter = |label: usize| markup[..label].ends_with(['?', '&']);
    let is_it = |field: &Field| {
        field.role == Role::Code
            && field.value() == code
            && (field.rank == 0 || is_capital && !is_parameter(field.start))
    };
    fields.iter().any(is_it).then_some(code)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn first(text: &str) -> Option<&str> {
        first_code(text, 0..text.len())
    }

    #[test]
    fn a_code_with_a_label_is_found() {
        for (text, code) in [
            (r#"{"error_code":"IAM.0011","error_msg":"x"}"#, "IAM.0011"),
            (r#"{\"error_code\":\"DNS.0005\"}"#, "DNS.0005"),
            ("é Error code: VPC.0202. é", "VPC.0202"),
            ("<Code>OBS.1234</Code>", "OBS.1234"),
            (
                "1.2 errorCode=SVCSTG.CCE-A.4040301\n",
                "SVCSTG.CCE-A.4040301",
            ),
            (
                r#"a.1 {"code": "EVS.1002"} {"code":"EVS.1003"}"#,
                "EVS.1002",
            ),
        ] {
            assert_eq!(first(text), Some(code), "{text}");
        }
        assert_eq!(first_code("code=A.1001", 7..11), None);
    }

    #[test]
    fn what_no_label_calls_a_code_is_none() {
        for text in [
            "GET /access.2024 code: 12",
            "code=v1.2345",
            "code IAM.0011",
            r#"{"code": "IAM.0011.name"}"#,
            "Code: main.rs.123",
            "GET /callback?code=Abc.1234567",
            "code=.1001",
            "code=A.1",
            "",
            ".",
        ] {
            assert_eq!(first(text), None, "{text}");
        }
    }
}
