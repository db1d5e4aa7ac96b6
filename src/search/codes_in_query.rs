//! Finds the codes, starts of codes, HTTP statuses and names of services in a query.

use std::iter;

use super::MAX_SEARCH_WORDS;
use crate::catalog::{
    Catalog, CodeQuery, DEFAULT_SERVICE, Entry, Service, StatusFilter, of_digits, parse_code,
    split_codes, trimmed, without_label,
};
use crate::data::words::{is_number, tokens};

/// The most words of a query in which digits without a label are a code (`1305`), and in which two
/// or three digits are the start of a code (`13`).
const MAX_WORDS_AROUND_CODE: usize = 8;
const MAX_WORDS_AROUND_START: usize = 2;
/// Words before an HTTP status.
const BEFORE_STATUSES: [&str; 7] =
    ["http", "http/1.1", "http/2", "status", "code", "error", "response"];
/// Marks for any further digits of a code: `13xx`, `13*`.
const ANY_DIGITS: [char; 3] = ['x', 'X', '*'];
/// Once a query has named this many codes, statuses and services, it names no more of them.
const MAX_CODES: usize = 100;

/// Entries that a query names by a code, the start of a code, a status or a service.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Named {
    pub by: NamedBy,
    /// The indexes of its entries, ascending.
    pub entries: Vec<usize>,
    /// The part of each code that the query names, as a `[start, end)` range.
    pub range: [usize; 2],
}

impl Named {
    fn new(by: NamedBy, entries: Vec<usize>, range: [usize; 2]) -> Option<Self> {
        let is_there = !entries.is_empty();
        is_there.then_some(Named { by, entries, range })
    }

    /// Whether it names the entry with this index.
    pub(super) fn has(&self, index: usize) -> bool {
        self.entries.binary_search(&index).is_ok()
    }
}

#[derive(Debug, PartialEq, Eq, Clone, Copy)]
pub(super) enum NamedBy {
    Code,
    CodeStart,
    Status,
    Service,
}

/// A query, split into names of entries and other words.
#[derive(Default)]
pub(super) struct Split {
    /// What the codes, statuses and services in the query name.
    pub named: Vec<Named>,
    /// The other words.
    pub words: Vec<String>,
    /// Whether the query has nothing but codes, statuses and services.
    pub is_codes: bool,
}

/// Takes the codes, the statuses and the names of services out of a query. The name of a service
/// stays among the words if an entry also has it as a word.
pub(super) fn split(catalog: &Catalog, text: &str) -> Split {
    if let Some(status) = status(catalog, text) {
        return Split { named: vec![status], is_codes: true, ..Split::default() };
    }
    let mut split = Split { is_codes: true, ..Split::default() };
    let words = split_codes(catalog, text.split_whitespace().take(MAX_SEARCH_WORDS));
    for (index, word) in words.iter().enumerate() {
        let has_room = split.named.len() < MAX_CODES;
        let named = has_room.then(|| named(catalog, &words, index)).flatten();
        split.is_codes &= named.is_some();
        let is_service = named.iter().flatten().any(|it| it.by == NamedBy::Service);
        if named.is_none() || is_service && stands_in_an_entry(catalog, word) {
            split.words.push(word.clone());
        }
        split.named.extend(named.into_iter().flatten());
    }
    if split.named.iter().any(|named| named.by == NamedBy::Status) {
        // Words such as `error`, which introduce a status, need not be found in an entry.
        split.words.retain(|word| !is_before_status(word));
    }
    split
}

/// What the word at `index` names: nothing (`None`) if it is an ordinary word, an empty
/// list if it is a code with its service that no entry has.
fn named(catalog: &Catalog, words: &[String], index: usize) -> Option<Vec<Named>> {
    let word = trimmed(&words[index]);
    let code = without_label(word);
    let text = code.unwrap_or(word);
    if is_number(text.trim_end_matches(ANY_DIGITS)) {
        let codes = codes_of_digits(catalog, text, code.is_some(), words.len());
        let is_status = index > 0 && is_before_status(&words[index - 1]);
        let status = || status(catalog, text).filter(|_| is_status).map(|it| vec![it]);
        return if codes.is_empty() { status() } else { Some(codes) };
    }
    if !text.contains(|c: char| c.is_ascii_digit() || c == '.') {
        // `Organizations`, the service of digits alone, is an everyday word: it names no entries.
        let name = catalog.service(text)?.name();
        let entries = indexes_of(catalog, |entry| entry.service() == name);
        let named = Named::new(NamedBy::Service, entries, [0, name.len()]).into_iter();
        return (name != DEFAULT_SERVICE).then(|| named.collect());
    }
    // Something may stand before the service: `x.organizations.1305`.
    let after_dots = text.match_indices('.').map(|(dot, _)| &text[dot + 1..]);
    let mut texts = iter::once(text).chain(after_dots.filter(|text| text.contains('.')));
    let query = texts.find_map(|text| {
        let query = parse_code(catalog, text).ok()?;
        let (CodeQuery::Code(code) | CodeQuery::Start(code)) = &query;
        catalog.service(code.rsplit_once('.')?.0)?;
        Some(query)
    })?;
    Some(code_or_start(catalog, query, 0).into_iter().collect())
}

/// The entries with the code; if there are none, those whose codes start with it, as a start may
/// lack its mark (`13` for `13xx`). The query names the codes from byte `from` on.
fn code_or_start(catalog: &Catalog, query: CodeQuery, from: usize) -> Option<Named> {
    let entries = catalog.indexes_of(&query);
    match query {
        CodeQuery::Code(code) if entries.is_empty() => {
            let is_number = code.ends_with(|c: char| c.is_ascii_digit());
            is_number.then(|| code_or_start(catalog, CodeQuery::Start(code), from))?
        }
        CodeQuery::Code(code) => Named::new(NamedBy::Code, entries, [from, code.len()]),
        CodeQuery::Start(code) => Named::new(NamedBy::CodeStart, entries, [from, code.len()]),
    }
}

/// The codes of all services that digits name (`1305`, `13xx`), in a query of `words` words.
fn codes_of_digits(catalog: &Catalog, text: &str, has_label: bool, words: usize) -> Vec<Named> {
    let max_words = match text.trim_end_matches(ANY_DIGITS).len() {
        0..2 => return Vec::new(),
        digits if digits < text.len() => usize::MAX,
        2..4 => MAX_WORDS_AROUND_START,
        _ => MAX_WORDS_AROUND_CODE,
    };
    if !has_label && words > max_words || status(catalog, text).is_some() {
        return Vec::new();
    }
    let of_service = |service: &Service| {
        code_or_start(catalog, of_digits(service.name(), text)?, service.name().len() + 1)
    };
    catalog.services().iter().filter_map(of_service).collect()
}

/// The entries with the status (`404`) or the class of statuses (`4xx`) that a text is, if any.
fn status(catalog: &Catalog, text: &str) -> Option<Named> {
    let status: StatusFilter = text.parse().ok()?;
    let entries = indexes_of(catalog, |entry| status.keeps(entry.status()));
    Named::new(NamedBy::Status, entries, [0, 0])
}

/// The indexes of the entries for which `is_meant` is true, ascending.
pub(super) fn indexes_of(catalog: &Catalog, is_meant: impl Fn(&Entry) -> bool) -> Vec<usize> {
    let entries = catalog.entries();
    (0..entries.len()).filter(|index| is_meant(&entries[*index])).collect()
}

fn is_before_status(word: &str) -> bool {
    BEFORE_STATUSES.contains(&&*trimmed(word).to_ascii_lowercase())
}

/// Whether a text of an entry has the word, or a part of it: `account` of `accountId`.
fn stands_in_an_entry(catalog: &Catalog, word: &str) -> bool {
    let index = catalog.index();
    let is_written = |stem: &str| index.term(stem).is_some_and(|term| index.is_written(term));
    tokens(word).iter().any(|token| is_written(&token.stem))
}
