//! Adds your own catalogs to the embedded one.

use std::collections::HashMap;
use std::sync::OnceLock;

use super::{Catalog, Entry, Operation, Problems, Service};
use crate::data::indexes_by;
use crate::data::registry::Registry;
use crate::data::schema::{parse_beside, utf8};
use crate::data::vocabulary::StemmedVocabulary;

/// Adds catalogs of the user's own to the embedded one, one after the other.
///
/// An entry replaces the entries of the same code in earlier catalogs. A service that is named like
/// a known one or its alias, in any case, is that service: its codes are then spelled as before,
/// and it has the aliases and the categories of both. What the new catalog does not say about it
/// stays.
///
/// ```
/// let text = r#"
/// [[service]]
/// name = "Demo"
/// title = "Demo service"
/// url = "https://demo.example/errors"
/// updated = "2024-05-28"
/// categories = ["demo"]
///
/// [[entry]]
/// code = "Demo.0001"
/// status = 404
/// message = "no such demo."
/// description = "Demo not found."
/// solution = "Check the name of the demo."
/// category = "demo"
/// action = "fix-request"
/// "#;
/// let mut builder = orgerr::CatalogBuilder::new();
/// assert_eq!(builder.add(text).unwrap(), 1);
/// let catalog = builder.build();
/// assert_eq!(catalog.get("demo.0001").unwrap().status(), 404);
/// assert!(catalog.get("Organizations.1305").is_some());
/// ```
#[derive(Debug)]
pub struct CatalogBuilder {
    known: Registry,
    entries: Vec<Entry>,
    /// The stems of the words in the added catalogs.
    own: StemmedVocabulary,
}

impl Default for CatalogBuilder {
    fn default() -> Self {
        Self::new()
    }
}

impl CatalogBuilder {
    /// The embedded catalog alone.
    ///
    /// ```
    /// let catalog = orgerr::CatalogBuilder::new().build();
    /// assert!(catalog.entries() == orgerr::Catalog::embedded().entries());
    /// ```
    pub fn new() -> Self {
        let embedded = Catalog::embedded();
        let (known, entries) = (Registry::default(), embedded.entries().to_vec());
        let mut builder = CatalogBuilder { known, entries, own: StemmedVocabulary::default() };
        builder.add_tables(embedded.services(), embedded.operations());
        builder
    }

    fn add_tables(&mut self, services: &[Service], operations: &[Operation]) {
        for service in services {
            self.known.add_service(service.clone());
        }
        for operation in operations {
            self.known.add_operation(operation.clone());
        }
    }

    /// Adds a catalog, given by its TOML, as text or as the bytes of a file. Returns the
    /// number of its entries.
    ///
    /// # Errors
    /// All problems of the text, in its order. Nothing of the text is added then.
    ///
    /// ```
    /// let mut builder = orgerr::CatalogBuilder::new();
    /// let problems = builder.add("[[entry]]\ncode = 1305\n").unwrap_err();
    /// assert_eq!((problems[0].line, problems[0].column), (1, 1));
    /// let problems = builder.add(b"# \xe9").unwrap_err();
    /// assert_eq!(problems[0].to_string(), "1:3: a catalog is UTF-8, and this is not; save it as UTF-8");
    /// ```
    pub fn add(&mut self, toml: impl AsRef<[u8]>) -> Result<usize, Problems> {
        let mut source = parse_beside(utf8(toml.as_ref())?, &self.known)?;
        self.add_tables(&source.services, &source.operations);
        let count = source.entries.len();
        let own: HashMap<_, usize> = source.entries.iter().map(lower_code).zip(0..).collect();
        self.entries.retain(|known| {
            let Some(index) = own.get(&lower_code(known)) else { return true };
            let entry = &mut source.entries[*index];
            // An entry that names no operations keeps those that were known to return its code.
            if entry.returned_by.is_empty() {
                entry.returned_by.clone_from(&known.returned_by);
            }
            false
        });
        self.entries.append(&mut source.entries);
        self.own.extend(source.vocabulary.stemmed());
        Ok(count)
    }

    /// The catalog of everything that was added.
    ///
    /// ```
    /// let toml = std::fs::read_to_string("tests/catalogs/two-services.toml").unwrap();
    /// let mut builder = orgerr::CatalogBuilder::new();
    /// builder.add(&toml).unwrap();
    /// let catalog = builder.build();
    /// assert_eq!(catalog.get("iam.011").unwrap().status(), 403);
    /// assert_eq!(orgerr::search(&catalog, "plugin")[0].entry.category(), "addon");
    /// ```
    pub fn build(mut self) -> Catalog {
        for entry in self.entries.iter_mut().filter(|entry| entry.url.is_none()) {
            // An entry without a page gets that of its service, which another catalog may have.
            let page = self.known.service(&entry.service).and_then(Service::page_url);
            entry.url = page.cloned();
        }
        Catalog {
            by_code: indexes_by(&self.entries, Entry::code).into(),
            by_number: indexes_by(&self.entries, Entry::number).into(),
            services: self.known.services.into(),
            operations: self.known.operations.into_values().collect(),
            entries: self.entries.into(),
            own: Some(self.own),
            index: OnceLock::new(),
        }
    }
}

fn lower_code(entry: &Entry) -> String {
    entry.code.to_ascii_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A catalog with a service of this name and an entry for each code.
    fn toml(service: &str, more: &str, codes: &[&str]) -> String {
        let service = format!(
            "[[service]]\nname = '{service}'\ntitle = '{service}'\nurl = 'unknown'\n\
             updated = 'unknown'\ncategories = ['own']\n{more}\n"
        );
        let entries = codes.iter().map(|code| {
            format!(
                "[[entry]]\ncode = '{code}'\nstatus = 404\nmessage = 'own {code}'\n\
                 description = 'd'\nsolution = 's'\ncategory = 'own'\naction = 'retry'\n"
            )
        });
        std::iter::once(service).chain(entries).collect()
    }

    fn catalog(tomls: &[String]) -> Catalog {
        let mut builder = CatalogBuilder::new();
        for toml in tomls {
            builder.add(toml).expect("a valid catalog");
        }
        builder.build()
    }

    #[test]
    fn what_a_catalog_does_not_say_of_a_known_service_stays() {
        let catalog = catalog(&[toml("APIGW", "", &["APIGW.9999"])]);
        let [before, after] =
            [Catalog::embedded(), &catalog].map(|catalog| catalog.service("APIG").unwrap());
        assert_eq!(after.categories[..], ["gateway", "own"]);
        let categories = before.categories.clone();
        let after = Service { categories, ..after.clone() };
        assert_eq!(&after, before);
        assert_eq!(catalog.get("APIGW.0301"), Catalog::embedded().get("APIGW.0301"));
        assert_eq!(catalog.get("APIGW.9999").unwrap().status, 404);
    }

    #[test]
    fn what_a_catalog_says_of_a_known_service_counts() {
        let more = "aliases = ['GW', 'apig']\nsearch_weight = 100\nvariants = false";
        let named = toml("APIGW", more, &["APIGW.9999"])
            .replace("title = 'APIGW'", "title = 'The gateway'")
            .replace("'unknown'", "'https://gw.example'");
        let catalog = catalog(&[named, toml("APIGW", "aliases = ['G']", &["APIGW.9998"])]);
        let service = catalog.service("g").unwrap();
        assert_eq!(service.aliases[..], ["APIG", "GW", "G"]);
        assert_eq!((service.search_weight, service.variants), (Some(100), true));
        assert_eq!((&*service.title, service.page()), ("The gateway", Some("https://gw.example")));
    }

    #[test]
    fn a_service_named_as_a_known_one_is_that_one() {
        let catalog = catalog(&[
            toml("apig", "", &["apig.0301", "apig.1001"]),
            toml("Identity", "aliases = ['IAM']", &["Identity.0001", "Identity.0002"]),
            toml("iam", "", &["iam.0001"]),
            toml("ORGANIZATIONS", "", &["ORGANIZATIONS.1305"]),
        ]);
        for (code, message) in [
            ("APIGW.0301", "own apig.0301"),
            ("APIGW.1001", "own apig.1001"),
            ("Identity.0001", "own iam.0001"),
            ("Identity.0002", "own Identity.0002"),
            ("Organizations.1305", "own ORGANIZATIONS.1305"),
        ] {
            let entries: Vec<_> = catalog.get_all(code).collect();
            assert_eq!(entries.len(), 1, "{code}");
            let entry = entries[0];
            assert_eq!((&*entry.code, &*entry.message), (code, message));
            assert_eq!(entry.service, code[..code.find('.').unwrap()]);
        }
        let names: Vec<_> = catalog.services().iter().map(|it| &*it.name).collect();
        assert_eq!(names, ["Organizations", "APIGW", "Identity"]);
        assert_eq!(catalog.entries().len(), Catalog::embedded().entries().len() + 3);
    }

    #[test]
    fn an_alias_that_means_another_service_is_refused() {
        let mut builder = CatalogBuilder::new();
        builder.add(toml("IAM", "", &["IAM.0001"])).unwrap();
        let aliases = "aliases = ['APIG', 'organizations', 'Iam', 'X']";
        let problems =
            builder.add(toml("EPS", aliases, &["EPS.0001"])).expect_err("aliases of others");
        let shown: Vec<_> = problems.iter().map(ToString::to_string).collect();
        assert_eq!(
            shown,
            [
                "7:12: EPS: the field 'aliases' has 'APIG', which already means the service APIGW",
                "7:20: EPS: the field 'aliases' has 'organizations', which already means the service Organizations",
                "7:37: EPS: the field 'aliases' has 'Iam', which already means the service IAM",
            ]
        );
        assert!(builder.build().service("X").is_none());
    }

    #[test]
    fn the_last_catalog_wins_with_all_its_entries_of_a_code() {
        let own = toml("apig", "", &["apig.0201", "apig.0201"]);
        let own = own.replacen("status = 404", "status = 502", 1);
        let catalog = catalog(&[toml("APIGW", "", &["APIGW.0201", "APIGW.0101"]), own]);
        let statuses: Vec<_> = catalog.get_all("apigw.0201").map(|it| it.status).collect();
        assert_eq!(statuses, [502, 404]);
        assert_eq!(catalog.get_all("APIGW.0101").count(), 1);
        for entry in catalog.entries() {
            assert!(catalog.get_all(&entry.code).any(|found| found == entry));
        }
    }
}
