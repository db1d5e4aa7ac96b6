//! Catalogs of the user's own, beside the embedded one.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};
use std::sync::OnceLock;

use super::stems::extend;
use super::{Catalog, Entry, IndexOf, Operation, Problems, Service, Source};
use crate::data::Text;
use crate::data::schema::{Known, parse_beside, utf8};
use crate::data::vocabulary::Stems;

/// Puts catalogs of the user's own beside the embedded one, one after the other.
///
/// An entry wins over those of the same code from before its catalog. A service that is
/// named as a known one, or by another spelling of it, in any case, is that service:
/// its codes are then spelled as before, and it has the aliases and the categories of
/// both. What the catalog does not say of it stays.
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
    services: Vec<Service>,
    /// By names and aliases in lower case.
    by_spelling: HashMap<String, usize>,
    operations: Vec<Operation>,
    /// By the names of service and operation.
    by_name: HashMap<(Text, Text), usize>,
    entries: Vec<Entry>,
    /// The stems of the words of the catalogs added.
    own: Stems,
}

impl Known for CatalogBuilder {
    fn service(&self, name: &str) -> Option<&Service> {
        let index = self.by_spelling.get(&name.to_ascii_lowercase())?;
        self.services.get(*index)
    }

    fn operation(&self, service: &str, name: &str) -> Option<&Operation> {
        let key = (service.to_owned().into(), name.to_owned().into());
        self.operations.get(*self.by_name.get(&key)?)
    }
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
        let mut builder = CatalogBuilder {
            services: Vec::new(),
            by_spelling: HashMap::new(),
            operations: embedded.operations().to_vec(),
            by_name: HashMap::new(),
            entries: embedded.entries().to_vec(),
            own: Stems::default(),
        };
        for service in embedded.services() {
            builder.add_service(service.clone());
        }
        let names = embedded.operations().iter();
        let names = names.map(|operation| (operation.service.clone(), operation.name.clone()));
        builder.by_name = names.zip(0..).collect();
        builder
    }

    /// Adds a catalog, given by its TOML, as text or as the bytes of a file. Returns the
    /// number of its entries.
    ///
    /// # Errors
    /// Every problem of the text, in its order; then nothing of it is added.
    ///
    /// ```
    /// let mut builder = orgerr::CatalogBuilder::new();
    /// let problems = builder.add("[[entry]]\ncode = 1305\n").unwrap_err();
    /// assert_eq!((problems[0].line, problems[0].column), (1, 1));
    /// let problems = builder.add(b"# \xe9").unwrap_err();
    /// assert_eq!(problems[0].to_string(), "1:3: a catalog is UTF-8, and this is not; save it as UTF-8");
    /// ```
    pub fn add(&mut self, toml: impl AsRef<[u8]>) -> Result<usize, Problems> {
        let source = parse_beside(utf8(toml.as_ref())?, self)?;
        Ok(self.add_source(source))
    }

    fn add_source(&mut self, mut source: Source) -> usize {
        for service in source.services {
            self.add_service(service);
        }
        for operation in source.operations {
            let key = (operation.service.clone(), operation.name.clone());
            let next = self.operations.len();
            match *self.by_name.entry(key).or_insert(next) {
                known if known < next => self.operations[known] = operation,
                _ => self.operations.push(operation),
            }
        }
        let count = source.entries.len();
        let own = source.entries.iter().map(lower_code).zip(0..);
        let own: HashMap<String, usize> = own.collect();
        self.entries.retain(|known| {
            let Some(number) = own.get(&lower_code(known)) else {
                return true;
            };
            // What returns a code stays known.
            let entry = &mut source.entries[*number];
            if entry.returned_by.is_empty() {
                entry.returned_by.clone_from(&known.returned_by);
            }
            false
        });
        self.entries.append(&mut source.entries);
        extend(&mut self.own, source.vocabulary.stemmed());
        count
    }

    /// Adds a service, or what is new about a known one.
    fn add_service(&mut self, service: Service) {
        let spellings: Vec<_> = service.spellings().map(str::to_ascii_lowercase).collect();
        let known = self.by_spelling.get(&spellings[0]).copied();
        let index = known.unwrap_or(self.services.len());
        match self.services.get_mut(index) {
            Some(known) => unite(known, service),
            None => self.services.push(service),
        }
        for spelling in spellings {
            self.by_spelling.entry(spelling).or_insert(index);
        }
    }

    /// The catalog of all that was added.
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
        for entry in &mut self.entries {
            // A later catalog may have said where the page of the service is.
            let service = self.by_spelling.get(&entry.service.to_ascii_lowercase());
            let page = service.and_then(|index| self.services[*index].page_text());
            if entry.url.as_ref() != page {
                entry.url = page.cloned();
            }
        }
        let mut by_code: Vec<_> = self.entries.iter().map(lower_code).zip(0..).collect();
        // The stable one, which is quick where a catalog is in the order of its codes.
        by_code.sort();
        Catalog {
            services: self.services.into(),
            operations: self.operations.into(),
            entries: self.entries.into(),
            by_code: by_code.into_iter().map(|(_, number)| number).collect(),
            by_number: OnceLock::new(),
            index: IndexOf::User(Box::new(self.own), OnceLock::new()),
        }
    }
}

fn lower_code(entry: &Entry) -> String {
    entry.code.to_ascii_lowercase()
}

/// Adds to a known service what another catalog says of it.
fn unite(known: &mut Service, service: Service) {
    let is_new = |alias: &&Cow<str>| !known.is_named(alias);
    let aliases: Vec<_> = service.aliases.iter().filter(is_new).cloned().collect();
    known.aliases.to_mut().extend(aliases);
    let mut seen: HashSet<_> = known.categories.iter().cloned().collect();
    let categories = service.categories.iter().cloned();
    let categories: Vec<_> = categories
        .filter(|name| seen.insert(name.clone()))
        .collect();
    known.categories.to_mut().extend(categories);
    known.variants |= service.variants;
    known.search_weight = service.search_weight.or(known.search_weight);
    // An imported catalog has no address, and the name for a title.
    let has_title = !service.title.eq_ignore_ascii_case(&service.name);
    if service.page().is_some() || known.page().is_none() {
        known.url = service.url;
        known.updated = service.updated;
    }
    if has_title {
        known.title = service.title;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A catalog with a service of this name and an entry of each code.
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
        let after = Service {
            categories,
            ..after.clone()
        };
        assert_eq!(&after, before);
        assert_eq!(
            catalog.get("APIGW.0301"),
            Catalog::embedded().get("APIGW.0301")
        );
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
        assert_eq!(
            (&*service.title, service.page()),
            ("The gateway", Some("https://gw.example"))
        );
    }

    #[test]
    fn a_service_named_as_a_known_one_is_that_one() {
        let catalog = catalog(&[
            toml("apig", "", &["apig.0301", "apig.1001"]),
            toml(
                "Identity",
                "aliases = ['IAM']",
                &["Identity.0001", "Identity.0002"],
            ),
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
        assert_eq!(
            catalog.entries().len(),
            Catalog::embedded().entries().len() + 3
        );
    }

    #[test]
    fn an_alias_that_means_another_service_is_refused() {
        let mut builder = CatalogBuilder::new();
        builder.add(toml("IAM", "", &["IAM.0001"])).unwrap();
        let aliases = "aliases = ['APIG', 'organizations', 'Iam', 'X']";
        let problems = builder
            .add(toml("EPS", aliases, &["EPS.0001"]))
            .expect_err("aliases of others");
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
        let own = toml("APIGW", "", &["APIGW.0201", "APIGW.0201"]);
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
