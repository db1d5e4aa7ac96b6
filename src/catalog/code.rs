//! Codes as people type and paste them.

use super::Catalog;
use crate::data::words::is_number;

/// The service that bare digits mean.
///
/// ```
/// let code = orgerr::parse_code(orgerr::Catalog::embedded(), "1305").unwrap();
/// assert_eq!(code, format!("{}.1305", orgerr::DEFAULT_SERVICE));
/// ```
pub const DEFAULT_SERVICE: &str = "Organizations";
/// What may surround a pasted code without being part of it.
pub(super) const WRAPPING: &[char] = &[
    '.', '"', '\'', '`', '(', ')', '[', ']', '{', '}', '<', '>', ',', ';', ':', '“', '”', '‘', '’',
];

/// Why a text is not an error code.
///
/// ```
/// use orgerr::{Catalog, CodeError, parse_code};
///
/// let catalog = Catalog::embedded();
/// assert_eq!(parse_code(catalog, " ,"), Err(CodeError::Empty));
/// assert_eq!(parse_code(catalog, "leave organization"), Err(CodeError::Shape));
/// assert_eq!(parse_code(catalog, "1305")?, "Organizations.1305");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum CodeError {
    /// Nothing is left once white space, quotes, brackets and commas are removed.
    #[error("there is no error code")]
    Empty,
    /// It has not the shape of a code of a service in the catalog.
    #[error("an error code is the name of a service, a dot and digits, or digits alone")]
    Shape,
}

/// Reads a code as a person may give it: full or bare digits, in any case,
/// surrounded by white space, quotes, brackets or punctuation.
///
/// Returns the full code, spelled as in the catalog where the service is known;
/// whether the catalog has an entry for it is not asked.
///
/// # Errors
/// [`CodeError`] where the text is no code at all.
///
/// ```
/// let catalog = orgerr::Catalog::embedded();
/// assert_eq!(orgerr::parse_code(catalog, "\"organizations.1305\",").unwrap(), "Organizations.1305");
/// assert_eq!(orgerr::parse_code(catalog, "1305").unwrap(), "Organizations.1305");
/// assert!(orgerr::parse_code(catalog, "handshake").is_err());
/// ```
pub fn parse_code(catalog: &Catalog, text: &str) -> Result<String, CodeError> {
    let code = text.trim_matches(|c: char| c.is_whitespace() || WRAPPING.contains(&c));
    if code.is_empty() {
        return Err(CodeError::Empty);
    }
    if is_number(code) {
        return Ok(format!("{DEFAULT_SERVICE}.{code}"));
    }
    let (service, number) = code.rsplit_once('.').ok_or(CodeError::Shape)?;
    let is_name = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_');
    if service.is_empty() || !service.chars().all(is_name) || !is_number(number) {
        return Err(CodeError::Shape);
    }
    let service = catalog
        .service(service)
        .map_or(service, |known| known.name());
    Ok(format!("{service}.{number}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_surrounds_a_code_is_ignored() {
        let catalog = Catalog::embedded();
        for text in [
            "1305",
            " (1305), ",
            "[\"Organizations.1305\"]",
            "ORGANIZATIONS.1305,",
            "‘1305’",
            "1305.",
        ] {
            assert_eq!(
                parse_code(catalog, text).as_deref(),
                Ok("Organizations.1305"),
                "{text}"
            );
        }
    }

    #[test]
    fn an_unknown_service_keeps_its_spelling() {
        assert_eq!(
            parse_code(Catalog::embedded(), "Organisations.1305").as_deref(),
            Ok("Organisations.1305")
        );
    }

    #[test]
    fn words_are_no_codes() {
        let catalog = Catalog::embedded();
        assert_eq!(parse_code(catalog, " , "), Err(CodeError::Empty));
        for text in [
            "handshake",
            "Organizations.",
            "Organizations.13x5",
            "hello world.12",
        ] {
            assert_eq!(parse_code(catalog, text), Err(CodeError::Shape), "{text}");
        }
    }
}
