//! Codes, the starts of codes and the names of services in a query.

use super::query::MAX_WORDS;
use crate::catalog::{Catalog, DEFAULT_SERVICE, Entry, Service};
use crate::data::words::{is_number, tokens};

/// Digits that the start of a code has at least where it stands alone.
const MIN_DIGITS: usize = 2;
/// Digits that a whole code has at least.
const MIN_CODE_DIGITS: usize = 4;
/// Letters of a service's name that stand for the service at least, as in `org.1305`.
const MIN_SERVICE_LETTERS: usize = 3;
/// Words that a query has at most for bare digits in it to be the start of a code.
const MAX_WORDS_AROUND_START: usize = 2;

/// What a query names: a code, the start of one, or a service.
#[derive(Debug, PartialEq, Eq)]
pub struct CodeMatch {
    /// The service's name, where it is given.
    service: Option<String>,
    /// The digits; none of a service.
    digits: String,
}

impl CodeMatch {
    /// 1 for the very code, a half for a code that starts so or that is of the service,
    /// else 0.
    pub fn worth(&self, entry: &Entry) -> f32 {
        match self.range(entry) {
            Some([_, end]) if end == entry.code().len() => 1.0,
            Some(_) => 0.5,
            None => 0.0,
        }
    }

    /// Whether it is a service alone.
    pub fn is_service(&self) -> bool {
        self.digits.is_empty()
    }

    /// The part of the entry's code that is named, as a `[start, end)` range.
    pub fn range(&self, entry: &Entry) -> Option<[usize; 2]> {
        let number = entry
            .code
            .strip_prefix(entry.service())?
            .strip_prefix('.')?;
        let of_service = self
            .service
            .as_ref()
            .is_none_or(|service| *service == entry.service());
        if !of_service || !number.starts_with(&self.digits) {
            return None;
        }
        let start = match self.service {
            Some(_) => 0,
            None => entry.code().len() - number.len(),
        };
        let end = if self.is_service() {
            entry.service().len()
        } else {
            entry.code().len() - number.len() + self.digits.len()
        };
        Some([start, end])
    }
}

/// A query taken apart.
pub struct Split {
    /// The codes and services that it names.
    pub codes: Vec<CodeMatch>,
    /// The words that may stand in an entry.
    pub words: String,
    /// Whether it says nothing but codes and services.
    pub is_codes: bool,
}

/// Takes the codes and the names of services out of a query, each once and no more than
/// [`MAX_WORDS`]. A name that the catalog also has for a word stays among the words.
pub fn split(catalog: &Catalog, text: &str) -> Split {
    let few_words = text.split_whitespace().count() <= MAX_WORDS_AROUND_START;
    let mut split = Split {
        codes: Vec::new(),
        words: String::new(),
        is_codes: true,
    };
    for word in text.split_whitespace() {
        if split.codes.len() == MAX_WORDS {
            break;
        }
        if let Some(code) = code(catalog, word, few_words) {
            if !split.codes.contains(&code) {
                split.codes.push(code);
            }
            continue;
        }
        let service = service(catalog, word);
        split.is_codes &= service.is_some();
        if service.is_none() || is_word(catalog, word) {
            split.words.extend([word, " "]);
        }
        split
            .codes
            .extend(service.filter(|service| !split.codes.contains(service)));
    }
    split
}

fn code(catalog: &Catalog, word: &str, few_words: bool) -> Option<CodeMatch> {
    let word = trimmed(word);
    let (start, digits) = match word.rsplit_once('.') {
        Some((start, digits)) => (Some(start), digits),
        None => (None, word),
    };
    let enough = match digits.len() {
        _ if start.is_some() => true,
        MIN_CODE_DIGITS.. => true,
        // Three digits may also be an HTTP status.
        MIN_DIGITS.. => few_words,
        _ => false,
    };
    if !is_number(digits) || !enough {
        return None;
    }
    let code = |service: Option<&Service>| CodeMatch {
        service: service.map(|service| service.name().to_string()),
        digits: digits.to_owned(),
    };
    let exists = |code: &CodeMatch| {
        let of = |service: &str| {
            let start = format!("{service}.{}", code.digits);
            let mut entries = catalog.starting_with(&start);
            entries.any(|entry| code.range(entry).is_some())
        };
        match &code.service {
            Some(service) => of(service),
            None => catalog.services().iter().any(|service| of(service.name())),
        }
    };
    match start {
        Some(start) => services(catalog, start)
            .map(|service| code(Some(service)))
            .find(exists),
        None => Some(code(None)).filter(exists),
    }
}

/// The service that a word is a name of. That of bare digits is none: it is an everyday
/// word, and what names no other service means it anyway.
fn service(catalog: &Catalog, word: &str) -> Option<CodeMatch> {
    let service = catalog.service(trimmed(word))?;
    (service.name() != DEFAULT_SERVICE).then(|| CodeMatch {
        service: Some(service.name().to_string()),
        digits: String::new(),
    })
}

/// The services that `start` may mean: the one of this name, then those whose names it
/// abbreviates.
fn services<'c>(catalog: &'c Catalog, start: &'c str) -> impl Iterator<Item = &'c Service> {
    let starts = move |name: &str| {
        let begin = name.get(..start.len());
        begin.is_some_and(|begin| begin.eq_ignore_ascii_case(start))
    };
    let abbreviated = catalog.services().iter().filter(move |service| {
        start.len() >= MIN_SERVICE_LETTERS && service.spellings().any(starts)
    });
    catalog.service(start).into_iter().chain(abbreviated)
}

/// Whether the word stands in an entry.
fn is_word(catalog: &Catalog, word: &str) -> bool {
    let index = catalog.index();
    tokens(word)
        .iter()
        .any(|token| index.term(&token.stem).is_some())
}

fn trimmed(word: &str) -> &str {
    word.trim_matches(|c: char| !c.is_alphanumeric())
}
