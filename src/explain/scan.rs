//! Codes in raw bytes, by the rules of what counts as one.

use crate::catalog::Catalog;

/// A code in the input.
pub struct Found {
    /// The code, its service spelled as in the catalog.
    pub code: String,
    /// Line, counted from 1.
    pub line: usize,
}

/// Digits that a code has at least.
const FEWEST_DIGITS: usize = 4;

/// Every code in `input`, in order: the name of a service, a dot and at least
/// four digits, with no letter or digit joined on at either side.
pub fn codes(catalog: &Catalog, input: &[u8]) -> Vec<Found> {
    let mut found = Vec::new();
    let mut line = 1;
    for at in 0..input.len() {
        if input[at] == b'\n' {
            line += 1;
        }
        if at > 0 && joins_before(input[at - 1]) {
            continue;
        }
        if let Some(code) = code_at(catalog, &input[at..]) {
            found.push(Found { code, line });
        }
    }
    found
}

/// The code that `text` starts with.
fn code_at(catalog: &Catalog, text: &[u8]) -> Option<String> {
    let service = catalog.services().iter().find(|service| {
        text.get(..service.name.len())
            .is_some_and(|start| start.eq_ignore_ascii_case(service.name.as_bytes()))
    })?;
    let number = text[service.name.len()..].strip_prefix(b".")?;
    let digits = number.iter().take_while(|b| b.is_ascii_digit()).count();
    let after = &number[digits..];
    if digits < FEWEST_DIGITS || joins_after(after) {
        return None;
    }
    let number = std::str::from_utf8(&number[..digits]).ok()?;
    Some(format!("{}.{number}", service.name))
}

fn joins_before(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'.' | b'-')
}

fn joins_after(after: &[u8]) -> bool {
    match after {
        [b'.', next, ..] => next.is_ascii_alphanumeric(),
        [next, ..] => next.is_ascii_alphabetic() || *next == b'_',
        [] => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<String> {
        let found = codes(Catalog::embedded(), text.as_bytes());
        found.into_iter().map(|found| found.code).collect()
    }

    #[test]
    fn codes_are_found_in_any_case_and_spelled_as_documented() {
        assert_eq!(found("x=ORGANIZATIONS.1305;"), ["Organizations.1305"]);
        assert_eq!(found("Organizations.1305."), ["Organizations.1305"]);
        assert_eq!(found("(organizations.9999)"), ["Organizations.9999"]);
    }

    #[test]
    fn a_longer_number_is_another_code() {
        assert_eq!(found("Organizations.13050"), ["Organizations.13050"]);
    }

    #[test]
    fn what_only_looks_like_a_code_is_none() {
        for text in [
            "MyOrganizations.1305",
            "Organizations.1305x",
            "Organizations.1305_2",
            "organizations.1305.name",
            "Organizations.1.Name",
            "Organizations.130",
            "organizations.myhuaweicloud.com",
            "my-organizations.1305",
        ] {
            assert_eq!(found(text), Vec::<String>::new(), "{text}");
        }
    }
}
