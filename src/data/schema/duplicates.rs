//! What a catalog must not have twice: a name of a service, an entry.

use std::collections::HashSet;
use std::ops::Range;

use super::super::Entry;
use super::super::truncate::{quoted, truncated};
use super::reader::CatalogReader;

impl CatalogReader<'_> {
    /// What is wrong with a spelling of a service's name that means another service already.
    pub(super) fn other_meaning(&self, name: &str, spelling: &str) -> Option<String> {
        let known = |name| self.known.service(name).map(|known| &known.name);
        let of_others = known(spelling).filter(|it| known(name) != Some(*it));
        let own = self.own.service(spelling).map(|own| &own.name);
        let (spelling, meant) = (quoted(spelling), truncated(own.or(of_others)?));
        Some(format!(
            "has {spelling}, which already means the service {meant}"
        ))
    }

    /// A code has one entry; of a service with variants one for each status and message.
    pub(super) fn report_doubles(&mut self, entries: &[Entry], places: Vec<Range<usize>>) {
        let mut codes = HashSet::with_capacity(entries.len());
        for (entry, place) in entries.iter().zip(places) {
            let service = self.own.service(&entry.service);
            let has_variants = service.is_some_and(|service| service.variants);
            let variant = has_variants.then_some((entry.status, &entry.message));
            if !codes.insert((entry.code.to_ascii_lowercase(), variant)) {
                self.wrong(
                    place,
                    &truncated(&entry.code),
                    "code",
                    "names an entry again",
                );
            }
        }
    }
}
