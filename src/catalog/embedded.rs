//! The catalog that is compiled in: `catalog.toml`, made static by the build script.

#![allow(clippy::unreadable_literal)] // as the build script prints numbers

use std::borrow::Cow;
use std::sync::OnceLock;

use super::{Action, Catalog, Entries, Entry, IndexOf, Service};
use crate::search::index::{Index, Piece, Posting, Synonym, Term};

include!(concat!(env!("OUT_DIR"), "/catalog.rs"));

/// The day on which the newest documentation page of the embedded catalog was
/// last updated, `YYYY-MM-DD`.
///
/// ```
/// // Dates compare as texts.
/// assert!(orgerr::CATALOG_DATE >= "2024-05-28");
/// ```
pub const CATALOG_DATE: &str = env!("ORGERR_CATALOG_DATE");

pub(super) static EMBEDDED: Catalog = Catalog {
    services: Cow::Borrowed(&SERVICES),
    entries: Entries::Embedded,
    by_code: Cow::Borrowed(&BY_CODE),
    index: IndexOf::Embedded(&INDEX),
};

/// An entry whose texts are pieces of [`TEXT`], to be cut out when it is first used: a
/// look-up needs few of them.
struct Packed {
    /// Where its pieces start, one after the other.
    start: u32,
    /// The bytes of its code, message, description, solution and note; no note has none.
    lengths: [u16; 5],
    /// The number of its service.
    service: u8,
    /// The number of its category among those of the service.
    category: u8,
    status: u16,
    action: Action,
    retryable: bool,
}

/// The entries that were used so far.
static CUT: [OnceLock<Box<Entry>>; ENTRIES.len()] = [const { OnceLock::new() }; ENTRIES.len()];

/// The code of the entry with this number.
pub(super) fn code(number: usize) -> &'static str {
    let Packed {
        start,
        lengths: [length, ..],
        ..
    } = ENTRIES[number];
    piece(start, length)
}

/// The entry with this number.
pub(super) fn entry(number: usize) -> &'static Entry {
    CUT[number].get_or_init(|| Box::new(ENTRIES[number].cut()))
}

impl Packed {
    fn cut(&self) -> Entry {
        let [code, message, description, solution, note] = self.lengths;
        let mut start = self.start;
        let mut next = |length: u16| {
            let text = piece(start, length);
            start += u32::from(length);
            Cow::Borrowed(text)
        };
        let service = &SERVICES[usize::from(self.service)];
        Entry {
            code: next(code),
            service: Cow::Borrowed(&service.name),
            status: self.status,
            message: next(message),
            description: next(description),
            solution: next(solution),
            category: Cow::Borrowed(&service.categories[usize::from(self.category)]),
            action: self.action,
            retryable: self.retryable,
            note: (note > 0).then(|| next(note)),
        }
    }
}

/// The `length` bytes of [`TEXT`] from `start` on.
fn piece(start: u32, length: u16) -> &'static str {
    let start = start as usize;
    &TEXT[start..start + usize::from(length)]
}
