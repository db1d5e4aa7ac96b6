//! Finds error codes in raw text, by the dot in them or by the label before them.

use std::ops::Range;

use memchr::memchr3_iter;

use super::prefilter::Prefilter;
use super::values::labels::role_of_code;
use super::values::{Role, is_id_char};
use crate::bytes_to_text::ESCAPE;
use crate::catalog::{Catalog, Entry, Service};
use crate::data::schema::{MAX_CODE_LENGTH, MAX_DIGITS};
use crate::data::words::{is_name_byte, is_number};
use crate::string_escapes::escape_at_end;

/// The fewest digits of an unknown code of a service in the catalog. That code needs no label, but
/// more digits than the three that `values::is_error_code` asks for.
const MIN_UNKNOWN_DIGITS: usize = 4;
/// The most quotes and spaces between a label and its value.
const MAX_AROUND: usize = 8;

/// A code in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct FoundCode<'c> {
    /// The service, spelled as in the catalog.
    pub service: &'c str,
    /// Where in the text the number or word of the code stands: `1305`, `NoSuchUser`.
    pub number: Range<usize>,
    /// Where in the text the whole code stands.
    pub place: Range<usize>,
}

impl FoundCode<'_> {
    /// The code in lower case; `text` is the text that the code was found in.
    pub(super) fn key(&self, text: &[u8]) -> Vec<u8> {
        let mut key = [self.service.as_bytes(), b".", &text[self.number.clone()]].concat();
        key.make_ascii_lowercase();
        key
    }
}

/// Finds the codes of a catalog's services.
#[derive(Debug)]
pub(super) struct CodeFinder<'c> {
    pub catalog: &'c Catalog,
    /// Each spelling of a service, and the name of that service.
    services: Vec<(&'c str, &'c str)>,
    /// Finds the dots that may follow the name of a service.
    pub prefilter: Prefilter,
}

impl<'c> CodeFinder<'c> {
    pub(super) fn new(catalog: &'c Catalog) -> Self {
        let spellings =
            |service: &'c Service| service.spellings().map(|spelling| (spelling, service.name()));
        let services: Vec<_> = catalog.services().iter().flat_map(spellings).collect();
        let ends = services.iter().filter_map(|(spelling, _)| spelling.bytes().last());
        CodeFinder { catalog, prefilter: Prefilter::new(ends), services }
    }

    /// The codes in `text`, in order, whose dot, or whose label's `:`, `=` or `>`, stands
    /// in `range`. `text` may be part of a longer text; a code at its edge is taken to end there.
    pub(super) fn codes(&self, text: &[u8], range: Range<usize>) -> Vec<FoundCode<'c>> {
        let dots = self.prefilter.dots(text, range.clone());
        self.codes_at(text, range, &dots)
    }

    /// Like [`codes`](Self::codes), with the dots that the prefilter has found.
    pub(super) fn codes_at(
        &self,
        text: &[u8],
        range: Range<usize>,
        dots: &[usize],
    ) -> Vec<FoundCode<'c>> {
        // Most dots belong to codes.
        let mut codes = Vec::with_capacity(dots.len());
        codes.extend(dots.iter().filter_map(|dot| self.code_at(text, *dot, &[])));
        // A user's codes are also found without their service, after a label such as `code:`.
        if self.catalog.has_own_entries() {
            let start = range.start;
            let marks = memchr3_iter(b':', b'=', b'>', text.get(range).unwrap_or_default());
            let marks = marks.map(|mark| start + mark);
            codes.extend(marks.filter_map(|mark| self.labelled_code(text, mark)));
            codes.sort_by_key(|code| code.place.start);
        }
        codes
    }

    /// The code of a user's entry after the `:`, `=` or `>` of a label at `mark`. Codes of
    /// the form `SERVICE.DIGITS` are found by their dot instead.
    fn labelled_code(&self, text: &[u8], mark: usize) -> Option<FoundCode<'c>> {
        let is_quote_or_space = |byte: &u8| byte.is_ascii_whitespace() || b"\"'`\\".contains(byte);
        let start = mark + 1 + length(&text[mark + 1..], MAX_AROUND, is_quote_or_space);
        let is_code_byte = |byte: &u8| is_id_char(char::from(*byte));
        let longest = start + length(&text[start..], MAX_CODE_LENGTH, is_code_byte);
        let value = str::from_utf8(&text[start..longest]).ok()?.trim_end_matches('.');
        let entry = self.users_entry(value)?;
        let role = role_of_code(text, start)?;
        // The number may be an HTTP status.
        if role == Role::HttpStatus && is_number(value) && value.len() < MIN_UNKNOWN_DIGITS {
            return None;
        }
        let end = start + value.len();
        Some(FoundCode {
            service: entry.service(),
            number: end - entry.number().len()..end,
            place: start..end,
        })
    }

    /// Finds the user's entry for a code that ends in a word (`IAM.NoSuchUser`), or for the word or
    /// number of a code alone (`NoSuchUser`, `4000003`).
    fn users_entry(&self, code: &str) -> Option<&'c Entry> {
        let is_word = |entry: &&Entry| !is_number(entry.number());
        let is_users =
            |it: &&Entry| Catalog::embedded().service(it.service()).is_none() || is_word(it);
        let whole = self.catalog.get(code).filter(is_word);
        whole.or_else(|| self.catalog.with_number(code).find(is_users))
    }

    /// Returns those of `sequences` at which a code starts or ends. `sequences` are the places
    /// where terminal sequences were removed, ascending.
    pub(super) fn borders(&self, text: &[u8], sequences: &[usize]) -> Vec<usize> {
        let dots = self.prefilter.dots(text, 0..text.len()).into_iter();
        let codes = dots.filter_map(|dot| self.code_at(text, dot, sequences));
        let ends = codes.flat_map(|code| [code.place.start, code.place.end]);
        ends.filter(|end| sequences.binary_search(end).is_ok()).collect()
    }

    /// The code whose dot is at `dot`. Where a terminal sequence was removed, a code may
    /// start or end, even if the next character would otherwise continue it. Of several ends, the
    /// first that makes a documented code counts, else the first after enough digits.
    fn code_at(&self, text: &[u8], dot: usize, sequences: &[usize]) -> Option<FoundCode<'c>> {
        let digits_end = dot + 1 + length(&text[dot + 1..], usize::MAX, u8::is_ascii_digit);
        let may_end = may_end_before(&text[digits_end..]);
        if !may_end && sequences.is_empty() {
            return None;
        }
        let next = sequences.partition_point(|end| *end < dot + 2);
        let ends = || {
            let places = dot + 2..=(dot + 1 + MAX_DIGITS).min(digits_end);
            let ends = sequences[next..].iter().take_while(move |end| **end <= digits_end);
            let ends = ends.copied().chain(may_end.then_some(digits_end));
            ends.filter(move |end| places.contains(end))
        };
        self.services.iter().find_map(|&(spelling, service)| {
            let start = dot.checked_sub(spelling.len())?;
            let (there, spelling) = (&text[start..dot], spelling.as_bytes());
            // Most services are spelled as in the catalog.
            let is_service = (there == spelling || there.eq_ignore_ascii_case(spelling))
                && (sequences.binary_search(&start).is_ok() || may_start_after(&text[..start]));
            if !is_service {
                return None;
            }
            let is_documented = |end: &usize| self.is_documented(service, &text[dot..*end]);
            // The look-up in the catalog is the slowest step here.
            let documented = ends().find(|end| !sequences.is_empty() && is_documented(end));
            let is_long_or_documented =
                |end: &usize| end - dot > MIN_UNKNOWN_DIGITS || is_documented(end);
            let end = documented.or_else(|| ends().find(is_long_or_documented))?;
            Some(FoundCode { service, number: dot + 1..end, place: start..end })
        })
    }

    /// Whether the catalog has a code of a service; `number` is the code's dot and digits: `.1305`.
    fn is_documented(&self, service: &str, number: &[u8]) -> bool {
        let number = std::str::from_utf8(number);
        number.is_ok_and(|number| self.catalog.get(&format!("{service}{number}")).is_some())
    }
}

/// Counts the bytes at the start of a text that match, at most `max`.
fn length(text: &[u8], max: usize, matches: impl Fn(&u8) -> bool) -> usize {
    text.iter().take(max).take_while(|byte| matches(byte)).count()
}

/// Whether a code may start after a text: its last character, or the one that an escape at its end
/// stands for (`\n`), is none that a name may have, or the text ends in an escaped colour.
fn may_start_after(before: &[u8]) -> bool {
    let ends_name = |last: u32| !u8::try_from(last).is_ok_and(is_name_byte);
    before.last().is_none_or(|last| !is_name_byte(*last))
        || escape_at_end(before).is_some_and(ends_name)
        || ends_in_escaped_color(before)
}

/// Whether a text ends in a colour whose escape character is itself escaped, e.g.
/// `\u001b[31m`, as in a coloured line inside a JSON string.
fn ends_in_escaped_color(text: &[u8]) -> bool {
    let is_parameter = |byte: &u8| byte.is_ascii_digit() || *byte == b';';
    let text = text.strip_suffix(b"m").unwrap_or_default();
    let end = text.iter().rposition(|byte| !is_parameter(byte));
    let before = end.and_then(|end| text[..=end].strip_suffix(b"["));
    before.and_then(escape_at_end) == Some(ESCAPE.into())
}

/// Whether a code may end before a text.
fn may_end_before(after: &[u8]) -> bool {
    match after {
        [b'.', next, ..] => !next.is_ascii_alphanumeric(),
        [next, ..] => !next.is_ascii_alphabetic() && *next != b'_',
        [] => true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<&str> {
        let finder = CodeFinder::new(Catalog::embedded());
        let codes = finder.codes(text.as_bytes(), 0..text.len());
        let places: Vec<_> = codes.into_iter().map(|found| found.place).collect();
        places.into_iter().map(|place| &text[place]).collect()
    }

    #[test]
    fn codes_are_found_in_any_case_and_wherever_they_stand() {
        assert_eq!(found("x=ORGANIZATIONS.1305;"), ["ORGANIZATIONS.1305"]);
        assert_eq!(found("Organizations.1305."), ["Organizations.1305"]);
        assert_eq!(found("(organizations.9999)"), ["organizations.9999"]);
        assert_eq!(found("码Organizations.1305错"), ["Organizations.1305"]);
        assert_eq!(
            found("Organizations.1305,Organizations.1306"),
            ["Organizations.1305", "Organizations.1306"]
        );
        for length in 0..200 {
            let text = format!("{}Organizations.1305", " ".repeat(length));
            assert_eq!(found(&text), ["Organizations.1305"], "after {length}");
        }
    }

    #[test]
    fn user_codes_without_a_service_need_a_label_of_codes() {
        let toml = include_str!("../../tests/catalogs/two-services.toml");
        let mut builder = crate::catalog::CatalogBuilder::new();
        builder.add(toml.replace("IAM.011", "IAM.NoSuchUser")).unwrap();
        let catalog = builder.build();
        let finder = CodeFinder::new(&catalog);
        let found = |text: &str| -> Vec<String> {
            let codes = finder.codes(text.as_bytes(), 0..text.len()).into_iter();
            codes.map(|code| text[code.place].to_owned()).collect()
        };
        for (text, codes) in [
            (r#"{"code":"NoSuchUser"}"#, &["NoSuchUser"][..]),
            (r#"{\"error_code\": \"IAM.NoSuchUser\"}"#, &["IAM.NoSuchUser"]),
            ("<Code>nosuchuser</Code> Organizations.1305", &["nosuchuser", "Organizations.1305"]),
            ("errorCode=NoSuchUser, see", &["NoSuchUser"]),
            (r#""error_code": 4000003"#, &["4000003"]),
            (r#"<?xml version="1.0"?><Error><Code>NoSuchUser</Code></Error>"#, &["NoSuchUser"]),
            (r#"<?xml version="1.0"?><e><code>4000003</code></e>"#, &["4000003"]),
            (r#"why?{"code":"NoSuchUser"}"#, &["NoSuchUser"]),
            // Not without a label, not the codes of the embedded catalog, no other words.
            ("IAM.NoSuchUser NoSuchUser 4000003", &[]),
            ("message: NoSuchUser", &[]),
            (r#""error_code": "1305", "code": "Other""#, &[]),
            ("code: NoSuchUserGroup", &[]),
            ("GET /login?a=b&code=NoSuchUser", &[]),
            ("GET /login?state={abc}&code=NoSuchUser", &[]),
        ] {
            assert_eq!(found(text), codes, "{text}");
        }
    }

    #[test]
    fn a_longer_number_is_another_code() {
        assert_eq!(found("Organizations.13050"), ["Organizations.13050"]);
        assert!(found(&format!("Organizations.{}", "1".repeat(33))).is_empty());
    }

    #[test]
    fn lookalikes_are_not_codes() {
        for text in [
            "MyOrganizations.1305",
            "Organizations.1305x",
            "Organizations.1305_2",
            "organizations.1305.name",
            "Organizations.1305.2",
            "Organizations.1.Name",
            "Organizations.130",
            "organizations.myhuaweicloud.com",
            "my-organizations.1305",
            "my.organizations.1305",
            "_organizations.1305",
            "9organizations.1305",
            "Organizations.\u{661}\u{661}\u{661}\u{661}",
        ] {
            assert!(found(text).is_empty(), "{text}");
        }
    }

    #[test]
    fn an_escape_before_a_code_counts_as_its_character() {
        for text in [
            r"failed:\nOrganizations.1305",
            r"\u0022Organizations.1305\u0022",
            r"\u001b[1;31mOrganizations.1305\u001b[0m",
        ] {
            assert_eq!(found(text), ["Organizations.1305"], "{text}");
        }
        assert!(found(r"\u0041Organizations.1305").is_empty());
        assert!(found("%41Organizations.1305").is_empty());
        for text in ["?code=%22Organizations.1305%22", "code%3DOrganizations.1305%26"] {
            assert_eq!(found(text), ["Organizations.1305"], "{text}");
        }
    }
}
