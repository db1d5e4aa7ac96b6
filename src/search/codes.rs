//! Codes, the starts of codes, HTTP statuses and the names of services in a query.

use crate::catalog::{
    Catalog, CodeQuery, DEFAULT_SERVICE, Entry, MAX_CODE_TEXT, is_label, parse_code, status_name,
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
const BEFORE_STATUSES: [&str; 5] = ["http", "https", "status", "statuscode", "status_code"];
/// What may stand between these and the status.
const BETWEEN_STATUSES: [&str; 7] = ["code", "error", "errors", "response", "1.1", "2", "2.0"];
/// Codes of a query that are looked at.
const MAX_CODES: usize = 100;

/// What a query names.
#[derive(Debug, PartialEq, Eq)]
pub enum Named {
    /// Codes, of which only the part from this byte on is named.
    Code(CodeQuery, usize),
    /// The HTTP statuses whose digits start so.
    Status(String),
    /// All codes of a service.
    Service(String),
}

impl Named {
    /// 1 for the very code, a half for what only starts so, has the status or is of the
    /// service, else 0.
    pub fn worth(&self, entry: &Entry) -> f32 {
        let is_meant = match self {
            Named::Status(digits) => entry.status().to_string().starts_with(digits),
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
pub struct Split<'t> {
    /// The codes, statuses and services that it names.
    pub named: Vec<Named>,
    /// The rest: each word with what stands between it and the next.
    pub words: Vec<&'t str>,
    /// Whether it has nothing but codes, statuses and services.
    pub is_codes: bool,
}

/// A run of what codes consist of, and the text from there to the next one.
#[derive(Clone, Copy)]
struct Piece<'t> {
    text: &'t str,
    gap: &'t str,
    with_gap: &'t str,
}

impl Piece<'_> {
    fn is_one_of(&self, words: &[&str]) -> bool {
        words
            .iter()
            .any(|word| word.eq_ignore_ascii_case(self.text))
    }
}

/// Takes the codes, the statuses and the names of services out of a query, each once. A name
/// that the catalog also has for a word stays among the words.
pub fn split<'t>(catalog: &Catalog, text: &'t str) -> Split<'t> {
    let pieces = pieces(text);
    let mut split = Split {
        is_codes: true,
        ..Split::default()
    };
    let mut rest = &pieces[..];
    while let [piece, ..] = rest {
        let before = &pieces[..pieces.len() - rest.len()];
        let mut length = 1;
        let mut named = Vec::new();
        let mut is_word = false;
        if split.named.len() >= MAX_CODES {
            is_word = true;
        } else if let Some((code, pieces)) = code(catalog, rest) {
            (named, length) = (Vec::from_iter(code), pieces);
        } else if let codes = bare_codes(catalog, before, rest)
            && !codes.is_empty()
        {
            named = codes;
        } else if let Some((status, said, pieces)) = status(catalog, before, rest) {
            (named, length) = (vec![status], pieces);
            split.words.truncate(split.words.len().saturating_sub(said));
        } else if let Some((service, pieces)) = service(catalog, rest) {
            (named, length) = (vec![service], pieces);
            is_word = pieces > 1 || stands_in_an_entry(catalog, piece.text);
        } else {
            is_word = true;
            split.is_codes = false;
        }
        if is_word {
            let words = rest[..length].iter();
            split.words.extend(words.map(|piece| piece.with_gap));
        }
        for named in named {
            if !split.named.contains(&named) {
                split.named.push(named);
            }
        }
        rest = &rest[length..];
    }
    split
}

fn pieces(text: &str) -> Vec<Piece<'_>> {
    let is_within = |c: char| c.is_alphanumeric() || matches!(c, '.' | '-' | '_' | '*');
    let is_outside = |c: char| !is_within(c);
    let mut pieces = Vec::new();
    let mut rest = text.trim_start_matches(is_outside);
    while !rest.is_empty() {
        let end = rest.find(is_outside).unwrap_or(rest.len());
        let next = rest[end..]
            .find(is_within)
            .map_or(rest.len(), |at| end + at);
        let text = rest[..end].trim_matches(['.', '-', '_']);
        let unlabelled = without_label(text).filter(|code| !code.is_empty());
        pieces.push(Piece {
            text: unlabelled.unwrap_or(text),
            gap: rest[end..next].trim(),
            with_gap: &rest[..next],
        });
        rest = &rest[next..];
    }
    pieces
}

/// The code of a service that the pieces start with, and how many of them it is; none, where
/// the catalog has no code that starts so.
fn code(catalog: &Catalog, pieces: &[Piece]) -> Option<(Option<Named>, usize)> {
    let [piece, after @ ..] = pieces else {
        return None;
    };
    // "organizations 1305" and "organizations: 1305".
    let joined = after
        .first()
        .filter(|_| {
            ["", ":"].contains(&piece.gap)
                && !piece.text.contains(|c: char| c.is_ascii_digit())
                && !is_label(piece.text)
        })
        .filter(|next| next.text.len() >= MIN_CODE_DIGITS)
        .map(|next| (format!("{}:{}", piece.text, next.text), 2));
    // "x.organizations.1305", too.
    let parts = piece
        .text
        .match_indices(['.', '-', '_'])
        .map(|(at, _)| at + 1);
    let parts = std::iter::once(0).chain(parts);
    let parts = parts.filter(|start| piece.text.len() - start <= MAX_CODE_TEXT);
    let alone = parts.map(|start| (piece.text[start..].to_owned(), 1));
    let texts = joined.into_iter().chain(alone);
    texts
        .filter(|(text, _)| !is_number(text.trim_end_matches(['x', 'X', '*'])))
        .filter(|(text, _)| text.contains(|c: char| c.is_ascii_digit() || matches!(c, '.' | '*')))
        .find_map(|(text, length)| {
            let query = parse_code(catalog, &text).ok()?;
            let (CodeQuery::Code(code) | CodeQuery::Start(code)) = &query;
            let (service, digits) = code.rsplit_once('.')?;
            catalog.service(service)?;
            if !catalog.find(&query).is_empty() {
                return Some((Some(Named::Code(query, 0)), length));
            }
            // The start of a code may lack its mark.
            let query = CodeQuery::Start(code.clone());
            let is_start = is_number(digits) && !catalog.find(&query).is_empty();
            Some((is_start.then_some(Named::Code(query, 0)), length))
        })
}

/// The codes of any service that the first piece names by its digits alone.
fn bare_codes(catalog: &Catalog, before: &[Piece], pieces: &[Piece]) -> Vec<Named> {
    let text = pieces[0].text;
    let digits = text.trim_end_matches(['x', 'X', '*']);
    let is_start = digits.len() < text.len();
    let all = before.len() + pieces.len();
    let is_code = if is_start {
        // "4xx" is a status.
        digits.len() >= MIN_START_DIGITS && (text.len() >= MIN_CODE_DIGITS || text.ends_with('*'))
    } else if digits.len() >= MIN_CODE_DIGITS {
        let is_said = before
            .last()
            .is_some_and(|piece| is_label(piece.text) || piece.is_one_of(&["no"]));
        is_said || all <= MAX_WORDS_AROUND_CODE
    } else {
        digits.len() >= MIN_START_DIGITS
            && all <= MAX_WORDS_AROUND_START
            && !has_status(catalog, digits)
    };
    if !is_number(digits) || !is_code {
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

/// The HTTP status that the pieces start with, how many words before it say that it is one,
/// and how many pieces it is with its standard name.
fn status(catalog: &Catalog, before: &[Piece], pieces: &[Piece]) -> Option<(Named, usize, usize)> {
    let text = pieces[0].text;
    let digits = text.trim_end_matches(['x', 'X']);
    if text.len() != 3 || !is_number(digits) || !has_status(catalog, digits) {
        return None;
    }
    let is_before =
        |piece: &&Piece| piece.is_one_of(&BEFORE_STATUSES) || piece.is_one_of(&BETWEEN_STATUSES);
    let said = before.iter().rev().take_while(is_before).count();
    let mut words_before = before[before.len() - said..].iter();
    let is_said = words_before.any(|piece| piece.is_one_of(&BEFORE_STATUSES));
    let name = digits.parse().map_or("", status_name);
    let name: Vec<_> = name.split([' ', '-']).collect();
    let mut named = name.iter().zip(&pieces[1..]);
    let is_named = pieces.len() > name.len() && named.all(|(word, piece)| piece.is_one_of(&[word]));
    let length = if is_named { 1 + name.len() } else { 1 };
    let is_alone = said == before.len() && length == pieces.len();
    (is_said || is_alone).then(|| (Named::Status(digits.to_owned()), said, length))
}

fn has_status(catalog: &Catalog, digits: &str) -> bool {
    let mut entries = catalog.entries().iter();
    digits.len() <= 3 && entries.any(|entry| entry.status().to_string().starts_with(digits))
}

/// The service that the pieces start with, by its name or by two words or more that its title
/// ends with, and how many pieces that is. That of bare digits is none: it is an everyday
/// word, and what names no other service means it anyway.
fn service(catalog: &Catalog, pieces: &[Piece]) -> Option<(Named, usize)> {
    let services = catalog.services().iter();
    let (service, length) = services
        .filter(|service| service.name() != DEFAULT_SERVICE)
        .find_map(|service| {
            if service.is_named(pieces[0].text) {
                return Some((service, 1));
            }
            let words: Vec<_> = service.title().split_whitespace().collect();
            let length = (2..=words.len().min(pieces.len())).find(|length| {
                let last = &words[words.len() - length..];
                pieces
                    .iter()
                    .zip(last)
                    .all(|(piece, word)| piece.is_one_of(&[word]))
            })?;
            Some((service, length))
        })?;
    Some((Named::Service(service.name().to_owned()), length))
}

/// Whether the word stands in an entry.
fn stands_in_an_entry(catalog: &Catalog, word: &str) -> bool {
    let index = catalog.index();
    tokens(word).iter().any(|token| {
        let term = index.term(&token.stem);
        term.is_some_and(|term| index.is_written(term))
    })
}
