//! Codes, the starts of codes, HTTP statuses and the names of services in a query.

use crate::catalog::{
    Catalog, CodeQuery, DEFAULT_SERVICE, Entry, StatusFilter, parse_code, split_codes, unwrapped,
    without_label,
};
use crate::data::words::{is_number, tokens};

/// Digits of a code without its service: at least of a whole one, and at least of its start.
const MIN_CODE_DIGITS: usize = 4;
const MIN_START_DIGITS: usize = 2;
/// Words that a query has at most for bare digits in it to be the start of a code, and to be
/// a whole one without a word such as "code" before them.
const MAX_WORDS_AROUND_START: usize = 2;
const MAX_WORDS_AROUND_CODE: usize = 8;
/// What an HTTP status stands behind.
const BEFORE_STATUSES: [&str; 7] = [
    "http", "http/1.1", "http/2", "status", "code", "error", "response",
];
/// What stands behind the digits with which codes start.
const ANY_DIGITS: [char; 3] = ['x', 'X', '*'];
/// Words of a query that are looked at, and codes that are taken out of it.
const MAX_WORDS: usize = super::MAX_SEARCH_WORDS;
const MAX_CODES: usize = 100;

/// What a query names.
#[derive(Debug, PartialEq, Eq)]
pub enum Named {
    /// Codes, of which only the part from this byte on is named.
    Code(CodeQuery, usize),
    /// An HTTP status, or a class of them.
    Status(StatusFilter),
    /// All codes of a service.
    Service(String),
}

impl Named {
    /// 1 for the very code, a half for what only starts so, has the status or is of the
    /// service, else 0.
    pub fn worth(&self, entry: &Entry) -> f32 {
        let is_meant = match self {
            Named::Status(status) => status.keeps(entry.status()),
            _ => self.range(entry).is_some(),
        };
        match self {
            _ if !is_meant => 0.0,
            Named::Code(CodeQuery::Code(_), _) => 1.0,
            _ => 0.5,
        }
    }

    /// The part of the entry's code that is named, as a `[start, end)` range.
    pub fn range(&self, entry: &Entry) -> Option<[usize; 2]> {
        let starts_with = |start: &str| {
            let code = entry.code().as_bytes().get(..start.len());
            code.is_some_and(|code| code.eq_ignore_ascii_case(start.as_bytes()))
        };
        match self {
            Named::Code(CodeQuery::Code(code), from) => {
                (entry.code().eq_ignore_ascii_case(code)).then_some([*from, code.len()])
            }
            Named::Code(CodeQuery::Start(start), from) => {
                starts_with(start).then_some([*from, start.len()])
            }
            Named::Service(name) => (entry.service() == name).then_some([0, name.len()]),
            Named::Status(_) => None,
        }
    }
}

/// A query taken apart.
#[derive(Default)]
pub struct Split {
    /// The codes, statuses and services that it names.
    pub named: Vec<Named>,
    /// The rest.
    pub words: Vec<String>,
    /// Whether it has nothing but codes, statuses and services.
    pub is_codes: bool,
}

/// Takes the codes, the statuses and the names of services out of a query, each once. A name
/// that the catalog also has for a word stays among the words.
pub fn split(catalog: &Catalog, text: &str) -> Split {
    let mut split = Split {
        is_codes: true,
        ..Split::default()
    };
    if let Some(status) = status(catalog, text) {
        split.named.push(status);
        return split;
    }
    let words = split_codes(catalog, text.split_whitespace().take(MAX_WORDS));
    for (number, word) in words.iter().enumerate() {
        let has_room = split.named.len() < MAX_CODES;
        let named = has_room.then(|| named(catalog, &words, number)).flatten();
        let is_service = matches!(named.as_deref(), Some([Named::Service(_)]));
        split.is_codes &= named.is_some();
        if let Some([Named::Status(_)]) = named.as_deref() {
            // What made it one says no more.
            let said = |word: &String| is_one_of(unwrapped(word), &BEFORE_STATUSES);
            while split.words.pop_if(|word| said(word)).is_some() {}
        }
        if named.is_none() || is_service && stands_in_an_entry(catalog, word) {
            split.words.push(word.clone());
        }
        for named in named.into_iter().flatten() {
            if !split.named.contains(&named) {
                split.named.push(named);
            }
        }
    }
    split
}

/// What one of the words names; nothing, though it is a code, where the catalog has none that
/// starts so.
fn named(catalog: &Catalog, words: &[String], number: usize) -> Option<Vec<Named>> {
    let before = number
        .checked_sub(1)
        .map(|before| unwrapped(&words[before]));
    let is_behind = |known: &[&str]| before.is_some_and(|before| is_one_of(before, known));
    let word = unwrapped(&words[number]);
    let code = without_label(word).filter(|code| !code.is_empty());
    let text = code.unwrap_or(word);
    if is_number(text.trim_end_matches(ANY_DIGITS)) {
        let is_said = code.is_some() || is_behind(&["no"]);
        let codes = bare_codes(catalog, text, is_said, words.len());
        if !codes.is_empty() {
            return Some(codes);
        }
        let status = status(catalog, text).filter(|_| is_behind(&BEFORE_STATUSES));
        return status.map(|status| vec![status]);
    }
    if !text.contains(|c: char| c.is_ascii_digit() || c == '.') {
        // That of bare digits is an everyday word, and what names no other service means it.
        let service = catalog.service(text);
        let service = service.filter(|service| service.name() != DEFAULT_SERVICE)?;
        return Some(vec![Named::Service(service.name().to_owned())]);
    }
    let query = parse_code(catalog, text).ok()?;
    let (CodeQuery::Code(code) | CodeQuery::Start(code)) = &query;
    let (service, digits) = code.rsplit_once('.')?;
    catalog.service(service)?;
    // The start of a code may lack its mark.
    let start = is_number(digits).then(|| CodeQuery::Start(code.clone()));
    let mut queries = [Some(query.clone()), start].into_iter().flatten();
    let found = queries.find(|query| !catalog.find(query).is_empty());
    Some(
        found
            .map(|query| Named::Code(query, 0))
            .into_iter()
            .collect(),
    )
}

fn is_one_of(word: &str, known: &[&str]) -> bool {
    known.iter().any(|it| it.eq_ignore_ascii_case(word))
}

/// The codes of any service that digits alone name, in a query of so many words.
fn bare_codes(catalog: &Catalog, text: &str, is_said: bool, words: usize) -> Vec<Named> {
    let digits = text.trim_end_matches(ANY_DIGITS);
    let is_start = digits.len() < text.len();
    let is_code = if is_start {
        // "4xx" is a status.
        digits.len() >= MIN_START_DIGITS && (text.len() >= MIN_CODE_DIGITS || text.ends_with('*'))
    } else if digits.len() >= MIN_CODE_DIGITS {
        is_said || words <= MAX_WORDS_AROUND_CODE
    } else {
        digits.len() >= MIN_START_DIGITS
            && words <= MAX_WORDS_AROUND_START
            && status(catalog, digits).is_none()
    };
    if !is_code {
        return Vec::new();
    }
    let of_service = |name: &str| {
        let code = format!("{name}.{digits}");
        let whole = CodeQuery::Code(code.clone());
        let queries = [whole, CodeQuery::Start(code)].into_iter();
        let mut queries = queries.skip(usize::from(is_start));
        let found = queries.find(|query| !catalog.find(query).is_empty())?;
        Some(Named::Code(found, name.len() + 1))
    };
    let services = catalog.services().iter();
    services
        .filter_map(|service| of_service(service.name()))
        .collect()
}

/// The HTTP status, or the class of them, that a text is and some entry has.
fn status(catalog: &Catalog, text: &str) -> Option<Named> {
    let status: StatusFilter = text.parse().ok()?;
    let mut statuses = catalog.statuses().into_iter();
    let is_there = statuses.any(|known| status.keeps(known));
    is_there.then_some(Named::Status(status))
}

/// Whether the word stands in an entry.
fn stands_in_an_entry(catalog: &Catalog, word: &str) -> bool {
    let index = catalog.index();
    tokens(word).iter().any(|token| {
        let term = index.term(&token.stem);
        term.is_some_and(|term| index.is_written(term))
    })
}
