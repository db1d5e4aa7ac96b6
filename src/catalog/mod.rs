//! The catalog: its entries, and how to find them by code or by filter.
//!
//! `embedded` is the catalog that is compiled in; `builder` adds your own to it. To index those,
//! too, `stems` takes the vocabulary out of the embedded index. `pasted` takes codes out of what
//! people type, `code_spellings` reads a code however it is spelled, and `near_codes` finds the
//! codes that a mistyped one may mean. `filter` keeps entries by their fields, `http_status` names
//! the statuses.

mod builder;
mod code_spellings;
mod embedded;
mod filter;
mod http_status;
mod near_codes;
mod pasted;
mod stems;

use std::ops::Range;
use std::sync::OnceLock;

pub use crate::data::schema::{ParsedCatalog, parse as parse_catalog};
pub use crate::data::{Action, Cause, Check, Entry, Operation, Problem, Problems, Service};
pub use builder::CatalogBuilder;
pub(crate) use code_spellings::of_digits;
pub use code_spellings::{CodeError, CodeQuery, DEFAULT_SERVICE, parse_code};
pub(crate) use embedded::{CLIENTS, RESOURCES};
pub use filter::{Filter, StatusError, StatusFilter};
pub use http_status::status_name;
pub(crate) use near_codes::edit_distance_to;
pub use pasted::split_codes;
pub(crate) use pasted::{CODE_LABELS, half_width, trimmed, without_label};

use crate::data::CatalogList;
use crate::data::index::Index;
use crate::data::indexing;
use crate::data::vocabulary::StemmedVocabulary;

/// Entries of error codes and the services they belong to.
///
/// ```
/// let catalog = orgerr::Catalog::embedded();
/// let entry = catalog.get("organizations.1305").unwrap();
/// assert_eq!(entry.status(), 400);
/// assert!(entry.solution().starts_with("Check whether the number of accounts"));
/// ```
#[derive(Debug)]
pub struct Catalog {
    services: CatalogList<Service>,
    operations: CatalogList<Operation>,
    entries: CatalogList<Entry>,
    /// Indexes into `entries`, in the order of the codes in lower case.
    by_code: CatalogList<usize>,
    /// Indexes into `entries`, in the order of the codes without their services, in lower case.
    by_number: CatalogList<usize>,
    /// The stems that the user's own catalogs add to the embedded ones; `None` without such
    /// catalogs.
    own: Option<StemmedVocabulary>,
    /// The search index of all entries, made by the first search. Used only with catalogs of the
    /// user's own.
    index: OnceLock<Index>,
}

impl Catalog {
    /// The catalog that is compiled in: nothing is parsed, no text is copied.
    ///
    /// ```
    /// let catalog = orgerr::Catalog::embedded();
    /// assert_eq!(catalog.entries()[0].code(), "Organizations.1001");
    /// ```
    pub fn embedded() -> &'static Self {
        &embedded::EMBEDDED
    }

    /// All entries, in catalog order.
    ///
    /// ```
    /// let entries = orgerr::Catalog::embedded().entries();
    /// assert!(entries.len() > 94);
    /// assert_eq!(entries[1].code(), "Organizations.1002");
    /// ```
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// The operations that checks call or that return errors, in catalog order.
    pub fn operations(&self) -> &[Operation] {
        &self.operations
    }

    /// All services, in catalog order.
    ///
    /// ```
    /// let services = orgerr::Catalog::embedded().services();
    /// let names: Vec<_> = services.iter().map(orgerr::Service::name).collect();
    /// assert_eq!(names, ["Organizations", "APIGW"]);
    /// ```
    pub fn services(&self) -> &[Service] {
        &self.services
    }

    /// Whether there are catalogs of the user's own beside the embedded one.
    pub(crate) fn has_own_entries(&self) -> bool {
        self.own.is_some()
    }

    /// The search index of the entries.
    pub(crate) fn index(&self) -> &Index {
        let Some(own) = &self.own else { return &embedded::INDEX };
        self.index.get_or_init(|| {
            let mut stems = Self::embedded().stems();
            stems.extend(own.clone());
            indexing::build(&self.entries, &stems)
        })
    }

    /// The entry of a full code such as `Organizations.1305`, in any ASCII case; the
    /// first of several.
    ///
    /// ```
    /// let catalog = orgerr::Catalog::embedded();
    /// let entry = catalog.get("organizations.1400").unwrap();
    /// assert_eq!(entry.description(), "Handshake not found.");
    /// assert_eq!(catalog.get("Organizations.9999"), None);
    /// ```
    pub fn get(&self, code: &str) -> Option<&Entry> {
        self.get_all(code).next()
    }

    /// The entries of a full code, in catalog order. Only services whose codes have variants have
    /// more than one entry for a code.
    ///
    /// ```
    /// let catalog = orgerr::Catalog::embedded();
    /// assert_eq!(catalog.get_all("Organizations.1305").count(), 1);
    /// let statuses: Vec<_> = catalog.get_all("APIGW.0201").map(orgerr::Entry::status).collect();
    /// assert_eq!(statuses, [400, 413, 414, 494, 502, 504, 500]);
    /// ```
    pub fn get_all(&self, code: &str) -> impl Iterator<Item = &Entry> {
        let indexes = self.by_code[self.first_not_before(code)..].iter();
        let entries = indexes.map(|index| &self.entries[*index]);
        entries.take_while(move |entry| entry.code().eq_ignore_ascii_case(code))
    }

    /// The places in `by_code` of the codes that start with `start`.
    fn places_starting_with(&self, start: &str) -> Range<usize> {
        let first = self.first_not_before(start);
        let starts_so = |index: &usize| {
            let beginning = self.entries[*index].code.as_bytes().get(..start.len());
            beginning.is_some_and(|it| it.eq_ignore_ascii_case(start.as_bytes()))
        };
        first..first + self.by_code[first..].partition_point(starts_so)
    }

    /// The place in `by_code` of the first code that does not come before `start`.
    fn first_not_before(&self, start: &str) -> usize {
        self.by_code.partition_point(|index| comes_before(&self.entries[*index].code, start))
    }

    /// The service with this name or alias, in any case.
    ///
    /// ```
    /// let catalog = orgerr::Catalog::embedded();
    /// assert_eq!(catalog.service("apig").unwrap().name(), "APIGW");
    /// assert_eq!(catalog.service("IAM"), None);
    /// ```
    pub fn service(&self, name: &str) -> Option<&Service> {
        self.services.iter().find(|service| service.is_named(name))
    }

    /// The entries whose codes have this number or word after the service, in any case, in catalog
    /// order.
    ///
    /// ```
    /// let catalog = orgerr::Catalog::embedded();
    /// let codes: Vec<_> = catalog.with_number("0301").map(orgerr::Entry::code).collect();
    /// assert_eq!(codes, ["APIGW.0301"]);
    /// ```
    pub fn with_number(&self, number: &str) -> impl Iterator<Item = &Entry> {
        let is_before = |index: &usize| comes_before(self.entries[*index].number(), number);
        let first = self.by_number.partition_point(is_before);
        let entries = self.by_number[first..].iter().map(|index| &self.entries[*index]);
        entries.take_while(|entry| entry.number().eq_ignore_ascii_case(number))
    }
}

/// Whether one text comes before another in the order of codes, whatever their case.
fn comes_before(one: &str, other: &str) -> bool {
    let [one, other] = [one, other].map(|text| text.bytes().map(|byte| byte.to_ascii_lowercase()));
    one.lt(other)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_found_in_any_case() {
        let catalog = Catalog::embedded();
        for entry in catalog.entries() {
            for code in [entry.code().to_string(), entry.code().to_uppercase()] {
                assert!(catalog.get_all(&code).any(|found| found == entry), "{code}");
                assert!(catalog.get_all(&code).all(|found| found.code == entry.code()), "{code}");
            }
        }
        assert_eq!(catalog.get("Organizations.130"), None);
        assert_eq!(catalog.get("Organizations.13050"), None);
        assert_eq!(catalog.get(""), None);
    }
}
