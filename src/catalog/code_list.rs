//! The codes in what people type and paste, one by one.

use super::pasted::{is_label, trimmed};
use super::{Catalog, parse_code};

/// What separates the codes of a list, as white space does.
const BETWEEN_CODES: &[char] = &[',', ';', '，', '；', '、'];

/// The codes of texts that people typed or pasted, each as a text of its own: lists are
/// split, and a code that is spread over several texts, such as `organizations 1305`, is
/// joined. What is no code comes word by word.
///
/// ```
/// let catalog = orgerr::Catalog::embedded();
/// let codes = orgerr::split_codes(catalog, ["apig", "0301", "1305;1400", "error code: 1001"]);
/// assert_eq!(codes, ["apig 0301", "1305", "1400", "error code: 1001"]);
/// ```
pub fn split_codes<'t>(catalog: &Catalog, texts: impl IntoIterator<Item = &'t str>) -> Vec<String> {
    let mut joined: Vec<String> = Vec::new();
    for text in texts {
        let mut words = Vec::new();
        for part in text.split(BETWEEN_CODES).filter(|part| !part.is_empty()) {
            if parse_code(catalog, part).is_ok() {
                words.push(part);
            } else {
                words.extend(part.split_whitespace());
            }
        }
        if words.is_empty() {
            words.push(text);
        }
        for word in words {
            let both = joined.last().and_then(|before| joined_with(catalog, before, word));
            joined.truncate(joined.len() - usize::from(both.is_some()));
            joined.push(both.unwrap_or_else(|| word.to_owned()));
        }
    }
    joined
}

/// The name of a service, or a label, with the word after it, if that makes it a code or a
/// longer label.
fn joined_with(catalog: &Catalog, before: &str, word: &str) -> Option<String> {
    let may_go_on = catalog.service_meant(trimmed(before)).is_some() || is_label(before);
    if !may_go_on || parse_code(catalog, before).is_ok() {
        return None;
    }
    let both = format!("{before} {word}");
    (parse_code(catalog, &both).is_ok() || is_label(&both)).then_some(both)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_may_be_spread_over_several_texts() {
        let catalog = Catalog::embedded();
        for (texts, codes) in [
            (&["organizations", "1305"][..], &["organizations 1305"][..]),
            (&["org", "13xx", "1001"], &["org 13xx", "1001"]),
            (&["1001", "apig", "0301"], &["1001", "apig 0301"]),
            (&["organizations:", "1305"], &["organizations: 1305"]),
            (&["organizations", "quota"], &["organizations", "quota"]),
            (&["1001", "1002"], &["1001", "1002"]),
            (&["error_code:", "1305"], &["error_code: 1305"]),
            (&["Error", "code", "quota"], &["Error code", "quota"]),
            (&["error", "code", "1305"], &["error code 1305"]),
            (&["1305；1400、1401"], &["1305", "1400", "1401"]),
            (&["1305 1400"], &["1305", "1400"]),
            (&[";"], &[";"]),
        ] {
            assert_eq!(split_codes(catalog, texts.iter().copied()), codes);
        }
    }
}
