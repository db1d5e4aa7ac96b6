//! Reads a code that was typed, however people write it; the quotes, commas and labels around it
//! are taken off in `pasted`. Codes in raw text are found in `explain/codes.rs` (`code_at`).

use std::fmt;

use super::pasted::{half_width, trimmed, without_label};
use super::{Catalog, Entry, Service};
use crate::data::schema::{MAX_NAME_LENGTH, is_name};
use crate::data::words::is_number;

/// The service that bare digits mean.
///
/// ```
/// let code = orgerr::parse_code(orgerr::Catalog::embedded(), "1305").unwrap();
/// assert_eq!(code.to_string(), format!("{}.1305", orgerr::DEFAULT_SERVICE));
/// ```
pub const DEFAULT_SERVICE: &str = "Organizations";
/// What may stand between the name of a service and a number.
const BEFORE_NUMBERS: &[char] = &['.', ':', '-', '_', ' '];
/// The most bytes of a text that can name a code: a name and a word after it, counted generously.
const MAX_CODE_TEXT: usize = 3 * MAX_NAME_LENGTH;
/// The fewest letters that abbreviate the name of a service: `org.1305`.
const MIN_SERVICE_LETTERS: usize = 3;

/// What a text names: one code, or all codes that start alike.
///
/// ```
/// use orgerr::{Catalog, CodeQuery, parse_code};
///
/// let catalog = Catalog::embedded();
/// let query = parse_code(catalog, "13xx").unwrap();
/// assert_eq!(query, CodeQuery::Start("Organizations.13".to_owned()));
/// assert_eq!(catalog.find(&query)[0].code(), "Organizations.1300");
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum CodeQuery {
    /// A full code, e.g. `Organizations.1305`.
    Code(String),
    /// How the codes start, e.g. `Organizations.13`.
    Start(String),
}

impl fmt::Display for CodeQuery {
    /// The code, or its start and `xx`, which no shell takes for a pattern.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            CodeQuery::Code(code) => f.write_str(code),
            CodeQuery::Start(start) => write!(f, "{start}xx"),
        }
    }
}

/// Why a text is not an error code.
///
/// ```
/// use orgerr::{Catalog, CodeError, parse_code};
///
/// let catalog = Catalog::embedded();
/// assert_eq!(parse_code(catalog, " ,"), Err(CodeError::Empty));
/// assert_eq!(parse_code(catalog, "leave organization"), Err(CodeError::Shape));
/// assert_eq!(parse_code(catalog, "1305")?.to_string(), "Organizations.1305");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum CodeError {
    /// Nothing is left once white space, quotes, brackets and commas are removed.
    #[error("there is no error code")]
    Empty,
    /// The text does not have the shape of a code.
    #[error("an error code is the name of a service, a dot and a number, or a number alone")]
    Shape,
}

/// Reads a code as a person may give it: full or bare digits, in any case and width; in quotes,
/// brackets or punctuation; after a label such as `error_code:`; with `:`, `-`, `_`, a space or
/// nothing in place of the dot; with the service abbreviated, in the singular or spelled the
/// British way. `13xx` and `13*` mean all codes that start with 13.
///
/// Spells the service as the catalog does, if the catalog has it. The catalog need not have an
/// entry for the code.
///
/// # Errors
/// [`CodeError`] if the text is no code at all.
///
/// ```
/// let catalog = orgerr::Catalog::embedded();
/// for text in ["\"organizations.1305\",", "1305", "org-1305", "Organisation 1305"] {
///     assert_eq!(orgerr::parse_code(catalog, text).unwrap().to_string(), "Organizations.1305");
/// }
/// assert!(orgerr::parse_code(catalog, "handshake").is_err());
/// ```
pub fn parse_code(catalog: &Catalog, text: &str) -> Result<CodeQuery, CodeError> {
    let text = half_width(text);
    let text = trimmed(&text);
    if text.is_empty() {
        return Err(CodeError::Empty);
    }
    if text.len() > MAX_CODE_TEXT {
        return Err(CodeError::Shape);
    }
    let labelled = || unlabelled(catalog, without_label(text)?);
    unlabelled(catalog, text).or_else(labelled).ok_or(CodeError::Shape)
}

/// Reads a code without marks or a label around it.
fn unlabelled(catalog: &Catalog, text: &str) -> Option<CodeQuery> {
    let whole = || catalog.get(text).or_else(|| catalog.with_number(text).next());
    let of_entry = || Some(CodeQuery::Code(whole()?.code().to_owned()));
    let separators = text.rmatch_indices(BEFORE_NUMBERS);
    let mut splits = separators.map(|(at, it)| (&text[..at], &text[at + it.len()..]));
    let name = text.trim_end_matches(|c: char| c.is_ascii_digit() || "xX*".contains(c));
    let glued = [text.split_at(name.len())];
    let mut parts = splits.clone().chain(glued);
    let of_parts = || {
        parts.find_map(|(name, number)| {
            let service = catalog.service_meant(name.trim_matches(BEFORE_NUMBERS))?;
            catalog.number_of(service, number.trim_start())
        })
    };
    // A code of a service that no catalog has.
    let unknown = || {
        let (name, number) = splits.find(|(name, _)| text[name.len()..].starts_with('.'))?;
        of_digits(name, number).filter(|_| is_name(name))
    };
    of_digits(DEFAULT_SERVICE, text).or_else(of_entry).or_else(of_parts).or_else(unknown)
}

/// The codes of a service with this number: `1305`, or all that start with 13 for `13xx` and `13*`.
pub(crate) fn of_digits(service: &str, text: &str) -> Option<CodeQuery> {
    let digits = text.strip_suffix('*').unwrap_or_else(|| text.trim_end_matches(['x', 'X']));
    let kind = if digits.len() == text.len() { CodeQuery::Code } else { CodeQuery::Start };
    is_number(digits).then(|| kind(format!("{service}.{digits}")))
}

impl Catalog {
    /// The entries that a query names, in catalog order.
    ///
    /// ```
    /// use orgerr::{Catalog, parse_code};
    ///
    /// let catalog = Catalog::embedded();
    /// assert_eq!(catalog.find(&parse_code(catalog, "apig.0201").unwrap()).len(), 7);
    /// assert_eq!(catalog.find(&parse_code(catalog, "15*").unwrap()).len(), 2);
    /// ```
    pub fn find(&self, query: &CodeQuery) -> Vec<&Entry> {
        self.indexes_of(query).into_iter().map(|index| &self.entries[index]).collect()
    }

    /// The indexes of the entries that a query names, ascending.
    pub(crate) fn indexes_of(&self, query: &CodeQuery) -> Vec<usize> {
        let (CodeQuery::Code(start) | CodeQuery::Start(start)) = query;
        let mut indexes = self.by_code[self.places_starting_with(start)].to_vec();
        if let CodeQuery::Code(code) = query {
            indexes.retain(|index| self.entries[*index].code.len() == code.len());
        }
        indexes.sort_unstable();
        indexes
    }

    /// The service that a name means: its name or an alias in any case, in the singular, spelled
    /// the British way, or abbreviated to three letters or more. Of several such services, the
    /// first.
    ///
    /// ```
    /// let catalog = orgerr::Catalog::embedded();
    /// for name in ["org", "Organisation", "ORGANIZATIONS"] {
    ///     assert_eq!(catalog.service_meant(name).unwrap().name(), "Organizations");
    /// }
    /// assert_eq!(catalog.service_meant("or"), None);
    /// ```
    pub fn service_meant(&self, name: &str) -> Option<&Service> {
        let meant: Vec<u8> = alike(name).collect();
        let first_with = |letters: usize| {
            let is_meant = |it| alike(it).take(letters).eq(meant.iter().copied());
            self.services().iter().find(|service| service.spellings().any(is_meant))
        };
        let may_be_begun = meant.len() >= MIN_SERVICE_LETTERS;
        let begun = || may_be_begun.then(|| first_with(meant.len()))?;
        self.service(name).or_else(|| first_with(usize::MAX)).or_else(begun)
    }

    /// The code of a service with this number; or with this word, if some codes of the service have
    /// words in place of numbers.
    fn number_of(&self, service: &Service, number: &str) -> Option<CodeQuery> {
        let start = format!("{}.", service.name());
        let code = format!("{start}{number}");
        let known = || Some(CodeQuery::Code(self.get(&code)?.code().to_owned()));
        // Words come after numbers in `by_code`.
        let last = || self.by_code[self.places_starting_with(&start)].last();
        let has_words = || last().is_some_and(|index| !is_number(self.entries[*index].number()));
        let unknown = || (is_name(number) && has_words()).then(|| CodeQuery::Code(code.clone()));
        of_digits(service.name(), number).or_else(known).or_else(unknown)
    }
}

/// The letters by which names of services are compared: in lower case, with `s` for `z` and in the
/// singular.
fn alike(name: &str) -> impl Iterator<Item = u8> {
    let singular = name.strip_suffix(['s', 'S', 'z', 'Z']).unwrap_or(name);
    singular.bytes().map(|byte| match byte.to_ascii_lowercase() {
        b'z' => b's',
        byte => byte,
    })
}

#[cfg(test)]
mod tests {
    use super::super::CatalogBuilder;
    use super::*;

    fn read(catalog: &Catalog, text: &str) -> Result<String, CodeError> {
        parse_code(catalog, text).map(|query| query.to_string())
    }

    #[test]
    fn every_spelling_of_a_code_is_read() {
        let catalog = Catalog::embedded();
        for (code, texts) in [
            (
                "Organizations.1305",
                &[
                    "1305",
                    " (1305), ",
                    "[\"Organizations.1305\"]",
                    "ORGANIZATIONS.1305,",
                    "‘1305’",
                    "１３０５",
                    "Organizations．１３０５",
                    "organizations。1305",
                    "Organizations‑1305",
                    "（1305）",
                    "#1305",
                    "1305!",
                    "1305;",
                    "**1305**",
                    "- 1305",
                    "Organizations.1305:",
                    "\u{feff}1305\u{200b}",
                    "code=1305",
                    "error_code:1305",
                    "\"errorCode\": \"Organizations.1305\",",
                    "Error code 1305",
                    "ERROR: org-1305",
                    "错误码：1305",
                    "错误码1305",
                    "«1305»",
                    "„Organizations.1305“",
                    "1305.",
                    "organizations:1305",
                    "organizations: 1305",
                    "Organizations-1305",
                    "organizations_1305",
                    "organizations 1305",
                    "organizations1305",
                    "organization.1305",
                    "organisations.1305",
                    "Organisation 1305",
                    "org.1305",
                    "ORG1305",
                    "orga-1305",
                ][..],
            ),
            (
                "APIGW.0301",
                &["apigw.0301", "APIG.0301", "apig0301", "apig-0301", "api 0301", "APIGW:0301"],
            ),
            (
                "Organizations.13xx",
                &["13xx", "13XX", "13*", "13x", "org.13xx", "organizations 13*"],
            ),
            ("APIGW.030xx", &["apig.030x", "apigw 030*", "APIG030*"]),
        ] {
            for text in texts {
                assert_eq!(read(catalog, text).as_deref(), Ok(code), "{text}");
            }
        }
    }

    #[test]
    fn an_unknown_service_keeps_its_spelling() {
        let catalog = Catalog::embedded();
        assert_eq!(read(catalog, "Iam.1305").as_deref(), Ok("Iam.1305"));
        assert_eq!(read(catalog, "A.B.1305").as_deref(), Ok("A.B.1305"));
    }

    #[test]
    fn words_are_no_codes() {
        let catalog = Catalog::embedded();
        for text in ["", " , ", "-", "#;", "*"] {
            assert_eq!(read(catalog, text), Err(CodeError::Empty), "{text}");
        }
        for text in [
            "handshake",
            "Organizations.",
            "organizations",
            "Organizations.13x5",
            "hello world.12",
            "or 1305",
            "quota 1305",
            "code1305",
            "status=1305",
            "decode 1305",
            "error code",
            "1305 of them",
            "1305/1400",
            "xx",
            "orgé1305",
            "é",
        ] {
            assert_eq!(read(catalog, text), Err(CodeError::Shape), "{text}");
        }
    }

    #[test]
    fn a_code_may_be_a_word_where_a_catalog_has_such() {
        let toml = include_str!("../../tests/catalogs/two-services.toml");
        let mut builder = CatalogBuilder::new();
        builder.add(toml.replace("IAM.011", "IAM.NoSuchUser")).unwrap();
        let catalog = builder.build();
        for text in [
            "IAM.NoSuchUser",
            "iam.nosuchuser",
            "iam NoSuchUser",
            "iam:NoSuchUser",
            "NoSuchUser",
            "'nosuchuser'",
        ] {
            assert_eq!(read(&catalog, text).as_deref(), Ok("IAM.NoSuchUser"), "{text}");
        }
        assert_eq!(read(&catalog, "iam.NoSuchUsr").as_deref(), Ok("IAM.NoSuchUsr"));
        assert_eq!(catalog.near("IAM.NoSuchUsr")[0].code(), "IAM.NoSuchUser");
        for text in ["SVCSTG.CCE-ADDONMGR.4000003", "svcstg.cce-addonmgr 4000003", "svcstg-4000003"]
        {
            let code = read(&catalog, text);
            assert_eq!(code.as_deref(), Ok("SVCSTG.CCE-ADDONMGR.4000003"), "{text}");
        }
        assert_eq!(read(&catalog, "nothing"), Err(CodeError::Shape));
    }
}
