//! Finds error codes of any service. A code of a service that the catalog does not have is no
//! finding. It is counted, so that `src/commands/notes.rs` can report it to the user, and the
//! values beside it belong to no other code.

use memchr::memchr_iter;

use super::ForeignCode;
use super::terraform_diagnostics::repeats_terraform_message;
use super::tree::Tree;
use super::values::labels::role_of_code;
use super::values::{Role, is_error_code, is_id_char};
use crate::catalog::Catalog;
use crate::data::schema::{MAX_DIGITS, MAX_NAME_LENGTH};

/// The most distinct codes of other services that are counted.
const MAX_FOREIGN: usize = 256;

/// Counts the codes of other services in a text, given the dots to look at.
pub(super) fn count_foreign(
    codes: &mut Vec<ForeignCode>,
    catalog: &Catalog,
    text: &[u8],
    dots: impl Iterator<Item = usize>,
) {
    let found = dots.filter_map(|dot| Some((dot, foreign_code(text, dot, catalog)?)));
    for (_, code) in
        found.filter(|(dot, code)| !repeats_terraform_message(text, *dot, code.as_bytes()))
    {
        if let Some(known) = codes.iter_mut().find(|known| known.code == code) {
            known.count += 1;
        } else if codes.len() < MAX_FOREIGN {
            codes.push(ForeignCode { code: code.to_owned(), count: 1 });
        }
    }
}

/// The code whose dot is at `dot`, if the catalog does not have its service and a label
/// says that it is a code: a dot and digits alone may be anything.
fn foreign_code<'t>(text: &'t [u8], dot: usize, catalog: &Catalog) -> Option<&'t str> {
    let (start, code) = code_around(text, dot)?;
    let (service, _) = code.rsplit_once('.')?;
    if catalog.service(service).is_some() {
        return None;
    }
    role_of_code(text, start)?;
    // Names of services begin with a capital.
    code.starts_with(|c: char| c.is_ascii_uppercase()).then_some(code)
}

/// Where codes of any service start in a text, ascending. `known` is where codes of the
/// catalog's services start. Any other code needs a label or the words `error code` before it, as
/// names and numbers of other things look like codes.
pub(super) fn codes_of_any_service(text: &str, tree: &Tree, known: &[usize]) -> Vec<usize> {
    let whole = 0..text.len();
    let labelled = tree.with_role(Role::Code, &whole);
    let labelled = labelled.filter(|field| is_error_code(&field.value(text)));
    let labelled = labelled.map(|field| field.place.start);
    let after_words = codes_after_words(text.as_bytes());
    let mut all: Vec<_> = known.iter().copied().chain(labelled).chain(after_words).collect();
    all.sort_unstable();
    all.dedup();
    all
}

/// Finds where codes of any service start right after the words `error code` and a space.
fn codes_after_words(text: &[u8]) -> impl Iterator<Item = usize> {
    let dots = memchr_iter(b'.', text);
    let dots = dots.filter(|dot| text.get(dot + 1).is_some_and(u8::is_ascii_digit));
    let codes = dots.filter_map(|dot| code_around(text, dot));
    codes.map(|(start, _)| start).filter(|start| {
        let before = text[..*start].strip_suffix(b" ").unwrap_or_default();
        let words = &before[before.len().saturating_sub("error code".len())..];
        let words = words.to_ascii_lowercase();
        words.ends_with(b"error code") || words.ends_with(b"errorcode")
    })
}

/// Where the code whose dot is at `dot` starts, and the code.
fn code_around(text: &[u8], dot: usize) -> Option<(usize, &str)> {
    if dot == 0 || !text[dot - 1].is_ascii_alphabetic() {
        return None;
    }
    let before = text[..dot].iter().rev().take(MAX_NAME_LENGTH);
    let after = text[dot..].iter().take(1 + MAX_DIGITS);
    let start = dot - before.take_while(|byte| is_id_char(char::from(**byte))).count();
    let end = dot + after.take_while(|byte| is_id_char(char::from(**byte))).count();
    let code = std::str::from_utf8(&text[start..end]).ok()?.trim_end_matches('.');
    is_error_code(code).then_some((start, code))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::explain::prefilter::Prefilter;

    fn first(text: &str) -> Option<&str> {
        let text = text.as_bytes();
        let mut dots = Prefilter::new([].into_iter()).dots(text, 0..text.len()).into_iter();
        dots.find_map(|dot| foreign_code(text, dot, Catalog::embedded()))
    }

    #[test]
    fn a_code_with_a_label_is_found() {
        for (text, code) in [
            (r#"{"error_code":"IAM.0011","error_msg":"x"}"#, "IAM.0011"),
            (r#"{\"error_code\":\"DNS.0005\"}"#, "DNS.0005"),
            ("é Error code: VPC.0202. é", "VPC.0202"),
            ("<Code>OBS.1234</Code>", "OBS.1234"),
            ("1.2 errorCode=SVCSTG.CCE-A.4040301\n", "SVCSTG.CCE-A.4040301"),
            (r#"a.1 {"code": "EVS.1002"} {"code":"EVS.1003"}"#, "EVS.1002"),
        ] {
            assert_eq!(first(text), Some(code), "{text}");
        }
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
