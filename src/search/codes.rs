//! Codes and the starts of codes in a query.

use crate::catalog::{Catalog, Entry};

/// Digits that the start of a code has at least where it stands alone.
const FEWEST_DIGITS: usize = 2;
/// Digits that a whole code has at least.
const WHOLE: usize = 4;
/// Letters of a service's name that stand for the service at least, as in `org.1305`.
const SHORTEST_SERVICE: usize = 3;
/// Words that a query has at most for bare digits in it to be the start of a code.
const FEW_WORDS: usize = 2;

/// A code, or the start of one, that a query names.
#[derive(Debug)]
pub struct CodeMatch {
    /// The service's name, where it is given.
    service: Option<String>,
    /// The digits.
    digits: String,
}

impl CodeMatch {
    /// 1 for the very code, a half for a code that starts so, else 0.
    pub fn worth(&self, entry: &Entry) -> f32 {
        match self.range(entry) {
            Some([_, end]) if end == entry.code.len() => 1.0,
            Some(_) => 0.5,
            None => 0.0,
        }
    }

    /// The part of the entry's code that is named, as a `[start, end)` range.
    pub fn range(&self, entry: &Entry) -> Option<[usize; 2]> {
        let number = entry
            .code
            .strip_prefix(entry.service.as_ref())?
            .strip_prefix('.')?;
        let of_service = self
            .service
            .as_ref()
            .is_none_or(|service| *service == entry.service);
        if !of_service || !number.starts_with(&self.digits) {
            return None;
        }
        let start = match self.service {
            Some(_) => 0,
            None => entry.code.len() - number.len(),
        };
        let end = entry.code.len() - number.len() + self.digits.len();
        Some([start, end])
    }
}

/// Takes the codes out of a query: what they are, and the words that are left.
pub fn split(catalog: &Catalog, text: &str) -> (Vec<CodeMatch>, String) {
    let few_words = text.split_whitespace().count() <= FEW_WORDS;
    let mut codes = Vec::new();
    let mut rest = String::new();
    for word in text.split_whitespace() {
        match code(catalog, word, few_words) {
            Some(code) => codes.push(code),
            None => rest.extend([word, " "]),
        }
    }
    (codes, rest)
}

fn code(catalog: &Catalog, word: &str, few_words: bool) -> Option<CodeMatch> {
    let word = word.trim_matches(|c: char| !c.is_alphanumeric());
    let (service, digits) = match word.rsplit_once('.') {
        Some((service, digits)) => (Some(service_name(catalog, service)?), digits),
        None => (None, word),
    };
    let all_digits = !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit());
    let enough = match digits.len() {
        _ if service.is_some() => true,
        WHOLE.. => true,
        // Three digits may also be an HTTP status.
        FEWEST_DIGITS.. => few_words,
        _ => false,
    };
    if !all_digits || !enough {
        return None;
    }
    let code = CodeMatch {
        service,
        digits: digits.to_owned(),
    };
    let exists = catalog
        .entries()
        .iter()
        .any(|entry| code.range(entry).is_some());
    exists.then_some(code)
}

/// The full name of the service that `start` abbreviates.
fn service_name(catalog: &Catalog, start: &str) -> Option<String> {
    let starts = |name: &str| {
        let begin = name.get(..start.len());
        begin.is_some_and(|begin| begin.eq_ignore_ascii_case(start))
    };
    let mut services = catalog.services().iter();
    let named = services.find(|service| service.spellings().any(starts))?;
    (start.len() >= SHORTEST_SERVICE).then(|| named.name.to_string())
}
