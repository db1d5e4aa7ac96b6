//! The catalog that is compiled in: `catalog.toml`, made static by the build script.

#![allow(clippy::unreadable_literal)] // as the build script prints numbers

use std::borrow::Cow;
use std::sync::LazyLock;

use super::{Action, Catalog, Entry, IndexOf, Service};
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

/// An entry, its texts as pieces of [`TEXT`].
struct Packed {
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

pub(super) static EMBEDDED: LazyLock<Catalog> = LazyLock::new(|| Catalog {
    services: Cow::Borrowed(&SERVICES),
    entries: entries(),
    by_code: Cow::Borrowed(&BY_CODE),
    index: IndexOf::Embedded(&INDEX),
});

fn entries() -> Vec<Entry> {
    let mut start = 0;
    let mut next = |length: u16| {
        let text = &TEXT[start..start + usize::from(length)];
        start += text.len();
        text
    };
    let entries = ENTRIES.iter().map(|packed| {
        let [code, message, description, solution, note] = packed.lengths;
        let service = &SERVICES[usize::from(packed.service)];
        Entry {
            code: Cow::Borrowed(next(code)),
            service: Cow::Borrowed(&service.name),
            status: packed.status,
            message: Cow::Borrowed(next(message)),
            description: Cow::Borrowed(next(description)),
            solution: Cow::Borrowed(next(solution)),
            category: Cow::Borrowed(&service.categories[usize::from(packed.category)]),
            action: packed.action,
            retryable: packed.retryable,
            note: (note > 0).then(|| Cow::Borrowed(next(note))),
        }
    });
    entries.collect()
}
